"""Top floor, at the door: what answers a browser before and beside the pages."""
