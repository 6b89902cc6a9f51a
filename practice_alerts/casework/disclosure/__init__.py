"""Everything about one person, handed out: prepared by one, looked at and issued by another."""
