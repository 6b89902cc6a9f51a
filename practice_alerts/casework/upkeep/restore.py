"""A backup put into an empty place, where it proves itself before anybody can read it."""

import json
import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from practice_alerts import __version__
from practice_alerts.adapters import backup_file
from practice_alerts.adapters.backup_file import BadBackup, Opened
from practice_alerts.adapters.store.core import seals
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.core.timestamps import stamp
from practice_alerts.adapters.store.core.unsealed import NOT_HERE
from practice_alerts.adapters.store.office import (
    calendar_feeds,
    office_settings,
    outbox,
    scim_records,
)
from practice_alerts.casework.jobs import morning
from practice_alerts.casework.proof import witness
from practice_alerts.casework.proof.audit_chain import Difference, prove
from practice_alerts.casework.proof.came_back import came_back
from practice_alerts.casework.upkeep import backup
from practice_alerts.casework.upkeep.restoring import (
    NotRestored,
    Restoring,
    as_witnessed,
    lost,
    repeat_what_was_destroyed,
    told_of,
)
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.text import plural
from practice_alerts.office import Office

_log = logging.getLogger(__name__)

RESTORED: Final = "restored"
"""The fact that says from which backup the store was restored, by whom and why."""
MAY_HAVE_GONE: Final = "It may have gone already: the store was restored from a backup."
_SHOWN = 10
_MUST_HOLD = {backup.KIND_STORE: {backup.STORE}, backup.KIND_KEYS: set[str]()}


def restore(office: Office, wanted: Restoring) -> tuple[str, ...]:
    """`office` is the empty place, with a store that was not begun. What was found, in sentences."""
    settings, database = office.settings, office.database
    if not database.is_empty() or any(settings.data.glob("log/*.db")):
        raise NotRestored(
            f"There is a store already in {settings.data}, and a backup is restored into an empty place"
            " alone. Name another folder with --data, or move this one aside."
        )
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    put: list[Path] = []
    with backup.drafts_in(settings.data) as private:
        try:
            opened = _opened(wanted, wanted.file, private / "backup", backup.KIND_STORE)
            put.extend(
                _put_keys(office, wanted, opened, private / "keys")
            )  # those before a fault too
            with database.loaded(opened.folder / backup.STORE) as new:
                found = tuple(_made_good(replace(office, database=new), opened, wanted))
        except BaseException as fault:
            _take_away(put)
            if isinstance(fault, OSError):
                raise NotRestored(f"The store could not be put in its place ({fault}).") from fault
            raise
        return (*found, *_lay_files(office, opened))


def _take_away(put: Sequence[Path]) -> None:
    for one in reversed(put):
        with suppress(OSError):  # a folder into which somebody else put something stays
            one.rmdir() if one.is_dir() else one.unlink()


def _opened(wanted: Restoring, file: Path, into: Path, kind: str) -> Opened:
    opened = backup_file.unpack(file, wanted.identities, into)
    if opened.said.get("kind") != kind:
        raise BadBackup(f"{file} is not of the kind that was asked for: {kind}.")
    if not backup.says_what_it_must(opened.said, kind) or not _MUST_HOLD[kind] <= _kinds(opened):
        raise BadBackup(
            f"What {file} says of itself is not what the product writes. Take another backup."
        )
    return opened


def _kinds(opened: Opened) -> set[str]:
    return {name.partition("/")[0] for name in opened.names}


