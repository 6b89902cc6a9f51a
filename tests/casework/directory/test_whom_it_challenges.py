"""Every act on the directory, on days and on records: refused to whom alerts challenge, to whom it concerns, to one alone."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.partner_contacts import Contact
from practice_alerts.casework.acts import close
from practice_alerts.casework.calendar import closures
from practice_alerts.casework.calendar.closures import Closing
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import (
    declare_interest,
    partner_contacts,
    post_holders,
    record_keeping,
    redaction,
    second_person,
    staff,
)
from practice_alerts.casework.directory.cover import absence_cover, duty_rota
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.casework.directory.record_keeping import KeptWanted
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.destroyed import KeptSaid
from practice_alerts.domain.directory.directory_acts import DirectoryChange
from practice_alerts.domain.errors import BadAnswers, Expected, NotFound, NotPossible
from tests.casework.directory import test_auditor as every_writer
from tests.helpers.alerts.act_answers import ending
from tests.helpers.days import day
from tests.helpers.product.office import Desk
from tests.helpers.stories.sampleford import hire

CHILD = ChildMeant(case_number="S 100001", reason="A niece.")
Try = Callable[[Desk, Actor, Known], object]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two in each post that decides, and an alert sent to a manager of one of three teams."""
    desk.with_readers()
    for who, post in (("admin_two", "administrator"), ("boss_two", "iro_manager")):
        hire(desk, who, post)
    return desk


def held(desk: Desk, who: str) -> int:
    with desk.office.database.reading() as tx:
        every = directory.holdings_of(tx, "lambeth")
    return next(one.id for one in every if one.person_id == who)


def _say(said: KeptSaid) -> Try:
    def say(desk: Desk, by: Actor, found: Known) -> object:
        reference, today = found.alert.reference, desk.office.today
        return record_keeping.say(
            desk.office, by, KeptWanted((reference,), said, "So.", "COMP-7", on=today)
        )

    return say


def _covered(desk: Desk, by: Actor, _: Known) -> object:
    until = desk.office.today
    return absence_cover.set_cover(desk.office, by, Cover("iro", "other_iro", None, until))


def _ended_cover(desk: Desk, by: Actor, _: Known) -> object:
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "iro", "other_iro", desk.office.today, desk.office.today)
    with desk.office.database.reading() as tx:
        covers = directory.coverings(tx, desk.office.today)
    cover = next(one for one in covers if one.away_id == "iro")
    return absence_cover.end_cover(desk.office, by, cover.id, desk.office.today)


def _far(desk: Desk, by: Actor, _: Known) -> object:
    later = desk.office.today + timedelta(days=80)
    return closures.close(desk.office, by, "lambeth", Closing(later, later, "Move"))


def _reopened(desk: Desk, by: Actor, found: Known) -> object:
    _far(desk, desk.actor("admin"), found)
    later = desk.office.today + timedelta(days=80)
    closures.reopen(desk.office, by, "lambeth", later)
    return later


def _closed_soon(desk: Desk, by: Actor, _: Known) -> object:
    today = desk.office.today
    closures.close(desk.office, desk.actor("admin_two"), "lambeth", Closing(today, None, "Snow"))
    return closures.confirm(desk.office, by, "lambeth", today)


SURGERY = partner_contacts.ContactDetails("The Surgery", "", "", day("Tue 2026-06-02"))


def _contact(desk: Desk, by: Actor) -> Contact:
    return partner_contacts.add(desk.office, by, "lambeth", ("gp", "practice_manager"), SURGERY)


