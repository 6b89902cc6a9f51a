"""The whole service: every open alert of the council."""

import streamlit as st

from practice_alerts.casework import seeing
from practice_alerts.ui import service_table, session, show

here, actor = session.office(), session.actor()
alerts = seeing.service(here, actor)
late = sum(1 for one in alerts if one.where.cap_passed)
show.title("The whole service")
are = "alert is" if len(alerts) == 1 else "alerts are"
show.lead(f"{len(alerts)} {are} open; {late or 'none'} past the total limit.")
st.write(
    "More alerts are a sign of health: somebody is looking. What counts is what comes of them."
)
service_table.service_table(alerts)
