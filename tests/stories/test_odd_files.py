"""Unusual files at work: what is asked, told and late where a council writes what no council of ours does."""

from pathlib import Path

from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.domain.standing.standings import Standing
from practice_alerts.domain.wording.clock_lines import clock_lines
from tests.helpers.alerts.filled_forms import filled
from tests.helpers.product.office import Desk
from tests.helpers.stories.odd_councils import open_odd, raised


def mails(desk: Desk) -> dict[str, str]:
    """The text of the last e-mail to each."""
    return {who: " ".join(text.split()) for who, _, text in desk.mails()}


def test_a_kind_that_climbs_and_goes_to_somebody_sends_them_a_copy(tmp_path: Path) -> None:
    desk = open_odd("notices", tmp_path, "Mon 2026-06-01 09:00")
    found, who = raised(desk, "concern", "notice")
    told = {person: text for person, text in mails(desk).items() if person.startswith("board")}
    assert set(told) == {"board_a", "board_b"}
    for text in told.values():
        assert "Concern NOT-2026-0001 has been sent at Notice." in text
        assert "Nothing is asked of you." in text
    assert desk.see("board_a", found).offers == ()
    (line, *_) = desk.see(who, found).history
    assert line.what == "Raised the alert. Sent to: the Board Office"


def test_a_kind_without_a_ladder_is_no_praise_unless_it_is_called_so(tmp_path: Path) -> None:
    desk = open_odd("notices", tmp_path, "Mon 2026-06-01 09:00")
    form = desk.office.form(desk.office.council("notices"), "concern")
    answers = {**filled(form), "raised_as": "looked_after"}
    raise_alert(desk.office, Raising("notices", "lodged", answers), desk.doing("iro_a"))
    told = mails(desk)
    assert set(told) == {"board_a", "board_b", "team_manager_a"}
    assert all(text.startswith("Notice NOT-2026-0001: for you to read") for text in told.values())


def test_a_total_that_is_an_aim_is_never_late_and_limits_nothing(tmp_path: Path) -> None:
    desk = open_odd("aims", tmp_path, "Mon 2026-06-01 09:00")
    found, who = raised(desk, "concern", "one")
    desk.at("Mon 2026-07-20")
    remind(desk.office)
    seen = desk.see(who, found)
    assert seen.where.standing is Standing.WAITING
    assert not seen.where.time_limit_passed
    assert seen.warnings == ()
    assert (seen.clocks.time_limit, seen.clocks.escalate_by, seen.clocks.days_to_spare) == (
        None,
    ) * 3
    lines = dict(clock_lines(seen.clocks, desk.office.now(), desk.office.calendar("aims")))
    assert lines["Aim for the whole"] == "Monday 29 June 2026 (passed 15 working days ago)"
    assert not any("limit" in text for text in mails(desk).values())
