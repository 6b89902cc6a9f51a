"""How this service is set."""

import streamlit as st

from practice_alerts.casework.views import service_settings as casework
from practice_alerts.ui.office import auditing
from practice_alerts.ui.page import html, session

here, actor = session.office(), session.actor()
html.title("How this service is set")
st.write(
    "What holds for everybody here. Nobody changes it on a page: it is set where the service is started."
)
auditing.settings(casework.service_settings(here, actor))
