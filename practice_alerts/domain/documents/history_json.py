"""The history of an alert for a program to read: every event as it was recorded, in order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import Corrected, Event, Happened, Linked, written
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.procedure.procedure import Procedure


def history_file(
    alert: Alert, procedure: Procedure, names: Mapping[str, str], as_of: datetime
) -> dict[str, Any]:
    """Plain JSON values. Moments are ISO 8601 with London's offset; `names` go by person's id.

    `what` is None where what was typed has been destroyed.
    """
    return {
        "reference": alert.reference,
        "council": procedure.council,
        "marking": procedure.marking,
        "procedure": procedure.title,
        "edition": {"version": procedure.edition.version, "digest": alert.raised.edition},
        "as_of": _iso(as_of),
        "events": [_event(event, names) for event in alert.happened],
    }


def _event(event: Happened, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": event.number,
        "at": _iso(event.at),
        "by": {"id": event.by, "name": names.get(event.by, "")},
        "kind": event.kind,
        "what": None if event.what is None else _what(event.what),
    }


def _what(event: Event) -> dict[str, Any]:
    """Without what may be about other children: which were raised together with it, and whose name stood there."""
    apart = {"together"} | ({"others"} if isinstance(event, Linked) else set())
    if isinstance(event, Corrected) and event.names_child is not False:
        apart |= {"was", "was_in_words"}
    return {name: said for name, said in written(event).items() if name not in apart}


def _iso(moment: datetime) -> str:
    return moment.astimezone(LONDON).isoformat(timespec="seconds")
