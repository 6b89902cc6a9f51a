"""Working out dates for anybody who asks: no case, no session, and nothing written down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.domain.dates import DayOrMoment, as_answer, london_date, why_no_day
from practice_alerts.domain.deadlines.due_date import Due, due_of
from practice_alerts.domain.deadlines.forecast import Forecast, forecast
from practice_alerts.domain.deadlines.typed_dates import read_when
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.errors import (
    BadAnswers,
    BeforeCalendar,
    BeyondCalendar,
    Expected,
    LeftOutHour,
    NeedsATime,
    NotADate,
)
from practice_alerts.domain.files.lookup import ladder_named, must_be_council, stage_named
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.procedure.clock import Clock, parse_clock
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.text import capital
from practice_alerts.office import Office

_T = TypeVar("_T")
_FIELDS = ("clock", "from", "time", "council", "stage")
"""Where a fault may lie, in the order in which a person meets them."""


@dataclass(frozen=True)
class DateQuestion:
    """What is asked, as it was typed. A stage stands for its own clock."""

    clock: str = ""
    start: str = ""
    time: str = ""
    """16:45, where the start is a date alone."""
    council: str = ""
    stage: str = ""
    ladder: str = ""
    """The main one where none is named."""


@dataclass(frozen=True)
class At:
    """A stage of a council's ladder, and what follows if nobody answers from it on."""

    ladder_id: str
    ladder: Ladder
    stage: Stage
    ahead: Forecast


@dataclass(frozen=True)
class Worked:
    """`due` is None for a clock without an amount."""

    clock: Clock
    start: DayOrMoment
    due: Due | None
    files: CouncilFiles | None
    at: At | None
    calendar: Calendar


def work_out(office: Office, asked: DateQuestion) -> Worked:
    """Raises BadAnswers: a sentence for each field (clock, from, time, council, stage) to mend."""
    reading = _Parsed(office, asked, {})
    files = reading.council()
    named = reading.stage(files)
    clock = reading.clock(named)
    start = reading.start()
    if reading.faults or clock is None or start is None:
        in_order = (name for name in _FIELDS if name in reading.faults)
        raise BadAnswers({name: reading.faults[name] for name in in_order})
    calendar = office.calendar(files.id) if files else england(today=office.today)
    try:
        calendar.must_know(london_date(start))
        due, at = due_of(clock, start, calendar), None
        if named is not None:
            at = At(*named, forecast(named[1], start, named[2].id, calendar))
        return Worked(clock, start, due, files, at, calendar)
    except (BeyondCalendar, BeforeCalendar) as error:
        raise BadAnswers({"from": str(error)}) from error
    except NeedsATime as error:
        raise BadAnswers({"time": str(error)}) from error


_Named = tuple[str, Ladder, Stage]


def _started(typed: str) -> DayOrMoment:
    """In the words of every other field for a day."""
    try:
        return read_when(typed)
    except NotADate:
        raise Expected(capital(why_no_day(typed))) from None


@dataclass(frozen=True)
class _Parsed:
    """Reads the fields one by one; what cannot be read leaves its sentence in `faults`."""

    office: Office
    asked: DateQuestion
    faults: Faults

    def council(self) -> CouncilFiles | None:
        name = self.asked.council.strip()
        if not name:
            return None
        known: Mapping[str, CouncilFiles] = self.office.councils
        self._try("council", lambda: must_be_council(name, known))
        return known.get(name)

    def stage(self, files: CouncilFiles | None) -> _Named | None:
        name = self.asked.stage.strip()
        if not name or "council" in self.faults:
            return None
        if files is None:
            self.faults["council"] = "Choose the council whose stage it is."
            return None
        found = self._try("stage", lambda: ladder_named(files.procedure, self.asked.ladder.strip()))
        return found and self._try("stage", lambda: (*found, stage_named(found[1], name)))

    def clock(self, named: _Named | None) -> Clock | None:
        if named is not None:
            return named[2].clock
        if self.asked.stage.strip():
            return None  # the stage's own fault has been said
        if not self.asked.clock.strip():
            self.faults["clock"] = "Write how long, such as 4 working days."
            return None
        return self._try("clock", lambda: parse_clock(self.asked.clock))

    def start(self) -> DayOrMoment | None:
        day, time = as_answer(self.asked.start.strip()), self.asked.time.strip()
        if not day:
            self.faults["from"] = "Give the date it is counted from."
            return None
        start = self._try("from", lambda: _started(day))
        if start is None or not time or isinstance(start, datetime):
            return start
        try:
            return read_when(f"{day}T{time}")
        except LeftOutHour as error:
            self.faults["time"] = str(error)
        except Expected:
            self.faults["time"] = "Write the time with hours and minutes, such as 16:45."
        return None

    def _try(self, field: str, read: Callable[[], _T]) -> _T | None:
        try:
            return read()
        except Expected as error:
            self.faults[field] = str(error)
            return None
