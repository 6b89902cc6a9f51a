"""Who reads which part of an alert, and what is put down of it."""
