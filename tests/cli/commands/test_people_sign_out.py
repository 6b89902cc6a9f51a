"""Signing somebody out everywhere from the command line, as an administrator does on a bad day."""

import json
from datetime import UTC
from pathlib import Path

import pytest

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.adapters.store.office import outbox
from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.cli.support.context import World
from practice_alerts.domain.dates import LONDON
from practice_alerts.office import Office
from tests.helpers.product.run_command import NOW, refused, said


@pytest.fixture
def office(sample_office: Path) -> Office:
    world = World(data=str(sample_office), clock=lambda: NOW)
    return world.office(world.settings())


def session(office: Office, who: str) -> str:
    entered = office.sign_in.use(office.sign_in.issue_link(who))
    assert isinstance(entered, Entered)
    return entered.session_token


def test_everything_open_to_them_ends_and_nothing_of_anybody_else(office: Office) -> None:
    theirs = [session(office, "sample-tm") for _ in range(2)]
    link = office.sign_in.issue_link("sample-tm")
    address = calendar_feed.make(office, "sample-tm")
    other = session(office, "sample-sm")
    assert said("people", "sign-out", "sample-tm") == "Toni Sample is signed out everywhere\n"
    assert [office.sign_in.look_up(one) for one in theirs] == [None, None]
    assert office.sign_in.owner(link) is None
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert calendar_feed.read(office, token) is None
    assert office.sign_in.look_up(other) is not None
    assert office.sign_in.look_up(session(office, "sample-tm")) is not None


def test_that_it_was_done_is_kept_with_by_whom_and_told_to_them_at_londons_time(
    office: Office,
) -> None:
    said("people", "--by", "Root Sample", "sign-out", "sample-tm")
    rows = json.loads(said("people", "changes", "lambeth", "--json"))
    assert rows[0] == {
        "at": f"{NOW.astimezone(LONDON):%Y-%m-%d %H:%M}",
        "change": "Toni Sample is signed out everywhere",
        "by": "Root Sample, by a command",
        "why": "",
        "state": "made",
    }
    assert rows[0]["at"] != f"{NOW.astimezone(UTC):%Y-%m-%d %H:%M}"
    with office.database.reading() as tx:
        written = outbox.waiting(tx, NOW)
    assert [one.subject for one in written if one.name == "Toni Sample"] == [
        "Your entry in the directory of practice alerts was changed"
    ]


@pytest.mark.usefixtures("sample_office")
def test_somebody_who_is_not_there_is_said_to_be_unknown() -> None:
    assert "Nobody in the directory has the address or id nobody" in refused(
        "people", "sign-out", "nobody"
    )
