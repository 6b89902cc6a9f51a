"""Was it sent on paper before? Whose it is then, where it stands now, and the days on the paper."""

from datetime import date

import streamlit as st

from practice_alerts.casework.acts import raise_alert
from practice_alerts.casework.acts.raise_alert import Prepared
from practice_alerts.casework.acts.raising import from_paper
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import NotAllowed
from practice_alerts.domain.forms.draft_merge import answer_name
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.paper.on_paper import paper_lines
from practice_alerts.domain.paper.paper_form import PaperForm
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.running_clocks import ahead_from, running_clocks
from practice_alerts.domain.text import capital
from practice_alerts.domain.wording.clock_lines import clock_lines
from practice_alerts.ui.due_dates import receipts
from practice_alerts.ui.page import html, session
from practice_alerts.ui.page.form_fields import Filling
from practice_alerts.ui.page.question import choose, place_of
from practice_alerts.ui.page.text_field import field_id
from practice_alerts.ui.raise_alert.draft import OpenDraft

QUESTION = "Was it sent on paper before?"
_ANSWERS = {
    "no": "It is raised here",
    "yes": "It runs on paper, or was sent there while this service could not be reached",
}
_FOR_OTHERS = "You enter here what an officer raised on paper, or by e-mail, before it stood here."


def whose(draft: OpenDraft, actor: Actor) -> Actor:
    """The officer whose alert it is to be; whoever types, where they may enter nothing for whom the draft names."""
    here, body = session.office(), draft.body
    if body.get("on_paper") != "yes":
        return actor
    try:
        with here.database.reading() as tx:
            return from_paper.officer_of(here, tx, actor, str(body.get("officer") or ""))
    except NotAllowed:
        return actor


def ask(draft: OpenDraft, actor: Actor, *, raises: bool) -> None:
    """The question, and for whom, before what is raised is chosen."""
    here, body = session.office(), draft.body
    if raises:
        body["on_paper"] = choose(
            st.radio,
            QUESTION,
            draft.key("on_paper"),
            _ANSWERS,
            index=place_of(body.get("on_paper") or "no", _ANSWERS),
            on_change=draft.touch("on_paper"),
        )
    else:
        body["on_paper"] = "yes"
        html.quiet(_FOR_OTHERS)
    if body["on_paper"] != "yes":
        return
    with here.database.reading() as tx:
        able = from_paper.officers(here, tx, actor)
    titles = {name: one.in_words for name, one in able.items()}
    if set(titles) != {actor.id}:
        body["officer"] = choose(
            st.selectbox,
            "Whose alert is it?",
            draft.key("officer"),
            titles,
            # Whoever enters for others says for whom; nobody stands chosen.
            index=place_of(body.get("officer") or (actor.id if raises else None), titles, None),
            on_change=draft.touch("officer"),
        )


def faults(draft: OpenDraft, actor: Actor, council: str) -> Faults:
    """What is wrong with the days and the reference, of one that was sent on paper."""
    here, raising = session.office(), draft.raising(council)
    way = raise_alert.way_of(here.council(council).procedure, raising)
    with here.database.reading() as tx:
        return from_paper.days_at_fault(here, tx, actor, way, draft.answers)


def _filling(draft: OpenDraft, council: str, found: Faults) -> Filling:
    return Filling(
        draft.id,
        council,
        draft.answers,
        found,
        turn_of=draft.turn_of,
        touched=lambda name: draft.touched(answer_name(name)),
    )


def place_of_field(draft: OpenDraft, procedure: Procedure, name: str) -> str:
    """Where a fault of that question leads."""
    ladder = procedure.ladder_of(str(draft.body["kind"]), draft.body.get("partner"))
    fields = PaperForm(ladder, ladder.stage(_stands_at(draft, ladder))).fields if ladder else ()
    keys = (_filling(draft, "", {}).widget_key(one) for one in fields if one.id == name)
    return field_id(next(keys, name))


def _stands_at(draft: OpenDraft, ladder: Ladder) -> str:
    chosen = draft.body.get("entry_stage")
    return str(chosen) if chosen and ladder.has(chosen) else ladder.stages[0].id


def stands(draft: OpenDraft, council: str, ladder: Ladder, found: Faults) -> None:
    """The stage where it stands, and what the paper says."""
    labels = {stage.id: stage.label for stage in ladder.stages}
    body = draft.body
    body["entry_stage"] = choose(
        st.radio,
        "At which stage does it stand now?",
        draft.key("stands_at"),
        labels,
        index=place_of(body.get("entry_stage"), labels),
        on_change=draft.touch("entry_stage"),
    )
    form = PaperForm(ladder, ladder.stage(_stands_at(draft, ladder)))
    html.heading("What the paper says", level=3)
    filling = _filling(draft, council, found)
    for field in form.fields:
        if field.fields and field.hint:  # a block says none by itself
            html.quiet(field.hint)
        filling.put(field, draft.answers)


def dates(prepared: Prepared) -> None:
    """The clocks as they will run, by the days on the paper."""
    here, ladder = session.office(), prepared.way.ladder
    if ladder is None:
        return
    alert = raise_alert.as_entered(prepared, session.actor(), here.now())
    calendar = here.calendar(prepared.files.id)
    html.facts(clock_lines(running_clocks(alert, ladder, calendar), here.now(), calendar))
    ahead, when = ahead_from(alert, ladder, here.now(), calendar)
    if ahead is not None:
        html.heading(f"What happens {when}", level=3)
        receipts.forecast_table(ahead, ladder, capital(when))


def summary(prepared: Prepared) -> None:
    """Everything that the paper says, once more, with the days in words."""
    here, edition = session.office(), prepared.files.procedure.edition
    alert = raise_alert.as_entered(prepared, session.actor(), here.now())
    paper = alert.raised.paper
    if paper is None:
        return
    html.facts(paper_lines(paper, here.now(), prepared.way.ladder))
    if isinstance(edition.issued, date) and paper.raised_on < edition.issued:
        html.quiet(
            f"Edition {edition.version} of the procedure was issued on {in_full(edition.issued)}, after it was"
            " raised. From now on the alert goes by that edition; the days on the paper stay."
        )
