"""What is handed out of everything about one person: for whom, what is left out, what is kept back in it."""
