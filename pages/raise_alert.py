"""Raise an alert: one thing at a time, in four steps, and what is typed is kept."""

import streamlit as st

from practice_alerts.casework import raising
from practice_alerts.domain.errors import Expected
from practice_alerts.ui import frame, raising_steps, session, show
from practice_alerts.ui.open_draft import done_with, open_draft, throw_away

here, actor = session.office(), session.actor()
files = here.council(actor.council)
sent = st.session_state.pop("sent_alert", None)

if sent is not None:
    st.title(f"{sent} is sent")
    show.lead("Everybody asked has been written to, and the clocks run.")
    st.write("You are told when an answer comes. Until then it stands in your work tray.")
    st.page_link(frame.ALERT, label=f"Open {sent}", query_params={"reference": sent})
    st.page_link(frame.WORK_TRAY, label="Back to the work tray")
    st.stop()

draft = open_draft(actor.id, actor.council)
st.title("Raise a practice alert")
st.caption(f"Step {draft.step} of 4. What you type is kept; you can go away and come back.")
st.header(raising_steps.STEPS[draft.step - 1])
if draft.step == 1:
    raising_steps.what(draft, actor, files.procedure)
else:
    try:
        with here.database.reading() as tx:
            prepared = raising.prepare(here, tx, actor, draft.raising(actor.council))
    except Expected as error:
        show.faults([str(error)])
        st.stop()
    done = None
    match draft.step:
        case 2:
            raising_steps.fill(draft, prepared)
        case 3:
            raising_steps.who_and_when(draft, prepared)
        case _:
            done = raising_steps.check(draft, prepared, actor)
    if done is not None:
        st.session_state["sent_alert"] = done.alert.reference
        done_with()
        st.rerun()

with st.expander("Throw this draft away"):
    st.write("Everything typed in this draft goes, and cannot be had back.")
    if st.button("Throw it away"):
        throw_away(draft)
        st.switch_page(frame.WORK_TRAY)
