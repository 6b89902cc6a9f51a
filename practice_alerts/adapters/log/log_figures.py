"""What the alert log says of a span of time, by the measures. Read beside whoever writes it; it names nobody."""

import json
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from practice_alerts.adapters.log.alert_log import Position
from practice_alerts.domain.log.measures.behind import BEHIND
from practice_alerts.domain.log.measures.measure import FROM, TO, Measure
from practice_alerts.domain.log.measures.of_acts import (
    ALL_CLOSINGS,
    ENDED_AGAIN,
    ENDINGS,
    REFERRALS,
    TIME_TO_PUT_RIGHT,
)
from practice_alerts.domain.log.measures.of_stays import IN_TIME, PUT_RIGHT, STEPS
from practice_alerts.domain.log.pseudonyms import NOT_GIVEN

_WAIT_SECONDS = 30


class KeptFigures(NamedTuple):
    """What came of what was due at one stage by a day that has passed; the three add up to it."""

    kind: str
    stage: str
    day_is: str
    """A deadline, an aim, or a day that people set: after those two nobody is late."""
    in_time: int
    late: int
    none: int
    ended_before: int
    """Those that ended before their day; they are in no share."""

    @property
    def due(self) -> int:
        return self.in_time + self.late + self.none


@dataclass(frozen=True)
class LogFigures:
    """Of the concerns of one council from one day to another."""

    answers: tuple[KeptFigures, ...]
    put_right: tuple[KeptFigures, ...]
    steps: tuple[KeptFigures, ...]
    endings: tuple[tuple[str, int], ...]
    reopened: int
    closed_as_put_right: int
    put_right_within: int | None
    """Working days from raising to closing as put right, the middle one of these."""
    ways_out: tuple[tuple[str, int], ...]


def figures(log: Path, since: date, today: date) -> LogFigures:
    """What a council's log holds from that day on. What is due today is not over yet, and in none of it.

    One view of the file, whatever is written to it meanwhile.
    """
    with _one_view(log) as rows:
        asked = _Asked(rows, since)
        ended, (took,) = asked.of(ENDINGS, today), asked.of(TIME_TO_PUT_RIGHT, today)
        ends = {row["how_it_ended"]: row["closings"] for row in ended}
        return LogFigures(
            answers=_kept_of(asked, IN_TIME, today),
            put_right=_kept_of(asked, PUT_RIGHT, today),
            steps=_kept_of(asked, STEPS, today),
            endings=tuple(one for one in ends.items() if one[0] not in _APART),
            reopened=ends[ENDED_AGAIN],
            closed_as_put_right=took["alerts"],
            put_right_within=took["median"],
            ways_out=tuple(
                (row["route"], row["referrals"])
                for row in asked.of(REFERRALS, today)
                if row["referrals"]
            ),
        )


class Counted(NamedTuple):
    """What measures counted, and how far the log had followed the store when they did."""

    rows: dict[str, list[dict[str, Any]]]
    """By the name of the measure: of the period, the one before it and the same a year earlier."""
    at: Position


Counting = Generator[Measure, None, Counted]
"""Yields each measure before it is counted, and returns what all of them counted."""


def counting(log: Path, measures: Iterable[Measure], since: date, until: date) -> Counting:
    """What these measures count in that period, all in one view of the file."""
    days = {FROM: since.isoformat(), TO: until.isoformat()}
    found: dict[str, list[dict[str, Any]]] = {}
    with _one_view(log) as rows:
        at = rows.execute("SELECT event, hash, made_with FROM followed").fetchone()
        for one in measures:
            yield one
            found[one.name] = [dict(row) for row in rows.execute(one.sql, days)]
    return Counted(found, Position(*at) if at else Position(0, "", ""))


def counted_things(
    log: Path, names: Iterable[str], since: date, until: date
) -> dict[str, list[dict[str, Any]]]:
    """What the measures of these names count in a period, a row each, all in one view of the file."""
    days = {FROM: since.isoformat(), TO: until.isoformat()}
    with _one_view(log) as rows:
        return {name: [dict(row) for row in rows.execute(BEHIND[name], days)] for name in names}


def first_raised(log: Path) -> date | None:
    """The day on which the first of its alerts was raised."""
    with _one_view(log) as rows:
        (day,) = rows.execute("SELECT min(raised_on) FROM alerts").fetchone()
        return date.fromisoformat(day) if day else None


def alerts_called(log: Path, references: Iterable[str]) -> tuple["CountedAlert", ...]:
    with _one_view(log) as rows:
        found = rows.execute(_ALERTS, (json.dumps(sorted(set(references))),))
        return tuple(CountedAlert(*row) for row in found)


