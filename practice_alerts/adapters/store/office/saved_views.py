"""Views of the work tray that somebody keeps under a name. Nobody else sees them."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx

_V = t.saved_views.c


@dataclass(frozen=True, slots=True)
class SavedView:
    """`body` says which filters stand how."""

    id: str
    person_id: str
    name: str
    body: dict[str, Any]


def put(tx: Tx, view: SavedView) -> None:
    """Keep it, in place of this person's view of the same name."""
    tx.execute(t.saved_views.delete().where(_V.person_id == view.person_id, _V.name == view.name))
    tx.execute(t.saved_views.insert(), asdict(view))


def of_person(tx: Tx, person_id: str) -> tuple[SavedView, ...]:
    query = select(t.saved_views).where(_V.person_id == person_id).order_by(_V.name)
    return tuple(SavedView(*row) for row in tx.execute(query))


def remove(tx: Tx, person_id: str, view_id: str) -> None:
    tx.execute(t.saved_views.delete().where(_V.id == view_id, _V.person_id == person_id))
