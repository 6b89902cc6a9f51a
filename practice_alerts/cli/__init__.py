"""The command line: the same verbs as the screens, for administrators and cron."""

from practice_alerts.cli.root import main

__all__ = ["main"]
