"""`practice-alerts due` on the command line; how dates are counted is tested with the domain."""

import sqlite3
from pathlib import Path

import pytest

from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.engines.address import sqlite_url
from tests.helpers.product.run_command import give, read, refused, said


def test_four_working_days_go_over_the_weekend() -> None:
    first, second = said("due", "4 working days", "--from", "2025-06-05").splitlines()
    assert first == "Wednesday 11 June 2025"
    assert second == "4 working days from Thursday 5 June 2025"


def test_the_receipt_has_a_line_for_each_day() -> None:
    printed = said("due", "4 working days", "--from", "2025-06-05", "--receipt").splitlines()
    assert printed[3:9] == [
        "Friday 6 June 2025: day 1",
        "Saturday 7 June 2025: not counted, Saturday",
        "Sunday 8 June 2025: not counted, Sunday",
        "Monday 9 June 2025: day 2",
        "Tuesday 10 June 2025: day 3",
        "Wednesday 11 June 2025: day 4",
    ]
    assert printed[-1].startswith("Calendar: holidays ")


def test_counting_back_the_day_before_the_review_is_day_one() -> None:
    printed = said("due", "5 working days before", "--from", "2025-06-05").splitlines()
    assert printed == ["Thursday 29 May 2025", "5 working days before Thursday 5 June 2025"]


def test_a_time_without_a_zone_is_london_s_and_that_is_said() -> None:
    printed = said("due", "72 hours", "--from", "2025-06-06T16:45").splitlines()
    assert printed[0] == "16:45 on Monday 9 June 2025 (London time)"
    assert printed[1] == "72 hours from 16:45 on Friday 6 June 2025 (London time)"


def test_a_time_with_another_zone_is_turned_into_london_s() -> None:
    found = read("due", "24 hours", "--from", "2025-06-06T15:45+00:00")
    assert found["from"] == "2025-06-06T16:45:00+01:00"
    assert found["due"] == "2025-06-07T16:45:00+01:00"


def test_hours_over_a_change_of_clocks_say_so() -> None:
    printed = said("due", "72 hours", "--from", "2025-03-28T16:45", "--receipt")
    assert "the hour hand stands 60 minutes later" in printed


def test_of_the_hour_that_comes_twice_the_first_is_taken_and_named() -> None:
    printed = said("due", "1 hour", "--from", "2025-10-26T01:30").splitlines()
    assert printed[1] == (
        "1 hour from 01:30 on Sunday 26 October 2025 (London time, the first of the two)"
    )
    assert printed[0].endswith("(London time, the second of the two)")


def test_a_time_that_the_change_of_clocks_left_out_is_refused() -> None:
    result = give("due", "1 hour", "--from", "2025-03-30T01:30")
    assert result.exit_code == 2
    assert "left out when the clocks went forward" in result.stderr


def test_days_of_an_unstated_unit_show_both_readings() -> None:
    printed = said("due", "5 days (unit not stated)", "--from", "2025-06-05")
    assert printed.startswith("Tuesday 10 June 2025\n")
    assert "The other reading ends on Thursday 12 June 2025; work to the earlier." in printed


def test_a_week_that_ends_on_a_bank_holiday_is_left_there_and_flagged() -> None:
    printed = said("due", "1 week", "--from", "2025-08-18")
    assert "Nobody works on that day (Summer bank holiday). The date stays where it is." in printed


def test_an_aim_says_that_it_is_one() -> None:
    assert "to miss it is not to be overdue" in said(
        "due", "aim 5 working days", "--from", "2025-06-05"
    )


@pytest.mark.parametrize("clock", ["immediately", "by agreement", "not stated"])
def test_a_clock_without_an_amount_gets_no_date(clock: str) -> None:
    assert "o date" in said("due", clock, "--from", "2025-06-05")
    assert read("due", clock, "--from", "2025-06-05")["due"] is None


def test_a_program_reads_the_date_and_its_receipt() -> None:
    found = read("due", "2 working days", "--from", "2025-04-17", "--receipt")
    assert (found["clock"], found["from"]) == ("2 working days", "2025-04-17")
    assert found["due"] == "2025-04-23"
    skipped = [day["skipped_because"] for day in found["receipt"]["days"]]
    assert skipped == ["Good Friday", "Saturday", "Sunday", "Easter Monday", None, None]
    assert "receipt" not in read("due", "2 working days", "--from", "2025-04-17")


def test_a_council_s_closures_are_skipped_as_well(tmp_path: Path) -> None:
    data = tmp_path / "data"
    database = Database(sqlite_url(data))
    database.migrate()
    database.close()
    with sqlite3.connect(data / "practice-alerts.db") as rows:
        rows.execute(
            "INSERT INTO closures (council, day, reason, is_late)"
            " VALUES ('lambeth', '2025-06-06', 'moving house', false)"
        )
    rows.close()
    asked = ("due", "1 working day", "--from", "2025-06-05")
    assert said(*asked).startswith("Friday 6 June")
    printed = said(*asked, "--council", "lambeth", "--receipt")
    assert printed.startswith("Monday 9 June")
    assert "Friday 6 June 2025: not counted, closed: moving house" in printed
    assert "Days on which lambeth is closed: 1 known here." in printed
    assert said(*asked, "--council", "merton").startswith("Friday 6 June")


def test_asking_for_closures_makes_no_database(tmp_path: Path) -> None:
    printed = said("due", "1 working day", "--from", "2025-06-05", "--council", "lambeth")
    assert "Days on which lambeth is closed: none known here." in printed
    assert not (tmp_path / "data").exists()


def test_a_phrase_that_is_no_clock_is_told_what_is() -> None:
    sentence = refused("due", "soon", "--from", "2025-06-05")
    assert sentence.startswith('"soon" is not a clock. Write it as one of: 4 working days;')


def test_hours_from_a_date_alone_ask_for_the_time() -> None:
    assert "Give the time on Thursday 5 June 2025" in refused(
        "due", "72 hours", "--from", "2025-06-05"
    )


def test_a_date_past_the_calendar_is_refused_and_not_guessed() -> None:
    assert "known only up to" in refused("due", "1 week", "--from", "2040-01-01")


def test_a_council_that_is_misspelt_is_named_properly() -> None:
    sentence = refused("due", "1 week", "--from", "2025-06-05", "--council", "lambet")
    assert "did you mean lambeth?" in sentence


@pytest.mark.parametrize("text", ["yesterday", "2025-02-30", "5 June", ""])
def test_what_is_no_date_is_told_how_to_write_one(text: str) -> None:
    result = give("due", "1 week", "--from", text)
    assert result.exit_code == 2
    assert "Write it as 5 June 2025" in result.stderr
