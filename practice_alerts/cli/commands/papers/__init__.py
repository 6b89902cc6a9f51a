"""The commands that hand papers over."""
