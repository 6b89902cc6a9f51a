"""Several readers of the log at once: whoever asks too much keeps nobody else waiting."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from practice_alerts.adapters.log.query_pool import ALLOWANCE, QueryPool
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.sign_in_rows import Person
from tests.helpers.product.small_web_shell import START
from tests.web.conftest import Running, started

GREEDY = ("ada", "ben", "cai")
LONG = "(select group_concat(line || line || line, '') from alerts)"

# ruff: noqa: S608 - what people may write in the field for SQL
WORST = {
    "endless recursion": "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c",
    "cross joins": "select count(*) from alerts a, alerts b, alerts c, alerts d, alerts e",
    "LIKE with many wildcards": (
        f"select sum({LONG} like '%l%i%n%e%' || a.id || '%' || b.id || '%_%z')"
        " from alerts a, alerts b, alerts c"
    ),
    "GLOB": f"select sum({LONG} glob '*l*[a-z]*[0-9]*' || a.id || '*z') from alerts a, alerts b, alerts c",
    "instr": f"select sum(instr({LONG}, a.line || b.line || c.line)) from alerts a, alerts b, alerts c",
    "hex and replace": (
        "select sum(length(hex(replace(a.line || b.line, 'e', c.line)))) from alerts a, alerts b, alerts c"
    ),
    "JSON": (
        "select sum(json_array_length(json_patch(j, j))) from alerts a, alerts b, alerts c,"
        " (select json_group_array(line) j from alerts)"
    ),
    "json_each": (
        "select count(distinct value || a.id || b.id) from alerts a, alerts b,"
        " (select json_group_array(line) j from alerts), json_each(j)"
    ),
    "group_concat": "select max(length(s)) from (select group_concat(a.id, '') s from alerts a, alerts b, alerts c"
    " group by b.id, c.id)",
    "sorting": "select a.line || b.line || c.line from alerts a, alerts b, alerts c order by random() limit 3",
    "sums over windows": "select sum(a.id) over (order by b.id, c.id rows between 5000 preceding and current row"
    " exclude ties) from alerts a, alerts b, alerts c",
    "doubled in WITH": "with v0 as (select 1 as x), "
    + ", ".join(
        f"v{n} as (select x from v{n - 1} union all select x from v{n - 1})" for n in range(1, 30)
    )
    + " select x from v29",
    "the widest page": "with recursive c(x) as (select 1 union all select x + 1 from c limit 1000) select "
    + ", ".join(["x"] * 8)
    + " from c",
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Four readers in Lambeth, one of them in Merton as well; another in Merton alone."""
    with started(tmp_path_factory.mktemp("full")) as running:
        for reader in GREEDY:
            posts = {("lambeth", "qa_lead"), ("merton", "qa_lead" if reader == "ada" else "iro")}
            running.product.rows.people[reader] = Person(reader.title(), frozenset(posts))
            START[reader] = "/log/"
        yield running


def asked(
    reader: Asking, sql: str, council: str = "lambeth", form: str = ".json"
) -> httpx.Response:
    answer: httpx.Response = reader.get(f"/log/{council}{form}?{httpx.QueryParams(sql=sql)}")
    return answer


def renewed(running: Running) -> None:
    """Everybody's allowance, as after a pause."""
    for reader in pool_of(running)._readers.values():
        reader.left = ALLOWANCE


def pool_of(running: Running) -> QueryPool:
    pool: QueryPool = running.product.log.datasette.databases["lambeth"]._pool
    return pool


@pytest.mark.parametrize("what", WORST)
def test_others_are_answered_within_a_second_while_three_ask_for_the_worst(
    full: Running, what: str
) -> None:
    renewed(full)
    greedy = [full.signed_in(reader) for reader in GREEDY]
    quin, mel = full.signed_in("quin"), full.signed_in("mel")
    asked(quin, "select 1"), asked(mel, "select 1", "merton")
    done = threading.Event()

    def keep_asking(reader: Asking) -> set[int]:
        seen = {asked(reader, WORST[what]).status_code}
        while not done.is_set():
            seen.add(asked(reader, WORST[what], form="").status_code)
        return seen

    with ThreadPoolExecutor(3) as threads:
        running = [threads.submit(keep_asking, reader) for reader in greedy]
        try:
            for _ in range(4):
                for reader, council in ((quin, "lambeth"), (mel, "merton")):
                    began = time.monotonic()
                    assert json.loads(asked(reader, "select 1", council).text)["rows"] == [[1]]
                    assert time.monotonic() - began < 5
        finally:
            done.set()
        for one in running:
            assert one.result(timeout=30) <= {200, 400, 429}


