"""What an operator does with a whole installation: check, copy, bring back, run."""
