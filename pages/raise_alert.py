"""Raise an alert: one thing at a time, in four steps, and what is typed is kept."""

import streamlit as st

from practice_alerts.casework import raising
from practice_alerts.domain.errors import Expected
from practice_alerts.ui import frame, raising_form, raising_steps, raising_what, session, show
from practice_alerts.ui.draft_notices import kept, notices
from practice_alerts.ui.open_draft import done_with, open_draft, throw_away

here, actor = session.office(), session.actor()
files = here.council(actor.council)
sent = st.session_state.pop("sent_alert", None)

if sent is not None:
    raising_steps.sent(sent)
    st.stop()

draft = open_draft(actor.id, actor.council)
step = raising_steps.STEPS[draft.step - 1]
show.title("Raise a practice alert", tab=f"Step {draft.step} of 4: {step} – Raise a practice alert")
raising_steps.progress(draft.step)
line = st.container(key="pa-kept")  # filled at the end, when this run has kept what it was given
notices(draft)
show.heading(step, begins=draft.step > 1)
if draft.step == 1:
    raising_what.what(draft, actor, files.procedure)
else:
    try:
        with here.database.reading() as tx:
            prepared = raising.prepare(here, tx, actor, draft.raising(actor.council))
    except Expected as error:
        show.faults([("", str(error))])
        st.stop()
    done = None
    match draft.step:
        case 2:
            raising_form.fill(draft, prepared)
        case 3:
            raising_steps.who_and_when(draft, prepared)
        case _:
            done = raising_steps.check(draft, prepared, actor)
    if done is not None:
        st.session_state["sent_alert"] = done.alert.reference
        done_with(draft)
        st.rerun()
with line:
    show.quiet(kept(draft))

with st.expander("Throw this draft away"):
    st.write("Everything typed in this draft goes, and cannot be had back.")
    if st.button("Throw it away"):
        throw_away(draft)
        st.switch_page(frame.WORK_TRAY)
