"""The first step of raising an alert: what it is about, and at which stage it starts."""

from __future__ import annotations

import streamlit as st

from practice_alerts.casework import raising
from practice_alerts.domain.form import AGENCY
from practice_alerts.domain.permissions import Actor
from practice_alerts.domain.procedure import Procedure
from practice_alerts.ui import frame, ways_in, what_if
from practice_alerts.ui.asking import choose, place_of
from practice_alerts.ui.open_draft import OpenDraft


def what(draft: OpenDraft, actor: Actor, procedure: Procedure) -> None:
    """Step 1: the kind of alert and the stage at which it comes in."""
    kinds = raising.kinds_for(procedure, actor)
    body = draft.body
    found = ways_in.faults(draft, procedure, actor.council)
    ways_in.tell(draft, found)
    body["kind"] = chosen = choose(
        st.radio,
        "What do you raise?",
        draft.key("kind"),
        {name: kind.title for name, kind in kinds.items()},
        index=place_of(body.get("kind"), kinds),
        captions=[kind.about or "" for kind in kinds.values()],
        on_change=draft.touch("kind"),
    )
    if chosen and kinds[chosen].ladder == "partners":
        _partner(draft, procedure)
    ladder = procedure.ladder_of(chosen, body.get("partner")) if chosen else None
    if chosen and ladder is not None:
        ways_in.WaysIn(draft, procedure, found).ask(chosen, ladder)
    draft.save()
    if st.button("Go on to the form", type="primary", key=f"{draft.id}:to2"):
        body["tried_what"] = True
        draft.go(1 if ways_in.faults(draft, procedure, actor.council) else 2)
    if ladder is not None:
        what_if.begin_with(chosen, body.get("partner"), body.get("entry_stage"))
        st.page_link(frame.WHAT_IF, label="What if nobody answers? See the dates first.")


def _partner(draft: OpenDraft, procedure: Procedure) -> None:
    titles = {name: ladder.title or name for name, ladder in procedure.partners.items()}
    draft.answers[AGENCY] = draft.body["partner"] = choose(
        st.selectbox,
        "Which agency?",
        draft.key("partner"),
        titles,
        index=place_of(draft.body.get("partner"), titles),
        on_change=draft.touch("partner"),
    )
