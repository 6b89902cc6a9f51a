"""The account of whoever has left is nobody else's, and an address that had another owner is let in by two people."""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.directory import second_person, staff
from practice_alerts.casework.directory.signing_in import single_sign_on
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours, ProveAgain
from practice_alerts.domain.directory.sign_on_faults import SignOnFault
from practice_alerts.domain.errors import NotPossible
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.product.signed_on import SignedOn, signed_on
from tests.helpers.stories.sampleford import hire

RUNS_COMMANDS = Actor("", "Root Sample", "*", COMMAND_LINE.posts)


@pytest.fixture
def front(tmp_path: Path) -> Iterator[SignedOn]:
    """The officer "iro" has signed in; there is a second manager of the service."""
    with signed_on(tmp_path / "data") as front:
        hire(front.desk, "boss_two", "iro_manager")
        front.be("iro")
        front.signs_in(front.browser())
        yield front


def comes_in(front: SignedOn, subject: str = "account-of-iro", who: str = "iro") -> str:
    """Who is signed in by this account with that person's address; else what was said, in the log's word."""
    front.be(who)
    front.issuer.user["sub"] = subject
    browser = front.browser()
    answer = front.signs_in(browser)
    if found := front.who(browser):
        return found
    return next(one.name for one in SignOnFault if one.words in unescape(answer.text))


def leaves_and_another_comes(front: SignedOn) -> str:
    """The officer has left, and somebody new has the address: their id."""
    office = front.desk.office
    staff.leave(office, front.desk.actor("admin"), "iro")
    with office.database.writing() as tx:
        new = directory.DirectoryPerson("heir", "Heir Sample", "iro@practice.invalid")
        directory.add_person(tx, new, [("lambeth", "iro", "")], office.today)
    return new.id


def unlink(front: SignedOn, who: str, by: str = "admin", second: str = "boss_two") -> None:
    office = front.desk.office
    single_sign_on.unlink(office, front.desk.actor(by), "lambeth", who, reason="A new one.")
    record = second_person.look(office, front.desk.actor(second), "lambeth")
    second_person.confirm(office, front.desk.actor(second), "lambeth", record.waiting[0].number)


def test_the_account_of_whoever_has_left_never_becomes_the_next_ones(front: SignedOn) -> None:
    leaves_and_another_comes(front)
    assert comes_in(front) == "LEFT"
    unlink(front, "heir")
    assert comes_in(front) == "LEFT", "though the next one's account may come in now"
    with pytest.raises(NotPossible, match="somebody who has left"):
        single_sign_on.link(front.desk.office, RUNS_COMMANDS, "lambeth", "heir", "account-of-iro")


def test_whoever_has_an_address_that_had_another_owner_is_let_in_by_two(front: SignedOn) -> None:
    leaves_and_another_comes(front)
    assert comes_in(front, "account-of-heir") == "PASSED_ON"
    by = front.desk.actor("admin")
    single_sign_on.unlink(front.desk.office, by, "lambeth", "heir")
    assert comes_in(front, "account-of-heir") == "PASSED_ON", "a second person has not confirmed it"
    unlink(front, "heir")
    assert comes_in(front, "account-of-heir") == "heir"


def test_so_is_whoever_gets_the_former_address_of_a_colleague(front: SignedOn) -> None:
    office = front.desk.office
    staff.change(office, RUNS_COMMANDS, "iro", "Iro Sample", "iro.married@practice.invalid")
    staff.change(office, RUNS_COMMANDS, "other_iro", "Other Iro Sample", "iro@practice.invalid")
    assert comes_in(front) == "iro", "by the account, whatever its address"
    assert comes_in(front, "account-of-other") == "PASSED_ON"
    single_sign_on.link(office, RUNS_COMMANDS, "lambeth", "other_iro", "account-of-other")
    assert comes_in(front, "account-of-other") == "other_iro"
    with pytest.raises(NotPossible, match="somebody else"):
        single_sign_on.link(office, RUNS_COMMANDS, "lambeth", "manager", "account-of-other")


def test_an_account_that_was_unlinked_is_kept_from_others_and_may_come_back(
    front: SignedOn,
) -> None:
    unlink(front, "iro")
    assert comes_in(front, who="other_iro") == "OTHER_ACCOUNT", "whatever address it bears by now"
    assert comes_in(front) == "iro"


def test_another_account_takes_the_place_of_one_that_was_unlinked(front: SignedOn) -> None:
    assert comes_in(front, "newer") == "OTHER_ACCOUNT"
    unlink(front, "iro")
    assert comes_in(front, "newer") == "iro"
    assert comes_in(front) == "OTHER_ACCOUNT"


def test_whoever_comes_back_is_linked_by_a_command_that_says_so(front: SignedOn) -> None:
    leaves_and_another_comes(front)
    single_sign_on.link(
        front.desk.office, RUNS_COMMANDS, "lambeth", "heir", "account-of-iro", is_same=True
    )
    assert comes_in(front) == "heir"


def test_unlinking_takes_two_who_have_proved_themselves_and_is_told(front: SignedOn) -> None:
    office, admin = front.desk.office, front.desk.actor("admin")
    for by in ("other_iro", "manager", "qa"):
        with pytest.raises(NotYours):
            single_sign_on.unlink(office, front.desk.actor(by), "lambeth", "iro")
    with pytest.raises(NotYours):
        single_sign_on.unlink(office, admin, "lambeth", "admin")
    long_ago = replace(admin, must_prove_again=True)
    with pytest.raises(ProveAgain):
        single_sign_on.unlink(office, long_ago, "lambeth", "iro")
    unlink(front, "iro")
    told = [text for to, _, text in front.desk.mails() if to == "iro"]
    assert sum("no account of your council signs you in any more" in one for one in told) == 2


def test_what_they_have_open_ends_when_it_is_confirmed(front: SignedOn) -> None:
    browser = front.browser()
    front.signs_in(browser)
    assert front.who(browser) == "iro"
    unlink(front, "iro")
    assert not front.who(browser)


def test_the_directory_offers_it_where_there_is_single_sign_on(
    front: SignedOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = open_screen(front.desk, "admin", "directory", monkeypatch, part="people")
    assert "act=unlink_account&amp;of=iro" in there.words
    screen = open_screen(
        front.desk, "admin", "directory", monkeypatch, act="unlink_account", of="iro"
    )
    screen.write("Why (optional)", "A new contract.").press("Unlink it")
    assert "Unlinking Iro Sample’s account: asked for." in screen.words
    assert "Iro Sample signs in with no account of" in screen.words
