"""Pages of docs/ that are made, not written: `python -m tools.docs` makes them anew."""
