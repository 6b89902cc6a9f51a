"""Two processes on one PostgreSQL store, as on two hosts: each with a data folder of its own."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from practice_alerts import ROOT
from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.office import outbox
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.office import Office
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import AS_PRODUCT
from tests.helpers.product.running_product import Served, free_port

pytestmark = pytest.mark.postgres

_SOON = 60  # seconds, on a busy machine


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "one", engine=AS_PRODUCT)
    yield opened
    opened.office.database.close()


# ------------------------------------------------------------------------------------- writing at once


def writing(desk: Desk, name: str, *many: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.helpers.product.writing_process"]
    words += [str(desk.office.settings.data), desk.office.database.url, name, *many]
    return subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def begun_together(*each: subprocess.Popen[str]) -> None:
    for one in each:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in each:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()


def must_be_whole(desk: Desk) -> list[str]:
    """No gap, nothing twice, and every proof holds; the references that there are."""
    with desk.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []
        assert desk.office.database.altered(tx) == ()
        numbers = list(tx.execute(select(t.events.c.id).order_by(t.events.c.id)).scalars())
        seals = list(tx.execute(select(t.seals.c.id).order_by(t.seals.c.id)).scalars())
        references = sorted(
            one.reference for one in current_state.by_ids(tx, current_state.ids(tx)).values()
        )
        kinds = list(tx.execute(select(t.events.c.alert_id, t.events.c.kind)))
    assert numbers == list(range(1, len(numbers) + 1))
    assert seals == list(range(1, len(seals) + 1))
    assert references == [f"LAM-2025-{number:04}" for number in range(1, len(references) + 1)]
    assert len([one for one in kinds if one.kind == "raised"]) == len(references)
    answered = [one.alert_id for one in kinds if one.kind == "answered"]
    assert len(answered) == len({*answered})
    return references


def test_two_that_write_at_once_leave_no_gap_and_nothing_twice(desk: Desk) -> None:
    one, other = writing(desk, "one", "6"), writing(desk, "other", "6")
    begun_together(one, other)
    said = [process.communicate(timeout=240)[0].splitlines() for process in (one, other)]
    assert (one.returncode, other.returncode) == (0, 0)
    raised = [[line.split()[1] for line in lines if line.startswith("raised")] for lines in said]
    both = {*raised[0]} & {*raised[1]}
    assert len(both) == 3  # pressed in both with one key: one act, told to both
    assert must_be_whole(desk) == sorted({*raised[0], *raised[1]})
    assert len({*raised[0], *raised[1]}) == 9


def test_one_that_is_killed_holds_nobody_up_and_what_it_was_told_is_there(desk: Desk) -> None:
    killed, other = writing(desk, "killed"), writing(desk, "other", "4")
    begun_together(killed, other)
    assert killed.stdout
    heard = [killed.stdout.readline() for _ in range(3)]
    killed.kill()
    told = [*heard, *killed.communicate(timeout=60)[0].splitlines()]
    said, _ = other.communicate(timeout=240)
    assert other.returncode == 0
    lines = [*told, *said.splitlines()]
    acknowledged = {line.split()[1] for line in lines if line.startswith("raised ")}
    assert acknowledged <= {*must_be_whole(desk)}
    desk.raised()
    must_be_whole(desk)


# -------------------------------------------------------------------------------------- serving at once


@dataclass
class Host:
    """A product with a data folder of its own, reached under the name that both bear."""

    product: Served
    front: str

    def ask(
        self,
        path: str,
        cookies: httpx.Cookies | None = None,
        typed: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """A page; or what it answers to what was typed there."""
        headers = {"host": self.front, "origin": f"http://{self.front}"}
        at = f"http://127.0.0.1:{self.product.port}"
        with httpx.Client(base_url=at, headers=headers, cookies=cookies, trust_env=False) as asking:
            return asking.get(path) if typed is None else asking.post(path, data=typed)

    @property
    def mails(self) -> list[str]:
        """The ids of what it has sent."""
        return [
            file.stem.partition("-")[2] for file in (self.product.data / "outbox").glob("*.eml")
        ]


@pytest.fixture
def hosts(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Host, Host]]:
    front = f"localhost:{free_port()}"
    for room in ("procedures", "form_templates"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "lambeth").symlink_to(ROOT / room / "lambeth")
    monkeypatch.setenv("PRACTICE_ALERTS_PROCEDURES", str(tmp_path / "procedures"))
    monkeypatch.setenv("PRACTICE_ALERTS_DATABASE_URL", desk.office.database.url)
    monkeypatch.setenv("PRACTICE_ALERTS_BASE_URL", f"http://{front}")
    shutil.copytree(desk.office.settings.data / "keys", tmp_path / "two" / "keys")
    (tmp_path / "two").chmod(0o700)
    each = [Host(Served(tmp_path / name, options=()), front) for name in ("one", "two")]
    try:
        for host in each:
            host.product.start()
        yield each[0], each[1]
    finally:
        for host in each:
            host.product.kill()


def until(what: Callable[[], bool], why: str) -> None:
    end = time.monotonic() + _SOON
    while not what():
        assert time.monotonic() < end, why
        time.sleep(0.2)


def unsent(desk: Desk) -> set[str]:
    with desk.office.database.reading() as tx:
        return {*tx.execute(select(t.outbox.c.id).where(t.outbox.c.sent_at.is_(None))).scalars()}


def one_of(host: Host, ids: set[str]) -> list[str]:
    return [one for one in host.mails if one in ids]


def signed_in(desk: Desk, host: Host, person: str) -> httpx.Cookies:
    then, desk.clock[0] = desk.clock[0], Office.now()  # as the products have it
    token = desk.office.sign_in.issue_link(person)
    desk.clock[0] = then
    answer = host.ask("/sign-in/use", typed={"token": token})
    assert answer.status_code == 303
    return answer.cookies


def written(desk: Desk, many: int) -> set[str]:
    """So many e-mails that may leave on any day."""
    new = NewNotice("iro", "told_at_once", "Your address was changed", "Ask if it was not you.")
    with desk.office.database.writing() as tx:
        return {outbox.write(tx, new, desk.office.now()) for _ in range(many)}


def test_any_of_two_is_killed_and_everything_goes_on(desk: Desk, hosts: tuple[Host, Host]) -> None:
    found = desk.raised()
    here = signed_in(desk, hosts[0], "manager")
    page = _typed_at_one_is_shown_at_the_other(desk, hosts, found.id, here)
    for host in hosts:  # each follows into a log of its own
        until(partial(_is_logged, host, found.alert.reference), "the log follows")
    leads, waits = _one_alone_sends(desk, hosts)
    _the_other_goes_on_sending(desk, leads, waits)
    assert "Half a sent" in waits.ask(page, here).text
    leads.product.start()
    assert leads.ask("/sessions", here).status_code == 200
    waits.ask("/sign-out", here, {})
    assert leads.ask("/sessions", here).status_code == 401
    desk.raised()
    must_be_whole(desk)


def _typed_at_one_is_shown_at_the_other(
    desk: Desk, hosts: tuple[Host, Host], alert_id: str, here: httpx.Cookies
) -> str:
    one, two = hosts
    with desk.office.database.reading() as tx:
        asked = select(t.askings.c.id).where(t.askings.c.alert_id == alert_id)
        page = f"/respond/{tx.execute(asked).scalars().one()}"
    typed = {"press": "typing", "text": "Half a sent"}
    assert one.ask(page, here, typed).status_code == 204
    assert "Half a sent" in two.ask(page, here).text
    return page


def _one_alone_sends(desk: Desk, hosts: tuple[Host, Host]) -> tuple[Host, Host]:
    """The one that does, and the other."""
    one, two = hosts
    ids = written(desk, 12)
    until(lambda: not unsent(desk) & ids, "everything is sent")
    assert sorted(one_of(one, ids) + one_of(two, ids)) == sorted(ids)  # each once
    leads, waits = (one, two) if one_of(one, ids) else (two, one)
    assert one_of(waits, ids) == []
    return leads, waits


def _the_other_goes_on_sending(desk: Desk, leads: Host, waits: Host) -> None:
    more = written(desk, 40)
    until(lambda: len(one_of(leads, more)) > 3, "the one that leads sends")
    leads.product.kill()
    until(lambda: not unsent(desk) & more, "the other goes on")
    sent = one_of(leads, more) + one_of(waits, more)
    assert {*sent} == more
    assert one_of(waits, more)
    assert len(sent) - len(more) <= 1  # what it had in its hands may go twice, under one Message-ID


def _is_logged(host: Host, reference: str) -> bool:
    with closing(sqlite3.connect(host.product.data / "log/lambeth.db")) as log:
        return (reference,) in log.execute("SELECT reference FROM alerts").fetchall()
