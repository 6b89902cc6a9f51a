"""Somebody's dates as a calendar: which, whose, by reference alone, and at an address that can be taken back."""

from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.review_response import agree_date
from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.casework.sample.sample_office import sample_answers
from tests.helpers.alerts.recorded_events import answered, closed, held, reviewed
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk, open_desk
from tests.helpers.stories.generated_alert import raised_at
from tests.helpers.stories.tarnbrook import files_as_written, open_tarnbrook, read
from tests.stories.test_begun_can_be_ended import raised


def token(desk: Desk, who: str) -> str:
    address = calendar_feed.make(desk.office, who)
    start = f"{desk.office.settings.base_url}/calendar/"
    assert address.startswith(start)
    assert address.endswith(".ics")
    return address.removeprefix(start).removesuffix(".ics")


def dates(desk: Desk, its_token: str) -> dict[str, str]:
    """Title to day, of all that stands in the calendar."""
    found = calendar_feed.read(desk.office, its_token)
    assert found is not None
    events = Calendar.from_ical(found).walk("vevent")
    return {str(one["summary"]): one.decoded("dtstart").isoformat() for one in events}


def test_whoever_raised_it_sees_answer_limit_and_last_day_to_go_on(desk: Desk) -> None:
    reference = desk.raised("stage-1").alert.reference
    assert dates(desk, token(desk, "iro")) == {
        f"{reference}: answer due": "2025-06-06",
        f"{reference}: time limit": "2025-06-30",
        f"{reference}: last day to go on": "2025-06-06",
    }


def test_whoever_is_asked_sees_what_they_owe_and_nothing_else(desk: Desk) -> None:
    reference = desk.raised("stage-1").alert.reference
    assert dates(desk, token(desk, "manager")) == {f"{reference}: your answer is due": "2025-06-06"}
    assert dates(desk, token(desk, "service")) == {}


def test_what_is_over_leaves_the_calendar(desk: Desk) -> None:
    found = desk.raised("stage-1")
    mine, theirs = token(desk, "iro"), token(desk, "manager")
    found = answered(desk, found)
    assert not any("answer" in title for title in [*dates(desk, mine), *dates(desk, theirs)])
    found = held(desk, found, day("Thu 2025-07-31"))
    assert dates(desk, mine)[f"{found.alert.reference}: hold ends"] == "2025-07-31"
    assert f"{found.alert.reference}: last day to go on" not in dates(desk, mine)
    assert list(dates(desk, theirs).values()) == ["2025-07-31"]
    closed(desk, reviewed(desk, found, "put_right"))
    assert dates(desk, mine) == dates(desk, theirs) == {}


KINDS_OF_DAY = [
    ("lambeth", "practice_alert", "stage-1", {"answer due"}, {"your answer is due"}),
    ("knowsley", "challenge", "stage-1", {"aim to put it right"}, {"aim to put it right"}),
    ("unnamed-2015", "concern", "stage-1", {"answer due"}, {"your answer is due"}),
    (
        "tarnbrook",
        "concern",
        "step-1",
        {"answer due", "aim to put it right"},
        {"your answer is due", "aim to put it right"},
    ),
    (
        "tarnbrook",
        "concern",
        "step-2",
        {"step due: Talk of the leads"},
        {"step due: Talk of the leads"},
    ),
    (
        "tarnbrook",
        "concern",
        "talk",
        {"answer due", "to be put right"},
        {"your answer is due", "to be put right"},
    ),
]
ALWAYS = {"time limit", "last day to go on"}


@pytest.mark.parametrize(("council", "kind", "stage", "own", "theirs"), KINDS_OF_DAY)
def test_each_day_is_named_for_what_it_is_the_day_of(
    tmp_path: Path, council: str, kind: str, stage: str, own: set[str], theirs: set[str]
) -> None:
    if council == "tarnbrook":
        desk = open_tarnbrook(tmp_path / "data", read(*files_as_written()))
        found = raised(desk, stage)
    else:
        desk = open_desk(tmp_path / "data", council=council)
        found = raised_at(desk, kind, stage)
    asked = found.run.sent.asked[0].id
    for who, wanted in ((found.alert.officer.id, own), (asked, theirs)):
        titles = {title.partition(": ")[2] for title in dates(desk, token(desk, who))}
        assert titles - ALWAYS == wanted
    desk.office.database.close()


