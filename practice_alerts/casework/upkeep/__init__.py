"""What whoever runs the machine looks at and does: whether all is well, backup and restore."""
