"""What a Word template is filled with: plain words only, dates written out, nothing left out.

Every field of the form stands under its own id, answered or not, so that a template may name it: a
many_of whose choices come from the procedure as a list of {text, ticked}, anything else as text.
docs/procedure-format.md lists what else there is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from practice_alerts.domain.alert.alert import Alert, Referral
from practice_alerts.domain.alert.events import Outcome, Person, StepDone
from practice_alerts.domain.alert.stage_run import Given, ResponseReview, StageRun
from practice_alerts.domain.dates import DayOrMoment, in_full, london_date
from practice_alerts.domain.deadlines.stage_clocks import StageClock, stage_clock
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.documents.page_one import (
    before_in_words,
    first_lines,
    given_on_paper,
)
from practice_alerts.domain.forms.answer_in_words import in_confidence
from practice_alerts.domain.forms.field_types import day_in_words
from practice_alerts.domain.forms.form import Answers, Form, FormField, is_answered
from practice_alerts.domain.forms.subject import one_line
from practice_alerts.domain.procedure.beside_text import aside
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.ladder import Ladder, Timed, label_of
from practice_alerts.domain.procedure.procedure import Ours, Procedure
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.standing.anchors import anchors
from practice_alerts.domain.standing.running_clocks import is_longer, time_limit_due
from practice_alerts.domain.standing.waiting_words import from_when
from practice_alerts.domain.text import small
from practice_alerts.domain.wording import answer_words
from practice_alerts.domain.wording.clock_lines import beside_in_words, limit_in_words
from practice_alerts.domain.wording.history import history


@dataclass(frozen=True)
class Sources:
    """What the paper is made from: the alert's own edition, and the calendar for its dates."""

    procedure: Procedure
    form: Form
    ladder: Ladder | None
    calendar: Calendar


def paper(alert: Alert, sources: Sources, printed_on: date) -> dict[str, Any]:
    """Everything a template may name. Pure: the same alert and day give the same paper."""
    return {
        **{field.id: shown(field, alert.answers) for field in sources.form.fields()},
        **head(alert, sources, printed_on),
        **first_lines(alert, sources.ladder, sources.calendar, printed_on),
        **_end(alert),
        "stages": stages_paper(alert, alert.runs, sources),
        "referrals": [
            {"on": day_of(one.at), "to": ROUTES[one.referred.route].title, **_result(one)}
            for one in alert.referrals
        ],
        "history": [
            {"on": line.when, "who": line.who, "what": line.what}
            for line in history(alert, sources.ladder)
        ],
    }


def form_at(alert: Alert, run: StageRun) -> str:
    """The name of the form that was in use at that stay."""
    before = (one.sent.form for one in reversed(alert.runs) if one.number <= run.number)
    return next((form for form in before if form), alert.raised.form)


def forms_used(alert: Alert) -> tuple[str, ...]:
    """The names of the forms it was filled on, the one it was raised on first."""
    return tuple(dict.fromkeys((alert.raised.form, *(form_at(alert, run) for run in alert.runs))))


def paper_on(alert: Alert, form: str, sources: Sources, printed_on: date) -> dict[str, Any]:
    """The paper of one of the forms that were used; `sources.form` is that form.

    An earlier form tells of what was filled on it; the last one of the whole alert.
    """
    if form == forms_used(alert)[-1]:
        return paper(alert, sources, printed_on)
    runs = tuple(run for run in alert.runs if form_at(alert, run) == form)
    now = head(alert, sources, printed_on)
    lines = first_lines(alert, sources.ladder, sources.calendar, printed_on)
    told = paper(replace(alert, runs=runs), sources, printed_on)
    whole = {"stages": stages_paper(alert, runs, sources)}
    return {**told, "level": now["level"], "cap": now["cap"], **lines, **whole}


def head(alert: Alert, sources: Sources, printed_on: date) -> dict[str, Any]:
    """What stands at the head of every document of the alert."""
    procedure = sources.procedure
    time_limit = time_limit_due(alert, sources.ladder, sources.calendar)
    kind = procedure.kinds.get(alert.raised.alert_kind)
    return {
        "council": procedure.council,
        "title": sources.form.title,
        "alert_kind": kind.title if kind else sources.form.title,
        "reference": alert.reference,
        "subject": one_line(alert.answers),
        "marking": procedure.marking,
        "procedure_edition": procedure.edition.version,
        "printed_on": in_full(printed_on),
        "level": label_of(sources.ladder, alert.run.stage) if alert.run else "",
        "raiser": alert.raiser.name,
        "raiser_role": alert.raiser.post,
        "officer": alert.officer.name,
        "standstill": alert.standstill.action if alert.standstill else "",
        "raised_on": day_of(alert.raised_at),
        "entry_reason": marked(alert.raised.entry_reason, sources, Ours.ENTRY_REASON)
        or before_in_words(alert, sources.ladder),
        "cap": limit_in_words(time_limit, exceptional=is_longer(alert, sources.ladder))
        if time_limit
        else "",
        "copied": people_named(one for one in alert.people_copied if one.id),
        "by_hand": people_named(one for one in alert.people_copied if not one.id),
    }


