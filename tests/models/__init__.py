"""The backends of models, against providers on the loopback."""
