"""Whoever asked for what waits is looked at again when it is confirmed: for every change that waits, in every way of being it no more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import PostHolding
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import (
    declare_interest,
    directory_acts,
    post_holders,
    record_keeping,
    redaction,
    second_person,
    staff,
)
from practice_alerts.casework.directory.cover import own_cover
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.casework.directory.record_keeping import KeptWanted
from practice_alerts.casework.directory.waiting import asked_by
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.destroyed import KeptSaid
from practice_alerts.domain.directory.directory_acts import (
    OF_RECORDS,
    DirectoryChange,
    DirectoryChanged,
    DirectoryEntry,
)
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from practice_alerts.domain.errors import NotPossible
from tests.casework.directory.test_whom_it_challenges import due
from tests.helpers.product.office import Desk
from tests.helpers.stories.restricting import restricted
from tests.helpers.stories.sampleford import hire

CHILD = ChildMeant(case_number="S 100001", reason="A niece.")
NO_LONGER = "may ask for this no longer"
Ask = Callable[[Desk, Actor, Known], object]


@dataclass(frozen=True)
class Row:
    """The post in which one asks, asking for it, and who confirms it."""

    post: str
    ask: Ask
    second: str


def _unlinked(desk: Desk, by: Actor, _: Known) -> None:
    """As `single_sign_on.unlink` asks for it, where the council has single sign-on."""
    change = DirectoryChange.ACCOUNT_UNLINKED
    what = DirectoryChanged(change=change, person="worker", name="Worker Sample", waits=True)
    with desk.office.database.writing() as tx:
        directory_acts.record(desk.office, tx, by, ("lambeth",), what)


def _withdrawn(desk: Desk, by: Actor, _: Known) -> None:
    declare_interest.declare(desk.office, by, ChildMeant(case_number="S-7", reason="A niece."))
    (own,) = declare_interest.own(desk.office, by)
    declare_interest.ask_to_withdraw(desk.office, by, own.number, "Somebody else's.")


def _for_another(desk: Desk, by: Actor, _: Known) -> None:
    other = desk.actor("worker")
    declare_interest.declare(desk.office, other, ChildMeant(case_number="S-7", reason="A niece."))
    own = declare_interest.own(desk.office, other)[-1]
    declare_interest.ask_to_withdraw(desk.office, by, own.number, "Somebody else's.")


def _apart(desk: Desk, by: Actor, found: Known) -> object:
    wanted = KeptWanted((found.alert.reference,), KeptSaid.ADOPTED, "So.", on=desk.office.today)
    return record_keeping.say(desk.office, by, wanted)


ROWS: Mapping[tuple[DirectoryChange, str], Row] = {
    (DirectoryChange.POST_GIVEN, "of the service"): Row(
        "administrator",
        lambda d, by, _: post_holders.give_post(
            d.office, by, "worker", PostGiven("lambeth", "iro")
        ),
        "boss",
    ),
    (DirectoryChange.POST_GIVEN, "of the office"): Row(
        "administrator",
        lambda d, by, _: post_holders.give_post(
            d.office, by, "other_iro", PostGiven("lambeth", "qa_lead")
        ),
        "boss",
    ),
    (DirectoryChange.READDRESSED, ""): Row(
        "administrator",
        lambda d, by, _: staff.change(
            d.office, by, "worker", "Worker Sample", "second@practice.invalid"
        ),
        "boss",
    ),
    (DirectoryChange.ACCOUNT_UNLINKED, ""): Row("administrator", _unlinked, "boss"),
    (DirectoryChange.COVER_SET, "their own"): Row(
        "iro",
        lambda d, by, _: own_cover.name(
            d.office, by, "iro", (d.office.today, d.office.today + timedelta(days=5))
        ),
        "boss",
    ),
    (DirectoryChange.INTEREST_DECLARED, "for another"): Row(
        "administrator",
        lambda d, by, _: declare_interest.declare_for(d.office, by, "other_iro", CHILD),
        "boss",
    ),
    (DirectoryChange.INTEREST_WITHDRAWN, "their own"): Row("iro", _withdrawn, "boss"),
    (DirectoryChange.INTEREST_WITHDRAWN, "for another"): Row("administrator", _for_another, "boss"),
    (DirectoryChange.APART, ""): Row("information_officer", _apart, "boss"),
    (DirectoryChange.DESTRUCTION, ""): Row(
        "information_officer",
        lambda d, by, found: record_keeping.propose(d.office, by, [found.alert.reference], "Due."),
        "boss",
    ),
    (DirectoryChange.REDACTION, "by the officer"): Row(
        "information_officer",
        lambda d, by, found: redaction.ask(
            d.office, by, found.alert.reference, "1:answers.concerns", "Wrong child."
        ),
        "boss",
    ),
    (DirectoryChange.REDACTION, "by a manager"): Row(
        "iro_manager",
        lambda d, by, found: redaction.ask(
            d.office, by, found.alert.reference, "1:answers.concerns", "Wrong child."
        ),
        "records",
    ),
}
"""What a person asks for and another confirms, and by whom where several may ask."""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two or more in each post, three teams, and somebody new who asks, in a post of their own."""
    desk.with_readers()
    for who, post in (
        *(("admin_two", "administrator"), ("boss_two", "iro_manager")),
        *(("records_two", "information_officer"), ("third_iro", "iro")),
    ):
        hire(desk, who, post)
    return desk


def end_posts(desk: Desk, who: str) -> None:
    with desk.office.database.writing() as tx:
        for one in directory.holdings_of(tx, "lambeth"):
            if one.person_id == who:
                directory.end_post(tx, one.id, desk.office.today - timedelta(days=1))


