"""`practice-alerts doctor`: whether what lies round the store is as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from practice_alerts.cli.support.context import NothingKept, World, is_kept
from practice_alerts.cli.support.output import number
from practice_alerts.domain.errors import Expected

if TYPE_CHECKING:
    from practice_alerts.adapters.store.core.database import Database
    from practice_alerts.office import Settings

_WELL, _MIND, _WRONG = "Well", "Mind", "Wrong"


@click.command(short_help="Look whether all is well round the store.")
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Look at files, keys, guards and the witness, and change nothing.

    Ends with exit code 1 where something is wrong. What is in the store itself `verify` proves.
    """
    from practice_alerts.office import open_store

    world: World = ctx.obj
    settings = world.settings()
    if not is_kept(settings):
        raise NothingKept(settings.data)
    database = open_store(settings)
    world.opened.callback(database.close)
    found = [*_files(settings, database), *_store(settings, database, world.now())]
    for how, says in found:
        click.echo(f"{how}: {says}")
    ctx.exit(1 if any(how == _WRONG for how, _ in found) else 0)


def _files(settings: Settings, database: Database) -> Iterator[tuple[str, str]]:
    from practice_alerts.adapters.private_files import open_to_others
    from practice_alerts.office import kept_elsewhere

    elsewhere = kept_elsewhere(settings, database)
    open_ones = [str(one) for one in open_to_others(settings.data, elsewhere)]
    if open_ones:
        yield _WRONG, f"other accounts may read {', '.join(open_ones)}; the next start narrows it."
    else:
        yield _WELL, "nothing that is kept is open to other accounts."
    if settings.witness.lies_with(settings.data):
        yield _MIND, f"the witness lies on the store's own volume, {settings.witness.folder}."


def _store(settings: Settings, database: Database, now: datetime) -> Iterator[tuple[str, str]]:
    from practice_alerts.casework.proof import witness

    try:
        database.must_be_current()
        database.must_be_whole()
        witness.must_agree(database, settings.witness)
    except Expected as wrong:
        yield _WRONG, str(wrong)
        return
    yield _WELL, "guards and seals are in place, and the store agrees with its witness."
    behind, at = witness.lag(database, settings.witness)
    if at is None:
        yield _MIND, "there is no witness yet; a running product begins one."
    else:
        minutes = int((now - at).total_seconds() // 60)
        yield (
            (_WELL if not behind else _MIND),
            (
                f"the witness is {number(behind, 'seal')} behind; its last line is"
                f" {number(minutes, 'minute')} old."
            ),
        )
    yield _backup(database, settings.backups.hours, now)


def _backup(database: Database, hours: int, now: datetime) -> tuple[str, str]:
    from practice_alerts.casework.upkeep.backup import last_made

    made = last_made(database)
    if made is None:
        return _MIND, "there is no backup yet: practice-alerts backup."
    age = int((now - made).total_seconds() // 3600)
    how = _WELL if now - made <= timedelta(hours=hours) else _MIND
    return how, f"the last backup is {number(age, 'hour')} old, of at most {hours}."
