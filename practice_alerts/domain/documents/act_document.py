"""What the Word template of one act is filled with: the act, the child, and how the alert stood then.

Each field of the act's form stands under its own id, answered or not: a many_of as a list of
{text, ticked}, anything else as text. docs/procedure-format.md lists what else there is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from practice_alerts.domain.acts.act_answers import answers_of
from practice_alerts.domain.acts.form_by_rule import of_no_child
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import (
    AnswerGiven,
    Event,
    Happened,
    Person,
    Referred,
    ResponseReviewed,
    beside_text,
)
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.documents.alert_document import (
    Sources,
    day_of,
    head,
    people_named,
    said,
    shown,
    stage_paper,
)
from practice_alerts.domain.forms.form import (
    Answers,
    Form,
    FormField,
    OptionsFrom,
    is_answered,
)
from practice_alerts.domain.forms.subject import about_whom, is_about_child
from practice_alerts.domain.procedure.beside_text import said_of_ours
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.seeing.parts import kept_back
from practice_alerts.domain.text import capital, small
from practice_alerts.domain.wording.answer_words import verdict_in_words
from practice_alerts.domain.wording.history import agreed_in_words

_CHILD_VIEW = "child_view"
_LEFT_OUT = frozenset({_CHILD_VIEW, "raised_as", "readers"})
"""Told elsewhere: in `child_said`, and by the raiser's post; or not to be told on paper."""


@dataclass(frozen=True)
class ActSources:
    """What the paper of an act is made from.

    `alert` is what the alert's own paper is made from, with the form that was in use at the time.
    `form` is the act's; what its template does not name (`named`) and was answered goes to `more`.
    `names` are the people who act, by id, for those whom no event names.
    """

    alert: Sources
    form: Form
    named: frozenset[str]
    names: Mapping[str, str]


def act_paper(alert: Alert, number: int, sources: ActSources, printed_on: date) -> dict[str, Any]:
    """Everything a template of that act may name; `number` is the event's.

    The ladder is told as it stood right after the act; who the child is and what became of a
    referral as it stands in `alert`, so that a corrected name is printed as corrected. LookupError
    for an event that is not among those of the alert.
    """
    done = _event(alert, number)
    then = fold(event for event in alert.happened if event.number <= number)
    answers = answers_of(done.what) if done.what else {}
    whom = _about(alert, sources.alert)
    form = _with_words(sources.form, done.what, sources.alert)
    not_put = set[str]()
    if not whom["about_child"]:
        not_put = {field.id for field in form.fields() if of_no_child(field) is None}
        form = form.changed(lambda field: of_no_child(field) or field)
    return {
        **{one.id: _shown(one, answers, may_be=one.id not in not_put) for one in form.fields()},
        **head(alert, sources.alert, printed_on),
        **_done(alert, done, sources),
        **whom,
        **_at_stage(then, done.what, sources.alert),
        **_route(alert, done),
        "stages": _stages(then, sources.alert),
        "more": [
            *_entries((one for one in form.fields() if one.id not in sources.named), answers),
            *_ours(done.what, sources.alert),
        ],
    }


def _shown(field: FormField, answers: Answers, *, may_be: bool) -> Any:
    """Without boxes to tick where the question was not put; `may_be`: it can be."""
    is_put = is_answered(answers.get(field.id)) or (may_be and field.asked(answers))
    return shown(field, answers, ticked=True) if is_put or not field.type.facts.is_several else []


def _ours(event: Event | None, sources: Sources) -> list[dict[str, str]]:
    """What of it the council's text does not know."""
    every = beside_text(event) if event else ()
    said = (said_of_ours(sources.procedure, sources.ladder, one) for one in every)
    return [{"label": "Not in the procedure", "entry": one} for one in said if one]


def _event(alert: Alert, number: int) -> Happened:
    for event in alert.happened:
        if event.number == number:
            return event
    raise LookupError(f"nothing of that alert bears the number {number}")


def _entries(fields: Iterable[FormField], answers: Answers) -> list[dict[str, str]]:
    """Those that were answered, each with its label."""
    return [
        {"label": field.label, "entry": _in_words(field, answers)}
        for field in fields
        if is_answered(answers.get(field.id))
    ]


def _in_words(field: FormField, answers: Answers) -> str:
    """Any answer as lines of text."""
    value = answers.get(field.id)
    if not field.fields:
        return said(field, value)
    return "\n".join(
        f"{inner.label}: {_in_words(inner, item)}"
        for item in value or ()
        for inner in field.fields
        if is_answered(item.get(inner.id))
    )


def _with_words(form: Form, event: Event | None, sources: Sources) -> Form:
    """With the words of the choices that the alert's ladder gave at the time."""
    stage, ladder = getattr(event, "stage", ""), sources.ladder
    steps = ladder.stage(stage).steps if ladder and stage and ladder.has(stage) else ()
    words = {
        OptionsFrom.STEPS: {step.id: capital(step.what) for step in steps},
        OptionsFrom.STEP_RESULTS: {said: capital(said) for step in steps for said in step.outcomes},
    }

    def filled(field: FormField) -> FormField:
        offered = words.get(field.options_from) if field.options_from else None
        return field if offered is None else field.model_copy(update={"options": offered})

    return form.changed(filled)


