"""The triggers that the product puts up on PostgreSQL, and whatever else stands in its schema."""

import re
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import CheckConstraint, Connection, ForeignKeyConstraint, Table
from sqlalchemy.schema import CreateIndex

from practice_alerts.adapters.store.engines.keyed import Keyed
from practice_alerts.adapters.store.engines.made import REMOVED_BY, AsMade

_GUARDED = ("UPDATE", "DELETE", "TRUNCATE")
_WATCHES = "note_touched"

_UNLESS_REMOVED = (
    " IF TG_OP = 'DELETE' THEN IF OLD.id <= (SELECT coalesce(max((body::json->>'last')::int), 0) FROM events"
    " JOIN payloads ON event_id = events.id WHERE alert_id = 'directory:' AND kind = '{}')"
    " THEN RETURN OLD; END IF; END IF;"
)

# Whoever writes past the product has no such table, and is not sealed.
_NOTE_TOUCHED = """
CREATE OR REPLACE FUNCTION note_touched() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE written jsonb; was jsonb; key jsonb := '[]'; part text;
BEGIN
  IF to_regclass('pg_temp.touched') IS NOT NULL THEN
    IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD); END IF;
    IF TG_OP = 'DELETE' THEN written := was; ELSE written := to_jsonb(NEW); END IF;
    FOREACH part IN ARRAY TG_ARGV LOOP key := key || jsonb_build_array(written->part); END LOOP;
    INSERT INTO pg_temp.touched (name, key, was) VALUES (TG_TABLE_NAME, key::text, was::text);
  END IF;
  RETURN NULL;
END $$
"""

# What says that it belongs to an extension is looked at like the rest: an owner gives anything to one of theirs.
_FUNCTIONS = """
SELECT proname, CASE WHEN prokind IN ('f', 'p') THEN pg_get_functiondef(oid) ELSE '' END FROM pg_proc
WHERE pronamespace = 'public'::regnamespace
"""
_TRIGGERS = """
SELECT relname, tgname, pg_get_triggerdef(pg_trigger.oid), tgenabled IN ('R', 'A')
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace
"""
_ON = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled = 'O'"
_ACTS = """
SELECT 'rule', rulename, tablename FROM pg_rules WHERE schemaname = 'public'
UNION ALL SELECT 'policy', policyname, tablename FROM pg_policies WHERE schemaname = 'public'
UNION ALL SELECT 'row security', relname, relname FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
UNION ALL SELECT 'operator', oprname, oprname FROM pg_operator WHERE oprnamespace = 'public'::regnamespace
UNION ALL SELECT 'extension', extname, extname FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL SELECT 'type', typname, typname FROM pg_type
  WHERE typnamespace = 'public'::regnamespace AND typrelid = 0 AND typelem = 0
UNION ALL SELECT 'collation', collname, collname FROM pg_collation WHERE collnamespace = 'public'::regnamespace
UNION ALL SELECT 'cast', format_type(castsource, NULL), format_type(casttarget, NULL) FROM pg_cast WHERE oid >= 16384
UNION ALL SELECT 'event trigger', evtname, evtname FROM pg_event_trigger
UNION ALL SELECT 'publication', pubname, pubname FROM pg_publication
UNION ALL SELECT 'subscription', subname, subname FROM pg_subscription
  WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
UNION ALL SELECT 'inheriting table', inhrelid::regclass::text, relname FROM pg_inherits
  JOIN pg_class ON pg_class.oid = inhparent
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
UNION ALL SELECT 'schema', nspname, nspname FROM pg_namespace
  WHERE nspname NOT IN ('public', 'information_schema') AND nspname NOT LIKE 'pg\\_%%'
"""
# Those that change what a statement means, or whether a trigger runs; how much memory it takes is the server's matter.
_SETTINGS = """
SELECT DISTINCT set_name FROM pg_db_role_setting
CROSS JOIN LATERAL unnest(setconfig) AS one CROSS JOIN LATERAL split_part(one, '=', 1) AS set_name
LEFT JOIN pg_settings ON lower(name) = lower(set_name) LEFT JOIN pg_roles ON pg_roles.oid = setrole
WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
  AND NOT coalesce(rolsuper, false)
  AND (setrole = 0 OR has_table_privilege(setrole, to_regclass('public.events'), 'SELECT'))
  AND coalesce(split_part(category, ' / ', 1), '') NOT IN ('Query Tuning', 'Resource Usage', 'Autovacuum',
    'Reporting and Logging', 'Statistics', 'Lock Management', 'Connections and Authentication', 'Process Title')
  AND set_name NOT LIKE '%%\\_timeout' AND set_name NOT IN ('TimeZone', 'DateStyle', 'lc_messages', 'client_encoding')
"""
_KINDS = {"r": "table", "S": "sequence", "v": "view", "m": "materialised view"}
_RELATIONS = """
SELECT relkind::text, relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('i', 'I', 't')
"""
_INDEXES = """
SELECT relname, indrelid::regclass::text, pg_get_indexdef(indexrelid),
  EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'public'::regnamespace
"""
_COLUMNS = """
SELECT relname, attname, coalesce(pg_get_expr(adbin, adrelid), ''), format_type(atttypid, atttypmod),
  attgenerated <> '' OR attidentity <> '' OR attcollation NOT IN (0, 'pg_catalog."default"'::regcollation)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
"""
_CONSTRAINTS = """
SELECT relname, conname, CASE contype WHEN 'c' THEN pg_get_expr(conbin, conrelid) ELSE concat(confdeltype, confupdtype) END
FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
WHERE relnamespace = 'public'::regnamespace AND contype IN ('c', 'f')
"""
_DOES = {None: "aa", "CASCADE": "ca"}
"""What a foreign key does to a row whose referent is taken out, or changed: nothing, or it goes as well."""