ON_THE_OFFICE: Mapping[str, Try] = {
    "post_holders.give_post": lambda d, by, _: post_holders.give_post(
        d.office, by, "other_iro", PostGiven("lambeth", "iro_manager")
    ),
    "post_holders.end_post": lambda d, by, _: post_holders.end_post(
        d.office, by, held(d, "other_iro"), d.office.today
    ),
    "post_holders.end_post_now": lambda d, by, _: post_holders.end_post_now(
        d.office, by, held(d, "auditor")
    ),
    "staff.add": lambda d, by, _: staff.add(
        d.office, by, "N Sample", "n@practice.invalid", PostGiven("lambeth", "iro")
    ),
    "staff.change": lambda d, by, _: staff.change(
        d.office, by, "iro", "Manager Sample", "iro@practice.invalid"
    ),
    "staff.leave": lambda d, by, _: staff.leave(d.office, by, "auditor"),
    "staff.sign_out": lambda d, by, _: staff.sign_out(d.office, by, "iro"),
    "absence_cover.set_cover": _covered,
    "absence_cover.end_cover": _ended_cover,
    "duty_rota.set_duty": lambda d, by, _: duty_rota.set_duty(
        d.office, by, duty_rota.OnDuty("lambeth", "iro")
    ),
    "duty_rota.end_duty": lambda d, by, _: duty_rota.end_duty(
        d.office,
        by,
        (
            "lambeth",
            duty_rota.set_duty(d.office, d.actor("boss"), duty_rota.OnDuty("lambeth", "iro")).id,
        ),
        d.office.today,
    ),
    "declare_interest.declare_for": lambda d, by, _: declare_interest.declare_for(
        d.office, by, "boss_two", CHILD
    ),
    "partner_contacts.add": lambda d, by, _: _contact(d, by),
    "partner_contacts.change": lambda d, by, _: partner_contacts.change(
        d.office, by, _contact(d, d.actor("boss")).id, SURGERY
    ),
    "partner_contacts.end": lambda d, by, _: partner_contacts.end(
        d.office, by, _contact(d, d.actor("boss")).id
    ),
    "closures.close": _far,
    "closures.reopen": _reopened,
    "closures.confirm": _closed_soon,
}
"""By an administrator."""

ON_RECORDS: Mapping[str, Try] = {
    **{f"record_keeping.say {said.value}": _say(said) for said in KeptSaid},
    "record_keeping.propose": lambda d, by, found: record_keeping.propose(
        d.office, by, [found.alert.reference], "Due."
    ),
    "redaction.ask": lambda d, by, found: redaction.ask(
        d.office, by, found.alert.reference, "1:answers.concerns", "Wrong child."
    ),
}
"""By the information governance officer, of a closed alert."""

ELSEWHERE = {
    # Of oneself or one's own, which nobody else enters.
    *("own_cover.name", "own_cover.end", "own_cover.take_back"),
    "declare_interest.ask_to_withdraw",  # asks; whoever confirms is tried below
    *("second_person.confirm", "second_person.refuse"),  # tried below, for each change that waits
    # By a command alone.
    *("scim_tokens.make", "scim_tokens.revoke", "people_import.take_over"),
    *("people_import.new_domain", "single_sign_on.link", "single_sign_on.link_in_spite"),
    "single_sign_on.unlink",  # through staff.must_keep, as staff.leave
    # Acts on alerts, figures and e-mails, each with a table of its own.
    *("hand_over.hand_over", "make_report.issue", "audit_samples.draw"),
    *("words_beside.write", "words_beside.check", "words_beside.put_action"),
    *("undelivered.send_again", "undelivered.send_all_again"),
    *("disclose.begin", "disclose.mark", "disclose.drop", "disclose.issue"),
}


def test_every_act_that_writes_is_tried_here_or_said_to_be_tried_elsewhere() -> None:
    here = {*ON_THE_OFFICE, *(name.partition(" ")[0] for name in ON_RECORDS)}
    assert {*every_writer.OFFICE} | every_writer.BY_NUMBER == here | ELSEWHERE
    assert not here & ELSEWHERE


@pytest.mark.parametrize("how", ["post", "cover", "asked"])
@pytest.mark.parametrize("name", ON_THE_OFFICE)
def test_whom_alerts_challenge_touches_nothing_of_the_office(
    desk: Desk, name: str, how: str
) -> None:
    found = desk.raised("stage-1")
    who = challenged(desk, how, "administrator")
    with pytest.raises(NotPossible, match=r"Alerts are sent to you|waits for your answer"):
        ON_THE_OFFICE[name](desk, desk.actor(who), found)


@pytest.mark.parametrize("name", ON_THE_OFFICE)
def test_whom_none_challenges_may(desk: Desk, name: str) -> None:
    found = desk.raised("stage-1")
    assert ON_THE_OFFICE[name](desk, desk.actor("admin"), found) is not None


