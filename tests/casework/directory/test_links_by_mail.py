"""Whether somebody works here shows neither in what is answered nor in how much work it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.directory.signing_in import links_by_mail
from practice_alerts.domain.notices.texts import Notices
from tests.helpers.product.office import Desk
from tests.stories.test_storage_trouble import asked


class Postbox:
    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, email: Email) -> None:
        self.sent.append(email.to)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done that others would wait for: each transaction, each text that is filled in."""
    done: list[str] = []
    reading, writing, write = Database.reading, Database.writing, Notices.write

    @contextmanager
    def read(self: Database) -> Iterator[Any]:
        done.append("reads")
        with reading(self) as tx:
            yield tx

    @contextmanager
    def written(self: Database, *patience: float) -> Iterator[Any]:
        done.append("writes")
        with writing(self, *patience) as tx:
            yield tx

    def filled(self: Notices, *given: Any, **more: Any) -> Any:
        done.append("fills in")
        return write(self, *given, **more)

    monkeypatch.setattr(Database, "reading", read)
    monkeypatch.setattr(Database, "writing", written)
    monkeypatch.setattr(Notices, "write", filled)
    return done


def mail_of(desk: Desk) -> str:
    with desk.office.database.reading() as tx:
        person = directory.person(tx, "iro")
    assert person is not None
    return person.mail


def counted(work: list[str], do: Callable[[], object]) -> dict[str, int]:
    work.clear()
    do()
    return {one: work.count(one) for one in ("reads", "writes", "fills in")}


def test_an_address_that_is_held_makes_as_much_work_as_one_that_is_not(
    desk: Desk, work: list[str]
) -> None:
    postbox = Postbox()

    def ask(mail: str) -> Callable[[], object]:
        return partial(links_by_mail.mail_link, desk.office, postbox, mail, "/app/")

    mail = mail_of(desk)
    held = counted(work, ask(mail))
    assert len(postbox.sent) == 1
    assert held["writes"] == 2, "the link, and that it was asked for"
    unknown = [ask(f"nobody{number}@council.example") for number in range(70)]
    for again in (unknown[0], *unknown):  # also where the log has enough of them
        assert counted(work, again) == held
    assert counted(work, ask(mail)) == held
    assert len(postbox.sent) == 2


def test_a_page_that_there_is_makes_as_much_work_as_one_that_never_was(
    desk: Desk, work: list[str]
) -> None:
    postbox, found = Postbox(), desk.raised()
    (asking,) = asked(desk, found.id)
    held, made_up = (
        counted(work, partial(links_by_mail.mail_link_to_asked, desk.office, postbox, one))
        for one in (asking, "0" * 24)
    )
    assert held == made_up
    assert len(postbox.sent) == 1
