"""A person and their accounts: strangers, links, quiet hours, a page of their own."""
