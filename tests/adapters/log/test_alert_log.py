import asyncio
import random
import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from practice_alerts.adapters.log.alert_log import AlertLog, Position
from practice_alerts.adapters.log.described_log import metadata
from practice_alerts.domain.log.log_queries import QUESTIONS, VIEWS
from practice_alerts.domain.log.log_tables import FORMAT, TABLES
from practice_alerts.domain.log.redaction import WITHHELD, LogRows
from tests.helpers.alerts.alert_for_log import NEVER_SAID, STORY, rows, story

REACHED = Position(12, "f" * 64, "a calendar and a key")


@pytest.fixture
def log(tmp_path: Path) -> AlertLog:
    return AlertLog(tmp_path / "log")


def ask(log: AlertLog, sql: str, **values: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(log.files()["lambeth"])) as connection:
        return connection.execute(sql, values).fetchall()


def every_byte(log: AlertLog) -> bytes:
    folder = log.files()["lambeth"].parent
    return b"\n".join(path.read_bytes() for path in sorted(folder.iterdir()))


def in_bytes(word: str, data: bytes) -> bool:
    return any(word.encode(code) in data for code in ("utf-8", "utf-16-le", "utf-16-be"))


def numbered(number: int, **changed: Any) -> LogRows:
    return rows(story(reference=f"LAM-2025-{number:04d}", **changed))


# ---------------------------------------------------------------------------------------------- writing


def test_an_alert_written_after_each_thing_that_happened_stands_there_once(log: AlertLog) -> None:
    for events in range(1, len(STORY) + 1):
        log.write("lambeth", rows(story(events)))
        assert ask(log, "select count(*) from happenings") == [(events,)]
    assert ask(log, "select reference, ending from alerts") == [
        ("LAM-2025-0042", "Put right and verified")
    ]
    assert ask(log, "select label, answered_in_time from stages order by stage_order") == [
        ("Stage One", "no"),
        ("Stage Two", "yes"),
    ]
    assert ask(log, "select post from posts_asked order by stage_order") == [
        ("Team Manager",),
        ("Service Manager",),
    ]


def test_writing_one_alert_leaves_the_others_alone(log: AlertLog) -> None:
    log.write("lambeth", numbered(1), numbered(2))
    log.write("lambeth", rows(story(3, reference="LAM-2025-0001")))
    assert ask(log, "select reference, count(*) from happenings group by 1 order by 1") == [
        ("LAM-2025-0001", 3),
        ("LAM-2025-0002", len(STORY)),
    ]


def test_each_council_has_a_file_of_its_own_that_only_its_owner_reads(log: AlertLog) -> None:
    log.write("merton")
    log.write("lambeth")
    assert list(log.files()) == ["lambeth", "merton"]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in log.files().values()}
    assert modes == {0o600}


def test_a_council_is_no_path(log: AlertLog) -> None:
    with pytest.raises(ValueError, match="no council's id"):
        log.write("../lambeth", rows(story()))


def test_a_rebuild_replaces_everything_inside_the_same_file(log: AlertLog) -> None:
    log.write("lambeth", numbered(1), numbered(2))
    before = log.files()["lambeth"].stat().st_ino
    log.rebuild("lambeth", (numbered(n) for n in range(2, 5)), REACHED)
    assert log.files()["lambeth"].stat().st_ino == before
    assert ask(log, "select substr(reference, -1) from alerts order by 1") == [
        ("2",),
        ("3",),
        ("4",),
    ]


def test_a_rebuild_that_breaks_off_changes_nothing(log: AlertLog) -> None:
    log.write("lambeth", numbered(1), reached=REACHED)

    def breaking() -> Iterator[LogRows]:
        yield numbered(2)
        raise OSError("the store is gone")

    with pytest.raises(OSError, match="the store is gone"):
        log.rebuild("lambeth", breaking())
    assert ask(log, "select reference from alerts") == [("LAM-2025-0001",)]
    assert log.position("lambeth") == REACHED


def test_a_reader_sees_the_old_log_until_the_new_one_is_whole(log: AlertLog) -> None:
    log.write("lambeth", numbered(1))
    seen: list[Any] = []

    def looking() -> Iterator[LogRows]:
        yield numbered(2)
        seen.extend(ask(log, "select reference from alerts"))

    log.rebuild("lambeth", looking())
    assert seen == [("LAM-2025-0001",)]
    assert ask(log, "select reference from alerts") == [("LAM-2025-0002",)]


def test_an_alert_can_be_taken_out_whole(log: AlertLog) -> None:
    log.write("lambeth", numbered(1), numbered(2))
    log.remove("lambeth", "LAM-2025-0001")
    for table in ("alerts", "stages", "posts_asked", "categories", "happenings"):
        assert ask(log, f"select distinct reference from {table}") == [("LAM-2025-0002",)]  # noqa: S608 - names of our own


