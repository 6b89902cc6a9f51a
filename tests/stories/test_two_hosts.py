"""Two products on one store behind Debian's nginx, as the page on scale says: whoever is led where, it is one office.

On PostgreSQL each has a data folder of its own, as on two hosts; on SQLite both share one, on one host.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.views import alert_view
from practice_alerts.domain.standing.standings import Standing
from practice_alerts.office import Office
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.app.app_session import AppSession, Way
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.product.nginx import WHICH, Front
from tests.helpers.product.office import LONG_AGO, Desk, open_desk, three_for_each_post
from tests.helpers.product.postgresql import AS_IN_REAL_USE, AS_PRODUCT
from tests.helpers.product.running_product import Served

pytestmark = pytest.mark.nginx

COUNCILS = {AS_PRODUCT: IDS, "sqlite": ("lambeth",)}
"""Whose story is told on which; the engines differ in nothing that a council could see."""
ANSWER = "It will be looked into."
CONCERN = "No visit since March, and nobody has said why"
_SOON = 60  # seconds, on a busy machine


@dataclass
class Hosts:
    """Both products, and the two ways to them: a visitor's own address says to which they are led."""

    desk: Desk
    products: tuple[Served, Served]
    front: Front
    councils: Sequence[str]
    ways: list[Way] = field(default_factory=list)

    def address(self, at: int) -> str:
        return f"127.0.0.1:{self.products[at].port}"

    def find_ways(self) -> None:
        """From which addresses of this machine one comes to the first, and to the other."""
        ways = (Way(self.front.trusts, f"127.0.0.{number}") for number in range(2, 60))
        found: dict[str, Way] = {}
        while len(found) < len(self.products):
            way = next(ways)
            with way.visitor(base_url=self.front.origin) as visitor:
                found[visitor.get("/healthz").headers[WHICH]] = way
        self.ways = [found[self.address(at)] for at in range(len(self.products))]

    def window(self, person: str, page: str, at: int) -> AppSession:
        return AppSession(self.front.origin, self.link(person), page, self.ways[at])

    def visitor(self, cookies: dict[str, str], at: int) -> httpx.Client:
        own = {"origin": self.front.origin}
        base = self.front.origin
        return self.ways[at].visitor(base_url=base, headers=own, cookies=cookies)

    def link(self, person: str) -> str:
        self.desk.clock[:] = [Office.now()]
        return f"{self.front.origin}/sign-in/{self.desk.office.sign_in.issue_link(person)}"

    def sent(self, at: int) -> list[str]:
        """The ids of the e-mails that it says it has sent."""
        return re.findall(r"/\d+T\d+-(\S+)\.eml", self.products[at].printed)

    @property
    def mails(self) -> list[str]:
        return [*self.sent(0), *self.sent(1)]

    def logged(self, council_id: str, reference: str) -> bool:
        """By each of them."""
        return all((reference,) in rows(one.data / f"log/{council_id}.db") for one in self.products)


def rows(file: Path) -> list[Any]:
    with closing(sqlite3.connect(file)) as log:
        return log.execute("SELECT reference FROM alerts").fetchall()


@pytest.fixture(scope="module", params=AS_IN_REAL_USE)
def hosts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hosts]:
    folder, engine = tmp_path_factory.mktemp("hosts"), request.param
    desk = open_desk(folder / "one", engine=engine)
    desk.clock[:] = [Office.now()]
    at_work(desk)
    name = "one" if engine == "sqlite" else "two"
    if name == "two":
        shutil.copytree(folder / "one/keys", folder / "two/keys")
        (folder / "two").chmod(0o700)
    products = (Served(folder / "one", options=()), Served(folder / name, options=()))
    found = Hosts(desk, products, Front(folder, [one.port for one in products]), COUNCILS[engine])
    with pytest.MonkeyPatch.context() as patch:
        found.front.told_to_products(patch)
        if name == "two":
            patch.setenv("PRACTICE_ALERTS_DATABASE_URL", desk.office.database.url)
        try:
            for one in products:
                one.start()
            with found.front.up():
                found.find_ways()
                yield found
        finally:
            for one in products:
                one.kill()
    desk.office.database.close()


