"""Charts, drawn as pictures by a process of their own."""
