"""What the witness is told besides what is destroyed: by which events something was closed, or taken out beside figures.

An older store that is put in the place of this one opens it again, or brings it back, and knows nothing of it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from sqlalchemy import select

from practice_alerts.adapters.store.alerts.event_store import DIRECTORY
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.domain.alert.destroyed import KEPT
from practice_alerts.domain.alert.restricted import Restricted
from practice_alerts.domain.directory.directory_acts import BesideDone, WordsBesideDone
from practice_alerts.domain.seeing.interests import DECLARED

RESTRICTED: Final = str(Restricted.model_fields["kind"].default)
BESIDE: Final = str(WordsBesideDone.model_fields["kind"].default)
_OF_KEPT, _OF_WORDS = ("said",), ("did", "report", "since", "until", "place", "action")
_SAYS: Final[Mapping[str, tuple[str, ...]]] = {
    RESTRICTED: (),
    DECLARED: (),
    KEPT: _OF_KEPT,
    BESIDE: _OF_WORDS,
}
"""The kinds of events, each with what of it is told: choices and places, and nothing that was typed."""
_NOTHING_GOES: Final = {BesideDone.PUBLISHED.value, BesideDone.PUT_DOWN.value}


@dataclass(frozen=True, slots=True)
class ToldBesides:
    """`event` is its hash, which no other one has; `about` an alert, or a council's directory; `by` a person, by id."""

    event: str
    kind: str
    about: str
    by: str
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def council(self) -> str:
        """Empty where it is about an alert."""
        return self.about.removeprefix(DIRECTORY) if self.about.startswith(DIRECTORY) else ""

    def written(self) -> Mapping[str, Any]:
        return asdict(self)


def told_after(tx: Tx, event_id: int) -> tuple[ToldBesides, ...]:
    """By events of the chain later than this one; none of which the text is destroyed."""
    e = t.events.c
    columns = (e.hash, e.kind, e.alert_id, e.person_id, t.payloads.c.body)
    query = select(*columns).join_from(t.events, t.payloads).order_by(e.id)
    rows = tx.execute(query.where(e.id > event_id, e.kind.in_(_SAYS))).all()
    every = (
        ToldBesides(row.hash, row.kind, row.alert_id, row.person_id, _said(row.kind, row.body))
        for row in rows
    )
    return tuple(one for one in every if one.said.get("did") not in _NOTHING_GOES)


def _said(kind: str, body: str) -> dict[str, Any]:
    found = json.loads(body) if _SAYS[kind] else {}
    return {name: found[name] for name in _SAYS[kind] if name in found}


def not_here(tx: Tx, told: Iterable[ToldBesides]) -> tuple[ToldBesides, ...]:
    """Those of which the event is not in this store."""
    every = tuple({one.event: one for one in told}.values())
    found = select(t.events.c.hash).where(t.events.c.hash.in_([one.event for one in every]))
    there = set(tx.execute(found).scalars())
    return tuple(one for one in every if one.event not in there)
