"""Alerts that go through a whole procedure."""
