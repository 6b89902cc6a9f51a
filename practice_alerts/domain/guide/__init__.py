"""The guidance site as texts: what follows from each council's procedure, and what lies across them."""
