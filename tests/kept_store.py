"""Makes a store to which everything happened that can happen: what later versions must open and go on with.

Made once for each schema, by the version that brought it, and never again: what is wanted is the store of
that time.

    python -m tests.kept_store tests/fixtures/store_of_schema_0003
"""

from __future__ import annotations

import lzma
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import get_args

from sqlalchemy import select
from typing_extensions import override

from practice_alerts import ROOT
from practice_alerts.adapters.links_and_sessions import OfAccount
from practice_alerts.adapters.mail import Email, NotSent, Sender
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import security_rows, sign_on_accounts
from practice_alerts.adapters.store.office.directory import DirectoryPerson, add_person
from practice_alerts.casework.acts import answer
from practice_alerts.casework.calendar import calendar_feed, closures
from practice_alerts.casework.directory import partner_contacts
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.documents import render
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.jobs import digest, send_mail, send_reminders
from practice_alerts.casework.sample.sample_office import make_sample_office
from practice_alerts.casework.sample.sample_people import IRO, sample_people
from practice_alerts.casework.views import saved_views
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Event
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.office import Office, Settings, open_office
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day, moment
from tests.helpers.product.office import LONG_AGO, Desk, one_for_each_post
from tests.helpers.stories.random_walk import Walk, begun

DRAFT = "draft-of-raising"
STATES = (
    *("sent", "answered", "judged", "held", "escalated", "referred", "step_done", "closed"),
    *(
        "hold_reviewed",
        "date_agreed",
        "signed_off",
        "followed_up",
        "standstill_ended",
        "overridden",
    ),
    *("corrected", "reassigned", "reopened"),
)
"""At each council one alert is left right after each of these, where it came to that."""

ANYBODY = "service_manager"  # whom a walk asks where a procedure leaves open who must answer
_DATA = "practice-alerts.db"
_MOST_ACTS = 14


def make(folder: Path) -> None:
    """The store, compressed, and its keys, which open nothing else."""
    with TemporaryDirectory() as data:
        for name in ("session", "pseudonym"):
            _key(folder, name)
            _key(Path(data), name)
        _fill(Path(data))
        with closing(sqlite3.connect(f"{data}/{_DATA}")) as store:
            store.execute("VACUUM INTO ?", (f"{data}/whole.db",))
        whole = Path(data, "whole.db").read_bytes()
        packed = lzma.compress(whole, preset=9 | lzma.PRESET_EXTREME)
        (folder / f"{_DATA}.xz").write_bytes(packed)


def _key(folder: Path, name: str) -> None:
    path = folder / "keys" / f"{name}.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"of-a-test-and-nothing-else-{name}\n", encoding="ascii")
    path.chmod(0o600)


def _fill(data: Path) -> None:
    clock = [moment("Mon 2025-06-02 09:00")]
    settings = Settings(ROOT / "procedures", ROOT / "form_templates", data)
    office = open_office(settings, {}, now=lambda: clock[0], migrate=True)
    make_sample_office(office)
    for council, people in sorted(_everybody(office).items()):
        _alerts(Desk(office, clock, council), people)
    lambeth = Desk(office, clock, "lambeth").at("Mon 2025-09-01 09:00")
    _drafts(lambeth)
    _round_about(lambeth)
    _emails(office)
    _must_be_varied(office)
    office.database.close()


def _everybody(office: Office) -> dict[str, list[str]]:
    """Who works where; to the sample's people come those in posts that it leaves empty."""
    every = [(one.council, one.id, one.post) for one in sample_people(office.councils)]
    at_lambeth = {post for council, _, post in every if council == "lambeth"}
    posts = {post for post, _ in one_for_each_post(office.council("lambeth")).values()}
    more = [("lambeth", f"sample-{post}", post) for post in sorted(posts - at_lambeth)]
    more += [("unnamed-2015", ANYBODY, ANYBODY), ("knowsley", ANYBODY, ANYBODY)]
    for council in office.councils:
        officers = set(office.council(council).procedure.raising_posts)
        more += [(council, f"{council}-second", post) for post in sorted(officers)]
    with office.database.writing() as tx:
        for person in {person for _, person, _ in more}:
            somebody = DirectoryPerson(person, f"{person.title()} Muster", f"{person}@x.invalid")
            held = [(council, post, "") for council, who, post in more if who == person]
            add_person(tx, somebody, held, LONG_AGO)
    people: dict[str, list[str]] = {}
    for council, person, _ in (*every, *more):
        people.setdefault(council, []).append(person)
    return {council: list(dict.fromkeys(them)) for council, them in people.items()}


def _alerts(desk: Desk, people: Sequence[str]) -> None:
    for number, state in enumerate(STATES):
        desk.clock[:] = [moment("Mon 2025-06-02 10:00") + timedelta(days=number)]
        rng = Random(f"{desk.council} {state}")  # noqa: S311 - what happens, not who is let in
        _left_at(begun(desk, rng, people), state)


