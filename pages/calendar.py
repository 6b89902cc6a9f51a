"""The calendar: the days on which the council is closed, put down, confirmed and taken back."""

from functools import partial

import streamlit as st

from practice_alerts.casework.calendar import closures
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.ui.office import closures_screen, office_act
from practice_alerts.ui.page import frame, html, session

here, actor = session.office(), session.actor()
act, of = st.query_params.get("act", ""), st.query_params.get("of", "")
found = closures.closures(here, actor, actor.council)
keeps = may_run(actor, OfficeAct.KEEP_CALENDAR, actor.council)

if act:
    asked = partial(closures_screen.act_on, act, of, found)
    screen = office_act.for_whom((OfficeAct.KEEP_CALENDAR,), asked)
    office_act.act_form(screen, f"{act}:{of}", frame.CALENDAR, "Calendar", back={})

html.title("Calendar")
office_act.done_lately()
st.write(
    "Days on which the council is closed though it is no bank holiday. No clock counts them, and the"
    " reason stands in every receipt."
)
if keeps:
    html.paragraph(html.link("Close a day", "/app/calendar?act=close", "pa-button"))
html.heading("Closures")
html.quiet(closures_screen.LATE_RULE)
closures_screen.closures(found, here.today, actor.id, keeps=keeps)
html.heading("Bank holidays")
closures_screen.bank_holidays(found, here.today)
