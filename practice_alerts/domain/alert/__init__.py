"""What happened to an alert, and where it stands because of it."""
