"""What the rest needs of a platform, and how messages reach one."""
