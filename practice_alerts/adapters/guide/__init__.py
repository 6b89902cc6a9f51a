"""The builder of the guidance site, with its texts, its theme and its look."""
