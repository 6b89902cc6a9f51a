"""The two reports: what stands in them, how a figure is shown, and what of it may leave the building."""
