"""Alerts about brothers and sisters that were not raised together: linked later, and unlinked."""

from collections.abc import Iterable
from dataclasses import replace

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.casework.core.loaded_alert import (
    Known,
    about_child,
    as_kept,
    linked_with,
    load,
)
from practice_alerts.casework.core.record import record
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Event, Linked
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.forms.each_child import says_same_child

_NONE = "there is no alert of that reference about a child that you may link with this one."


@verb(Act.LINK)
def link(doing: Deciding) -> Event:
    """Link it with another and with whatever that one is linked with, or with none of them any more.

    Both sides record it. Of what whoever does it may not link nothing is recorded. Raises BadAnswers.
    """
    found, stands = doing.found, doing.text("said") == "linked"
    other = _other(doing)
    is_linked = other.id in {one.id for one in _linked(doing, found)}
    if stands == is_linked:
        raise _fault("they are linked already." if stands else "the two are not linked.")
    if stands and says_same_child(found.alert.answers, other.alert.answers):
        raise _fault("it is about the same child. Only those of brothers and sisters are linked.")
    family = {one.id: one for one in (other, *_linked(doing, other)) if one.id != found.id}
    for one in family.values():
        told = Linked(others=(found.id,), stands=stands)
        seen = replace(doing.doing, seen_version=one.alert.version)
        record(doing.office, doing.tx, one.id, (told,), seen)
    return doing.event(others=tuple(family), stands=stands)


def _other(doing: Deciding) -> Known:
    reference = as_kept(doing.text("reference"))
    row = current_state.nearest(doing.tx, reference)
    if row is None:
        raise _fault(_NONE)
    one = load(doing.office, doing.tx, row.id)
    is_one = row.reference == reference and one.id != doing.found.id
    of_child = all(about_child(doing.office, each) for each in (one, doing.found))
    if not (is_one and of_child and _may(doing, one)):
        raise _fault(_NONE)
    return one


def _linked(doing: Deciding, found: Known) -> Iterable[Known]:
    every = linked_with(doing.office, doing.tx, found, doing.actor)
    return [one for one in every if _may(doing, one)]


def _may(doing: Deciding, one: Known) -> bool:
    same = one.files.id == doing.found.files.id
    return same and one.may(doing.actor, Act.SEE) and one.may(doing.actor, Act.LINK)


def _fault(why: str) -> BadAnswers:
    return BadAnswers({"reference": f"The other alert's reference: {why}"})
