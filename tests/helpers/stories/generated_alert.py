"""Any alert of any council: raised at any stage, and then whatever somebody thinks of, legal or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from practice_alerts.casework.acts import answer, by_act, close, escalate, review_response
from practice_alerts.casework.acts import took_place as stepping
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import PARTNERS, Procedure
from practice_alerts.office import Office
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import climbing, wanted
from tests.helpers.product.office import Desk

Verb = Callable[[Office, str, Mapping[str, Any], Doing], Known]
VERBS: dict[str, Verb] = {
    "answer": answer.answer,
    "judge": review_response.review,
    "hold": review_response.hold,
    "agree": review_response.agree_date,
    "step": stepping.record_step,
    "close": close.close,
    "reopen": by_act.VERBS[Act.REOPEN],
}
ACTS = (*VERBS, "answer", "judge", "hold", "step", "escalate")


@dataclass(frozen=True)
class Move:
    """An act some hours after the one before; `choice` decides what is left open."""

    act: str
    hours: int
    choice: int


MOVES = st.lists(
    st.builds(Move, st.sampled_from(ACTS), st.integers(0, 200), st.integers(0, 11)), max_size=7
)


def raised_anywhere(desk: Desk, choice: int, **said: Any) -> Known:
    """An alert of one of the council's kinds, at one of its stages, open to it or not; `said` stands on its form."""
    procedure = desk.office.council(desk.council).procedure
    kinds = sorted(procedure.kinds)
    kind = kinds[choice % len(kinds)]
    agencies = sorted(procedure.partners) if procedure.kinds[kind].ladder == PARTNERS else []
    partner = agencies[choice % len(agencies)] if agencies else ""
    ladder = procedure.ladder_of(kind, partner or None)
    stage = ladder.stages[choice // len(kinds) % len(ladder.stages)].id if ladder else None
    return raised_at(desk, kind, stage, partner=partner, choice=choice, said=said)


def raised_at(
    desk: Desk,
    kind: str,
    stage: str | None,
    *,
    partner: str = "",
    choice: int = 0,
    said: Mapping[str, Any] = MappingProxyType({}),
) -> Known:
    """`choice` is after how many days the raiser wants it put right, where that is left to them."""
    procedure = desk.office.council(desk.council).procedure
    changes = {"partner": partner, "sent_to": "Sasha Outside"} if partner else {}
    if kind == "good_practice" and desk.council == "unnamed-2015":
        changes = {"about": "excellent"}
    asked = wanted(desk, kind, stage, **changes, **said)
    if procedure.gate:
        asked = replace(asked, gate="yes", gate_told="Both heads, by telephone.")
    ladder = procedure.ladder_of(kind, partner or None)
    if ladder and stage:
        asked = replace(asked, **_left_to_the_raiser(desk, ladder, stage, choice))
    who = next(iter(procedure.kinds[kind].raised_by or procedure.raising_posts))
    return raise_alert(desk.office, asked, desk.doing(who))


def _left_to_the_raiser(desk: Desk, ladder: Ladder, stage: str, choice: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not _procedure(desk).asked_at(ladder.stage(stage)).posts:
        found["asked"] = (_somebody(desk),)
    if ladder.stage(stage).settle is not None:
        found["settle_by"] = desk.office.today + timedelta(days=choice)
    return found


def _procedure(desk: Desk) -> Procedure:
    return desk.office.council(desk.council).procedure


def _somebody(desk: Desk) -> str:
    """A post outside the IRO service, whose holder bears its id."""
    return next(name for name, role in _procedure(desk).roles.items() if not role.own_side)


def played(desk: Desk, found: Known, moves: list[Move]) -> Known:
    """What became of it; whatever was refused did not happen."""
    for move in moves:
        desk.clock[0] += timedelta(hours=move.hours)
        with suppress(Expected):
            found = _done(desk, found, move)
    return found


def _done(desk: Desk, found: Known, move: Move) -> Known:
    asked = found.alert.run.sent.asked if found.alert.run else ()
    answers = move.act == "answer" and asked and asked[0].id
    who = asked[0].id if answers else found.alert.officer.id
    doing = desk.doing(who, found)
    if move.act == "escalate":
        if not found.ways_up:
            return found
        to = found.ways_up[move.choice % len(found.ways_up)]
        named = {"sent_to": "Robin Outside"} if found.alert.raised.partner else {}
        climb = climbing(desk, found, to.id, "It settles nothing.", **named)
        climb = (
            climb
            if _procedure(desk).asked_at(to).posts
            else replace(climb, asked=(_somebody(desk),))
        )
        return escalate.escalate(desk.office, found.id, climb, doing)
    return VERBS[move.act](desk.office, found.id, _typed(desk, found, move), doing)


def _typed(desk: Desk, found: Known, move: Move) -> dict[str, Any]:
    today, choice = desk.office.today, move.choice
    soon = today + timedelta(days=choice)
    outcome = "put_right" if choice % 3 == 0 else "not_satisfactory"
    typed: dict[str, dict[str, Any]] = {
        "answer": act_answers.reply("It will be looked into.", "other"),
        "judge": act_answers.outcome(outcome, "Seen on the record."),
        "hold": act_answers.promise(soon, "Toni Sample"),
        "agree": {"until": soon.isoformat(), "agreed_with": "Toni", "reason": "They asked."},
        "step": _step(found, desk, today, choice),
        "close": act_answers.ending("withdrawn", "Nothing."),
        "reopen": {"reason": "It was closed too early."},
    }
    return typed[move.act]


def _step(found: Known, desk: Desk, today: date, choice: int) -> dict[str, Any]:
    run, ladder = found.alert.run, found.ladder
    steps = ladder.stage(run.stage).steps if ladder and run else ()
    which = steps[choice % len(steps)].id if steps else ""
    at = f"{desk.office.now():%H:%M}"
    took_place = {"step": which, "took_place": "yes", "on": today.isoformat(), "at": at}
    return {**took_place, "text": "It was talked over."}
