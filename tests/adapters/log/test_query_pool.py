"""Queries in processes of their own: who waits for whom, what is killed, what is spent."""

import asyncio
import os
import signal
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.log import query_pool
from practice_alerts.adapters.log.query_pool import (
    ALLOWANCE,
    Interrupted,
    LogBroken,
    Query,
    QueryPool,
    Refused,
    UsedUp,
)

ENDLESS = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"


def query(sql: str = "select 1", seconds: float = 1.0) -> Query:
    return Query(sql, {}, seconds, 1000)


@pytest.fixture
def log(tmp_path: Path) -> str:
    path = tmp_path / "lambeth.db"
    with sqlite3.connect(path) as rows:
        rows.execute("create table alerts (id integer primary key, line text)")
    rows.close()
    return str(path)


def within(story: Callable[[QueryPool], Awaitable[Any]], pool: QueryPool | None = None) -> Any:
    async def run() -> Any:
        ours = pool or QueryPool()
        try:
            return await story(ours)
        finally:
            ours.stop()

    return asyncio.run(run())


def processes(pool: QueryPool, log: str) -> list[int]:
    council = pool._councils[log]
    return [process._popen.pid for process in (*council._busy, *council._idle)]


async def one_busy(pool: QueryPool, log: str) -> int:
    await until(lambda: log in pool._councils and bool(pool._councils[log]._busy))
    return processes(pool, log)[0]


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.005)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_one_process_answers_one_query_after_another(log: str) -> None:
    async def story(pool: QueryPool) -> set[int]:
        seen: set[int] = set()
        for _ in range(5):
            found = await pool.rows(log, "quin", query("select 1 as one, 2"))
            assert (found["columns"], found["rows"], found["more"]) == (
                ["one", "2"],
                [[1, 2]],
                False,
            )
            seen |= set(processes(pool, log))
        return seen

    assert len(pids := within(story)) == 1
    assert all(map(gone, pids))


