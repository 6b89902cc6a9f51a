"""What an alert may be about, and the significant changes to be told."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from practice_alerts.domain.definition import CaseType, Definition, Id, Said, Words
from practice_alerts.domain.procedure.posts import NOBODY_NAMED, WhoField


class SharedTheme(Said):
    """What the categories of all councils come to, so that councils can be laid side by side. Ours."""

    STATUTORY = "statutory", "Duties that the law sets: a worker, visits, reviews, assessments"
    PLAN = "plan", "The plan: missing, unfit, drifting or not carried out"
    SERVICES = "services", "Services, placement and resources"
    SAFEGUARDING = "safeguarding", "Safety"
    WORK = "work", "How the work is done: preparing, telling, hearing the child"
    OTHER = "other", "Something else"


class Example(Definition):
    """One thing that belongs to a category, with the case types and posts the source ties it to."""

    id: Id | None = None
    """By which it can be ticked on the form, and counted."""
    text: Words
    cases: tuple[CaseType, ...] = ()
    responsible: WhoField | None = None
    examples: tuple[Words, ...] = ()
    note: Words | None = None


def _read_text(written: Any) -> Any:
    return {"text": written} if isinstance(written, str) else written


def _text_or(keys: str) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "string"}, {"$ref": f"#/$defs/{keys}"}]})


class Category(Definition):
    """What an alert may be about."""

    id: Id
    title: Words
    examples: tuple[Annotated[Example, BeforeValidator(_read_text), _text_or("Example")], ...] = ()
    note: Words | None = None


class Change(Definition):
    """A significant change that must be told, with its threshold where one is printed."""

    text: Words
    threshold: Words | None = None
    cases: tuple[CaseType, ...] = ()
    note: Words | None = None


class SignificantChanges(Definition):
    """The changes to be told to the IRO or chair, by whom and by when."""

    by: WhoField = NOBODY_NAMED
    to: WhoField
    within: Words = "not stated"
    items: tuple[Annotated[Change, BeforeValidator(_read_text), _text_or("Change")], ...] = Field(
        min_length=1
    )
