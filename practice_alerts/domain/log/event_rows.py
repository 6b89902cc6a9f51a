"""What happened to an alert, line by line, as the log holds it: every word from a closed list."""

from collections.abc import Iterator

from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.choices import as_logged
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import LONDON, london_date
from practice_alerts.domain.log.redaction import LogRow
from practice_alerts.domain.paper.on_paper import OnPaper
from practice_alerts.domain.procedure.ladder import Ladder, label_of
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.text import small

_WORDS = complete(
    events.EVENTS,
    {
        **{row.event: row.logged for row in ACTS.values()},
        events.Raised: "Raised",
        events.Sent: "Sent",
        events.Redated: "Dates worked out again",
        events.Redacted: "Something taken out",
        events.Kept: "Said something of the record",
    },
)
_OF_KIND = {events.kind_of(event): words for event, words in _WORDS.items()}


def happenings(alert: Alert, procedure: Procedure, ladder: Ladder | None) -> Iterator[LogRow]:
    """A row for each event."""
    for happened in alert.happened:
        what = happened.what
        yield {
            "reference": alert.reference,
            "number": happened.number,
            "kind": _OF_KIND[happened.kind],
            "detail": _detail(what, procedure, ladder) if what else None,
            "stage": _stage_at(alert, happened, ladder),
            "happened_at": f"{happened.at.astimezone(LONDON):%Y-%m-%d %H:%M}",
        }


def _detail(  # noqa: C901, PLR0911, PLR0912 - one line for each kind of event
    what: events.Event, procedure: Procedure, ladder: Ladder | None
) -> str | None:
    match what:
        case events.AnswerGiven():
            return _answer(what)
        case events.ResponseReviewed():
            return what.verdict.words if what.stands else f"{what.verdict.words}, one of several"
        case events.DateAgreed():
            until = f"until {what.until.isoformat()}" if what.until else ""
            return ", ".join(filter(None, (until, "the longer time limit" * what.exceptional)))
        case events.Held():
            return f"until {what.until.isoformat()}"
        case events.HoldReviewed():
            return "under way" if what.on_track else "not under way"
        case events.Escalated():
            return f"to {label_of(ladder, what.to)}"
        case events.Referred():
            known = what.route in procedure.referrals and what.route in ROUTES
            return ROUTES[what.route].title if known else "another way out"
        case events.FollowedUp():
            return what.happened.words
        case events.StepDone():
            return _step(what, ladder)
        case events.StandstillEnded():
            return "it happened all the same" if what.happened_anyway else "lifted"
        case events.Closed():
            return as_logged(what.ending).words
        case _:
            return _told(what, procedure)  # nothing else of it comes from a closed list


def _on_paper(paper: OnPaper) -> str:
    how = "taken over from paper" if paper.is_taken_over else "entered late"
    return f"{how}; raised {paper.raised_on.isoformat()}, sent {paper.sent_on.isoformat()}"


def _answer(what: events.AnswerGiven) -> str:
    if not isinstance(what, events.AnswerRecorded):
        return what.response.words
    came = f"{small(what.channel.words)}, received {london_date(what.received).isoformat()}"
    return f"{what.response.words}; {came}"


def _told(what: events.Event, procedure: Procedure) -> str | None:
    """Which posts of the procedure were told, and on what occasion: never a name."""
    if isinstance(what, events.Raised) and what.paper is not None:
        return _on_paper(what.paper)
    titles = {role.title for role in procedure.roles.values()}
    said = [
        f"{one.occasion.words}: {'; '.join(dict.fromkeys(_post(who, titles) for who in one.people))}"
        for one in events.heard_of(what)
    ]
    return ". ".join(said) or None


def _post(person: events.Person, titles: set[str]) -> str:
    post = person.post or person.name
    return post if post in titles else "somebody else"


def _step(what: events.StepDone, ladder: Ladder | None) -> str | None:
    if ladder is None or not ladder.has(what.stage):
        return None
    known = {step.id: step.what for step in ladder.stage(what.stage).steps}
    title = known.get(what.step)
    return title if what.needed or title is None else f"not needed: {title}"


def _stage_at(alert: Alert, happened: events.Happened, ladder: Ladder | None) -> str | None:
    if isinstance(happened.what, events.StageEvent | events.Sent):
        return label_of(ladder, happened.what.stage)
    reached = [run.stage for run in alert.runs if run.sent_at <= happened.at]
    return label_of(ladder, reached[-1]) if reached else None
