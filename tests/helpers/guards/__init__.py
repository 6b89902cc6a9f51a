"""What keeps a test from the outside world, from real data and from being left out in silence."""
