"""The alert log without names: its tables, its rows, its questions, what is kept out of it."""