@pytest.mark.parametrize("how", ["post", "cover", "asked"])
@pytest.mark.parametrize("name", ON_RECORDS)
def test_whom_an_alert_challenges_touches_nothing_of_its_record(
    desk: Desk, name: str, how: str
) -> None:
    found = due(desk)
    who = challenged(desk, how, "information_officer")
    with pytest.raises((NotPossible, NotFound), match=r"challenges you|record of that reference"):
        ON_RECORDS[name](desk, desk.actor(who), found)


@pytest.mark.parametrize("name", ON_RECORDS)
def test_nobody_with_an_interest_in_the_child_touches_its_record(desk: Desk, name: str) -> None:
    found = due(desk)
    declare_interest.declare(desk.office, desk.actor("records"), CHILD)
    with pytest.raises(Expected, match=r"of that reference|not due"):
        ON_RECORDS[name](desk, desk.actor("records"), found)


def due(desk: Desk) -> Known:
    """Closed, and long enough ago that its record is due."""
    found = desk.raised("stage-1", date_of_birth="2014-03-09", case_number="S-100001")
    done = ending("put_right", "Better.")
    found = close.close(desk.office, found.id, done, desk.doing("iro", found))
    desk.at("Mon 2089-03-14")
    return found


def challenged(desk: Desk, how: str, post: str) -> str:
    """Somebody with that post whom the alert challenges: in a post of the ladder, as cover, or as whoever was asked."""
    match how:
        case "post":
            hire(desk, "both", post)
            desk.give("service_manager", "both")
            return "both"
        case "cover":
            hire(desk, "both", post)
            until = desk.office.today + timedelta(days=5)
            with desk.office.database.writing() as tx:
                directory.add_cover(tx, "manager", "both", desk.office.today, until)
            return "both"
        case _:
            desk.give(post, "manager")
            return "manager"


# ---------------------------------------------------------------------- who confirms, or refuses

WAITS: Mapping[DirectoryChange, Callable[[Desk, Known], object]] = {
    DirectoryChange.POST_GIVEN: lambda d, _: post_holders.give_post(
        d.office, d.actor("admin"), "boss_two", PostGiven("lambeth", "iro")
    ),
    DirectoryChange.READDRESSED: lambda d, _: staff.change(
        d.office, d.actor("admin"), "boss_two", "Boss_Two Sample", "b2@practice.invalid"
    ),
    DirectoryChange.INTEREST_DECLARED: lambda d, _: declare_interest.declare_for(
        d.office, d.actor("admin"), "boss_two", CHILD
    ),
    DirectoryChange.APART: lambda d, found: _say(KeptSaid.ADOPTED)(d, d.actor("records"), found),
    DirectoryChange.DESTRUCTION: lambda d, found: record_keeping.propose(
        d.office, d.actor("records"), [found.alert.reference], "Due."
    ),
    DirectoryChange.REDACTION: lambda d, found: redaction.ask(
        d.office, d.actor("records"), found.alert.reference, "1:answers.concerns", "Wrong child."
    ),
}


@pytest.mark.parametrize("ends", [second_person.confirm, second_person.refuse])
@pytest.mark.parametrize("change", WAITS)
def test_what_waits_is_ended_by_a_second_whom_it_neither_challenges_nor_concerns(
    desk: Desk, change: DirectoryChange, ends: Callable[..., object]
) -> None:
    found = due(desk)
    WAITS[change](desk, found)
    (waiting,) = second_person.look(desk.office, desk.actor("auditor"), "lambeth").waiting
    assert waiting.what.change is change
    of_records = change not in {
        DirectoryChange.POST_GIVEN,
        DirectoryChange.READDRESSED,
        DirectoryChange.INTEREST_DECLARED,
    }
    desk.give("service_manager", "boss")
    refused = ["boss"] if of_records else ["boss", "boss_two"]
    if ends is second_person.confirm:
        refused.append("records" if of_records else "admin")
    for who in refused:
        with pytest.raises((Expected, BadAnswers)):
            ends(desk.office, desk.actor(who), "lambeth", waiting.number)
    able = "boss_two" if of_records else "admin_two"
    ends(desk.office, desk.actor(able), "lambeth", waiting.number)
    assert not second_person.look(desk.office, desk.actor("auditor"), "lambeth").waiting
