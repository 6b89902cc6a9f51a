"""Reports: read on the screen, issued once with their figures frozen, and taken away as Word."""
