"""My settings: the morning message, who stands in, interests in a child, the address of one's own calendar, where one is signed in."""

from functools import partial

import streamlit as st

from practice_alerts.ui.office import interest_screen, office_act, own_cover_screen, settings
from practice_alerts.ui.page import frame, html, session

here, actor = session.office(), session.actor()
act, of = st.query_params.get("act", ""), st.query_params.get("of", "")
if act:
    screen = partial(interest_screen.OWN.get(act) or partial(own_cover_screen.act_on, act), of)
    office_act.act_form(screen, f"{act}:{of}", frame.SETTINGS, "My settings", {})
html.title("My settings")
settings.said()
settings.digest(here, actor.id)
own_cover_screen.when_away(here, actor)
interest_screen.own(here, actor)
settings.calendar(here, actor.id)
settings.own_entries(here, actor.council, actor.id)
settings.sessions()