def guarding(table: str, removed_by: str | None = None) -> Iterator[str]:
    by = REMOVED_BY.get(table, "") if removed_by is None else removed_by
    unless = _UNLESS_REMOVED.format(by) if by else ""
    yield (
        f"CREATE FUNCTION {_refuses(table)}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN{unless}"
        f" RAISE EXCEPTION '{table} are only ever added' USING ERRCODE = 'integrity_constraint_violation';"
        " END $$"
    )
    for change in _GUARDED:
        each = "ROW" if by and change == "DELETE" else "STATEMENT"
        yield (
            f"CREATE TRIGGER {table}_are_never_touched_by_{change.lower()} BEFORE {change} ON {table}"
            f" FOR EACH {each} EXECUTE FUNCTION {_refuses(table)}()"
        )


def watching(watched: Mapping[str, Keyed]) -> Iterator[str]:
    yield _NOTE_TOUCHED
    for name, one in watched.items():
        named = ", ".join(f"'{column}'" for column in one.key)
        then = f"FOR EACH ROW {{}} EXECUTE FUNCTION {_WATCHES}({named})"
        other = " OR ".join(
            f'NEW."{column}"::text IS DISTINCT FROM OLD."{column}"::text' for column in one.columns
        )
        for what, when in (("INSERT", ""), ("DELETE", ""), ("UPDATE", f"WHEN ({other})")):
            yield f"CREATE OR REPLACE TRIGGER watch_{what.lower()} AFTER {what} ON {name} {then.format(when)}"


def without_guards(table: str) -> str:
    """Takes away what `guarding` puts up: the triggers go with their function."""
    return f"DROP FUNCTION {_refuses(table)}() CASCADE"


def guards_gone(tx: Connection, table: str, removed_by: str | None = None) -> bool:
    """None may be missing, switched off, or do something else than refuse."""
    function, *triggers = guarding(table, removed_by)
    found = {_plain(one) for one in tx.exec_driver_sql(_ON, (table,)).scalars()}
    does = {_function(text) for _, text in tx.exec_driver_sql(_FUNCTIONS)}
    return not found >= {_plain(one) for one in triggers} or _function(function) not in does


def not_watched(tx: Connection, watched: Mapping[str, Keyed]) -> Iterator[str]:
    """The tables of which a row could be written without its being sealed."""
    function, *triggers = watching(watched)
    does = {_function(text) for _, text in tx.exec_driver_sql(_FUNCTIONS)}
    is_noted = _function(function) in does
    each = len(triggers) // max(len(watched), 1)
    for place, name in enumerate(watched):
        found = {_plain(one) for one in tx.exec_driver_sql(_ON, (f"public.{name}",)).scalars()}
        wanted = {_plain(one) for one in triggers[each * place : each * (place + 1)]}
        if not is_noted or not found >= wanted:
            yield name


def foreign(tx: Connection, made: AsMade, *, is_newest: bool) -> Iterator[str]:
    """By kind and name."""
    statements = (*(one for table in made.guarded for one in guarding(table)),)
    if not is_newest:  # those of before rows went by an event
        statements += (*(one for table in REMOVED_BY for one in guarding(table, "")),)
    statements += (*watching(made.watched),)
    yield from _functions(tx, statements, is_newest=is_newest)
    yield from _triggers(tx, statements, is_newest=is_newest)
    for kind, name, table in tx.exec_driver_sql(_ACTS):
        yield f"{kind} {name}" + (f" on {table}" if table != name else "")
    for name in tx.exec_driver_sql(_SETTINGS).scalars():
        yield f"setting {name}"
    yield from _relations(tx, made, is_newest=is_newest)
    if is_newest:
        yield from _indexes(tx, made.tables)
        yield from _columns(tx, made.tables)
        yield from _constraints(tx, made.tables)


