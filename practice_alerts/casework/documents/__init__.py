"""Word documents, the file for the case system, and who was handed what."""
