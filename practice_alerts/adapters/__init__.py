"""First floor: one outside thing in each file, which is the only file to import it."""
