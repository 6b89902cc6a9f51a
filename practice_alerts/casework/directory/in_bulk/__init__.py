"""Many people at once: lists, another mail domain, and what a council's own system says."""
