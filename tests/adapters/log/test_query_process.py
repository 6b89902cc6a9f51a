"""What a query on the log may do, asked of the guard itself and of one process without the pipe."""

import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.log.query_process import (
    FUNCTIONS,
    MOST_CELLS,
    answer,
    length_of,
    opened,
    packed,
    serve,
    unpacked,
    unpacked_answer,
)
from practice_alerts.domain.log.log_queries import QUESTIONS, VIEWS


@pytest.fixture
def log(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "lambeth.db"
    with sqlite3.connect(path) as rows:
        rows.execute(
            "create table alerts (id integer primary key, stage text, line text, day text)"
        )
        made = [(f"Stage {n % 3}", f"line {n}", "2025-06-02") for n in range(100)]
        rows.executemany("insert into alerts (stage, line, day) values (?, ?, ?)", made)
        rows.execute("create view first as select * from alerts where id < 10")
    rows.close()
    connection = opened(str(path))
    yield connection
    connection.close()


def ask(log: sqlite3.Connection, sql: str, **more: Any) -> dict[str, Any]:
    return answer(log, {"sql": sql, "params": {}, "seconds": 1.0, "most": 1000} | more)


@pytest.mark.parametrize(
    ("sql", "first"),
    [
        ("select count(*) from alerts", [100]),
        ("select count(*) from first", [9]),
        ("with some as (select id from alerts where id < 5) select count(*) from some", [4]),
        ("select stage, count(distinct id) from alerts group by 1 order by 1", ["Stage 0", 34]),
        ("select round(avg(id), 1), total(id), min(id), max(id) from alerts", [50.5, 5050.0, 1, 100]),
        ("select upper(substr(line, 1, 4)) || replace(stage, 'Stage ', '#') from alerts", ["LINE#0"]),
        ("select strftime('%Y', day), date(day, '+1 month'), julianday(day) from alerts",
         ["2025", "2025-07-02", 2460828.5]),
        ("select line like 'LINE%', line glob 'line*', instr(line, ' ') from alerts", [1, 1, 5]),
        ("select coalesce(null, 1), ifnull(null, 2), iif(1, 3, 4), nullif(1, 1)", [1, 2, 3, None]),
        ("select row_number() over (order by id desc), lag(id) over (order by id) from alerts order by id",
         [100, None]),
        ("select group_concat(stage, '; ') from (select distinct stage from alerts)",
         ["Stage 0; Stage 1; Stage 2"]),
        ("select json_group_array(id) from first", ["[1,2,3,4,5,6,7,8,9]"]),
        ("select value from json_each('[7]')", [7]),
        ("select json_object('a', 1) ->> '$.a'", [1]),
        ("select name from pragma_table_info('alerts')", ["id"]),
        ("select sqrt(16), floor(2.5), power(2, 3)", [4.0, 2, 8.0]),
        ("select x'00ff', cast(line as integer) from alerts", [b"\x00\xff", 0]),
    ],
)  # fmt: skip
def test_what_an_analyst_asks_is_answered(
    log: sqlite3.Connection, sql: str, first: list[Any]
) -> None:
    found = ask(log, sql)
    assert "failed" not in found, found["says"]
    assert list(found["rows"][0]) == first


@pytest.mark.parametrize(
    "sql",
    [
        "select printf('%.*c', 400000000, 'x')",
        "select PRINTF('%d', 1)",
        "select format('%.*c', 400000000, 'x')",
        "select hex(zeroblob(400000000))",
        "select randomblob(10)",
        "select load_extension('x')",
        "select fts3_tokenizer('simple')",
        "select sqlite_compileoption_get(1)",
        "select line from alerts where match('a', line)",
        "select group_concat(a.line) from alerts a, alerts b, alerts c",
        "select json_group_array(a.line) from alerts a, alerts b, alerts c",
        "select " + "replace(" * 5 + "line" + ", 'e', 'eeeeeeeeee')" * 5 + " from alerts",
        "select line like '%" + "a%" * 300 + "' from alerts",
        "select " + "+".join("1" * 400),
        "select 1" + " union select 1" * 100,
        "select " + ",".join("1" * 300),
        "select * from pragma_database_list",
        "select * from pragma_compile_options",
        "pragma writable_schema = 1",
        "pragma temp_store = 1",
        "select * from sqlite_stmt",
        "select * from sqlite_temp_master",
        "attach database '/etc/passwd' as other",
        "vacuum into '/tmp/copy.db'",
        "insert into alerts (line) values ('x')",
        "with x as (select 1) delete from alerts",
        "create temp table t (x)",
        "select 1; select 2",
        "select nothing from alerts",
        "selekt",
        "select :missing",
    ],
)
def test_anything_else_is_refused_with_a_reason(log: sqlite3.Connection, sql: str) -> None:
    found = ask(log, sql)
    assert found["failed"] == "refused"
    assert found["says"]
    assert found["spent"] < 0.5


def test_nothing_that_is_allowed_makes_length_out_of_a_number() -> None:
    unfit = {
        "printf",
        "format",
        "zeroblob",
        "randomblob",
        "load_extension",
        "readfile",
        "writefile",
    }
    assert not FUNCTIONS & (unfit | {"edit", "eval", "fts3_tokenizer", "sqlite_offset"})


def test_the_products_own_questions_and_views_use_allowed_functions_only(
    log: sqlite3.Connection,
) -> None:
    for sql in (*(view.sql for view in VIEWS), *(question.sql for question in QUESTIONS)):
        said = ask(log, sql).get("says", "")
        assert "not authorized" not in said, sql


def test_a_query_without_end_is_stopped_at_its_limit(log: sqlite3.Connection) -> None:
    endless = (
        "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"
    )
    found = ask(log, endless, seconds=0.2)
    assert found["failed"] == "interrupted"
    assert 0 < found["spent"] < 1


def test_rows_past_what_is_shown_are_only_noted(log: sqlite3.Connection) -> None:
    found = ask(log, "select id from alerts order by id", most=10)
    assert [row[0] for row in found["rows"]] == list(range(1, 11))
    assert found["more"]
    assert not ask(log, "select id from alerts", most=100)["more"]
    assert len(ask(log, "select id from alerts", most=None)["rows"]) == 100


@pytest.mark.parametrize(
    "sql",
    [
        "select *, * from alerts a, alerts b limit " + str(MOST_CELLS // 16 + 1),  # noqa: S608 - a number
        "select s from alerts, alerts b, (select group_concat(line || line || line) s from alerts)",
    ],
)
def test_no_page_has_more_than_it_can_draw(log: sqlite3.Connection, sql: str) -> None:
    found = ask(log, sql, most=None)
    assert found["failed"] == "refused"
    assert "ask for fewer columns or rows" in found["says"]


def test_a_log_that_is_broken_is_no_fault_of_the_query(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as rows:
        rows.execute("create table t (x)")
        rows.executemany("insert into t values (?)", [("x" * 1000,)] * 1000)
    rows.close()
    log = opened(str(path))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert ask(log, "select * from t")["failed"] == "broken"
    log.close()


def test_a_message_comes_out_of_the_pipe_as_it_went_in() -> None:
    what = {
        "rows": [
            [b"\x00\xff", float("inf"), None, "ü\ud800".encode("utf-8", "replace").decode(), -1]
        ]
    }
    message = packed(what)
    assert length_of(message[:4]) == len(message) - 4
    assert unpacked_answer(message[4:]) == what


def test_one_query_after_another_and_an_alarm_for_each(
    tmp_path: Path, log: sqlite3.Connection
) -> None:
    assert ask(log, "select 1")["rows"] == [(1,)]
    asked = {"params": {}, "seconds": 1.0, "most": 5}
    asking = io.BytesIO(packed(asked | {"sql": "select 1"}) + packed(asked | {"sql": "selekt"}))
    answering, alarms = io.BytesIO(), list[float]()
    serve(str(tmp_path / "lambeth.db"), asking, answering, alarms.append)
    assert alarms == [1.5, 0, 1.5, 0]
    sent = answering.getvalue()
    end = 4 + length_of(sent[:4])
    assert unpacked(sent[4:end])["rows"] == [[1]]
    assert unpacked(sent[end + 4 :])["failed"] == "refused"


def test_no_cursor_stays_open_that_would_keep_old_lines(tmp_path: Path) -> None:
    path = tmp_path / "wal.db"
    writer = sqlite3.connect(path)
    writer.execute("pragma journal_mode = wal")
    writer.execute("create table alerts (line text)")
    writer.executemany("insert into alerts values (?)", [("x",)] * 50)
    writer.commit()
    log = opened(str(path))
    ask(log, "select line from alerts", most=1)
    ask(
        log,
        "select count(*) from alerts a, alerts b, alerts c, alerts d, alerts e, alerts f",
        seconds=0.1,
    )
    assert writer.execute("pragma wal_checkpoint(truncate)").fetchone()[0] == 0
    log.close()
    writer.close()
