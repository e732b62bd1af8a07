"""A company as it is made: from a file, from answers, or for the demo."""
