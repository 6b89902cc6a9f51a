"""Does a procedure hang together? What refers to a role, stage, ladder or form must find it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pydantic import BaseModel

from practice_alerts.domain.deadlines.stage_clocks import events_of
from practice_alerts.domain.files.faults import Problem, nearest
from practice_alerts.domain.files.schema import Path
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Form, FormField, kept_by
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Timed
from practice_alerts.domain.procedure.posts import RAISER, Who
from practice_alerts.domain.procedure.procedure import PARTNERS, Procedure
from practice_alerts.domain.procedure.routes import ROUTES


def problems_of(procedure: Procedure, forms: Iterable[str]) -> tuple[Problem, ...]:
    """What makes the procedure unusable: references that find nothing, and ids that stand twice."""
    known = tuple(forms)
    return (
        *unknown_roles(procedure),
        *_unknown_cases(procedure, procedure),
        *_kinds(procedure, known),
        *_twice(procedure),
        *_outside_routes(procedure),
        *(
            one
            for at, ladder in ladders_of(procedure)
            for one in _ladder(at, ladder, procedure, known)
        ),
    )


def problems_of_form(form: Form, procedure: Procedure) -> tuple[Problem, ...]:
    """What a form refers to and the procedure does not have."""
    fields = (
        problem
        for path, field in fields_of(form)
        for problem in _field(path, field, form, procedure)
    )
    return (*fields, *_unknown_cases(form, procedure))


def fields_of(form: Form) -> Iterator[tuple[Path, FormField]]:
    """Every question, those of groups among them, with its path by the keys as written."""
    for number, section in enumerate(form.sections):
        yield from _fields(("sections", number), section.fields)


def unknown_roles(procedure: Procedure) -> tuple[Problem, ...]:
    """Every post named anywhere that the catalogue of roles does not list."""
    known = (*procedure.roles, RAISER)
    return tuple(
        _not_found(path, role, "a role of the catalogue (roles)", known)
        for path, role in roles_named(procedure)
        if role not in known
    )


def _unknown_cases(definition: BaseModel, procedure: Procedure) -> Iterator[Problem]:
    """Every case type named in it that neither all councils know nor this one defines."""
    known = tuple(procedure.case_titles)
    for at, case in _cases_named(definition):
        if case not in known:
            yield _not_found(at, case, "a case type (looked_after, …, or one of case_types)", known)


def _cases_named(definition: BaseModel) -> Iterator[tuple[Path, str]]:
    for path, value in _parts(definition, ()):
        if path[-1:] in {("cases",), ("raised_as",)} and isinstance(value, tuple):
            yield from (((*path, place), case) for place, case in enumerate(value))
        elif path == ("raised_by",) and isinstance(value, Mapping):
            yield from (((*path, case), case) for case in value)


def roles_named(procedure: Procedure) -> Iterator[tuple[Path, str]]:
    """Every role a procedure names, and where."""
    for case, posts in procedure.raised_by.items():
        yield from ((("raised_by", case), role) for role in posts)
    for name, post in procedure.roles.items():
        if post.stands_in is not None:
            yield ("roles", name, "stands_in"), post.stands_in
    raisers: list[tuple[Path, tuple[str, ...]]] = [
        (("kinds", name), kind.raised_by) for name, kind in procedure.kinds.items()
    ]
    raisers += [(path, ladder.raised_by) for path, ladder in ladders_of(procedure)]
    for path, roles in raisers:
        yield from (((*path, "raised_by", place), role) for place, role in enumerate(roles))
    for path, who in everybody(procedure, ()):
        yield from ((path, role) for role in who.roles)


def everybody(value: object, path: Path) -> Iterator[tuple[Path, Who]]:
    """Every `Who` inside a definition, with its path by the keys as written."""
    yield from ((at, part) for at, part in _parts(value, path) if isinstance(part, Who))


def _parts(value: object, path: Path) -> Iterator[tuple[Path, object]]:
    """The definition and all in it that holds more, but for the posts of a `Who`, each with its path."""
    yield path, value
    inside: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, BaseModel) and not isinstance(value, Who):
        inside = ((key, getattr(value, name)) for name, key in _keys_of(type(value)))
    elif isinstance(value, Mapping):
        inside = value.items()
    elif isinstance(value, tuple):
        inside = enumerate(value)
    for name, item in inside:
        if isinstance(item, _HOLDS_MORE):  # of ten values nine are words, and there are very many
            yield from _parts(item, (*path, name))


_HOLDS_MORE = (BaseModel, Mapping, tuple)


@cache
def _keys_of(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Each field with its key as written."""
    return tuple((name, one.alias or name) for name, one in model.model_fields.items())


def ladders_of(procedure: Procedure) -> Iterator[tuple[Path, Ladder]]:
    """Every ladder with its path: the procedure's own, then those into partner agencies."""
    for name, ladder in procedure.ladders.items():
        yield ("ladders", name), ladder
    for name, ladder in procedure.partners.items():
        yield (PARTNERS, name), ladder


def _kinds(procedure: Procedure, forms: tuple[str, ...]) -> Iterator[Problem]:
    ladders = (*procedure.ladders, *((PARTNERS,) if procedure.partners else ()))
    for name, kind in procedure.kinds.items():
        if kind.ladder is not None and kind.ladder not in ladders:
            yield _not_found(("kinds", name, "ladder"), kind.ladder, "a ladder (ladders)", ladders)
        if kind.form is not None and kind.form not in forms:
            yield _no_form(("kinds", name, "form"), kind.form, forms)


