"""One alert: where it stands, what to do now, and everything that happened."""

import streamlit as st

from practice_alerts.casework import seeing
from practice_alerts.domain.errors import Expected
from practice_alerts.ui import (
    act_forms,
    alert_parts,
    alert_record,
    frame,
    issued_documents,
    ladder_figure,
    session,
    show,
)

here, actor = session.office(), session.actor()
reference = st.query_params.get("reference", "")
opened = st.session_state.get("opened")
try:
    seen = seeing.see(here, actor.id, reference, record=opened != reference)
except Expected as error:
    show.title("Alert")
    st.write(str(error))
    st.page_link(frame.WORK_TRAY, label="Back to the work tray")
    st.stop()
if opened != reference:  # no form stands open before anybody asked for it here
    st.session_state.pop("act", None)
st.session_state["opened"] = reference
known = seen.known

alert_parts.head(seen)
alert_parts.dates(seen)
act = alert_parts.choose_act(seen)
if act is not None:
    with st.container(border=True):
        title = next(offer.title for offer in seen.offers if offer.act is act)
        show.heading(title, level=3, begins=True)
        act_forms.show_act(seen, act)

if known.ladder is not None:
    show.heading("The ladder")
    ladder_figure.ladder_figure(seen, here.calendar(known.files.id))
    alert_parts.steps(seen)
show.heading("Stages and answers")
alert_record.stages(seen)
if known.alert.referrals:
    show.heading("Referrals")
    alert_record.referrals(seen)
show.heading("What was raised")
alert_record.what_was_raised(seen)
alert_parts.sibling(seen)
show.heading("Documents")
alert_record.documents(seen)
forms = {**known.files.forms, **known.files.act_forms}
issued_documents.issued_documents(known.id, {name: form.title for name, form in forms.items()})
show.heading("History")
alert_record.history(seen)