def test_one_reader_in_many_tabs_waits_for_their_own_queries_alone(full: Running) -> None:
    renewed(full)
    ada, quin = full.signed_in("ada"), full.signed_in("quin")
    asked(quin, "select 1")
    with ThreadPoolExecutor(3) as threads:
        running = [threads.submit(asked, ada, WORST["cross joins"]) for _ in range(3)]
        began = time.monotonic()
        assert asked(quin, "select 1").status_code == 200
        assert time.monotonic() - began < 5
        assert [one.result(timeout=30).status_code for one in running] == [400, 400, 400]
        assert time.monotonic() - began > 2.5


def test_whoever_has_used_up_their_time_is_told_so_and_nobody_else_is(full: Running) -> None:
    renewed(full)
    ada, quin = full.signed_in("ada"), full.signed_in("quin")
    asked(ada, "select 1")
    pool_of(full)._readers["ada"].left = -5.0
    for address in ("/log/lambeth/alerts", "/log/lambeth?sql=select+1", "/log/merton/alerts.json"):
        answer = ada.get(address, {"accept": "text/html"})
        assert answer.status_code == 429, address
        assert "used up their time" in answer.text
    assert asked(quin, "select 1").status_code == 200
    renewed(full)
    assert asked(ada, "select 1").status_code == 200


def test_a_table_is_browsed_as_before(full: Running) -> None:
    renewed(full)
    quin = full.signed_in("quin")
    page = json.loads(quin.get("/log/lambeth/alerts.json?_facet=stage&_size=2&_sort_desc=id").text)
    assert [row[0] for row in page["rows"]] == [150, 149]
    assert page["filtered_table_rows_count"] == 150
    assert {found["value"]: found["count"] for found in page["facet_results"]["stage"]["results"]} == {
        "Stage 0": 50, "Stage 1": 50, "Stage 2": 50,
    }  # fmt: skip
    found = json.loads(
        quin.get("/log/lambeth/alerts.json?line__contains=line+14&_shape=array").text
    )
    assert [row["id"] for row in found] == [14, *range(140, 150)]
    assert len(quin.get("/log/lambeth/alerts.csv?_stream=1").text.splitlines()) == 151
    labels = json.loads(quin.get("/log/lambeth/clocks.json?_labels=on&_shape=objects").text)
    assert labels["rows"][0]["alert"] == {"value": 1, "label": "1"}
    assert "Stage 1" in quin.get("/log/lambeth/alerts/1").text
    assert quin.get("/log/lambeth/alerts/9999").status_code == 404


def test_bytes_and_strange_numbers_are_shown(full: Running) -> None:
    renewed(full)
    quin = full.signed_in("quin")
    row = json.loads(asked(quin, "select x'00ff' as b, 'ü' as u, 9223372036854775807 as n").text)[
        "rows"
    ]
    assert row == [[{"$base64": True, "encoded": "AP8="}, "ü", 9223372036854775807]]
    assert asked(quin, "select 1 as a, 2 as a, null as A", form="").status_code == 200


def test_an_address_and_its_reader_are_all_that_a_process_of_queries_knows(full: Running) -> None:
    asked(full.signed_in("quin"), "select 1")
    (process, *_) = next(iter(pool_of(full)._councils.values()))._idle
    environment = Path(f"/proc/{process._popen.pid}/environ")
    if environment.exists():  # not every system shows it
        assert environment.read_bytes().count(b"=") <= 2


def test_whatever_runs_can_be_stopped_at_once(full: Running) -> None:
    renewed(full)
    pool = pool_of(full)
    quin = full.signed_in("quin")
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(asked, quin, WORST["endless recursion"])
        while not any(council._busy for council in pool._councils.values()):
            assert not answer.done()
        began = time.monotonic()
        full.loop.call_soon_threadsafe(pool.stop)
        assert answer.result(timeout=5).status_code == 400
        assert time.monotonic() - began < 0.5
    assert asked(quin, "select 1").status_code == 200
