"""Stores that earlier states made, unpacked and opened by the present one."""

from __future__ import annotations

import lzma
import shutil
from pathlib import Path

from practice_alerts import ROOT
from practice_alerts.adapters.keys import SealKeys, keys
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.office import Office, Settings
from tests.helpers.days import moment
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.product.office import Desk

KEPT = tuple(sorted((ROOT / "tests/fixtures").glob("store_of_schema_*")))


def unpacked(kept: Path, data: Path) -> Path:
    """The SQLite file and its keys, as a running product would find them in its data folder."""
    (data / "keys").mkdir(parents=True)
    for key in (kept / "keys").iterdir():
        shutil.copy(key, data / "keys")
        (data / "keys" / key.name).chmod(0o600)  # Git keeps no such thing
    store = data / "practice-alerts.db"
    store.touch(mode=0o600)
    store.write_bytes(lzma.decompress((kept / "practice-alerts.db.xz").read_bytes()))
    return store


def opened(kept: Path, data: Path, when: str) -> Desk:
    """As `serve` opens it: brought up to date. At Lambeth, at that time."""
    unpacked(kept, data)
    clock = [moment(when)]
    settings = Settings(ROOT / "procedures", ROOT / "form_templates", data)
    database = Database(sqlite_url(data), SealKeys(data / "keys"))
    database.migrate()
    database.must_be_sealed(clock[0])
    councils = {one: council(one) for one in IDS}
    return Desk(
        Office(settings, councils, database, keys(data / "keys", {}), lambda: clock[0]), clock
    )
