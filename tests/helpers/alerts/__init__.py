"""Alerts in every state, and what was typed into them."""
