"""What was sent on paper before it stood here: what is asked of it, and what is kept."""
