"""Adapters against servers on loopback that speak the platforms' own formats."""
