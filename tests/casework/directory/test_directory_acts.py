"""Every act on the directory is kept, told to whom it concerns, and done to nobody by themselves.

Where e-mails go, and who runs the office, is a matter for two people.
"""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.casework.acts import close
from practice_alerts.casework.directory import post_holders, second_person, staff
from practice_alerts.casework.directory.cover import absence_cover, barred_by, duty_rota
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.directory.cover.duty_rota import OnDuty
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.casework.directory.signing_in import links_by_mail
from practice_alerts.casework.jobs.sync_log import catch_up, rebuild_log
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import (
    OF_RECORDS,
    DirectoryChange,
    DirectoryEntry,
    needs_second,
)
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours
from practice_alerts.domain.errors import BadAnswers, Expected, NotFound, NotPossible
from practice_alerts.domain.procedure.posts import AUDITOR, OFFICE_POSTS
from tests.helpers.alerts.act_answers import ending
from tests.helpers.days import day
from tests.helpers.product.office import TEAM, Desk

FRIDAY = day("Fri 2025-06-06")
BY_HAND = Actor("", "Root Sample", "*", COMMAND_LINE.posts)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a second administrator and a second manager of the service, and people in three teams."""
    with desk.office.database.writing() as tx:
        for name, post, team in (
            ("admin_two", "administrator", ""),
            ("boss_two", "iro_manager", ""),
            ("west", "team_manager", "Sample Team West"),
        ):
            person = directory.DirectoryPerson(
                name, f"{name.title()} Sample", f"{name}@practice.invalid"
            )
            directory.add_person(tx, person, [("lambeth", post, team)], day("Sat 2000-01-01"))
    return desk


def entries(desk: Desk) -> tuple[DirectoryEntry, ...]:
    return second_person.look(desk.office, desk.actor("admin"), "lambeth").entries


def waiting(desk: Desk) -> tuple[DirectoryEntry, ...]:
    return tuple(one for one in entries(desk) if one.waits)


def posts(desk: Desk, who: str) -> frozenset[str]:
    return desk.actor(who).posts


def told(desk: Desk, who: str) -> list[str]:
    return [notice for to, notice, _ in desk.mails() if to == who]


def mail_of(desk: Desk, who: str) -> str:
    with desk.office.database.reading() as tx:
        found = directory.person(tx, who)
    assert found is not None
    return found.mail


def give(desk: Desk, by: str, who: str, post: str) -> None:
    post_holders.give_post(desk.office, desk.actor(by), who, PostGiven("lambeth", post))


def holding(desk: Desk, who: str, post: str = "") -> int:
    with desk.office.database.reading() as tx:
        return next(
            one.id
            for one in directory.holdings_of(tx, "lambeth")
            if one.person_id == who and post in {"", one.post}
        )


def end_now(desk: Desk, by: Actor, who: str, post: str = "") -> None:
    post_holders.end_post_now(desk.office, by, holding(desk, who, post), reason="Suspended.")


# ------------------------------------------------------------------------------------- every act


def end_cover(desk: Desk, by: Actor) -> None:
    cover = Cover("iro", "other_iro", None, FRIDAY)
    done = absence_cover.set_cover(desk.office, by, cover)
    absence_cover.end_cover(desk.office, by, done.id, desk.office.today, reason="x")


def end_duty(desk: Desk, by: Actor) -> None:
    done = duty_rota.set_duty(desk.office, by, OnDuty("lambeth", "iro"))
    duty_rota.end_duty(desk.office, by, ("lambeth", done.id), desk.office.today, reason="x")


DOING: dict[DirectoryChange, Callable[[Desk, Actor], object]] = {
    DirectoryChange.ENTERED: lambda desk, by: staff.add(
        desk.office,
        by,
        "New Sample",
        "new@practice.invalid",
        PostGiven("lambeth", "iro"),
        reason="x",
    ),
    DirectoryChange.RENAMED: lambda desk, by: staff.change(
        desk.office, by, "iro", "Iro Married", "iro@practice.invalid", reason="x"
    ),
    DirectoryChange.READDRESSED: lambda desk, by: staff.change(
        desk.office, by, "iro", "Iro Sample", "second@practice.invalid", reason="x"
    ),
    DirectoryChange.LEFT: lambda desk, by: staff.leave(desk.office, by, "worker", reason="x"),
    DirectoryChange.POST_GIVEN: lambda desk, by: post_holders.give_post(
        desk.office, by, "worker", PostGiven("lambeth", "team_manager", TEAM), reason="x"
    ),
    DirectoryChange.POST_ENDED: lambda desk, by: post_holders.end_post(
        desk.office, by, holding(desk, "worker"), FRIDAY, reason="x"
    ),
    DirectoryChange.COVER_SET: lambda desk, by: absence_cover.set_cover(
        desk.office, by, Cover("iro", "other_iro", None, FRIDAY), reason="x"
    ),
    DirectoryChange.COVER_ENDED: end_cover,
    DirectoryChange.DUTY_SET: lambda desk, by: duty_rota.set_duty(
        desk.office, by, OnDuty("lambeth", "iro"), reason="x"
    ),
    DirectoryChange.DUTY_ENDED: end_duty,
    DirectoryChange.SIGNED_OUT: lambda desk, by: staff.sign_out(
        desk.office, by, "worker", reason="x"
    ),
}
OF_SIGN_ON = {
    DirectoryChange.ACCOUNT_LINKED,
    DirectoryChange.ACCOUNT_UNLINKED,
    DirectoryChange.LINK_GIVEN,
}
"""Done by signing in or by commands, with tests beside those."""
OF_INTERESTS = {DirectoryChange.INTEREST_DECLARED, DirectoryChange.INTEREST_WITHDRAWN}
"""Entered by people alone, with tests of their own."""


def test_whatever_is_done_by_itself_is_done_here() -> None:
    elsewhere = {
        *(DirectoryChange.MANY, DirectoryChange.TOKEN_MADE, DirectoryChange.TOKEN_REVOKED),
        *OF_SIGN_ON,
        *OF_INTERESTS,
        *OF_RECORDS,
    }
    assert {*DOING} == {*DirectoryChange} - elsewhere


@pytest.mark.parametrize("change", DOING)
@pytest.mark.parametrize("by", ["admin", "boss", "command"])
def test_every_act_is_kept_with_by_whom_when_and_why(
    desk: Desk, change: DirectoryChange, by: str
) -> None:
    DOING[change](desk, BY_HAND if by == "command" else desk.actor(by))
    found = next(one for one in entries(desk) if one.what.change is change)
    record = second_person.look(desk.office, desk.actor("admin"), "lambeth")
    who = "Root Sample, by a command" if by == "command" else f"{by.title()} Sample"
    assert (record.by(found), found.what.reason, found.at) == (who, "x", desk.office.now())
    assert second_person.said(desk.office, "lambeth", found.what)
    own = second_person.of_person(desk.office, "lambeth", found.what.person)
    assert found in own.entries, "the person concerned reads it"
    assert prove(desk.office).holds


@pytest.mark.parametrize("change", DOING)
def test_whom_it_concerns_is_told_unless_they_have_left(
    desk: Desk, change: DirectoryChange
) -> None:
    DOING[change](desk, desk.actor("admin"))
    entry = next(one for one in entries(desk) if one.what.change is change)
    expected = "directory_asked" if entry.waits else "directory_changed"
    assert (expected in told(desk, entry.what.person)) is (change is not DirectoryChange.LEFT)
    if entry.what.stand_in:
        assert expected in told(desk, entry.what.stand_in)
    others = {"elsewhere", "west", "director"}
    assert not others & {to for to, _, _ in desk.mails()}


@pytest.mark.parametrize("change", DOING)
def test_no_e_mail_names_anybody(desk: Desk, change: DirectoryChange) -> None:
    DOING[change](desk, desk.actor("admin_two"))
    assert desk.mails() or change is DirectoryChange.LEFT
    assert not [text for _, _, text in desk.mails() if "Sample" in text or "Married" in text]


def test_an_altered_entry_breaks_the_chain(desk: Desk) -> None:
    DOING[DirectoryChange.RENAMED](desk, desk.actor("admin"))
    with desk.office.database.writing() as tx:
        body = json.loads(tx.execute(select(tables.payloads.c.body)).scalar_one())
        altered = json.dumps(body | {"reason": "another"})
        tx.execute(tables.payloads.update().values(body=altered))
    assert not prove(desk.office).holds


def test_the_log_of_alerts_knows_nothing_of_it_and_keeps_up(desk: Desk) -> None:
    desk.raised("stage-1")
    assert rebuild_log(desk.office) == 1
    DOING[DirectoryChange.POST_GIVEN](desk, desk.actor("admin"))
    assert catch_up(desk.office) == 0
    desk.raised("stage-1")
    assert catch_up(desk.office) == 1


# ----------------------------------------------------------------------------- nobody by themselves


@pytest.mark.parametrize("who", ["admin", "boss"])
@pytest.mark.parametrize("post", [*OFFICE_POSTS, "iro", "team_manager", "director_csc"])
def test_nobody_gives_themself_a_post(desk: Desk, who: str, post: str) -> None:
    before = posts(desk, who)
    with pytest.raises(NotYours):
        give(desk, who, who, post)
    assert posts(desk, who) == before
    assert not entries(desk)


@pytest.mark.parametrize("who", ["admin", "boss"])
def test_nobody_changes_or_ends_anything_of_their_own(desk: Desk, who: str) -> None:
    office, by = desk.office, desk.actor(who)
    with pytest.raises(NotYours):
        staff.change(office, by, who, "Another Name", f"{who}@practice.invalid")
    with pytest.raises(NotYours):
        staff.change(office, by, who, f"{who.title()} Sample", "other@practice.invalid")
    with pytest.raises(NotYours):
        staff.leave(office, by, who)
    with pytest.raises(NotYours):
        staff.sign_out(office, by, who)
    with pytest.raises(NotYours):
        end_now(desk, by, who)
    with pytest.raises(NotYours):
        absence_cover.set_cover(office, by, Cover("iro", who, None, FRIDAY))
    assert not entries(desk)


def test_somebody_may_name_who_stands_in_for_them(desk: Desk) -> None:
    cover = Cover("boss", "boss_two", None, FRIDAY)
    absence_cover.set_cover(desk.office, desk.actor("boss"), cover)
    assert "boss" in desk.actor("boss_two").covers_for


# ------------------------------------------------------------------------------------- two people


@pytest.mark.parametrize("post", [one for one in OFFICE_POSTS if one != AUDITOR])
def test_a_post_of_the_office_holds_once_a_second_person_confirms_it(desk: Desk, post: str) -> None:
    give(desk, "admin", "worker", post)
    assert post not in posts(desk, "worker")
    (entry,) = waiting(desk)
    keepers = {to for to, notice, _ in desk.mails() if notice == "directory_waits"}
    assert keepers == {"admin_two", "boss", "boss_two"}
    second_person.confirm(desk.office, desk.actor("boss_two"), "lambeth", entry.number)
    assert post in posts(desk, "worker")
    assert set(told(desk, "worker")) == {"directory_asked", "directory_changed"}
    assert not waiting(desk)


def test_who_may_be_the_second_person(desk: Desk) -> None:
    give(desk, "admin", "boss", "administrator")
    (entry,) = waiting(desk)
    for who in ("admin", "boss"):  # who asked for it, and whom it is about
        with pytest.raises(NotPossible, match="somebody else has to confirm it"):
            second_person.confirm(desk.office, desk.actor(who), "lambeth", entry.number)
    for who in ("iro", "qa", "manager", "director"):
        with pytest.raises(NotYours):
            second_person.confirm(desk.office, desk.actor(who), "lambeth", entry.number)
    with pytest.raises(NotPossible, match="A person has to confirm it"):
        second_person.confirm(desk.office, BY_HAND, "lambeth", entry.number)
    assert "administrator" not in posts(desk, "boss")
    second_person.confirm(desk.office, desk.actor("admin_two"), "lambeth", entry.number)
    assert "administrator" in posts(desk, "boss")
    with pytest.raises(NotFound):
        second_person.confirm(desk.office, desk.actor("admin_two"), "lambeth", entry.number)


@pytest.mark.parametrize("by", ["boss", "admin", "admin_two"])
def test_what_is_refused_or_taken_back_never_holds(desk: Desk, by: str) -> None:
    give(desk, "admin", "worker", "qa_lead")
    (entry,) = waiting(desk)
    second_person.refuse(desk.office, desk.actor(by), "lambeth", entry.number, reason="Not yet.")
    assert "qa_lead" not in posts(desk, "worker")
    assert not waiting(desk)
    with pytest.raises(NotFound):
        second_person.confirm(desk.office, desk.actor("boss"), "lambeth", entry.number)


def test_another_address_works_only_once_it_is_confirmed(desk: Desk) -> None:
    staff.change(
        desk.office, desk.actor("boss"), "iro", "Iro Sample", "second-box@practice.invalid"
    )
    assert mail_of(desk, "iro") == "iro@practice.invalid"
    assert told(desk, "iro") == ["directory_asked"]
    (entry,) = waiting(desk)
    session = desk.office.sign_in.use(desk.office.sign_in.issue_link("iro"))
    second_person.confirm(desk.office, desk.actor("admin"), "lambeth", entry.number)
    assert mail_of(desk, "iro") == "second-box@practice.invalid"
    assert desk.office.sign_in.look_up(session.session_token) is None  # type: ignore[union-attr]
    with desk.office.database.reading() as tx:
        sent = {one.mail for one in outbox.waiting(tx, desk.office.now()) if "Iro" in one.name}
    assert sent == {"iro@practice.invalid", "second-box@practice.invalid"}, "the former one as well"


def test_an_address_somebody_else_took_meanwhile_is_not_confirmed(desk: Desk) -> None:
    staff.change(desk.office, desk.actor("boss"), "iro", "Iro Sample", "wanted@practice.invalid")
    new = PostGiven("lambeth", "team_manager")
    staff.add(desk.office, desk.actor("admin"), "Quick Sample", "wanted@practice.invalid", new)
    (entry,) = waiting(desk)
    with pytest.raises(BadAnswers):
        second_person.confirm(desk.office, desk.actor("admin"), "lambeth", entry.number)
    assert mail_of(desk, "iro") == "iro@practice.invalid"


def test_a_post_for_somebody_who_has_left_meanwhile_is_not_confirmed(desk: Desk) -> None:
    give(desk, "admin", "worker", "qa_lead")
    staff.leave(desk.office, desk.actor("admin"), "worker")
    (entry,) = waiting(desk)
    with pytest.raises(NotPossible, match="has left"):
        second_person.confirm(desk.office, desk.actor("boss"), "lambeth", entry.number)


def test_somebody_new_in_a_post_of_the_office_waits_too(desk: Desk) -> None:
    new = PostGiven("lambeth", "administrator")
    person = staff.add(desk.office, desk.actor("admin"), "New Sample", "new@practice.invalid", new)
    assert posts(desk, person.id) == frozenset()
    (entry,) = waiting(desk)
    second_person.confirm(desk.office, desk.actor("boss"), "lambeth", entry.number)
    assert posts(desk, person.id) == {"administrator"}


@pytest.mark.parametrize("change", DirectoryChange)
@pytest.mark.parametrize("post", ["", "iro", "team_manager", *OFFICE_POSTS])
def test_what_takes_two_people(change: DirectoryChange, post: str) -> None:
    of_signing_in = {DirectoryChange.READDRESSED, *OF_SIGN_ON}
    others = {
        *(DirectoryChange.MANY, DirectoryChange.TOKEN_MADE),
        DirectoryChange.INTEREST_WITHDRAWN,
        *OF_RECORDS,
    }
    two = change in of_signing_in | others or (
        change is DirectoryChange.POST_GIVEN and post in OFFICE_POSTS
    )
    assert needs_second(change, post) is two


def test_a_command_needs_no_second_person_and_is_told_of_loudly(desk: Desk) -> None:
    post_holders.give_post(desk.office, BY_HAND, "worker", PostGiven("lambeth", "administrator"))
    assert "administrator" in posts(desk, "worker")
    loud = {to for to, notice, _ in desk.mails() if notice == "directory_by_command"}
    assert loud == {"admin", "admin_two", "boss", "boss_two"}
    staff.change(desk.office, BY_HAND, "iro", "Iro Sample", "second@practice.invalid")
    assert mail_of(desk, "iro") == "second@practice.invalid"
    with desk.office.database.reading() as tx:
        sent = [
            one.mail for one in outbox.waiting(tx, desk.office.now()) if one.name == "Iro Sample"
        ]
    assert sorted(sent) == ["iro@practice.invalid", "second@practice.invalid"]


# -------------------------------------------------------------------------- those who are challenged


@pytest.mark.parametrize("challenged", ["manager", "service", "director"])
def test_whoever_alerts_are_sent_to_says_nothing_of_who_reviews(
    desk: Desk, challenged: str
) -> None:
    found = desk.raised("stage-1")
    post_holders.give_post(desk.office, BY_HAND, challenged, PostGiven("lambeth", "administrator"))
    by = desk.actor(challenged)
    with pytest.raises(NotPossible, match="Alerts are sent to you"):
        staff.add(
            desk.office, by, "Nomad Sample", "n@practice.invalid", PostGiven("lambeth", "iro")
        )
    with desk.office.database.reading() as tx:
        assert not directory.by_mail(tx, "n@practice.invalid"), "nothing of it is kept"
    with pytest.raises(NotPossible):
        give(desk, challenged, "worker", "iro_manager")
    with pytest.raises(NotPossible):
        absence_cover.set_cover(desk.office, by, Cover("iro", "other_iro", None, FRIDAY))
    give(desk, challenged, "worker", "team_manager")
    doing = desk.doing(challenged, found)
    with pytest.raises(Expected):
        close.close(desk.office, found.id, ending("withdrawn", "x"), doing)


def test_whoever_has_an_answer_to_give_is_barred_in_whatever_post(desk: Desk) -> None:
    """The post in which they were asked has ended; the alert still waits for them."""
    desk.raised("stage-1")
    post_holders.give_post(desk.office, BY_HAND, "manager", PostGiven("lambeth", "administrator"))
    end_now(desk, desk.actor("admin"), "manager", "team_manager")
    assert posts(desk, "manager") == {"administrator"}
    with pytest.raises(NotPossible, match="waits for your answer"):
        give(desk, "manager", "worker", "iro")


def test_a_second_person_is_not_of_those_challenged(desk: Desk) -> None:
    post_holders.give_post(desk.office, BY_HAND, "service", PostGiven("lambeth", "administrator"))
    give(desk, "admin", "worker", "iro_manager")
    (entry,) = waiting(desk)
    with pytest.raises(NotPossible, match="Alerts are sent to you"):
        second_person.confirm(desk.office, desk.actor("service"), "lambeth", entry.number)


# ------------------------------------------------------------------------------------- at once


def test_a_post_ended_now_ends_what_it_allowed_and_the_session(desk: Desk) -> None:
    found = desk.raised("stage-1")
    token = desk.office.sign_in.use(desk.office.sign_in.issue_link("manager"))
    assert desk.can_open("manager", found)
    end_now(desk, desk.actor("admin"), "manager")
    assert not desk.can_open("manager", found)
    assert desk.office.sign_in.look_up(token.session_token) is None  # type: ignore[union-attr]
    assert entries(desk)[0].what.until == desk.office.today - timedelta(days=1)


def test_one_given_today_and_ended_now_is_gone_as_well(desk: Desk) -> None:
    give(desk, "admin", "worker", "team_manager")
    end_now(desk, desk.actor("admin"), "worker", "team_manager")
    assert posts(desk, "worker") == {"social_worker"}


def test_the_standing_in_form_says_what_it_would_bar(desk: Desk) -> None:
    found = desk.raised("stage-1")
    by = desk.actor("admin")
    said = barred_by.by_cover(desk.office, by, "manager", "boss")
    assert found.alert.reference in said
    assert "Boss Sample is of the reviewing service" in said
    assert "can come to do so" in barred_by.by_cover(desk.office, by, "director", "boss")
    assert barred_by.by_cover(desk.office, by, "iro", "other_iro") == ""
    assert barred_by.by_cover(desk.office, by, "manager", "service") == ""


@pytest.mark.parametrize(
    ("who", "post", "barred"),
    [
        ("boss", "assistant_director", True),  # a later stage asks it
        ("boss", "team_manager", True),
        ("assistant", "iro_manager", False),  # they had no say, and have none then
        ("boss", "social_worker", True),
        ("boss", "qa_lead", False),
        ("worker", "team_manager", False),  # not of the reviewing service
        ("", "iro_manager", False),
    ],
)
def test_the_form_of_a_post_says_which_alerts_it_would_bar(
    desk: Desk, who: str, post: str, barred: bool
) -> None:
    found, other = desk.raised("stage-1"), desk.raised("stage-2", "other_iro")
    said = barred_by.by_post(desk.office, desk.actor("admin"), who, post)
    for reference in (found.alert.reference, other.alert.reference):
        assert (reference in said) is barred
    assert "No IRO manager is left" not in said, "the second manager is"


def test_it_says_where_no_manager_would_be_left(desk: Desk) -> None:
    found = desk.raised("stage-1")
    desk.give("assistant_director", "boss_two")
    said = barred_by.by_post(desk.office, desk.actor("admin"), "boss", "service_manager")
    assert f"No IRO manager is left for {found.alert.reference}" in said
    cover = barred_by.by_cover(desk.office, desk.actor("admin"), "director", "boss")
    assert f"It bars them now from 1 open alert: {found.alert.reference}." in cover
    assert f"No IRO manager is left for {found.alert.reference}" in cover


def test_a_link_goes_to_the_old_address_until_then(desk: Desk) -> None:
    staff.change(desk.office, desk.actor("admin"), "iro", "Iro Sample", "second@practice.invalid")
    sent: list[Email] = []

    class Sender:
        def send(self, email: Email) -> None:
            sent.append(email)

    links_by_mail.mail_link(desk.office, Sender(), "second@practice.invalid", "/app/")
    assert not sent
    links_by_mail.mail_link(desk.office, Sender(), "iro@practice.invalid", "/app/")
    assert len(sent) == 1


# ------------------------------------------------------------------------------ other councils


@pytest.mark.parametrize("who", ["admin", "boss"])
@pytest.mark.parametrize("of", ["stranger", "stranger@elsewhere.invalid", "strangr"])
def test_nobody_of_another_council_shows_through_this_directory(
    desk: Desk, who: str, of: str
) -> None:
    with desk.office.database.writing() as tx:
        stranger = directory.DirectoryPerson(
            "stranger", "Far Away Sample", "stranger@elsewhere.invalid"
        )
        directory.add_person(tx, stranger, [("merton", "iro", "")], day("Sat 2000-01-01"))
    office, by = desk.office, desk.actor(who)
    said: list[str] = []
    for act in (
        lambda: staff.leave(office, by, of),
        lambda: staff.change(office, by, of, "Other", "other@practice.invalid"),
        lambda: staff.add(
            office, by, "New", "Stranger@elsewhere.invalid", PostGiven("lambeth", "iro")
        ),
    ):
        with pytest.raises(Expected) as told:
            act()
        said.append(str(told.value))
    assert not [one for one in said if "Far Away" in one]
    assert said[0].startswith(f"Nobody in this council's directory has the address or id {of}")
