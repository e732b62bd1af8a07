"""Where alerts go besides the chats: e-mail, webhooks, PagerDuty."""
