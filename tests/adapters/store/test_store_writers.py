"""Several at once: writers queue, readers see one state of things, and what may be done once is done once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import Pool

from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.casework.acts import answer
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.jobs import digest, send_reminders
from practice_alerts.domain.errors import SomeoneWasFaster
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import LONG_AGO, Desk, open_desk
from tests.helpers.product.postgresql import ENGINES, cluster, store_url

MANY = 4
REPLY = act_answers.reply("It was done yesterday.", "done")


@pytest.fixture(params=ENGINES)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", engine=request.param)
    yield opened
    opened.office.database.close()


def at_once(what: Callable[[int], Any]) -> list[Any]:
    """By as many threads, which wait for each other before they begin; an error is an answer too."""
    start = Barrier(MANY)

    def run(number: int) -> Any:
        start.wait()
        try:
            return what(number)
        except SomeoneWasFaster as error:
            return error

    with ThreadPoolExecutor(MANY) as threads:
        return list(threads.map(run, range(MANY)))


def test_whoever_waited_reads_what_was_written_meanwhile_and_what_they_write_themselves(
    desk: Desk,
) -> None:
    """What is kept within a transaction was read since it has the writer's place."""

    def take_post(number: int) -> tuple[int, int]:
        with desk.office.database.writing() as tx:

            def holders() -> int:
                return len(directory.holders(tx, desk.council, "other_iro", desk.office.today))

            before = holders(), holders()
            somebody = DirectoryPerson(f"new-{number}", f"New {number}", f"new-{number}@x.invalid")
            directory.add_person(tx, somebody, [(desk.council, "other_iro", "")], LONG_AGO)
            assert before[0] == before[1]
            return before[0], holders()

    assert sorted(at_once(take_post)) == [(one, one + 1) for one in range(MANY)]


def _answer(desk: Desk, found: Known) -> Known:
    return answer.answer(desk.office, found.id, REPLY, desk.doing("manager", found))


def test_answers_to_different_alerts_wait_for_each_other_and_all_are_recorded(desk: Desk) -> None:
    alerts = [[desk.raised() for _ in range(3)] for _ in range(MANY)]

    def answer_three(number: int) -> list[Known]:
        return [_answer(desk, found) for found in alerts[number]]

    for answered in at_once(answer_three):
        assert [found.alert.happened[-1].kind for found in answered] == ["answered"] * 3
    with desk.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []
        assert event_store.head(tx)[0] == 3 * MANY * 3


def test_of_answers_to_one_alert_one_is_recorded_and_the_others_are_told(desk: Desk) -> None:
    found = desk.raised()
    results = at_once(lambda _: _answer(desk, found))
    assert sum(isinstance(one, Known) for one in results) == 1
    assert sum(isinstance(one, SomeoneWasFaster) for one in results) == MANY - 1


def test_the_first_numbers_of_a_year_are_given_once_each(desk: Desk) -> None:
    references = [found.alert.reference for found in at_once(lambda _: desk.raised())]
    assert sorted(references) == [f"LAM-2025-000{number + 1}" for number in range(MANY)]


def test_a_notice_of_one_name_is_written_once(desk: Desk) -> None:
    def write(_: int) -> bool:
        notice = NewNotice("iro", "digest", "Today", "Nothing")
        with desk.office.database.writing() as tx:
            return outbox.write_once(tx, notice, "digest of today", desk.office.now())

    assert sorted(at_once(write)) == [False] * (MANY - 1) + [True]


def test_reminders_and_morning_messages_are_written_once_however_many_write_them(
    desk: Desk,
) -> None:
    desk.raised()
    desk.at("Fri 2025-06-06")
    assert sum(at_once(lambda _: send_reminders.remind(desk.office))) == reminding_of(desk)
    assert sum(at_once(lambda _: digest.write_digests(desk.office))) == len(
        [notice for _, notice, _ in desk.mails() if notice == "digest"]
    )
    assert (send_reminders.remind(desk.office), digest.write_digests(desk.office)) == (0, 0)


def reminding_of(desk: Desk) -> int:
    """How many notices were written beside the raising's own."""
    number = len([notice for _, notice, _ in desk.mails() if notice not in {"asked", "copied"}])
    assert number > 0
    return number


def test_a_reader_sees_one_state_of_things_whatever_is_written_meanwhile(desk: Desk) -> None:
    with desk.office.database.reading() as tx:
        assert current_state.ids(tx) == ()
        desk.raised()
        assert current_state.ids(tx) == ()
    with desk.office.database.reading() as tx:
        assert len(current_state.ids(tx)) == 1


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ENGINES)
def test_a_store_that_nobody_closes_lets_go_of_its_connections(tmp_path: Path, engine: str) -> None:
    """Else they stay on the server until they are happened upon, and are told then in somebody else's place."""
    database = Database(store_url(tmp_path, engine))
    open_now: set[int] = set()
    tells = {
        "connect": lambda one, _: open_now.add(id(one)),
        "close": lambda one, _: open_now.discard(id(one)),
    }
    for what, tell in tells.items():
        event.listen(Pool, what, tell)
    with database.reading() as tx:
        tx.execute(text("SELECT 1"))
    assert len(open_now) == 1
    del tx, database
    assert not open_now
    for what, tell in tells.items():
        event.remove(Pool, what, tell)


def test_a_table_of_events_cannot_be_emptied_in_one_stroke(tmp_path: Path) -> None:
    """SQLite has no such statement."""
    desk = open_desk(tmp_path / "data", engine="postgresql")
    desk.raised()
    with (
        pytest.raises(IntegrityError, match="only ever added"),
        desk.office.database.writing() as tx,
    ):
        tx.execute(text("TRUNCATE events CASCADE"))
    desk.office.database.close()


@pytest.mark.postgres
def test_the_server_of_these_tests_has_no_address_on_any_network(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", engine="postgresql")
    with desk.office.database.reading() as tx:
        assert tx.execute(text("SHOW listen_addresses")).scalar_one() == ""
        assert tx.execute(text("SHOW unix_socket_directories")).scalar_one() == str(cluster().home)
    desk.office.database.close()