def test_a_query_that_looks_at_no_clock_is_killed_with_its_process(log: str) -> None:
    async def story(pool: QueryPool) -> None:
        running = asyncio.create_task(pool.rows(log, "quin", query(ENDLESS, 0.3)))
        pid = await one_busy(pool, log)
        os.kill(pid, signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(Interrupted):
            await running
        assert time.monotonic() - began < 2
        assert gone(pid)
        assert (await pool.rows(log, "quin", query()))["rows"] == [[1]]

    within(story)


def test_a_process_that_nobody_stops_kills_itself(
    log: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_pool, "GRACE", 30)  # the server does not come to it

    async def story(pool: QueryPool) -> None:
        running = asyncio.create_task(pool.rows(log, "quin", query(ENDLESS, 0.3)))
        pid = await one_busy(pool, log)
        os.kill(pid, signal.SIGALRM)
        with pytest.raises(Interrupted):
            await running
        assert gone(pid)

    within(story)


def test_a_process_that_died_while_it_waited_is_replaced(log: str) -> None:
    async def story(pool: QueryPool) -> None:
        await pool.rows(log, "quin", query())
        (pid,) = processes(pool, log)
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # noqa: ASYNC222 - it is dead
        assert (await pool.rows(log, "quin", query()))["rows"] == [[1]]
        assert processes(pool, log) != [pid]

    within(story)


def test_what_the_query_did_and_what_the_log_did_are_told_apart(log: str, tmp_path: Path) -> None:
    async def story(pool: QueryPool) -> None:
        with pytest.raises(Refused, match="no such column"):
            await pool.rows(log, "quin", query("select colour from alerts"))
        with pytest.raises(LogBroken):
            await pool.rows(str(tmp_path / "missing.db"), "quin", query())
        assert (await pool.rows(log, "quin", query()))["rows"] == [[1]]

    within(story)


@pytest.mark.parametrize(
    ("sql", "given"),
    [
        *((f"select :{name} || 'y'", {name: "eHg="}) for name in ("base64", "sql", "failed", "x")),
        ("select :base64 || 'y'", {"base64": "a"}),  # of no such length
        ("select ? || 'y'", ["eHg="]),
    ],
)
def test_a_parameter_of_any_name_is_a_text(
    log: str, sql: str, given: dict[str, str] | list[str]
) -> None:
    async def story(pool: QueryPool) -> None:
        (text,) = given.values() if isinstance(given, dict) else given
        assert (await pool.rows(log, "quin", Query(sql, given, 1.0, 10)))["rows"] == [[f"{text}y"]]

    within(story)


@pytest.mark.parametrize("half", ["select '\ud800'", "select 1 \ud800", "select 1\0"])
def test_what_sqlite_cannot_hold_is_refused_and_its_process_lives(log: str, half: str) -> None:
    async def story(pool: QueryPool) -> None:
        await pool.rows(log, "quin", query())
        with pytest.raises(Refused):
            await pool.rows(log, "quin", query(half))
        assert (await pool.rows(log, "quin", query("select x'6162'")))["rows"] == [[b"ab"]]
        assert len(processes(pool, log)) == 1

    within(story)


@pytest.mark.parametrize(
    "last",
    [
        "select x from v29",
        "select count(*) from v29 a, v29 b",
        "select (select max(x) from v29)",
    ],
)
def test_a_query_that_grows_while_it_is_read_finds_the_memory_limit(log: str, last: str) -> None:
    one = "v{} as (select x from v{} union all select x from v{})"
    doubled = [one.format(n, n - 1, n - 1) for n in range(1, 30)]
    sql = f"with v0 as (select 1 as x), {', '.join(doubled)} {last}"

    async def story(pool: QueryPool) -> None:
        began = time.monotonic()
        with pytest.raises((Refused, Interrupted)):
            await pool.rows(log, "quin", query(sql))
        assert time.monotonic() - began < 2
        assert (await pool.rows(log, "quin", query()))["rows"] == [[1]]

    within(story)


def test_one_reader_has_one_query_at_a_time_and_others_do_not_wait(log: str) -> None:
    async def story(pool: QueryPool) -> None:
        greedy = [asyncio.create_task(pool.rows(log, "quin", query(ENDLESS))) for _ in range(3)]
        await one_busy(pool, log)
        began = time.monotonic()
        assert (await pool.rows(log, "mel", query()))["rows"] == [[1]]
        assert time.monotonic() - began < 1
        assert len(pool._councils[log]._busy) == 1
        for task in greedy:
            task.cancel()
        await asyncio.gather(*greedy, return_exceptions=True)
        assert not pool._councils[log]._busy

    within(story)


def test_a_request_that_is_given_up_takes_its_process_along(log: str) -> None:
    async def story(pool: QueryPool) -> None:
        running = asyncio.create_task(pool.rows(log, "quin", query(ENDLESS)))
        pid = await one_busy(pool, log)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert gone(pid)

    within(story)


def test_stopping_does_not_wait_for_a_query(log: str) -> None:
    async def story(pool: QueryPool) -> None:
        running = asyncio.create_task(pool.rows(log, "quin", query(ENDLESS, 30)))
        pid = await one_busy(pool, log)
        began = time.monotonic()
        pool.stop()
        assert gone(pid)
        assert time.monotonic() - began < 1
        with pytest.raises(Interrupted):
            await running

    within(story)


def test_an_allowance_is_used_up_and_comes_back(log: str) -> None:
    clock = [0.0]

    async def story(pool: QueryPool) -> None:
        await pool.rows(log, "quin", query())
        pool._readers["quin"].spend(ALLOWANCE - 1)
        await pool.rows(log, "quin", query())
        pool._readers["quin"].spend(1)
        with pytest.raises(UsedUp):
            await pool.rows(log, "quin", query())
        assert (await pool.rows(log, "mel", query()))["rows"] == [[1]]
        clock[0] += 10
        assert (await pool.rows(log, "quin", query()))["rows"] == [[1]]

    within(story, QueryPool(lambda: clock[0]))


def test_computing_and_drawing_are_both_paid_for(log: str) -> None:
    async def story(pool: QueryPool) -> list[float]:
        left = []
        wide = "with recursive c(x) as (select 1 union all select x + 1 from c limit 900) select {} from c"
        heavy = wide.format(", ".join(["x"] * 30))
        # Two seconds by the clock, so that a busy machine gives it a fifth of one.
        for sql, seconds in (("select 1", 0.5), (heavy, 0.5), (ENDLESS, 2.0)):
            before = pool._readers["quin"].left
            asked = pool.rows(log, "quin", query(sql, seconds))
            await asyncio.gather(asked, return_exceptions=True)
            left.append(before - pool._readers["quin"].left)
        return left

    little, drawn, endless = within(story, QueryPool(lambda: 0.0))
    assert little < 0.05
    assert drawn > 0.12
    assert endless > 0.2


def test_few_processes_wait_and_they_end_in_time(log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_pool, "_IDLE", 1.0)  # long enough to be counted on a busy machine

    async def story(pool: QueryPool) -> None:
        readers = [pool.rows(log, name, query()) for name in "abcdef"]
        await asyncio.gather(*readers)
        pids = processes(pool, log)
        assert 1 <= len(pids) <= 2
        await until(lambda: not processes(pool, log))
        assert all(map(gone, pids))

    within(story)


def replace_by_another(log: Path) -> None:
    another = log.with_name("another")
    with sqlite3.connect(another) as rows:
        rows.execute("create table alerts (id integer primary key, line text)")
        rows.execute("insert into alerts (line) values ('a new line')")
    rows.close()
    another.replace(log)


def test_a_log_that_was_replaced_is_read_anew(log: str) -> None:
    async def story(pool: QueryPool) -> list[Any]:
        asked = query("select line from alerts")
        before = await pool.rows(log, "ada", asked)
        replace_by_another(Path(log))
        return [before["rows"], (await pool.rows(log, "ada", asked))["rows"]]

    assert within(story) == [[], [["a new line"]]]
