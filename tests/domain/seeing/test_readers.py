"""One table says who reads which part; what it does not give is refused."""

from dataclasses import replace
from typing import Any

import pytest

from practice_alerts.domain.acts.act_shape import Relation
from practice_alerts.domain.acts.permissions import Actor, NamedPosts
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.choices import EndingKind, FollowUpKind, Part
from practice_alerts.domain.alert.events import (
    Closed,
    Corrected,
    DoneByHand,
    Escalated,
    Event,
    FollowedUp,
    Happened,
    Noted,
    Person,
    Raised,
    Referred,
    Sent,
    SignedOff,
    read_event,
)
from practice_alerts.domain.seeing.readers import NOBODY_KNOWN, SEEN, as_read, reader
from tests.helpers.days import day, moment

IRO = Person(id="iro", name="Ines Sample", post="IRO")
FIRST = Person(id="tm", name="Toni Sample", post="Team Manager")
SECOND = Person(id="sm", name="Vera Sample", post="Service Manager")
ON = day("Mon 2025-06-02")
EVENTS: tuple[tuple[str, Event], ...] = (
    (
        "iro",
        Raised(
            council="lambeth",
            edition="0",
            reference="LAM-2025-0001",
            alert_kind="practice_alert",
            raised_as="looked_after",
            raiser=IRO,
            form="practice_alert",
            answers={},
        ),
    ),
    ("iro", Sent(stage="stage-1", asked=(FIRST,), answers={})),
    ("iro", Noted(text="shared")),
    ("iro", Noted(text="own", part=Part.OWN)),
    ("boss", Noted(text="legal", part=Part.LEGAL, readers=("other_boss",))),
    ("boss", SignedOff(agreement="supervision", who="B", on=ON, text="super")),
    ("iro", Referred(route="legal_advice", reason="advice", readers=("other_boss",))),
    ("iro", FollowedUp(referral=7, happened=FollowUpKind.DECIDED, on=ON, text="follow")),
    ("iro", DoneByHand(sent=7, name="A lawyer", post="Lawyer", on=ON, text="byhand")),
    ("iro", Referred(route="cafcass", reason="cafcass", consulted="talk")),
    ("iro", Escalated(stage="stage-1", to="stage-2", rationale="up", consulted="talkedup")),
    ("iro", Sent(stage="stage-2", asked=(SECOND,), answers={})),
)
EVERYTHING = {
    *("shared", "own", "legal", "super", "advice", "follow", "byhand"),
    *("cafcass", "talk", "talkedup"),
}
SHARED = {"shared", "cafcass"}
OWN = {"own", "super", "talk", "talkedup"}
HERE = NamedPosts(reviewing=frozenset({"deputy"}), own_side=frozenset({"iro", "iro_manager"}))


def alert() -> Alert:
    at = moment("Mon 2025-06-02 09:00")
    return fold(
        Happened(number, at, by, event.kind, event)
        for number, (by, event) in enumerate(EVENTS, start=1)
    )


def somebody(who: str, *posts: str, covers: tuple[str, ...] = ()) -> Actor:
    return Actor(who, who, "lambeth", frozenset(posts), frozenset(covers))


PEOPLE: dict[str, tuple[Actor, set[str]]] = {
    "officer": (somebody("iro", "iro"), EVERYTHING),
    "their cover": (somebody("iro-2", "iro", covers=("iro",)), EVERYTHING),
    "manager who wrote of the advice": (somebody("boss", "iro_manager"), SHARED | OWN | {"legal"}),
    "manager who was named": (somebody("other_boss", "iro_manager"), EVERYTHING),
    "manager": (somebody("third_boss", "iro_manager"), SHARED | OWN),
    "post that reviews": (somebody("deputy", "deputy"), SHARED | OWN),
    "asked now": (somebody("sm", "service_manager"), SHARED),
    "cover of who is asked": (somebody("sm-2", "social_worker", covers=("sm",)), SHARED),
    "asked before": (somebody("tm", "team_manager"), SHARED),
    "manager who was asked": (somebody("sm", "iro_manager"), SHARED),
    "named, and asked before": (somebody("tm", "iro_manager", "team_manager"), SHARED),
    "QA lead": (somebody("qa", "qa_lead"), set()),
    "QA lead who audits it": (
        replace(somebody("qa", "qa_lead"), audits=frozenset({"LAM-2025-0001"})),
        SHARED,
    ),
    "another officer": (somebody("iro-3", "iro"), set()),
    "administrator": (somebody("admin", "administrator"), set()),
}


def words(read: Alert) -> set[str]:
    said: set[str] = set()
    for event in read.happened:
        every: dict[str, Any] = event.what.model_dump() if event.what else {}
        said |= {value for value in every.values() if isinstance(value, str)}
    return said & EVERYTHING


@pytest.mark.parametrize("who", PEOPLE)
def test_each_reads_just_this(who: str) -> None:
    actor, expected = PEOPLE[who]
    by = reader(actor, alert(), HERE)
    if expected:
        assert words(as_read(alert(), by)) == expected
    else:
        assert not any(by.reads(part, "iro", (actor.id,)) for part in Part)


def test_another_councils_people_read_nothing() -> None:
    for actor, _ in PEOPLE.values():
        by = reader(replace(actor, council="merton"), alert(), HERE)
        assert not any(by.reads(part, actor.id, (actor.id,)) for part in Part)


