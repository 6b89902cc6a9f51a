"""Every cell of the tables of permissions, each said here once more by hand; what is not said here is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from practice_alerts.domain.acts.permissions import (
    NOBODY,
    OFFICES_RELATION,
    Act,
    Actor,
    NamedPosts,
    Relation,
    may,
    may_raise,
    relations,
)
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.choices import Part
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
from practice_alerts.domain.alert.restricted import Restricted
from practice_alerts.domain.alert.talk import DrafterNamed
from practice_alerts.domain.directory.office_permissions import (
    COMMAND_LINE,
    COMMAND_LINE_POST,
    OfficeAct,
    may_run,
)
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.domain.seeing.readers import reader
from tests.helpers.days import moment
from tests.helpers.files.real_councils import IDS, council
from tools.docs.permissions import permissions_page

FIRST_OFFICER = Person(id="first_iro", name="Fay Sample", post="IRO")
OFFICER = Person(id="iro", name="Ines Sample", post="IRO")
FIRST = Person(id="tm", name="Toni Sample", post="Team Manager")
SECOND = Person(id="sm", name="Vera Sample", post="Service Manager")
TOLD = Person(id="qas", name="Quentin Sample", post="QA service")
OUTSIDE = Person(id="", name="A health trust", post="Health trust")
DRAFTER = Person(id="drafter", name="Dora Sample", post="Business support")


def alert(
    *, closed: bool = False, outside: bool = False, restricted: bool = False, drafted: bool = False
) -> Alert:
    """Raised by one officer, given to another, at its second stage; perhaps restricted, closed, or of an agency."""
    raised = Raised(
        council="lambeth",
        edition="0",
        reference="LAM-2025-0001",
        alert_kind="practice_alert",
        raised_as="looked_after",
        raiser=FIRST_OFFICER,
        form="practice_alert",
        answers={},
    )
    events: list[Event] = [
        raised,
        Reassigned(to=OFFICER, reason="Leave."),
        Sent(stage="stage-1", asked=(FIRST,), answers={}),
        Sent(stage="stage-2", asked=(OUTSIDE if outside else SECOND,), copied=(TOLD,), answers={}),
    ]
    if drafted:
        events.append(DrafterNamed(stage="stage-2", by=SECOND, whose=SECOND, to=DRAFTER))
    if restricted:
        events.append(
            Restricted(
                reason="A colleague's child.",
                second=Person(id="second", name="Second Sample", post="IRO"),
                stand_in=Person(id="acting", name="Acting Sample", post="IRO"),
                look_again=date(2025, 9, 1),
                named=(Person(id="named", name="Named Sample", post="Service Manager"),),
            )
        )
    if closed:
        events.append(Closed(ending=EndingKind.PUT_RIGHT, what_changed="All."))
    at = moment("Mon 2025-06-02 09:00")
    return fold(
        Happened(number, at, "iro", event.kind, event) for number, event in enumerate(events, 1)
    )


def somebody(who: str, *posts: str, covers: str = "") -> Actor:
    return Actor(who, who, "lambeth", frozenset(posts), frozenset({covers} - {""}))


@dataclass(frozen=True)
class Stands:
    """Somebody who stands to the alert so and, `with_it` apart, in no other way; and what that gives."""

    who: Actor
    open: str = ""
    closed: str = ""
    """The acts, each by the name on screens, blanks between."""
    parts: str = "yes no no"
    """Of shared record, own side's and legal advice: yes, no, or only what names them."""
    named: NamedPosts = NOBODY
    with_it: frozenset[Relation] = frozenset()
    outside: bool = False
    restricted: bool = False
    drafted: bool = False


SHUTS = "restrict lift-restriction"
ANY_TIME = f"link follow-up by-hand lift-standstill sign-off note file correct {SHUTS}"
REVIEWS = "judge step hold review agree-date close"
OFFICERS = (
    f"see {ANY_TIME} {REVIEWS} record-answer answer-question redirect escalate refer standstill override move-case remind",
    f"see {ANY_TIME} reopen record-change",
)
MANAGES = (
    f"see sign-off note hand-on move-case link remind {SHUTS}",
    f"see sign-off note hand-on link {SHUTS}",
)
ASKED = "see answer not-theirs ask-question name-drafter"
READS = ("see", "see")
WITHOUT_MANAGER = NamedPosts(own_side=frozenset({"team_manager"}))

