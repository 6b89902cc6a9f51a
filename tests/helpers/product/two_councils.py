"""The whole product over two councils with an alert each, and everybody who may come to its doors."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import audit_samples
from practice_alerts.casework.directory.audit_samples import SampleWanted
from practice_alerts.web.assemble import whole
from practice_alerts.web.shell.origin import Home
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import (
    LONG_AGO,
    POSTS,
    READERS,
    TEAM,
    Desk,
    one_for_each_post,
    open_desk,
)

HERE, THERE = "lambeth", "merton"
MARKERS = {HERE: ("Lanternfish", "quicksilver"), THERE: ("Merrowglass", "periwinkle")}
"""A word that is typed into every text of a council's alert, and one in its line for the log."""

LOG_READERS = {"qa_lead", "iro_manager", "auditor"}
DISCLOSERS = {"iro_manager", "information_officer"}
POSTS_HERE = POSTS | {"chair": ("cp_chair", ""), "sampler": ("qa_lead", "")} | READERS
"""Among them a QA lead for whom the alert was drawn, beside one for whom none was."""
OF_A_TEAM = frozenset({"social_worker", "team_manager"})


@dataclass
class Outbox:
    sent: list[Email] = field(default_factory=list)

    def send(self, email: Email) -> None:
        self.sent.append(email)


@dataclass(frozen=True)
class Visitor:
    """Somebody at the door: what is in their cookie, and as whom they are known, if at all."""

    name: str
    cookie: str | None
    posts: frozenset[tuple[str, str]] = frozenset()
    person_id: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.posts)

    def reads_log_of(self, council: str) -> bool:
        return bool(self.posts & {(council, post) for post in LOG_READERS})

    def reads_reports_of(self, council: str) -> bool:
        return self.reads_log_of(council)

    def lists_alerts_of(self, council: str) -> bool:
        """Of those who read the log."""
        return bool(self.posts & {(council, "iro_manager"), (council, "auditor")})

    def discloses_in(self, council: str) -> bool:
        return bool(self.posts & {(council, post) for post in DISCLOSERS})


