"""The answer to an open proposal, read by rules."""
