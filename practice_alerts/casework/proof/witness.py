"""What the witness outside the store is told, and whether the store still agrees with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from practice_alerts.adapters.machine_clock import MachineClock
from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core import seals
from practice_alerts.adapters.store.core.database import Database, Tx
from practice_alerts.adapters.store.core.timestamps import stamp
from practice_alerts.adapters.store.office import office_settings, security_rows, sign_in_rows
from practice_alerts.adapters.store.records import destruction, told_besides
from practice_alerts.adapters.store.records.destruction import TakenBack
from practice_alerts.adapters.witness_file import Witness, WitnessLine
from practice_alerts.casework.core.loaded_alert import load
from practice_alerts.casework.records import destroying, redacting
from practice_alerts.casework.records.destroying import TwoPeople
from practice_alerts.domain.alert.destroyed import TakenOut
from practice_alerts.domain.alert.hash_chain import START
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import Storage, StorageTrouble
from practice_alerts.office import Office

_HEARTBEAT = timedelta(minutes=10)
_LOT = 500  # lines, looked up at once
_WITNESSED = "witnessed_since"
_BY_NAME = 'a person says so, by name: practice-alerts seals accept --by NAME --why "..."'


class NotAsWitnessed(StorageTrouble):
    """The store is not the one that its witness saw, or is older; the sentence says what to do."""

    def __init__(self, says: str) -> None:
        super().__init__(Storage.REPLACED, says)


def note(database: Database, witness: Witness, now: datetime) -> bool:
    """Tell the witness how far the store is, if it moved on or the last line is old; was there something to tell?

    Cheap when nothing happened: to be called each second, by one process. Raises NotAsWitnessed rather than
    telling it of a store that has parted from it, and nothing is recorded there from then on; and StorageTrouble while
    the machine's clock is not believed.
    """
    database.must_know_when()
    before = witness.last()
    with database.reading() as tx:
        database.same.must_be_sound(tx)
        _must_stand(tx)
        line = _line(database, tx, now, before)
        if before is not None:
            says = _apart(tx, before)
            database.same.is_as_witnessed = not says
            _must_be_none(says)
        if line is None or (before and _is_told(before, line)):
            return False
        is_new = office_settings.fact(tx, _WITNESSED) is None
    witness.write(line)
    if is_new:  # and no sooner: whoever reads in the store that there is a witness finds it
        with database.writing() as tx:
            office_settings.put_fact(tx, _WITNESSED, stamp(now))
        note(database, witness, now)
    return True


def must_agree(database: Database, witness: Witness) -> None:
    """Raises NotAsWitnessed for a store that is older than its witness, another one, or none of that line.

    Also where its witness is gone; but of a store on a server each host has its own, and one that is new none yet.
    """
    before = witness.last()  # first, so that a store which moves on meanwhile is not behind
    with database.reading() as tx:
        if before is not None:
            _must_be_none(_apart(tx, before))
        says = apart(tx, witness, None) if before is None and database.files() else ""
    if (
        says and witness.last() is not None
    ):  # another process has told it for the first time meanwhile
        must_agree(database, witness)
    elif says:
        raise NotAsWitnessed(
            f"The witness of the store is gone: {says}. Put witness.jsonl back there, or move it there if its"
            f" place was changed. If it is lost, {_BY_NAME}"
        )


def lag(database: Database, witness: Witness) -> tuple[int, datetime | None]:
    """How many seals it is behind, and when its last line was written."""
    before = witness.last()
    with database.reading() as tx:
        last = seals.place(tx)
    if before is None or last is None:
        return 0, None
    return last.number - before.seal, datetime.fromisoformat(before.at)


def apart(tx: Tx, witness: Witness, before: WitnessLine | None) -> str:
    """The same as words for whoever verifies; empty where they agree. `before` was read before the store."""
    if before is None:
        since = office_settings.fact(tx, _WITNESSED)
        return (
            f"there is none in {witness.folder}, and there was one since {since}" if since else ""
        )
    return _apart(tx, before)


def left_its_way(tx: Tx, witness: Witness, until: int) -> str:
    """Where a store that is older than its witness, as a backup is, is not what that saw; empty where it is.

    It is held against every line up to the seal `until`. Where a person went on with an older store, what the witness saw
    of the way that was left counts for a store of that way alone: which it is, shows at the line of that person.
    """
    wrong: WitnessLine | None = None
    is_its_way = True
    for some in _in_lots(witness.lines()):
        found = _as_kept(tx, [one for one in some if one.seal <= until])
        for line in some:
            agrees = line.seal <= until and found(line)
            if line.accepted:
                is_its_way = agrees
                wrong = None if agrees else wrong
            elif is_its_way and line.seal <= until and not agrees:
                wrong = wrong or line
    return "" if wrong is None else _seen(wrong)


def _in_lots(lines: Iterable[WitnessLine]) -> Iterator[list[WitnessLine]]:
    each = iter(lines)
    while some := list(islice(each, _LOT)):
        yield some


def _as_kept(tx: Tx, lines: Iterable[WitnessLine]) -> Callable[[WitnessLine], bool]:
    """Whether a line is of this store, its seal there and its event the same."""
    some, store = tuple(lines), seals.store_id(tx)
    macs = seals.macs_of(tx, [one.seal for one in some])
    hashes = event_store.hashes_of(tx, [one.event for one in some])

    def is_kept(line: WitnessLine) -> bool:
        its_event = hashes.get(line.event, START)
        return (line.store, line.mac, line.hash) == (store, macs.get(line.seal), its_event)

    return is_kept


def accept(database: Database, witness: Witness, by: str, why: str, now: datetime) -> None:
    """Go on with the store as it is: no number that the witness saw is given again, and everybody signs in anew.

    The keys of sessions and of the log are from now on those that the next start finds, or makes.
    What was destroyed, and came back with it, is destroyed once more.
    """
    before = witness.last()
    with database.accepting(by, why, now) as tx:
        for name, last in before.references.items() if before else ():
            current_state.begin_after(tx, *_named(name), last)
        sign_in_rows.end_everything(tx, now)
        office_settings.accept_other_keys(tx)
        security_rows.accept(tx)
        destroying.destroy_again(tx, came_back(tx, witness).alerts, by, why, now)
    database.forget()
    with database.reading() as tx:
        line = _line(database, tx, now, before, {"by": by, "why": why})
    if line is not None:
        witness.write(line)
    database.same.is_as_witnessed = True


def believe_clock(
    database: Database, witness: Witness, clock: MachineClock, by: str, why: str
) -> None:
    """The machine's clock is right as it is now, in every process that writes to this store."""
    must_agree(database, witness)
    before = witness.last()
    database.believe_clock(clock, by, why)
    with database.reading() as tx:
        line = _line(database, tx, clock(), before)
    if line is not None:
        witness.write(line)


