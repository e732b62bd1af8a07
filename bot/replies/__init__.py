"""Codes and receipts as words, in English and Spanish; plain text, adapters add the markup."""
