"""What a form asks, whether the answers will do, and what a newer edition changed."""
