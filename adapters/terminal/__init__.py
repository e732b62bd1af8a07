"""The conversation in a terminal or a pipe."""
