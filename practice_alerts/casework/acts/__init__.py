"""One act a file: what is decided when somebody does something to an alert."""
