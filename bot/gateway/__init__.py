"""The aiohttp application: health and metrics."""
