"""YAML, and the files that a council edits."""
