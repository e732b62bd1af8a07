"""What leaves Bursar as files: costs for those who pay, charge or compare them."""
