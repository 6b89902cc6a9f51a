"""The four steps of raising an alert."""
