"""The work tray: what must I do today?"""

import streamlit as st

from practice_alerts.casework import keeping, seeing
from practice_alerts.domain.dates import in_full
from practice_alerts.ui import frame, session, show, tray_lines

here, actor = session.office(), session.actor()
tray = seeing.tray(here, actor)

st.title("Work tray")
show.lead(in_full(here.today))
tray_lines.counts(tray)
if frame.raises(actor) and st.button("Raise a practice alert", type="primary"):
    st.switch_page(frame.RAISE)

words = st.text_input("Search: reference, case number, or words of the one line without names")
if words.strip():
    tray_lines.lines("Found", seeing.search(here, actor, words), nothing="Nothing fits that.")

tray_lines.lines("Needs you", tray.needs_you, nothing="Nothing needs you today.")
tray_lines.lines("For you to answer", tray.to_answer)
tray_lines.lines("Waiting on others", tray.waiting)
tray_lines.lines("On hold", tray.on_hold)
tray_lines.lines("Without a ladder", tray.without_ladder)

drafts = keeping.my_drafts(here, actor.id)
if drafts:
    st.header(f"Drafts ({len(drafts)})")
    for draft in drafts:
        label = f"Draft kept on {in_full(draft.saved_at.date())}"
        st.page_link(frame.RAISE, label=label, query_params={"draft": draft.id})

tray_lines.lines("Closed lately", tray.closed)
