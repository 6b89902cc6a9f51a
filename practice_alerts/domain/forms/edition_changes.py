"""What a newer edition changes for whoever has begun under an older one, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from practice_alerts.domain.forms.form import Form, FormField
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.procedure import Procedure


def compare(old: Form, new: Form) -> tuple[str, ...]:
    """What changes in the raiser's questions, a sentence each, in the order of the new form.

    Both forms with the procedure's own choices filled in. What is gone comes last.
    """
    return tuple(_compared(_questions(old), _questions(new)))


def gone(old: Form, new: Form) -> tuple[FormField, ...]:
    """The raiser's questions that the newer form no longer asks."""
    return tuple(field for field in _questions(old).values() if field.id not in _questions(new))


def _questions(form: Form) -> dict[str, FormField]:
    return _by_id(form.fields(filled_by="raiser"))


def _by_id(fields: Iterable[FormField]) -> dict[str, FormField]:
    return {field.id: field for field in fields}


def _compared(before: Mapping[str, FormField], after: Mapping[str, FormField]) -> Iterator[str]:
    for field in after.values():
        if field.id in before:
            yield from _changes(before[field.id], field)
        else:
            needed = ", and must be answered" if field.required else ""
            yield f"“{field.label}” is asked now{needed}."
    for field in before.values():
        if field.id not in after:
            stays = "What you answered stays in this draft and is not sent."
            yield f"“{field.label}” is no longer asked. {stays}"


def _changes(old: FormField, new: FormField) -> Iterator[str]:
    name = f"“{new.label}”"
    if old.label != new.label:
        yield f"“{old.label}” is now worded {name}."
    if old.type != new.type:
        yield f"{name} now takes {new.type.facts.takes}, not {old.type.facts.takes}."
    for differs, words in _RULES:
        if differs(old, new):
            yield f"{name} {words(new)}."
    yield from _choices(name, old, new)
    # what is asked in a block that may stand several times
    inside = _compared(_by_id(old.fields), _by_id(new.fields))
    yield from (f"In {name}: {said}" for said in inside)


Differs = Callable[[FormField, FormField], bool]
_RULES: tuple[tuple[Differs, Callable[[FormField], str]], ...] = (
    (lambda old, new: new.required and not old.required, lambda _: "must be answered now"),
    (lambda old, new: old.required and not new.required, lambda _: "may be left empty now"),
    (
        lambda old, new: new.required_from is not None and old.required_from != new.required_from,
        lambda _: "must be answered from another stage on",
    ),
    (
        lambda old, new: old.optional_from != new.optional_from and new.required,
        lambda _: "must be answered at other stages than before",
    ),
    (
        lambda old, new: (old.when, old.cases) != (new.when, new.cases),
        lambda _: "is asked in other cases than before",
    ),
    (
        lambda old, new: old.type == new.type and new.limit < old.limit,
        lambda new: f"takes at most {new.limit:,} now",
    ),
    (
        lambda old, new: new.pattern is not None and old.pattern != new.pattern,
        lambda new: f"asks for another form of answer: {new.pattern_says or 'look at its hint'}",
    ),
    (
        lambda old, new: new.goes_to == "log" and old.goes_to is None,
        lambda _: "goes to the log now, and may name nobody",
    ),
)
"""When a rule has changed, and what is said of the question then."""


def _choices(name: str, old: FormField, new: FormField) -> Iterator[str]:
    before, after = old.options or {}, new.options or {}
    if not before or not after:
        return
    added = [words for choice, words in after.items() if choice not in before]
    dropped = [words for choice, words in before.items() if choice not in after]
    if added:
        yield f"{name} offers more: {'; '.join(added)}."
    if dropped:
        yield f"{name} no longer offers: {'; '.join(dropped)}. Choose again if that was your answer."
    for choice in before.keys() & after.keys():
        if before[choice] != after[choice]:
            yield f"{name}: the choice “{before[choice]}” is now worded “{after[choice]}”."


def compare_ways(
    old: Procedure, new: Procedure, kind: str, partner: str | None, stage: str | None
) -> tuple[str, ...]:
    """What becomes of what was chosen before the form: the kind, the agency and the stage."""
    if kind not in old.kinds:
        return ()
    title = old.kinds[kind].title
    if kind not in new.kinds:
        return (f"“{title}” can no longer be raised. Choose again what you raise.",)
    if partner is not None and partner in old.partners and partner not in new.partners:
        agency = old.partner_title(partner)
        return (f"“{agency}” is no longer among the agencies. Choose another.",)
    return tuple(_stages(old, new, kind, partner, stage))


def _stages(
    old: Procedure, new: Procedure, kind: str, partner: str | None, stage: str | None
) -> Iterator[str]:
    before, after = old.ladder_of(kind, partner), new.ladder_of(kind, partner)
    if before is None or stage is None or not before.has(stage):
        return
    was = before.stage(stage)
    if after is None:
        yield f"“{new.kinds[kind].title}” has no stages any more: nobody is asked to answer."
    elif not after.has(stage):
        yield f"“{was.label}” is no longer a stage. Look again at which stage it starts."
    else:
        now = after.stage(stage)
        if was.label != now.label:
            yield f"“{was.label}” is now called “{now.label}”."
        if was.clock != now.clock:
            clocks = f"{in_words(now.clock)}, before {in_words(was.clock)}"
            yield f"The time for an answer at {now.label} is now {clocks}."
