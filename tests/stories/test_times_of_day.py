"""What is due at an hour is told with the hour: in e-mails, on pages, in calendars and on paper."""

from datetime import UTC
from pathlib import Path

from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.casework.documents.render import sources
from practice_alerts.casework.jobs.digest import write_digests
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.domain.documents.alert_document import paper
from practice_alerts.domain.standing.status import asked_of_you
from practice_alerts.domain.wording.clock_lines import clock_lines
from tests.helpers.days import moment
from tests.helpers.product.office import Desk
from tests.helpers.stories.odd_councils import open_odd, raised


def last(desk: Desk, who: str) -> str:
    """The newest e-mail to them, in one line."""
    every = [f"{name} {text}" for whom, name, text in desk.mails() if whom == who]
    return " ".join(every[-1].split()) if every else ""


def everything(desk: Desk, who: str) -> str:
    return " ".join(" ".join(text.split()) for whom, _, text in desk.mails() if whom == who)


def test_hours_are_told_to_the_minute_wherever_they_are_told(tmp_path: Path) -> None:
    desk = open_odd("harbour", tmp_path, "Mon 2026-06-01 16:45")
    found, who = raised(desk, "urgent", "stage-1")
    due = "Tuesday 2 June 2026, 16:45"
    assert f"Please answer by {due}." in last(desk, "team_manager_a")
    seen = desk.see(who, found)
    assert f"due {due}" in seen.where.sentence
    lines = dict(clock_lines(seen.clocks, desk.office.now(), desk.office.calendar("harbour")))
    assert lines["Answer due"] == due
    told = asked_of_you(seen.where, "Fast A", seen.clocks, seen.known.ladder, "")
    assert told == f"Fast A: your answer is due {due}."
    printed = paper(seen.known.alert, sources(desk.office, seen.known), desk.office.today)
    assert printed["stages"][0]["due"] == due


def test_reminders_and_the_digest_tell_the_hour(tmp_path: Path) -> None:
    desk = open_odd("harbour", tmp_path, "Mon 2026-06-01 16:45")
    _, raiser = raised(desk, "urgent", "stage-1")
    desk.at("Tue 2026-06-02 08:00")
    remind(desk.office)
    write_digests(desk.office)
    assert "due today, Tuesday 2 June 2026, 16:45." in everything(desk, "team_manager_a")
    assert "Tuesday 2 June 2026, 16:45" in everything(desk, raiser)
    desk.at("Wed 2026-06-03 08:00")
    remind(desk.office)
    assert "was due on Tuesday 2 June 2026, 16:45, and no answer" in everything(
        desk, "team_manager_a"
    )


def test_a_calendar_has_the_moment_and_a_day_stays_a_day(tmp_path: Path) -> None:
    desk = open_odd("harbour", tmp_path, "Mon 2026-06-01 16:45")
    _, who = raised(desk, "urgent", "stage-1")
    address = calendar_feed.make(desk.office, "team_manager_a")
    file = calendar_feed.read(desk.office, address.rpartition("/")[2].removesuffix(".ics"))
    assert file is not None
    text = file.decode().replace("\r\n ", "")
    at = moment("Tue 2026-06-02 16:45").astimezone(UTC)
    assert f"DTSTART:{at:%Y%m%dT%H%M%SZ}" in text
    assert "your answer is due\\, 16:45" in text
    own = calendar_feed.make(desk.office, who)
    theirs = calendar_feed.read(desk.office, own.rpartition("/")[2].removesuffix(".ics"))
    assert theirs is not None
    assert b"DTSTART;VALUE=DATE:" in theirs  # the total, in working days


def test_a_total_in_hours_is_told_to_the_minute(tmp_path: Path) -> None:
    desk = open_odd("moorfield", tmp_path, "Mon 2026-06-01 09:30")
    found, who = raised(desk, "concern", "stage-1")
    seen = desk.see(who, found)
    lines = dict(clock_lines(seen.clocks, desk.office.now(), desk.office.calendar("moorfield")))
    assert lines["Time limit"].startswith("Monday 15 June 2026, 09:30")


def test_a_clock_in_days_is_told_without_an_hour(tmp_path: Path) -> None:
    desk = open_odd("harbour", tmp_path, "Mon 2026-06-01 16:45")
    raised(desk, "urgent", "stage-2")
    assert "Please answer by Wednesday 3 June 2026." in last(desk, "head_a")
