"""Whether all is well: one table of checks, read by `doctor`, by `/readyz` and by the figures for a scraper."""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from practice_alerts.adapters.log.alert_log import AlertLog
from practice_alerts.adapters.private_files import open_to_others
from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.core.rows import tried
from practice_alerts.adapters.store.core.timestamps import stamp
from practice_alerts.adapters.store.office import office_settings, outbox, security_rows
from practice_alerts.adapters.store.records import destruction
from practice_alerts.casework.proof import old_entries, witness
from practice_alerts.casework.upkeep import backup
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.errors import ToldPlainly
from practice_alerts.domain.text import plural
from practice_alerts.office import Settings, kept_elsewhere

_LITTLE_ROOM, _NO_ROOM = 1 << 30, 50 << 20
_AHEAD = timedelta(minutes=5)
_MAIL_WAITS = timedelta(minutes=15)
_LINES = 1000  # of the witness, looked at each time
_LOG_WAITS = timedelta(minutes=1)
_MONTHS_LATE, _LONGEST_MONTH = 1, 31  # they go once a month
_MEGABYTE: Final = 1 << 20


class Level(IntEnum):
    WELL = 0
    MIND = 1
    WRONG = 2


class Check(StrEnum):
    FILES = "files"
    GUARDS = "guards"
    WRITE = "write"
    DISK = "disk"
    CLOCK = "clock"
    WITNESS = "witness"
    WITNESS_PLACE = "witness_place"
    ENTRIES = "entries"
    OVERWRITTEN = "overwritten"
    OUTBOX = "outbox"
    LOG = "log"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What is looked at."""

    settings: Settings
    database: Database
    now: datetime
    reads_through: bool = False
    """Every row, and each index against its table: whoever runs the machine waits for it, and no scraper."""


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """`says` is for whoever runs the machine, and names folders; it is shown to nobody else."""

    level: Level
    says: str
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """`stops`: while it is wrong, nothing can be recorded, and whoever asks is sent elsewhere."""

    look: Callable[[LookedAt], CheckFinding]
    stops: bool


def _files(watched: LookedAt) -> CheckFinding:
    elsewhere = kept_elsewhere(watched.settings, watched.database)
    found = [str(one) for one in open_to_others(watched.settings.data, elsewhere)]
    if found:
        says = f"other accounts may read {', '.join(found)}; the next start narrows it."
        return CheckFinding(Level.WRONG, says)
    return CheckFinding(Level.WELL, "nothing that is kept is open to other accounts.")


def _guards(watched: LookedAt) -> CheckFinding:
    watched.database.must_be_current()
    watched.database.must_be_whole(reads_through=watched.reads_through)
    if watched.database.could_lift_guards():
        says = "guards and seals are in place; the product's role owns the tables, and could lift the guards."
        return CheckFinding(Level.MIND, says)
    return CheckFinding(Level.WELL, "guards and seals are in place.")


def _write(watched: LookedAt) -> CheckFinding:
    """In the store, where it is taken back, and beside it, where the disk must take it."""
    with watched.database.writing() as tx, tried(tx):
        office_settings.put_fact(tx, "tried_at", stamp(watched.now))
    beside = watched.settings.data / ".tried"
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
            out.write(b"x")
            out.flush()
            os.fsync(out.fileno())
    finally:
        beside.unlink(missing_ok=True)
    return CheckFinding(Level.WELL, "something can be written.")


def _disk(watched: LookedAt) -> CheckFinding:
    free = shutil.disk_usage(watched.settings.data).free
    level = Level.WRONG if free < _NO_ROOM else Level.MIND if free < _LITTLE_ROOM else Level.WELL
    says = f"{free // _MEGABYTE:,} MB are free where the data lies."
    return CheckFinding(level, says, {"disk_free_bytes": free})


def _clock(watched: LookedAt) -> CheckFinding:
    """Against the one that only counts, and against what was recorded last: it was wrong then, or is now.

    What the witness saw was looked at as it was told.
    """
    clock = watched.database.clock
    jumped = clock.jumped() if clock else timedelta()
    told = watched.settings.witness.last()
    with watched.database.reading() as tx:
        is_seen = told is not None and event_store.head(tx)[0] <= told.event
        last = None if is_seen else event_store.last_moment(tx)
    seen = [one for one in (last, datetime.fromisoformat(told.at) if told else None) if one]
    ahead = max(seen, default=watched.now) - watched.now
    figures = {
        "clock_behind_seconds": max(0.0, ahead.total_seconds()),
        "clock_jumped_seconds": jumped.total_seconds(),
    }
    if clock is not None and jumped:
        return CheckFinding(Level.WRONG, clock.stands(), figures)
    if ahead > _AHEAD:
        says = (
            f"the clock is {ahead} behind what was recorded last: it is wrong now, or it was then. Set it right"
            " before anything is recorded."
        )
        return CheckFinding(Level.WRONG, says, figures)
    return CheckFinding(Level.WELL, "the clock is not behind what was recorded.", figures)


def _witness(watched: LookedAt) -> CheckFinding:
    witness.must_agree(watched.database, watched.settings.witness)
    behind, at = witness.lag(watched.database, watched.settings.witness)
    if at is None:
        return CheckFinding(Level.MIND, "there is no witness yet; a running product begins one.")
    minutes = int((watched.now - at).total_seconds() // 60)
    says = (
        f"the store agrees with its witness, which is {behind} {plural(behind, 'seal')} behind; its last line is"
        f" {minutes} {plural(minutes, 'minute')} old."
    )
    figures = {"witness_behind_seals": behind}
    if forged := watched.settings.witness.amiss(_LINES).forged:
        says = f"{forged} of the last {_LINES:,} lines of the witness are not the product's: practice-alerts verify."
        return CheckFinding(Level.MIND, says, figures)
    return CheckFinding(Level.MIND if behind and minutes else Level.WELL, says, figures)


def _witness_place(watched: LookedAt) -> CheckFinding:
    seen = watched.settings.witness
    if not watched.database.files():
        says = f"the store lies with its server, and the witness in {seen.folder}."
        return CheckFinding(Level.WELL, says)
    if seen.lies_with(watched.settings.data):
        return CheckFinding(
            Level.MIND, f"the witness lies on the store's own volume, {seen.folder}."
        )
    return CheckFinding(Level.WELL, "the witness lies on another volume than the store.")


def _entries(watched: LookedAt) -> CheckFinding:
    """How far back the security log goes, and how far it should."""
    months = watched.settings.kept_for.entries
    with watched.database.reading() as tx:
        first = security_rows.first_moment(tx)
        gone = sum(one.count for one in old_entries.removed(tx))
    if first is None:
        return CheckFinding(Level.WELL, "nothing stands in the security log yet.")
    says = f"the security log goes back to {in_full(london_date(first))}, of {months} {plural(months, 'month')} that it is kept for"
    says += f"; {gone:,} older {plural(gone, 'entry', 'entries')} were removed." if gone else "."
    figures = {"security_entries_removed": gone}
    if watched.now - first > timedelta(days=(months + _MONTHS_LATE) * _LONGEST_MONTH):
        says += (
            " Older ones stay: a legal hold stands on an alert of then, no product has run for a while, or on a server"
            " practice-alerts store update is due, by the owner of the tables."
        )
        return CheckFinding(Level.MIND, says, figures)
    return CheckFinding(Level.WELL, says, figures)


def _overwritten(watched: LookedAt) -> CheckFinding:
    """Of what was destroyed bytes may lie in the files of the store until they are laid anew."""
    _, dialect, _ = watched.database.parts()
    with watched.database.reading() as tx:
        waits, is_owner = destruction.is_to_forget(tx), dialect.may_change_tables(tx)
    if not waits:
        return CheckFinding(
            Level.WELL, "nothing is left in the store's files of what was destroyed."
        )
    who = (
        "a running product does it"
        if is_owner
        else "their owner does it: practice-alerts store update"
    )
    says = (
        f"bytes of what was destroyed may lie in the store's files until they are laid anew; {who}."
    )
    return CheckFinding(Level.MIND, says)


def _outbox(watched: LookedAt) -> CheckFinding:
    with watched.database.reading() as tx:
        waiting, oldest, stuck = outbox.standing(tx, watched.now)
    waits = watched.now - oldest if oldest else timedelta()
    figures = {
        "outbox_waiting": waiting,
        "outbox_oldest_seconds": max(0.0, waits.total_seconds()),
        "outbox_given_up": stuck,
    }
    says = f"{waiting} {plural(waiting, 'e-mail')} {'waits' if waiting == 1 else 'wait'} to be sent"
    says += f", the oldest since {_spell(waits)}" if oldest else ""
    says += f"; {stuck} did not arrive, for somebody to look at." if stuck else "."
    return CheckFinding(Level.MIND if waits > _MAIL_WAITS else Level.WELL, says, figures)


def _log(watched: LookedAt) -> CheckFinding:
    log = AlertLog(watched.settings.data / "log")
    reached = []
    for council in log.files():
        try:
            reached.append(log.position(council))
        except Exception:  # noqa: BLE001 - it can always be made again
            says = f"the log of {council} cannot be read; a running product puts it aside and makes it anew."
            return CheckFinding(Level.WRONG, says)
    if not reached:
        return CheckFinding(Level.MIND, "there is no log yet; a running product makes it.")
    furthest_behind = min(one.event if one else 0 for one in reached)
    with watched.database.reading() as tx:
        head, _ = event_store.head(tx)
        since = event_store.moment_after(tx, furthest_behind)
    waits = watched.now - since if since else timedelta()
    figures = {
        "log_behind_events": max(0, head - furthest_behind),
        "log_behind_seconds": max(0.0, waits.total_seconds()),
    }
    if since is None:
        return CheckFinding(Level.WELL, "the log has followed the store.", figures)
    says = f"the log is behind by {_spell(waits)}; a running product catches up within a second."
    return CheckFinding(Level.MIND if waits > _LOG_WAITS else Level.WELL, says, figures)


def _backup(watched: LookedAt) -> CheckFinding:
    plan = watched.settings.backups
    made = backup.last_made(watched.database)
    if made is None:
        return CheckFinding(Level.MIND, "there is no backup yet: practice-alerts backup.")
    age = watched.now - made
    figures = {"backup_age_seconds": max(0.0, age.total_seconds())}
    old = backup.too_old(watched.now, plan)
    says = f"the last backup is {_spell(age)} old, of at most {plan.hours} hours"
    says += f"; {len(old)} in {plan.folder} are older than {plan.days} days." if old else "."
    late = age > timedelta(hours=plan.hours) or bool(old)
    return CheckFinding(Level.MIND if late else Level.WELL, says, figures)


def _spell(time: timedelta) -> str:
    hours, minutes = divmod(max(0, int(time.total_seconds())) // 60, 60)
    if hours:
        return f"{hours} {plural(hours, 'hour')}"
    return f"{minutes} {plural(minutes, 'minute')}"


CHECKS: Final = complete(
    Check,
    {
        Check.FILES: CheckRow(_files, stops=False),
        Check.GUARDS: CheckRow(_guards, stops=True),
        Check.WRITE: CheckRow(_write, stops=True),
        Check.DISK: CheckRow(_disk, stops=True),
        Check.CLOCK: CheckRow(_clock, stops=True),
        Check.WITNESS: CheckRow(_witness, stops=True),
        Check.WITNESS_PLACE: CheckRow(_witness_place, stops=False),
        Check.ENTRIES: CheckRow(_entries, stops=False),
        Check.OVERWRITTEN: CheckRow(_overwritten, stops=False),
        Check.OUTBOX: CheckRow(_outbox, stops=False),
        Check.LOG: CheckRow(_log, stops=False),
        Check.BACKUP: CheckRow(_backup, stops=False),
    },
)


def look(
    settings: Settings, database: Database, now: datetime, *, reads_through: bool = False
) -> Mapping[Check, CheckFinding]:
    """Each by itself: what cannot be looked at is wrong, and stops no other."""
    watched = LookedAt(settings, database, now, reads_through)
    return {check: _looked(row, watched) for check, row in CHECKS.items()}


def may_record(found: Mapping[Check, CheckFinding]) -> bool:
    return not any(CHECKS[check].stops and one.level is Level.WRONG for check, one in found.items())


def _looked(row: CheckRow, watched: LookedAt) -> CheckFinding:
    try:
        return row.look(watched)
    except ToldPlainly as wrong:
        return CheckFinding(Level.WRONG, str(wrong))
    except Exception as fault:  # noqa: BLE001 - whatever it is, this is the place that tells of it
        return CheckFinding(Level.WRONG, f"it could not be looked at ({type(fault).__name__}).")
