"""From an alert's own page: whoever disagrees is heard, and something is taken out, of that alert."""

from __future__ import annotations

import re

import pytest

from practice_alerts.casework.directory import redaction
from practice_alerts.casework.drafts import kept_drafts
from tests.casework.directory.test_record_keeping import closed
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.product.office import Desk

Patch = pytest.MonkeyPatch


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return desk.with_readers()


def ways(desk: Desk, who: str, reference: str, patch: Patch) -> list[str]:
    words = open_screen(desk, who, "alert", patch, reference=reference).words
    return re.findall(r'href="/app/records\?act=([a-z_]+)&amp;reference=' + reference, words)


def test_a_reason_that_may_name_somebody_is_asked_about_and_ticked_for_these_words_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.raised()
    screen = open_screen(
        desk, "records", "records", monkeypatch, act="held", reference=found.alert.reference
    )
    screen.write("Why", "Maya has complained.").press("Set a legal hold")
    assert "Maya&#39; may tell who somebody is" in screen.words
    screen.test.checkbox[0].check().run()
    screen.write("Why", "Noor has complained.").press("Set a legal hold")
    assert "Noor&#39; may tell who somebody is" in screen.words
    screen.test.checkbox[0].check().run()
    screen.press("Set a legal hold")
    assert f"Recorded for {found.alert.reference}." in screen.words


def test_each_way_stands_there_for_whoever_may_go_it(desk: Desk, monkeypatch: Patch) -> None:
    reference = desk.raised("stage-1").alert.reference
    assert ways(desk, "boss", reference, monkeypatch) == ["take_out"]
    for who in ("iro", "manager", "auditor"):
        assert ways(desk, who, reference, monkeypatch) == [], who
    desk.give("information_officer", "boss")
    assert ways(desk, "boss", reference, monkeypatch) == ["disagreed", "take_out"]


def test_the_form_knows_of_which_alert_and_never_another_that_was_begun(
    desk: Desk, monkeypatch: Patch
) -> None:
    desk.give("information_officer", "boss")
    first, second = (desk.raised("stage-1").alert.reference for _ in range(2))
    label = "Reference of the alert, such as LAM-2026-0001"

    def form(of: str) -> str:
        query = {"act": "take_out", "reference": of}
        return open_screen(desk, "boss", "records", monkeypatch, **query).field(label)

    assert form(first) == first
    assert form(second) == second
    assert form("<b>x</b>") == ""
    query = {"act": "disagreed", "reference": first}
    screen = open_screen(desk, "boss", "records", monkeypatch, **query)
    assert screen.field("References, one a line") == first


def test_what_falls_due_later_stands_in_a_proposal_that_was_opened_before(
    desk: Desk, monkeypatch: Patch
) -> None:
    def references() -> str:
        screen = open_screen(desk, "records", "records", monkeypatch, act="propose")
        return screen.field("References, one a line")

    found = closed(desk)
    assert references() == ""
    kept_drafts.keep(desk.office, "records", "office:lambeth:propose", {"references": ""})
    desk.at("Mon 2089-03-14")
    assert references() == found.alert.reference


def test_where_else_the_same_stands_is_said_before_anybody_asks(
    desk: Desk, monkeypatch: Patch
) -> None:
    said = "The neighbour of that house was told about it on Monday."
    first, second = (desk.raised("stage-1", concerns=said) for _ in range(2))
    reference = first.alert.reference
    query = {"act": "take_out", "reference": reference}

    def asking() -> Screen:
        screen = open_screen(desk, "boss", "records", monkeypatch, **query)
        return screen.pick("What is to go", "1:answers.concerns")

    assert f"It stands in the same words in {second.alert.reference}." in asking().words
    asking().write("Why", "It is of somebody else.").press("Ask for it")
    lines = redaction.of_council(desk.office, desk.actor("boss"), desk.council)
    assert lines == (), "out of which has to be chosen"
    screen = asking().pick("Out of which", "everywhere")
    screen.write("Why", "It is of somebody else.").press("Ask for it")
    lines = redaction.of_council(desk.office, desk.actor("records"), desk.council)
    assert {one.entry.what.name for one in lines} == {reference, second.alert.reference}
    number = str(lines[0].entry.number)
    query = {"act": "carry_out", "of": number}
    assert (
        "It stands in the same words in LAM"
        in open_screen(desk, "records", "records", monkeypatch, **query).words
    )


def test_of_what_says_which_child_it_is_asked_whose_it_is(desk: Desk, monkeypatch: Patch) -> None:
    found = desk.raised("stage-1")
    query = {"act": "take_out", "reference": found.alert.reference}
    screen = open_screen(desk, "boss", "records", monkeypatch, **query)
    screen = screen.pick("What is to go", "1:answers.case_number")
    assert "They stay shut out without it" in screen.words
    screen = screen.pick("Whose it is", "another").write("Why", "It is another’s.")
    screen.press("Ask for it")
    (line,) = redaction.of_council(desk.office, desk.actor("records"), desk.council)
    assert [one.another for one in line.entry.what.taken] == [True]
    query = {"act": "carry_out", "of": str(line.entry.number)}
    words = open_screen(desk, "records", "records", monkeypatch, **query).words
    assert "Make sure of it" in words
