"""What happened to an alert."""
