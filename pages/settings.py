"""My settings: the morning message, and the address of one's own calendar."""

from practice_alerts.ui import my_settings, session, show

here, actor = session.office(), session.actor()
show.title("My settings")
my_settings.said()
my_settings.digest(here, actor.id)
my_settings.calendar(here, actor.id)
