"""A Word template: its tags, what they mean, and filling it in."""
