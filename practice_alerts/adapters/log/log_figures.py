"""What the alert log says of a span of time. Read beside whoever writes it; nothing here names anybody."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

_WAIT_SECONDS = 30


class AnswerFigures(NamedTuple):
    """What came of the questions put at one stage. `late` answers came after their day."""

    kind: str
    stage: str
    aim: bool
    """An aim was set and no deadline: what came after it was not overdue."""
    in_time: int
    late: int
    none: int
    """The stage was left, or the alert closed, without an answer."""


@dataclass(frozen=True)
class LogFigures:
    """Of the alerts of one council since a day."""

    answers: tuple[AnswerFigures, ...]
    endings: tuple[tuple[str, int], ...]
    put_right: int
    """How many were closed as put right, of which it is known how long they took."""
    put_right_within: int | None
    """Working days from raising to closing, the middle one of these."""
    ways_out: tuple[tuple[str, int], ...]


_ANSWERS = """\
select
  kind_title, label, clock like 'aim %' as aim,
  sum(answered_in_time = 'yes' and answered_on >= :since) as in_time,
  sum(answered_in_time = 'no' and answered_on >= :since) as late,
  sum(answered_in_time = 'no answer' and coalesce(left_on, closed_on) >= :since) as none
from stages join alerts using (reference)
where answered_on >= :since or coalesce(left_on, closed_on) >= :since
group by kind_title, label, aim
having in_time + late + none > 0
order by kind_title, min(place), label"""

_ENDINGS = """\
select ending, count(*) from alerts where closed_on >= :since
group by ending order by 2 desc, 1"""

_PUT_RIGHT = """\
select working_days_to_close from alerts
where closed_on >= :since and ending = :put_right and working_days_to_close is not null
order by working_days_to_close"""

_WAYS_OUT = """\
select detail, count(*) from happenings
where kind = 'Referred' and happened_at >= :since
group by detail order by 2 desc, 1"""


def figures(log: Path, since: date, put_right: str) -> LogFigures:
    """What a council's log holds from that day on; `put_right` is how the log calls that ending.

    One view of the file, whatever is written to it meanwhile.
    """
    wanted: dict[str, str | int] = {"since": since.isoformat(), "put_right": put_right}
    with closing(sqlite3.connect(log, timeout=_WAIT_SECONDS, isolation_level=None)) as rows:
        rows.execute("PRAGMA query_only = ON")
        rows.execute("BEGIN")
        days = [int(row[0]) for row in rows.execute(_PUT_RIGHT, wanted)]
        return LogFigures(
            answers=tuple(
                AnswerFigures(kind, stage, bool(aim), *counts)
                for kind, stage, aim, *counts in rows.execute(_ANSWERS, wanted)
            ),
            endings=tuple((row[0], row[1]) for row in rows.execute(_ENDINGS, wanted)),
            put_right=len(days),
            put_right_within=days[(len(days) - 1) // 2] if days else None,
            ways_out=tuple((row[0], row[1]) for row in rows.execute(_WAYS_OUT, wanted)),
        )
