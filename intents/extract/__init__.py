"""Amounts, times and names in a sentence."""
