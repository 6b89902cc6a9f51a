"""What a person does on the screens."""
