"""Rules about what belongs together: forms, their Word templates, and a council's four rooms."""

from __future__ import annotations

from collections.abc import Iterator

from practice_alerts.domain.checks.rule import ROOMS, Hit, LintRule, Subject
from practice_alerts.domain.files.faults import nearest
from practice_alerts.domain.forms.form import Form, FormField

_ONE_STEM = "One name leads to a council's rules, forms, Word templates and pages"
MORE = "more"
"""What a document of an act repeats to print every answer that no other tag of it names."""
_PAPER = "What the paper form asks must stand in the document, and nothing else"


def _missing_room(subject: Subject) -> Iterator[Hit]:
    for room, words in ROOMS.items():
        if room not in subject.rooms:
            yield Hit((), f"not found: {words.format(subject.council)}")


def _unknown_tag(subject: Subject) -> Iterator[Hit]:
    for name, paths in subject.tags.items():
        form, offered = _form(subject, name)
        if form is None:
            says = f"the Word template {name}.docx belongs to no form"
            yield Hit((), says, file=f"{name}.docx")
            continue
        known = {field.id for field in _every(form)} | offered
        for path in sorted(paths):
            part = next((one for one in _parts(path) if one not in known), None)
            if part is not None:
                hint = nearest(part, sorted(known))
                says = f"the tag '{path}' has no field" + (f" ({hint})" if hint else "")
                yield Hit((), says, file=f"{name}.docx")


def _not_printed(subject: Subject) -> Iterator[Hit]:
    for name, paths in subject.tags.items():
        printed = {part for path in paths for part in _parts(path)}
        form, _ = _form(subject, name)
        if name in subject.acts and MORE in printed:
            continue
        for field in _every(form) if form is not None else ():
            for_the_log = (
                field.goes_to == "log"
            )  # asked for the log alone, so no document prints it
            if field.required and not for_the_log and field.id not in printed:
                says = f"the required field '{field.id}' does not stand in the Word template"
                yield Hit((), says, (f"forms.{name}",), file=f"{name}.yml")


def _no_template(subject: Subject) -> Iterator[Hit]:
    wanted = {kind.form for kind in subject.procedure.kinds.values() if kind.form is not None}
    if "templates" in subject.rooms:
        for name in sorted(wanted - set(subject.tags)):
            yield Hit((), f"the form has no Word template {name}.docx", file=f"{name}.yml")


def _form(subject: Subject, name: str) -> tuple[Form | None, frozenset[str]]:
    """The form of a Word template, and what its document gets beside the form's fields."""
    if name in subject.acts:
        return subject.acts[name], subject.offered_to_acts
    return subject.forms.get(name), subject.offered


def _every(form: Form) -> Iterator[FormField]:
    for field in form.fields():
        yield field
        yield from field.fields


def _parts(path: str) -> list[str]:
    return [part.removesuffix("[]") for part in path.split(".")]


RULES = (
    LintRule(
        "PA901",
        "A tag of the Word template that no field fills",
        "error",
        _PAPER,
        "Such a document cannot be made: the tag has nothing to print.",
        _unknown_tag,
    ),
    LintRule(
        "PA902",
        "A required field that the Word template leaves out",
        "warning",
        _PAPER,
        "People have to fill it in, and nobody who reads the document sees it.",
        _not_printed,
    ),
    LintRule(
        "PA903",
        "A form without a Word template",
        "warning",
        _ONE_STEM,
        "Alerts on this form have no document.",
        _no_template,
    ),
    LintRule(
        "PA904",
        "A room is missing",
        "error",
        _ONE_STEM,
        "Part of what a council needs has not been made yet.",
        _missing_room,
    ),
)
