"""Opening the database: migrations, and the two kinds of transaction."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from weakref import finalize

from sqlalchemy import Connection, Engine, func, inspect, select
from typing_extensions import override

from practice_alerts.adapters.keys import SealKeys, new_seal_key
from practice_alerts.adapters.machine_clock import MachineClock
from practice_alerts.adapters.store.core import as_made, seals, unsealed
from practice_alerts.adapters.store.core.as_made import GUARDED
from practice_alerts.adapters.store.core.read_once import watched
from practice_alerts.adapters.store.core.same_store import SameStore
from practice_alerts.adapters.store.core.seals import WATCHED, must_be_there
from practice_alerts.adapters.store.core.tables import metadata
from practice_alerts.adapters.store.core.timestamps import stamp
from practice_alerts.adapters.store.core.unsealed import Altered
from practice_alerts.adapters.store.core.versions import (
    NOT_THE_OWNER,
    SHUT_OUT,
    DatabaseNotReady,
    keep_copy,
    must_be_newest,
    newest_after,
    upgrade,
    version_of,
)
from practice_alerts.adapters.store.core.writers_queue import PATIENCE, WritersQueue
from practice_alerts.adapters.store.engines import WAITS, Dialect, dialect_of
from practice_alerts.adapters.store.engines.address import address_of
from practice_alerts.domain.errors import ToldPlainly

Tx = Connection
"""An open transaction. Floors above pass it on and never look inside."""


class Database:
    """One engine, two ways in: `reading` and `writing`."""

    def __init__(
        self,
        url: str,
        seal_keys: SealKeys | None = None,
        clock: MachineClock | None = None,
        owner_url: str | None = None,
    ) -> None:
        """Without keys nothing is sealed: for looking, and for making a store. While a clock is not believed nothing is recorded.

        `owner_url`: where tables are made and changed under another role than rows are written.
        """
        self.url, self.clock, self.owner_url = url, clock, owner_url or url
        self._seal_keys = seal_keys
        self._at, self._at_as_owner = address_of(url), address_of(self.owner_url)
        self._dialect = dialect_of(self._at)
        self._engine = self._dialect.open_engine(self._at)
        finalize(self, self._engine.dispose).atexit = False  # for whoever does not close it
        self.same = SameStore(self._engine, self._dialect, self._at)
        self._looked_through: int | None = None
        self._proved: seals.SealPlace | None = None
        self._readers = watched(self._dialect.for_reading(self._engine))
        sealed = WATCHED if seal_keys else None
        self._writers = watched(self._dialect.for_writing(self._engine, sealed))
        self._queue = WritersQueue()

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """A consistent view; changes nothing. Raises StorageTrouble."""
        with self.telling(), self._readers.begin() as tx:
            yield tx

    @contextmanager
    def writing(self, patience: float = PATIENCE) -> Iterator[Tx]:
        """All or nothing, and sealed. Takes the writer's place at once, so that what is read here still holds.

        Raises StorageTrouble, and then nothing was recorded; after so many seconds at most where others write.
        """
        self._must_be_usable()
        with self._in_turn(patience) as tx:
            if self._seal_keys is not None:
                looked, stand = self._looked_through, self.must_stand
                self._looked_through = as_made.must_still_be(self._dialect, tx, looked, stand)
            yield tx
            if self._seal_keys is not None:
                before = unsealed.must_be_ours(tx)
                seals.seal(tx, self._seal_keys, before, self._dialect.touched(tx))
            self._must_be_usable()  # as it was before
        self.same.must_be_there()  # else what was recorded is nowhere

    @contextmanager
    def _in_turn(self, patience: float = PATIENCE) -> Iterator[Tx]:
        with (
            self._queue.turn(patience) as left,
            self.telling(),
            self.same.ours(),
            self._writers.execution_options(**{WAITS: left()}).begin() as tx,
        ):
            yield tx

    def _must_be_usable(self) -> None:
        self.must_know_when()
        self.same.must_be_the_one()

    def must_know_when(self) -> None:
        """Raises StorageTrouble while the machine's clock is not believed."""
        if self.clock is not None:
            self.clock.must_be_believed()

    def must_stand(self, tx: Tx) -> None:
        """Nothing was put in past the product. Raises NotSealed."""
        self._proved = unsealed.must_stand(tx, self._seal_keys, self._proved)

    def must_be_sealed(self, now: datetime) -> None:
        """Begin where nothing was sealed before. Raises NotSealed where store and key do not fit, and DatabaseNotReady."""
        if self._seal_keys is not None:
            with self._in_turn() as tx:
                as_made.must_hold_nothing_else(self._dialect, tx, is_newest=True)
                seals.begin(tx, self._seal_keys, now)
                self._looked_through = self._dialect.catalogue(tx)

    def must_be_whole(self, *, reads_through: bool = True) -> None:
        """Guards in place, and the last seal of this store's key; with every row, which takes its time.

        Raises DatabaseNotReady and NotSealed.
        """
        with self.reading() as tx:
            if reads_through:
                as_made.must_be_sound(self._dialect, tx)
            as_made.must_be_as_made(self._dialect, tx)
            seals.must_fit(tx, self._must_have_keys())

    def change_seal_key(self, by: str, now: datetime) -> str:
        """Seal with a new key from now on; its id. The former stays where it is, for verifying."""
        self.must_know_when()
        keys, new = self._must_have_keys(), new_seal_key()
        self._announce({"what": seals.NEW_KEY, "key": new.id, "by": by, "at": stamp(now)})
        keys.change(new)
        return new.id

    @contextmanager
    def accepting(self, by: str, why: str, now: datetime) -> Iterator[Tx]:
        """Go on from here, whatever cannot be proved of what was before: said by a person, for good."""
        self.must_know_when()
        keys = self._must_have_keys()
        with self._in_turn() as tx:
            yield tx
            key = keys.current() or keys.make()
            said = {"what": seals.ACCEPTED, "by": by, "why": why, "at": stamp(now)}
            seals.seal_everything(tx, key, said)
            self._dialect.touched(tx)  # taken in with everything

    def believe_clock(self, clock: MachineClock, by: str, why: str) -> None:
        """It is right as it is now: said by a person, for good."""
        at = {"was": stamp(clock()), "at": stamp(clock.wall())}
        self._announce({"what": seals.CLOCK_SAID, "by": by, "why": why, **at})
        clock.believe()

    def _announce(self, said: dict[str, str]) -> None:
        with self._in_turn() as tx:
            self.must_stand(tx)
            seals.announce(tx, must_be_there(self._must_have_keys()), said)

    def _must_have_keys(self) -> SealKeys:
        if self._seal_keys is None:
            raise LookupError("this store was opened without its keys")
        return self._seal_keys

    def altered(self, tx: Tx) -> tuple[Altered, ...]:
        """Whatever the seals do not bear out, guards that are gone, and what the product did not make."""
        known = self._seal_keys.known() if self._seal_keys else {}
        return (*as_made.altered(self._dialect, tx), *unsealed.altered(tx, known))

    def migrate(self) -> None:
        """Bring the tables to this version, and keep a copy of what they were. Raises DatabaseNotReady."""
        with (
            self._as_owner(rebuilding=True) as engine,
            self.telling(),
            self._dialect.for_writing(engine).begin() as tx,
        ):
            self._bring_up_to_date(tx)
            self._dialect.give_rights(tx, self._dialect.role(self._engine), GUARDED)
            as_made.must_be_sound(self._dialect, tx)
            as_made.must_refer(self._dialect, tx)
            as_made.must_be_as_made(self._dialect, tx)

    def must_be_current(self) -> None:
        """Refuse a database of another version instead of guessing."""
        with self.telling(), self._engine.connect() as connection:
            if self._dialect.is_shut_out(connection):
                raise DatabaseNotReady(SHUT_OUT)
            is_owner = self._dialect.may_change_tables(connection)
            must_be_newest(version_of(connection), self._seal_keys, is_owner=is_owner)

    @contextmanager
    def saved(self, file: Path) -> Iterator["Database"]:
        """All that there is now, in a file, and the store as it was saved, to be looked at. Raises OSError."""
        with self.reading() as tx:
            copy = self._dialect.save(tx, file)
            if copy is None:
                yield _Seen(self, tx)
                return
        with closing(Database(str(copy), self._seal_keys)) as database:
            yield database

    @contextmanager
    def loaded(self, file: Path) -> Iterator["Database"]:
        """A store from such a file; it stands in its place only when all within went well. Raises OSError."""
        self.must_know_when()
        if self._dialect.role(self._engine):  # a file is not even looked at: that would make one
            with self._as_owner() as engine, self.telling(), engine.connect() as connection:
                if not self._dialect.may_change_tables(connection):
                    raise DatabaseNotReady(NOT_THE_OWNER)
        make = partial(as_made.empty_as_of, self._dialect, self._is_trouble)
        with self._dialect.load(self._at_as_owner, file, make) as at:
            owner = at.render_as_string(hide_password=False)
            url = owner if self.owner_url == self.url else self.url
            with closing(Database(url, self._seal_keys, owner_url=owner)) as new:
                new.give_rights()
                yield new

    def unsealed(self) -> "Database":
        """The same store, into which is written without seals; to be closed by itself."""
        return Database(self.url, owner_url=self.owner_url)

    def parts(self) -> tuple[SealKeys | None, Dialect, Engine]:
        return self._seal_keys, self._dialect, self._engine

    def is_empty(self) -> bool:
        with self.telling():
            return self._dialect.is_empty(self._at)

    def give_rights(self) -> None:
        """The product's role may do what it needs, where it is not that of the tables' owner."""
        with self._as_owner() as engine, self.telling(), engine.begin() as tx:
            self._dialect.give_rights(tx, self._dialect.role(self._engine), GUARDED)

    def could_lift_guards(self) -> bool:
        """The product's own role owns the tables of a server, and could do more than add rows."""
        with self.reading() as tx:
            return bool(self._dialect.role(self._engine)) and self._dialect.may_change_tables(tx)

    def version(self) -> str:
        """Of its tables; empty where there are none."""
        with self._engine.connect() as connection:
            return version_of(connection) or ""

    def counts(self, tx: Tx) -> dict[str, int]:
        """By table, how many rows there are."""
        every = (
            (one.name, select(func.count()).select_from(one)) for one in metadata.sorted_tables
        )
        return {name: tx.execute(counted).scalar_one() for name, counted in every}

    def files(self) -> tuple[Path, ...]:
        """Of the store, what SQLite lays beside it, and its copies; none where a server keeps them."""
        return self._dialect.files(self._at)

    def forget(self) -> bool:
        """Leave no byte of what was taken out in the store's own files; False: a reader was in the way."""
        with self._as_owner() as engine:
            return self._dialect.forget(engine, tuple(metadata.tables))

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _as_owner(self, *, rebuilding: bool = False) -> Iterator[Engine]:
        if self.owner_url == self.url and not rebuilding:
            yield self._engine
            return
        engine = self._dialect.open_engine(self._at_as_owner, rebuilding=rebuilding)
        try:
            yield engine
        finally:
            engine.dispose()

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Trouble of disk or server as a sentence; a bug stays what it is."""
        try:
            yield
        except ToldPlainly:
            raise
        except Exception as error:
            trouble = self._dialect.trouble(error, self._at)
            if trouble is None:
                raise
            raise trouble from error

    def _is_trouble(self, error: Exception) -> object:
        return self._dialect.trouble(error, self._at)

    def _bring_up_to_date(self, tx: Tx) -> None:
        found = version_of(tx)
        newest = newest_after(found)
        if found is not None:  # before anything sets off what somebody put there
            as_made.must_hold_nothing_else(self._dialect, tx, is_newest=found == newest)
        if found == newest:
            return
        if not self._dialect.may_change_tables(tx):
            raise DatabaseNotReady(NOT_THE_OWNER)
        if found is not None:
            keep_copy(self._dialect, tx, f"{found}-before-{newest}")
        had = set(inspect(tx).get_table_names()) & set(GUARDED)
        if "seals" in had:
            unsealed.must_stand(tx, None, None)
        upgrade(tx, self._is_trouble)
        as_made.guard(self._dialect, tx, had)
        self._dialect.watch(tx, WATCHED)
        if self._seal_keys is not None and "seals" in had:
            said = {"what": seals.NEW_TABLES, "from": str(found), "to": str(newest)}
            seals.seal_everything(tx, must_be_there(self._seal_keys), said)


class Within(Database):
    """The store from inside one writing transaction: what is done through it stands or falls with that.

    What fails alone is taken back alone.
    """

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    @override
    @contextmanager
    def reading(self) -> Iterator[Tx]:
        yield self._tx

    @override
    @contextmanager
    def writing(self, patience: float = 0) -> Iterator[Tx]:
        with self._tx.begin_nested():
            yield self._tx


class _Seen(Database):
    """A store as one transaction sees it, to be looked at."""

    def __init__(self, of: Database, tx: Tx) -> None:
        self.url, self._tx = of.url, tx
        self._seal_keys, self._dialect, self._engine = of.parts()

    @override
    @contextmanager
    def reading(self) -> Iterator[Tx]:
        yield self._tx