def test_the_file_says_how_far_it_goes_in_the_same_transaction(log: AlertLog) -> None:
    assert log.position("lambeth") is None
    log.write("lambeth", rows(story()), reached=REACHED)
    assert log.position("lambeth") == REACHED
    later = replace(REACHED, event=13)
    log.write("lambeth", reached=later)
    assert log.position("lambeth") == later
    assert ask(log, "select count(*) from followed") == [(1,)]


def test_a_file_of_another_format_is_made_anew(log: AlertLog) -> None:
    log.write("lambeth", rows(story()), reached=REACHED)
    with closing(sqlite3.connect(log.files()["lambeth"])) as connection:
        connection.execute("drop view open_alerts")
        connection.execute("alter table alerts add column colour text")
        connection.execute(f"pragma user_version = {FORMAT + 1}")
        connection.commit()
    assert log.position("lambeth") is None
    log.rebuild("lambeth", [rows(story())], REACHED)
    assert ask(log, "select count(*) from pragma_table_info('alerts') where name = 'colour'") == [
        (0,)
    ]
    assert ask(log, "select count(*) from open_alerts") == [(0,)]
    assert log.position("lambeth") == REACHED


# ------------------------------------------------------------------------- nothing that says who it is


def test_nothing_that_says_who_it_is_stands_in_any_byte_after_every_act(log: AlertLog) -> None:
    for events in range(1, len(STORY) + 1):
        log.write("lambeth", rows(story(events)))
        data = every_byte(log)
        assert [word for word in NEVER_SAID if in_bytes(word, data)] == []
    assert in_bytes("No social worker allocated", every_byte(log))


@pytest.mark.parametrize("line", ["Amina has no social worker", "AF has no social worker"])
def test_a_line_that_names_somebody_is_withheld_and_reported(log: AlertLog, line: str) -> None:
    reported = log.write("lambeth", rows(story(summary_for_log=line)))
    assert reported == {"LAM-2025-0042": ["alerts.summary"]}
    assert ask(log, "select summary from alerts") == [(WITHHELD,)]
    assert not in_bytes("Amina", every_byte(log))
    assert log.rebuild("lambeth", [rows(story(summary_for_log="Ask Chidi"))]) == reported


def test_a_line_that_was_changed_leaves_no_byte_behind(log: AlertLog) -> None:
    log.write("lambeth", *(numbered(n) for n in range(40)))
    log.write("lambeth", numbered(7, summary_for_log="Quokka before"))
    assert in_bytes("Quokka", every_byte(log))
    log.write("lambeth", numbered(7, summary_for_log="Something else"))
    assert not in_bytes("Quokka", every_byte(log))


def test_no_byte_stays_behind_however_often_rows_move_about_in_the_file(log: AlertLog) -> None:
    dice = random.Random(2025)  # noqa: S311 - it only shuffles the order of writing
    made = numbered(0)
    live: dict[str, str] = {}
    for turn in range(150):
        reference = f"LAM-2025-{dice.randrange(60):04d}"
        live[reference] = f"marsupial{turn:04d} " + "x" * dice.randrange(200)
        log.write("lambeth", _as(made, reference, live[reference]))
    data = every_byte(log)
    gone = {f"marsupial{turn:04d}" for turn in range(150)} - {s.split()[0] for s in live.values()}
    assert len(gone) > 50
    assert [word for word in sorted(gone) if in_bytes(word, data)] == []


def test_a_rebuild_and_a_removal_leave_no_byte_behind(log: AlertLog) -> None:
    log.write("lambeth", *(numbered(n, summary_for_log="Wombat") for n in range(30)))
    log.write("lambeth", numbered(30, summary_for_log="Quokka"))
    log.remove("lambeth", "LAM-2025-0030")
    assert not in_bytes("Quokka", every_byte(log))
    assert in_bytes("Wombat", every_byte(log))
    log.rebuild("lambeth", (numbered(n) for n in range(30)))
    assert not in_bytes("Wombat", every_byte(log))


def test_a_reader_who_is_looking_holds_old_bytes_only_until_the_log_settles(log: AlertLog) -> None:
    log.write("lambeth", rows(story(summary_for_log="Quokka before")))
    with closing(sqlite3.connect(log.files()["lambeth"])) as reader:
        reader.execute("begin")
        assert reader.execute("select summary from alerts").fetchall() == [("Quokka before",)]
        log.write("lambeth", rows(story()))
        reader.rollback()
        log.settle()
        assert not in_bytes("Quokka", every_byte(log))


def _as(made: LogRows, reference: str, summary: str) -> LogRows:
    tables = {
        name: tuple({**row, "reference": reference} for row in table)
        for name, table in made.tables.items()
    }
    tables["alerts"] = tuple({**row, "summary": summary} for row in tables["alerts"])
    return LogRows(reference, tables)


# ------------------------------------------------------------------------------ what readers are told


