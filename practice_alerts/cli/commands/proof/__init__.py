"""The commands that show who looked, and prove it."""
