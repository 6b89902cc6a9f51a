"""What the answer page is made of: the forms beside the answer, what was answered, what was not taken."""
