"""The calendar: the days on which the council is closed, put down and taken back."""

import streamlit as st

from practice_alerts.casework import closing_days
from practice_alerts.domain.errors import Expected
from practice_alerts.ui import calendar_parts, frame, office_form, session, show

here, actor = session.office(), session.actor()
act, of = st.query_params.get("act", ""), st.query_params.get("of", "")
found = closing_days.closures(here, actor, actor.council)

if act:
    try:
        form = calendar_parts.act_on(act, of, found)
    except Expected as error:
        show.title("Calendar")
        show.faults([("", str(error))])
        st.page_link(frame.CALENDAR, label="Back to the calendar")
        st.stop()
    office_form.act_form(form, f"{act}:{of}", {}, st.query_params.clear)
    st.stop()

show.title("Calendar")
office_form.done_lately()
st.write(
    "Days on which the council is closed though it is no bank holiday. No clock counts them, and the"
    " reason stands in every receipt."
)
show.paragraph(show.link("Close a day", "/app/calendar?act=close", "pa-button"))
show.heading("Closures")
calendar_parts.closures(found, here.today)
show.heading("Bank holidays")
calendar_parts.bank_holidays(found, here.today)
