"""What stood before the command, and what lies around it: settings, store, calendar and clock."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from practice_alerts.cli.support.output import as_given
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.errors import Expected, StorageTrouble

# Imported where they are used: the office brings the database and Word along, which `--help` can do without.
if TYPE_CHECKING:
    from practice_alerts.adapters.store.core.database import Database
    from practice_alerts.domain.deadlines.working_days import Calendar
    from practice_alerts.office import Office, Settings


class BadSetting(Expected):
    """`name` is the option or the variable; `value` what was given."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        self.name = name
        self.value = value
        super().__init__(f"{name} is {value}: {wanted}")


class NothingKept(Expected):
    """The data folder has no database: it was lost, or is still to be begun."""

    def __init__(self, settings: Settings) -> None:
        of_one = (settings.witness.file, *settings.seal_keys.files())
        left = next((one for one in of_one if one.exists()), None)
        self.is_lost = left is not None
        super().__init__(
            f"The database of {settings.data} is gone, and {left} is of it. {_PUT_BACK}"
            if left
            else f"There is no database in {settings.data}. Name another folder with --data, or begin with: "
            f"{as_given(FIRST_ADMINISTRATOR)}"
        )


SERVED_AT = "served_at"
"""The fact that says at which address the service was last started."""

_PUT_BACK = "Put back the one that was there, or restore a backup: practice-alerts restore"
FIRST_ADMINISTRATOR = 'people add "NAME" --mail ADDRESS --council COUNCIL --post administrator'


@dataclass(frozen=True)
class World:
    """`clock` is the office's own where none is given."""

    procedures: str | None = None
    data: str | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    clock: Callable[[], datetime] | None = None
    opened: ExitStack = field(default_factory=ExitStack)
    """The stores that the command opened; they are closed when it ends."""

    def now(self) -> datetime:
        from practice_alerts.office import Office

        return (self.clock or Office.now)()

    @property
    def today(self) -> date:
        return london_date(self.now())

    def settings(self, **given: object) -> Settings:
        """The settings that hold here. Raises BadSetting for one that nothing can be done with."""
        from practice_alerts.office import Settings

        before = {"procedures": self.procedures, "data": self.data}
        settings = Settings.read(self.environment, **{**before, **given})
        self._must_be_sound(settings)
        return settings

    def office(self, settings: Settings, *, migrate: bool = False) -> Office:
        """Everything, for a command that acts. Raises NothingKept where there is no store to open."""
        from practice_alerts.casework.proof import witness
        from practice_alerts.office import open_office

        if migrate:
            self._make_room(settings)
        elif not is_kept(settings):
            raise NothingKept(settings)
        office = open_office(settings, self.environment, now=self.clock, migrate=migrate)
        self.opened.callback(office.database.close)
        witness.must_agree(office.database, settings.witness)
        self.opened.callback(tell_witness, office.database, settings, office.now)
        return office if migrate else self._where_it_is_served(office)

    def _where_it_is_served(self, office: Office) -> Office:
        """With the address at which it was last started, which addresses begin with unless a setting says."""
        from practice_alerts.adapters.store.office import office_settings

        if self.environment.get("PRACTICE_ALERTS_BASE_URL"):
            return office
        with office.database.reading() as tx:
            known = office_settings.fact(tx, SERVED_AT) or office.settings.base_url
        return replace(office, settings=replace(office.settings, base_url=known))

    def store(self, settings: Settings) -> Database:
        """The store alone, as it is. Raises NothingKept, and DatabaseNotReady for another version's."""
        from practice_alerts.adapters.private_files import keep_private
        from practice_alerts.office import kept_elsewhere, open_store

        if not is_kept(settings):
            raise NothingKept(settings)
        database = open_store(settings, self.clock)
        self.opened.callback(database.close)
        keep_private(settings.data, kept_elsewhere(settings, database))
        database.must_be_current()
        return database

    def councils(self, settings: Settings) -> tuple[str, ...]:
        """The ids of the councils whose rules lie here, unread."""
        return tuple(path.parent.name for path in settings.procedures.glob("*/procedure.yml"))

    def calendar(self, council: str | None, settings: Settings) -> Calendar:
        """England's working days, and this council's closures as far as a store here knows them."""
        from practice_alerts.adapters.calendar.bank_holidays import england
        from practice_alerts.adapters.store.office import closures

        if council is None or not is_kept(settings):
            return england(today=self.today)
        with self.store(settings).reading() as tx:
            found = closures.in_force(tx, council)
        days = {one.day: one.reason for one in found}
        return england(days, closures.late(found), today=self.today)

    def _make_room(self, settings: Settings) -> None:
        try:
            # For this user alone: what children's records are kept in is nobody else's to read.
            settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            wanted = f"the folder cannot be made ({error.strerror})."
            raise self._bad("data", settings.data, wanted) from None

    def _must_be_sound(self, settings: Settings) -> None:
        if not settings.procedures.is_dir():
            raise self._bad("procedures", settings.procedures, "there is no such folder.")
        if settings.data.exists() and not settings.data.is_dir():
            raise self._bad("data", settings.data, "this is a file, and a folder is needed.")
        address = urlsplit(settings.base_url)
        is_bare = not (address.path or address.query or address.fragment or address.username)
        if address.scheme not in {"http", "https"} or not address.hostname or not is_bare:
            wanted = "give scheme and host and nothing more, such as https://alerts.example."
            raise BadSetting("PRACTICE_ALERTS_BASE_URL", settings.base_url, wanted)
        for name, listed in (
            ("TRUSTED_PROXIES", settings.trusted_proxies),
            ("METRICS_TO", settings.watching.scrapers),
        ):
            for one in listed:
                if not _is_of_few(one):
                    wanted = "give addresses or networks, such as 192.0.2.10,2001:db8::/64."
                    raise BadSetting(f"PRACTICE_ALERTS_{name}", one, wanted)
        _must_be_addresses(settings)

    def _bad(self, name: str, value: Path, wanted: str) -> BadSetting:
        option = getattr(self, name, None)
        said = f"--{name}" if option else f"PRACTICE_ALERTS_{name.upper()}"
        return BadSetting(said, str(value), wanted)


