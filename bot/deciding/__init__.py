"""What is put before a person and what they decide: cards, offers, and doing what had a yes."""
