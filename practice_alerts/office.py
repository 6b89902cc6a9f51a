"""The office: one frozen object with everything the verbs need, and a clock to ask."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from practice_alerts import ROOT
from practice_alerts.adapters.backup_file import BackupPlan
from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.adapters.documents.as_pdf import PdfMaker
from practice_alerts.adapters.environment import (
    KeptFor,
    base_url,
    chosen_folder,
    listed,
    minutes,
    number,
    place,
    small_numbers,
)
from practice_alerts.adapters.files.notices import load_notices
from practice_alerts.adapters.files.procedures import CouncilFiles, digest_of, load_edition
from practice_alerts.adapters.keys import Keys, SealKeys
from practice_alerts.adapters.links_and_sessions import SessionLimits, SignIn
from practice_alerts.adapters.log.alert_log import AlertLog
from practice_alerts.adapters.machine_clock import MachineClock
from practice_alerts.adapters.metrics import WatchPlan
from practice_alerts.adapters.private_files import keep_private, ours_within
from practice_alerts.adapters.processes import ProcessNames
from practice_alerts.adapters.single_sign_on.council_sign_on import (
    CouncilSignOn,
    must_be_councils,
    read_sign_ons,
)
from practice_alerts.adapters.store.alerts import editions
from practice_alerts.adapters.store.core.database import Database, Tx
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.adapters.store.office import closures, office_settings
from practice_alerts.adapters.store.office.security_rows import SecurityLog
from practice_alerts.adapters.store.office.sign_in_rows import StoredSignInRows
from practice_alerts.adapters.witness_file import Witness
from practice_alerts.domain.acts.options import with_choices
from practice_alerts.domain.dates import london_date, months_before
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.errors import NotFound
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.notices.texts import Notices
from practice_alerts.domain.reports.small_numbers import SmallNumbers

if TYPE_CHECKING:
    from practice_alerts.adapters.single_sign_on.provider import Provider


@dataclass(frozen=True)
class Settings:
    """Where everything lies. `base_url` is the one address, without a slash at the end."""

    procedures: Path
    form_templates: Path
    data: Path
    base_url: str = "http://localhost:8000"
    database_url: str | None = field(default=None, repr=False)
    owner_url: str | None = field(default=None, repr=False)  # of its tables
    seal_folder: Path | None = None
    """Where the key of the store's seals lies; with the other keys where it is not said."""
    witness_folder: Path | None = None
    """Where the witness of the store lies; in the data folder where it is not said."""
    pdf_program: Path | None = None  # LibreOffice, where documents are to be had as PDF as well
    sample: bool = False
    session_limits: SessionLimits = SessionLimits()  # noqa: RUF009 - frozen
    clock_jump: timedelta = timedelta(minutes=5)
    """Further than so much the machine's clock may not part from the one that only counts."""
    months_after_closing: int = 6
    """So long whoever was asked or told of an alert goes on reading it."""
    kept_for: KeptFor = KeptFor()  # noqa: RUF009 - frozen
    small_numbers: SmallNumbers = SmallNumbers()  # noqa: RUF009 - frozen
    sign_ons: tuple[CouncilSignOn, ...] = ()
    backups: BackupPlan = BackupPlan()  # noqa: RUF009 - frozen
    watching: WatchPlan = WatchPlan()  # noqa: RUF009 - frozen
    trusted_proxies: tuple[str, ...] = ()
    """Addresses and networks whose word is taken for where a request comes from; nobody's where there are none."""

    @property
    def seal_keys(self) -> SealKeys:
        return SealKeys(self.seal_folder or self.data / "keys")

    @property
    def witness(self) -> Witness:
        return Witness(self.witness_folder or self.data / "witness", self.seal_keys)

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ, **given: object) -> Settings:
        """What was given on the command line, else the environment, else the folders of this checkout."""
        folder = partial(chosen_folder, environment, given)
        procedures = folder("procedures", ROOT / "procedures")
        return cls(
            procedures=procedures,
            form_templates=folder("form_templates", procedures.parent / "form_templates"),
            data=folder("data", ROOT / "data"),
            base_url=base_url(given, environment, cls.base_url),
            database_url=environment.get("PRACTICE_ALERTS_DATABASE_URL") or None,
            owner_url=environment.get("PRACTICE_ALERTS_DATABASE_OWNER_URL") or None,
            seal_folder=place("PRACTICE_ALERTS_SEAL_KEYS", environment),
            witness_folder=place("PRACTICE_ALERTS_WITNESS", environment),
            pdf_program=place("PRACTICE_ALERTS_PDF_PROGRAM", environment),
            sample=bool(given.get("sample", False)),
            session_limits=_session_limits(environment),
            clock_jump=minutes("PRACTICE_ALERTS_CLOCK_JUMP_MINUTES", environment, 5),
            months_after_closing=number(
                "PRACTICE_ALERTS_MONTHS_AFTER_CLOSING", environment, cls.months_after_closing, 120
            ),
            kept_for=KeptFor.read(environment),
            small_numbers=small_numbers(environment),
            sign_ons=read_sign_ons(environment),
            backups=BackupPlan.read(environment),
            watching=WatchPlan.read(environment),
            trusted_proxies=listed("PRACTICE_ALERTS_TRUSTED_PROXIES", environment),
        )