def _result(referral: Referral) -> dict[str, str]:
    each = (f"{in_full(one.on)}: {one.happened.words}. {one.text}" for _, one in referral.followed)
    return {"reason": referral.referred.reason, "outcome": "\n".join(map(str.strip, each))}


def _end(alert: Alert) -> dict[str, Any]:
    closed = alert.closed
    view = in_confidence(closed.child_view, "child_view", closed.answers) if closed else ""
    return {
        "ending": closed.ending.words if closed else "",
        "ended_on": day_of(alert.closed_at),
        "what_changed": closed.what_changed if closed else "",
        "child_view_at_end": view,
    }


def shown(field: FormField, answers: Answers, *, ticked: bool = False) -> Any:
    """An answer as it is printed: words, a list of choices with ticks, or a list of blocks.

    `ticked`: every choice stands there with its tick, whoever set the choices.
    """
    value = answers.get(field.id)
    if field.is_ticked or (ticked and field.type.facts.is_several):
        chosen = value if isinstance(value, list | tuple) else ()
        options = field.options or {}
        return [{"text": text, "ticked": name in chosen} for name, text in options.items()]
    if field.fields:
        return [{inner.id: shown(inner, item) for inner in field.fields} for item in value or ()]
    return in_confidence(said(field, value), field.id, answers)


def said(field: FormField, value: Any) -> str:
    """One answer in words; empty where none was given."""
    return field.in_words(value) if is_answered(value) else ""


def stages_paper(alert: Alert, runs: Iterable[StageRun], sources: Sources) -> list[dict[str, Any]]:
    """Some of the stays of an alert; what their clocks are counted from may lie in any of it."""
    return [stage_paper(alert, run, sources) for run in runs] if sources.ladder else []


def stage_paper(alert: Alert, run: StageRun, sources: Sources) -> dict[str, Any]:
    """What is told of one stay at one stage, `sources.form` being the form that asks."""
    ladder = sources.ladder
    each = sources.form.fields(filled_by="raiser", repeats="stage")
    return {
        "label": label_of(ladder, run.stage),
        "sent_on": day_of(run.sent_at),
        "asked": people_named(run.sent.asked),
        **_who_else(run, sources),
        **_due(alert, run, sources),
        **{field.id: shown(field, run.sent.answers) for field in each},
        "steps": [_step(done, run, sources) for _, done in run.steps],
        "answers": [_answer(given, sources) for given in run.answers],
        **_reviewed(run, sources),
        "escalated_on": day_of(run.left_at),
        "escalated_to": label_of(ladder, run.escalated.to) if run.escalated else "",
    }


def received_by(run: StageRun, sources: Sources) -> tuple[Person, ...]:
    """Who received it: where the procedure names others than those who answer, these; else those asked."""
    stage = sources.ladder.stage(run.stage) if sources.ladder else None
    named = stage.answer.to if stage and stage.answer else None
    titles = {sources.procedure.title_of(role) for role in named.roles} if named else set()
    received = [one for one in (*run.sent.asked, *run.sent.copied) if one.post in titles]
    return tuple(dict.fromkeys(received)) or run.sent.asked


def _who_else(run: StageRun, sources: Sources) -> dict[str, str]:
    """Who received it, who got a copy, who is to come; and of all these whom the product does not reach."""
    to = received_by(run, sources)
    copied = [one for one in run.copied if one.id and one not in to]
    by_hand = dict.fromkeys(one for one in (*run.copied, *run.invited) if not one.id)
    return {
        "received_by": people_named(to),
        "copied": people_named(copied),
        "invited": people_named(one for one in run.invited if one.id),
        "by_hand": people_named(by_hand),
    }


def answer_clock(alert: Alert, run: StageRun, sources: Sources) -> StageClock | None:
    """The clock of the answer at this stage, counted from whatever it is counted from; None without one."""
    stage = sources.ladder.stage(run.stage) if sources.ladder else None
    return _clock(stage.answer if stage else None, alert, run, sources)


def _clock(timed: Timed | None, alert: Alert, run: StageRun, sources: Sources) -> StageClock | None:
    """As it stood at that stay: what happened at later ones starts nothing here."""
    if timed is None or sources.ladder is None:
        return None
    upto = tuple(one for one in alert.runs if one.number <= run.number)
    happened = anchors(replace(alert, runs=upto), sources.ladder)
    return stage_clock(timed, sources.ladder.stage(run.stage), happened, sources.calendar)