def test_no_relation_of_the_other_side_has_more_than_the_shared_record() -> None:
    more = {how for how, row in SEEN.items() for part in Part if row[part] != "no"} - {
        how for how, row in SEEN.items() if row[Part.OWN] == row[Part.LEGAL] == "no"
    }
    assert more == {
        *(Relation.RAISER, Relation.COVERS_RAISER, Relation.GAVE_AWAY, Relation.IRO_MANAGER),
        *(Relation.NAMED_TO_REVIEW, Relation.NAMED_TO_ESCALATE, Relation.SECOND_PERSON),
        Relation.AUDITOR,
    }
    assert not any(SEEN[Relation.MAY_RAISE][part] != "no" for part in Part)


def test_what_is_cut_stands_at_the_same_stage_in_the_same_version() -> None:
    whole, read = alert(), as_read(alert(), NOBODY_KNOWN)
    assert words(read) == SHARED
    assert read.version == whole.version == len(EVENTS)
    assert [run.stage for run in read.runs] == ["stage-1", "stage-2"]
    assert [one.referred.route for one in read.referrals] == ["cafcass"]
    assert as_read(read, NOBODY_KNOWN) is read
    officer = reader(PEOPLE["officer"][0], whole, HERE)
    assert as_read(whole, officer) is whole


def test_a_note_from_before_is_everybodys() -> None:
    kept = read_event("noted", {"text": "The father rang."})
    assert isinstance(kept, Noted)
    assert kept.part is Part.SHARED
    referred = read_event("referred", {"route": "cafcass", "reason": "Stuck."})
    assert isinstance(referred, Referred)
    assert referred.readers == ()


KEPT = {"child_view": "secret", "child_view_not_passed_on": "yes"}


def told(*later: Event, **answers: str) -> Alert:
    """The alert raised with these answers, and what happened afterwards, as whoever was asked reads it."""
    raised = EVENTS[0][1].model_copy(update={"answers": answers})
    at, every = moment("Mon 2025-06-02 09:00"), (raised, EVENTS[1][1], *later)
    whole = fold(
        Happened(number, at, "iro", event.kind, event)
        for number, event in enumerate(every, start=1)
    )
    read = as_read(whole, NOBODY_KNOWN)
    assert as_read(whole, reader(PEOPLE["manager"][0], whole, HERE)) is whole
    assert as_read(read, NOBODY_KNOWN) is read
    assert read.version == whole.version
    return read


def changed(field: str, was: str | None, now: str | None) -> Corrected:
    return Corrected(number=1, field=field, was=was, now=now, reason=f"was {was}")


def test_what_is_not_to_be_passed_on_is_cut_out_and_that_it_was_said() -> None:
    assert told(**KEPT, concerns="seen").answers == {"concerns": "seen"}
    assert told(child_view="secret", child_view_not_passed_on="no").answers == {
        "child_view": "secret",
        "child_view_not_passed_on": "no",
    }


@pytest.mark.parametrize(
    "later",
    [
        [changed("child_view_not_passed_on", None, "yes")],
        [
            changed("child_view", "secret", "other secret"),
            changed("child_view_not_passed_on", None, "yes"),
        ],
        [
            changed("child_view_not_passed_on", None, "yes"),
            changed("child_view", "secret", "other secret"),
            changed("child_view_not_passed_on", "yes", "no"),
        ],
    ],
    ids=["marked later", "put right and marked", "marked, put right, and the mark taken back"],
)
def test_what_was_once_said_in_confidence_stays_so_with_every_correction(
    later: list[Event],
) -> None:
    read = told(*later, child_view="secret", concerns="seen")
    assert "secret" not in repr(read.happened)
    assert "passed_on" not in repr(read.happened)
    assert read.answers == {"concerns": "seen"}


def closed(**answers: str) -> Closed:
    return Closed(
        ending=EndingKind.WITHDRAWN, what_changed="kept", child_view="secret", answers=answers
    )


def test_what_the_child_says_in_the_end_is_kept_by_a_mark_of_its_own() -> None:
    read = told(closed(child_view_not_passed_on="yes", ending_why="seen"))
    assert read.closed == closed(ending_why="seen").model_copy(update={"child_view": ""})
    assert told(closed()).closed == closed()


def test_where_nothing_is_said_in_the_end_it_is_as_it_was_said_before() -> None:
    kept, said = told(closed(), **KEPT).closed, told(closed(child_view_not_passed_on="no"), **KEPT)
    assert kept is not None
    assert kept.child_view == ""
    assert said.closed == closed(child_view_not_passed_on="no")
    assert "child_view" not in said.answers


def test_any_question_can_have_such_a_mark_at_each_stage_and_in_its_details() -> None:
    answers = {"actions": "secret", "actions_not_passed_on": "yes", "rationale": "seen"}
    sent = Sent(
        stage="stage-2",
        asked=(SECOND,),
        answers=answers,
        details={"concerns": "secret", "concerns_not_passed_on": "yes"},
    )
    read = told(sent, concerns="seen")
    assert read.runs[-1].sent.answers == {"rationale": "seen"}
    assert read.runs[-1].sent.details == {}
    assert "secret" not in repr(read)
