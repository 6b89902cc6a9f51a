"""The whole service: every open alert of the council."""

import streamlit as st

from practice_alerts.casework import seeing
from practice_alerts.ui import session, show, tray_lines

here, actor = session.office(), session.actor()
alerts = seeing.service(here, actor)
st.title("The whole service")
late = sum(1 for one in alerts if one.where.cap_passed)
show.lead(f"{len(alerts)} alerts are open; {late} are past their total limit.")
st.write(
    "More alerts are a sign of health: somebody is looking. What counts is what comes of them."
)
tray_lines.lines("Open alerts", alerts, nothing="No alert is open.")
