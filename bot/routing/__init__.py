"""Which provider and model a call goes to, and why."""
