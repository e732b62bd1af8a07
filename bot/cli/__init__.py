"""The commands of `bursar`."""
