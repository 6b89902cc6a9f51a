"""The directory: who holds which post."""

import streamlit as st

from practice_alerts.casework import people
from practice_alerts.ui import session, show

here, actor = session.office(), session.actor()
entries = people.directory_of(here, actor.council)
show.title("Directory")
st.write("Posts first, people second. To change it, use the command `practice-alerts people`.")
show.table(
    "Who holds which post",
    ("Post", "Team", "Person"),
    [(one.title, one.team or "whole council", one.name or "nobody") for one in entries],
)
