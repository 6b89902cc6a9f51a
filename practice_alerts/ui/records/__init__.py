"""The page of records: what falls due, what holds it up, and what was destroyed."""
