"""What may be written to whom, and when."""
