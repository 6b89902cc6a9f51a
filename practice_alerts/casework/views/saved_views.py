"""Keeping a view of the work tray, under a name or as what stood chosen last: how filters stand, and nothing of any case."""

import secrets
from dataclasses import dataclass

from practice_alerts.adapters.store.office import saved_views
from practice_alerts.adapters.store.office.saved_views import SavedView
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.forms.validation import control_characters
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.office import Office

LONGEST_NAME = 40
MOST = 12
"""As many as somebody finds again."""


@dataclass(frozen=True, slots=True)
class NamedFilters:
    id: str
    name: str
    filters: Filters


def keep(office: Office, person_id: str, name: str, filters: Filters) -> NamedFilters:
    """Keep these filters under a name, in place of the view of that name. Raises BadAnswers."""
    called = " ".join(name.split())
    if not called or control_characters(called) or len(called) > LONGEST_NAME:
        raise BadAnswers({"name": f"Name the view in 1 to {LONGEST_NAME} characters."})
    view = NamedFilters(secrets.token_hex(6), called, filters)
    with office.database.writing() as tx:
        names = {one.name for one in saved_views.of_person(tx, person_id)}
        others = names - {called, _LAST}
        if len(others) >= MOST:
            raise BadAnswers({"name": f"You keep {MOST} views already. Remove one first."})
        saved_views.put(tx, SavedView(view.id, person_id, called, filters.written))
    return view


_LAST = ""
"""No view that somebody keeps is called so."""


def remember(office: Office, person_id: str, filters: Filters) -> None:
    """What stands chosen now: it is there again when the page is loaded anew."""
    body = {"day": office.today.isoformat(), "filters": filters.written}
    with office.database.writing() as tx:
        saved_views.put(tx, SavedView(secrets.token_hex(6), person_id, _LAST, body))


def last_chosen(office: Office, person_id: str) -> Filters:
    """What stood chosen last; of another day whose alerts and how they are shown, so that no filter hides today's work."""
    with office.database.reading() as tx:
        kept = next(
            (one for one in saved_views.of_person(tx, person_id) if one.name == _LAST), None
        )
    body = kept.body if kept else {}
    filters = Filters.read(body.get("filters", {})) or Filters()
    return filters if body.get("day") == office.today.isoformat() else filters.cleared


def mine(office: Office, person_id: str) -> tuple[NamedFilters, ...]:
    """Somebody's views by name; those that this version cannot read any more are left out."""
    with office.database.reading() as tx:
        kept = [one for one in saved_views.of_person(tx, person_id) if one.name != _LAST]
    found = ((one, Filters.read(one.body)) for one in kept)
    return tuple(NamedFilters(one.id, one.name, filters) for one, filters in found if filters)


def remove(office: Office, person_id: str, view_id: str) -> None:
    with office.database.writing() as tx:
        saved_views.remove(tx, person_id, view_id)
