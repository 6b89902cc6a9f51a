"""Who is there: links by e-mail, and a council's own accounts."""