@dataclass(frozen=True, slots=True)
class CameBack:
    """What is in the store although the witness saw it gone: alerts, by id, and texts of alerts that go on."""

    alerts: frozenset[str]
    taken: tuple[TakenBack, ...]


def came_back(tx: Tx, witness: Witness) -> CameBack:
    alerts = {one for line in witness.lines() for one in line.destroyed}
    taken = (_read_taken(one) for line in witness.lines() for one in line.taken)
    there = destruction.still_there(tx, tuple(dict.fromkeys(taken)))
    return CameBack(frozenset(current_state.by_ids(tx, alerts)), there)


def take_out_again(office: Office, by: str, why: str) -> int:
    """What was taken out of alerts, and came back with an older store, is taken out once more; how many texts.

    To be called before anybody reads it, beside `accept`, which destroys again whole alerts.
    """
    person = Person(id="", name=by, post="by a command")
    again = TwoPeople(person, person, f"It was taken out before, and came back: {why}")
    with office.database.writing() as tx:
        back = came_back(tx, office.settings.witness)
        there = [one for one in back.taken if one.alert_id not in back.alerts]
        for alert_id in dict.fromkeys(one.alert_id for one in there):
            taken = tuple(one.what for one in there if one.alert_id == alert_id)
            redacting.take_out(office, tx, load(office, tx, alert_id), taken, again)
    office.database.forget()
    return len(there)


def _read_taken(said: Mapping[str, Any]) -> TakenBack:
    return TakenBack(said["alert"], said["event"], TakenOut.model_validate(said["what"]))


def _written_taken(one: TakenBack) -> Mapping[str, Any]:
    return {"alert": one.alert_id, "event": one.event, "what": one.what.model_dump()}


def _line(
    database: Database,
    tx: Tx,
    now: datetime,
    before: WitnessLine | None,
    accepted: Mapping[str, str] | None = None,
) -> WitnessLine | None:
    """None for a store that nobody has sealed."""
    last = seals.place(tx)
    if last is None:
        return None
    numbers = {f"{one.prefix}-{one.year}": one.last for one in current_state.last_numbers(tx)}
    event, its_hash = last.event_id, last.event_hash
    last_told = before.event if before and not accepted else 0
    gone = destruction.gone_after(tx, last_told)
    clock = database.clock
    since = (clock.boot, stamp(clock.began)) if clock else ("", "")
    return WitnessLine(
        seals.store_id(tx), event, its_hash, last.number, last.mac, numbers, stamp(now),
        tuple(one.alert_id for _, one in gone.records), gone.redacted,
        tuple(map(_written_taken, gone.taken)),
        tuple(one.written() for one in told_besides.told_after(tx, last_told)), *since, accepted or {},
    )  # fmt: skip


def _is_told(before: WitnessLine, line: WitnessLine) -> bool:
    age = datetime.fromisoformat(line.at) - datetime.fromisoformat(before.at)
    return (before.store, before.mac) == (line.store, line.mac) and age < _HEARTBEAT


def _must_stand(tx: Tx) -> None:
    """Nothing is told of a chain into which somebody put something: the witness would vouch for it."""
    try:
        seals.must_stand(tx)
    except seals.NotSealed as told:
        raise NotAsWitnessed(str(told)) from None


def _must_be_none(says: str) -> None:
    if says:
        raise NotAsWitnessed(
            f"The store is not where its witness saw it: {says}. Put the newer store in its place. If this is"
            f" the one to go on with, such as a copy that was restored on purpose, {_BY_NAME}"
        )


def _apart(tx: Tx, before: WitnessLine) -> str:
    seen = _seen(before)
    if seals.store_id(tx) != before.store:
        return f"it is another store, or an empty one; the witness saw {seen}"
    mac = seals.mac_of(tx, before.seal)
    if mac is None:
        return f"it goes to event {seals.head(tx)[0]}, and the witness saw {seen}"
    return "" if mac == before.mac else f"it went another way than the witness saw ({seen})"


def _seen(line: WitnessLine) -> str:
    return f"event {line.event} on {in_full(datetime.fromisoformat(line.at))}"


def _named(name: str) -> tuple[str, int]:
    prefix, _, year = name.rpartition("-")
    return prefix, int(year)
