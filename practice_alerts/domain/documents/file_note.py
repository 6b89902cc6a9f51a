"""The file note: an alert in plain text, to be put on a case system that takes nothing else.

Lines of at most 72 columns. What was typed stands four columns in, so that nothing typed can pass
for a heading or a date of the note's own.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from textwrap import wrap
from typing import Any

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import Escalated, Event, Filed, beside_text
from practice_alerts.domain.alert.stage_run import AgreedHold, Given, ResponseReview, StageRun
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.documents.alert_document import (
    Sources,
    answer_clock,
    day_of,
    marked,
    people_named,
    received_by,
    shown,
    stage_paper,
)
from practice_alerts.domain.documents.page_one import before_in_words
from practice_alerts.domain.forms.answer_in_words import in_confidence
from practice_alerts.domain.forms.form import Answers, FormField
from practice_alerts.domain.forms.subject import is_about_child
from practice_alerts.domain.procedure.ladder import label_of
from practice_alerts.domain.procedure.procedure import Ours
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.seeing.parts import is_kept_apart
from practice_alerts.domain.standing.running_clocks import is_longer, time_limit_due
from practice_alerts.domain.text import capital
from practice_alerts.domain.wording import answer_words
from practice_alerts.domain.wording.clock_lines import limit_in_words
from practice_alerts.domain.wording.history import KEPT_TO, told

NOT_FOR_ALL = (
    "This copy holds what not everybody may read who may open the alert: supervision, notes for our own side, or"
    " legal advice. Do not put it where others read it."
)
COLUMNS = 72
_TYPED = " " * 4


def file_note(alert: Alert, sources: Sources, as_of: datetime) -> str:
    """The whole note. Pure: the same alert and moment give the same text."""
    lines = [
        *_head(alert, sources, as_of),
        *_raised(alert, sources),
        *(line for run in alert.runs for line in _stage(alert, run, sources)),
        *_beside(alert),
        *_on_record(alert, sources),
        *_ending(alert, sources),
    ]
    return "\n".join(lines) + "\n"


def _head(alert: Alert, sources: Sources, as_of: datetime) -> Iterator[str]:
    procedure = sources.procedure
    yield from _own(f"{sources.form.title} {alert.reference}")
    if procedure.marking:
        yield from _own(procedure.marking)
    edition = procedure.edition.version
    yield from _own(f"{procedure.council}: {procedure.title}, edition {edition}")
    yield from _own(f"As it stood on {day_of(as_of)}.")
    if is_kept_apart(alert):
        yield from _own(NOT_FOR_ALL)


def _raised(alert: Alert, sources: Sources) -> Iterator[str]:
    raised = alert.raised
    yield from _heading("Raised")
    yield from _own(f"{day_of(alert.raised_at)}, by {people_named([alert.raiser])}.")
    if raised.paper is not None:
        yield from _said("Sent on paper first:", before_in_words(alert, sources.ladder))
    if reason := marked(raised.entry_reason, sources, Ours.ENTRY_REASON):
        yield from _said("Why it started where it did:", reason)
    if raised.gate is not None and raised.gate.told:
        yield from _said("Told at once:", raised.gate.told)
    if spoken := answer_words.spoken_to_first(raised):
        yield from _said("Talked over beforehand:", spoken)
    time_limit = time_limit_due(alert, sources.ladder, sources.calendar)
    if time_limit is not None:
        longer = is_longer(alert, sources.ladder)
        yield from _own(f"Time limit: {limit_in_words(time_limit, exceptional=longer)}.")
    yield from _heading("What was raised")
    yield from _answers(sources.form.fields(filled_by="raiser", repeats="never"), alert.answers)


def _stage(alert: Alert, run: StageRun, sources: Sources) -> Iterator[str]:
    yield from _heading(label_of(sources.ladder, run.stage))
    to = people_named(received_by(run, sources))
    yield from _own(f"Sent {day_of(run.sent_at)}{f' to {to}' if to else ''}.")
    asked = people_named(run.sent.asked)
    if asked != to:
        yield from _own(f"Asked to answer: {asked or 'nobody yet'}.")
    if run.sent.instead_of:
        yield from _said(f"Instead of {'; '.join(run.sent.instead_of)}:", run.sent.instead_reason)
    if run.sent.each and run.yet_to_answer:
        yield from _own(f"Not answered: {run.awaited_posts}.")
    told = stage_paper(alert, run, sources)
    yield from _who_else(told)
    yield from _by_when(alert, run, told, sources)
    each = sources.form.fields(filled_by="raiser", repeats="stage")
    yield from _answers(each, run.sent.answers)
    done: list[Given | ResponseReview | AgreedHold] = [
        *run.answers,
        *run.every_review,
        *run.holds,
    ]
    lines = [(one.at, tuple(_done(one, sources))) for one in done]
    beside: list[tuple[datetime, Event]] = [*run.steps, *run.agreed, *run.hold_reviews]
    beside += run.talk
    lines += [(at, tuple(_told(at, event, sources))) for at, event in beside]
    for _, said in sorted(lines, key=lambda one: one[0]):
        yield from said
    if run.escalated is not None and run.left_at is not None:
        yield from _escalated(run.escalated, run.left_at, sources)


def _escalated(event: Escalated, at: datetime, sources: Sources) -> Iterator[str]:
    to = label_of(sources.ladder, event.to)
    yield from _said(f"Escalated {day_of(at)} to {to}.", told(event, sources.ladder)[1])


def _by_when(
    alert: Alert, run: StageRun, told: Mapping[str, Any], sources: Sources
) -> Iterator[str]:
    """Each day under what it is the day of: an aim is no deadline, and putting right no answer."""
    answer = answer_clock(alert, run, sources)
    if answer is not None:
        day = told["due"] if answer.due or run.given_due else told["due_clause"]
        yield from _own(f"{answer.head.rstrip(',')}: {day}.")
    if told["settle_by"] or told["settle_clause"]:
        yield from _own(f"To be put right by: {told['settle_by'] or told['settle_clause']}.")


def _who_else(told: Mapping[str, Any]) -> Iterator[str]:
    for label, name in (
        ("Copies to", "copied"),
        ("To attend", "invited"),
        ("To be told by hand", "by_hand"),
    ):
        if told[name]:
            yield from _own(f"{label}: {told[name]}.")


def _done(one: Given | ResponseReview | AgreedHold, sources: Sources) -> Iterator[str]:
    on = day_of(one.at)
    match one:
        case Given(answer=answer):
            by = f", by {in_full(answer.promise_by)}" if answer.promise_by else ""
            who = f" ({answer.task_owner})" if answer.task_owner else ""
            said = f"{answer.response.words}{by}{who}"
            yield from _said(
                f"Answered {on} by {answer_words.given_by(answer)}: {said}.",
                answer_words.said_in_full(answer),
            )
        case ResponseReview(reviewed=reviewed):
            said = f"{capital(answer_words.verdict_in_words(reviewed))}, says {people_named([reviewed.by])}"
            yield from _said(f"Reviewed {on}: {said}.", reviewed.reason)
        case AgreedHold(held=held):
            until = marked(in_full(held.until), sources, Ours.HOLD)
            said = f"until {until}; {held.task_owner} to see to it"
            yield from _said(f"Hold agreed {on} {said}.", held.reason)


def _beside(alert: Alert) -> Iterator[str]:
    if alert.referrals:
        yield from _heading("Referrals")
    for referral in alert.referrals:
        referred = referral.referred
        yield from _said(f"{day_of(referral.at)}: {ROUTES[referred.route].title}.", referred.reason)
        if spoken := answer_words.spoken_to_first(referred):
            yield from _said("Talked over beforehand:", spoken)
        for _, one in referral.followed:
            yield from _said(f"{in_full(one.on)}: {one.happened.words}.", one.text)
    if alert.notes:
        yield from _heading("Notes")
    for at, noted in alert.notes:
        yield from _said(f"{day_of(at)}{KEPT_TO[noted.part]}:", noted.text)


def _told(at: datetime, event: Event, sources: Sources) -> Iterator[str]:
    what, said = told(event, sources.ladder)
    for one in beside_text(event):
        what = marked(what, sources, one)
    where = isinstance(event, Filed)  # its number there; the note tells the fact alone
    yield from _said(f"{day_of(at)}: {what}.", "" if where else said)


def _on_record(alert: Alert, sources: Sources) -> Iterator[str]:
    """What stands beside the stages: nothing to change meanwhile, managers' views, corrections, whose alert it is."""
    every: list[tuple[datetime, Event]] = [
        *alert.standstills,
        *alert.beside,
        *alert.corrections,
        *alert.reopened,
    ]
    if every:
        yield from _heading("Also on record")
    for at, event in sorted(every, key=lambda one: one[0]):
        yield from _told(at, event, sources)


