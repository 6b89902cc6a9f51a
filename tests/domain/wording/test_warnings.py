"""What a forecast warns of before anything is raised."""

from practice_alerts.domain.deadlines.forecast import forecast
from practice_alerts.domain.wording.warnings import forecast_cautions
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day
from tests.helpers.files.real_councils import council, ladder_of

SENT = day("Mon 2025-03-03")


def warned(*clocks: str, time_limit: str = "20 working days") -> tuple[str, ...]:
    return forecast_cautions(
        forecast(ladder_of(*clocks, time_limit=time_limit), SENT, None, CALENDAR_2025)
    )


def test_nothing_is_said_where_all_is_well() -> None:
    assert warned("5 working days", "5 working days") == ()


def test_stages_that_do_not_fit_the_limit_are_named_with_how_much_is_missing() -> None:
    assert warned("15 working days", "6 working days") == (
        "The stages do not fit the time limit: they need 1 working day more than it gives.",
        "Stage 2 would end after the time limit. Leave the stages before it sooner.",
    )


def test_a_stage_reached_by_choice_alone_is_warned_of_as_a_choice() -> None:
    ladder = council("lambeth").procedure.main_ladder
    found = forecast(ladder, SENT, "stage-1", CALENDAR_2025)
    assert forecast_cautions(found) == (
        "Stage Six would end after the time limit, if somebody chooses to go there.",
    )


def test_where_no_day_can_be_known_it_says_which_stage_gives_no_time() -> None:
    (said,) = warned("5 working days", "not stated", "5 working days", time_limit="not stated")
    assert said.startswith("No day can be known from Stage 3 on")
    assert "the procedure gives no time for an answer at Stage 2" in said


def test_a_day_nobody_works_is_warned_of() -> None:
    assert warned("1 week", time_limit="not stated") == ()
    found = forecast(
        ladder_of("1 week", time_limit="not stated"), day("Fri 2025-04-11"), None, CALENDAR_2025
    )
    assert forecast_cautions(found) == (
        "The answer at Stage 1 falls due on a day nobody works (Good Friday).",
    )
