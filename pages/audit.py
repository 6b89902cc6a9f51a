"""Audit samples: alerts drawn at random for a QA lead to read, and who drew which."""

import streamlit as st

from practice_alerts.casework.directory import audit_samples
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.ui.office import audit_screen, office_act
from practice_alerts.ui.page import frame, html, session

here, actor = session.office(), session.actor()
found = audit_samples.drawn(here, actor)
draws = may_run(actor, OfficeAct.DRAW_SAMPLE, actor.council)

if draws and st.query_params.get("act") == audit_screen.DRAW:
    office_act.act_form(audit_screen.draw, audit_screen.DRAW, frame.AUDIT, "Audit", back={})

html.title("Audit samples")
office_act.done_lately()
st.write(
    "A QA lead reads the log and the figures, and of the alerts themselves those alone that chance has drawn,"
    " until the sample ends. Each sample is kept for good with who drew it and why."
)
if draws:
    audit_screen.own(found, actor, here)
audit_screen.every(found)
