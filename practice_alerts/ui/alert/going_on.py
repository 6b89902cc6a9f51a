"""Acts that write to others: they say who gets it, by when and what follows, and are looked over once more."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from practice_alerts.casework.acts import act_form, escalate
from practice_alerts.casework.core import telling
from practice_alerts.casework.core.who_gets_it import Recipients
from practice_alerts.casework.core.who_is_meant import posts_asked
from practice_alerts.casework.directory import partner_contacts
from practice_alerts.domain.acts.act_forms import of_route
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.directory.meant import Meant
from practice_alerts.domain.documents.alert_document import people_named
from practice_alerts.domain.procedure.ladder import Stage
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.standing.running_clocks import if_escalated
from practice_alerts.domain.text import sentence
from practice_alerts.domain.wording import rights_words, telling_words
from practice_alerts.domain.wording.forecast_words import if_sent
from practice_alerts.domain.wording.history import out_of_turn
from practice_alerts.domain.wording.telling_words import people
from practice_alerts.office import Office
from practice_alerts.ui.alert.act_in_progress import ActInProgress, Press
from practice_alerts.ui.due_dates import receipts
from practice_alerts.ui.page import html, session
from practice_alerts.ui.page.question import choose, place_of
from practice_alerts.ui.page.who_gets_it import WhoGetsIt

SENDS_NOTHING = (
    "Recording it sends nothing outside the directory. You send what goes with it yourself."
)
_NOT_SAID = "Not said"


def override(form: ActInProgress) -> Press:
    """Saying at once what the product does of it, and what it does not."""
    _tells(form, lambda hear: hear.of_override())
    return form.plainly()


def _tells(form: ActInProgress, of: Callable[[telling.Listeners], Meant]) -> None:
    """Who gets an e-mail once it is recorded, and whom the product does not reach."""
    here, known = session.office(), form.seen.known
    if known.alert.restriction is not None:
        html.quiet(
            "Restricted: nobody is told by post. Tell whoever must know yourself, or name them."
        )
        return
    with here.database.reading() as tx:
        meant = of(telling.listeners(here, tx, known, form.seen.actor.id))
    outside = [*people(meant.by_hand).split("; "), *(seat.title for seat in meant.to_choose)]
    if meant.seats:
        html.facts(
            [
                ("E-mailed once you record it", people(meant.people) or "Nobody"),
                *telling_words.by_hand("; ".join(filter(None, outside))),
            ]
        )
        html.quiet(telling_words.TELEPHONE_FIRST)


def refer(form: ActInProgress) -> Press:
    """Asking what came of speaking first in the words of the way out that is chosen."""
    procedure = form.seen.known.files.procedure
    form.as_asked = lambda one: of_route(one, procedure, str(form.kept.get("route") or ""))
    asked = form.form()
    answers = form.fill(asked) if not form.is_checked else form.answers_to(asked)
    route = str(form.kept.get("route") or "")
    referral = procedure.referrals.get(route)
    if form.is_checked:
        html.facts((what, said or _NOT_SAID) for what, said in form.answered(asked))
    elif referral is not None and referral.wording:
        html.quiet(f"{procedure.council}: {referral.wording}")
    if referral is not None:
        html.paragraph(SENDS_NOTHING)
        _tells(form, lambda hear: hear.of_referral(route))
    law = ROUTES[route].law if route in ROUTES else None
    if law:
        html.quiet(f"Legal basis: {law}.")

    def check(here: Office) -> None:
        seen = form.seen
        with here.database.reading() as tx:
            act_form.checked(here, tx, seen.known, Act.REFER, answers, actor=seen.actor)

    form.check = check
    return form.press(answers)


def go_up(form: ActInProgress) -> Press:
    """Where to, who must answer there and by when, and what the form asks at that stage."""
    known = form.seen.known
    stages = {stage.id: stage for stage in known.ways_up}
    if form.is_checked and form.kept.get("to") in stages:
        climb = _looked_over(form, stages[form.kept["to"]])
    else:
        climb = _filled_in(form, stages)

    def check(here: Office) -> None:
        with here.database.reading() as tx:
            escalate.check(here, tx, known, climb, form.seen.actor.id)

    form.check = check
    return lambda here, doing: escalate.escalate(here, known.id, climb, doing)


def _filled_in(form: ActInProgress, stages: Mapping[str, Stage]) -> escalate.Climb:
    here, known = session.office(), form.seen.known
    form.kept["to"] = to = choose(
        st.radio,
        "To which stage?",
        form.key("to"),
        {name: stage.label for name, stage in stages.items()},
        error=form.faults.get("to", ""),
        index=place_of(form.kept.get("to"), stages),
    )
    if known.alert.run is not None and (said := out_of_turn(known.ladder, known.run.stage, to)):
        html.quiet(sentence(said))
    asked_for = escalate.form_at(here, known, stages[to])
    form.start(**escalate.said_before(known, asked_for))
    partner = known.alert.raised.partner
    form.contacts = partner_contacts.names_at(here, known.files.id, partner, stages[to])
    answers = form.fill(asked_for)
    climb = _reached(form, stages[to], answers)
    _by_when(form, stages[to])
    return climb


def _looked_over(form: ActInProgress, stage: Stage) -> escalate.Climb:
    """Everything once more: to whom, by when, what was typed, and what follows if nobody answers."""
    here, known = session.office(), form.seen.known
    asked_for = escalate.form_at(here, known, stage)
    climb = _climb(
        stage.id, form.answers_to(asked_for), form.kept.setdefault(f"who:{stage.id}", {})
    )
    with here.database.reading() as tx:
        reached = escalate.reached(here, tx, known, climb)
    copied = [one for one in reached.copied if one.id != form.seen.actor.id]
    html.facts(
        [
            ("To", stage.label),
            ("Must answer", people_named(reached.asked) or "Nobody yet"),
            ("Copied", people_named(copied) or "Nobody"),
            *telling_words.by_hand(_outside((*reached.asked, *copied))),
            *form.answered(asked_for),
        ]
    )
    _by_when(form, stage, with_all=True)
    if len(known.alert.runs) == 1:
        rights(form)
    html.quiet(
        "Sending writes to everybody named above who is in the directory, and the clocks of"
        f" {stage.label} start. It cannot be taken back."
    )
    return climb


def rights(form: ActInProgress) -> None:
    """What the child is to know of an advocate and of complaining."""
    known = form.seen.known
    if form.seen.about_child:
        raised_as = known.alert.raised.raised_as
        said = rights_words.rights_in_words(known.files.procedure, known.ladder, raised_as)
        html.bullets(said, rights_words.TITLE)


def _outside(every: Iterable[Any]) -> str:
    return people(one for one in every if not one.id)


def _by_when(form: ActInProgress, stage: Stage, *, with_all: bool = False) -> None:
    """The day that follows if it is sent now; `with_all`, how it is counted, and what lies ahead."""
    here, known = session.office(), form.seen.known
    if known.ladder is None:
        return
    calendar = here.calendar(known.files.id)
    ahead = if_escalated(known.alert, known.ladder, stage.id, here.now(), calendar)
    html.paragraph(
        f"{stage.label}, if you send it now: {if_sent(ahead.stage(stage.id), known.ladder)}",
        "pa-lead",
    )
    if not with_all:
        return
    one, procedure = ahead.stage(stage.id), known.files.procedure
    if (due := one.due) is not None and not one.assumes:
        clause = f"{procedure.council}, {procedure.title}, {stage.label}"
        receipts.receipt(f"{stage.label}: the days", due, clause)
    receipts.forecast_table(ahead, known.ladder)


def _reached(form: ActInProgress, stage: Stage, answers: Mapping[str, Any]) -> escalate.Climb:
    """Who is asked and copied there, as far as chosen; then once more, with what is chosen now."""
    here, known = session.office(), form.seen.known
    kept = form.kept.setdefault(f"who:{stage.id}", {})

    def work_out() -> Recipients:
        with here.database.reading() as tx:
            return escalate.reached(here, tx, known, _climb(stage.id, answers, kept))

    def key(name: str) -> str:
        return form.key(f"{stage.id}:{name}")

    procedure = known.files.procedure
    asks = posts_asked(procedure, stage)
    WhoGetsIt(known.files.id, procedure, kept, key, form.faults, asks).show(work_out)
    return _climb(stage.id, answers, kept)


def _climb(to: str, answers: Mapping[str, Any], kept: Mapping[str, Any]) -> escalate.Climb:
    return escalate.Climb(
        to,
        answers,
        tuple(kept.get("asked", ())),
        tuple(kept.get("copied", ())),
        str(kept.get("instead_reason", "")),
    )
