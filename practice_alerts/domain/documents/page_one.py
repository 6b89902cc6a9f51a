"""What the first lines of a document say to a reader in a hurry: what it is about, where it stands, whose turn it is."""

from datetime import date, datetime, time

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.dates import LONDON, in_full, london_date
from practice_alerts.domain.deadlines.stage_clocks import StageClock
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.paper.on_paper import paper_lines
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.standing.running_clocks import running_clocks, time_limit_due
from practice_alerts.domain.standing.status import Where, where
from practice_alerts.domain.standing.waiting_on import waiting_on
from practice_alerts.domain.wording.restriction_words import dispute_lines

_NOON = time(12)


def first_lines(
    alert: Alert, ladder: Ladder | None, calendar: Calendar, printed_on: date
) -> dict[str, str]:
    """Where it stands on the day of printing, in a sentence, and with whom by name; empty where with nobody."""
    now = datetime.combine(printed_on, _NOON, tzinfo=LONDON)
    stands = where(alert, ladder, running_clocks(alert, ladder, calendar), now)
    limit = None if alert.is_open else time_limit_due(alert, ladder, calendar)
    was = f" Time limit for all formal stages: {in_full(limit.by)}." if limit else ""
    said = " ".join(filter(None, (stands.sentence + was, remarks(alert))))
    return {"stands": said, "with_whom": _with_whom(alert, stands)}


def remarks(alert: Alert) -> str:
    """What a reader has to know of the whole: that it was on paper first, and who disagrees with it."""
    return " ".join(filter(None, (from_paper(alert), *dispute_lines(alert))))


def from_paper(alert: Alert) -> str:
    """That it was on paper first, as a sentence; empty where it was raised here."""
    paper = alert.raised.paper
    return f"{paper.mark(alert.happened[0].at)}." if paper else ""


def _with_whom(alert: Alert, stands: Where) -> str:
    waits = waiting_on(alert, stands)
    if waits is None:
        return ""
    people = waits.people or (() if waits.whom else (alert.officer,))
    return "; ".join(one.in_words for one in people) or waits.whom


def before_in_words(alert: Alert, ladder: Ladder | None) -> str:
    """What became of it on paper, a line each, where the reason for its stage stands of others."""
    paper = alert.raised.paper
    lines = paper_lines(paper, alert.happened[0].at, ladder) if paper else ()
    return "\n".join(f"{label}: {said}" for label, said in lines)


def given_on_paper(run: StageRun, answer: StageClock | None) -> str:
    """The day given on paper, with what the clock would give where that is another."""
    if run.given_due is None:
        return ""
    counted = answer.due.by if answer and answer.due else None
    differs = counted is not None and london_date(counted) != run.given_due
    beside = f"; counted here it would be {in_full(counted)}" if differs and counted else ""
    return f"{in_full(run.given_due)} (as given on paper{beside})"
