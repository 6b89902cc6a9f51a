"""Raising for brothers and sisters at once: one form, an alert of its own for each child, all of them or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from practice_alerts.adapters.store.alerts import drafts
from practice_alerts.adapters.store.core import ids
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.acts import raise_alert
from practice_alerts.casework.acts.raise_alert import Prepared, Raising
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing, Pressed, once
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.events import Raised
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.forms import each_child
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import of_child
from practice_alerts.domain.forms.validation import Faults, says
from practice_alerts.domain.text import plain_number
from practice_alerts.office import Office

WHOM: Final = ("asked", "copied", "instead_reason")
"""Under what drafts and faults say who gets it instead of those meant."""


@dataclass(frozen=True, slots=True)
class Child:
    """A further child on the form, by its mark, with who was chosen otherwise than is meant for it."""

    mark: str
    asked: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    instead_reason: str = ""


def prepare(
    office: Office, tx: Tx, actor: Actor, raising: Raising, children: Sequence[Child] = ()
) -> Prepared:
    """All children as one form, with each by itself in `each`. Raises NotAllowed, NotPossible.

    Without further children it is what one alert is.
    """
    alone = replace(raising, answers=each_child.without_marks(raising.answers))
    first = raise_alert.prepare(office, tx, actor, alone)
    if not children:
        return first
    others = tuple(_of(office, tx, actor, raising, one, first=first) for one in children)
    marks = tuple(one.mark for one in children)
    return replace(
        first,
        form=each_child.with_children(first.form, raising.answers, marks),
        faults=_faults(raising, ("", *marks), (first, *others)),
        each=(first, *others),
    )


def _of(
    office: Office, tx: Tx, actor: Actor, raising: Raising, child: Child, *, first: Prepared
) -> Prepared:
    """What was chosen for the first holds for each child for whom the same people are meant."""
    mine = replace(raising, answers=each_child.answers_of(first.form, raising.answers, child.mark))
    found = raise_alert.prepare(office, tx, actor, mine)
    if means_the_same(first, found):
        return found
    own = replace(mine, asked=child.asked, copied=child.copied, instead_reason=child.instead_reason)
    return raise_alert.prepare(office, tx, actor, own)


def means_the_same(one: Prepared, other: Prepared) -> bool:
    """Do form and procedure mean the same people for both?"""
    seats, others = (
        tuple((line.seat, line.why, line.is_asked) for line in each.reached.lines)
        for each in (one, other)
    )
    return seats == others


def raise_together(
    office: Office, raising: Raising, children: Sequence[Child], doing: Doing
) -> Known:
    """Record an alert for each child and send them, in one transaction; the first child's.

    Pressed twice, it is done once. Raises BadAnswers, NotAllowed, NotPossible: then there is none of them.
    """

    def do(tx: Tx) -> Known:
        prepared = prepare(office, tx, doing.actor, raising, children)
        if prepared.faults:
            raise BadAnswers(prepared.faults)
        office.keep_edition(tx, prepared.files, office.now())
        each = prepared.each or (prepared,)
        every = tuple(ids.new_id() for _ in each)
        raised = [
            raise_alert.record_raised(
                *(office, tx, one, doing),
                alert_id=its_id,
                together=tuple(other for other in every if other != its_id),
            )
            for its_id, one in zip(every, each, strict=True)
        ]
        if raising.draft_id is not None:
            drafts.discard(tx, doing.actor.id, raising.draft_id)
        return raised[0]

    return once(office, Pressed(Raised), doing, do)


def _faults(raising: Raising, marks: Sequence[str], each: Sequence[Prepared]) -> Faults:
    """Those of every child under the question as it is put for that child, and saying which child it is."""
    found: Faults = {}
    for number, (mark, one) in enumerate(zip(marks, each, strict=True), start=1):
        own = each_child.own_of(one.form, raising.answers, mark)
        own |= set() if not mark or means_the_same(each[0], one) else {*WHOM}
        for name, said in one.faults.items():
            if name in own:
                place = of_child(name, mark)
                found[place] = f"{each_child.called(number)}: {said}"
            elif name not in found:
                found[name] = said if not mark else f"{each_child.called(number)}: {said}"
    for name, said in (*_named(raising, marks, each), *_same_child(marks, each)):
        found.setdefault(name, said)
    return found


def _named(
    raising: Raising, marks: Sequence[str], each: Sequence[Prepared]
) -> Iterator[tuple[str, str]]:
    """What stands in the alert of a child and names another: the one would be found in the papers of the other."""
    for number, (mark, one) in enumerate(zip(marks, each, strict=True), start=1):
        own = each_child.own_of(one.form, raising.answers, mark)
        others = [other.raising.answers for other in each if other is not one]
        names = tuple(each_child.names_of_others(one.form, one.raising.answers, others))
        for field in one.form.fields(filled_by="raiser"):
            if field.names_child or field.type in (FieldType.PERSON, FieldType.TEAM):
                continue
            if name := each_child.name_in(one.raising.answers.get(field.id), names):
                place = of_child(field.id, mark) if field.id in own else field.id
                yield place, says(field, _take_out(name, number))
        if name := each_child.name_in(raising.entry_reason, names):
            yield "entry_reason", f"The reason: {_take_out(name, number)}"


def _take_out(name: str, number: int) -> str:
    child = each_child.called(number)
    return (
        f"take out “{name}”. It names another child, and this stands in the alert of {child}, which is"
        f" about {child} alone. What is about one child goes under that child."
    )


def _same_child(marks: Sequence[str], each: Sequence[Prepared]) -> Iterator[tuple[str, str]]:
    """A number that stands under two children: one of them would have two alerts, and the other none."""
    seen: dict[tuple[str, str], int] = {}
    for number, (mark, one) in enumerate(zip(marks, each, strict=True), start=1):
        for field in one.form.fields(filled_by="raiser"):
            said = plain_number(str(one.raising.answers.get(field.id) or ""))
            if said and field.identifies == "child" and field.type is FieldType.REFERENCE:
                first = seen.setdefault((field.id, said), number)
                if first != number:
                    told = f"this is what stands for {each_child.called(first)}; check both."
                    yield (
                        of_child(field.id, mark),
                        f"{each_child.called(number)}: {says(field, told)}",
                    )
