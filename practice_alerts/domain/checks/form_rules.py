"""Rules about forms: can they be filled in, and do they ask what an alert rests on?"""

from collections.abc import Iterator

from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.acts.options import OFFERED_AT_THE_TIME, choices, examples_in, form_used
from practice_alerts.domain.checks.rule import Hit, Subject, lint_rule
from practice_alerts.domain.files.faults import hinted, nearest
from practice_alerts.domain.files.references import fields_of
from practice_alerts.domain.forms.answer_pattern import is_in_time
from practice_alerts.domain.forms.form import (
    ADDRESSEE,
    AROSE,
    CATEGORY,
    Form,
    FormField,
    OptionsFrom,
)
from practice_alerts.domain.procedure.case_types import About
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.posts import Of
from practice_alerts.domain.procedure.procedure import PARTNERS, AlertKind
from practice_alerts.domain.text import joined

_FORMAT = "The format: docs/procedure-format.md, the form"
_FORMAT_OF_KINDS = "The format: docs/procedure-format.md, kinds"


@lint_rule("PA501", "warning", _FORMAT)
def _case_not_told(subject: Subject) -> Iterator[Hit]:
    """A form that cannot tell the case types apart.

    A field with the id raised_as and options_from: raised_by asks for it. Without one the case type
    follows from the post of whoever raises: somebody who raises for several is taken to mean the first, and
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
    every = {case for kind in kinds for case in procedure.cases_of_kind(kind)}
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
            if field.examples_of is not None and not examples_in(subject.procedure, field):
                known = [one.id for one in subject.procedure.categories]
                says = (
                    f"{field.label}: no example of '{field.examples_of}' has an id to be ticked by"
                )
                says = hinted(says, nearest(field.examples_of, known))
                yield Hit((*path, "examples_of"), says, file=f"{name}.yml")
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
        if kind.ladder is not None and not any(tells) and _may_be_a_child(subject, kind):
            says = "it asks neither for the child nor for the number of the case"
            yield Hit(("sections",), says, (f"forms.{name}",), file=f"{name}.yml")


def _may_be_a_child(subject: Subject, kind: AlertKind) -> bool:
    """Is one of its case types about a child, as far as the file says?"""
    own = subject.procedure.case_types
    said = [
        own[case].about if case in own else None for case in subject.procedure.cases_of_kind(kind)
    ]
    return not said or any(about in (None, About.CHILD) for about in said)


@lint_rule("PA506", "error", _FORMAT_OF_KINDS)
def _case_not_raised(subject: Subject) -> Iterator[Hit]:
    """A kind of alert for a case type that nobody who raises it raises.

    Its `cases`, whoever raises it and whoever raises on its ladder do not come together, so that it can never be raised so.
    """
    procedure = subject.procedure
    for name, kind in procedure.kinds.items():
        ladders = procedure.ladders_of(name) or (None,)
        open_ = {case for one in ladders for case in procedure.cases_of_kind(kind, one)}
        for place, case in enumerate(kind.cases):
            if case in procedure.case_titles and case not in open_:
                says = f"it is for {procedure.case_titles[case]}, and none of those who raise it raises for that"
                yield Hit(("kinds", name, "cases", place), says)
        if not open_ and not kind.cases:
            says = "nobody who raises alerts of this kind raises on its ladder"
            yield Hit(("kinds", name, "raised_by"), says)


@lint_rule("PA507", "note", _FORMAT)
def _not_asked_about(subject: Subject) -> Iterator[Hit]:
    """A person whom the form asks about in some cases only, and the procedure means in others too.

    Where the question is not put, the post is resolved as one that is not on the form: whoever holds it in the
    child's team is meant. If the form was to name them in every case, take away the field's `cases`.
    """
    procedure = subject.procedure
    for kind_id, kind in procedure.kinds.items():
        for name in sorted(_forms_of(subject, kind_id) & set(subject.forms)):
            asked = {r for one in procedure.ladders_of(kind_id) for r in _asked(subject, one)}
            for path, field in fields_of(subject.forms[name]):
                left = [case for case in procedure.cases_of_kind(kind) if case not in field.cases]
                if field.cases and left and field.role in asked:
                    cases = joined([procedure.case_titles[case] for case in left], "or")
                    says = f"{field.label}: not asked for {cases}, where whoever holds the post is meant"
                    yield Hit((*path, "cases"), says, (f"forms.{name}",), file=f"{name}.yml")


@lint_rule("PA508", "error", _FORMAT)
def _never_put(subject: Subject) -> Iterator[Hit]:
    """A question that waits for an answer which nobody can give.

    What stands in `when` is one of the choices of the other question, by its id.
    """
    for name, form in subject.forms.items():
        asked = {field.id: field for _, field in fields_of(form)}
        for path, field in fields_of(form):
            for condition in field.when:
                other = asked.get(condition.field)
                able = _answers_to(subject, name, other) if other else ()
                for value in condition.answers if able else ():
                    if value not in able:
                        says = f"{field.label}: '{value}' is no answer to {condition.field}, expected {joined(able, 'or')}"
                        yield Hit((*path, "when"), says, file=f"{name}.yml")


@lint_rule("PA509", "warning", _FORMAT)
def _never_asked(subject: Subject) -> Iterator[Hit]:
    """A question for a stage or a case type that no alert on its form comes to.

    What the form asks from a stage on goes by the ladders of the kinds that use it, and the case types by
    theirs.
    """
    kinds = list(_by_kind(subject))
    for name, form in subject.forms.items():
        using = [
            kind_id for kind_id in subject.procedure.kinds if name in _forms_of(subject, kind_id)
        ]
        ladders = [one for kind_id in using for one in subject.procedure.ladders_of(kind_id)]
        stages = {stage.id for ladder in ladders for stage in ladder.stages}
        cases = {
            case
            for at, _, kind in kinds
            if at == name
            for case in subject.procedure.cases_of_kind(kind)
        }
        for path, field in fields_of(form) if using else ():
            for key in ("required_from", "optional_from"):
                named = getattr(field, key)
                if named is not None and named not in stages:
                    says = f"{field.label}: no alert on this form comes to '{named}'"
                    yield Hit((*path, key), says, file=f"{name}.yml")
            if field.cases and not cases & {*field.cases}:
                says = f"{field.label}: it is asked for none of those who are raised on this form"
                yield Hit((*path, "cases"), says, file=f"{name}.yml")


@lint_rule("PA510", "error", _FORMAT)
def _unknown_to_the_act(subject: Subject) -> Iterator[Hit]:
    """A choice of which the act can record nothing.

    A council's own form of an act offers the act's choices: with options_from all, with options some, in words of
    its own. Others cannot be recorded. Choices that only the alert decides need options_from.
    """
    for name, form in subject.acts.items():
        for path, field in fields_of(form):
            source = ACT_FORMS[name].chosen.get(field.id)
            if source is None or field.options_from is source:
                continue
            wanted = f"{field.label}: the act needs options_from: {source.value}"
            if field.options is None or source in OFFERED_AT_THE_TIME:
                yield Hit(path, wanted, file=f"{name}.yml")
                continue
            known = [*choices(source, subject.procedure)]
            for one in sorted(set(field.options) - set(known)):
                says = f"{field.label}: the act knows no '{one}'"
                yield Hit((*path, "options"), hinted(says, nearest(one, known)), file=f"{name}.yml")


@lint_rule("PA511", "error", _FORMAT)
def _unknown_to_the_log(subject: Subject) -> Iterator[Hit]:
    """A choice of where a concern came up that the log does not know.

    A field with the id arose offers the choices of options_from: arose: all of them, or with options some, in words of
    the council's own. By their ids the log tells them.
    """
    for name, form in subject.forms.items():
        for path, field in fields_of(form):
            known = [*choices(OptionsFrom.AROSE, subject.procedure)]
            for one in sorted(set(field.options or {}) - set(known)) if field.id == AROSE else ():
                says = f"{field.label}: the log knows no '{one}'"
                yield Hit((*path, "options"), hinted(says, nearest(one, known)), file=f"{name}.yml")


@lint_rule("PA512", "error", "The format: docs/procedure-format.md, themes")
def _theme_of_nothing(subject: Subject) -> Iterator[Hit]:
    """A shared theme for something that nobody can tick.

    Under `themes` stand the ids of what the question category offers, and of examples.
    """
    known = {one for one, _ in _themed(subject)}
    for name in subject.procedure.themes if subject.forms else ():  # of no form at all PA906 tells
        if name not in known:
            says = hinted(
                f"nothing that can be ticked has the id '{name}'", nearest(name, [*known])
            )
            yield Hit(("themes", name), says)


@lint_rule("PA513", "warning", "The format: docs/procedure-format.md, themes")
def _without_theme(subject: Subject) -> Iterator[Hit]:
    """A category that is counted under no shared theme, where others are.

    Councils are laid side by side by their shared themes; what has none stands there by itself.
    """
    procedure = subject.procedure
    for name, is_example in _themed(subject) if procedure.themes else ():
        if not is_example and name not in procedure.themes:
            yield Hit(("themes",), f"'{name}' is counted under no shared theme")


@lint_rule("PA514", "error", _FORMAT)
def _pattern_in_no_time(subject: Subject) -> Iterator[Hit]:
    """A pattern that looks ahead or behind, repeats what it found, or is endlessly large.

    One answer could keep everybody waiting while it is held against it. Write what the answer looks like from its
    beginning to its end.
    """
    for name, form in subject.forms.items():
        for path, field in fields_of(form):
            if field.pattern is not None and not is_in_time(field.pattern):
                says = f"'{field.pattern}' looks ahead or behind, or repeats what it found"
                yield Hit((*path, "pattern"), says, file=f"{name}.yml")


def _themed(subject: Subject) -> Iterator[tuple[str, bool]]:
    """The id of everything that can be ticked as what an alert is about; is it an example?"""
    found: dict[str, bool] = {}
    for name, form in subject.forms.items():
        for _, field in fields_of(form):
            if field.examples_of is not None:
                found |= dict.fromkeys(examples_in(subject.procedure, field), True)
            elif field.id == CATEGORY:
                found |= dict.fromkeys(_answers_to(subject, name, field), False)
    yield from found.items()


def _answers_to(subject: Subject, form: str, field: FormField) -> list[str]:
    """The ids of its choices; empty where anything may be typed, or an act alone knows them."""
    if field.options_from is None:
        return [*field.choices]
    return [*choices(field.options_from, subject.procedure, form)]


def _asked(subject: Subject, ladder: Ladder) -> Iterator[str]:
    """The posts of the child's own that are asked, copied or told on that ladder."""
    for stage in ladder.stages:
        whose = (subject.procedure.asked_at(stage), *ladder.copied_at(stage))
        yield from (post.role for who in whose for post in who.each if post.of is Of.CHILD)


def _by_kind(subject: Subject) -> Iterator[tuple[str, Form, AlertKind]]:
    """Each form with each kind that uses it."""
    for kind_id, kind in subject.procedure.kinds.items():
        for name in sorted(_forms_of(subject, kind_id)):
            if name in subject.forms:
                yield name, subject.forms[name], kind


RULES = (
    *(_case_not_told, _nothing_to_choose, _unused, _no_addressee, _no_child),
    *(_case_not_raised, _not_asked_about, _never_put, _never_asked),
    *(_unknown_to_the_act, _unknown_to_the_log, _theme_of_nothing, _without_theme),
    _pattern_in_no_time,
)
