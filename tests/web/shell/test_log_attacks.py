"""What was tried on the log and held, as a table: each is refused or harmless, and nothing of it may be kept."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import httpx
import pytest

from tests.helpers.product.asgi_client import Asking
from tests.web.conftest import Running

# What Datasette would have done after a fault of the address: it makes several tasks, and waits for one after another.
pytestmark = pytest.mark.filterwarnings(
    "ignore:coroutine .* was never awaited",
    "ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning",
)

SQL_REFUSED = (
    "attach database '/etc/passwd' as other", "attach 'merton.db' as m", "attach ':memory:' as m", "detach main",
    "pragma writable_schema = 1", "pragma query_only = 0", "pragma journal_mode = delete", "pragma database_list",
    "pragma table_info(alerts)", "pragma temp_store = 1", "pragma hard_heap_limit = 0", "pragma integrity_check",
    "select * from pragma_database_list", "select * from pragma_database_list()", "select file from pragma_database_list",
    "select * from pragma_compile_options", "select * from pragma_module_list", "select * from pragma_function_list",
    "select * from pragma_user_version", "select load_extension('x')", "select load_extension('/tmp/x.so', 'init')",
    "select fts3_tokenizer('simple')", "select hex(fts3_tokenizer('simple', x'00'))", "select readfile('/etc/passwd')",
    "select writefile('/tmp/x', 'x')", "select edit('x')", "select eval('select 1')", "select sqlite_offset(id) from alerts",
    "select sqlite_compileoption_get(0)", "select * from sqlite_dbpage", "select * from dbstat", "select * from bytecode('select 1')",
    "select * from sqlite_stmt", "select * from tables_used('select 1')", "select * from fts3tokenize",
    "select * from sqlite_temp_master", "select * from sqlite_sequence", "select * from generate_series(1, 9)",
    "insert into alerts (line) values ('x')", "update alerts set line = 'x'", "delete from alerts", "drop table alerts",
    "create table t (x)", "create temp table t (x)", "create view v as select 1", "create virtual table t using fts5(x)",
    "create trigger t after insert on alerts begin select 1; end", "alter table alerts add column x", "reindex", "analyze",
    "vacuum", "vacuum into '/tmp/copy.db'", "begin", "commit", "savepoint x", "replace into alerts (id) values (1)",
    "with x as (select 1) delete from alerts", "with x as (select 1) insert into alerts (line) select 'x'",
    "with x as (select 1) update alerts set line = 'x'", "/* */ delete from alerts", "-- x\ndelete from alerts",
    "explain delete from alerts", "select 1; delete from alerts", "select 1; select 2", "select 1;;attach 'x' as y",
    "select hex(zeroblob(400000000))", "select zeroblob(1000000000)", "select randomblob(100000000)",
    "select printf('%.*c', 400000000, 'x')", "select format('%400000000d', 1)", "select printf('%1000000s', 'x')",
    "select group_concat(a.line || b.line || c.line) from alerts a, alerts b, alerts c",
    "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c",
    "with recursive c(x) as (select 'x' union all select x || x from c) select length(x) from c",
    "select * from merton.alerts", "select * from main.merton", "select * from _internal.databases", "select * from nothing",
    "select " + "(" * 1000 + "1" + ")" * 1000, "select " + "1+" * 1000 + "1", "select " + ",".join("1" * 3000),
    "select 1" + " union all select 1" * 600, "select '" + "x" * 60_000 + "'", "selekt", "select :missing from alert",
)  # fmt: skip

HARMLESS = (
    "alerts?_where=1=1", "alerts?_where=1=1)%20union%20select%201--", "alerts?_where=id%20in%20(select%201)",
    "alerts?_timelimit=100000", "alerts?_trace=1", "alerts.json?_trace=1", "alerts?_size=100000", "alerts?_size=max",
    "alerts?_ttl=100000", "alerts.json?_ttl=100000", "alerts?_next=x", "alerts?_next=1,2,3", "alerts?_hash=1",
    "alerts/1.blob?_blob_column=line", "alerts/1.blob?_blob_column=nothing", "alerts/~27", "alerts/1,2", "alerts/%00",
    "alerts?_searchmode=raw&_search=x", "alerts?_fts_table=sqlite_master&_search=x", "alerts?_sort=id;drop",
    "alerts?_sort_desc=1%20desc--", "alerts?_facet=(select%201)", "alerts?_facet_array=line", "alerts?_col=nothing",
    'alerts?_through={"table":"sqlite_master","column":"name","value":"alerts"}', "alerts.json?_shape=nothing",
    "alerts.csv?_stream=1&_next=5", "alerts?line__nothing=1", "alerts?nothing__exact=1", "alerts?_json=stage",
)  # fmt: skip
SHUT = (
    "/log/lambeth.db", "/log/merton.db", "/log/merton", "/log/merton.json?sql=select+1", "/log/~6Derton", "/log/%6derton",
    "/log/lambeth/..%2fmerton", "/log/_internal", "/log/~5Finternal", "/log/_memory", "/log/:memory:", "/log/-/metadata.json",
    "/log/%2d/versions.json", "/log/-/databases.json", "/log/lambeth/sqlite_temp_master", "/log//lambeth",
    "/log/lambeth/alerts/1/../../../merton", "/log/merton/alerts.csv?_stream=1", "/log/merton/alerts/1.json",
)  # fmt: skip
OTHERS_WORDS = ("Calc", "cmd|", "merton.db", "calc'!A0")


@pytest.fixture
def quin(running: Running) -> Asking:
    reader = running.signed_in("quin")
    reader.get("/log/lambeth.json?sql=select+1")
    pool = running.product.log.datasette.databases["lambeth"]._pool
    pool._readers["quin"].left = 20.0
    return reader


def harms(answer: httpx.Response) -> list[str]:
    """What is wrong with an answer, whatever was asked."""
    told = [word for word in (*OTHERS_WORDS, "Traceback") if word in answer.text]
    kept = [] if answer.headers["cache-control"] == "no-store" else ["it may be kept"]
    return told + kept + ([str(answer.status_code)] if answer.status_code >= 500 else [])


def untouched(running: Running) -> None:
    path = Path(running.product.folder / "lambeth.db")
    rows = sqlite3.connect(path)
    assert rows.execute("select count(*), count(distinct line) from alerts").fetchone() == (
        150,
        150,
    )
    assert rows.execute("select count(*) from sqlite_master").fetchone() == (2,)
    rows.close()
    assert sorted(one.name for one in path.parent.glob("*.db")) == ["lambeth.db", "merton.db"]


@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_no_query_does_more_than_read_this_log(running: Running, quin: Asking, form: str) -> None:
    for sql in SQL_REFUSED:
        running.product.log.datasette.databases["lambeth"]._pool._readers["quin"].left = 20.0
        answer = quin.get(f"/log/lambeth{form}?{httpx.QueryParams(sql=sql)}")
        assert answer.status_code in {400, 404}, (answer.status_code, sql[:80])
        assert harms(answer) == []
    untouched(running)


def test_more_than_eighty_are_tried() -> None:
    assert len({*SQL_REFUSED}) == len(SQL_REFUSED) > 80


@pytest.mark.parametrize("address", HARMLESS)
def test_no_word_of_an_address_does_more_than_read(
    running: Running, quin: Asking, address: str
) -> None:
    assert harms(quin.get(f"/log/lambeth/{address}")) == []
    untouched(running)


@pytest.mark.parametrize("address", SHUT)
def test_files_other_councils_and_datasettes_own_rooms_stay_shut(
    quin: Asking, address: str
) -> None:
    answer = quin.get(address)
    if answer.is_redirect:  # to the same words, spelt as Datasette likes them
        answer = quin.get(answer.headers["location"])
    assert answer.status_code in {400, 403, 404}, answer.text[:200]
    assert not [word for word in (*OTHERS_WORDS, "drift") if word in answer.text]


def test_a_longer_limit_cannot_be_asked_for(quin: Asking) -> None:
    endless = (
        "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"
    )
    answer = quin.get(f"/log/lambeth.json?{httpx.QueryParams(sql=endless, _timelimit='60000')}")
    assert answer.status_code == 400
    assert json.loads(answer.text)["title"] == "This took too long"


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "=cmd|", "+1+", "\N{FULLWIDTH EQUALS SIGN}"]
)
@pytest.mark.parametrize("more", ["", "&_dl=1", "&_header=off"])
def test_no_cell_and_no_heading_of_a_csv_is_a_formula(quin: Asking, sign: str, more: str) -> None:
    sql = "select :cell as \"=1+1\", :cell || '' as plain"
    query = httpx.QueryParams(sql=sql, cell=f"{sign}x")
    text = quin.get(f"/log/lambeth.csv?{query}{more}").text
    assert text.startswith("\N{BYTE ORDER MARK}")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    if "_header" not in more:
        assert rows.pop(0) == ["'=1+1", "plain"]
    assert rows == [[f"'{sign}x", f"'{sign}x"]]


@pytest.mark.parametrize("by", [";", "\t"])
def test_a_sign_that_parts_cells_elsewhere_begins_no_formula(quin: Asking, by: str) -> None:
    query = httpx.QueryParams(sql="select :cell as one, 'plain' as two", cell=f"x{by}=1+1")
    text = quin.get(f"/log/lambeth.csv?{query}").text.removeprefix("\N{BYTE ORDER MARK}")
    for parted_by in (",", by):
        read = [*csv.reader(io.StringIO(text, newline=""), delimiter=parted_by)]
        assert not [cell for row in read for cell in row if cell.startswith("=")]


@pytest.mark.parametrize("address", ["/log/lambeth.json", "/log/lambeth.csv", "/log/lambeth"])
@pytest.mark.parametrize(
    ("days", "says"),
    [
        ("from_day=01/27/2026&to_day=", "From: "),
        ("from_day=&to_day=2025-6-99", "To: "),
        ("from_day=last+spring&to_day=", "give a real date, such as"),
        ("from_day=2025-07-01&to_day=2025-06-30", "must not be before"),
    ],
)
def test_a_day_that_cannot_be_read_is_refused_in_words(
    quin: Asking, address: str, days: str, says: str
) -> None:
    sql = httpx.QueryParams(sql="select :from_day as since, :to_day as until")
    answer = quin.get(f"{address}?{sql}&{days}")
    assert answer.status_code == 400
    assert says in answer.text
    assert "Nothing was counted" in answer.text


def test_a_day_typed_as_people_do_is_read_as_they_mean_it(quin: Asking) -> None:
    sql = httpx.QueryParams(sql="select :from_day as since, :to_day as until")
    answer = quin.get(f"/log/lambeth.json?{sql}&from_day=1/7/2026&to_day=30+September+2026")
    assert json.loads(answer.text)["rows"] == [["2026-07-01", "2026-09-30"]]


def test_a_table_is_taken_away_whole_and_a_query_that_gives_more_says_so(quin: Asking) -> None:
    every = quin.get("/log/lambeth/alerts.csv?_size=2&_next=5").text.splitlines()
    assert len(every) == 151
    many = (
        "with recursive c(x) as (select 1 union all select x + 1 from c limit 1001) select x from c"
    )
    answer = quin.get(f"/log/lambeth.csv?{httpx.QueryParams(sql=many)}")
    assert answer.status_code == 400
    assert "a file of a query holds no more" in answer.text
