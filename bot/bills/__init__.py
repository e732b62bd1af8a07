"""What providers say themselves that their models cost, beside what Bursar counted."""
