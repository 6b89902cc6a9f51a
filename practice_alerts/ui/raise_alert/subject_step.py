"""The first step of raising an alert: what it is about, and at which stage it starts."""

from collections.abc import Iterable

import streamlit as st

from practice_alerts.casework.acts.raising import who_raises
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.forms.form import AGENCY
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.ui.due_dates import forecast
from practice_alerts.ui.page import frame, html
from practice_alerts.ui.page.question import choose, place_of
from practice_alerts.ui.raise_alert import entry, on_paper
from practice_alerts.ui.raise_alert.draft import OpenDraft
from practice_alerts.ui.raise_alert.draft_changes import begun_before

DANGER = "Is anybody in danger now?"
RING = (
    "Ring 999 where a life is at risk; else the council's children's social care, and out of hours its"
    " emergency duty team. An alert brings nobody today."
)
LADO = (
    "Is it an allegation about somebody who works with children? That goes to the local authority designated"
    " officer (LADO), by telephone and straight away, and not here."
)


def kind_chosen(draft: OpenDraft, actor: Actor, procedure: Procedure) -> str:
    """What stands chosen at this moment; the first where nothing is kept yet, as the list shows it."""
    kinds = who_raises.kinds_for(procedure, actor)
    kept = st.session_state.get(draft.key("kind")) or draft.body.get("kind")
    return str(kept) if kept in kinds else next(iter(kinds), "")


def what(draft: OpenDraft, actor: Actor, procedure: Procedure) -> None:
    """Step 1: the kind of alert and the stage at which it comes in, or where it stands that ran on paper."""
    if not frame.raises(actor):
        on_paper.ask(draft, actor, raises=False)
        if not draft.body.get("officer"):
            begun_before(draft, procedure)
            return
    officer = on_paper.whose(draft, actor)
    if procedure.ladders_of(kind_chosen(draft, officer, procedure)):
        numbers = (one.in_words for one in procedure.site.ring)
        html.told(DANGER, (RING, LADO, *numbers))
    begun_before(draft, procedure)  # below what cannot wait
    found = entry.faults(draft, procedure, actor)
    entry.tell(draft, procedure, found)
    chosen = _kind(draft, officer, procedure)
    ladder = procedure.ladder_of(chosen, draft.body.get("partner")) if chosen else None
    if chosen and ladder is not None:
        _comes_in(draft, actor, entry.WaysIn(draft, procedure, found), (chosen, ladder))
    draft.save()
    _go_on(draft, procedure, actor)
    if ladder is not None:
        forecast.begin_with(chosen, draft.body.get("partner"), draft.body.get("entry_stage"))
        st.page_link(frame.WHAT_IF, label="What if nobody answers? See the dates first.")


def _kind(draft: OpenDraft, officer: Actor, procedure: Procedure) -> str:
    kinds, body = who_raises.kinds_for(procedure, officer), draft.body
    body["kind"] = chosen = choose(
        st.radio,
        "What do you raise?",
        draft.key("kind"),
        {name: kind.title for name, kind in kinds.items()},
        index=place_of(body.get("kind"), kinds),
        captions=[kind.in_short for kind in kinds.values()],
        on_change=draft.touch("kind"),
    )
    if chosen and kinds[chosen].ladder == "partners":
        _partner(draft, procedure, who_raises.partners_for(procedure, officer, chosen))
    return str(chosen or "")


def _comes_in(draft: OpenDraft, actor: Actor, ways: entry.WaysIn, at: tuple[str, Ladder]) -> None:
    """By the question before the ladder, or from paper."""
    if frame.raises(actor):
        on_paper.ask(draft, actor, raises=True)
    if draft.body.get("on_paper") == "yes":
        on_paper.stands(draft, actor.council, at[1], ways.faults)
    else:
        ways.ask(*at)


def _go_on(draft: OpenDraft, procedure: Procedure, actor: Actor) -> None:
    key = f"{draft.id}:to2"
    if st.button("Go on to the form", type="primary", key=key, on_click=draft.is_meant):
        draft.body["tried_what"] = True
        draft.go(1 if entry.faults(draft, procedure, actor) else 2)


def _partner(draft: OpenDraft, procedure: Procedure, partners: Iterable[str]) -> None:
    titles = {name: procedure.partner_title(name) for name in partners}
    draft.answers[AGENCY] = draft.body["partner"] = choose(
        st.selectbox,
        "Which agency?",
        draft.key("partner"),
        titles,
        index=place_of(draft.body.get("partner"), titles),
        on_change=draft.touch("partner"),
    )
