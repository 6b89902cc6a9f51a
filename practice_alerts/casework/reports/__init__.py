"""Reports: read on the screen, written in, issued once with their figures frozen, and taken away as Word."""
