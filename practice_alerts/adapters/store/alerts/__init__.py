"""The rows of alerts: events, current state, lists, drafts, editions."""
