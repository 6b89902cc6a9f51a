"""The app: run by `practice-alerts serve`, at /app."""

from practice_alerts.ui.page import frame

frame.run()