def _done(alert: Alert, done: Happened, sources: ActSources) -> dict[str, str]:
    """Who did it and when; a name alone for somebody whose post no event gives."""
    named = alert.people_named.get(done.by)
    who = done.what.by if isinstance(done.what, AnswerGiven | ResponseReviewed) else named
    if who is None or not who.name:
        who = Person(id=done.by, name=sources.names.get(done.by, ""))
    here = done.at.astimezone(LONDON)
    return {
        "title": sources.form.title,
        "done_by": people_named([who]) or "not recorded",
        "done_on": in_full(here.date()),
        "done_at": f"{here:%H:%M}",
    }


def _about(alert: Alert, sources: Sources) -> dict[str, Any]:
    """Whom it is about and the concern, as the form that was in use has them."""
    procedure, form, raised_as = sources.procedure, sources.form, alert.raised.raised_as
    child = is_about_child(procedure, raised_as, (form,), alert.answers)
    asked = form.fields(filled_by="raiser", repeats="never")
    # The paper of an act goes to others, as that of a referral does.
    kept = kept_back(alert).get(alert.happened[0].number, ())
    fields = [field for field in asked if field.is_printed and field.id not in kept]
    view = next((field for field in fields if field.id == _CHILD_VIEW), None)
    return {
        "about_whom": about_whom(procedure, raised_as),
        "about_child": "Yes" if child else "",
        **{
            place: _entries(
                (one for one in fields if _place(one, child=child) == place), alert.answers
            )
            for place in ("child", "facts", "concern")
        },
        "child_said": said(view, alert.answers.get(_CHILD_VIEW)) if view else "",
    }


def _place(field: FormField, *, child: bool) -> str:
    """Where an answer of the raising form is told; empty for what an act's document leaves out.

    Under `child` stands who the child is; of an alert about no child, whoever it is about.
    """
    if field.id in _LEFT_OUT:
        return ""
    if field.identifies == "child" or (field.identifies and not child):
        return "child"
    return "concern" if field.is_ticked else field.type.facts.told_in


def _at_stage(then: Alert, event: Event | None, sources: Sources) -> dict[str, Any]:
    """The stage it was done at: what was asked there, of whom, by when, and what was answered."""
    stage = getattr(event, "stage", "")
    run = then.run_at(stage) if stage else then.run
    told = stage_paper(then, run, sources) if run and sources.ladder else {}
    every = sources.form.fields(filled_by="raiser", repeats="stage")
    asks = [field for field in every if field.goes_to is None]
    who = ("received_by", "asked", "copied", "invited", "by_hand")
    names = ("sent_on", *who, "due", "due_clause", "due_agreed", "settle_by", "settle_clause")
    return {
        **{name: told.get(name, "") for name in names},
        "level": told.get("label", ""),
        "request": _entries(asks, run.sent.answers) if run else [],
        "answers": told.get("answers", []),
        "steps": told.get("steps", []),
    }


def _route(alert: Alert, done: Happened) -> dict[str, Any]:
    """Of a referral: where it leads, what it rests on, and what became of it since."""
    found = ROUTES[done.what.route] if isinstance(done.what, Referred) else None
    followed = next((one.followed for one in alert.referrals if one.number == done.number), ())
    return {
        **({"title": found.title} if found else {}),
        "law": (found.law or "") if found else "",
        "followed": [
            {"on": in_full(one.on), "what": one.happened.words, "text": one.text}
            for _, one in followed
        ],
    }


def _stages(then: Alert, sources: Sources) -> list[dict[str, Any]]:
    if sources.ladder is None:
        return []
    told = ((run, stage_paper(then, run, sources)) for run in then.runs)
    return [{**one, "came_of_it": _came_of_it(run, one, sources.ladder)} for run, one in told]


def _came_of_it(run: StageRun, told: Mapping[str, Any], ladder: Ladder) -> str:
    """What was done at one stage, a line each, the earliest first."""
    dated = sorted(_dated(run, told, ladder), key=lambda line: line[0])
    lines = [f"{day_of(at)}: {what}" for at, what in dated]
    if not run.answers or (run.sent.each and run.yet_to_answer):
        of = f" of {run.awaited_posts}" if run.answers else ""
        lines.append(f"No answer{of} {'was' if run.left_at else 'has been'} received.")
    return "\n".join(lines)


def _dated(
    run: StageRun, told: Mapping[str, Any], ladder: Ladder
) -> Iterator[tuple[datetime, str]]:
    for (at, done), step in zip(run.steps, told["steps"], strict=True):
        yield done.took_place or at, step["what"] + ("" if done.needed else ", found not needed")
    for given, answer in zip(run.answers, told["answers"], strict=True):
        promise = f", {answer['promise_by']}" if answer["promise_by"] else ""
        yield given.at, f"{answer['by']} answered: {small(answer['kind'])}{promise}"
    for at, agreed in run.agreed:
        yield at, agreed_in_words(agreed, ladder)
    for hold in run.holds:
        yield hold.at, f"put on hold until {in_full(hold.until)}"
    for review in run.every_review:
        yield review.at, f"reviewed: {verdict_in_words(review.reviewed)}"
    if run.left_at:
        yield run.left_at, f"escalated to {told['escalated_to']}"