def _must_be_addresses(settings: Settings) -> None:
    """An address may hold a password, so it is not repeated."""
    from practice_alerts.adapters.store.engines.address import NoAddress, address_of

    owner = "PRACTICE_ALERTS_DATABASE_OWNER_URL"
    each = ("PRACTICE_ALERTS_DATABASE_URL", settings.database_url), (owner, settings.owner_url)
    engines = []
    for name, given in each:
        try:
            engines += [address_of(given).get_backend_name()] if given else []
        except NoAddress as told:
            raise BadSetting(name, "not usable", str(told)) from None
    if settings.owner_url and engines != ["postgresql", "postgresql"]:
        wanted = "it goes with a PRACTICE_ALERTS_DATABASE_URL of PostgreSQL, and is one itself."
        raise BadSetting(owner, "not usable", wanted)


def tell_witness(database: Database, settings: Settings, now: Callable[[], datetime]) -> None:
    """As the command ends; one that read alone goes well, whatever may not be recorded now."""
    from practice_alerts.adapters.witness_file import WitnessNotTold
    from practice_alerts.casework.proof import witness

    try:
        witness.note(database, settings.witness, now())
    except witness.NotAsWitnessed:
        raise
    except WitnessNotTold as told:
        click.echo(str(told), err=True)
    except StorageTrouble:
        return


def _is_of_few(proxy: str) -> bool:
    """An address or a network, and not all that there are: their word would be everybody's."""
    try:
        return ip_network(proxy, strict=False).prefixlen > 0
    except ValueError:
        return False


def guide_folder(settings: Settings) -> Path:
    """Where a guide is built: with the code for the councils that lie there, else with the data."""
    from practice_alerts import ROOT

    ours = settings.procedures == ROOT / "procedures"
    return ROOT / "build" if ours else settings.data / "guide"


def is_kept(settings: Settings) -> bool:
    """Whether there is a store already: looking for one must not make one. Raises OSError."""
    return settings.database_url is not None or (settings.data / "practice-alerts.db").exists()