CELLS: dict[Relation, Stands] = {
    Relation.RAISER: Stands(somebody("iro", "iro"), *OFFICERS, "yes yes yes"),
    Relation.COVERS_RAISER: Stands(
        somebody("iro-2", "iro", covers="iro"), *OFFICERS, "yes yes yes"
    ),
    Relation.NAMED_TO_REVIEW: Stands(
        somebody("d", "deputy"),
        f"see {REVIEWS}",
        "see",
        "yes yes named",
        NamedPosts(reviewing=frozenset({"deputy"})),
    ),
    Relation.NAMED_TO_ESCALATE: Stands(
        somebody("h", "head"),
        "see judge step escalate",
        "see",
        "yes yes named",
        NamedPosts(escalating=frozenset({"head"})),
    ),
    Relation.NAMED_FOR_STEP: Stands(
        somebody("h", "head"), *READS, named=NamedPosts(for_steps=frozenset({"head"}))
    ),
    Relation.GAVE_AWAY: Stands(somebody("first_iro", "iro"), *READS, "yes named named"),
    Relation.ASKED: Stands(somebody("sm", "service_manager"), ASKED, "see"),
    Relation.COVERS_ASKED: Stands(somebody("sm-2", "social_worker", covers="sm"), ASKED, "see"),
    Relation.DRAFTS: Stands(somebody("drafter", "business_support"), "see", drafted=True),
    Relation.HEARS_OUTSIDE: Stands(
        somebody("iro", "iro"),
        f"{OFFICERS[0]} answer",
        OFFICERS[1],
        "yes yes yes",
        with_it=frozenset({Relation.RAISER}),
        outside=True,
    ),
    Relation.DOES_STEP: Stands(
        somebody("h", "head"), "see step", "see", named=NamedPosts(doing=frozenset({"head"}))
    ),
    Relation.COVERS_DOER: Stands(
        somebody("x", "social_worker", covers="doer"),
        "see step",
        "see",
        named=NamedPosts(doers=frozenset({"doer"}), covered_doers=frozenset({"doer"})),
    ),
    Relation.WAS_ASKED: Stands(somebody("tm", "team_manager"), *READS),
    Relation.COPIED: Stands(somebody("qas", "qa_service"), *READS),
    Relation.IRO_MANAGER: Stands(somebody("boss", "iro_manager"), *MANAGES, "yes yes named"),
    Relation.UNMANAGED: Stands(
        somebody("iro", "iro"),
        f"{OFFICERS[0]} hand-on",
        f"{OFFICERS[1]} hand-on",
        "yes yes yes",
        WITHOUT_MANAGER,
        frozenset({Relation.RAISER}),
    ),
    Relation.AUDIT_SAMPLE: Stands(
        replace(somebody("qa", "qa_lead"), audits=frozenset({"LAM-2025-0001"})), *READS
    ),
    Relation.AUDITOR: Stands(somebody("auditor", "auditor"), *READS, "yes yes named"),
    Relation.IRO_SUPPORT: Stands(somebody("support", "iro_support"), "see remind file", "see file"),
    Relation.NAMED_READER: Stands(somebody("named", "service_manager"), *READS, restricted=True),
    Relation.SECOND_PERSON: Stands(
        somebody("second", "iro"),
        f"see hand-on confirm-restriction {SHUTS}",
        f"see hand-on confirm-restriction {SHUTS}",
        "yes yes named",
        with_it=frozenset({Relation.NAMED_READER}),
        restricted=True,
    ),
    # Raising needs no alert; of one that is there, whoever may raise gets nothing.
    Relation.MAY_RAISE: Stands(somebody("iro-3", "iro"), parts="no no no"),
}

