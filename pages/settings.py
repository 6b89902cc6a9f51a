"""My settings: the morning message, the address of one's own calendar, and where one is signed in."""

from practice_alerts.ui.office import settings
from practice_alerts.ui.page import html, session

here, actor = session.office(), session.actor()
html.title("My settings")
settings.said()
settings.digest(here, actor.id)
settings.calendar(here, actor.id)
settings.own_entries(here, actor.council, actor.id)
settings.sessions()
