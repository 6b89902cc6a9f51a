"""What the ladder of an unusual council promises is what happens to an alert left to silence: days, and who is asked."""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import pytest

from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.escalate import Climb, escalate, form_at
from practice_alerts.casework.acts.escalate import reached as reached_there
from practice_alerts.casework.acts.took_place import record_step
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.dates import LONDON, DayOrMoment, london_date
from practice_alerts.domain.deadlines.forecast import Forecast, StageForecast, forecast
from practice_alerts.domain.deadlines.stage_clocks import always_awaited, timed_in
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.wording.definitions import who_in_words
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import filled
from tests.helpers.days import moment
from tests.helpers.product.office import Desk
from tests.helpers.product.run_command import give
from tests.helpers.stories.odd_councils import (
    NAMES,
    chosen,
    open_odd,
    raised,
    ways_in,
    write_rooms,
)

STARTS = ("Mon 2026-06-01 09:00", "Thu 2026-05-21 16:30", "Tue 2026-12-22 11:00")
"""A quiet week; a weekend and a bank holiday ahead; Christmas ahead."""


@pytest.mark.parametrize("name", NAMES)
def test_it_passes_the_check_with_its_worked_case(tmp_path: Path, name: str) -> None:
    result = give("check", str(write_rooms(name, tmp_path)))
    assert result.exit_code == 0, result.output


CASES = [(name, *way) for name in NAMES for way in ways_in(name)]


@dataclass
class Silence:
    """One alert, followed on the days that the ladder foresees."""

    desk: Desk
    found: Known
    who: str
    ahead: Forecast

    @property
    def ladder(self) -> Ladder:
        assert self.found.ladder is not None
        return self.found.ladder

    @property
    def stage(self) -> Stage:
        return self.ladder.stage(self.found.run.stage)

    @property
    def foreseen(self) -> StageForecast:
        return self.ahead.stage(self.stage.id)

    def at(self, when: DayOrMoment) -> None:
        """On a day at the hour at which it was sent, and never back."""
        sent = self.found.alert.raised_at.astimezone(LONDON).time()
        there = when if isinstance(when, datetime) else datetime.combine(when, sent, tzinfo=LONDON)
        self.desk.clock[:] = [max(there, self.desk.clock[0])]

    def left_alone(self) -> None:
        """Each step on its last day, the answer on its own where something is counted from it."""
        while (following := self._next()) is not None:
            what, when = following
            self.at(when)
            done = self._answered() if what == "answered" else self._took_place(what)
            self.found = done

    def _next(self) -> tuple[str, DayOrMoment] | None:
        clocks = self.desk.see(self.who, self.found).clocks
        due = {
            one.step.id: one.due.by
            for one in clocks.awaited
            if one.step and one.due and one.step in always_awaited(self.stage)
        }
        starts = [name for one in timed_in(self.stage) for name in _starts(one)]
        is_counted_from = "answered" in starts or any(
            f"{self.stage.id}.answered" in _starts(one)
            for later in self.ladder.stages
            for one in timed_in(later)
        )
        if clocks.response and is_counted_from and not self.found.run.answers:
            due["answered"] = clocks.response.by
        return min(due.items(), key=lambda one: _as_moment(one[1]), default=None)

    def _took_place(self, step: str) -> Known:
        here = self.desk.clock[0].astimezone(LONDON)
        given = {"step": step, "took_place": "yes", "on": f"{here:%Y-%m-%d}", "at": f"{here:%H:%M}"}
        outcomes = next(one.outcomes for one in self.stage.steps if one.id == step)
        result = {"outcome": outcomes[-1]} if outcomes else {}
        doing = self.desk.doing(self.who, self.found)
        return record_step(self.desk.office, self.found.id, {**given, "text": "x", **result}, doing)

    def _answered(self) -> Known:
        asked = next((one.id for one in self.found.run.sent.asked if one.id), self.who)
        doing = self.desk.doing(asked, self.found)
        said = act_answers.reply("It is looked into.", "other")
        return answer(self.desk.office, self.found.id, said, doing)

    def goes_on(self, to: Stage) -> None:
        form = form_at(self.desk.office, self.found, to)
        climb = Climb(to.id, {**filled(form), "rationale": "Silence."})
        with self.desk.office.database.reading() as tx:
            who = reached_there(self.desk.office, tx, self.found, climb)
        climb = Climb(to.id, climb.answers, chosen(who))
        doing = self.desk.doing(self.who, self.found)
        self.found = escalate(self.desk.office, self.found.id, climb, doing)


def _starts(timed: object) -> tuple[str, ...]:
    start = getattr(timed, "counted_from", "sent")
    return start.earlier_of if hasattr(start, "earlier_of") else (start,)


def _as_moment(when: DayOrMoment) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time(23), tzinfo=LONDON)


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(("name", "kind", "entry", "agency", "gate"), CASES)
def test_the_days_and_the_people_that_the_ladder_foresees_are_those_that_come(
    tmp_path: Path, name: str, kind: str, entry: str, agency: str | None, gate: str, start: str
) -> None:
    desk = open_odd(name, tmp_path / "data", start)
    found, who = raised(desk, kind, entry, agency, gate)
    ladder = found.ladder
    assert ladder is not None
    calendar = desk.office.calendar(name)
    ahead = forecast(ladder, moment(start), entry, calendar)
    alone = Silence(desk, found, who, ahead)
    for stage in ladder.stages[ladder.place(entry) :]:
        if stage.id != alone.stage.id:
            alone.goes_on(stage)
        _assert_asked(alone)
        alone.left_alone()
        _assert_days(alone)
        ends = alone.foreseen.ends
        if ends is None:
            break
        alone.at(ends)
    desk.office.database.close()


def _assert_asked(alone: Silence) -> None:
    """Whoever the ladder names is asked, with "or" one of them; nobody else."""
    procedure = alone.found.files.procedure
    asks = procedure.asked_at(alone.stage)
    named = who_in_words(asks, procedure, silent="")
    asked = [one.post for one in alone.found.run.sent.asked]
    assert asked, named
    stood_in = {role.stands_in for role in procedure.roles.values() if role.stands_in}
    for post in asked:
        is_stand_in = post in {procedure.title_of(one) for one in stood_in if one}
        assert post in named or is_stand_in, (post, named)
    if asks.how in ("any_of", "one"):
        assert len(asked) == 1
    elif asks.how == "all_of":
        assert len(asked) == len(asks.posts)


def _assert_days(alone: Silence) -> None:
    clocks, steps = (seen := alone.desk.see(alone.who, alone.found)).clocks, seen.steps
    foreseen = alone.foreseen
    assert foreseen.sent == alone.found.run.sent_at
    paced = clocks.response or clocks.settle
    if foreseen.due is not None:
        assert paced is not None
        assert (paced.by_day, paced.clock) == (foreseen.due.by_day, foreseen.due.clock)
    here = {one.step.id: one.due for one in steps}
    for one in foreseen.steps:
        if one.due is not None and one.step.id in here:  # the branch not taken is gone
            assert _day(here[one.step.id]) == one.due.by_day, one.step.id
    if clocks.time_limit is not None:  # it has begun
        assert _day(clocks.time_limit) == _day(alone.ahead.time_limit)
        assert clocks.escalate_by == foreseen.escalate_by
        assert clocks.days_to_spare == alone.ahead.days_to_spare


def _day(due: object) -> date | None:
    by = getattr(due, "by", None)
    return london_date(by) if by is not None else None
