"""An interest in a child on the screen: declared, entered for somebody, withdrawn, and what the alert then says."""

import pytest

from practice_alerts.casework.directory import declare_interest
from practice_alerts.casework.directory.declare_interest import ChildMeant
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.product.office import Desk
from tests.helpers.stories.restricting import enter_seconds

SAME = "From now on nothing about this child is shown or sent to you here."


@pytest.fixture
def desk(desk: Desk) -> Desk:
    enter_seconds(desk)
    return desk


def form(desk: Desk, who: str, monkeypatch: pytest.MonkeyPatch) -> Screen:
    return open_screen(desk, who, "settings", monkeypatch, act="declare_interest")


def warned(screen: Screen) -> list[str]:
    return [one.value for one in screen.test.warning]


@pytest.mark.parametrize("number", ["s 100001", "S-999999"])
def test_it_is_declared_and_the_answer_is_the_same_whether_there_is_an_alert_or_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    found = desk.raised("stage-1")
    mine = open_screen(desk, "manager", "settings", monkeypatch)
    assert "act=declare_interest" in mine.words
    screen = form(desk, "manager", monkeypatch)
    assert "the same whether or not there is an alert" in screen.words
    screen.press("Declare it")
    assert "Case number: give it" in screen.words
    screen.write("Case number (optional)", number).press("Declare it")
    assert SAME in screen.words
    assert desk.can_open("manager", found) == (number == "S-999999")
    again = open_screen(desk, "manager", "settings", monkeypatch)
    assert number in again.words
    assert "Monday 2 June 2025" in again.words


def test_name_and_birthday_do_as_well_and_a_name_alone_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.raised("stage-1")
    screen = form(desk, "boss", monkeypatch).write("Child’s name (optional)", "kit muster")
    screen.press("Declare it")
    assert "Date of birth: give it with the name" in screen.words
    screen.write("Date of birth (optional)", "9/3/2014").press("Declare it")
    assert SAME in screen.words
    assert not desk.can_open("boss", found)


def test_an_administrator_enters_it_and_reads_of_which_child_nowhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.raised("stage-1")
    people = open_screen(desk, "admin", "directory", monkeypatch, part="people")
    assert "act=interest_of&amp;of=manager" in people.words
    assert 'act=interest_of&amp;of=admin"' not in people.words
    screen = open_screen(desk, "admin", "directory", monkeypatch, act="interest_of", of="manager")
    screen.write("Case number (optional)", "S-100001").press("Enter it")
    assert "Entered. From now on nothing about this child is shown or sent to Manager Sample" in (
        screen.words
    )
    assert not desk.can_open("manager", found)
    for part in ("people", "record"):
        said = open_screen(desk, "admin", "directory", monkeypatch, part=part).words
        assert "Manager Sample" in said
        assert "100001" not in said
    for who in ("iro", "qa"):
        settings = open_screen(desk, who, "settings", monkeypatch).words
        assert "interest_of" not in settings


def test_it_is_withdrawn_by_asking_and_by_the_managers_word(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.raised("stage-1")
    declare_interest.declare(desk.office, desk.actor("manager"), ChildMeant("S-100001"))
    (mine,) = declare_interest.own(desk.office, desk.actor("manager"))
    act = {"act": "withdraw_interest", "of": str(mine.number)}
    screen = open_screen(desk, "manager", "settings", monkeypatch, **act)
    screen.write("Why", "She has moved away.").press("Ask for it")
    assert "Asked for. It shuts out until the IRO manager has confirmed it." in screen.words
    assert "Waits for the IRO manager" in screen.words
    assert "act=confirm" not in open_screen(desk, "admin", "directory", monkeypatch).words
    record = open_screen(desk, "boss", "directory", monkeypatch)
    assert "Manager Sample has no more interest in a child" in record.words
    number = record.words.partition("act=confirm&amp;of=")[2].partition('"')[0]
    done = open_screen(desk, "boss", "directory", monkeypatch, act="confirm", of=number)
    done.press("Confirm it")
    assert "Confirmed: Manager Sample has no more interest" in done.words
    assert desk.can_open("manager", found)


def test_the_alert_says_who_cannot_answer_and_asks_who_is_asked_instead(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.raised("stage-1")
    declare_interest.declare(desk.office, desk.actor("manager"), ChildMeant("S-100001"))
    name = found.alert.reference
    screen = open_screen(desk, "iro", "alert", monkeypatch, reference=name)
    assert any("Manager Sample, Team Manager has an interest" in said for said in warned(screen))
    act = screen.press("The case moves")
    who = "Who is asked in place of Manager Sample, Team Manager"
    next(one for one in act.test.radio if one.label.startswith(who)).set_value("manager_2")
    act.run().write("Why", "An interest.").press("Record the move")
    assert "The case has moved." in act.words
    assert not any("has an interest" in said for said in warned(act))
    assert [one.id for one in desk.see("iro", found).known.run.sent.asked] == ["manager_2"]
