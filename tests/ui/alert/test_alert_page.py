"""What an alert's page says of days, people and subject, at each moment of the climb."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from practice_alerts.casework.documents import render
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.permissions import Act
from tests.casework.directory.test_directory_acts import end_now
from tests.helpers.alerts.recorded_events import answered, climbed, held
from tests.helpers.app.acts import CHECK
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.product.office import Desk

Patch = pytest.MonkeyPatch
LINE = "No search for the next foster home since the last review"
RAISED = "Mon 2025-06-02"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return desk.with_readers().at(RAISED)


def page(desk: Desk, who: str, reference: str, patch: Patch) -> Screen:
    return open_screen(desk, who, "alert", patch, reference=reference)


def plain(screen: Screen) -> str:
    return re.sub(r"<[^>]+>", " ", screen.words)


def ladder(screen: Screen) -> str:
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", screen.words.partition('class="pa-ladder"')[2])
    ).partition("Stages and answers")[0]


def test_the_subject_stands_in_the_head_of_page_and_document(
    desk: Desk, monkeypatch: Patch
) -> None:
    found = desk.raised("stage-1")
    for who in ("iro", "manager", "boss"):
        head = page(desk, who, found.alert.reference, monkeypatch).words.partition("<h2")[0]
        assert LINE in head, who
    assert LINE in render.document_on_screen(desk.office, found)[:1500]


def test_an_answer_that_waits_for_its_review_moves_the_stages_to_come(
    desk: Desk, monkeypatch: Patch
) -> None:
    found = answered(desk, desk.raised("stage-1"))
    screen = page(desk.at("Thu 2025-06-05"), "iro", found.alert.reference, monkeypatch)
    drawn = ladder(screen)
    assert (
        "Stage Two: if it goes on today and nobody answers, answer due there by Wednesday 11 June"
        in drawn
    )
    assert "if nobody answers, " not in drawn
    first, acts = screen.words.index(">Done.<"), screen.words.index("What you can do now")
    assert first < acts, "the answer that is to be reviewed stands in the first screenful"


def test_a_hold_moves_the_stages_to_come_and_says_its_price(desk: Desk, monkeypatch: Patch) -> None:
    found = answered(desk, desk.raised("stage-1"))
    found = held(desk, found, date(2025, 6, 17))
    screen = page(desk.at("Thu 2025-06-05"), "iro", found.alert.reference, monkeypatch)
    drawn = ladder(screen)
    assert "Stage Two: if the hold fails, answer due there by Monday 23 June 2025" in drawn
    assert "if nobody answers" not in drawn
    assert "If the hold fails" in plain(screen)
    assert "past the time limit" in plain(screen)
    assert "If it fails on Tuesday 17 June 2025, " in screen.press("Agree a hold").words


def test_escalate_by_has_its_own_why_and_says_when_it_cannot_be_kept(
    desk: Desk, monkeypatch: Patch
) -> None:
    found = desk.raised("stage-1")
    on_time = page(desk, "iro", found.alert.reference, monkeypatch)
    assert "Why escalate by" in " ".join(one.label for one in on_time.test.expander)
    late = page(desk.at("Mon 2025-06-09"), "iro", found.alert.reference, monkeypatch)
    assert ", which has passed" in plain(late)
    later = desk.at("Mon 2025-06-16")
    found = climbed(later, found, "stage-3", "manager")
    cannot = page(later, "iro", found.alert.reference, monkeypatch)
    assert "before the answer is due: waiting for it, the day cannot be kept any more" in plain(
        cannot
    )


def test_a_day_that_was_met_steps_back_behind_those_to_come(desk: Desk, monkeypatch: Patch) -> None:
    found = answered(desk, desk.raised("stage-1"))
    said = plain(page(desk, "iro", found.alert.reference, monkeypatch))
    assert "an answer has come" in said
    assert said.index("Time limit") < said.index("Answer was due")


def test_birthdays_bear_no_weekday_and_days_no_version_of_the_calendar(
    desk: Desk, monkeypatch: Patch
) -> None:
    found = desk.raised("stage-1", date_of_birth="2014-03-09")
    said = plain(page(desk, "manager", found.alert.reference, monkeypatch))
    assert "9 March 2014" in said
    assert "Sunday 9 March 2014" not in said
    assert "I raise this as" not in said
    assert "holidays 0." not in said
    assert "closures" not in said
    paper = render.document_on_screen(desk.office, found)
    assert "9 March 2014" in paper
    assert "Sunday 9 March 2014" not in paper


def test_no_heading_promises_what_a_reader_cannot_do(desk: Desk, monkeypatch: Patch) -> None:
    reference = desk.raised("stage-1").alert.reference
    for who in ("iro", "manager", "boss", "auditor"):
        screen = page(desk, who, reference, monkeypatch)
        offers = [one for one in screen.test.button if str(one.key).startswith("choose:")]
        assert ("What you can do now" in screen.words) is bool(offers), who


def test_what_is_not_on_the_paper_form_is_said_once(desk: Desk, monkeypatch: Patch) -> None:
    screen = open_screen(desk, "iro", "raise_alert", monkeypatch)
    screen.press("Go on to the form")
    heads = [one.label for one in screen.test.expander]
    assert len([one for one in heads if one.startswith("Asked by this product: ")]) <= 1
    assert "(Asked by this product.)" not in screen.words
    assert "(Not on the paper form.)" not in screen.words


def test_to_a_post_that_nobody_holds_there_is_a_way_on(desk: Desk, monkeypatch: Patch) -> None:
    """By hand, or to whoever acts meanwhile: the form offers both, and neither press is refused."""
    found = climbed(desk, desk.raised("stage-1"), "stage-3", "manager")
    end_now(desk, desk.actor("admin"), "director")
    screen = page(desk, "iro", found.alert.reference, monkeypatch).press("Escalate")
    title = "Director of Children's Social Care"
    told = next(one.value for one in screen.test.warning if "nobody is" in one.value)
    assert title in unescape(told).replace("\\", "")
    assert "Boss Sample (IRO manager) can enter who acts in it." in told.replace("\\", "")
    assert screen.asked() == [f"by-hand:{title}"]
    screen.write("Why it goes to this stage", "Nobody has answered.").press(CHECK)
    assert f"Must answer {title}" in squeezed(screen)
    screen.press(ACTS[Act.ESCALATE].button)
    assert "Stage Four: waiting for" in plain(screen)


def squeezed(screen: Screen) -> str:
    return re.sub(r"\s+", " ", unescape(plain(screen)))
