"""Lives that were told by the verbs, told again of other children on other days: what was decided once is not decided anew.

Each has its events, its chain and its words; its row is worked out from its own events, as any alert's is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from json import loads

from practice_alerts.adapters.store.alerts import current_state, event_store, word_rows
from practice_alerts.adapters.store.alerts.current_state import Asking, CurrentRow
from practice_alerts.adapters.store.alerts.event_store import NewAct
from practice_alerts.adapters.store.core import ids
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.core import found_by
from practice_alerts.casework.core.loaded_alert import Known, known, load_in_turn
from practice_alerts.casework.core.record import current_row, new_act_key
from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.alert.events import Happened, read_event, written
from practice_alerts.domain.alert.hash_chain import canonical
from practice_alerts.domain.dates import LONDON, london_date
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.office import Office

_A_DAY = r"20\d\d-\d\d-\d\d"


@dataclass(frozen=True)
class Model:
    """A life as the verbs told it."""

    found: Known
    bodies: tuple[str, ...]
    askings: tuple[Asking, ...]

    @property
    def days(self) -> tuple[date, date]:
        happened = self.found.alert.happened
        return london_date(happened[0].at), london_date(happened[-1].at)


@dataclass(frozen=True, slots=True)
class Again:
    """What is another in a life told again: its texts, and the people by their ids."""

    texts: Mapping[str, str]
    days: int
    """Before its model; whole weeks where a Monday is to stay a Monday."""
    minutes: int = 0
    """Later on each day."""
    people: Mapping[str, str] = field(default_factory=dict)


def models(office: Office, tx: Tx, alert_ids: Iterable[str]) -> list[Model]:
    """By their references."""
    found = [
        Model(
            one,
            tuple(canonical(written(event.what)) for event in one.alert.happened if event.what),
            current_state.askings_of(tx, one.id),
        )
        for one in load_in_turn(office, tx, alert_ids)
    ]
    return sorted(found, key=lambda one: one.found.alert.reference)


def tell(office: Office, tx: Tx, lives: Iterable[tuple[Model, Again]]) -> None:
    """All in the order in which they come; none where there is none."""
    told = [_told(office, *one) for one in lives]
    if not told:
        return
    coming = iter(event_store.append_all(tx, (act for one in told for act in one.acts)))
    ids_of = [{n: next(coming) for n in range(1, len(one.acts) + 1)} for one in told]
    calendars = {one.found.files.id: office.calendar(one.found.files.id, tx) for one in told}
    current_state.put_new(
        tx,
        (one.row(calendars[one.found.files.id]) for one in told),
        (asking for one in told for asking in one.askings),
    )
    words = (found_by.words_of(office, one.found) for one in told)
    alerts = (one.found.id for one in told)
    word_rows.add_all(tx, zip(alerts, words, ids_of, strict=True))


@dataclass(frozen=True, slots=True)
class _Told:
    found: Known
    acts: tuple[NewAct, ...]
    """One for each event."""
    askings: tuple[Asking, ...]

    def row(self, calendar: Calendar) -> CurrentRow:
        clocks = running_clocks(self.found.alert, self.found.ladder, calendar)
        return current_row(self.found, clocks, calendar.version)


def _told(office: Office, model: Model, again: Again) -> _Told:
    alert_id, was = ids.new_id(), model.found.alert
    keys: dict[str, str] = {}
    happened, acts = [], []
    for one, body in zip(was.happened, model.bodies, strict=True):
        what = read_event(one.kind, loads(_said_anew(body, again)))
        at, by = _at(one.at, again), again.people.get(one.by, one.by)
        key = keys.setdefault(f"{one.at} {one.by}", new_act_key())
        acts.append(NewAct(alert_id, by, at, key, (what,), one.number - 1))
        happened.append(Happened(one.number, at, by, one.kind, what))
    askings = tuple(
        replace(
            one,
            id=new_act_key(),
            alert_id=alert_id,
            person_id=again.people.get(one.person_id, one.person_id),
        )
        for one in model.askings
    )
    return _Told(known(office, alert_id, fold(happened)), tuple(acts), askings)


def _at(moment: datetime, again: Again) -> datetime:
    there = moment.astimezone(LONDON).replace(tzinfo=None) - timedelta(days=again.days)
    return (there + timedelta(minutes=again.minutes)).replace(tzinfo=LONDON)


def _said_anew(body: str, again: Again) -> str:
    def other(found: re.Match[str]) -> str:
        word = found[0]
        if word in again.texts:
            return again.texts[word]
        return (date.fromisoformat(word) - timedelta(days=again.days)).isoformat()

    return _words_or_days(tuple(again.texts)).sub(other, body)


@lru_cache(maxsize=10_000)
def _words_or_days(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:(?:{longest_first})(?!\w)|{_A_DAY})")
