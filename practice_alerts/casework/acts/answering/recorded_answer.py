"""An answer that came by e-mail, by telephone or another way, written down by the reviewing officer."""

from datetime import date, datetime, time
from typing import Any, Final

from practice_alerts.casework.acts.act_form import is_late
from practice_alerts.casework.acts.answer import drop_drafts
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts.act_forms import LATE_WHY, WHOSE, asked_by_key
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Event, Person
from practice_alerts.domain.dates import LONDON, in_full, london_date
from practice_alerts.domain.errors import BadAnswers

_NOON: Final = time(12)


@verb(Act.RECORD_ANSWER)
def record_answer(doing: Deciding) -> Event:
    """Record what somebody asked has said elsewhere. It counts from when it came, not from now.

    Raises BadAnswers where it came before it was asked for, or has not come yet.
    """
    whose = _whose(doing)
    said_by = doing.text("answered_by")
    by = Person(id="", name=said_by, post=f"for the {whose.post}") if said_by else whose
    received = _received(doing)
    made: dict[str, Any] = {"by": by, "whose": whose, "received": received}
    if "promise_by" in doing.given:
        made["promise_by"] = _promised(doing, london_date(received))
    if not is_late(doing.office, doing.tx, doing.found, received):
        made[LATE_WHY] = None  # it is written down after its day, and came before
    drop_drafts(doing)
    return doing.event(**made, recorded_by=_recorder(doing))


def _whose(doing: Deciding) -> Person:
    asked = asked_by_key(doing.found.alert)
    return asked.get(doing.text(WHOSE)) or next(iter(asked.values()))


def _recorder(doing: Deciding) -> Person:
    actor, officer = doing.actor, doing.found.alert.officer
    if actor.id == officer.id:
        return officer
    return Person(id=actor.id, name=actor.name, post=f"for {officer.name}")


def _received(doing: Deciding) -> datetime:
    """The moment that was told; of a day alone its noon, or what of it lies between the asking and now."""
    day, at = date.fromisoformat(doing.given["on"]), doing.text("at")
    sent, now = doing.found.run.sent_at, doing.office.now()
    told = time.fromisoformat(at.zfill(len("00:00"))) if at else None
    moment = datetime.combine(day, told or _NOON, tzinfo=LONDON)
    if told is None and day in {london_date(sent), london_date(now)}:
        moment = min(now, max(sent, moment))
    if moment > now:
        raise BadAnswers({"on": "When did it come: choose a moment that has passed."})
    if moment < sent.replace(second=0, microsecond=0):
        since = f"it was asked for on {in_full(sent)}; choose that moment or a later one."
        raise BadAnswers({"on": f"When did it come: {since}"})
    return moment


def _promised(doing: Deciding, received: date) -> date:
    """May have passed by now, and not before it was promised."""
    day = date.fromisoformat(doing.given["promise_by"])
    if day < received:
        since = f"it was promised on {in_full(received)}; choose that day or a later one."
        raise BadAnswers({"promise_by": f"By when: {since}"})
    return day