def test_every_table_view_and_column_is_described_and_no_other(log: AlertLog) -> None:
    log.write("lambeth")
    found = {
        name: {column for (column,) in ask(log, f"select name from pragma_table_info('{name}')")}  # noqa: S608 - names of our own
        for (name,) in ask(log, "select name from sqlite_master where type in ('table', 'view')")
    }
    told = metadata()["tables"]
    assert {name: set(table["columns"]) for name, table in told.items()} == found
    assert {table.name for table in TABLES} | {view.name for view in VIEWS} == set(found)
    for name, table in told.items():
        assert table["title"], name
        assert table["description"].endswith("."), name
        assert [c for c, says in table["columns"].items() if len(says) < 5] == [], name


def test_what_can_be_counted_and_sorted_by_has_an_index(log: AlertLog) -> None:
    log.write("lambeth")
    for table in TABLES:
        indexed = {
            column
            for (column,) in ask(
                log,
                "select c.name from pragma_index_list(:table) as i, pragma_index_info(i.name) as c",
                table=table.name,
            )
        } | set(table.key)
        told = metadata()["tables"][table.name]
        assert {*told.get("facets", ()), *told["sortable_columns"]} <= indexed
        assert {told.get("sort"), told.get("sort_desc")} - {None} <= set(told["sortable_columns"])


def test_the_file_itself_says_that_it_is_personal_data(log: AlertLog) -> None:
    log.write("lambeth")
    ((says,),) = ask(log, "select text from about where topic = 'Personal data'")
    assert says.startswith("This is personal data, pseudonymised.")
    assert says in metadata()["description"]


def test_the_rows_hold_together(log: AlertLog) -> None:
    log.write("lambeth", rows(story()))
    assert ask(log, "pragma foreign_key_check") == []
    assert ask(log, "pragma integrity_check") == [("ok",)]
    keys = {
        table for (table,) in ask(log, "select \"table\" from pragma_foreign_key_list('stages')")
    }
    assert keys == {"alerts"}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_each_ready_made_question_runs_with_nothing_filled_in(log: AlertLog, question: Any) -> None:
    log.write("lambeth", rows(story()), numbered(1), rows(story(3, reference="LAM-2025-0002")))
    blank = dict.fromkeys(_asked(question.sql), "")
    answered = ask(log, question.sql, **blank)
    assert question.title
    assert question.says.endswith((".", "?"))
    assert answered or question.name in _NEEDS_MORE


_NEEDS_MORE = {
    *("holds_ending", "withheld", "put_right_in_time", "steps_in_time", "overdue_today"),
    *("partner_alerts", "partner_timeliness", "examples_ticked", "teams"),
}
"""Of which one alert on Lambeth's own ladder has nothing."""


def _asked(sql: str) -> set[str]:
    return set(re.findall(r":([a-z_]+)", sql))


def question(name: str) -> str:
    return next(one.sql for one in QUESTIONS if one.name == name)


def test_today_makes_an_open_alert_overdue_and_never_an_aim(log: AlertLog) -> None:
    log.write("lambeth", rows(story(2)))
    assert ask(log, "select standing_today, cap_passed from open_alerts") == [("no answer", "yes")]
    (late,) = ask(log, question("overdue_today"))
    assert late[:6] == (
        *("LAM-2025-0042", "Practice alert", "Stage One", "Team Manager", "no answer"),
        "2025-03-08",
    )


@pytest.mark.parametrize(
    ("utc", "london"),
    [
        ("2025-03-30 00:59:59", "2025-03-30"),
        ("2025-06-30 22:59:59", "2025-06-30"),
        ("2025-06-30 23:00:00", "2025-07-01"),
        ("2025-10-25 23:30:00", "2025-10-26"),
        ("2025-10-26 23:30:00", "2025-10-26"),
        ("2026-03-29 23:30:00", "2026-03-30"),
        ("2025-12-31 23:30:00", "2025-12-31"),
    ],
)
def test_today_is_the_day_in_london(log: AlertLog, utc: str, london: str) -> None:
    sql = VIEWS[0].sql.replace("'now'", f"'{utc}'")
    log.write("lambeth")
    assert ask(log, sql) == [(london,)]


@pytest.mark.parametrize(
    "address",
    [
        "/lambeth",
        *(f"/lambeth/{told.name}" for told in (*TABLES, *VIEWS)),
        *(f"/lambeth/{one.name}" for one in QUESTIONS),
        "/lambeth/alerts/LAM-2025-0042",
    ],
)
def test_datasette_can_show_it_as_it_is_described(log: AlertLog, address: str) -> None:
    log.write("lambeth", rows(story()))

    async def asked() -> int:
        described = {"databases": {"lambeth": metadata()}}
        in_this_thread = {"num_sql_threads": 0}
        datasette = Datasette(
            [str(log.files()["lambeth"])], metadata=described, settings=in_this_thread
        )
        await datasette.invoke_startup()
        answer = await datasette.client.get(address)
        for database in datasette.databases.values():
            for connection in (database._read_connection, database._write_connection):
                if connection is not None:
                    connection.close()
        return int(answer.status_code)

    assert asyncio.run(asked()) == 200