def alerts_in(log: Path) -> int:
    with _one_view(log) as rows:
        (alerts,) = rows.execute("SELECT count(*) FROM alerts").fetchone()
        return int(alerts)


class CountedAlert(NamedTuple):
    """An alert that a number counts, with what the log may say of it."""

    reference: str
    kind_title: str
    stage: str | None
    standing: str
    raised_on: str
    summary: str


class CountedThings(NamedTuple):
    """What a measure counts in a period, a row each; the measure's own rows; and the alerts by their references."""

    things: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    alerts: dict[str, CountedAlert]


def things_behind(log: Path, measure: Measure, since: date, until: date) -> CountedThings:
    days = {FROM: since.isoformat(), TO: until.isoformat()}
    with _one_view(log) as rows:
        things = [dict(row) for row in rows.execute(BEHIND[measure.name], days)]
        counted = [dict(row) for row in rows.execute(measure.sql, days)]
        meant = json.dumps(sorted({one["reference"] for one in things}))
        found = (CountedAlert(*row) for row in rows.execute(_ALERTS, (meant,)))
        return CountedThings(things, counted, {one.reference: one for one in found})


_ALERTS = (
    f"SELECT {', '.join(CountedAlert._fields)} FROM alerts"  # noqa: S608 - fields of ours
    " WHERE reference IN (SELECT value FROM json_each(?)) ORDER BY reference"
)


class ListedAlert(NamedTuple):
    """An alert as a list of them shows it, with what the log may say of it."""

    reference: str
    kind_title: str
    raised_as: str
    raised_on: str
    highest_stage: str | None
    standing: str
    cap_due: str | None
    closed_on: str | None
    ending: str | None
    summary: str


def raised_between(log: Path, since: date, until: date) -> tuple[ListedAlert, ...]:
    days = (since.isoformat(), until.isoformat())
    return _listed(log, "raised_on BETWEEN ? AND ?", days)


def about_the_same_child(log: Path, reference: str) -> tuple[ListedAlert, ...]:
    """Nothing where there is no such alert; without a case number that alert alone."""
    same = "pseudonym = (SELECT pseudonym FROM alerts WHERE reference = ?) AND pseudonym <> ?"
    return _listed(log, f"reference = ? OR ({same})", (reference, reference, NOT_GIVEN))


def _listed(log: Path, condition: str, values: tuple[str, ...]) -> tuple[ListedAlert, ...]:
    fields = ", ".join(ListedAlert._fields)
    sql = f"SELECT {fields} FROM alerts WHERE {condition} ORDER BY raised_on, reference"  # noqa: S608 - of ours
    with _one_view(log) as rows:
        return tuple(ListedAlert(*row) for row in rows.execute(sql, values))


@contextmanager
def _one_view(log: Path) -> Iterator[sqlite3.Connection]:
    # What is counted by steps is counted by one thread after another: the server takes whichever is free.
    rows = sqlite3.connect(
        log, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    with closing(rows):
        rows.row_factory = sqlite3.Row
        rows.execute("PRAGMA query_only = ON")
        rows.execute("BEGIN")
        yield rows


_APART = {ALL_CLOSINGS, ENDED_AGAIN}
_KEPT = {
    IN_TIME: ("in_time", "late", "no_answer"),
    PUT_RIGHT: ("by_the_day", "after_it", "not_put_right"),
    STEPS: ("by_the_day", "after_it", "not_recorded"),
}
"""Each with its three columns."""


@dataclass(frozen=True)
class _Asked:
    log: sqlite3.Connection
    since: date

    def of(self, measure: Measure, until: date) -> list[dict[str, Any]]:
        days = {FROM: self.since.isoformat(), TO: until.isoformat()}
        return [dict(row) for row in self.log.execute(measure.sql_of_this_period, days)]


def _kept_of(asked: _Asked, measure: Measure, today: date) -> tuple[KeptFigures, ...]:
    over = today - timedelta(days=1)
    return tuple(_kept(row, *_KEPT[measure]) for row in asked.of(measure, over))


def _kept(row: dict[str, Any], *three: str) -> KeptFigures:
    stage = f"{row['stage']}: {row['step']}" if "step" in row else row["stage"]
    in_time, late, none = (int(row[name]) for name in three)
    ended_before = int(row["ended_before_it_was_due"])
    return KeptFigures(row["kind"], stage, row["the_day_is"], in_time, late, none, ended_before)
