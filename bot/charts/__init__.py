"""Charts: what they show, and how they are drawn, as pictures and in letters."""
