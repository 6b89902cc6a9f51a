"""The work tray: what is whose to do, in a sentence for the person who reads it."""

from practice_alerts.casework import seeing
from practice_alerts.casework.answering import answer
from practice_alerts.casework.judging import hold
from practice_alerts.casework.seeing import InTray, Tray
from tests.helpers import acts
from tests.helpers.days import day
from tests.helpers.desk import Desk


def _tray(desk: Desk, who: str) -> Tray:
    return seeing.tray(desk.office, desk.actor(who))


def _said(lines: tuple[InTray, ...]) -> list[str]:
    return [line.where.sentence for line in lines]


def test_whoever_is_asked_reads_what_is_theirs_to_do(desk: Desk) -> None:
    desk.at("Mon 2025-06-02").raised("stage-1")
    assert _said(_tray(desk, "manager").to_answer) == [
        "Stage One: your answer is due Friday 6 June 2025."
    ]
    late = _tray(desk.at("Mon 2025-06-09"), "manager")
    assert _said(late.to_answer) == [
        "Stage One: your answer was due Friday 6 June 2025. Please answer today."
    ]
    assert "Escalate" in _said(_tray(desk, "iro").needs_you)[0]


def test_once_answered_it_waits_on_whoever_raised_it(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    answer(desk.office, found.id, acts.reply("Done.", "done"), desk.doing("manager", found))
    tray = _tray(desk, "manager")
    assert tray.to_answer == ()
    assert _said(tray.waiting) == ["Stage One: answered. Whoever raised it decides now."]
    assert [line.row.reference for line in _tray(desk, "iro").needs_you] == [found.alert.reference]


def test_a_hold_stands_in_both_trays(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    promise = acts.promise(day("Mon 2025-06-30"), "Toni Sample")
    hold(desk.office, found.id, promise, desk.doing("iro", found))
    for who in ("iro", "manager"):
        assert len(_tray(desk, who).on_hold) == 1


def test_a_stranger_has_an_empty_tray_and_finds_nothing(desk: Desk) -> None:
    found = desk.raised("stage-1")
    assert _tray(desk, "other_iro").is_empty
    assert seeing.search(desk.office, desk.actor("other_iro"), found.alert.reference) == ()
    assert len(seeing.search(desk.office, desk.actor("iro"), "S-100001")) == 1


def test_what_is_due_first_stands_first(desk: Desk) -> None:
    later = desk.at("Wed 2025-06-04").raised("stage-1")
    earlier = desk.at("Mon 2025-06-02").raised("stage-1")
    references = [line.row.reference for line in _tray(desk, "iro").waiting]
    assert references == [earlier.alert.reference, later.alert.reference]
