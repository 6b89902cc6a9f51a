"""Full, read-only, locked, damaged, replaced, a clock that jumped: one sentence on each face, nothing half done, and what was typed is still there."""

import logging
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core import writers_queue
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.engines import sqlite
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.casework.acts import answer
from practice_alerts.casework.jobs.send_mail import send_waiting
from practice_alerts.casework.jobs.sync_log import catch_up
from practice_alerts.domain.errors import Storage, StorageTrouble, trouble_in
from practice_alerts.web.pages.answer import AnswerPages
from practice_alerts.web.pages.sign_in import SignInPages
from practice_alerts.web.shell import error_reports
from practice_alerts.web.shell.error_reports import Bugs
from practice_alerts.web.shell.gate import AccessGate
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.machine import Machine
from tests.helpers.product.office import STORE, Desk, open_desk
from tests.helpers.product.run_command import refused

WRITES = (
    Storage.FULL,
    Storage.READ_ONLY,
    Storage.BUSY,
    Storage.REPLACED,
    Storage.ALTERED,
    Storage.CLOCK,
)
_EACH = {Storage.FULL: "PRAGMA max_page_count = 1", Storage.READ_ONLY: "PRAGMA query_only = ON"}
_BY_ANOTHER = {
    Storage.BUSY: ("BEGIN IMMEDIATE", "ROLLBACK"),
    Storage.ALTERED: ("CREATE TABLE put_there (x)", "DROP TABLE put_there"),
}
"""What somebody else does to it, and how that is over."""
TYPED = "It was put right on Monday, and the carers were told." + " Again and again." * 250
"""More than fits into what is left of a page."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", engine="sqlite")
    yield opened
    opened.office.database.close()


@contextmanager
def meeting(what: Storage, desk: Desk, patch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The same desk, whose store has this trouble with each writing from now on."""
    prepare = sqlite._set_up

    def spoilt(connection: Any, record: object) -> None:
        prepare(connection, record)
        if what in _EACH:
            connection.execute(_EACH[what])

    patch.setattr(sqlite, "_set_up", spoilt)
    patch.setattr(writers_queue, "PATIENCE", 0)
    office, file = desk.office, desk.office.settings.data / "practice-alerts.db"
    machine = Machine(office.settings.data / "witness")
    clock = machine.clock()
    database = Database(sqlite_url(office.settings.data), office.settings.seal_keys, clock)
    if what is Storage.CLOCK:
        machine.jumps(timedelta(hours=1))
    with closing(sqlite3.connect(file)) as other, ExitStack() as after:
        begins, ends = _BY_ANOTHER.get(what, ("", ""))
        other.execute(begins)
        after.callback(other.execute, ends)
        if what is Storage.REPLACED:
            with database.reading(), database.reading():  # as a running product has some open
                pass
            after.enter_context(taken_away(office.settings.data))
        yield replace(desk, office=replace(office, database=database))
    database.close()
    patch.undo()


@contextmanager
def taken_away(data: Path, *names: str) -> Iterator[None]:
    """The files of the store, or these of them, lie elsewhere for a while."""
    files = [data / one for one in names] or list(data.glob(f"{STORE}*"))
    for file in files:
        file.rename(file.with_suffix(f"{file.suffix}.aside"))
    yield
    for file in files:
        file.with_suffix(f"{file.suffix}.aside").replace(file)


def signed_in(desk: Desk, who: str) -> str:
    """Somebody came before the trouble began."""
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link(who))
    assert isinstance(entered, Entered)
    return entered.session_token


def never(*_: str) -> None:
    raise AssertionError("a link is made although none can be kept")


def door(desk: Desk, token: str) -> Asking:
    office, home = desk.office, Home(desk.office.settings.base_url)
    pages = PlainPages(sample=False)
    app = Starlette(
        routes=[
            *SignInPages(pages, office.sign_in, home, never).routes(),
            *AnswerPages(office, pages, never).routes(),
        ],
        middleware=[
            Middleware(Bugs, pages.bug, pages.trouble),
            Middleware(AccessGate, home, office.sign_in, pages.refusal),
        ],
    )
    return Asking(app, home.base_url, {home.cookie: token})


