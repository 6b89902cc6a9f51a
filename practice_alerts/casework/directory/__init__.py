"""People, posts, cover, contacts elsewhere, signing in."""
