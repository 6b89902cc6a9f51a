"""Everybody at work at once: what each kind of page takes then, and whether anything is lost."""
