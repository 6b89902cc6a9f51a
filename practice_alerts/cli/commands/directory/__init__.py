"""The commands that keep who works here, in which post."""
