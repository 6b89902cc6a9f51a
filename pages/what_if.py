"""What if nobody answers: the forecast for a ladder, a stage and a day, before anything is raised."""

import streamlit as st

from practice_alerts.ui import session, show, what_if

here, actor = session.office(), session.actor()
files = here.council(actor.council)
show.title("What if nobody answers")
st.write("Choose where an alert would start, and on which day. Nothing here is kept or sent.")
asked = what_if.ask(files)
if asked is not None:
    what_if.answer(asked, files)
