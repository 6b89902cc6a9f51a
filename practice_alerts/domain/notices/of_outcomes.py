"""What those who were asked are told of what became of it: accepted, refused, gone on past them, corrected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.hearers import Person


@dataclass(frozen=True, slots=True)
class ToldOfOutcome:
    """One notice, with those it goes to; `due` where it tells a day."""

    notice: str
    people: tuple[Person, ...]
    due: date | None = None


def told_of_outcome(alert: Alert, event: events.Event) -> Iterator[ToldOfOutcome]:
    """The alert stands as it does after the whole act: of what went on or closed with it, that alone is told."""
    run = alert.run if alert.is_open else None
    match event:
        case events.Escalated():
            before = alert.run_at(event.stage)
            yield ToldOfOutcome("gone_on", before.sent.asked if before else ())
        case events.Held() if run and run.stage == event.stage:
            yield ToldOfOutcome("hold_agreed", run.sent.asked, event.until)
        case events.ResponseReviewed() if run and run.stage == event.stage and _refuses(event):
            yield ToldOfOutcome("not_accepted", run.sent.asked)
        case events.Corrected() if run and _was_sent(alert, event):
            yield ToldOfOutcome("corrected", run.sent.asked)
        case _:
            pass


def _refuses(said: events.ResponseReviewed) -> bool:
    return said.stands and said.verdict is events.Outcome.NOT_SATISFACTORY


def _was_sent(alert: Alert, correction: events.Corrected) -> bool:
    """Is what was corrected on the form that goes to those asked?"""
    number = correction.number
    return any(
        one.number == number and isinstance(one.what, events.Raised | events.Sent)
        for one in alert.happened
    )
