"""The IRO manager's view: what is stuck, with which post, and who carries how much."""

import streamlit as st

from practice_alerts.casework.views import service as casework
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run, which_cover
from practice_alerts.ui.lists import let_go, service_table
from practice_alerts.ui.page import frame, html, session

here, actor = session.office(), session.actor()
service = casework.service(here, actor)
html.title("The whole service")
st.write(
    "More alerts are a sign of health: somebody is looking. What counts is what comes of them."
    " Every figure leads to the alerts it counts."
)
service_table.limits(service.limits)

html.heading("Who carries how much")
service_table.loads(service)

html.heading("No answer")
service_table.silence(service.silent)

if may_run(actor, OfficeAct.LET_GO, actor.council):
    let_go.ask(here, actor)

html.heading("Cover")
service_table.covers(service.covers)
if may_run(actor, which_cover(actor), actor.council):
    st.page_link(frame.DIRECTORY, label="Say who stands in for whom, in the directory")