def at_work(desk: Desk) -> None:
    """Three for each post of each council."""
    with desk.office.database.writing() as tx:
        for one in IDS:
            for name, (post, team) in three_for_each_post(council(one)).items():
                who = f"{one}-{name}"
                person = DirectoryPerson(who, f"{who.title()} Sample", f"{who}@practice.invalid")
                directory.add_person(tx, person, [(one, post, team)], LONG_AGO)


def until(what: Callable[[], bool], why: str) -> None:
    end = time.monotonic() + _SOON
    while not what():
        assert time.monotonic() < end, why
        time.sleep(0.1)


# --------------------------------------------------------------------------------- one alert, at both


def test_raised_at_one_answered_at_the_other_and_reviewed_there(hosts: Hosts) -> None:
    """An alert of each council."""
    for one in hosts.councils:
        _goes_its_way(hosts, replace(hosts.desk, council=one))
    assert len(hosts.mails) == len({*hosts.mails})  # each once, by whichever of them


def _goes_its_way(hosts: Hosts, desk: Desk) -> None:
    officer, draft = begun(desk)
    with hosts.window(officer, "tray", at=0) as tab:
        reference = sent(tab, draft)
        for page, who in awaited(desk, known(desk, officer, reference)):
            answers(hosts, page, who)
        tab.draw("alert", f"reference={reference}")
        assert ANSWER in tab.words
    with hosts.visitor(tab.cookies, at=1) as visitor:  # signed in at one, known at the other
        paper = visitor.get(f"/documents/{reference}")
        assert (paper.status_code, paper.headers[WHICH]) == (200, hosts.address(1))
    with hosts.window(officer, "tray", at=1) as tab:
        tab.draw("alert", f"reference={reference}")
        tab.press("Review the response")
        tab.choose(tab.options("Is it good enough?")[0])
        tab.write("Why", "It names nobody and no day.")
        tab.press("Record the outcome")
    found = known(desk, officer, reference)
    assert desk.see(officer, found).where.standing is not Standing.TO_REVIEW
    until(lambda: hosts.logged(desk.council, reference), "both follow")


def begun(desk: Desk) -> tuple[str, str]:
    """An officer, and a draft of theirs that needs only to be sent."""
    procedure = desk.office.council(desk.council).procedure
    kind = next(name for name, one in procedure.kinds.items() if one.ladder in procedure.ladders)
    stage = procedure.ladders_of(kind)[0].stages[0].id
    raising = wanted(desk, kind, stage)
    officer = (
        f"{desk.council}-{next(iter(procedure.kinds[kind].raised_by or procedure.raising_posts))}"
    )
    answered = {**raising.answers, "raised_as": procedure.cases_of_kind(procedure.kinds[kind])[0]}
    body = {
        "step": 4,
        "furthest": 4,
        "council": desk.council,
        "kind": kind,
        "entry_stage": stage,
        "entry_reason": raising.entry_reason,
        "gate": raising.gate,
        "settle_by": str(raising.settle_by or ""),
        "asked": list(raising.asked),
        "answers": answered,
    }
    draft = kept_drafts.new_draft_id()
    kept_drafts.keep_draft(desk.office, officer, draft, body)
    return officer, draft


def sent(tab: AppSession, draft: str) -> str:
    tab.draw("raise", f"draft={draft}&step=4")
    tab.press("Send the alert")
    found = re.search(r"(\S+-\d+-\d+) is sent", tab.words)
    assert found, tab.words
    return found.group(1)


def known(desk: Desk, officer: str, reference: str) -> Known:
    return alert_view.see(desk.office, officer, reference).known


def awaited(desk: Desk, found: Known) -> list[tuple[str, str]]:
    """The answer pages of those who have to answer, and whose each is."""
    run = found.run
    people = run.yet_to_answer if run.sent.each else run.sent.asked[:1]
    with desk.office.database.reading() as tx:
        asked = select(t.askings.c.person_id, t.askings.c.id)
        rows = tx.execute(asked.where(t.askings.c.alert_id == found.id)).all()
    pages = {one.person_id: one.id for one in rows}
    return [(f"/respond/{pages[one.id]}", one.id) for one in people]


