"""Words that the rules are unsure of, read by a model into the same typed plan."""
