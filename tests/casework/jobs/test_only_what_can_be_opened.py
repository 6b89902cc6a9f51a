"""Whoever is sent anything about an alert can open it, whatever the cover that was entered."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.jobs.digest import write_digests
from practice_alerts.casework.jobs.send_reminders import remind
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.alerts.recorded_events import closed
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk, open_desk

DAYS = 12


@pytest.fixture
def merton(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "merton", council="merton")
    yield opened
    opened.office.database.close()


def covered(desk: Desk, away: str, cover: str) -> None:
    """As a directory of another day may have it: the cover has since gone to another post."""
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, away, cover, day("Mon 2025-06-02"), day("Tue 2025-12-30"))


def written_to(desk: Desk) -> set[str]:
    return {who for who, _, _ in desk.mails()}


@pytest.mark.parametrize(
    ("away", "cover", "may"),
    [
        ("iro", "other_iro", True),
        ("iro", "director", False),
        ("social_worker", "head_of_service", True),
        ("team_manager", "director", False),
        ("safeguarding_manager", "director", False),
    ],
)
def test_a_cover_hears_of_what_they_may_open_and_of_nothing_else(
    merton: Desk, away: str, cover: str, may: bool
) -> None:
    """At Stage One of Merton the social worker is asked, and manager and safeguarding manager get a copy."""
    desk = merton
    with desk.office.database.writing() as tx:
        person = DirectoryPerson("other_iro", "Other Sample", "other_iro@practice.invalid")
        directory.add_person(tx, person, [("merton", "iro", "")], LONG_AGO)
    covered(desk, away, cover)
    asked = wanted(desk.at("Mon 2025-06-02"), "practice_alert", "stage-1")
    found = raise_alert(desk.office, asked, desk.doing("iro"))
    for _ in range(DAYS):
        desk.clock[0] += timedelta(days=1)
        remind(desk.office)
        write_digests(desk.office)
    closed(desk, found)
    assert desk.can_open(cover, found) is may
    assert (cover in written_to(desk)) is may
    assert {one for one in written_to(desk) if desk.can_open(one, found)} == written_to(desk)


def test_a_morning_message_holds_their_own_and_nothing_they_cannot_open(desk: Desk) -> None:
    covered(desk, "iro", "other_iro")
    covered(desk, "iro", "director")
    theirs = desk.at("Mon 2025-06-02").raised("stage-1")
    own = desk.raised("stage-1", who="other_iro")
    write_digests(desk.at("Tue 2025-06-03").office)
    texts = {who: text for who, notice, text in desk.mails() if notice == "digest"}
    assert texts.keys() == {"iro", "other_iro"}
    assert own.alert.reference not in texts["iro"]
    assert all(one.alert.reference in texts["other_iro"] for one in (theirs, own))
