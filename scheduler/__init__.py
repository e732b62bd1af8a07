"""APScheduler as the clock of what Bursar does by itself."""
