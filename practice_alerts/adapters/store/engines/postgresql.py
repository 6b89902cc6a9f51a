"""PostgreSQL, through psycopg: the writer's place is a lock of the whole database, the guards are triggers."""

from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event

_WAIT = "30s"
_WRITERS_PLACE = 7_316_001  # any number, the same in every process
_GUARDED = ("UPDATE", "DELETE", "TRUNCATE")


def open_engine(url: URL, *, rebuilding: bool = False) -> Engine:  # noqa: ARG001 - it alters in place
    engine = create_engine(
        url,
        connect_args={"options": f"-c lock_timeout={_WAIT}"},
        hide_parameters=True,  # a fault is logged with its message, which would hold what was typed
    )
    event.listen(engine, "begin", _begin)
    return engine


def for_reading(engine: Engine) -> Engine:
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def for_writing(engine: Engine) -> Engine:
    # Each statement sees what was committed before it, and so before the place was taken: a snapshot of the
    # whole transaction would be as old as the waiting.
    return engine.execution_options(isolation_level="READ COMMITTED", practice_alerts_writes=True)


def put_up_guards(tx: Connection) -> None:
    tx.exec_driver_sql(
        "CREATE FUNCTION events_are_only_ever_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'events are only ever added' USING ERRCODE = 'integrity_constraint_violation';"
        " END $$"
    )
    for change in _GUARDED:
        tx.exec_driver_sql(
            f"CREATE TRIGGER events_are_never_touched_by_{change.lower()} BEFORE {change} ON events"
            " FOR EACH STATEMENT EXECUTE FUNCTION events_are_only_ever_added()"
        )


def has_guards(tx: Connection) -> bool:
    query = (
        "SELECT count(*) FROM pg_trigger"
        " WHERE tgrelid = 'events'::regclass AND NOT tgisinternal AND tgenabled = 'O'"
    )
    return bool(tx.exec_driver_sql(query).scalar_one() == len(_GUARDED))


def rows_without_referent(tx: Connection) -> int:  # noqa: ARG001 - foreign keys are never off
    return 0


def files(url: URL) -> tuple[Path, ...]:  # noqa: ARG001 - its files are the server's own
    return ()


def copy_beside(tx: Connection, versions: str) -> None:
    """None is made: a server's databases are backed up by whoever runs the server."""


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("practice_alerts_writes", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_PLACE})")
