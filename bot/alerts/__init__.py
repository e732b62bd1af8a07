"""Alerts: what is told when a limit is nearly used up, to whom, and for how long."""