def _session_limits(environment: Mapping[str, str]) -> SessionLimits:
    return SessionLimits(
        minutes("PRACTICE_ALERTS_IDLE_MINUTES", environment, 60),
        timedelta(hours=number("PRACTICE_ALERTS_SESSION_HOURS", environment, 12, 24)),
        minutes("PRACTICE_ALERTS_SIGN_IN_AGAIN_MINUTES", environment, 15),
    )


def _utc_now() -> datetime:
    return datetime.now(UTC)  # the one clock


@dataclass(frozen=True)
class Office:
    """Procedures, calendar, store, documents, keys and the clock. Made once at start."""

    settings: Settings
    councils: Mapping[str, CouncilFiles]
    database: Database
    keys: Keys = field(repr=False)
    now: Callable[[], datetime] = _utc_now
    unsound: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By council, the errors that the check found in its files: nothing new is raised there."""
    at_fault: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By council, why its files of today are not gone by. One that is in `councils` goes on by earlier ones."""

    @property
    def today(self) -> date:
        return london_date(self.now())

    @property
    def reads_closed_since(self) -> date:
        """Whoever was asked or told goes on reading what was closed on this day or later."""
        return months_before(self.today, self.settings.months_after_closing)

    def council(self, council_id: str) -> CouncilFiles:
        """The council's files as they are now. Raises NotFound."""
        try:
            return self.councils[council_id]
        except KeyError:
            raise NotFound("council of that name") from None

    def edition(self, digest: str) -> CouncilFiles:
        """The files an alert was raised under, for life."""
        for files in self.councils.values():
            if files.digest == digest:
                return files
        return self._kept_edition(digest)

    def form(self, files: CouncilFiles, name: str) -> Form:
        """The form with the procedure's own choices filled in.

        That of an act as the edition has it; one from before there were any, as it is now.
        """
        return self._form(files.digest, name)

    def notices(self, council_id: str = "") -> Notices:
        """The texts of notices that hold for a council; for none in particular, everybody's."""
        return self._notices.get(council_id, self._notices[""])

    def calendar(self, council_id: str, tx: Tx | None = None) -> Calendar:
        """England's working days and this council's closures, as known today.

        `tx` is the transaction one is in already; a second one would wait for the first.
        """
        if tx is None:
            with self.database.reading() as own:
                return self.calendar(council_id, own)
        found = closures.in_force(tx, council_id)
        days = tuple((one.day, one.reason) for one in found)
        return _calendar(days, tuple(sorted(closures.late(found).items())), self.today.year)

    def keep_edition(self, tx: Tx, files: CouncilFiles, at: datetime) -> None:
        """Keep the edition an act rests on, in the act's own transaction."""
        version = files.procedure.edition.version
        editions.keep(tx, editions.Edition(files.digest, files.id, version, files.texts), at)

    @cached_property
    def sign_in(self) -> SignIn:
        rows = StoredSignInRows(self.database, self.now)
        return SignIn(rows, self.keys.session, self.now, self.settings.session_limits)

    @cached_property
    def security_log(self) -> SecurityLog:
        return SecurityLog(self.database, self.now)

    @cached_property
    def sign_ons(self) -> Mapping[str, Provider]:
        """By council, the issuer of its single sign-on."""
        from practice_alerts.adapters.single_sign_on.provider import Provider  # loads much

        return {
            council: Provider(one, self.now)
            for one in self.settings.sign_ons
            for council in self.councils
            if one.is_of(council)
        }

    @cached_property
    def processes(self) -> ProcessNames:
        """This process, and those beside it."""
        return ProcessNames(self.settings.data / "running")

    @cached_property
    def pdf(self) -> PdfMaker | None:
        """Who makes PDFs; None where nobody does, and a document's page is printed instead."""
        program = self.settings.pdf_program
        return PdfMaker(program) if program else None

    @cached_property
    def log(self) -> AlertLog:
        return AlertLog(self.settings.data / "log")

    @cached_property
    def _notices(self) -> Mapping[str, Notices]:
        right = [council for council in self.councils if council not in self.at_fault]
        return load_notices(self.settings.form_templates, right)

    @cached_property
    def _kept_edition(self) -> Callable[[str], CouncilFiles]:
        @lru_cache(maxsize=64)
        def kept(digest: str) -> CouncilFiles:
            with self.database.reading() as tx:
                files = editions.files(tx, digest)
            if not files:
                raise LookupError(f"the store keeps no edition {digest}")
            if digest_of(files) != digest:
                raise editions.EditionAltered(digest)
            return load_edition(files)

        return kept

    @cached_property
    def _form(self) -> Callable[[str, str], Form]:
        @lru_cache(maxsize=256)
        def form(digest: str, name: str) -> Form:
            files = self.edition(digest)
            forms = {**files.act_forms, **files.forms}
            found = forms[name] if name in forms else self.council(files.id).act_forms[name]
            return with_choices(found, files.procedure, name)

        return form

    @cached_property
    def word_template(self) -> Callable[[str, str], WordTemplate]:
        """The Word template of an edition, by its digest and the form's name, read and compiled once."""

        @lru_cache(maxsize=256)
        def template(digest: str, form: str) -> WordTemplate:
            found = self.edition(digest).template(form)
            if found is None:
                raise NotFound("Word template for this form")
            return WordTemplate.read(found)

        return template


