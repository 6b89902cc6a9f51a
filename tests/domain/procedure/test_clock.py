"""Clock phrases are read as people say them, and written back the same."""

import contextlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from practice_alerts.domain.errors import Expected, NotAClock
from practice_alerts.domain.procedure.clock import (
    MOST,
    Clock,
    ClockField,
    Direction,
    Span,
    Strength,
    Unit,
    Untimed,
    in_words,
    parse_clock,
)

PHRASES: dict[str, Clock] = {
    "4 working days": Span(4, Unit.WORKING_DAYS),
    "1 working day": Span(1, Unit.WORKING_DAYS),
    "72 hours": Span(72, Unit.HOURS),
    "1 week": Span(1, Unit.WEEKS),
    "7 calendar days": Span(7, Unit.DAYS),
    "aim 5 working days": Span(5, Unit.WORKING_DAYS, Strength.AIM),
    "at most 20 working days": Span(20, Unit.WORKING_DAYS, Strength.MAXIMUM),
    "5 working days before": Span(5, Unit.WORKING_DAYS, direction=Direction.BEFORE),
    "5 days (unit not stated)": Span(5, Unit.DAYS_UNIT_NOT_STATED),
    "5 days before (unit not stated)": Span(
        5, Unit.DAYS_UNIT_NOT_STATED, direction=Direction.BEFORE
    ),
    "immediately": Untimed.IMMEDIATELY,
    "by agreement": Untimed.BY_AGREEMENT,
    "not stated": Untimed.NOT_STATED,
}

NOT_CLOCKS = [
    "",
    "soon",
    "4",
    "days",
    "0 working days",
    "-4 working days",
    "04 working days",
    "4.5 hours",
    "1000 days",
    "four working days",
    "٤ working days",
    "4 working days 4 hours",
    "aim",
    "aim not stated",
    "at most 5 working days before",
    "3 hours (unit not stated)",
    "5 working days (unit not stated)",
    "5 calendar days (unit not stated)",
    "5 days (unit not stated) before",
    "{4} working days",
    "4 working days\x00",
]


def spans() -> st.SearchStrategy[Span]:
    everything = st.builds(
        Span,
        st.integers(1, MOST),
        st.sampled_from(Unit),
        st.sampled_from([Strength.DEADLINE, Strength.AIM]),
        st.sampled_from(Direction),
    )
    at_most = st.builds(
        Span, st.integers(1, MOST), st.sampled_from(Unit), st.just(Strength.MAXIMUM)
    )
    return everything | at_most


@pytest.mark.parametrize(("phrase", "clock"), PHRASES.items())
def test_a_phrase_of_the_procedures_is_read(phrase: str, clock: Clock) -> None:
    assert parse_clock(phrase) == clock
    assert in_words(clock) == phrase


@given(spans() | st.sampled_from(Untimed))
def test_every_clock_is_read_back_from_its_own_words(clock: Clock) -> None:
    assert parse_clock(in_words(clock)) == clock


@given(st.text())
def test_no_text_is_refused_but_as_no_clock(text: str) -> None:
    clock: Clock | None = None
    with contextlib.suppress(NotAClock):
        clock = parse_clock(text)
    assert clock is None or parse_clock(in_words(clock)) == clock


def test_capitals_extra_spaces_and_calendar_days_are_understood() -> None:
    assert parse_clock("  Aim  5 Working\tDays ") == Span(5, Unit.WORKING_DAYS, Strength.AIM)
    assert parse_clock("7 calendar days") == Span(7, Unit.DAYS)
    assert parse_clock("1 weeks") == Span(1, Unit.WEEKS)


@pytest.mark.parametrize("text", NOT_CLOCKS)
def test_what_is_no_clock_is_refused(text: str) -> None:
    with pytest.raises(NotAClock) as caught:
        parse_clock(text)
    assert caught.value.text == text
    assert isinstance(caught.value, Expected)


def test_every_phrase_that_the_refusal_offers_is_accepted() -> None:
    offered = str(NotAClock("soon")).split("one of: ")[1].split(". Numbers")[0].split("; ")
    assert len(offered) == 12
    assert [in_words(parse_clock(phrase)) for phrase in offered] == offered


def test_a_megabyte_in_place_of_a_clock_is_refused_in_one_short_sentence() -> None:
    error = NotAClock("x" * 1_000_000)
    assert len(str(error)) < 400
    assert len(error.text) == 1_000_000


@pytest.mark.parametrize("amount", [0, -1, MOST + 1])
def test_a_span_of_no_or_endless_time_cannot_be_made(amount: int) -> None:
    with pytest.raises(ValueError, match="1 to 999"):
        Span(amount, Unit.HOURS)


def test_a_maximum_cannot_count_back() -> None:
    with pytest.raises(ValueError, match="count back"):
        Span(5, Unit.DAYS, Strength.MAXIMUM, Direction.BEFORE)


class Step(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    within: ClockField


@given(spans() | st.sampled_from(Untimed))
def test_a_model_keeps_a_clock_and_writes_it_as_its_phrase(clock: Clock) -> None:
    step = Step(within=clock)
    assert step.within == clock
    assert json.loads(step.model_dump_json()) == {"within": in_words(clock)}
    assert Step.model_validate_json(step.model_dump_json()) == step


@pytest.mark.parametrize("value", ["soon", 4, None, ["4 working days"], "{sentence}"])
def test_a_model_refuses_what_is_no_clock_in_the_same_words(value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Step.model_validate({"within": value})
    (fault,) = caught.value.errors()
    assert fault["loc"] == ("within",)
    assert fault["msg"] == str(NotAClock(value if isinstance(value, str) else repr(value)))


def test_the_json_schema_lets_an_editor_check_a_clock() -> None:
    schema = Step.model_json_schema()["properties"]["within"]
    assert schema["type"] == "string"
    assert all(re.search(schema["pattern"], phrase) for phrase in [*PHRASES, *schema["examples"]])
    assert not any(re.search(schema["pattern"], text) for text in ["soon", "4", "0 hours"])
