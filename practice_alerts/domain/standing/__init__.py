"""Where an alert stands: what it waits for, whose turn it is, and how both are said."""