STRANGERS = {
    "another officer": somebody("iro-3", "iro"),
    "administrator": somebody("admin", "administrator"),
    "QA lead": somebody("qa", "qa_lead"),
    "QA lead for whom another was drawn": replace(
        somebody("qa", "qa_lead"), audits=frozenset({"LAM-2025-0002"})
    ),
    "somebody for whom it was drawn, no longer QA lead": replace(
        somebody("qa", "social_worker"), audits=frozenset({"LAM-2025-0001"})
    ),
    "in reserve where a manager is left": replace(
        somebody("next", "reserve_manager"), relieves=(somebody("boss", "iro_manager"),)
    ),
    "director informed weekly": somebody("informed", "informed_director"),
    "somebody without a post": somebody("iro"),
    "cover of a stranger": somebody("x", "iro", covers="iro-3"),
}


def test_each_way_of_standing_to_an_alert_is_said_here() -> None:
    assert set(CELLS) == set(Relation)


@pytest.mark.parametrize("relation", CELLS, ids=lambda one: one.name)
@pytest.mark.parametrize("closed", [False, True])
def test_who_stands_so_and_in_no_other_way_may_do_just_this(
    relation: Relation, closed: bool
) -> None:
    cell = CELLS[relation]
    about = alert(
        closed=closed, outside=cell.outside, restricted=cell.restricted, drafted=cell.drafted
    )
    held = frozenset({relation} - {Relation.MAY_RAISE}) | cell.with_it
    if closed and cell.drafted:  # ends with it
        held = frozenset()
    assert relations(cell.who, about, cell.named) == held
    found = {act.value for act in Act if may(cell.who, act, about, cell.named)}
    assert found == set((cell.closed if closed else cell.open).split())
    elsewhere = replace(cell.who, council="merton")
    assert not any(may(elsewhere, act, about, cell.named) for act in Act)


@pytest.mark.parametrize("relation", CELLS, ids=lambda one: one.name)
def test_who_stands_so_reads_just_these_parts(relation: Relation) -> None:
    cell = CELLS[relation]
    about = alert(outside=cell.outside, restricted=cell.restricted, drafted=cell.drafted)
    by = reader(cell.who, about, cell.named)
    for part, says in zip(Part, cell.parts.split(), strict=True):
        assert by.reads(part) == (says == "yes"), part
        assert by.reads(part, by=cell.who.id) == (says in {"yes", "named"}), part
        assert by.reads(part, named=(cell.who.id,)) == (says in {"yes", "named"}), part


@pytest.mark.parametrize("relation", CELLS, ids=lambda one: one.name)
def test_restricted_it_is_shut_to_whoever_is_not_let_in_by_name(relation: Relation) -> None:
    cell, about = CELLS[relation], alert(restricted=True)
    let_in = {"iro", "sm", "named", "second"}
    assert bool(relations(cell.who, about, cell.named)) == (cell.who.id in let_in)


@pytest.mark.parametrize("relation", CELLS, ids=lambda one: one.name)
@pytest.mark.parametrize("restricted", [False, True])
@pytest.mark.parametrize("closed", [False, True])
def test_whoever_has_an_interest_in_the_child_may_do_and_read_nothing(
    relation: Relation, restricted: bool, closed: bool
) -> None:
    cell, about = CELLS[relation], alert(restricted=restricted, closed=closed)
    out = replace(cell.who, shut_out_of=frozenset({about.reference}))
    assert relations(out, about, cell.named) == frozenset()
    assert not any(may(out, act, about, cell.named) for act in Act)
    by = reader(out, about, cell.named)
    assert not any(by.reads(part, out.id, (out.id,)) for part in Part)
    another = replace(cell.who, shut_out_of=frozenset({f"{about.reference}0"}))
    assert relations(another, about, cell.named) == relations(cell.who, about, cell.named)


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("closed", [False, True])
def test_a_stranger_may_do_and_read_nothing(who: str, closed: bool) -> None:
    actor, about = STRANGERS[who], alert(closed=closed)
    assert relations(actor, about) == frozenset()
    assert not any(may(actor, act, about) for act in Act)
    by = reader(actor, about, NOBODY)
    assert not any(by.reads(part, actor.id, (actor.id,)) for part in Part)