def _no_form(path: Path, form: str, forms: tuple[str, ...]) -> Problem:
    return _not_found(path, form, f"a form (a file {form}.yml among the council's forms)", forms)


def _twice(procedure: Procedure) -> Iterator[Problem]:
    for key in ("categories", "duties", "readings", "standing_rules", "rules_in_words"):
        yield from repeated((key,), [item.id for item in getattr(procedure, key)])
    ticked = [each.id for one in procedure.categories for each in one.examples if each.id]
    yield from repeated(("categories",), [*ticked, *{one.id for one in procedure.categories}])


def _outside_routes(procedure: Procedure) -> Iterator[Problem]:
    stages = tuple(stage.id for _, ladder in ladders_of(procedure) for stage in ladder.stages)
    for name, referral in procedure.referrals.items():
        after = referral.prompted_after
        if name not in ROUTES:
            yield _not_found(("referrals", name), name, "a known route", tuple(ROUTES))
        if after is not None and after not in stages:
            yield _not_found(("referrals", name, "prompted_after"), after, "a stage", stages)


def _ladder(
    path: Path, ladder: Ladder, procedure: Procedure, forms: tuple[str, ...]
) -> Iterator[Problem]:
    stages = tuple(stage.id for stage in ladder.stages)
    yield from repeated((*path, "stages"), list(stages))
    for place, stage in enumerate(ladder.stages):
        here = (*path, "stages", place)
        yield from _stage(here, stage, stages, procedure)
        if stage.form is not None and stage.form not in forms:
            yield _no_form((*here, "form"), stage.form, forms)


def _stage(
    path: Path, stage: Stage, stages: tuple[str, ...], procedure: Procedure
) -> Iterator[Problem]:
    ways_on = (*stages, *ROUTES, *procedure.referrals)
    for place, name in enumerate(stage.then):
        if name not in ways_on:
            yield _not_found((*path, "then", place), name, "a stage or an outside route", ways_on)
        elif name == stage.id:
            yield Problem((*path, "then", place), f"'{name}'", "another stage than itself")
    yield from repeated((*path, "steps"), [step.id for step in stage.steps])
    yield from repeated((*path, "criteria"), [one.id for one in stage.criteria])
    for where, timed in timed_parts(stage):
        for event in events_of(timed):
            before, dot, _ = event.partition(".")
            if dot and before not in stages:
                yield _not_found((*path, *where, "counted_from"), before, "a stage", stages)


def timed_parts(stage: Stage) -> Iterator[tuple[Path, Timed]]:
    """Everything in the stage that carries a clock and a start."""
    if stage.answer is not None:
        yield ("answer",), stage.answer
    if stage.settle is not None:
        yield ("settle",), stage.settle
    for place, step in enumerate(stage.steps):
        yield ("steps", place), step


def name_of(stage: Stage, part: Path) -> str:
    """A timed part as readings and events name it: ``answer``, ``settle``, or the id of a step."""
    first, *place = part
    return stage.steps[int(place[0])].id if place else str(first)


def repeated(path: Path, ids: list[str]) -> Iterator[Problem]:
    for name, times in Counter(ids).items():
        if times > 1:
            last = len(ids) - 1 - ids[::-1].index(name)
            yield Problem((*path, last, "id"), f"'{name}' again", "an id that stands only once")


def _fields(path: Path, fields: tuple[FormField, ...]) -> Iterator[tuple[Path, FormField]]:
    for number, field in enumerate(fields):
        here = (*path, "fields", number)
        yield here, field
        yield from _fields(here, field.fields)


def _field(path: Path, field: FormField, form: Form, procedure: Procedure) -> Iterator[Problem]:
    known = tuple(one.id for one in form.fields())
    inside = tuple(one.id for group in form.fields() for one in group.fields)
    stages = tuple(stage.id for _, ladder in ladders_of(procedure) for stage in ladder.stages)
    if field.role is not None and field.role not in procedure.roles:
        catalogue = tuple(procedure.roles)
        yield _not_found((*path, "role"), field.role, "a role of the procedure", catalogue)
    for key in ("required_from", "optional_from"):
        named = getattr(field, key)
        if named is not None and named not in stages:
            yield _not_found((*path, key), named, "a stage", stages)
    for condition in field.when:
        if condition.field not in (*known, *inside):
            yield _not_found((*path, "when"), condition.field, "a field of this form", known)
    if kept_by(field.id):
        yield from _mark(path, field, form)
    if field.pattern is not None and not _readable(field.pattern):
        yield Problem((*path, "pattern"), f"'{field.pattern}'", "a regular expression")


def _mark(path: Path, field: FormField, form: Form) -> Iterator[Problem]:
    """What keeps an answer back must stand beside it, be said with yes or no, and keep words."""
    beside = {one.id: one for one in form.fields()}
    words = [name for name, one in beside.items() if one.type in _WORDS and not kept_by(name)]
    if kept_by(field.id) not in words:
        expected = "a question of this form for text, which it keeps back"
        yield _not_found((*path, "id"), kept_by(field.id), expected, tuple(words))
    elif field.id not in beside or field.type is not FieldType.YES_NO:
        yield Problem((*path, "type"), f"'{field.type}'", "yes_no, outside any group")


_WORDS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


def _readable(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _not_found(path: Path, found: str, expected: str, known: tuple[str, ...]) -> Problem:
    return Problem(path, f"'{found}'", expected, nearest(found, known))
