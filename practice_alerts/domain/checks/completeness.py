"""Rules about what belongs together: forms, their Word templates, and a council's four rooms."""

import re
from collections.abc import Iterator

from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.checks.rule import EXAMPLES, ROOMS, Hit, Subject, lint_rule
from practice_alerts.domain.definition import ID_PATTERN
from practice_alerts.domain.files.faults import as_id, hinted, nearest
from practice_alerts.domain.forms.form import Form, FormField

_ONE_STEM = "One name leads to a council's rules, forms, Word templates and pages"
MORE = "more"
"""What a document of an act repeats to print every answer that no other tag of it names."""
_PAPER = "What the paper form asks must stand in the document, and nothing else"


@lint_rule("PA102", "error", "The format: docs/procedure-format.md, a council's rooms")
def _taken(subject: Subject) -> Iterator[Hit]:
    """A folder whose name cannot be an address.

    The folder's name is the council's address in the guide: small letters, digits and hyphens, and
    none of the words that the product has for its own pages.
    """
    if subject.council in subject.taken:
        says = (
            f"/{subject.council}/ is an address of the product's own: give the folder another name"
        )
        yield Hit((), says)
    elif not re.fullmatch(ID_PATTERN, subject.council):
        meant = as_id(subject.council).replace("_", "-")
        says = f"the folder's name '{subject.council}' is no address"
        yield Hit((), f"{says} (did you mean {meant}?)" if meant else says)


@lint_rule("PA904", "error", _ONE_STEM)
def _missing_room(subject: Subject) -> Iterator[Hit]:
    """A room is missing.

    Part of what a council needs has not been made yet. Before there is a form nothing more is asked
    for, so that the rules can be written first.
    """
    for room, words in ROOMS.items() if "forms" in subject.rooms else ():
        if room not in subject.rooms:
            if room == "examples" and EXAMPLES in subject.texts:
                how = f"practice-alerts example {subject.council} --keep writes one"
                says = f"{EXAMPLES} holds no worked case yet; {how}"
                yield Hit((), says, file=EXAMPLES)
                continue
            how = f"; {_how_made(subject)}" if room == "templates" else ""
            yield Hit((), f"not found: {words.format(subject.council)}{how}")


def _how_made(subject: Subject, form: str = "") -> str:
    """The command that makes a first template; of the council's first form where none is said."""
    name = form or next(iter(sorted(subject.forms)), "FORM")
    return f"practice-alerts templates new {subject.council}/{name} makes one"


@lint_rule("PA906", "note", _ONE_STEM)
def _no_form_yet(subject: Subject) -> Iterator[Hit]:
    """No form yet.

    The rules can be read and worked with; an alert can be raised once there is a form.
    """
    if "forms" not in subject.rooms:
        yield Hit((), f"no alert can be raised yet: {ROOMS['forms'].format(subject.council)}")


@lint_rule("PA901", "error", _PAPER)
def _unknown_tag(subject: Subject) -> Iterator[Hit]:
    """A tag of the Word template that no field fills.

    Such a document cannot be made: the tag has nothing to print.
    """
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
                says = hinted(f"the tag '{path}' has no field", hint)
                yield Hit((), says, file=f"{name}.docx")


@lint_rule("PA902", "warning", _PAPER)
def _not_printed(subject: Subject) -> Iterator[Hit]:
    """A required field that the Word template leaves out.

    People have to fill it in, and nobody who reads the document sees it.
    """
    for name, paths in subject.tags.items():
        printed = {part for path in paths for part in _parts(path)}
        form, _ = _form(subject, name)
        if name in subject.acts and MORE in printed:
            continue
        for field in _every(form) if form is not None else ():
            # What is asked for the log alone is printed on no document.
            if field.required and field.goes_to != "log" and field.id not in printed:
                says = f"the required field '{field.id}' does not stand in the Word template"
                yield Hit((), says, (f"forms.{name}",), file=f"{name}.yml")


@lint_rule("PA903", "warning", _ONE_STEM)
def _no_template(subject: Subject) -> Iterator[Hit]:
    """A form without a Word template.

    Alerts on this form have no document.
    """
    wanted = {kind.form for kind in subject.procedure.kinds.values() if kind.form is not None}
    if "templates" in subject.rooms:
        for name in sorted(wanted - set(subject.tags)):
            says = f"the form has no Word template {name}.docx; {_how_made(subject, name)}"
            yield Hit((), says, file=f"{name}.yml")


@lint_rule(
    "PA907",
    "warning",
    "What a document says is what its form asks and what was done, and nothing else",
)
def _left_behind(subject: Subject) -> Iterator[Hit]:
    """What authors left behind in a Word template.

    Comments, tracked changes, hidden text and names in the properties stand in every document made
    from it, and leave the house with it.
    """
    for name, found in sorted(subject.left_behind.items()):
        for what in found:
            yield Hit((), f"the Word template holds {what}", file=f"{name}.docx")


def _form(subject: Subject, name: str) -> tuple[Form | None, frozenset[str]]:
    """The form of a Word template, and what its document gets beside the form's fields."""
    if name in subject.acts and ACT_FORMS[name].printed:
        return subject.acts[name], subject.offered_to_acts
    return subject.forms.get(name), subject.offered


def _every(form: Form) -> Iterator[FormField]:
    for field in form.fields():
        yield field
        yield from field.fields


def _parts(path: str) -> list[str]:
    return [part.removesuffix("[]") for part in path.split(".")]


RULES = (
    _taken,
    _unknown_tag,
    _not_printed,
    _no_template,
    _missing_room,
    _no_form_yet,
    _left_behind,
)
