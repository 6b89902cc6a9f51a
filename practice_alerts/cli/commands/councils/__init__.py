"""The commands with which a council begins and works cases out."""