def answers(hosts: Hosts, page: str, who: str) -> None:
    """Typed at the first, sent from the other."""
    cookies = AppSession(hosts.front.origin, hosts.link(who), "", hosts.ways[0]).cookies
    with hosts.visitor(cookies, at=0) as visitor:
        assert visitor.get(page).headers[WHICH] == hosts.address(0)
        typed = visitor.post(page, data={"press": "typing", "text": ANSWER})
        assert typed.status_code == 204
    with hosts.visitor(cookies, at=1) as visitor:
        shown = visitor.get(page)
        assert (ANSWER in shown.text, shown.headers[WHICH]) == (True, hosts.address(1))
        form = shown.text.partition('data-keeps="typing"')[2]
        hidden = dict(re.findall(r'name="(seen|act_key)" value="([^"]*)"', form)[:2])
        answer = {**hidden, "press": "send", "text": ANSWER, "response": "other"}
        assert visitor.post(page, data=answer).headers["location"] == f"{page}/thanks"


# ------------------------------------------------------------------------------------- one of them dies


def test_any_of_them_is_killed_and_everything_goes_on(hosts: Hosts) -> None:
    """A page is opened again and goes on from its draft, whoever is signed in stays so, and no e-mail is lost."""
    desk = replace(hosts.desk, council="lambeth")
    leads = _leader(hosts)
    other = 1 - leads
    officer, draft = begun(desk)
    tab = hosts.window(officer, "tray", at=leads)
    with tab:
        tab.draw("raise", f"draft={draft}&step=2")
        tab.write("Practice concerns", CONCERN)
        more = written(desk, 40)
        until(lambda: len({*hosts.sent(leads)} & more) > 3, "the one that leads sends")
        hosts.products[leads].kill()
    with tab:  # from the same place, with the same cookie
        tab.draw("raise", f"draft={draft}&step=2")
        assert tab.field("Practice concerns") == CONCERN
        reference = sent(tab, draft)
    assert known(desk, officer, reference).alert.answers["concerns"] == CONCERN
    _the_other_has_sent(hosts, more, other)
    hosts.products[leads].start()
    until(lambda: hosts.logged("lambeth", reference), "both follow")
    assert _straight(hosts.products[leads], hosts.front, tab.cookies) == 200
    with hosts.visitor(tab.cookies, at=other) as visitor:
        assert visitor.post("/sign-out").status_code == 303
    assert _straight(hosts.products[leads], hosts.front, tab.cookies) == 401


def _straight(product: Served, front: Front, cookies: dict[str, str]) -> int:
    """What a page for those signed in answers; past the proxy, which does not ask one that was down so soon again."""
    own = {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    own |= {"host": f"localhost:{front.port}"}
    return httpx.get(f"{product.origin}/sessions", headers=own, trust_env=False).status_code


def _leader(hosts: Hosts) -> int:
    ids = written(hosts.desk, 3)
    until(lambda: {*hosts.mails} >= ids, "everything is sent")
    return 0 if {*hosts.sent(0)} & ids else 1


def written(desk: Desk, many: int) -> set[str]:
    """So many e-mails that may leave on any day."""
    new = NewNotice("iro", "told_at_once", "Your address was changed", "Ask if it was not you.")
    with desk.office.database.writing() as tx:
        return {outbox.write(tx, new, Office.now()) for _ in range(many)}


def _the_other_has_sent(hosts: Hosts, ids: set[str], other: int) -> None:
    until(lambda: {*hosts.mails} >= ids, "the other goes on")
    assert {*hosts.sent(other)} & ids
    sent_twice = [one for one in hosts.mails if hosts.mails.count(one) > 1]
    assert len({*sent_twice}) <= 1  # what it had in its hands may go twice, under one Message-ID
