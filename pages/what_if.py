"""What if nobody answers: the forecast for a ladder, a stage and a day, before anything is raised."""

import streamlit as st

from practice_alerts.ui.due_dates import forecast
from practice_alerts.ui.page import html, session

here, actor = session.office(), session.actor()
files = here.council(actor.council)
html.title("What if nobody answers")
st.write("Choose where an alert would start, and on which day. Nothing here is kept or sent.")
asked = forecast.ask(files)
if asked is not None:
    forecast.answer(asked, files)
