"""Second floor: the verbs of an alert, from raised to closed."""
