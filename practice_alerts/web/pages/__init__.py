"""The plain pages, which work without scripts."""