def _due(alert: Alert, run: StageRun, sources: Sources) -> dict[str, str]:
    """Whatever stands under "due" is the day of an answer, or that by which it is to be put right instead."""
    stage = sources.ladder.stage(run.stage) if sources.ladder else None
    answer = answer_clock(alert, run, sources)
    settle = _clock(stage.settle if stage else None, alert, run, sources)
    by = given_on_paper(run, answer) or _day_of(answer)
    by = by or ("" if answer and answer.waits_for_start else _by(run.settle_by))
    return {
        "due": by,
        "due_clause": _clause(answer, sources),
        "due_agreed": marked(_by(run.agreed_date), sources, Ours.AGREE_DATE),
        "settle_by": _by(run.settle_by) or _day_of(settle),
        "settle_clause": _clause(settle, sources),
    }


def _day_of(clock: StageClock | None) -> str:
    """The day of a clock, with the one beside it."""
    if clock is None or clock.due is None:
        return ""
    beside = clock.due.beside
    return _by(clock.due.by) + (f" ({beside_in_words(beside)})" if beside else "")


def _clause(clock: StageClock | None, sources: Sources) -> str:
    """The clock as the procedure words it; while nothing has started it, from when it runs."""
    if clock is None:
        return ""
    if clock.waits_for_start and sources.ladder is not None:
        return from_when(clock, sources.ladder)
    return in_words(clock.clock)


def _by(when: DayOrMoment | None) -> str:
    """The last day in words; with the time of day for a clock of hours."""
    return in_full(when) if when else ""


def _reviewed(run: StageRun, sources: Sources) -> dict[str, Any]:
    review = run.response_reviews[-1] if run.response_reviews else None
    hold = run.holds[-1] if run.holds else None
    put_right = review is not None and review.reviewed.verdict is Outcome.PUT_RIGHT
    own = sources.form.fields(filled_by="judge", repeats="stage")
    more = review.reviewed.answers if review else {}
    return {
        **{field.id: shown(field, more) for field in own},
        "verdict": review.reviewed.verdict.words if review else "",
        "verdict_on": day_of(review.at if review else None),
        "verdict_by": _reviewers(run, review) if review else "",
        "verdict_reason": "\n".join((review.reviewed.reason, *_otherwise(run))) if review else "",
        "hold_until": marked(_by(hold.until if hold else None), sources, Ours.HOLD),
        "hold_owner": hold.held.task_owner if hold else "",
        "put_right_on": _put_right_on(review) if review and put_right else "",
    }


def _reviewers(run: StageRun, review: ResponseReview) -> str:
    return "; ".join(answer_words.reviewer(run, one) for one in _judges(run, review))


def _judges(run: StageRun, review: ResponseReview) -> tuple[Person, ...]:
    """Whoever gave the verdict that stands: one person, or each of several who said the same of the answer."""
    since = max(
        (one.known_at for one in run.answers if one.known_at <= review.at), default=run.sent_at
    )
    said = (
        one.reviewed.by
        for one in run.voices
        if since <= one.at and one.reviewed.verdict is review.reviewed.verdict
        if not any(review.at < answer.known_at <= one.at for answer in run.answers)
    )
    return tuple({one.id: one for one in (*said, review.reviewed.by)}.values())


def _otherwise(run: StageRun) -> Iterator[str]:
    """What others who judge with them said last, where it is not the same."""
    for one in run.dissent:
        who = one.reviewed.by.in_words
        yield f"{who}, otherwise: {small(one.reviewed.verdict.words)}. {one.reviewed.reason}"


def marked(said: str, sources: Sources, what: Ours) -> str:
    """With the mark that it rests on something which the council's text does not know, where it does."""
    return said and f"{said}{aside(sources.procedure, sources.ladder, what)}"


def _put_right_on(review: ResponseReview) -> str:
    """The day on which it was put right, where the reviewer knew it; else the day of the review."""
    settled_on = review.reviewed.answers.get("settled_on")
    return day_in_words(str(settled_on)) if settled_on else day_of(review.at)


def _step(done: StepDone, run: StageRun, sources: Sources) -> dict[str, str]:
    steps = sources.ladder.stage(run.stage).steps if sources.ladder else ()
    return {
        "what": next((step.what for step in steps if step.id == done.step), done.step),
        "on": _by(done.took_place),
        "needed": "yes" if done.needed else "no",
        "chair": done.chair,
        "present": done.present,
        "outcome": done.outcome,
        "text": done.text,
    }


def _answer(given: Given, sources: Sources) -> dict[str, Any]:
    answer = given.answer
    own = sources.form.fields(filled_by="answerer", repeats="stage")
    return {
        **{field.id: shown(field, answer.answers) for field in own},
        "on": day_of(given.at),
        "by": answer_words.given_by(answer),
        "kind": answer.response.words,
        "response": answer_words.said_in_full(answer),
        "promise_by": in_full(answer.promise_by) if answer.promise_by else "",
        "task_owner": answer.task_owner,
    }


def people_named(people: Iterable[Person]) -> str:
    """Names with their posts, one after another."""
    return "; ".join(one.in_words for one in people)


def day_of(moment: datetime | None) -> str:
    """The London day in words; empty for none."""
    return in_full(london_date(moment)) if moment else ""
