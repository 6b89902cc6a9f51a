"""What the pages of the guide are made of."""
