"""Councils, forms and Word files to test with."""
