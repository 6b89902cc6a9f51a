"""Alerts about brothers and sisters, raised in one go: each of its own, and what is done for all at once."""
