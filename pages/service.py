"""The IRO manager's view: what is stuck, with which post, and who carries how much."""

from functools import partial

import streamlit as st

from practice_alerts.casework.views import service as casework
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run, which_cover
from practice_alerts.domain.procedure.directions import MANAGER
from practice_alerts.ui.lists import let_go, service_table
from practice_alerts.ui.office import hand_over_form, office_act
from practice_alerts.ui.page import frame, html, session

here, actor = session.office(), session.actor()
may_hand_over = MANAGER in actor.posts
act, of = st.query_params.get("act", ""), st.query_params.get("of", "")
if act == hand_over_form.ACT and may_hand_over:
    screen = partial(hand_over_form.ask, of)
    office_act.act_form(screen, f"{act}:{of}", frame.SERVICE, "The whole service", {})
service = casework.service(here, actor)
html.title("The whole service")
office_act.done_lately()
st.write(
    "More alerts are a sign of health: somebody is looking. What counts is what comes of them."
    " Every figure leads to the alerts it counts."
)
service_table.limits(service.limits)
service_table.restricted(service.restricted)
service_table.not_filed(service.not_filed)

html.heading("No answer")
service_table.silence(service.silent)

html.heading("Who carries how much")
service_table.loads(service, may_hand_over=may_hand_over)

if may_run(actor, OfficeAct.LET_GO, actor.council):
    let_go.ask(here, actor)

html.heading("Cover")
service_table.covers(service.covers)
service_table.duties(service.duties)
if may_run(actor, which_cover(actor), actor.council):
    st.page_link(frame.DIRECTORY, label="Say who stands in for whom, in the directory")
