"""What somebody wants for themselves: the morning digest, or not."""

from __future__ import annotations

from practice_alerts.adapters.store import office_facts
from practice_alerts.adapters.store.database import Tx
from practice_alerts.office import Office

_DIGEST = (
    "digest:"  # with the person's id a fact about this installation; everybody wants it at first
)


def wants_digest(office: Office, person_id: str) -> bool:
    with office.database.reading() as tx:
        return office_facts.fact(tx, _DIGEST + person_id) != "off"


def set_digest(office: Office, person_id: str, *, wanted: bool) -> None:
    with office.database.writing() as tx:
        office_facts.put_fact(tx, _DIGEST + person_id, "on" if wanted else "off")


def without_digest(tx: Tx) -> frozenset[str]:
    """Everybody who has turned it off."""
    wishes = office_facts.facts(tx, _DIGEST)
    return frozenset(name.removeprefix(_DIGEST) for name, wish in wishes.items() if wish == "off")
