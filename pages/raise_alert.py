"""Raise an alert: one thing at a time, in four steps, and what is typed is kept."""

import streamlit as st

from practice_alerts.casework.acts import raise_alert
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.wording.telling_words import raise_words
from practice_alerts.ui.page import frame, html, session
from practice_alerts.ui.raise_alert import children, form_step, on_paper, subject_step, wizard
from practice_alerts.ui.raise_alert.draft import done_with, open_draft, throw_away
from practice_alerts.ui.raise_alert.draft_changes import kept, notices

here, actor = session.office(), session.actor()
files = here.council(actor.council)
sent = st.session_state.pop("sent_alert", None)

if sent is not None:
    wizard.sent(sent)
    st.stop()

if refused := raise_alert.why_none(here, actor.council):
    html.title(raise_words(files.procedure))
    html.faults([("", refused)])
    st.stop()

draft = open_draft(actor.id, actor.council)
step = wizard.STEPS[draft.step - 1]
whose = on_paper.whose(draft, actor)
title = raise_words(files.procedure, subject_step.kind_chosen(draft, whose, files.procedure))
html.title(title, tab=f"Step {draft.step} of 4: {step} – {title}")
wizard.progress(draft.step)
line = st.container(key="pa-kept")  # filled at the end, when this run has kept what it was given
notices(draft)
html.heading(step, begins=draft.step > 1 and not children.is_new())
if draft.step == 1:
    subject_step.what(draft, actor, files.procedure)
else:
    try:
        prepared = draft.prepared(actor)
    except Expected as error:
        html.faults([("", str(error))])
        if st.button("Choose anew what you raise", type="primary", key=f"{draft.id}:to1"):
            draft.go(1)
    else:
        done = None
        match draft.step:
            case 2:
                form_step.fill(draft, prepared)
            case 3:
                wizard.who_and_when(draft, prepared)
            case _:
                done = wizard.check(draft, prepared, actor)
        if done is not None:
            st.session_state["sent_alert"] = done.alert.reference
            done_with(draft)
            st.rerun()
with line:
    html.quiet(kept(draft))

with st.expander("Throw this draft away"):
    st.write("Everything typed in this draft goes, and cannot be had back.")
    if st.button("Throw it away"):
        throw_away(draft)
        st.switch_page(frame.WORK_TRAY)
