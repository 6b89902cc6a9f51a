"""Checking the councils' files: every rule of the linter, over each council with its Word templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.adapters.holidays import england
from practice_alerts.adapters.procedure_files import CouncilFiles, subject_of
from practice_alerts.domain.alert import Alert, fold
from practice_alerts.domain.checks import RULES, Finding, check
from practice_alerts.domain.choices import with_choices
from practice_alerts.domain.errors import BadDefinition, BadTemplate, Fault
from practice_alerts.domain.events import (
    Answered,
    Event,
    Happened,
    Judged,
    Person,
    Raised,
    Referred,
    Sent,
)
from practice_alerts.domain.ladder import Ladder
from practice_alerts.domain.paper import Sources, paper


def check_councils(
    councils: Iterable[CouncilFiles], today: date, only: Iterable[str] = tuple(RULES)
) -> tuple[Finding, ...]:
    """What the linter finds by these rules, council by council.

    Raises BadDefinition for the Word files it cannot read, each with the reason.
    """
    findings: list[Finding] = []
    faults: list[Fault] = []
    for files in councils:
        tags = _tags(files, faults)
        offered = {name for form in files.forms for name in offers(files, form, today)}
        findings += check(subject_of(files, today=today, tags=tags, offered=offered), only)
    if faults:
        raise BadDefinition(faults)
    return tuple(findings)


def offers(files: CouncilFiles, form_name: str, today: date) -> frozenset[str]:
    """Every name, at any depth, that a document of this form is filled with."""
    form = with_choices(files.forms[form_name], files.procedure, form_name)
    ladder = _ladder(files, form_name)
    sources = Sources(files.procedure, form, ladder, england(today=today))
    return frozenset(_names(paper(_invented(form_name, ladder, today), sources, today)))


def _tags(files: CouncilFiles, faults: list[Fault]) -> dict[str, frozenset[str]]:
    """The paths each of the council's Word templates asks for, by form."""
    tags: dict[str, frozenset[str]] = {}
    for form, path in files.templates.items():
        try:
            tags[form] = WordTemplate.read(path).paths()
        except BadTemplate as error:
            wanted = "a Word template that can be filled in"
            faults.append(Fault(str(path), 1, "", error.reason, wanted))
    return tags


def _ladder(files: CouncilFiles, form: str) -> Ladder | None:
    """The ladder that alerts on this form climb; of the partners' one, since all print the same."""
    partner = next(iter(files.procedure.partners), None)
    for name, kind in files.procedure.kinds.items():
        ladder = files.procedure.ladder_of(name, partner)
        stages = ladder.stages if ladder else ()
        if form in {kind.form or name, *(stage.form for stage in stages)}:
            return ladder
    return None


def _invented(form: str, ladder: Ladder | None, today: date) -> Alert:
    """An alert to which everything happened that a document tells of."""
    somebody = Person(id="", name="")
    raised = Raised(
        council="",
        edition="",
        reference="",
        alert_kind="",
        raised_as="",
        raiser=somebody,
        form=form,
        answers={},
    )
    stage = ladder.stages[0].id if ladder else ""
    climbed: tuple[Event, ...] = (
        Sent(stage=stage, asked=(somebody,), answers={}),
        Answered(stage=stage, by=somebody, response="done", text=""),
        Judged(stage=stage, by=somebody, verdict="put_right", reason=""),
    )
    referred = Referred(route="cafcass", reason="")
    events: tuple[Event, ...] = (raised, *(climbed if ladder else ()), referred)
    at = datetime.combine(today, time(12), tzinfo=UTC)
    return fold(
        Happened(number, at, "", event.kind, event) for number, event in enumerate(events, start=1)
    )


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner)