@pytest.mark.parametrize("what", WRITES)
def test_an_act_is_refused_in_a_sentence_reading_goes_on_and_so_does_all_once_it_is_over(
    desk: Desk, what: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.raised()
    with meeting(what, desk, monkeypatch) as there:
        with pytest.raises(StorageTrouble) as told:
            there.raised(case_number="X-2", concerns=TYPED)
        assert told.value.what is what
        assert "nothing was recorded" in str(told.value)
        assert there.see("iro", found).known.id == found.id
        if what is not Storage.FULL:  # to claim an e-mail takes no room
            with pytest.raises((StorageTrouble, ExceptionGroup)) as sending:
                send_waiting(there.office, Never())
            assert trouble_in(sending.value) is not None
    assert desk.raised(case_number="X-2").alert.reference == "LAM-2025-0002"


class Never:
    def send(self, email: Email) -> None:
        raise AssertionError(f"{email.id} was handed over, and it cannot be written down")


@pytest.mark.parametrize("what", WRITES)
def test_the_answer_page_shows_what_was_typed_again_and_says_when_to_try(
    desk: Desk, what: Storage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(error_reports, "_told", {})
    found = desk.raised()
    token = signed_in(desk, "manager")
    page = f"/respond/{next(iter(asked(desk, found.id)))}"
    desk.at("Mon 2025-06-02 09:30")  # the session would be put off
    with meeting(what, desk, monkeypatch) as there, caplog.at_level(logging.WARNING):
        asking = door(there, token)
        assert asking.get(page).status_code == 200
        form = {"text": TYPED, "response": "done", "press": "send", "act_key": "k", "seen": "1"}
        for _ in range(5):
            said = asking.post(page, form)
            assert said.status_code == 503
            assert int(said.headers["retry-after"]) >= 60
            assert TYPED in said.text
            assert "nothing was recorded" in said.text
        kept = asking.post(page, form | {"press": "typing"})
        assert (kept.status_code, TYPED in kept.text) == (503, False)
    assert caplog.text.count("nothing was recorded") == 1
    assert "Traceback" not in caplog.text
    done = door(desk, token).post(page, form | {"seen": str(found.alert.version)})
    assert done.headers["location"].endswith("/thanks")


def test_what_was_typed_is_handed_back_also_where_the_store_cannot_even_be_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.raised()
    token = signed_in(desk, "manager")
    page = f"/respond/{next(iter(asked(desk, found.id)))}"

    def away(*_: object) -> None:
        raise StorageTrouble(Storage.AWAY)

    monkeypatch.setattr(answer, "opened", away)
    monkeypatch.setattr(answer, "asked", away)
    form = {"text": TYPED, "response": "done", "press": "send", "act_key": "k-1", "seen": "1"}
    said = door(desk, token).post(page, form, headers={"accept": "text/html"})
    assert (said.status_code, said.headers["retry-after"]) == (503, "300")
    assert TYPED in said.text
    assert "k-1" not in said.text


def test_whoever_answered_is_not_told_that_nothing_was_recorded_for_what_comes_after_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store is busy as soon as the answer is in it: what is still to be tidied up waits for another time."""
    found = desk.raised()
    token = signed_in(desk, "manager")
    page = f"/respond/{next(iter(asked(desk, found.id)))}"
    give, seen = answer.answer, str(found.alert.version)

    def given(*words: Any) -> Any:
        done = give(*words)
        monkeypatch.setattr(desk.office.database, "writing", busy)
        return done

    def busy(*_: object) -> NoReturn:
        raise StorageTrouble(Storage.BUSY)

    monkeypatch.setattr(answer, "answer", given)
    form = {"text": TYPED, "response": "done", "press": "send", "act_key": "k", "seen": seen}
    done = door(desk, token).post(page, form)
    assert done.headers["location"].endswith("/thanks")
    assert desk.see("iro", found).known.alert.happened[-1].kind == "answered"


def test_trouble_that_several_tell_together_is_trouble(caplog: pytest.LogCaptureFixture) -> None:
    """And what is a fault of ours beside it stays one."""
    both: dict[str, list[Exception]] = {
        "told": [StorageTrouble(Storage.BUSY)] * 2,
        "bug": [StorageTrouble(Storage.BUSY), ValueError()],
    }

    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise ExceptionGroup("several", both[scope["path"].removeprefix("/")])

    pages = PlainPages(sample=False)
    asking = Asking(Bugs(app, pages.bug, pages.trouble), "http://localhost:8000", {})
    assert asking.get("/told").status_code == 503
    assert asking.get("/bug").status_code == 500
    assert caplog.text.count("Traceback") == 1


@pytest.mark.parametrize("what", [one for one in WRITES if one is not Storage.FULL])
def test_nobody_is_told_that_a_link_was_sent_that_cannot_be_made(
    desk: Desk, what: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Known or not: nobody is looked up. (Of a disk that is full to the last page it shows as well; not so in a test.)"""
    found = desk.raised()
    with meeting(what, desk, monkeypatch) as there:
        asking = door(there, "")
        for mail in ("manager@practice.invalid", "nobody@practice.invalid"):
            said = asking.post("/sign-in", {"email": mail, "next": "/app/"})
            assert said.status_code == 503
            assert int(said.headers["retry-after"]) >= 60
            assert "No link was sent" in said.text
            assert "nothing was recorded" in said.text
            assert mail in said.text
        for page in (next(iter(asked(desk, found.id))), "no-such-page"):
            said = asking.post(f"/respond/{page}", {"press": "link"})
            assert said.status_code == 503
            assert "nothing was recorded" in said.text


def asked(desk: Desk, alert_id: str) -> list[str]:
    with desk.office.database.reading() as tx:
        return [one.id for one in current_state.askings_of(tx, alert_id)]


@pytest.mark.parametrize("how", ["garbage", "cut in half", "pages overwritten"])
def test_a_damaged_store_is_told_by_each_command_in_one_sentence(desk: Desk, how: str) -> None:
    desk.raised()
    catch_up(desk.office)
    data = desk.office.settings.data
    desk.office.database.close()
    file = data / "practice-alerts.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = file.read_bytes()
    spoilt = {
        "garbage": b"garbage" * 10_000,
        "cut in half": whole[: len(whole) // 2],
        "pages overwritten": whole[:4096] + b"\xff" * 16384 + whole[20480:],
    }[how]
    file.write_bytes(spoilt)
    for command in (("verify",), ("remind",), ("serve", "--port", "9187")):
        told = refused("--data", str(data), *command)
        assert "Traceback" not in told
        assert "The store is damaged" in told, command
        assert "backup" in told


@pytest.fixture
def with_no_room() -> Iterator[None]:
    """Not one more byte goes into a file: the machine's own fault, for whichever account tries."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


NIA = ("Nia Fiction", "--mail", "nia@council.example", "--council", "lambeth", "--post", "iro")


@pytest.mark.parametrize(
    "words",
    [
        ("serve", "--port", "9188"),
        ("people", "add", *NIA),
        ("remind",),
        ("log", "rebuild"),
        ("seals", "rotate", "--by", "Nia Fiction"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_command_that_cannot_write_says_so_in_a_sentence(
    desk: Desk, words: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    data = desk.office.settings.data
    desk.office.database.close()
    before = (data / STORE).read_bytes()
    request.getfixturevalue("with_no_room")
    told = refused("--data", str(data), *words)
    assert "nothing was recorded" in told
    assert (data / STORE).read_bytes() == before


def test_what_is_a_fault_of_ours_stays_one(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError), desk.office.database.writing():
        raise ZeroDivisionError
    with (
        pytest.raises(Exception, match=r"UNIQUE|NOT NULL") as bug,
        desk.office.database.writing() as tx,
    ):
        tx.exec_driver_sql("INSERT INTO people (id) VALUES ('x')")
    assert trouble_in(bug.value) is None
    both = ExceptionGroup("both", [StorageTrouble(Storage.FULL), ValueError()])
    assert trouble_in(both) is None