def test_whoever_stands_in_sees_the_dates_as_long_as_they_do(desk: Desk) -> None:
    desk.raised("stage-1")
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "iro", "other_iro", day("Mon 2025-06-02"), day("Tue 2025-06-03"))
    its_token = token(desk, "other_iro")
    assert len(dates(desk, its_token)) == 3
    assert dates(desk.at("Wed 2025-06-04"), its_token) == {}


def test_an_entry_keeps_its_name_while_its_day_moves(desk: Desk) -> None:
    found = desk.raised("stage-1")
    its_token = token(desk, "iro")
    before = calendar_feed.read(desk.office, its_token)
    assert before == calendar_feed.read(desk.office, its_token)
    agreed = {"until": "2025-06-13", "agreed_with": "Toni Sample", "reason": "She is away."}
    agree_date(desk.office, found.id, agreed, desk.doing("iro", found))
    after = calendar_feed.read(desk.office, its_token)
    assert _names(before) == _names(after)
    assert before != after


def _names(feed: bytes | None) -> list[str]:
    return [str(one["uid"]) for one in Calendar.from_ical(feed or b"").walk("vevent")]


def test_nothing_but_references_and_words_of_ours_stand_in_it(desk: Desk) -> None:
    desk.raised("stage-1")
    for who in ("iro", "manager"):
        feed = (calendar_feed.read(desk.office, token(desk, who)) or b"").decode()
        typed = [text for text in sample_answers().values() if isinstance(text, str)]
        assert [text for text in typed if len(text) > 3 and text in feed] == []
        assert "Sample" not in feed


def test_a_new_address_ends_the_old_one_and_it_can_be_taken_back(desk: Desk) -> None:
    assert calendar_feed.made_at(desk.office, "iro") is None
    assert not calendar_feed.revoke(desk.office, "iro")
    first = token(desk, "iro")
    second = token(desk, "iro")
    assert calendar_feed.read(desk.office, first) is None
    assert calendar_feed.read(desk.office, second) is not None
    assert calendar_feed.made_at(desk.office, "iro") == desk.office.now()
    assert calendar_feed.revoke(desk.office, "iro")
    assert calendar_feed.read(desk.office, second) is None
    assert calendar_feed.made_at(desk.office, "iro") is None


def test_one_person_s_address_says_nothing_of_another_s(desk: Desk) -> None:
    mine = token(desk, "iro")
    token(desk, "other_iro")
    calendar_feed.revoke(desk.office, "other_iro")
    assert calendar_feed.read(desk.office, mine) is not None


@pytest.mark.parametrize("wrong", ["", "x", "../etc/passwd", "é" * 40, "x" * 10_000, "\x00"])
def test_an_address_that_never_was_is_nothing(desk: Desk, wrong: str) -> None:
    token(desk, "iro")
    assert calendar_feed.read(desk.office, wrong) is None


def test_it_cannot_be_guessed_and_the_store_does_not_know_it(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", engine="sqlite")  # whose every byte can be looked through
    its_token = token(desk, "iro")
    assert len(its_token) == 43  # 256 bits
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("practice-alerts.db*"))
    assert its_token.encode() not in kept
    assert kept
    desk.office.database.close()


def test_the_address_of_somebody_who_has_left_shows_nothing(desk: Desk) -> None:
    desk.raised("stage-1")
    its_token = token(desk, "iro")
    with desk.office.database.writing() as tx:
        directory.remove_person(tx, "iro", desk.office.now())
    assert calendar_feed.read(desk.office, its_token) is None


def test_without_a_post_there_is_nothing_in_it(desk: Desk) -> None:
    desk.raised("stage-1")
    its_token = token(desk, "iro")
    with desk.office.database.writing() as tx:
        ended = LONG_AGO + timedelta(days=1)
        tx.execute(
            tables.holdings.update().where(tables.holdings.c.person_id == "iro").values(until=ended)
        )
    assert dates(desk, its_token) == {}
