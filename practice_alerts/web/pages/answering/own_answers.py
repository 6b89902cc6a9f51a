"""What the answer page tells of a stage: its clause, what was asked, and what was answered, its reader's own first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from practice_alerts.casework.acts.answer import AskedView
from practice_alerts.casework.acts.answering import drafting
from practice_alerts.casework.core.notice_facts import wanted_beside
from practice_alerts.casework.jobs.when_to_send import leaves_on
from practice_alerts.domain.alert.events import AnswerRecorded, Person
from practice_alerts.domain.alert.stage_run import Given
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.documents.alert_document import said
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.ladder import Stage
from practice_alerts.domain.standing.running_clocks import Clocks
from practice_alerts.domain.text import sentence
from practice_alerts.domain.wording.answer_words import given_by, said_in_full
from practice_alerts.domain.wording.definitions import counted_in_words
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer in words. `is_recorded`: the officer wrote it down, so that it may be put in one's own words."""

    on: str
    by: str
    what: str
    text: str
    is_own: bool
    is_recorded: bool


def given_answers(asked: AskedView) -> tuple[GivenAnswer, ...]:
    """All at the stage to which the page belongs, the earliest first."""
    run = asked.known.alert.run_at(asked.asking.stage)
    return tuple(_told(one, asked) for one in run.answers) if run else ()


def answered_on(answers: Iterable[GivenAnswer]) -> str:
    """The day of the reader's own latest answer; empty while there is none."""
    return next((one.on for one in reversed(tuple(answers)) if one.is_own), "")


def answer_leaves_on(office: Office, asked: AskedView) -> date | None:
    """The morning on which the officer is told of the latest answer; None once they have been."""
    run = asked.known.alert.run_at(asked.asking.stage)
    at = run.answers[-1].known_at if run and run.answers else None
    return leaves_on(office, asked.known, "answered", at)


@dataclass(frozen=True, slots=True)
class DraftOfOther:
    """What somebody else drafted of the answer, as the form takes it and in words."""

    who: Person
    answers: Mapping[str, Any]
    told: tuple[tuple[str, str], ...]


def drafts_of_others(office: Office, asked: AskedView) -> tuple[DraftOfOther, ...]:
    """What was drafted for whoever is asked, while their answer is awaited."""
    if not (asked.is_present and asked.answers):
        return ()
    with office.database.reading() as tx:
        every = drafting.drafted_for(tx, asked.known, asked.actor)
    return tuple(
        DraftOfOther(who, answers, told)
        for who, answers in every.items()
        if (told := _in_words(asked.form, answers))
    )


def _in_words(form: Form, answers: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    every = ((one.label, said(one, answers.get(one.id))) for one in form.fields())
    return tuple((label, words) for label, words in every if words)


def _told(given: Given, asked: AskedView) -> GivenAnswer:
    answer, theirs = given.answer, {asked.asking.person_id, asked.actor.id}
    whose = {answer.by.id, answer.whose.id if answer.whose else ""}
    promise = f" ({in_full(answer.promise_by)})" if answer.promise_by else ""
    return GivenAnswer(
        in_full(london_date(given.at)),
        given_by(answer),
        f"{answer.response.words}{promise}",
        said_in_full(answer),
        bool(whose & theirs),
        isinstance(answer, AnswerRecorded),
    )


def of_stage(asked: AskedView, stage: Stage | None, clocks: Clocks) -> dict[str, Any]:
    """Its label, the clause of its answer for whoever is asked for one, and all that is wanted of the reader."""
    is_theirs = asked.answers or asked.drafts_for is not None or not asked.is_present
    answer, ladder = stage.answer if stage and is_theirs else None, asked.known.ladder
    counted = counted_in_words(answer, ladder, stage.id) if answer and stage and ladder else ""
    return {
        "stage": stage.label if stage else "",
        "within": in_words(answer.within) if answer else "",
        "counted": counted,
        "wanted": _wanted(asked, clocks) if asked.is_present else (),
    }


def _wanted(asked: AskedView, clocks: Clocks) -> tuple[str, ...]:
    """As their e-mail says it; nothing where it is but one thing, of which the page tells anyhow."""
    every = wanted_beside(asked.known, clocks, asked.asking.person_id)
    return tuple(map(sentence, every)) if len(every) > 1 else ()


def facts_of(
    form: Form, repeats: Literal["stage", "never"], answers: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Every answered question with its answer, in the order of the form."""
    fields = form.fields(filled_by="raiser", repeats=repeats)
    found = [(f.label, said(f, answers.get(f.id))) for f in fields if f.goes_to is None]
    return [(label, words) for label, words in found if words]


def all_answers(asked: AskedView) -> dict[str, Any]:
    """Whose answers are there, and when theirs was given."""
    answers = given_answers(asked)
    others = [one for one in answers if not one.is_own]
    return {"answers": answers, "others": others, "answered_on": answered_on(answers)}
