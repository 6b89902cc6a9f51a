"""What is asked for of a restore, and what the witness says to it: what is lost, what must go again, and what is none of its store."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from practice_alerts.adapters.backup_file import Opened
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core import seals
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.witness_file import WitnessLine
from practice_alerts.casework.proof import lost_since, old_entries, witness
from practice_alerts.casework.proof.came_back import CameBack, take_out_again
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.text import plural
from practice_alerts.office import Office


class NotRestored(Expected):
    """Nothing was restored, and nothing is left behind; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Restoring:
    """Which backup, with what it is opened, and who answers for it."""

    file: Path
    identities: tuple[Path, ...]
    by: str
    why: str
    keys: Path | None = None
    without_witness: bool = False
    against_witness: bool = False
    """Go on though it is not what the witness saw."""


def told_of(office: Office, opened: Opened, wanted: Restoring) -> WitnessLine | None:
    seen = office.settings.witness
    told = seen.last()
    if told is None and not wanted.without_witness:
        raise NotRestored(
            f"There is no witness in {seen.folder}, so nobody can say what was recorded or destroyed after the"
            " backup. Put witness.jsonl there. If it is lost as well, say so: --without-witness"
        )
    if told is not None and told.store != opened.said["store"]:
        raise NotRestored(
            f"The witness in {seen.folder} saw another store than that of the backup. Put the right one there,"
            " or move this one aside."
        )
    return told


def as_witnessed(
    office: Office, told: WitnessLine | None, wanted: Restoring, own_seals: int
) -> Iterator[str]:
    """Held against each line of the witness, and not only by the head that the backup names. `own_seals`: made here since."""
    if told is None:
        return
    with office.database.reading() as tx:
        until, (event, _) = _seals(tx) - own_seals, seals.head(tx)
        held = witness.held_against(tx, office.settings.witness, until)
    parted = held.parted
    if not parted:
        if held.borne_out and held.borne_out.event < event <= told.event:
            count = event - held.borne_out.event
            yield (
                f"NOBODY BEARS OUT the last {count} {plural(count, 'event')} of the backup: they stand between two lines"
                " of the witness."
            )
        return
    if not wanted.against_witness:
        raise NotRestored(
            f"The backup is not of the store that the witness saw ({parted}): somebody made it of another, or wrote into"
            " it. Restore another backup; or a person who knows why goes on with it, by name: --against-witness"
        )
    yield f"AGAINST THE WITNESS: it saw {parted}, and that is not what the backup holds."


def lost(office: Office, opened: Opened, told: WitnessLine | None, back: CameBack) -> Iterator[str]:
    made = in_full(datetime.fromisoformat(opened.said["made_at"]))
    if told is None:
        yield f"NOBODY KNOWS what was recorded, destroyed or redacted after {made}: there is no witness."
        return
    until = in_full(datetime.fromisoformat(told.at))
    gone = told.event - opened.said["event"]
    with office.database.reading() as tx:
        behind = told.seal - _seals(tx)
        given = {f"{one.prefix}-{one.year}": one.last for one in current_state.last_numbers(tx)}
    if gone > 0:
        yield f"LOST: {gone} {plural(gone, 'event')}, recorded between {made} and {until}."
    elif gone < 0:
        yield f"NOBODY BEARS OUT the last {-gone} {plural(-gone, 'event')}: the witness saw none of them."
    elif behind > 0:
        yield (
            f"No event is lost; what is: {behind} {plural(behind, 'change')} beside events, until {until}."
        )
    else:
        yield f"Nothing is lost that the witness saw until {until}."
    for name, last in sorted(back.numbers.items()):
        if last > given.get(name, 0):
            yield f"The numbers {name}-{given.get(name, 0) + 1:04} to {name}-{last:04} are not given again."


def _seals(tx: Tx) -> int:
    place = seals.place(tx)
    return place.number if place else 0


def repeat_what_was_destroyed(office: Office, wanted: Restoring, back: CameBack) -> Iterator[str]:
    """Whole alerts go again as a person goes on with the store; single texts are taken out here."""
    yield from back.in_words()
    if taken := take_out_again(office, wanted.by, wanted.why, back):
        yield f"{taken} {plural(taken, 'text')} taken out since the backup: taken out again."
    with office.database.reading() as tx:
        gone = lost_since.lost(tx, office.settings.witness)
        yield from lost_since.in_sentences(tx, gone)
    if words := lost_since.take_words_out_again(office, gone):
        yield f"{words} {plural(words, 'text')} beside figures taken out or written anew since the backup: taken out again."
    if entries := old_entries.remove_old(office):
        yield f"{entries:,} old {plural(entries, 'entry', 'entries')} of the security log: removed again."
    if alerts := len(back.alerts):
        yield f"{alerts} {plural(alerts, 'record')} destroyed since the backup: destroyed again."
