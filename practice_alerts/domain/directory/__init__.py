"""Posts over time, and who may run the office."""
