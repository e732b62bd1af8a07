"""One inbound message and all that follows from it."""
