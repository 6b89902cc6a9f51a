"""What the first lines of a document say to a reader in a hurry: what it is about, where it stands, whose turn it is."""

from datetime import date, datetime, time

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.deadlines.due_date import Calendar
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.standing.running_clocks import running_clocks, time_limit_due
from practice_alerts.domain.standing.status import Where, where
from practice_alerts.domain.standing.waiting_on import waiting_on

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
    waits = waiting_on(alert, stands)
    if waits is None:
        return ""
    people = waits.people or (() if waits.whom else (alert.officer,))
    return "; ".join(one.in_words for one in people) or waits.whom
