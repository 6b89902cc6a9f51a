"""The first step of raising an alert: what it is about, and at which stage it starts."""

from __future__ import annotations

import streamlit as st

from practice_alerts.casework import raising
from practice_alerts.domain.form import AGENCY
from practice_alerts.domain.permissions import Actor
from practice_alerts.domain.procedure import Procedure
from practice_alerts.ui import frame, ways_in, what_if
from practice_alerts.ui.asking import asking
from practice_alerts.ui.open_draft import OpenDraft


def what(draft: OpenDraft, actor: Actor, procedure: Procedure) -> None:
    """Step 1: the kind of alert and the stage at which it comes in."""
    kinds = raising.kinds_for(procedure, actor)
    body, names, key = draft.body, list(kinds), draft.key("kind")
    found = ways_in.faults(draft, procedure, actor.council)
    ways_in.tell(draft, found)
    with asking("What do you raise?", key):
        chosen = st.radio(
            "What do you raise?",
            names,
            index=names.index(body["kind"]) if body.get("kind") in names else 0,
            format_func=lambda name: kinds[name].title,
            captions=[kinds[name].about or "" for name in names],
            key=key,
            on_change=draft.touch("kind"),
            label_visibility="collapsed",
        )
    body["kind"] = chosen
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
    names, key = list(procedure.partners), draft.key("partner")
    kept = draft.body.get("partner")
    with asking("Which agency?", key):
        draft.answers[AGENCY] = draft.body["partner"] = st.selectbox(
            "Which agency?",
            names,
            index=names.index(kept) if kept in names else 0,
            format_func=lambda name: procedure.partners[name].title or name,
            key=key,
            on_change=draft.touch("partner"),
            label_visibility="collapsed",
        )
