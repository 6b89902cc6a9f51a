"""The work tray: what must I do today?"""

import streamlit as st

from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.views import work_tray as casework
from practice_alerts.casework.views.service import own_load
from practice_alerts.casework.views.tray_parts import PAGE, Wanted
from practice_alerts.domain.wording.telling_words import raise_words
from practice_alerts.ui.lists import filters, tray_lines
from practice_alerts.ui.page import frame, html, session
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.raise_alert.draft_changes import link_to

here, actor = session.office(), session.actor()
state = filters.chosen(actor)
drafts = kept_drafts.my_drafts(here, actor.id)

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    html.title("Work tray")
    words = raise_words(here.council(actor.council).procedure)
    if frame.raises(actor) and st.button(as_written(words), type="primary"):
        st.switch_page(frame.RAISE)
counted = st.container()

typed = st.text_input(
    "Search: child or worker by name, case number, reference, or words that were written",
    key="tray-search",
    max_chars=100,
)
closed = st.checkbox("Closed alerts too", key="tray-search-closed")
if typed.strip():
    most = state.most.get("found", PAGE)
    hits = casework.search(here, actor, typed, most, closed=closed)
    tray_lines.found(hits, actor, state.most, closed=closed)

filters.ask(state, actor, casework.offered(here, actor))
tray = casework.tray(here, actor, Wanted(state.filters, state.most))
is_own = state.filters.is_own_tray
with counted:
    tray_lines.counts(tray, drafts)
    if is_own and (load := own_load(here, actor)):
        tray_lines.own_load(load)

if is_own and not tray.parts and not drafts and (elsewhere := tray_lines.elsewhere(actor)):
    tray_lines.nothing_here(elsewhere)
elif not tray.parts and state.filters.narrow:
    all_filed = "Everything of that kind is filed."
    html.quiet(all_filed if state.filters.not_filed else "Nothing like that is open.")
elif not tray.needs_anything and not state.filters.narrow:
    html.quiet("Nothing needs you today.")
for part in tray.parts:
    if part.id != "closed":
        tray_lines.part(part, actor, state.most, dense=state.filters.dense)

if drafts:
    html.heading(f"Drafts ({len(drafts)})", anchor="drafts")
    procedure = here.council(actor.council).procedure
    for draft in drafts:
        link_to(draft, procedure)

for part in tray.parts:
    if part.id == "closed":
        tray_lines.part(part, actor, state.most, dense=state.filters.dense)
