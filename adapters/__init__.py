"""The platforms where people talk to Bursar."""
