"""Where an alert stands: what it waits for, what is late, whose turn it is, and how that is said."""
