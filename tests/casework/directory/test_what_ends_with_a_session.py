"""What opens something to somebody without asking who is there, and which events end it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.adapters.store.core import tables
from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.casework.directory import staff
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from tests.helpers.product.office import Desk


def end_every_post(desk: Desk, who: str) -> None:
    yesterday = desk.office.today - timedelta(days=1)
    with desk.office.database.writing() as tx:
        theirs = tables.holdings.c.person_id == who
        tx.execute(tables.holdings.update().where(theirs).values(until=yesterday))


def change_address(desk: Desk) -> None:
    staff.change(desk.office, COMMAND_LINE, "iro", "Iro Sample", "second-box@practice.invalid")


EVENTS: dict[str, Callable[[Desk], object]] = {
    "another address": change_address,
    "signed out everywhere": lambda desk: staff.sign_out(desk.office, COMMAND_LINE, "iro"),
    "left": lambda desk: staff.leave(desk.office, COMMAND_LINE, "iro"),
    "the last post ended": lambda desk: end_every_post(desk, "iro"),
}


def calendar(desk: Desk, who: str) -> str:
    return calendar_feed.make(desk.office, who).rpartition("/")[2].removesuffix(".ics")


def session(desk: Desk, who: str) -> str:
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link(who))
    assert isinstance(entered, Entered)
    return entered.session_token


@pytest.mark.parametrize("event", EVENTS)
def test_it_ends_sessions_links_and_the_calendar_address_together(desk: Desk, event: str) -> None:
    desk.raised("stage-1")
    token, link = calendar(desk, "iro"), desk.office.sign_in.issue_link("iro")
    opened = [session(desk, "iro") for _ in range(2)]
    assert b"VEVENT" in (calendar_feed.read(desk.office, token) or b"")
    EVENTS[event](desk)
    assert b"VEVENT" not in (calendar_feed.read(desk.office, token) or b"")
    assert [desk.office.sign_in.look_up(one) for one in opened] == [None, None]
    assert desk.office.sign_in.owner(link) is None
    entered = desk.office.sign_in.use(link)
    if isinstance(entered, Entered):  # without a post it opens what is worth nothing
        assert desk.office.sign_in.look_up(entered.session_token) is None


@pytest.mark.parametrize("event", EVENTS)
def test_and_nobody_elses(desk: Desk, event: str) -> None:
    token, link = calendar(desk, "other_iro"), desk.office.sign_in.issue_link("other_iro")
    opened = session(desk, "other_iro")
    EVENTS[event](desk)
    assert calendar_feed.read(desk.office, token) is not None
    assert desk.office.sign_in.look_up(opened) is not None
    assert isinstance(desk.office.sign_in.use(link), Entered)


def test_a_new_address_ends_the_old_one_and_a_new_name_ends_nothing(desk: Desk) -> None:
    first = calendar(desk, "iro")
    second = calendar(desk, "iro")
    assert calendar_feed.read(desk.office, first) is None
    opened = session(desk, "iro")
    staff.change(desk.office, COMMAND_LINE, "iro", "Iro Newname", "iro@practice.invalid")
    assert calendar_feed.read(desk.office, second) is not None
    assert desk.office.sign_in.look_up(opened) is not None


def test_signing_out_of_one_browser_leaves_the_calendar(desk: Desk) -> None:
    token, opened = calendar(desk, "iro"), session(desk, "iro")
    desk.office.sign_in.revoke(opened)
    assert calendar_feed.read(desk.office, token) is not None


def test_whoever_was_signed_out_everywhere_makes_a_new_address_and_signs_in_anew(
    desk: Desk,
) -> None:
    desk.office.sign_in.revoke_person("iro")
    assert calendar_feed.read(desk.office, calendar(desk, "iro")) is not None
    assert desk.office.sign_in.look_up(session(desk, "iro")) is not None