def _made_good(office: Office, opened: Opened, wanted: Restoring) -> Iterator[str]:
    """Everything that must be so before the store stands in its place."""
    told = told_of(office, opened, wanted)
    with closing(office.database.unsealed()) as plain:
        # Written without seals: in the end everything is sealed as it is, and a person answers for it.
        unsealed = replace(office, database=plain)
        yield from _brought_up(office, plain, opened)
        is_sealed_anew = plain.version() != opened.said["tables"] and _has_its_key(office)
        yield from as_witnessed(office, told, wanted, own_seals=int(is_sealed_anew))
        _must_have_its_key(office, wanted)
        yield from _proved(office, opened)
        with plain.reading() as tx:
            back = came_back(tx, office.settings.witness)
        yield from lost(office, opened, told, back)
        yield from repeat_what_was_destroyed(unsealed, wanted, back)
        yield _hold_notices(unsealed)
        _take_back_what_lets_in(unsealed, opened, wanted)
    # What the witness saw destroyed or redacted is so once more; whatever came back all the same is no restore.
    seen, by, why = office.settings.witness, wanted.by, wanted.why
    witness.accept(office.database, seen, by, why, office.now(), back=back)
    office.database.must_be_whole()
    if left := prove(office).differences:
        raise NotRestored(_what_is_apart("As restored it does not hold", left))
    yield (
        "Everybody signs in anew, and calendar addresses and SCIM tokens have ended: what was taken back since the"
        " backup would be open again. Who left since, or holds another post, is to be entered anew."
    )


def _put_keys(office: Office, wanted: Restoring, opened: Opened, private: Path) -> Iterator[Path]:
    """The keys of the backup of keys, each where it belongs; those that were not there before, with their folders."""
    if wanted.keys is None:
        return
    found = _opened(wanted, wanted.keys, private, backup.KIND_KEYS)
    if found.said["store"] != opened.said["store"]:
        raise NotRestored(f"The keys in {wanted.keys} are those of another store.")
    places = {
        backup.SEAL_KEYS: office.settings.seal_keys.folder,
        backup.KEYS: office.settings.data / "keys",
    }
    for name in found.names:
        kind, _, own = name.partition("/")
        if kind not in places or not own or "/" in own:
            raise BadBackup(
                f"{wanted.keys} holds what is no key: {name[:80]!r}. Take another backup."
            )
        place, secret = places[kind] / own, (private / name).read_bytes()
        if place.exists() and place.read_bytes() != secret:
            raise NotRestored(f"{place} is there already, and another key. Move it aside.")
        if not place.exists():
            yield from _made_folders(place.parent)
            yield place
            place.touch(0o600)
            place.write_bytes(secret)


def _made_folders(folder: Path) -> Iterator[Path]:
    """Those that were not there, the outermost first."""
    if not folder.exists():
        yield from _made_folders(folder.parent)
        folder.mkdir(mode=0o700)
        yield folder


def _brought_up(office: Office, plain: Database, opened: Opened) -> Iterator[str]:
    """The tables of an earlier version become this one's, before they can be looked at."""
    if plain.version() != opened.said["tables"]:
        raise NotRestored(
            f"The tables of the backup are not of the version that it names, {opened.said['tables'][:80]!a}."
            " Take another backup."
        )
    database = office.database if _has_its_key(office) else plain
    database.migrate()
    if (now := database.version()) != opened.said["tables"]:
        yield (
            f"The backup is of an earlier version: its tables were brought from {opened.said['tables']} to"
            f" {now}, so its rows are compared from here on."
        )


def _has_its_key(office: Office) -> bool:
    with office.database.reading() as tx:
        return seals.last_key(tx) in office.settings.seal_keys.known()


def _must_have_its_key(office: Office, wanted: Restoring) -> None:
    """Where there is a key at all: nobody proves a seal of another, and whoever has none could make one up."""
    if (
        wanted.against_witness
        or _has_its_key(office)
        or office.settings.seal_keys.current() is None
    ):
        return
    raise NotRestored(
        "The backup was sealed with a key that is not among those here. Give the backup of keys of its own time:"
        " --keys FILE; or a person who knows why goes on without it, by name: --against-witness"
    )


