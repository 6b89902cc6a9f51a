"""A backup while the product runs: copied, proved, encrypted, read back, and only then said to be there."""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from practice_alerts import __version__
from practice_alerts.adapters import backup_file
from practice_alerts.adapters.backup_file import BackupPlan
from practice_alerts.adapters.documents import parts_digest
from practice_alerts.adapters.files.lies_within import lies_within
from practice_alerts.adapters.keys import PSEUDONYM_FILE, SESSION_FILE
from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core import seals
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.core.timestamps import stamp
from practice_alerts.adapters.store.office import office_settings
from practice_alerts.casework.core.loaded_alert import load
from practice_alerts.casework.documents import render
from practice_alerts.casework.proof.audit_chain import Proof, prove
from practice_alerts.domain.errors import Expected
from practice_alerts.office import Office, Settings

STORE, KEYS, SEAL_KEYS, FILES = "store", "keys", "seal-keys", "files"
"""What lies in a backup under which name; keys lie in one of their own."""
KIND_STORE, KIND_KEYS = "practice-alerts store", "practice-alerts keys"
BACKED_UP: Final = "backed_up"
"""The fact that says when the last backup was made, and where."""
_BEGINS, _MOMENT = "practice-alerts-", "%Y%m%dT%H%M%SZ"
_DRAFTS = ".backup-"


class NoBackup(Expected):
    """No backup was made; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class BackupMade:
    file: Path
    proof: Proof
    removed: tuple[Path, ...]
    """Older than backups are kept."""


def back_up(office: Office, folder: Path) -> BackupMade:
    """Into this folder. What cannot be proved is no backup: raises NoBackup."""
    office.database.must_know_when()
    now, recipients = office.now(), office.settings.backups.recipients
    target = folder / f"{_BEGINS}{now.astimezone(UTC):{_MOMENT}}{backup_file.ENDING}"
    _must_be_possible(folder, recipients)
    try:
        with drafts_in(office.settings.data) as private:
            copied = private / STORE
            with office.database.saved(copied) as saved:
                seen = replace(office, database=saved, now=lambda: now)
                proof = prove(seen, is_copy=True)
                _must_hold(proof)
                said = _said_of(seen)
            files = {STORE: copied, **_councils_files(office.settings)}
            backup_file.write(target, files, said, recipients)
    except OSError as error:
        raise NoBackup(f"No backup was made ({error.strerror or error}).") from error
    with office.database.writing() as tx:
        office_settings.put_fact(tx, BACKED_UP, json.dumps({"at": stamp(now), "file": target.name}))
    return BackupMade(target, proof, tuple(_remove_old_ones(office, folder)))


def back_up_keys(office: Office, file: Path, recipients: Sequence[str]) -> tuple[Path, ...]:
    """The files of the keys, by themselves; which they were. What the environment holds is in no file."""
    _must_be_possible(file.parent, recipients)
    if file.exists():
        raise NoBackup(f"{file} is there already. Name another file.")
    found = key_files(office.settings)
    with office.database.reading() as tx:
        said = {"kind": KIND_KEYS, "made_at": stamp(office.now()), "store": seals.store_id(tx)}
    try:
        backup_file.write(file, found, said, recipients)
    except OSError as error:
        raise NoBackup(f"No backup was made ({error.strerror or error}).") from error
    return tuple(found.values())


def key_files(settings: Settings) -> dict[str, Path]:
    """By their names in a backup of keys."""
    found = {f"{SEAL_KEYS}/{one.name}": one for one in settings.seal_keys.files()}
    for name in (SESSION_FILE, PSEUDONYM_FILE):
        if (own := settings.data / "keys" / name).exists():
            found[f"{KEYS}/{name}"] = own
    return found


def last_made(database: Database) -> datetime | None:
    """When the last backup was made; None where there was none."""
    with database.reading() as tx:
        found = office_settings.fact(tx, BACKED_UP)
    return datetime.fromisoformat(json.loads(found)["at"]) if found else None


def too_old(now: datetime, plan: BackupPlan) -> tuple[Path, ...]:
    """Backups in their folder that are kept no longer: what was destroyed since is still in them."""
    oldest, folder = now - timedelta(days=plan.days), plan.folder
    each = folder.glob(f"{_BEGINS}*{backup_file.ENDING}") if folder and folder.is_dir() else ()
    return tuple(sorted(one for one in each if (made := _made_at(one)) and made < oldest))


def document_of(office: Office, alert_id: str, at: datetime) -> str:
    """The digest of the alert's Word document as it stood then. Raises Expected where there is none."""
    with office.database.reading() as tx:
        known = load(office, tx, alert_id)
    return parts_digest(render.word_document(office, known, at).body)