READS_DIRECTORY = {OfficeAct.SEE_DIRECTORY, OfficeAct.SEE_CHANGES, OfficeAct.SEE_CONTACTS}
OFFICE: dict[str, set[OfficeAct]] = {
    "iro_manager": {
        *(OfficeAct.KEEP_DIRECTORY, OfficeAct.CONFIRM, OfficeAct.SET_COVER),
        *READS_DIRECTORY,
        *(OfficeAct.KEEP_CONTACTS, OfficeAct.SEE_EMAILS, OfficeAct.SEND_AGAIN),
        OfficeAct.LET_GO,
        *(OfficeAct.SEE_SERVICE, OfficeAct.SEE_OVERVIEW, OfficeAct.READ_LOG),
        *(OfficeAct.SEE_SAMPLES, OfficeAct.LIST_ALERTS, OfficeAct.HEAR_OF_SAMPLES),
        *(OfficeAct.ENTER_INTEREST, OfficeAct.END_INTEREST),
        *(OfficeAct.DISCLOSE, OfficeAct.SEE_RECORDS, OfficeAct.CONFIRM_DESTRUCTION),
        *(OfficeAct.REDACT, OfficeAct.CONFIRM_REDACTION),
        *(OfficeAct.READ_REPORTS, OfficeAct.ISSUE_FIGURES, OfficeAct.WRITE_REPORT),
    },
    "qa_lead": {
        *(OfficeAct.SEE_OVERVIEW, OfficeAct.READ_LOG),
        *(OfficeAct.READ_REPORTS, OfficeAct.ISSUE_FIGURES, OfficeAct.WRITE_REPORT),
        *(OfficeAct.DRAW_SAMPLE, OfficeAct.SEE_SAMPLES),
    },
    "administrator": {
        *(OfficeAct.KEEP_DIRECTORY, OfficeAct.KEEP_OFFICE_POSTS, OfficeAct.CONFIRM),
        *(OfficeAct.SET_COVER, OfficeAct.KEEP_CONTACTS, OfficeAct.KEEP_CALENDAR),
        *(OfficeAct.SEE_CALENDAR, OfficeAct.SEE_EMAILS, OfficeAct.SEND_AGAIN),
        *READS_DIRECTORY,
        *(OfficeAct.SEE_SETTINGS, OfficeAct.ENTER_INTEREST),
    },
    # Of single alerts only, where no manager is left.
    "reserve_manager": set(),
    "auditor": {
        *READS_DIRECTORY,
        *(OfficeAct.SEE_CALENDAR, OfficeAct.SEE_EMAILS, OfficeAct.SEE_SETTINGS),
        *(OfficeAct.SEE_SERVICE, OfficeAct.SEE_OVERVIEW, OfficeAct.READ_LOG),
        *(OfficeAct.SEE_SAMPLES, OfficeAct.READ_SECURITY_LOG, OfficeAct.LIST_ALERTS),
        *(OfficeAct.SEE_FORMAL, OfficeAct.SEE_RECORDS),
        OfficeAct.READ_REPORTS,
    },
    "informed_director": {OfficeAct.SEE_FORMAL, OfficeAct.HEAR_WEEKLY},
    "information_officer": {
        *(OfficeAct.DISCLOSE, OfficeAct.SEE_RECORDS, OfficeAct.KEEP_RECORDS),
        *(OfficeAct.REDACT, OfficeAct.CONFIRM_REDACTION),
    },
    "iro_support": {OfficeAct.LIST_ALERTS, OfficeAct.SEE_DIRECTORY, OfficeAct.SET_OWN_COVER},
}
CASES = {
    *(OfficeAct.SEE_SERVICE, OfficeAct.SEE_OVERVIEW, OfficeAct.READ_LOG),
    *(OfficeAct.DRAW_SAMPLE, OfficeAct.SEE_SAMPLES),
    *(OfficeAct.READ_SECURITY_LOG, OfficeAct.LET_GO, OfficeAct.LIST_ALERTS),
    *(OfficeAct.SEE_FORMAL, OfficeAct.HEAR_WEEKLY, OfficeAct.HEAR_OF_SAMPLES),
    *(OfficeAct.DISCLOSE, OfficeAct.REDACT, OfficeAct.CONFIRM_REDACTION),
    *(OfficeAct.READ_REPORTS, OfficeAct.ISSUE_FIGURES, OfficeAct.WRITE_REPORT),
}


