"""Gate, addresses, headers, and the faces that are mounted."""