def _proved(office: Office, opened: Opened) -> Iterator[str]:
    proof, has_key = prove(office, is_copy=True), _has_its_key(office)
    apart = [one for one in proof.differences if has_key or not _is_of_missing_key(one)]
    if proof.broken or apart:
        broken = [Difference("chain", one.says) for one in proof.broken]
        raise NotRestored(_what_is_apart("The backup does not prove itself", [*broken, *apart]))
    if (proof.events, proof.head) != (opened.said["event"], opened.said["hash"]):
        raise NotRestored("The backup does not end with the event that it was said to end with.")
    made = datetime.fromisoformat(opened.said["made_at"])
    yield (
        f"Of {in_full(made)}: {proof.events} {plural(proof.events, 'event')} of {proof.alerts}"
        f" {plural(proof.alerts, 'alert')}, each following from the one before."
    )
    if not has_key:
        yield (
            "WITHOUT ITS KEY it cannot be proved that people, posts, cover, closed days and whatever else stands"
            " beside the events are as the product wrote them. With the backup of the keys: --keys FILE"
        )
    yield from _counted(office, opened)
    yield _compared(office, opened)


def _what_is_apart(so: str, differences: Sequence[Difference]) -> str:
    return f"{so}: " + "; ".join(f"{one.alert}: {one.says}" for one in differences[:_SHOWN])


def _is_of_missing_key(one: Difference) -> bool:
    return one.alert == "seals" and one.says.endswith(NOT_HERE)


def _counted(office: Office, opened: Opened) -> Iterator[str]:
    with office.database.reading() as tx:
        now = office.database.counts(tx)
    said = opened.said["counts"]
    if opened.said["tables"] == office.database.version():
        apart = sorted(name for name in {*now, *said} if now.get(name) != said.get(name))
        if apart:
            raise NotRestored(f"The backup does not hold as many rows as it was made with: {apart}")
        yield f"As many rows as when it was made, in each of {len(now)} tables."


def _compared(office: Office, opened: Opened) -> str:
    """A document of an alert, made again, and the same."""
    said = opened.said["document"]
    if not said:
        return "There was no document to compare."
    if opened.said["product"] != __version__:
        return f"No document was compared: version {opened.said['product']} made the backup."
    at = datetime.fromisoformat(opened.said["made_at"])
    if backup.document_of(office, said["alert"], at) != said["parts"]:
        raise NotRestored(
            "A document made of the restored store is not the one that was made of it before. Restore another"
            " backup, and tell us of this one."
        )
    return "A document made of it is, part by part, the one that was made before."


def _hold_notices(office: Office) -> str:
    """Also those that the lost store may have written today: they are written first, and held with the others."""
    try:
        morning.write_what_is_due(office)
    except Exception as bug:  # noqa: BLE001 - a restore does not fail for a reminder
        _log.warning("Not everything that is due today could be written: %s", type(bug).__name__)
    with office.database.writing() as tx:
        held = outbox.hold_all(tx, MAY_HAVE_GONE, office.now())
    return (
        f"{held} {plural(held, 'e-mail')} that may have gone already {'waits' if held == 1 else 'wait'} for"
        " somebody to look at them, on the page of e-mails that did not arrive."
    )


def _take_back_what_lets_in(office: Office, opened: Opened, wanted: Restoring) -> None:
    """Sessions and links end as a person goes on with the store; the rest here."""
    now, made = office.now(), opened.said["made_at"]
    fact = {"at": stamp(now), "made_at": made, "by": wanted.by, "why": wanted.why}
    with office.database.writing() as tx:
        calendar_feeds.take_back_all(tx, now)
        scim_records.take_back_all(tx, now)
        office_settings.put_fact(tx, RESTORED, json.dumps(fact))
        last = {"at": made, "file": wanted.file.name}
        office_settings.put_fact(tx, backup.BACKED_UP, json.dumps(last))


def _lay_files(office: Office, opened: Opened) -> Iterator[str]:
    """Procedures and templates of then, beside those in use, where they are not the same."""
    said = opened.said["procedures"]
    now = {council: one.digest for council, one in office.councils.items()}
    if apart := sorted(
        council for council in {*said, *now} if said.get(council) != now.get(council)
    ):
        place, files = office.settings.data / "from-backup", opened.folder / backup.FILES
        are_not = f"The rules in use are not those of the backup: {', '.join(apart)}."
        if not files.is_dir():
            yield f"{are_not} It holds none."
            return
        shutil.move(files, place)
        yield f"{are_not} Those of the backup lie in {place}; compare them before you start."
