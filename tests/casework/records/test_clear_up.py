"""Sessions, links, what e-mails said and drafts: each goes by itself once it is as old as is stated, and nothing else does."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.environment import KeptFor
from practice_alerts.adapters.links_and_sessions import Entered, LinkState
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.office import outbox
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.records.clear_up import SPENT, Spent, clear_up
from practice_alerts.casework.views.service_settings import service_settings
from practice_alerts.office import Settings
from tests.helpers.product.office import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    opened.raised()
    yield opened
    opened.office.database.close()


def session_that_ended(desk: Desk) -> None:
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link("iro"))
    assert isinstance(entered, Entered)
    desk.office.sign_in.revoke(entered.session_token)


def link_too_old(desk: Desk) -> None:
    desk.office.sign_in.issue_link("manager")
    desk.clock[0] += timedelta(minutes=30)


def email_that_was_sent(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        outbox.all_went_out(tx, desk.office.now())


def draft(desk: Desk) -> None:
    kept_drafts.keep(desk.office, "manager", "answer:1", {"text": "Half a sentence"})


BECOMES: dict[Spent, tuple[Callable[[Desk], None], Any, int]] = {
    Spent.SESSIONS: (session_that_ended, t.sessions, 30),
    Spent.LINKS: (link_too_old, t.sign_in_links, 7),
    Spent.EMAILS: (email_that_was_sent, t.outbox, 180),
    Spent.DRAFTS: (draft, t.drafts, 180),
}


def rows(desk: Desk, table: Any) -> list[Any]:
    with desk.office.database.reading() as tx:
        return list(tx.execute(table.select()))


def gone(desk: Desk, what: Spent) -> int:
    return clear_up(desk.office)[what]


@pytest.mark.parametrize("what", Spent)
def test_each_goes_at_its_age_and_not_a_day_before(desk: Desk, what: Spent) -> None:
    begin, table, days = BECOMES[what]
    begin(desk)
    desk.clock[0] += timedelta(days=days)
    before = rows(desk, table)
    assert before
    assert gone(desk, what) == 0
    assert rows(desk, table) == before
    desk.clock[0] += timedelta(minutes=1)
    assert gone(desk, what) == len(before)
    assert gone(desk, what) == 0
    assert prove(desk.office).holds


@pytest.mark.parametrize("what", Spent)
def test_each_age_is_a_setting_and_the_settings_page_says_it(desk: Desk, what: Spent) -> None:
    begin, _, days = BECOMES[what]
    begin(desk)
    read = Settings.read({f"PRACTICE_ALERTS_DAYS_OF_{what.name}": "29"}).kept_for
    assert SPENT[what].days(read) == 29
    assert SPENT[what].days(KeptFor()) == days
    desk.office = replace(desk.office, settings=replace(desk.office.settings, kept_for=read))
    said = dict(service_settings(desk.office, desk.actor("admin")))
    assert said[SPENT[what].says] == "29 days"
    desk.clock[0] += timedelta(days=28, hours=23)
    assert gone(desk, what) == 0
    desk.clock[0] += timedelta(hours=2)
    assert gone(desk, what) > 0


def test_what_is_in_use_stays(desk: Desk) -> None:
    """A session that goes on, a link that works, an e-mail that waits for somebody who is here, a draft typed on."""
    desk.clock[0] += timedelta(days=400)
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link("iro"))
    assert isinstance(entered, Entered)
    link = desk.office.sign_in.issue_link("manager")
    draft(desk)
    waits = [one for one in rows(desk, t.outbox) if one.sent_at is None]
    assert waits
    assert set(clear_up(desk.office).values()) == {0}
    assert desk.office.sign_in.look_up(entered.session_token) is not None
    assert desk.office.sign_in.peek(link) is LinkState.USABLE
    assert [one for one in rows(desk, t.outbox) if one.sent_at is None] == waits


def test_of_an_email_it_stays_known_that_it_was_sent(desk: Desk) -> None:
    email_that_was_sent(desk)
    before = rows(desk, t.outbox)
    desk.clock[0] += timedelta(days=181)
    assert gone(desk, Spent.EMAILS) == len(before)
    after = rows(desk, t.outbox)
    assert {(one.subject, one.body, one.mail) for one in after} == {("", "", None)}
    kept = [
        (one.id, one.alert_id, one.person_id, one.notice, one.sent_at, one.once) for one in before
    ]
    assert [
        (one.id, one.alert_id, one.person_id, one.notice, one.sent_at, one.once) for one in after
    ] == kept


def test_what_waits_for_whoever_left_goes_whole(desk: Desk) -> None:
    waits = {one.person_id for one in rows(desk, t.outbox)}
    assert "manager" in waits
    with desk.office.database.writing() as tx:
        tx.execute(
            t.people.update().where(t.people.c.id == "manager").values(left_at=desk.office.now())
        )
    desk.clock[0] += timedelta(days=181)
    assert gone(desk, Spent.EMAILS) > 0
    assert {one.person_id for one in rows(desk, t.outbox)} == waits - {"manager"}


def test_a_link_that_is_gone_is_too_old_and_not_forged(desk: Desk) -> None:
    link = desk.office.sign_in.issue_link("manager")
    desk.clock[0] += timedelta(days=8)
    assert gone(desk, Spent.LINKS) == 1
    assert desk.office.sign_in.peek(link) is LinkState.EXPIRED
