"""What waits for a second person: who asked for it and may still, and carrying it out."""