def _ending(alert: Alert, sources: Sources) -> Iterator[str]:
    yield from _heading("How it ended")
    closed = alert.closed
    if closed is None or alert.closed_at is None:
        yield from _own("Not closed.")
        return
    yield from _own(f"Closed {day_of(alert.closed_at)}: {closed.ending.words}.")
    child = is_about_child(
        sources.procedure, alert.raised.raised_as, (sources.form,), alert.answers
    )
    changed = "What changed for the child:" if child else "What changed:"
    yield from _said(changed, closed.what_changed)
    if closed.child_view:
        words = in_confidence(closed.child_view, "child_view", closed.answers)
        yield from _said("What the child says:", words)


def _answers(fields: Iterable[FormField], answers: Answers) -> Iterator[str]:
    """Each answered field with its label; what goes to the log alone stands in no document."""
    for field in fields:
        said = _in_words(field, answers) if field.goes_to is None else ""
        if said:
            asked = field.label if field.label.endswith(("?", ":")) else f"{field.label}:"
            yield from _said(asked, said)


def _in_words(field: FormField, answers: Answers) -> str:
    if not field.fields:
        value = shown(field, answers)
        if isinstance(value, str):
            return value
        return "\n".join(item["text"] for item in value if item["ticked"])
    blocks = (
        "\n".join(f"{one.label}: {said}" for one in field.fields if (said := _in_words(one, block)))
        for block in answers.get(field.id) or ()
    )
    return "\n\n".join(filter(None, blocks))


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield from _own(text.upper())


def _said(opening: str, typed: str) -> Iterator[str]:
    yield from _own(opening)
    # splitlines knows every character at which a viewer may begin a new line, indented or not.
    for line in typed.strip().splitlines():
        yield from wrap(line, COLUMNS, initial_indent=_TYPED, subsequent_indent=_TYPED) or [""]


def _own(text: str) -> Iterator[str]:
    """A line of the note's own; further lines of it two columns in. Names in it cannot break it."""
    return iter(wrap(" ".join(text.split()), COLUMNS, subsequent_indent="  "))