@dataclass
class TwoCouncils:
    """Served in this process; `there` is the same office as seen from the second council."""

    desk: Desk
    there: Desk
    alerts: dict[str, Known]
    outbox: Outbox = field(default_factory=Outbox)

    def app(self, guide: Path) -> Starlette:
        return whole(self.desk.office, self.outbox, guide)

    @property
    def home(self) -> Home:
        return Home(self.desk.office.settings.base_url)

    def asking_id(self, council: str) -> str:
        with self.desk.office.database.reading() as tx:
            return current_state.askings_of(tx, self.alerts[council].id)[0].id

    def asked(self, council: str) -> str:
        """The id of whoever is asked to answer there."""
        with self.desk.office.database.reading() as tx:
            return current_state.askings_of(tx, self.alerts[council].id)[0].person_id

    def visitors(self) -> Iterator[Visitor]:
        """Strangers of every kind, and a holder of each post of both councils."""
        yield from self._strangers()
        for council, people in ((HERE, POSTS_HERE), (THERE, self._posts_there())):
            for name, (post, _) in people.items():
                who = name if council == HERE else f"{THERE}-{name}"
                yield Visitor(who, self.session(who), frozenset({(council, post)}), who)

    def _strangers(self) -> Iterator[Visitor]:
        sign_in, good = self.desk.office.sign_in, self.session("iro")
        yield Visitor("stranger", None)
        yield Visitor("empty", "")
        yield Visitor("forged", "bWFkZSB1cA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
        yield Visitor("tampered", ("B" if good[0] == "A" else "A") + good[1:])
        yield Visitor("digest", sign_in.sessions_of(good)[0].handle)
        yield Visitor("link as cookie", sign_in.issue_link("iro"))
        revoked = self.session("iro")
        sign_in.revoke(revoked)
        yield Visitor("revoked", revoked)
        yield Visitor("expired", self._spoilt("iro", expires_at=timedelta(0)))
        yield Visitor("too old", self._spoilt("iro", started_at=timedelta(hours=-12)))
        yield Visitor("left", self.session("leaver"))
        yield Visitor("without a post", self.session("former"))
        with self.desk.office.database.writing() as tx:
            directory.remove_person(tx, "leaver", self.desk.office.now())
            theirs = tables.holdings.update().where(tables.holdings.c.person_id == "former")
            tx.execute(theirs.values(until=self.desk.office.today - timedelta(days=1)))

    def session(self, who: str) -> str:
        sign_in = self.desk.office.sign_in
        entered = sign_in.use(sign_in.issue_link(who))
        assert isinstance(entered, Entered)
        return entered.session_token

    def calendar(self, who: str) -> str:
        address = calendar_feed.make(self.desk.office, who)
        return address.removeprefix(self.desk.office.settings.base_url)

    def _spoilt(self, who: str, **moved: timedelta) -> str:
        """A session whose moments are put to now, and so much later."""
        token = self.session(who)
        handle = next(s.handle for s in self.desk.office.sign_in.sessions_of(token) if s.is_this)
        moments = {name: self.desk.office.now() + by for name, by in moved.items()}
        with self.desk.office.database.writing() as tx:
            this = tables.sessions.c.digest.startswith(handle)
            tx.execute(tables.sessions.update().where(this).values(moments))
        return token

    def _posts_there(self) -> Mapping[str, tuple[str, str]]:
        return _posts_there(self.desk)


def open_two_councils(data: Path) -> TwoCouncils:
    desk = open_desk(data)
    there = replace(desk, council=THERE)
    with desk.office.database.writing() as tx:
        for name, (post, _) in _posts_there(desk).items():
            team = TEAM if post in OF_A_TEAM else ""
            _enter(tx, f"{THERE}-{name}", THERE, post, team)
        for name, post in (("leaver", "iro"), ("former", "iro"), ("chair", "cp_chair")):
            _enter(tx, name, HERE, post, "")
        _enter(tx, "sampler", HERE, "qa_lead", "")
        for name, (post, _) in READERS.items():
            _enter(tx, name, HERE, post, "")
    alerts = {
        HERE: _raised(desk, "iro", HERE),
        THERE: _raised(there, f"{THERE}-iro", THERE),
    }
    sample = SampleWanted("Are alerts followed up?", 1, desk.office.today)
    audit_samples.draw(desk.office, desk.actor("sampler"), sample)
    return TwoCouncils(desk, there, alerts)


def _posts_there(desk: Desk) -> Mapping[str, tuple[str, str]]:
    return one_for_each_post(desk.office.council(THERE)) | READERS


def _enter(tx: Any, who: str, council: str, post: str, team: str) -> None:
    name = who.replace("-", " ").title()
    somebody = DirectoryPerson(who, f"{name} Sample", f"{who}@practice.invalid")
    directory.add_person(tx, somebody, [(council, post, team)], LONG_AGO)


def _raised(desk: Desk, who: str, council: str) -> Known:
    asked = wanted(desk, "practice_alert", "stage-1", team=TEAM)
    return raise_alert(
        desk.office, replace(asked, answers=_marked(asked.answers, council)), desk.doing(who)
    )


def _marked(answers: Mapping[str, Any], council: str) -> dict[str, Any]:
    word, in_log = MARKERS[council]

    def marked(said: Any) -> Any:
        if not isinstance(said, str):
            return said
        return said.replace("as typed", word).replace("Nothing has", f"Nothing {in_log} has")

    return {name: marked(said) for name, said in answers.items()}


def browser(
    app: Starlette,
    loop: asyncio.AbstractEventLoop,
    home: Home,
    cookie: str | None,
    *,
    comes_to: str = "",
) -> Asking:
    """That begins with this cookie. `comes_to` is where its requests arrive, if a proxy stands between."""

    def run(exchange: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        return asyncio.run_coroutine_threadsafe(exchange(), loop).result(timeout=60)

    cookies = {} if cookie is None else {home.cookie: cookie}
    return Asking(app, comes_to or home.base_url, cookies, run=run)