def test_each_post_of_the_office_is_said_here() -> None:
    assert set(OFFICE) == set(OFFICE_POSTS)


@pytest.mark.parametrize("where", IDS)
def test_each_post_may_do_just_this_to_the_office_of_its_own_council(where: str) -> None:
    elsewhere = next(one for one in IDS if one != where)
    for post in (*OFFICE_POSTS, *council(where).procedure.roles):
        actor = Actor("x", "X", where, frozenset({post}))
        assert {act for act in OfficeAct if may_run(actor, act, where)} == OFFICE.get(post, set())
        assert not any(may_run(actor, act, elsewhere) for act in OfficeAct)


def test_whoever_stands_in_has_no_say_over_the_office() -> None:
    cover = Actor("x", "X", "lambeth", frozenset(), frozenset({"admin"}), frozenset(OFFICE_POSTS))
    assert not any(may_run(cover, act, "lambeth") for act in OfficeAct)


def test_the_command_line_runs_the_office_and_does_nothing_to_an_alert() -> None:
    somebodys = {OfficeAct.DRAW_SAMPLE, OfficeAct.HEAR_OF_SAMPLES, OfficeAct.HEAR_WEEKLY}
    somebodys |= {OfficeAct.ENTER_INTEREST, OfficeAct.END_INTEREST, OfficeAct.DISCLOSE}
    somebodys |= {OfficeAct.REDACT, OfficeAct.CONFIRM_REDACTION}
    somebodys |= {OfficeAct.KEEP_RECORDS, OfficeAct.CONFIRM_DESTRUCTION, OfficeAct.ISSUE_FIGURES}
    somebodys |= {OfficeAct.WRITE_REPORT}
    everything = set(OfficeAct) - somebodys
    for where in IDS:
        assert {act for act in OfficeAct if may_run(COMMAND_LINE, act, where)} == everything
    assert relations(COMMAND_LINE, alert()) == frozenset()


def test_an_administrator_has_no_case_content() -> None:
    assert "administrator" not in OFFICES_RELATION
    assert not OFFICE["administrator"] & CASES


@pytest.mark.parametrize("also", [*OFFICE_POSTS, "iro", "service_manager"])
def test_whoever_is_auditor_reads_and_does_nothing_whatever_they_are_besides(also: str) -> None:
    """Nobody gives them another post; should they hold one all the same, it lets them do nothing."""
    for who, covers in (("iro", ""), ("sm", ""), ("x", "iro"), ("x", "sm")):
        actor = somebody(who, "auditor", also, covers=covers)
        for closed in (False, True):
            about = alert(closed=closed)
            assert {act for act in Act if may(actor, act, about)} == {Act.SEE}
        assert not may_raise(actor, frozenset({also}))
        assert {act for act in OfficeAct if may_run(actor, act, "lambeth")} == OFFICE["auditor"]


def test_an_auditor_who_was_asked_reads_what_was_asked_of_them_and_no_more() -> None:
    by = reader(somebody("tm", "auditor"), alert(), NOBODY)
    assert [part for part in Part if by.reads(part, "tm", ("tm",))] == [Part.SHARED]


def test_the_page_prints_every_row_and_column() -> None:
    page = permissions_page()
    for relation in Relation:
        assert f"\n| {relation.value} | " in page
    for act in OfficeAct:
        assert f"\n| {act.value} | " in page
    for title in (*OFFICE_POSTS.values(), COMMAND_LINE_POST):
        assert f"| {title} |" in page
    raiser = next(line for line in page.splitlines() if line.startswith(f"| {Relation.RAISER} "))
    assert raiser.startswith(
        "| whoever raised it, or the officer it was given to | yes | yes | yes | yes | – | see, "
    )
    assert raiser.endswith(" | record what is different for the child, reopen |")
    assert "\n| support of the IRO service | yes | no | no | no | enter from paper | see, " in page
