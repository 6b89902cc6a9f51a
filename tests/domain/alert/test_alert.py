"""An alert is what happened to it, at any moment."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from practice_alerts.domain.alert.alert import as_it_stood, fold
from practice_alerts.domain.alert.events import Happened, read_event, written
from tests.helpers.alerts.alert_for_log import STORY, happened
from tests.helpers.days import moment

EVENTS = happened(*STORY)


def test_the_story_is_as_long_as_its_events() -> None:
    alert = fold(EVENTS)
    assert alert.version == len(EVENTS)
    assert [run.stage for run in alert.runs] == ["stage-1", "stage-2"]


@given(some.integers(min_value=1, max_value=len(EVENTS)))
def test_the_past_can_be_asked_for(number: int) -> None:
    """As it stood at an event's moment is the fold of all events up to that moment."""
    at = EVENTS[number - 1].at
    upto = [event for event in EVENTS if event.at <= at]
    assert as_it_stood(fold(EVENTS), at) == fold(upto)


def test_before_it_was_raised_there_was_nothing() -> None:
    assert as_it_stood(fold(EVENTS), moment("Mon 2020-06-01 09:00")) is None


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
def test_every_event_is_read_back_as_it_was_written(event: Happened) -> None:
    assert event.what is not None
    assert read_event(event.kind, written(event.what)) == event.what


def test_an_alert_begins_by_being_raised() -> None:
    with pytest.raises(ValueError, match="begins by being raised"):
        fold(EVENTS[1:])


def test_a_destroyed_payload_is_said_and_not_guessed() -> None:
    gone = [Happened(e.number, e.at, e.by, e.kind, None) for e in EVENTS]
    with pytest.raises(ValueError, match="no payload"):
        fold(gone)


def test_an_unknown_kind_of_event_is_a_fault_and_not_skipped() -> None:
    with pytest.raises(ValueError, match="kind"):
        read_event("abolished", {})
