"""The conversation in Slack: direct messages, mentions, slash commands, cards and the home tab."""
