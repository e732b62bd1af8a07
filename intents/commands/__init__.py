"""Slash commands: their names, and what is typed after them."""
