"""What is destroyed of the other folders, and what says so; what is written beside figures."""
