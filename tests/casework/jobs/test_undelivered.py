"""An e-mail that did not arrive is seen by somebody who can mend it, and goes out again."""

from datetime import datetime

import pytest

from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.casework.jobs import undelivered
from practice_alerts.domain.directory.office_permissions import NotYours
from practice_alerts.domain.errors import NotFound
from tests.helpers.days import day
from tests.helpers.product.office import Desk


def given_up(desk: Desk, who: str, alert_id: str | None = None) -> str:
    """An e-mail to somebody that the mail server refused for good."""
    now: datetime = desk.office.now()
    with desk.office.database.writing() as tx:
        new = NewNotice(who, "asked", "Your answer is asked for", "Text.\n", alert_id)
        its_id = outbox.write(tx, new, now)
        waiting = next(one for one in outbox.waiting(tx, now, most=100) if one.id == its_id)
        trouble = "The address was refused (550)."
        outbox.did_not_go_out(tx, waiting, trouble, now, for_good=True)
    return its_id


def test_administrator_and_iro_manager_see_it_with_what_can_be_mended(desk: Desk) -> None:
    found = desk.raised()
    its_id = given_up(desk, "service", found.id)
    for who in ("admin", "boss"):
        (email,) = undelivered.not_arrived(desk.office, desk.actor(who))
        assert (email.id, email.reference) == (its_id, found.alert.reference)
        assert (email.name, email.mail) == ("Service Sample", "service@practice.invalid")
        assert email.trouble == "The address was refused (550)."
        assert undelivered.how_many(desk.office, desk.actor(who)) == 1


@pytest.mark.parametrize("who", ["iro", "manager", "qa"])
def test_nobody_else_sees_or_sends_it(desk: Desk, who: str) -> None:
    its_id, actor = given_up(desk, "service"), desk.actor(who)
    assert undelivered.how_many(desk.office, actor) == 0
    with pytest.raises(NotYours):
        undelivered.not_arrived(desk.office, actor)
    with pytest.raises(NotYours):
        undelivered.send_again(desk.office, actor, its_id)
    with pytest.raises(NotYours):
        undelivered.send_all_again(desk.office, actor)


def test_another_council_s_emails_are_theirs(desk: Desk) -> None:
    stranger = DirectoryPerson("stranger", "Sam Elsewhere", "sam@elsewhere.invalid")
    with desk.office.database.writing() as tx:
        directory.add_person(tx, stranger, [("merton", "iro", "")], day("Mon 2020-01-06"))
    its_id = given_up(desk, "stranger")
    assert undelivered.not_arrived(desk.office, desk.actor("admin")) == ()
    assert undelivered.how_many(desk.office, desk.actor("admin")) == 0
    with pytest.raises(NotFound):
        undelivered.send_again(desk.office, desk.actor("admin"), its_id)


def test_it_waits_again_and_is_no_longer_counted(desk: Desk) -> None:
    its_id, admin = given_up(desk, "service"), desk.actor("admin")
    assert undelivered.send_again(desk.office, admin, its_id).name == "Service Sample"
    assert undelivered.how_many(desk.office, admin) == 0
    with desk.office.database.reading() as tx:
        assert [one.id for one in outbox.waiting(tx, desk.office.now())] == [its_id]
    with pytest.raises(NotFound):
        undelivered.send_again(desk.office, admin, its_id)


def test_all_of_them_wait_again_after_the_mail_server_was_down(desk: Desk) -> None:
    ids = {given_up(desk, who) for who in ("service", "chief", "qa")}
    assert undelivered.send_all_again(desk.office, desk.actor("boss")) == 3
    with desk.office.database.reading() as tx:
        assert {one.id for one in outbox.waiting(tx, desk.office.now())} == ids
    assert undelivered.send_all_again(desk.office, desk.actor("boss")) == 0