def move(desk: Desk, who: str) -> None:
    """The same post, in another council from today."""
    with desk.office.database.reading() as tx:
        posts = directory.posts_of(tx, who, desk.office.today)
    end_posts(desk, who)
    with desk.office.database.writing() as tx:
        for one in posts:
            directory.give_post(tx, PostHolding(who, "merton", one.post), desk.office.today)


def leave(desk: Desk, who: str) -> None:
    with desk.office.database.writing() as tx:
        directory.remove_person(tx, who, desk.office.now())


def other_post(desk: Desk, who: str) -> None:
    """Here still, in a post that asks for none of it."""
    end_posts(desk, who)
    with desk.office.database.writing() as tx:
        directory.give_post(tx, PostHolding(who, "lambeth", "social_worker"), desk.office.today)


Change = Callable[[Desk, str], object]
OF_ANY: Mapping[str, Change] = {
    "post ended": end_posts,
    "moved": move,
    "left": leave,
    "another post": other_post,
}
OF_RECORD: Mapping[str, Change] = {
    "an interest": lambda desk, who: declare_interest.declare(desk.office, desk.actor(who), CHILD),
    "challenged": lambda desk, who: desk.give("service_manager", who),
}


def waiting(desk: Desk) -> DirectoryEntry:
    (found,) = second_person.look(desk.office, desk.actor("auditor"), "lambeth").waiting
    return found


def asked(desk: Desk, row: Row, found: Known, who: str = "asker") -> DirectoryEntry:
    hire(desk, who, row.post)
    row.ask(desk, desk.actor(who), found)
    return waiting(desk)


def confirm(desk: Desk, row: Row, number: int) -> object:
    return second_person.confirm(desk.office, desk.actor(row.second), "lambeth", number)


def test_every_change_that_a_person_may_let_wait_has_a_row() -> None:
    of_a_person = {one for one, rule in asked_by._MAY_ASK.items() if rule is not asked_by._nobody}
    assert of_a_person == {change for change, _ in ROWS}


@pytest.mark.parametrize(
    "key", [one for one in ROWS if one[0] is not DirectoryChange.ACCOUNT_UNLINKED]
)
def test_what_is_asked_for_by_somebody_who_still_may_is_made(
    desk: Desk, key: tuple[DirectoryChange, str]
) -> None:
    entry = asked(desk, ROWS[key], due(desk))
    assert entry.what.change is key[0]
    confirm(desk, ROWS[key], entry.number)


CELLS = [
    (key, how)
    for key in ROWS
    for how in (*OF_ANY, *(OF_RECORD if key[0] in OF_RECORDS else ()))
    # Whoever works here, in whichever post, withdraws their own.
    if (*key, how) != (DirectoryChange.INTEREST_WITHDRAWN, "their own", "another post")
]


@pytest.mark.parametrize(("key", "how"), CELLS)
def test_whoever_may_ask_no_longer_has_nothing_made_and_another_asks_anew(
    desk: Desk, key: tuple[DirectoryChange, str], how: str
) -> None:
    row, found = ROWS[key], due(desk)
    entry = asked(desk, row, found)
    {**OF_ANY, **OF_RECORD}[how](desk, "asker")
    with pytest.raises(NotPossible, match=NO_LONGER) as told:
        confirm(desk, row, entry.number)
    assert "Refuse it" in str(told.value)
    assert "interest" not in str(told.value)
    second_person.refuse(desk.office, desk.actor(row.second), "lambeth", entry.number)
    if key[0] is not DirectoryChange.ACCOUNT_UNLINKED:
        confirm(desk, row, asked(desk, row, found, "another").number)


def test_whoever_may_not_open_it_any_more_has_nothing_taken_out_of_it(desk: Desk) -> None:
    """In a council, a restricted alert is for those named there, whoever asked before."""
    row, found = ROWS[DirectoryChange.REDACTION, "by the officer"], desk.raised("stage-1")
    entry = asked(desk, row, found)
    restricted(desk, found, "boss_two")
    with pytest.raises(NotPossible, match=NO_LONGER):
        second_person.confirm(desk.office, desk.actor("boss_two"), "lambeth", entry.number)
    second_person.refuse(desk.office, desk.actor("boss_two"), "lambeth", entry.number)


def test_whoever_has_an_interest_now_takes_back_what_they_asked_for(desk: Desk) -> None:
    entry = asked(desk, ROWS[DirectoryChange.APART, ""], due(desk))
    OF_RECORD["an interest"](desk, "asker")
    second_person.refuse(desk.office, desk.actor("asker"), "lambeth", entry.number)
    assert not second_person.look(desk.office, desk.actor("auditor"), "lambeth").waiting


# -------------------------------------------------------- one person is not both hands by a program


@pytest.mark.parametrize("known", ["name", "former name", "former address", "address"])
def test_another_name_makes_nobody_a_second_person(desk: Desk, known: str) -> None:
    """Of a command that was run under a name of theirs: also one that they have no more by the time it is confirmed."""
    ran_as = "admin@practice.invalid" if "address" in known else "Admin Sample"
    ran = Actor("", ran_as, "*", COMMAND_LINE.posts)
    post_holders.give_post(desk.office, ran, "worker", PostGiven("lambeth", "iro"))
    if "former" in known:
        other = ("Ada Muster", "ada@practice.invalid")
        staff.change(desk.office, COMMAND_LINE, "admin", *other)
    with pytest.raises(NotPossible, match="You asked for this change"):
        second_person.confirm(desk.office, desk.actor("admin"), "lambeth", waiting(desk).number)
    second_person.confirm(desk.office, desk.actor("admin_two"), "lambeth", waiting(desk).number)
