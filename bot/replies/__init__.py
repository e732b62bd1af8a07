"""Codes and receipts as words, English and Spanish: plain text, to which adapters add markup."""
