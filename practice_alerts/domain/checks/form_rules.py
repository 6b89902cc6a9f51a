"""Rules about forms: can they be filled in, and do they ask what an alert rests on?"""

from collections.abc import Iterator

from practice_alerts.domain.acts.options import OFFERED_AT_THE_TIME, choices, form_used
from practice_alerts.domain.checks.rule import Hit, Subject, lint_rule
from practice_alerts.domain.files.references import fields_of
from practice_alerts.domain.forms.form import ADDRESSEE, Form
from practice_alerts.domain.procedure.procedure import PARTNERS, AlertKind
from practice_alerts.domain.text import joined

_FORMAT = "The format: docs/procedure-format.md, the form"


@lint_rule("PA501", "warning", _FORMAT)
def _case_not_told(subject: Subject) -> Iterator[Hit]:
    """A form that cannot tell the case types apart.

    A field with the id raised_as and options_from: raised_by asks for it. Without one the case type
    follows from the raiser's post: somebody who raises for several is taken to mean the first, and
    the log and the ways out go by that.
    """
    for name, form in subject.forms.items():
        cases = _cases_on(subject, name)
        if len(cases) > 1 and all(field.id != "raised_as" for field in form.fields()):
            told = joined([subject.procedure.case_titles[case] for case in cases])
            says = f"it is raised for {told}, and no field raised_as says which is meant"
            yield Hit(("sections",), says, (f"forms.{name}",), file=f"{name}.yml")


def _cases_on(subject: Subject, form: str) -> list[str]:
    """The case types of the kinds that use this form, in the procedure's order."""
    procedure = subject.procedure
    kinds = [kind for name, kind in procedure.kinds.items() if form in _forms_of(subject, name)]
    every = {
        case
        for kind in kinds
        for case in procedure.cases_of(kind.raised_by or procedure.raising_posts)
    }
    return [case for case in procedure.raised_by if case in every]


def _forms_of(subject: Subject, name: str) -> set[str]:
    kind = subject.procedure.kinds[name]
    ladders = subject.procedure.ladders_of(name)
    first: set[str] = set() if ladders else {form_used(name, kind, None, None)}
    return first | {
        form_used(name, kind, ladder, stage) for ladder in ladders for stage in ladder.stages
    }


@lint_rule("PA502", "error", _FORMAT)
def _nothing_to_choose(subject: Subject) -> Iterator[Hit]:
    """A question with no answer to choose.

    Its choices come from a part of the procedure that is empty. Where it must be answered, no alert
    can ever be sent.
    """
    for name, form in subject.forms.items():
        for path, field in fields_of(form):
            source = field.options_from
            if source is None or source in OFFERED_AT_THE_TIME:
                continue
            if not choices(source, subject.procedure, name):
                must = ", and it must be answered" if field.required else ""
                says = f"{field.label}: the procedure has no {source.value} to choose from{must}"
                yield Hit((*path, "options_from"), says, file=f"{name}.yml")


@lint_rule("PA503", "note", _FORMAT)
def _unused(subject: Subject) -> Iterator[Hit]:
    """A form that nothing uses.

    A form is used where a kind or a stage names it, or where a kind bears its name.
    """
    used = {form for name in subject.procedure.kinds for form in _forms_of(subject, name)}
    for name in sorted(set(subject.forms) - used):
        says = f"no kind and no stage uses the form {name}"
        yield Hit((), says, (f"forms.{name}",), file=f"{name}.yml")


@lint_rule("PA504", "warning", _FORMAT)
def _no_addressee(subject: Subject) -> Iterator[Hit]:
    """A form for partner agencies that does not ask whom it goes to.

    Nobody of an agency stands in the directory, so a field with the id sent_to names them.
    """
    for name, form, kind in _by_kind(subject):
        if kind.ladder == PARTNERS and all(field.id != ADDRESSEE for field in form.fields()):
            says = f"it goes to partner agencies, and no field {ADDRESSEE} names whom it goes to"
            yield Hit(("sections",), says, (f"forms.{name}",), file=f"{name}.yml")


@lint_rule("PA505", "warning", _FORMAT)
def _no_child(subject: Subject) -> Iterator[Hit]:
    """A form that asks neither for the child nor for a number of the case.

    Whoever reads the alert cannot tell whom it is about. A field with identifies: child names the
    child; a field of type reference holds the number.
    """
    for name, form, kind in _by_kind(subject):
        fields = form.fields()
        tells = (field.identifies == "child" or field.type == "reference" for field in fields)
        if kind.ladder is not None and not any(tells):
            says = "it asks neither for the child nor for the number of the case"
            yield Hit(("sections",), says, (f"forms.{name}",), file=f"{name}.yml")


def _by_kind(subject: Subject) -> Iterator[tuple[str, Form, AlertKind]]:
    """Each form with each kind that uses it."""
    for kind_id, kind in subject.procedure.kinds.items():
        for name in sorted(_forms_of(subject, kind_id)):
            if name in subject.forms:
                yield name, subject.forms[name], kind


RULES = (_case_not_told, _nothing_to_choose, _unused, _no_addressee, _no_child)
