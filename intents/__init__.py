"""From what a person wrote to a typed plan."""