def _left_at(walk: Walk, state: str) -> None:
    for _ in range(_MOST_ACTS):
        if walk.found.alert.happened[-1].kind == state:
            break
        walk.pause()
        _go_towards(walk, _ACTS.get(state))
    render.issue(walk.desk.office, walk.found, walk.found.alert.officer.id)


def _go_towards(walk: Walk, act: Act | None) -> None:
    able = [who for who in dict.fromkeys(walk._likely()) if act and act in walk.possible(who)]
    if act and able:
        walk.do(able[0], act)
    else:
        walk.act()


_ACTS = {
    "answered": Act.ANSWER,
    "judged": Act.REVIEW_RESPONSE,
    "held": Act.HOLD,
    "hold_reviewed": Act.REVIEW_HOLD,
    "date_agreed": Act.AGREE_DATE,
    "step_done": Act.STEP,
    "signed_off": Act.SIGN_OFF,
    "referred": Act.REFER,
    "followed_up": Act.FOLLOW_UP,
    "done_by_hand": Act.BY_HAND,
    "standstill_ended": Act.LIFT_STANDSTILL,
    "overridden": Act.OVERRIDE,
    "corrected": Act.CORRECT,
    "reassigned": Act.HAND_ON,
    "closed": Act.CLOSE,
    "reopened": Act.REOPEN,
    "change_recorded": Act.RECORD_CHANGE,
}


def _round_about(desk: Desk) -> None:
    """Covers, closures, contacts, feeds, views, sessions: what an office keeps beside its alerts."""
    office, admin = desk.office, desk.actor("sample-admin")
    cover = absence_cover.Cover(
        "sample-tm", "sample-sm", day("Mon 2025-09-01"), day("Fri 2025-09-12")
    )
    absence_cover.set_cover(office, admin, cover)
    closing = closures.Closing(day("Wed 2025-09-03"), day("Thu 2025-09-04"), "Move of offices")
    closures.close(office, admin, "lambeth", closing)  # so late that it waits for a second person
    in_time = closures.Closing(day("Wed 2025-09-17"), None, "Move of offices")
    closures.close(office, admin, "lambeth", in_time)
    place = partner_contacts.overview(office, admin, "lambeth")[0]
    told = partner_contacts.ContactDetails(
        "Robin Outside", "robin@x.invalid", "", day("Mon 2026-03-02")
    )
    partner_contacts.add(office, admin, "lambeth", (place.partner, place.post), told)
    calendar_feed.make(office, IRO)
    saved_views.keep(office, IRO, "Mine", Filters())
    office.sign_in.use(office.sign_in.issue_link(IRO))
    account = OfAccount("https://accounts.council.example", "sample-account", None, office.now())
    office.sign_in.open_by_account(IRO, account)
    with office.database.writing() as tx:
        sign_on_accounts.link(tx, account.issuer, account.subject, IRO, office.now())
        until = office.now() + timedelta(minutes=2)
        sign_on_accounts.use_once(tx, account.issuer, "of-once", until, office.now())
        for row in tx.execute(tables.alerts.select().limit(3)).all():
            looked = SecurityEntry(SecurityKind.ALERT_OPENED, IRO, row.council, row.id)
            security_rows.add(tx, looked, office.now())


def _drafts(desk: Desk) -> None:
    """One of a raising that only waits to be sent, and one of an answer."""
    asking = wanted(desk, "practice_alert", "stage-1")
    body = {
        "step": 4,
        "council": asking.council,
        "kind": asking.kind,
        "entry_stage": asking.entry_stage,
        "entry_reason": asking.entry_reason,
        "answers": dict(asking.answers),
    }
    kept_drafts.keep_draft(desk.office, IRO, DRAFT, body)
    found = desk.raised(who=IRO)
    asked = found.run.sent.asked[0].id
    reply = {"text": "It begins on Monday.", "response": "will_be_done", "promise_by": "2025-09-08"}
    kept_drafts.keep(desk.office, asked, answer.draft_name(found.id), reply)


@dataclass
class _OneInThree(Sender):
    """Takes an e-mail, refuses one for good, and cannot be reached for the third."""

    count: int = 0

    @override
    def send(self, email: Email) -> None:
        self.count += 1
        if self.count % 3:
            raise NotSent("It was not to be.", for_good=self.count % 3 == 1)


def _emails(office: Office) -> None:
    send_reminders.remind(office)
    digest.write_digests(office)
    send_mail.send_waiting(office, _OneInThree())


def _must_be_varied(office: Office) -> None:
    """Every kind of event, and something in every table."""
    kinds = {one.model_fields["kind"].default for one in get_args(Event)}
    with office.database.reading() as tx:
        found = set(tx.execute(select(tables.events.c.kind)).scalars())
        empty = [t.name for t in tables.metadata.sorted_tables if not tx.execute(select(t)).first()]
    assert kinds == found, kinds - found
    assert empty == [], empty


if __name__ == "__main__":
    make(Path(sys.argv[1]))
