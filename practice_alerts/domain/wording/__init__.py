"""What more than one face says, in words."""
