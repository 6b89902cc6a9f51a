"""Directory, closures, e-mails that did not arrive, settings."""
