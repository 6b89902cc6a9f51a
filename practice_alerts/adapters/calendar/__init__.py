"""Bank holidays, and calendar files."""
