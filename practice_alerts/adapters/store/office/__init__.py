"""The rows of the office: directory, settings, outbox, sessions."""
