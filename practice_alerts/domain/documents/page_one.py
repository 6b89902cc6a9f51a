"""What the first lines of a document say to a reader in a hurry: what it is about, where it stands, whose turn it is."""

from collections.abc import Iterable
from datetime import date, datetime, time

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.deadlines.due_date import Calendar
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.standing.running_clocks import running_clocks, time_limit_due
from practice_alerts.domain.standing.standings import Pile
from practice_alerts.domain.standing.status import Where, where

_NOON = time(12)


def first_lines(
    alert: Alert, ladder: Ladder | None, calendar: Calendar, printed_on: date
) -> dict[str, str]:
    """Where it stands on the day of printing, in a sentence, and with whom by name; empty where with nobody."""
    now = datetime.combine(printed_on, _NOON, tzinfo=LONDON)
    stands = where(alert, ladder, running_clocks(alert, ladder, calendar), now)
    limit = None if alert.is_open else time_limit_due(alert, ladder, calendar)
    was = f" Time limit for all formal stages: {in_full(limit.by)}." if limit else ""
    return {"stands": stands.sentence + was, "with_whom": _with_whom(alert, stands)}


def _with_whom(alert: Alert, stands: Where) -> str:
    run = alert.run
    if run is None or stands.turn == "nobody":
        return ""
    if stands.turn == "raiser":
        return _named([alert.officer])
    if stands.standing.pile is Pile.ON_HOLD and run.hold is not None:
        return run.hold.held.task_owner
    return _named(run.yet_to_answer or run.sent.asked)


def _named(people: Iterable[Person]) -> str:
    return "; ".join(one.in_words for one in people)