def _functions(tx: Connection, statements: Iterable[str], *, is_newest: bool) -> Iterator[str]:
    ours = {_function(one) for one in statements}
    for name, text in tx.exec_driver_sql(_FUNCTIONS):
        is_of_then = not is_newest and name == _WATCHES  # made anew with the tables
        if not is_of_then and _function(text) not in ours:
            yield f"function {name}"


def _triggers(tx: Connection, statements: Iterable[str], *, is_newest: bool) -> Iterator[str]:
    ours = {_plain(one) for one in statements}
    for table, name, text, is_odd in tx.exec_driver_sql(_TRIGGERS):
        watches = name.startswith("watch_") and f"EXECUTE FUNCTION {_WATCHES}(" in text
        is_of_then = not is_newest and watches
        if is_odd or not (is_of_then or _plain(text) in ours):
            yield f"trigger {name} on {table}"


def _relations(tx: Connection, made: AsMade, *, is_newest: bool) -> Iterator[str]:
    counted = {f"{table}_{column}_seq" for table, column in _counted(made.tables)}
    ours = {("r", one.name) for one in made.tables} | {("S", one) for one in counted}
    for kind, name in tx.exec_driver_sql(_RELATIONS):
        is_of_then = not is_newest and kind in {"r", "S"}
        if not is_of_then and (kind, name) not in ours:
            yield f"{_KINDS.get(kind, 'relation')} {name}"


def _counted(tables: Iterable[Table]) -> Iterator[tuple[str, str]]:
    """The columns whose values the server gives."""
    for one in tables:
        if (column := one.autoincrement_column) is not None:
            yield one.name, column.name


def _indexes(tx: Connection, tables: Iterable[Table]) -> Iterator[str]:
    made = (CreateIndex(index) for one in tables for index in one.indexes)
    ours = {_plain(str(one.compile(dialect=tx.dialect))).lower() for one in made}
    keys = {str(key.name) for one in tables for key in one.constraints}
    for name, table, text, is_key in tx.exec_driver_sql(_INDEXES):
        plain = _plain(text.replace(" USING btree", "", 1)).lower()  # it says TRUE for true
        is_ours = name in keys if is_key else plain in ours
        if not is_ours:
            yield f"index {name} on {table}"


def _columns(tx: Connection, tables: Iterable[Table]) -> Iterator[str]:
    ours = {
        (one.name, column.name): column.type.compile(tx.dialect)
        .lower()
        .replace("varchar", "character varying")
        for one in tables
        for column in one.columns
    }
    counted = {*_counted(tables)}
    for table, name, default, kind, is_odd in tx.exec_driver_sql(_COLUMNS):
        counts = f"nextval('{table}_{name}_seq'::regclass)"
        usual = counts if (table, name) in counted else ""
        if ours.get((table, name)) != kind or default != usual or is_odd:
            yield f"column {name} on {table}"


def _constraints(tx: Connection, tables: Iterable[Table]) -> Iterator[str]:
    ours: dict[tuple[str, str], str] = {}
    for one in tables:
        for each in one.constraints:
            if isinstance(each, CheckConstraint):
                ours[one.name, str(each.name)] = _plain(str(each.sqltext))
            elif isinstance(each, ForeignKeyConstraint):
                ours[one.name, str(each.name)] = _DOES[each.ondelete]
    for table, name, text in tx.exec_driver_sql(_CONSTRAINTS):
        if ours.get((table, name)) != _plain(text):
            yield f"constraint {name} on {table}"


def _refuses(table: str) -> str:
    return f"{table}_are_only_ever_added"


def _plain(statement: str) -> str:
    """Without what the server adds of its own as it prints one: brackets, types, and where the table stands."""
    text = re.sub(r"::(text|character varying)|[()\"]|public\.|OR REPLACE ", "", statement)
    return " ".join(text.replace("NEW.", "new.").replace("OLD.", "old.").split())


def _function(statement: str) -> str:
    text = statement.replace("FUNCTION public.", "FUNCTION ", 1).replace("$function$", "$$")
    return " ".join(text.replace("CREATE OR REPLACE ", "CREATE ", 1).split())
