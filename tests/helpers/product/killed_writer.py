"""A process that records, tells and sends without a pause until somebody kills it; each act is said before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import load_all
from practice_alerts.adapters.keys import SealKeys, keys
from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.acts.review_response import review
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.jobs import send_mail, sync_log
from practice_alerts.casework.proof import witness
from practice_alerts.office import Office, Settings
from tests.helpers.alerts.act_answers import outcome, reply
from tests.helpers.days import moment
from tests.helpers.product.office import Desk

COUNCILS = load_all(ROOT / "procedures", ROOT / "form_templates")
"""Read once, as this is imported: each process that is forked after has them."""


class Begun(NamedTuple):
    key: str


class Done(NamedTuple):
    """It was acknowledged: what somebody would have read on their screen."""

    key: str


class Kept(NamedTuple):
    """A draft was acknowledged, with what was typed last."""

    about: str
    text: str


Said = Begun | Done | Kept


@dataclass(frozen=True)
class Post:
    """A mail server that writes down what it was handed, and under which id."""

    file: Path

    def send(self, email: Email) -> None:
        with self.file.open("a", encoding="ascii") as book:
            book.write(f"{email.id}\n")


def office_of(data: Path, url: str) -> Office:
    settings = Settings(ROOT / "procedures", ROOT / "form_templates", data)
    now = moment("Mon 2025-06-02 09:00")
    seals = SealKeys(data / "keys")
    return Office(settings, COUNCILS, Database(url, seals), keys(data / "keys", {}), lambda: now)


def write_until_killed(data: Path, url: str, name: str, said: Connection) -> None:
    for _ in rounds(Desk(office_of(data, url)), name, said):
        pass


def rounds(desk: Desk, name: str, said: Connection) -> Iterator[None]:
    """In each an alert is raised, answered and reviewed, and what runs beside the pages has its turn."""
    office, post = desk.office, Post(desk.office.settings.data / "sent")
    for number in count(1):
        about = f"{name}-{number}"
        asking, key = desk.raising(case_number=about), f"{about} raise"
        act = partial(raise_alert, office, asking, desk.doing("iro", act_key=key))
        found = _done(said, key, act)
        draft = f"answer:{found.id}"
        kept_drafts.keep(office, "manager", draft, {"text": about})
        said.send(Kept(draft, about))
        send_mail.send_waiting(office, post)
        answers, key = reply("Soon.", "done"), f"{about} answer"
        act = partial(answer, office, found.id, answers, desk.doing("manager", found, key))
        found = _done(said, key, act)
        sync_log.catch_up(office)
        answers, key = outcome("not_satisfactory", "No date."), f"{about} review"
        act = partial(review, office, found.id, answers, desk.doing("iro", found, key))
        _done(said, key, act)
        witness.note(office.database, office.settings.witness, office.now())
        yield


def _done(said: Connection, key: str, act: Callable[[], Known]) -> Known:
    said.send(Begun(key))
    found = act()
    said.send(Done(key))
    return found
