"""Who looked: which alerts were opened by whom, and to whom which document was handed."""

import streamlit as st

from practice_alerts.casework.views import who_looked as casework
from practice_alerts.ui.office import auditing
from practice_alerts.ui.page import html, session

here, actor = session.office(), session.actor()
html.title("Who looked")
st.write(
    "Each time somebody opened an alert, read its document or took it away. Lists, the search and the log"
    " show no alert whole, and are not counted here."
)
words = st.text_input("Narrow it down: part of a reference, or of a name", key="who-looked")
auditing.looks(casework.who_looked(here, actor, words))
