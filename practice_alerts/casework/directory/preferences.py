"""What somebody wants for themselves: the morning digest, or not."""

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import office_settings
from practice_alerts.office import Office

_DIGEST = "digest:"
"""With the person's id a fact about this installation; everybody wants it at first."""


def wants_digest(office: Office, person_id: str) -> bool:
    with office.database.reading() as tx:
        return office_settings.fact(tx, _DIGEST + person_id) != "off"


def set_digest(office: Office, person_id: str, *, wanted: bool) -> None:
    with office.database.writing() as tx:
        office_settings.put_fact(tx, _DIGEST + person_id, "on" if wanted else "off")


def without_digest(tx: Tx) -> frozenset[str]:
    """Everybody who has turned it off."""
    wishes = office_settings.facts(tx, _DIGEST)
    return frozenset(name.removeprefix(_DIGEST) for name, wish in wishes.items() if wish == "off")
