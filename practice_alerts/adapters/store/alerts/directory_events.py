"""The events of a council's directory, in the one chain of events."""

import json
import secrets
from datetime import datetime

from sqlalchemy import select

from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.adapters.store.alerts.event_store import DIRECTORY, NewAct
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.domain.directory.directory_acts import (
    DirectoryEvent,
    DirectoryHappened,
    read_directory_event,
)


def append(tx: Tx, council: str, event: DirectoryEvent, by: str, at: datetime) -> int:
    """Add an event to the council's directory; its number there."""
    about = f"{DIRECTORY}{council}"
    version = event_store.version(tx, about)
    act = NewAct(about, by, at, secrets.token_urlsafe(16), (event,), version)
    event_store.append(tx, act)
    return version + 1


def place(tx: Tx, council: str, number: int) -> tuple[int, str]:
    """Where that event of the council's directory stands in the one chain: its number there and its hash."""
    e = t.events.c
    query = select(e.id, e.hash).where(e.alert_id == f"{DIRECTORY}{council}", e.number == number)
    found = tx.execute(query).one()
    return found.id, found.hash


def happened(tx: Tx, council: str, kind: str | None = None) -> tuple[DirectoryHappened, ...]:
    """Everything that was done to the council's directory, in order; or what is of one kind."""
    return tuple(
        DirectoryHappened(
            row["number"],
            datetime.fromisoformat(row["at"]),
            row["person_id"],
            None
            if row["body"] is None
            else read_directory_event(row["kind"], json.loads(row["body"])),
        )
        for row in event_store.rows_of(tx, f"{DIRECTORY}{council}", kind)
    )
