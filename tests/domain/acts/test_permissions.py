"""Whoever stands to an alert in more than one way; each way by itself is in test_every_cell."""

from dataclasses import replace

import pytest

from practice_alerts.domain.acts.permissions import (
    RULES,
    Act,
    Actor,
    NamedPosts,
    Relation,
    may,
    relations,
)
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import (
    Closed,
    EndingKind,
    Event,
    Happened,
    Person,
    Raised,
    Reassigned,
    Sent,
)
from tests.helpers.days import moment

IRO = Person(id="iro", name="Ines Sample", post="IRO")
FIRST = Person(id="tm", name="Toni Sample", post="Team Manager")
SECOND = Person(id="sm", name="Vera Sample", post="Service Manager")
TOLD = Person(id="qas", name="Quentin Sample", post="QA service")
RAISED = Raised(
    council="lambeth",
    edition="0",
    reference="LAM-2025-0001",
    alert_kind="practice_alert",
    raised_as="looked_after",
    raiser=IRO,
    form="practice_alert",
    answers={},
)


def _alert(*, closed: bool = False) -> Alert:
    """Sent to the team manager, then to the service manager; perhaps closed."""
    at = moment("Mon 2025-06-02 09:00")
    events: list[Event] = [
        RAISED,
        Sent(stage="stage-1", asked=(FIRST,), answers={}),
        Sent(stage="stage-2", asked=(SECOND,), copied=(TOLD,), answers={}),
    ]
    if closed:
        events.append(Closed(ending=EndingKind.PUT_RIGHT, what_changed="All."))
    return fold(
        Happened(number, at, "iro", event.kind, event)
        for number, event in enumerate(events, start=1)
    )


def _actor(who: str, *posts: str, covers: tuple[str, ...] = ()) -> Actor:
    return Actor(who, who, "lambeth", frozenset(posts), frozenset(covers))


PEOPLE = {
    "raiser": _actor("iro", "iro"),
    "another IRO": _actor("iro-3", "iro"),
}
SHUTS = {Act.RESTRICT, Act.LIFT_RESTRICTION}
LATER = {Act.SEE, Act.NOTE, Act.SIGN_OFF, Act.FOLLOW_UP, Act.CORRECT, *SHUTS}
STEERS = LATER | {
    *(
        Act.RECORD_ANSWER,
        Act.ANSWER_QUESTION,
        Act.REDIRECT,
        Act.REVIEW_RESPONSE,
        Act.HOLD,
        Act.REVIEW_HOLD,
        Act.AGREE_DATE,
        Act.STEP,
        Act.ESCALATE,
        Act.REFER,
    ),
    *(
        Act.STANDSTILL,
        Act.LIFT_STANDSTILL,
        Act.OVERRIDE,
        Act.CLOSE,
        Act.MOVE_CASE,
        Act.BY_HAND,
        Act.REMIND,
        Act.FILE,
        Act.LINK,
    ),
}
NAMED = NamedPosts(reviewing=frozenset({"deputy"}), escalating=frozenset({"head"}))


def test_a_post_that_the_procedure_names_reviews_beside_the_raiser_and_one_named_to_escalate_climbs() -> (
    None
):
    deputy, head = _actor("d", "deputy"), _actor("h", "head")
    assert not may(deputy, Act.SEE, _alert())
    steers = {act for act in Act if may(deputy, act, _alert(), NAMED)}
    assert steers == {
        *(
            Act.SEE,
            Act.REVIEW_RESPONSE,
            Act.HOLD,
            Act.REVIEW_HOLD,
            Act.AGREE_DATE,
            Act.STEP,
            Act.CLOSE,
        )
    }
    climbs = {act for act in Act if may(head, act, _alert(), NAMED)}
    assert climbs == {Act.SEE, Act.ESCALATE, Act.STEP, Act.REVIEW_RESPONSE}


def test_nobody_who_was_asked_steers_by_a_post_of_the_iro_service_either() -> None:
    """Whoever is a manager of the service and was asked in another post is challenged, and sees only."""
    both = _actor("sm", "service_manager", "deputy", "iro_manager")
    assert relations(both, _alert(), NAMED) == {Relation.ASKED}
    before = _actor("tm", "team_manager", "iro_manager")
    assert {act for act in Act if may(before, act, _alert(), NAMED)} == {Act.SEE}


def test_an_alert_that_was_given_on_is_the_new_officers_and_the_raiser_may_still_read_it() -> None:
    alert = _alert()
    new = Person(id="iro-3", name="Nadia Sample", post="IRO")
    given = Happened(
        4, alert.happened[-1].at, "boss", "reassigned", Reassigned(to=new, reason="Leave.")
    )
    alert = fold((*alert.happened, given))
    assert {act for act in Act if may(PEOPLE["another IRO"], act, alert)} == STEERS
    assert {act for act in Act if may(PEOPLE["raiser"], act, alert)} == {Act.SEE}


def test_whoever_was_asked_cannot_review_as_somebodys_cover() -> None:
    """A manager who covers for the IRO does not sit in judgement on their own answer."""
    both = _actor("sm", "service_manager", covers=("iro",))
    assert relations(both, _alert()) == {Relation.ASKED}
    assert not may(both, Act.CLOSE, _alert())


def test_no_row_of_the_table_lets_the_challenged_chain_steer() -> None:
    chain = {Relation.ASKED, Relation.COVERS_ASKED, Relation.WAS_ASKED}
    assert {rule.act for rule in RULES if rule.relation in chain} == {
        *(Act.SEE, Act.ANSWER, Act.NOT_THEIRS, Act.NAME_DRAFTER, Act.ASK_QUESTION)
    }


_MANAGES = {
    *(Act.SEE, Act.NOTE, Act.SIGN_OFF, Act.HAND_ON, Act.MOVE_CASE, Act.REMIND, Act.LINK),
    *SHUTS,
}


@pytest.mark.parametrize(
    ("managers", "has_a_say"),
    [
        ((), True),
        ((_actor("boss", "iro_manager"),), False),
        ((_actor("tm", "iro_manager"),), True),
        ((_actor("tm", "iro_manager"), _actor("sm", "iro_manager")), True),
        ((_actor("tm", "iro_manager"), _actor("boss", "iro_manager")), False),
        (None, False),
    ],
)
def test_in_reserve_one_acts_where_every_manager_is_challenged(
    managers: tuple[Actor, ...] | None, has_a_say: bool
) -> None:
    reserve = replace(_actor("neighbour", "reserve_manager"), relieves=managers)
    acts = {act for act in Act if may(reserve, act, _alert())}
    assert acts == (_MANAGES if has_a_say else set())
    asked = replace(_actor("tm", "reserve_manager"), relieves=managers)
    assert {act for act in Act if may(asked, act, _alert())} == {Act.SEE}
