"""Closures, dates worked out and worked out anew, the calendar feed."""
