"""Posts over time, what is done to them, and who may run the office."""
