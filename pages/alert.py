"""One alert: where it stands, what to do now, and everything that happened."""

import streamlit as st

from practice_alerts.casework.views import alert_view
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.domain.errors import Expected
from practice_alerts.ui.alert import (
    act_form,
    alert_screen,
    full_record,
    issued_documents,
    ladder_figure,
    who_opened,
)
from practice_alerts.ui.page import frame, html, session
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.records import records_screen

here, actor = session.office(), session.actor()
reference = st.query_params.get("reference", "")
opened = st.session_state.get("opened")
try:
    seen = alert_view.see(here, actor.id, reference, record=opened != reference)
except Expected as error:
    html.title("Alert")
    st.write(as_written(str(error)))
    st.page_link(frame.WORK_TRAY, label="Back to the work tray")
    st.stop()
if opened != reference:  # no form stands open before anybody asked for it here
    st.session_state.pop("act", None)
st.session_state["opened"] = reference
if wanted := st.query_params.pop("act", ""):
    st.session_state["act"] = (seen.known.id, wanted)
known = seen.known

alert_screen.head(seen)
alert_screen.dates(seen)
alert_screen.by_hand(seen)
act = alert_screen.choose_act(seen)
if act is not None:
    with st.container(border=True):
        title = next(offer.title for offer in seen.offers if offer.act is act)
        html.heading(title, level=3, begins=True)
        act_form.show_act(seen, act)

alert_screen.whys(seen)
if known.ladder is not None:
    html.heading("The ladder")
    ladder_figure.ladder_figure(seen, here.calendar(known.files.id))
    alert_screen.steps(seen)
html.heading("Stages and answers")
full_record.stages(seen)
if known.alert.referrals:
    html.heading("Referrals")
    full_record.referrals(seen)
html.heading("What was raised")
full_record.what_was_raised(seen)
alert_screen.sibling(seen)
records_screen.ways_from(
    known.alert.reference,
    keeps=may_run(seen.actor, OfficeAct.KEEP_RECORDS, known.files.id),
    redacts=may_run(seen.actor, OfficeAct.REDACT, known.files.id),
)
html.heading("Documents")
full_record.documents(seen)
forms = {**known.files.forms, **known.files.act_forms}
issued_documents.issued_documents(known.id, {name: form.title for name, form in forms.items()})
who_opened.openings(seen)
html.heading("History")
full_record.history(seen)
