"""A closure put down after the day, or shortly before it, makes nothing that is late be in time.

Both dates stand, marks and figures go by the earlier, and it counts once a second person has confirmed it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import answer
from practice_alerts.casework.calendar import closures
from practice_alerts.casework.calendar.closures import Closing, PutDown
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.jobs.sync_log import catch_up
from practice_alerts.casework.proof import audit_chain
from practice_alerts.domain.alert.events import ClosedLate, Redated
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.due_date import Beside
from practice_alerts.domain.deadlines.working_days import SHORT_NOTICE
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours
from practice_alerts.domain.errors import BadAnswers, NotPossible
from practice_alerts.domain.standing.standings import Standing
from practice_alerts.domain.wording.clock_lines import clock_lines
from tests.helpers.alerts import act_answers
from tests.helpers.days import day, moment
from tests.helpers.product.office import LONG_AGO, Desk, open_desk
from tests.helpers.stories.generated_alert import raised_at

COUNCILS = {"lambeth": ("practice_alert", "iro"), "unnamed-2015": ("concern", "iro")}
"""Of each the kind of alert, and who raises it. At Stage 1 the one gives 4 working days, the other 10."""


@pytest.fixture(params=sorted(COUNCILS))
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """With two administrators at each council."""
    opened = open_desk(tmp_path / "data", council=request.param)
    second = DirectoryPerson("admin_b", "Second Admin", "b@practice.invalid")
    with opened.office.database.writing() as tx:
        posts = [(opened.council, "administrator", "")]
        directory.add_person(tx, second, posts, LONG_AGO)
    yield opened
    opened.office.database.close()


def close(desk: Desk, when: str, reason: str = "Snow", by: str = "admin") -> PutDown:
    closing = Closing(day(when), None, reason)
    return closures.close(desk.office, desk.actor(by), desk.council, closing)


def confirm(desk: Desk, when: str, by: str = "admin_b") -> tuple[date, ...]:
    return closures.confirm(desk.office, desk.actor(by), desk.council, day(when))


def sent(desk: Desk) -> Known:
    return raised_at(desk, COUNCILS[desk.council][0], "stage-1")


def again(desk: Desk, found: Known) -> Known:
    with desk.office.database.reading() as tx:
        return load(desk.office, tx, found.id)


def answered(desk: Desk, found: Known) -> Known:
    who, said = found.run.sent.asked[0].id, act_answers.reply("It is done.", "other")
    return answer.answer(desk.office, found.id, said, desk.doing(who, found))


def logged(desk: Desk) -> tuple[str, str, int | None]:
    """What the alert log has of the first stage: due on, in time, working days to answer."""
    catch_up(desk.office)
    sql = "select due_on, answered_in_time, working_days_to_answer from stages"
    with closing(sqlite3.connect(desk.office.log.files()[desk.council])) as connection:
        rows: list[tuple[str, str, int | None]] = connection.execute(sql).fetchall()
    return rows[0]


@dataclass(frozen=True)
class Told:
    """One date, or two of which the earlier counts; and how the alert stands on three ways to go on."""

    due: str
    beside: str | None
    late_on: str
    """Nobody has answered: on that day it is late, and on the one before it is not."""
    in_time: str
    """What the log says of an answer on the last day but for the closure, plus one working day."""


@dataclass(frozen=True)
class Row:
    council: str
    put_down: str
    closed: str
    told: Told


LAMBETH = ("Fri 2025-06-06", "Mon 2025-06-09", "Sat 2025-06-07", "no")
UNNAMED = ("Mon 2025-06-16", "Tue 2025-06-17", "Tue 2025-06-17", "no")
THURSDAY, TUESDAY = "Thu 2025-06-05", "Tue 2025-06-10"
ROWS = {
    "well ahead": (
        Row("lambeth", "Thu 2025-05-29", THURSDAY, Told(LAMBETH[1], None, "Tue 2025-06-10", "yes")),
        Row(
            "unnamed-2015",
            "Mon 2025-06-02 12:00",
            TUESDAY,
            Told(UNNAMED[1], None, "Wed 2025-06-18", "yes"),
        ),
    ),
    "shortly before": (
        Row("lambeth", "Wed 2025-06-04", THURSDAY, Told(*LAMBETH)),
        Row("unnamed-2015", "Wed 2025-06-04", TUESDAY, Told(*UNNAMED)),
    ),
    "after the day": (
        Row("lambeth", "Fri 2025-06-06", THURSDAY, Told(*LAMBETH)),
        Row("unnamed-2015", "Wed 2025-06-11", TUESDAY, Told(*UNNAMED)),
    ),
    "after the date passed": (
        Row("lambeth", "Mon 2025-06-09 16:00", THURSDAY, Told(*LAMBETH)),
        Row("unnamed-2015", "Wed 2025-06-18", TUESDAY, Told(*UNNAMED)),
    ),
}
CELLS = [
    pytest.param(row.council, row, id=f"{row.council}, {name}")
    for name, rows in ROWS.items()
    for row in rows
]
ANSWERED_ON = {"lambeth": "Mon 2025-06-09 09:00", "unnamed-2015": "Tue 2025-06-17 09:00"}
"""A working day after the date that follows without the closure."""
SENT = "Mon 2025-06-02 09:00"


IN_TIME = "Tue 2025-06-03 09:00"


def play(desk: Desk, row: Row, answered_on: str = "") -> Known:
    """The alert is sent, the closure put down and confirmed, and perhaps an answer given: each at its time."""
    what = {
        SENT: "sent",
        row.put_down: "closed",
        **({answered_on: "answered"} if answered_on else {}),
    }
    found: Known | None = None
    for when in sorted(what, key=lambda one: moment(one if ":" in one else f"{one} 09:00")):
        desk.at(when)
        if what[when] == "sent":
            found = sent(desk)
        elif what[when] == "answered" and found is not None:
            found = answered(desk, again(desk, found))
        elif made := close(desk, row.closed).waiting:
            assert confirm(desk, row.closed) == made
    assert found is not None
    return again(desk, found)


@pytest.mark.parametrize(("desk", "row"), CELLS, indirect=["desk"])
def test_both_dates_stand_and_the_earlier_counts(desk: Desk, row: Row) -> None:
    """Nobody answers: open and not yet late, then late; whenever the closure was put down."""
    told, found = row.told, play(desk, row)
    clock = desk.see("iro", found).clocks.first
    assert clock is not None
    assert clock.day == day(told.due)
    assert clock.beside == (
        Beside(day(told.beside), ((day(row.closed), "Snow"),)) if told.beside else None
    )
    late = day(told.late_on)
    desk.at(f"{late - timedelta(days=1):%a %Y-%m-%d} 23:00")
    assert desk.stands(found) is Standing.WAITING
    desk.at(f"{late:%a %Y-%m-%d} 01:00")
    assert desk.stands(found) is Standing.NO_ANSWER


@pytest.mark.parametrize(("desk", "row"), CELLS, indirect=["desk"])
@pytest.mark.parametrize("answered_on", ["in time", "one day after"])
def test_an_answer_that_was_late_stays_late_in_the_figures(
    desk: Desk, row: Row, answered_on: str
) -> None:
    in_time = answered_on == "in time"
    play(desk, row, IN_TIME if in_time else ANSWERED_ON[desk.council])
    due_on, said, days = logged(desk)
    told = row.told
    assert (due_on, said) == (day(told.due).isoformat(), "yes" if in_time else told.in_time)
    passed = {"lambeth": 5, "unnamed-2015": 11}[desk.council] - (told.beside is None)
    assert days == (1 if in_time else passed)


@pytest.mark.parametrize(("desk", "row"), CELLS, indirect=["desk"])
def test_the_record_and_those_concerned_are_told_of_both_dates(desk: Desk, row: Row) -> None:
    found = play(desk, row)
    redated = [what for _, what in found.alert.beside if isinstance(what, Redated)]
    line = desk.see("iro", found).history[-1]
    lines = dict(
        clock_lines(
            desk.see("iro", found).clocks, desk.office.now(), desk.office.calendar(desk.council)
        )
    )
    if row.told.beside is None:
        assert all(one.moved and not one.beside for one in redated)
        assert not any("beside it" in label for label in lines)
        return
    (event,) = redated
    assert [(one.clock, one.was, one.now) for one in event.beside] == [
        ("answer", day(row.told.due), day(row.told.beside))
    ]
    assert event.closed == (ClosedLate(day=day(row.closed), reason="Snow"),)
    assert line.what == "A day was put down as closed too late to move a date: both dates stand"
    assert line.who == "Second Admin"
    for said in (line.said, lines["Answer due"] + lines["Answer due, beside it"]):
        for one in (row.told.due, row.told.beside, row.closed):
            assert in_full(day(one)) in said
    asked = {one.id for one in found.run.sent.asked}
    assert {who for who, notice, _ in desk.mails() if notice == "closed_late"} == {*asked, "iro"}
    assert audit_chain.prove(desk.office).holds


@pytest.mark.parametrize(("desk", "row"), CELLS, indirect=["desk"])
def test_until_it_is_confirmed_nothing_follows_from_it(desk: Desk, row: Row) -> None:
    if row.told.beside is None:
        assert close(desk.at(row.put_down), row.closed) == PutDown((day(row.closed),), ())
        with pytest.raises(NotPossible, match="waits to be confirmed"):
            confirm(desk, row.closed)
        return
    found = sent(desk.at(SENT))
    before = desk.office.calendar(desk.council)
    assert close(desk.at(row.put_down), row.closed) == PutDown((), (day(row.closed),))
    assert desk.office.calendar(desk.council) == before
    assert again(desk, found).alert.version == found.alert.version
    with pytest.raises(NotPossible, match="another administrator has to confirm it"):
        confirm(desk, row.closed, by="admin")
    with pytest.raises(BadAnswers, match="waits for somebody to confirm it"):
        close(desk, row.closed, by="admin_b")
    assert desk.office.calendar(desk.council) == before
    assert confirm(desk, row.closed) == (day(row.closed),)
    (kept,) = closures.closures(desk.office, desk.actor("admin"), desk.council).every
    assert (kept.entered_by, kept.confirmed_by) == ("admin", "admin_b")
    assert (kept.entered_at, kept.confirmed_at) == (desk.office.now(), desk.office.now())
    with pytest.raises(NotPossible, match="waits to be confirmed"):
        confirm(desk, row.closed)


def test_a_clock_that_starts_once_it_is_confirmed_leaves_the_day_out(desk: Desk) -> None:
    close(desk.at("Mon 2025-06-02 09:00"), THURSDAY)
    confirm(desk.at("Mon 2025-06-02 10:00"), THURSDAY)
    earlier = sent(desk.at("Mon 2025-06-02 09:59"))
    later = sent(desk.at("Mon 2025-06-02 10:00"))
    desk.at("Mon 2025-06-02 11:00")
    one, two = (desk.see("iro", found).clocks.first for found in (earlier, later))
    assert one is not None
    assert two is not None
    assert one.beside is not None
    assert (one.beside.day, two.day, two.beside) == (two.day, one.beside.day, None)


def test_days_put_down_together_are_confirmed_together_and_only_the_late_ones_wait(
    desk: Desk,
) -> None:
    closing = Closing(day("Thu 2025-06-05"), day("Tue 2025-06-10"), "Flood")
    made = closures.close(desk.office, desk.actor("admin"), desk.council, closing)
    late = (day("Thu 2025-06-05"), day("Fri 2025-06-06"))
    assert made == PutDown((day("Mon 2025-06-09"), day("Tue 2025-06-10")), late)
    close(desk, "Wed 2025-06-04", by="admin_b")
    assert confirm(desk, "Fri 2025-06-06") == late
    assert set(desk.office.calendar(desk.council).late) == set(late)


def told(desk: Desk) -> set[str]:
    """Who was told that a closure waits, each once."""
    readers = [to for to, notice, _ in desk.mails() if notice == "closure_waits"]
    assert len(readers) == len({*readers})
    return {*readers}


def test_the_other_administrators_are_told_that_one_waits(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        elsewhere = DirectoryPerson("admin_far", "Far Admin", "far@practice.invalid")
        directory.add_person(tx, elsewhere, [("merton", "administrator", "")], LONG_AGO)
    close(desk, "Tue 2025-06-10")
    assert told(desk) == set(), "in time, and waits for nobody"
    closing = Closing(day("Thu 2025-06-05"), day("Fri 2025-06-06"), "Snow")
    closures.close(desk.office, desk.actor("admin"), desk.council, closing)
    assert told(desk) == {"admin_b"}


def test_of_what_the_command_line_put_down_late_every_administrator_is_told(desk: Desk) -> None:
    closures.close(desk.office, COMMAND_LINE, desk.council, Closing(day(THURSDAY), None, "Snow"))
    assert told(desk) == {"admin", "admin_b"}


def test_what_the_command_line_put_down_an_administrator_confirms_and_never_the_command_line(
    desk: Desk,
) -> None:
    closing = Closing(day(THURSDAY), None, "Snow")
    closures.close(desk.office, COMMAND_LINE, desk.council, closing)
    with pytest.raises(NotPossible, match="A person has to confirm it"):
        closures.confirm(desk.office, COMMAND_LINE, desk.council, day(THURSDAY))
    assert confirm(desk, THURSDAY, by="admin") == (day(THURSDAY),)


@pytest.mark.parametrize("who", ["boss", "qa", "iro"])
def test_nobody_else_confirms_and_no_administrator_of_another_council(desk: Desk, who: str) -> None:
    close(desk, THURSDAY)
    with pytest.raises(NotYours):
        confirm(desk, THURSDAY, by=who)
    with pytest.raises(NotYours):
        closures.confirm(desk.office, desk.actor("admin_b"), "merton", day(THURSDAY))
    assert desk.office.calendar(desk.council).late == {}


def test_once_it_is_taken_back_one_date_stands_and_both_are_still_on_record(desk: Desk) -> None:
    found = sent(desk.at(SENT))
    close(desk.at("Wed 2025-06-04"), THURSDAY)
    confirm(desk, THURSDAY)
    closures.reopen(desk.office, desk.actor("admin"), desk.council, day(THURSDAY))
    clock = desk.see("iro", found).clocks.first
    assert clock is not None
    assert clock.beside is None
    said = [line.what for line in desk.see("iro", found).history[-2:]]
    assert said == [
        "A day was put down as closed too late to move a date: both dates stand",
        "The closure of a day, put down late, was taken back: one date stands",
    ]
    assert audit_chain.prove(desk.office).holds


def test_short_notice_is_counted_in_working_days(desk: Desk) -> None:
    """From Monday 2 June: 6 June is the fourth working day ahead, 9 June the fifth."""
    assert SHORT_NOTICE == 5
    assert close(desk, "Fri 2025-06-06").waiting == (day("Fri 2025-06-06"),)
    assert close(desk, "Mon 2025-06-09").closed == (day("Mon 2025-06-09"),)
