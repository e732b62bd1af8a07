"""The stored plan and its life."""