@contextmanager
def drafts_in(data: Path) -> Iterator[Path]:
    """A folder for this account alone, gone afterwards; one that a crash left goes as well."""
    for left in data.glob(f"{_DRAFTS}*"):
        shutil.rmtree(left, ignore_errors=True)
    private = Path(mkdtemp(prefix=_DRAFTS, dir=data))
    try:
        yield private
    finally:
        shutil.rmtree(private, ignore_errors=True)


def _must_be_possible(folder: Path, recipients: Sequence[str]) -> None:
    if not recipients:
        raise NoBackup(
            "Nobody is named who could open the backup. Make a key once, on another machine, with:"
            " practice-alerts backup new-key FILE; and set PRACTICE_ALERTS_BACKUP_RECIPIENTS to what it prints."
        )
    if not folder.is_dir():
        raise NoBackup(
            f"There is no folder {folder} to put the backup into. Make it, or name another."
        )


def _must_hold(proof: Proof) -> None:
    if not proof.holds:
        raise NoBackup(
            "No backup was made: the store is not as it was written, and a backup would keep it so. Look with:"
            " practice-alerts verify. Restore the last backup; or a person accepts what was altered, by name:"
            ' practice-alerts seals accept --by NAME --why "..."'
        )


def _said_of(office: Office) -> dict[str, Any]:
    """What a restored store is compared with."""
    now = office.now()
    with office.database.reading() as tx:
        event, digest = event_store.head(tx)
        said: dict[str, Any] = {
            "kind": KIND_STORE,
            "made_at": stamp(now),
            "product": __version__,
            "tables": office.database.version(),
            "store": seals.store_id(tx),
            "event": event,
            "hash": digest,
            "counts": office.database.counts(tx),
            "procedures": {council: one.digest for council, one in office.councils.items()},
        }
        newest = reversed(current_state.ids(tx))
    return said | {"document": _a_document(office, newest, now)}


def says_what_it_must(said: Mapping[str, Any], kind: str) -> bool:
    """Somebody else can have written it: whoever knows the recipient can make a backup out to it."""
    return all(is_right(said.get(name)) for name, is_right in _SAID[kind].items())


def _is_text(found: object) -> bool:
    return isinstance(found, str)


def _is_moment(found: object) -> bool:
    try:
        return isinstance(found, str) and datetime.fromisoformat(found).tzinfo is not None
    except ValueError:
        return False


def _is_number(found: object) -> bool:
    return isinstance(found, int) and found >= 0


def _is_counts(found: object) -> bool:
    return isinstance(found, dict) and all(_is_number(one) for one in found.values())


def _is_texts(found: object) -> bool:
    return isinstance(found, dict) and all(_is_text(one) for one in found.values())


def _is_document(found: object) -> bool:
    return isinstance(found, dict) and _is_texts(found) and {*found} in (set(), {"alert", "parts"})


_OF_KEYS: Final = {"made_at": _is_moment, "store": _is_text}
_SAID: Final[Mapping[str, Mapping[str, Callable[[object], bool]]]] = {
    KIND_KEYS: _OF_KEYS,
    KIND_STORE: _OF_KEYS
    | {
        **dict.fromkeys(("product", "tables", "hash"), _is_text),
        "event": _is_number,
        "counts": _is_counts,
        "procedures": _is_texts,
        "document": _is_document,
    },
}


def _a_document(office: Office, alerts: Iterable[str], now: datetime) -> Mapping[str, str]:
    """The first that can be had, to be made again after a restore and compared."""
    for alert_id in alerts:
        try:
            return {"alert": alert_id, "parts": document_of(office, alert_id, now)}
        except Expected:
            continue
    return {}


def _councils_files(settings: Settings) -> dict[str, Path]:
    found = {}
    for room, folder in (
        ("procedures", settings.procedures),
        ("form_templates", settings.form_templates),
    ):
        for one in sorted(folder.rglob("*")):
            inside = one.relative_to(folder)
            is_ours = one.is_file() and lies_within(one, folder)
            if is_ours and not any(part.startswith(".") for part in inside.parts):
                found[f"{FILES}/{room}/{inside.as_posix()}"] = one
    return found


def _remove_old_ones(office: Office, folder: Path) -> Iterator[Path]:
    for one in too_old(office.now(), replace(office.settings.backups, folder=folder)):
        one.unlink()
        yield one


def _made_at(file: Path) -> datetime | None:
    text = file.name.removeprefix(_BEGINS).removesuffix(backup_file.ENDING)
    try:
        return datetime.strptime(f"{text[:-1]}+0000", f"{_MOMENT[:-1]}%z")
    except ValueError:
        return None
