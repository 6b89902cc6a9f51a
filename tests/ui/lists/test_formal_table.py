"""The list of formal alerts on the screen, and where a director and the support of the service begin."""

import pytest

from practice_alerts.ui.page import frame, session
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.product.office import TEAM, Desk

Patch = pytest.MonkeyPatch


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return desk.with_readers()


def test_a_director_reads_the_list_and_is_led_to_no_alert(desk: Desk, monkeypatch: Patch) -> None:
    reference = desk.raised("stage-2").alert.reference
    words = open_screen(desk, "informed", "formal_alerts", monkeypatch).words
    for said in (reference, "Stage Two", TEAM):
        assert said in words
    assert f"reference={reference}" not in words
    assert "Kit" not in words
    tray = open_screen(desk, "informed", "work_tray", monkeypatch).words
    assert "No alert is put to you." in tray
    assert 'href="/app/formal-alerts"' in tray


def test_without_any_it_says_so(desk: Desk, monkeypatch: Patch) -> None:
    words = open_screen(desk, "informed", "formal_alerts", monkeypatch).words
    assert "No formal alert is open." in words


@pytest.mark.parametrize(
    ("who", "theirs"),
    [
        ("informed", {"Formal alerts"}),
        ("support", {"Directory", "Raise an alert"}),  # what an officer raised on paper
        ("qa", {"Overview", "Audit samples"}),
    ],
)
def test_each_menu_holds_what_the_post_reads(
    desk: Desk, monkeypatch: Patch, who: str, theirs: set[str]
) -> None:
    monkeypatch.setattr(session._here, "office", desk.office)
    titles = {title for _, title in frame._menu(desk.actor(who))}
    assert titles - theirs == {"Work tray", "What if nobody answers", "My settings"}
    assert theirs <= titles


def test_support_reminds_and_enters_cover_on_the_screen(desk: Desk, monkeypatch: Patch) -> None:
    reference = desk.raised("stage-1").alert.reference
    screen = open_screen(desk, "support", "alert", monkeypatch, reference=reference)
    screen.press("Send a reminder")
    screen.write("Why they are reminded", "No word for a week.").press("Send the reminder")
    assert "Whoever owes the answer and is in the directory has been told." in screen.words
    assert {who for who, what, _ in desk.mails() if what == "reminded"} == {"manager"}
    words = open_screen(desk, "support", "directory", monkeypatch, part="cover").words
    assert "act=set_cover" in words
    assert "act=give_post" not in words
    assert "part=record" not in words
    assert "part=partners" not in words
