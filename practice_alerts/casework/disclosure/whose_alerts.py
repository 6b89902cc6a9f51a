"""Every alert of a council about a child, or in which a member of staff stands: open and closed alike."""

from dataclasses import dataclass

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.core.loaded_alert import Known, load_in_turn
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.disclosure import same_person
from practice_alerts.domain.disclosure.disclosed import PersonMeant
from practice_alerts.domain.disclosure.requesters import AboutWhom
from practice_alerts.domain.documents.alert_document import forms_used
from practice_alerts.domain.forms.form import Form
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class AlertsFound:
    """`hidden`: how many more only others may open; `perhaps`: references of whose child the name alone agrees."""

    alerts: tuple[str, ...]
    hidden: int
    perhaps: tuple[str, ...]


def find(
    office: Office, tx: Tx, by: Actor, meant: PersonMeant, also: tuple[str, ...] = ()
) -> AlertsFound:
    """In the order of their references; `also` are references that are taken in whatever they say.

    Every alert of the council is looked at. Of a child in whom they have an interest nobody finds anything.
    """
    found: dict[str, str] = {}
    hidden, perhaps = 0, list[str]()
    for known in load_in_turn(office, tx, current_state.ids(tx, by.council)):
        reference = known.alert.reference
        if by.id in known.shut_out:
            continue
        forms = [office.form(known.files, name) for name in forms_used(known.alert)]
        is_meant = _is_meant(meant, known, forms)
        if reference not in also and not is_meant:
            if meant.about is AboutWhom.CHILD and same_person.may_be_about(
                meant, known.alert, forms
            ):
                perhaps += [] if is_shut(known, by) else [reference]
        elif is_shut(known, by):
            hidden += is_meant  # of what is only named in the asking, not even that it is there
        else:
            found[reference] = known.id
    return AlertsFound(tuple(found[one] for one in sorted(found)), hidden, tuple(sorted(perhaps)))


def is_shut(known: Known, by: Actor) -> bool:
    """Is it restricted to others, or about a child in whom this person has an interest?"""
    restricted = known.alert.restriction is not None
    return by.id in known.shut_out or (restricted and not known.may(by, Act.SEE))


def _is_meant(meant: PersonMeant, known: Known, forms: list[Form]) -> bool:
    if meant.about is AboutWhom.CHILD:
        return same_person.is_about(meant, known.alert, forms)
    return any(same_person.stands_in(meant, event) for event in known.alert.happened)
