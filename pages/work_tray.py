"""The work tray: what must I do today?"""

import streamlit as st

from practice_alerts.casework import keeping, seeing
from practice_alerts.ui import frame, session, show, tray_lines

here, actor = session.office(), session.actor()
tray = seeing.tray(here, actor)
drafts = keeping.my_drafts(here, actor.id)

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    show.title("Work tray")
    if frame.raises(actor) and st.button("Raise a practice alert", type="primary"):
        st.switch_page(frame.RAISE)
tray_lines.counts(tray, drafts)

words = st.text_input("Search: reference, case number, or words of the one line without names")
if words.strip():
    found = seeing.search(here, actor, words)
    tray_lines.lines("Found", found, nothing="Nothing fits that.", aloud=True)

rest = "" if tray.to_answer else "Nothing needs you today."
tray_lines.lines("For you to answer", tray.to_answer)
tray_lines.lines("Needs you", tray.needs_you, nothing=rest)
tray_lines.lines("Waiting on others", tray.waiting)
tray_lines.lines("On hold", tray.on_hold)
tray_lines.lines("Without a ladder", tray.without_ladder)

if drafts:
    show.heading(f"Drafts ({len(drafts)})", anchor="drafts")
    procedure = here.council(actor.council).procedure
    kinds = {name: kind.title for name, kind in procedure.kinds.items()}
    for draft in drafts:
        label = tray_lines.draft_label(draft, kinds)
        st.page_link(frame.RAISE, label=label, query_params={"draft": draft.id})

tray_lines.lines("Closed lately", tray.closed)
