"""What the witness outside the store is told, and whether the store still agrees with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from practice_alerts.casework.proof.came_back import CameBack, as_kept, came_back, seen
from practice_alerts.casework.records import destroying
from practice_alerts.domain.errors import Storage, StorageTrouble

_HEARTBEAT = timedelta(minutes=10)
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
        _must_stand(database, tx)
        if before is not None:
            says = _apart(tx, before)
            database.same.is_as_witnessed = not says
            _must_be_none(says)
        proved = witness.last_proved()  # the last one, unless somebody else wrote that
        line = _line(database, tx, now, proved)
        is_proved = proved == before or not witness.could_prove()
        if line is None or (before and is_proved and _is_told(before, line)):
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


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """A store that is older than its witness, as a backup is, beside what that saw of it."""

    parted: str
    """Where it is not what the witness saw; empty where it is."""
    borne_out: WitnessLine | None
    """The last line that it bears out."""


def held_against(tx: Tx, witness: Witness, until: int) -> HeldAgainst:
    """Held against every line up to the seal `until`.

    Where a person went on with an older store, what the witness saw of the way that was left counts for a store of that way
    alone: which it is, shows at the line of that person. A line that nothing proves changes no way.
    """
    wrong = borne_out = None
    is_its_way = True
    by_name = {
        line.proof for line, is_proved in witness.latest_first() if line.accepted and is_proved
    }
    can_prove = witness.could_prove()
    for some in event_store.in_turn(witness.lines()):
        found = as_kept(tx, [one for one in some if one.seal <= until])
        for line in some:
            agrees = line.seal <= until and found(line)
            borne_out = line if agrees else borne_out
            if line.accepted and (line.proof in by_name or not can_prove):
                is_its_way = agrees
                wrong = None if agrees else wrong
            elif is_its_way and line.seal <= until and not agrees:
                wrong = wrong or line
    return HeldAgainst("" if wrong is None else seen(wrong), borne_out)


def accept(
    database: Database,
    witness: Witness,
    by: str,
    why: str,
    now: datetime,
    *,
    back: CameBack | None = None,
) -> None:
    """Go on with the store as it is: no number that the witness saw is given again, and everybody signs in anew.

    The keys of sessions and of the log are from now on those that the next start finds, or makes.
    What was destroyed, and came back with it, is destroyed once more: `back`, or what is proved of it.
    """
    witness.last()  # raises where there is one, and nobody can read what it says
    with database.accepting(by, why, now) as tx:
        back = back or came_back(tx, witness)
        for name, last in back.numbers.items():
            current_state.begin_after(tx, *_named(name), last)
        sign_in_rows.end_everything(tx, now)
        office_settings.accept_other_keys(tx)
        security_rows.accept(tx)
        destroying.destroy_again(tx, back.alerts, by, why, now)
    database.forget()
    with database.reading() as tx:
        line = _line(database, tx, now, witness.last_proved(), {"by": by, "why": why})
    if line is not None:
        witness.write(line)
    database.same.is_as_witnessed = True


def believe_clock(
    database: Database, witness: Witness, clock: MachineClock, by: str, why: str
) -> None:
    """The machine's clock is right as it is now, in every process that writes to this store."""
    must_agree(database, witness)
    database.believe_clock(clock, by, why)
    with database.reading() as tx:
        line = _line(database, tx, clock(), witness.last_proved())
    if line is not None:
        witness.write(line)


def _written_taken(one: TakenBack) -> Mapping[str, Any]:
    return {"alert": one.alert_id, "event": one.event, "what": one.what.model_dump()}


def _line(
    database: Database,
    tx: Tx,
    now: datetime,
    before: WitnessLine | None,
    accepted: Mapping[str, str] | None = None,
) -> WitnessLine | None:
    """None for a store that nobody has sealed.

    It follows from the last line that is proved, and says what is gone since that: so whatever stands between them, or
    before a key was changed, need not be believed.
    """
    last = seals.place(tx)
    if last is None:
        return None
    numbers = {f"{one.prefix}-{one.year}": one.last for one in current_state.last_numbers(tx)}
    event, its_hash = last.event_id, last.event_hash
    is_since = before is not None and not accepted and as_kept(tx, [before])(before)
    last_told = before.event if before and is_since else 0
    gone = destruction.gone_after(tx, last_told)
    clock = database.clock
    since = (clock.boot, stamp(clock.began)) if clock else ("", "")
    return WitnessLine(
        seals.store_id(tx), event, its_hash, last.number, last.mac, numbers, stamp(now),
        tuple(one.alert_id for _, one in gone.records), gone.redacted,
        tuple(map(_written_taken, gone.taken)),
        tuple(one.written() for one in told_besides.told_after(tx, last_told)), *since, accepted or {},
        before.proof if before else "",
    )  # fmt: skip


def _is_told(before: WitnessLine, line: WitnessLine) -> bool:
    age = datetime.fromisoformat(line.at) - datetime.fromisoformat(before.at)
    return (before.store, before.mac) == (line.store, line.mac) and age < _HEARTBEAT


def _must_stand(database: Database, tx: Tx) -> None:
    """Nothing is told of a chain into which somebody put something: the witness would vouch for it."""
    try:
        database.must_stand(tx)
    except seals.NotSealed as told:
        raise NotAsWitnessed(str(told)) from None


def _must_be_none(says: str) -> None:
    if says:
        raise NotAsWitnessed(
            f"The store is not where its witness saw it: {says}. Put the newer store in its place. If this is"
            f" the one to go on with, such as a copy that was restored on purpose, {_BY_NAME}"
        )


def _apart(tx: Tx, before: WitnessLine) -> str:
    saw = seen(before)
    if seals.store_id(tx) != before.store:
        return f"it is another store, or an empty one; the witness saw {saw}"
    mac = seals.mac_of(tx, before.seal)
    if mac is None:
        return f"it goes to event {seals.head(tx)[0]}, and the witness saw {saw}"
    return "" if mac == before.mac else f"it went another way than the witness saw ({saw})"


def _named(name: str) -> tuple[str, int]:
    prefix, _, year = name.rpartition("-")
    return prefix, int(year)
