"""What holds the store to what it once was."""
