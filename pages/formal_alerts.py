"""The formal alerts that are open: where each stands and for how long."""

import streamlit as st

from practice_alerts.casework.views import formal_alerts as casework
from practice_alerts.ui.lists import formal_table
from practice_alerts.ui.page import html, session

here, actor = session.office(), session.actor()
html.title("Formal alerts")
st.write(
    "Every alert that is open at a formal stage, the longest first. How many there are says nothing of how good a"
    " team is: more alerts are a sign that somebody is looking."
)
formal_table.show(casework.formal_alerts(here, actor))
