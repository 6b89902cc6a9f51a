"""The app: run by `practice-alerts serve`, at /app."""

from practice_alerts.ui.page import frame, session

if session.is_served():
    frame.run()
else:
    frame.not_alone()
