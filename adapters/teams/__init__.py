"""Microsoft Teams: the Bot Connector's calls in, its REST API out, Adaptive Cards between."""
