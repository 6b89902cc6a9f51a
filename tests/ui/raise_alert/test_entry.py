"""What the app shows of ways in and on: agencies outside the directory, steps inside a stage, warnings."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.directory import partner_contacts
from practice_alerts.casework.directory.partner_contacts import ContactDetails
from practice_alerts.casework.drafts import kept_drafts
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk


@pytest.fixture
def lambeth(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "lambeth")
    yield opened
    opened.office.database.close()


@pytest.fixture
def unnamed(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "unnamed", council="unnamed-2015")
    yield opened
    opened.office.database.close()


def test_an_agency_s_person_is_named_on_the_form_and_asked_though_the_directory_knows_nobody(
    lambeth: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = wanted(lambeth, "partner", "stage-1", partner="gp", sent_to="Sasha Outside")
    body = {"step": 3, "kind": "partner", "partner": "gp", "entry_stage": "stage-1"}
    answers = {"answers": dict(asked.answers), "council": "lambeth"}
    kept_drafts.keep_draft(lambeth.office, "iro", "begun", {**body, **answers})
    screen = open_screen(lambeth, "iro", "raise_alert", monkeypatch, draft="begun")
    assert "By hand: Sasha Outside (General practitioner)." in screen.words
    screen.press("Check your answers").press("Send the alert")
    assert "LAM-2025-0001 is sent" in screen.words


def test_what_an_agency_answered_is_recorded_by_whoever_wrote_to_it(
    lambeth: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = wanted(lambeth, "partner", "stage-1", partner="gp", sent_to="Sasha Outside")
    found = raise_alert(lambeth.office, asked, lambeth.doing("iro"))
    told = ContactDetails("Robin Outside", "robin@agency.invalid", "", day("Mon 2025-12-01"))
    place = ("gp", "practice_manager")
    partner_contacts.add(lambeth.office, lambeth.actor("admin"), "lambeth", place, told)
    reference = found.alert.reference
    screen = open_screen(lambeth, "iro", "alert", monkeypatch, reference=reference)
    screen.press("Record the agency's answer")
    screen.write("What they said", "The report is written.").choose("Will it be done?", "done")
    screen.choose("How did it come?", "email").write("When did it come?", "2 June 2025")
    screen.press("Record the answer")
    assert "The answer is recorded." in screen.words
    assert "Recorded the answer of Sasha Outside, General practitioner, by e-mail" in screen.words
    screen.press("Escalate").pick("Who it goes to", "Robin Outside")  # whom the directory proposes
    screen.write("Why it goes to this stage", "It says nothing of the tests.")
    screen.press("Check before it is sent").press("Escalate now")
    assert "Robin Outside, Practice Manager" in screen.words


def test_nobody_of_the_chain_is_offered_to_record_an_agency_s_answer(
    lambeth: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = wanted(lambeth, "partner", "stage-1", partner="gp", sent_to="Sasha Outside")
    reference = raise_alert(lambeth.office, asked, lambeth.doing("iro")).alert.reference
    screen = open_screen(lambeth, "boss", "alert", monkeypatch, reference=reference)
    labels = {button.label for button in screen.test.button}
    assert "Record the agency's answer" not in labels
    assert "Add a note" in labels


def test_steps_inside_a_stage_and_ways_out_are_shown_with_their_clocks(
    unnamed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = replace(wanted(unnamed, "concern", "stage-3"), gate="yes", gate_told="Both heads.")
    reference = raise_alert(unnamed.office, asked, unnamed.doing("iro")).alert.reference
    words = open_screen(unnamed, "iro", "alert", monkeypatch, reference=reference).words
    assert "Inside this stage" in words
    assert "Discussion between the two heads" in words
    assert "1 week, counted from “Discussion of the issues” at Stage 2" in words
    assert "Told at once: Both heads." in words


def test_the_top_points_out_of_the_authority(
    unnamed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = replace(wanted(unnamed, "concern", "stage-4"), gate="yes", gate_told="Both heads.")
    reference = raise_alert(unnamed.office, asked, unnamed.doing("iro")).alert.reference
    words = open_screen(unnamed, "iro", "alert", monkeypatch, reference=reference).words
    assert "From here the procedure also points to: Referral to CAFCASS." in words


def test_a_passed_limit_is_warned_of_on_the_alert_s_page(
    lambeth: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = lambeth.at("Mon 2025-06-02").raised("stage-1").alert.reference
    screen = open_screen(
        lambeth.at("Tue 2025-07-01"), "iro", "alert", monkeypatch, reference=reference
    )
    assert [one.value for one in screen.test.warning] == ["The time limit has passed."]
