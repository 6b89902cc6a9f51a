"""What came back with an older store although the witness saw it gone: what is proved of it goes again, the rest is listed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Final, TypeVar

from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core import seals
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.records import destruction
from practice_alerts.adapters.store.records.destruction import TakenBack
from practice_alerts.adapters.witness_file import Witness, WitnessLine
from practice_alerts.casework.core.loaded_alert import load
from practice_alerts.casework.records import redacting
from practice_alerts.casework.records.destroying import TwoPeople
from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.alert.destroyed import TakenOut
from practice_alerts.domain.alert.hash_chain import START
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.standing.how_long_kept import holds
from practice_alerts.domain.text import joined, plural
from practice_alerts.office import Office

_One = TypeVar("_One")
BY_NAME: Final = 'practice-alerts seals accept --by NAME --why "..." --again'
"""By which a person has something done again though nothing proves it."""


class NotToGoAgain(Expected):
    """What somebody named is not among what came back, or never was destroyed; nothing was done."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """What a line of the witness says of an alert, a text or a number, and is not believed by itself."""

    name: str
    """The reference; of numbers their prefix and year."""
    what: str
    why: str
    is_disproved: bool = False
    """The store itself went past that line, and did nothing of the kind: somebody wrote that line."""

    @property
    def in_words(self) -> str:
        if self.is_disproved:
            return f"TAMPERING: {self.name}: {self.what}, {self.why}. Find out who can write to the witness."
        return f"NOT DONE: {self.name}: {self.what}, {self.why}. If you know that it was so: {BY_NAME} {self.name}"


@dataclass(frozen=True, slots=True)
class CameBack:
    """What is there although it went: what goes again, and what is doubted."""

    alerts: Mapping[str, str]
    """By id, their references."""
    taken: tuple[TakenBack, ...]
    """Texts of alerts that go on."""
    of: Mapping[str, str]
    """The references of the alerts of those texts, by id."""
    numbers: Mapping[str, int]
    """By prefix and year, the last that was given."""
    doubted: tuple[Doubted, ...]

    def in_words(self) -> Iterator[str]:
        for name in sorted(self.alerts.values()):
            yield f"{name}: destroyed since, by the witness; it is destroyed again."
        for alert_id, name in sorted(self.of.items(), key=lambda one: one[1]):
            count = sum(one.alert_id == alert_id for one in self.taken)
            yield f"{name}: {count} {plural(count, 'text')} taken out since, by the witness; taken out again."
        yield from (one.in_words for one in self.doubted)


@dataclass(slots=True)
class _Said:
    """What lines say, those that are proved and the others."""

    alerts: set[str] = field(default_factory=set)
    taken: dict[TakenBack, None] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    doubted_alerts: dict[str, list[WitnessLine]] = field(default_factory=dict)
    doubted_taken: dict[TakenBack, list[WitnessLine]] = field(default_factory=dict)
    doubted_numbers: Mapping[str, int] = field(default_factory=dict)


def came_back(tx: Tx, witness: Witness, again: Collection[str] = ()) -> CameBack:
    """`again`: what a person names of that which is doubted, to be done as if it were proved. Raises NotToGoAgain."""
    said = _read(witness.latest_first())
    alerts = _there(tx, said.alerts)
    held = {name: f"and it has a legal hold here ({of})" for name, of in _holds(tx, alerts)}
    taken = destruction.still_there(tx, tuple(said.taken))
    doubted = [
        *(Doubted(name, "it was destroyed", why) for name, why in held.items()),
        *_doubted_alerts(tx, said),
        *_doubted_texts(tx, said),
        *_doubted_numbers(tx, said),
    ]
    named = _named(doubted, again)
    by_name = _there(tx, said.doubted_alerts)
    goes = {one: name for one, name in alerts.items() if name not in held or name in named}
    goes |= {one: name for one, name in by_name.items() if name in named}
    texts = destruction.still_there(tx, tuple(said.doubted_taken))
    of = _there(tx, {one.alert_id for one in (*taken, *texts)})
    texts = tuple(one for one in texts if of.get(one.alert_id) in named)
    stays = tuple(one for one in dict.fromkeys((*taken, *texts)) if one.alert_id not in goes)
    numbers = {name: last for name, last in said.doubted_numbers.items() if name in named}
    return CameBack(
        goes,
        tuple(one for one in stays if one.alert_id in of),
        {one.alert_id: of[one.alert_id] for one in stays if one.alert_id in of},
        {**said.numbers, **numbers},
        tuple(one for one in doubted if one.name not in named),
    )


def take_out_again(office: Office, by: str, why: str, back: CameBack | None = None) -> int:
    """What was taken out of alerts, and came back with an older store, is taken out once more; how many texts.

    `back`, or what is proved of it. To be called before anybody reads it, beside `accept`, which destroys again whole alerts.
    """
    person = Person(id="", name=by, post="by a command")
    again = TwoPeople(person, person, f"It was taken out before, and came back: {why}")
    with office.database.writing() as tx:
        back = back or came_back(tx, office.settings.witness)
        there = destruction.still_there(tx, back.taken)
        for alert_id in dict.fromkeys(one.alert_id for one in there):
            taken = tuple(one.what for one in there if one.alert_id == alert_id)
            redacting.take_out(office, tx, load(office, tx, alert_id), taken, again)
    office.database.forget()
    return len(there)


def tampered(tx: Tx, witness: Witness) -> Iterator[str]:
    """What in the witness nobody with the key wrote, since a person last went on by name."""
    amiss = witness.amiss()
    if count := amiss.forged:
        yield f"{count} {plural(count, 'line')} of it {plural(count, 'is', 'are')} not the product's"
    if amiss.is_missing:
        yield "a line between others of it is gone, and nothing from before it is proved any more"
    since = takewhile(lambda one: not (one[1] and one[0].accepted), witness.latest_first())
    said = _read(since)
    for one in (*_doubted_alerts(tx, said), *_doubted_texts(tx, said)):
        if one.is_disproved:
            yield f"{one.name}: {one.what}, {one.why}"


def as_kept(tx: Tx, lines: Iterable[WitnessLine]) -> Callable[[WitnessLine], bool]:
    """Whether a line is of this store, its seal there and its event the same."""
    some, store = tuple(lines), seals.store_id(tx)
    macs = seals.macs_of(tx, [one.seal for one in some])
    hashes = event_store.hashes_of(tx, [one.event for one in some])

    def is_kept(line: WitnessLine) -> bool:
        its_event = hashes.get(line.event, START)
        return (line.store, line.mac, line.hash) == (store, macs.get(line.seal), its_event)

    return is_kept


def seen(line: WitnessLine) -> str:
    return f"event {line.event} on {in_full(datetime.fromisoformat(line.at))}"


def read_taken(line: WitnessLine) -> Iterator[TakenBack]:
    for one in line.taken:
        with suppress(ValueError, TypeError, KeyError):  # as nobody of ours wrote it
            what = TakenOut.model_validate(one["what"])
            yield TakenBack(str(one["alert"]), str(one["event"]), what)


def _read(lines: Iterable[tuple[WitnessLine, bool]]) -> _Said:
    said = _Said()
    for line, is_proved in lines:
        alerts, taken = {str(one) for one in line.destroyed}, read_taken(line)
        if is_proved:
            said.numbers = said.numbers or line.references
            said.alerts |= alerts
            said.taken |= dict.fromkeys(taken)
            continue
        said.doubted_numbers = said.doubted_numbers or line.references
        for alert in alerts:
            said.doubted_alerts.setdefault(alert, []).append(line)
        for text in taken:
            said.doubted_taken.setdefault(text, []).append(line)
    said.doubted_alerts = {k: v for k, v in said.doubted_alerts.items() if k not in said.alerts}
    said.doubted_taken = {k: v for k, v in said.doubted_taken.items() if k not in said.taken}
    return said


def _there(tx: Tx, alert_ids: Iterable[str]) -> dict[str, str]:
    """The references of those that are in the store, by id."""
    rows = (current_state.by_ids(tx, some) for some in event_store.in_turn(alert_ids))
    return {one.id: one.reference for some in rows for one in some.values()}


def _holds(tx: Tx, alerts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for alert_id, name in alerts.items():
        events = event_store.happened(tx, alert_id)
        is_whole = all(one.what is not None for one in events)
        if is_whole and (found := holds(fold(events))):
            yield name, joined([one.reference or "of no number" for one in found])


def _doubted_alerts(tx: Tx, said: _Said) -> Iterator[Doubted]:
    there = _there(tx, said.doubted_alerts)
    held = dict(_holds(tx, there))
    forged = _disproved(tx, {one: said.doubted_alerts[one] for one in there})
    for alert_id, name in there.items():
        hold = f", and it has a legal hold here ({held[name]})" if name in held else ""
        line = said.doubted_alerts[alert_id][0]
        yield _doubt(name, "it was destroyed", line, forged.get(alert_id), hold)


def _doubted_texts(tx: Tx, said: _Said) -> Iterator[Doubted]:
    there = destruction.still_there(tx, tuple(said.doubted_taken))
    names = _there(tx, {one.alert_id for one in there})
    forged = _disproved(tx, {one: said.doubted_taken[one] for one in there})
    for alert_id, name in names.items():
        of = [one for one in there if one.alert_id == alert_id]
        what = (
            f"{len(of)} {plural(len(of), 'text')} of it {plural(len(of), 'was', 'were')} taken out"
        )
        wrote = next((forged[one] for one in of if one in forged), None)
        yield _doubt(name, what, said.doubted_taken[of[0]][0], wrote)


def _doubt(
    name: str, what: str, line: WitnessLine, forged: WitnessLine | None, more: str = ""
) -> Doubted:
    if forged is not None:
        says = (
            f"says a line of the witness, and this store went past it ({seen(forged)}) without that"
        )
        return Doubted(name, what, says, is_disproved=True)
    return Doubted(
        name, what, f"says a line of the witness that nothing proves ({seen(line)}){more}"
    )


def _disproved(tx: Tx, said: Mapping[_One, list[WitnessLine]]) -> dict[_One, WitnessLine]:
    """What a line says that is gone by an event of this very store, and is there as if nothing had been: and that line."""
    gone = destruction.gone_after(tx, 0) if said else None
    done = {one.alert_id for _, one in gone.records} | {*gone.taken} if gone else set()
    found: dict[_One, WitnessLine] = {}
    lines = ((what, line) for what, each in said.items() if what not in done for line in each)
    for some in event_store.in_turn(lines):
        is_kept = as_kept(tx, [line for _, line in some])
        for what, line in some:
            if is_kept(line):
                found.setdefault(what, line)
    return found


def _doubted_numbers(tx: Tx, said: _Said) -> Iterator[Doubted]:
    given = {f"{one.prefix}-{one.year}": one.last for one in current_state.last_numbers(tx)}
    for name, last in sorted(said.doubted_numbers.items()):
        before = max(given.get(name, 0), said.numbers.get(name, 0))
        if last > before:
            what = f"the numbers {before + 1} to {last} were given"
            yield Doubted(name, what, "says a line of the witness that nothing proves")


def _named(doubted: Collection[Doubted], again: Collection[str]) -> frozenset[str]:
    names = {one.name: one for one in doubted}
    for name in again:
        if name not in names:
            raise NotToGoAgain(
                f"Nothing of {name} is doubted: what is says the command with --look."
            )
    if forged := [one for one in doubted if one.is_disproved and one.name in again]:
        raise NotToGoAgain(
            f"{forged[0].in_words} What is to be destroyed now, two people destroy on the page of records."
        )
    return frozenset(again)