@lru_cache(maxsize=64)
def _calendar(
    closures: tuple[tuple[date, str], ...], late: tuple[tuple[date, datetime], ...], year: int
) -> Calendar:
    """One for all days of a year, which works its days out once: how far it goes hangs on the year."""
    return england(dict(closures), dict(late), today=date(year, 1, 1))


def open_store(settings: Settings, now: Callable[[], datetime] | None = None) -> Database:
    """The store of these settings, as it is; nothing of it is looked at.

    `now`: another clock than the machine's, which nobody holds against anything unless it is made for that.
    """
    clock = now or MachineClock(_utc_now, settings.witness, settings.clock_jump)
    held = clock if isinstance(clock, MachineClock) else None
    at = settings.database_url or sqlite_url(settings.data)
    return Database(at, settings.seal_keys, held, settings.owner_url)


def kept_elsewhere(settings: Settings, database: Database) -> tuple[Path, ...]:
    """What of the store, of its keys and its witness need not lie in the data folder."""
    folders = (settings.seal_keys.folder, settings.witness.folder)
    return (*database.files(), *(one for folder in folders for one in ours_within(folder)))


def open_office(
    settings: Settings,
    environment: Mapping[str, str] = os.environ,
    *,
    now: Callable[[], datetime] | None = None,
    migrate: bool = False,
) -> Office:
    """Open the store, read the councils' files, find the keys. `migrate` brings the tables up to date."""
    database = open_store(settings, now)
    clock = now or database.clock or _utc_now
    with ExitStack() as given_up:
        given_up.callback(database.close)
        keep_private(settings.data, kept_elsewhere(settings, database))
        make_ready = database.migrate if migrate else database.must_be_current
        make_ready()
        database.must_be_sealed(clock())
        office = _put_together(settings, environment, database, clock)
        office.notices()  # a fault in a text stops the start, and not the first notice of the day
        given_up.pop_all()
    return office


def _put_together(
    settings: Settings,
    environment: Mapping[str, str],
    database: Database,
    now: Callable[[], datetime],
) -> Office:
    found = editions.in_force(database, settings.procedures, settings.form_templates, now())
    must_be_councils(settings.sign_ons, {*found.councils, *found.at_fault})
    return Office(
        settings,
        found.councils,
        database,
        office_settings.keys_of(database, settings.data / "keys", environment),
        now,
        unsound={council: found.at_fault[council] for council in found.gone},
        at_fault=found.at_fault,
    )
