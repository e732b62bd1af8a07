"""Real providers: `make live`. Off by default; costs a few cents a run."""
