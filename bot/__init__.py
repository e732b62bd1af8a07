"""The rules of Bursar, its use cases, and the place where everything is put together."""
