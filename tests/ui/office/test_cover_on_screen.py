"""Cover, duty and handing over on the screen: each seen and done by those who may."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts.casework.directory.cover import duty_rota, own_cover
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


def test_somebody_is_signed_out_everywhere_and_it_stands_among_the_changes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = open_screen(desk, "boss", "directory", monkeypatch, part="people")
    assert "act=sign_out&amp;of=manager" in people.words
    form = open_screen(desk, "boss", "directory", monkeypatch, act="sign_out", of="manager")
    form.write("Why (optional)", "A telephone was lost.").press("Sign them out")
    assert "Manager Sample is signed out everywhere." in form.words
    record = open_screen(desk, "boss", "directory", monkeypatch, part="record")
    assert "A telephone was lost." in record.words


def test_all_alerts_of_an_officer_are_given_over_on_one_screen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk.raised("stage-1")
    second = desk.at("Tue 2025-06-03").raised("stage-1")
    service = open_screen(desk, "boss", "service", monkeypatch)
    assert "/app/service?act=hand_over&amp;of=iro" in service.words
    assert "of=other_iro" not in service.words, "who has none"
    form = open_screen(desk, "boss", "service", monkeypatch, act="hand_over", of="iro")
    assert "2 open alerts." in form.words
    labels = [one.label for one in form.test.selectbox]
    assert [label.partition(", ")[0] for label in labels[1:]] == [
        "Friday 6 June 2025",
        "Monday 9 June 2025",
    ]
    form.press("Give them over")
    assert "Who takes them over: choose an officer." in form.words
    assert "Why: write it in under" in form.words
    form.pick("Who takes them over", "other_iro").write("Why", "Taken ill.").press("Give them over")
    assert "2 alerts of Iro Sample given over." in form.words
    for one in (first, second):
        assert desk.see("boss", one).known.alert.officer.id == "other_iro"


def test_one_alert_may_stay_when_the_others_are_given_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk.raised("stage-1")
    second = desk.at("Tue 2025-06-03").raised("stage-1")
    form = open_screen(desk, "boss", "service", monkeypatch, act="hand_over", of="iro")
    form.pick("Who takes them over", "other_iro").write("Why", "Taken ill.")
    form.pick("Friday 6 June 2025", "stays").press("Give them over")
    assert "1 alert of Iro Sample given over. Left: " in form.words
    now = [desk.see("boss", one).known.alert.officer.id for one in (first, second)]
    assert now == ["iro", "other_iro"]


def test_an_auditor_is_offered_no_giving_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.with_readers().raised("stage-1")
    screen = open_screen(desk, "auditor", "service", monkeypatch, act="hand_over", of="iro")
    assert "Give them over" not in [one.label for one in screen.test.button]
    assert "act=hand_over" not in screen.words


def test_a_manager_names_a_peer_and_ends_it_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = open_screen(desk, "manager", "settings", monkeypatch)
    assert "Nobody stands in for you, now or later." in settings.words
    assert "act=name_cover" in settings.words
    form = open_screen(desk, "manager", "settings", monkeypatch, act="name_cover")
    form.press("Name them")
    assert "Who stands in: choose one of those in the list." in form.words
    form.pick("Who stands in", "elsewhere").day("Last day", day("Fri 2025-06-06"))
    form.press("Name them")
    assert "Elsewhere Sample stands in for you, from Monday 2 June 2025" in form.words
    number = own_cover.look(desk.office, desk.actor("manager")).covers[0].id
    end = open_screen(desk, "manager", "settings", monkeypatch, act="end_cover", of=str(number))
    end.day("Last day", day("Mon 2025-06-02")).press("End the cover")
    assert "Elsewhere Sample stands in for you until Monday 2 June 2025." in end.words
    theirs = open_screen(desk, "elsewhere", "settings", monkeypatch)
    assert "For whom you stand in" in theirs.words


def test_an_officer_asks_and_takes_it_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    form = open_screen(desk, "iro", "settings", monkeypatch, act="name_cover")
    form.pick("Who stands in", "other_iro").day("Last day", day("Fri 2025-06-06"))
    form.press("Ask for it")
    assert "once it is confirmed" in form.words
    assert "Waits for a second person" in form.words
    (asked,) = own_cover.look(desk.office, desk.actor("iro")).asked_for
    back = open_screen(desk, "iro", "settings", monkeypatch, act="take_back", of=str(asked.number))
    back.press("Take it back")
    assert "Nobody stands in for you, now or later." in back.words


def test_who_has_nobody_to_name_is_told_whom_to_ask(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "qa", "settings", monkeypatch)
    assert "An administrator or the IRO manager enters who stands in for you." in screen.words
    assert "act=name_cover" not in screen.words


def test_forms_of_posts_and_cover_say_which_alerts_they_would_bar(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.raised("stage-1")
    post = open_screen(desk, "admin", "directory", monkeypatch, act="give_post")
    post.pick("Who holds it", "boss").pick("Post", "service_manager")
    assert f"from 1 open alert: {found.alert.reference}." in post.words
    cover = open_screen(desk, "admin", "directory", monkeypatch, act="set_cover", of="director")
    cover.pick("Who stands in", "boss")
    assert f"No IRO manager is left for {found.alert.reference}" in cover.words


def test_the_alerts_page_says_who_acts_where_every_manager_is_barred(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.give("service_manager", "boss")
    found = desk.raised("stage-1")
    reference = found.alert.reference
    nobody = open_screen(desk, "iro", "alert", monkeypatch, reference=reference)
    assert "ask an administrator to name a reserve IRO manager" in nobody.words
    desk.give("reserve_manager", "other_iro")
    page = open_screen(desk, "other_iro", "alert", monkeypatch, reference=reference)
    assert "Other_Iro Sample, in reserve, acts as IRO manager." in page.words
    assert "Give it to another officer" in [one.label for one in page.test.button]


def test_somebody_is_put_on_duty_and_taken_off_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = open_screen(desk, "boss", "directory", monkeypatch, act="set_duty")
    form.press("Put them on duty")
    assert "Who is on duty: choose somebody of the reviewing service" in form.words
    form.pick("Who is on duty", "other_iro").press("Put them on duty")
    assert "Other_Iro Sample is on duty from Monday 2 June 2025 to Sunday 8 June" in form.words
    found = desk.raised("stage-1")
    page = open_screen(desk, "boss", "alert", monkeypatch, reference=found.alert.reference)
    assert "On duty for the reviewing service until Sunday 8 June 2025" in page.words
    service = open_screen(desk, "boss", "service", monkeypatch)
    assert "Who is on duty" in service.words
    (duty,) = duty_rota.rota(desk.office, "lambeth")
    end = open_screen(desk, "boss", "directory", monkeypatch, act="end_duty", of=str(duty.id))
    end.day("Last day", day("Mon 2025-06-02")).press("End the duty")
    assert "Other_Iro Sample is on duty until Monday 2 June 2025." in end.words
