"""What was spent, what it will come to, and why."""
