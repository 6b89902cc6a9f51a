"""What is printed or handed over, as values that a template fills in."""
