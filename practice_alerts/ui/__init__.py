"""Top floor, at the desk: the parts that the pages are made of."""
