"""One alert: where it stands, what to do now, and everything that happened."""

import streamlit as st

from practice_alerts.casework import seeing
from practice_alerts.domain.errors import Expected
from practice_alerts.ui import (
    act_forms,
    alert_parts,
    frame,
    ladder_figure,
    session,
    show,
    tray_lines,
)

here, actor = session.office(), session.actor()
reference = st.query_params.get("reference", "")
opened = st.session_state.get("opened")
try:
    seen = seeing.see(here, actor.id, reference, record=opened != reference)
except Expected as error:
    st.title("Alert")
    st.write(str(error))
    st.page_link(frame.WORK_TRAY, label="Back to the work tray")
    st.stop()
st.session_state["opened"] = reference
known = seen.known

st.title(reference)
alert_parts.child(seen)
done = st.session_state.pop("done", None)
if done:
    st.success(done)
st.html(show.state(seen.where.standing.value, tray_lines.tone(seen.where)))
show.lead(seen.where.sentence)
if seen.asking_id is not None:
    st.html(f"<p>{show.link('Answer this alert', f'/respond/{seen.asking_id}')}</p>")
alert_parts.documents(seen)

alert_parts.dates(seen)
act = alert_parts.choose_act(seen)
if act is not None:
    with st.container(border=True):
        st.subheader(act_forms.TITLES[act])
        act_forms.show_act(seen, act)

if known.ladder is not None:
    st.header("The ladder")
    ladder_figure.ladder_figure(seen, here.calendar(known.files.id))
st.header("Stages and answers")
alert_parts.stages(seen)
st.header("What was raised")
alert_parts.what_was_asked(seen, here.form(known.files, known.alert.raised.form))
st.header("History")
alert_parts.history(seen)
