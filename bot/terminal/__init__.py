"""Talking in a terminal, with the demo company or with one's own."""
