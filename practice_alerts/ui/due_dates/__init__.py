"""How a date came about, and what happens if nobody answers."""
