"""Every alert of a council about a child, or in which a member of staff stands: open and closed alike."""

from dataclasses import dataclass
from typing import Final

from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.core.loaded_alert import Known, load_in_turn
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.disclosure import same_person
from practice_alerts.domain.disclosure.disclosed import PersonMeant
from practice_alerts.domain.disclosure.requesters import AboutWhom
from practice_alerts.domain.documents.alert_document import forms_used
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.text import joined
from practice_alerts.office import Office

_NOT_OF_THEM: Final = "nothing that you may hand out there names this person. Give the child’s name as it stands there, or leave it out."


@dataclass(frozen=True, slots=True)
class AlertsFound:
    """`hidden`: how many more only others may open; `perhaps`: references of whose child the name alone agrees."""

    alerts: tuple[str, ...]
    hidden: int
    perhaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """Which alerts could be meant, when so many events had happened; looked at before the writing, for which others wait.

    `also` are references to be taken in where the name alone agrees.
    """

    meant: PersonMeant
    also: tuple[str, ...]
    events: int
    alerts: frozenset[str]


def look(
    office: Office, tx: Tx, by: Actor, meant: PersonMeant, also: tuple[str, ...]
) -> LookedThrough:
    """At every alert of the council."""
    events, found = event_store.head(tx)[0], set[str]()
    for known in load_in_turn(office, tx, current_state.ids(tx, by.council)):
        forms = _forms(office, known)
        is_named = known.alert.reference in also
        if is_named or _is_meant(meant, known, forms) or _may_be_meant(meant, known, forms):
            found.add(known.id)
    return LookedThrough(meant, also, events, frozenset(found))


def find(office: Office, tx: Tx, by: Actor, seen: LookedThrough) -> AlertsFound:
    """In the order of their references. What was seen is read again, and what changed since.

    Raises BadAnswers for a reference of another child, of what is restricted to others, or of no alert at all. Of a child
    in whom they have an interest nobody finds anything.
    """
    meant, also = seen.meant, seen.also
    found: dict[str, str] = {}
    hidden, perhaps, left = 0, list[str](), {*also}
    looked_at = {*seen.alerts, *event_store.alerts_changed_after(tx, seen.events)}
    ids = (one for one in current_state.ids(tx, by.council) if one in looked_at)
    for known in load_in_turn(office, tx, ids):
        reference = known.alert.reference
        if by.id in known.shut_out:
            continue
        forms = _forms(office, known)
        is_meant = _is_meant(meant, known, forms)
        if is_shut(known, by):
            hidden += is_meant  # of what is only named in the asking, not even that it is there
        elif is_meant or (reference in also and _may_be_meant(meant, known, forms)):
            found[reference] = known.id
            left.discard(reference)
        elif _may_be_meant(meant, known, forms):
            perhaps.append(reference)
    if left:
        raise BadAnswers({"also": f"{joined(sorted(left))}: {_NOT_OF_THEM}"})
    return AlertsFound(tuple(found[one] for one in sorted(found)), hidden, tuple(sorted(perhaps)))


def _forms(office: Office, known: Known) -> list[Form]:
    return [office.form(known.files, name) for name in forms_used(known.alert)]


def is_shut(known: Known, by: Actor) -> bool:
    """Is it restricted to others, or about a child in whom this person has an interest?"""
    restricted = known.alert.restriction is not None
    return by.id in known.shut_out or (restricted and not known.may(by, Act.SEE))


def _may_be_meant(meant: PersonMeant, known: Known, forms: list[Form]) -> bool:
    is_child = meant.about is AboutWhom.CHILD
    return is_child and same_person.may_be_about(meant, known.alert, forms)


def _is_meant(meant: PersonMeant, known: Known, forms: list[Form]) -> bool:
    if meant.about is AboutWhom.CHILD:
        return same_person.is_about(meant, known.alert, forms)
    return any(same_person.stands_in(meant, event) for event in known.alert.happened)
