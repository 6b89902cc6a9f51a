"""A second way to the figures of the log, and lives of alerts to count."""
