"""Everything that can be done to an alert: one row an act, who may, its form, its choices."""
