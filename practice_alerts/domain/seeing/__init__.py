"""Who reads which part of an alert."""
