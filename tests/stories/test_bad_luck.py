"""Bad input and bad luck: each leaves everything as it was, or done whole, and says what to do."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.answer import asked, draft_name
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.calendar import closures
from practice_alerts.casework.calendar.closures import Closing
from practice_alerts.casework.directory import staff
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.errors import (
    BadAnswers,
    BeyondCalendar,
    NotAllowed,
    NotPossible,
    SomeoneWasFaster,
)
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day, moment
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.stories.generated_alert import raised_at
from tests.helpers.stories.story import Story, raised
from tests.helpers.stories.story_acts import TO, VERBS
from tests.stories.conftest import OpenDesk

ALL = (tables.events, tables.payloads, tables.alerts, tables.askings, tables.outbox, tables.drafts)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


@pytest.fixture
def story(desk: Desk) -> Story:
    """Sent to the team manager on Monday 2 June 2025."""
    return raised(desk, "iro", desk.raising("stage-1"))


def kept(desk: Desk) -> list[list[str]]:
    """Every row of every table that an act writes to."""
    with desk.office.database.reading() as tx:
        return [sorted(map(str, tx.execute(table.select()))) for table in ALL]


# ------------------------------------------------------------------------------------- two at once


def test_the_officer_closes_while_the_manager_answers_and_one_of_them_is_told(story: Story) -> None:
    desk, told = story.desk, list[str]()
    both: list[tuple[Act, dict[str, Any], str]] = [
        (Act.CLOSE, act_answers.ending("put_right", "All is well."), "iro"),
        (Act.ANSWER, act_answers.reply("It was done yesterday.", "done"), "manager"),
    ]
    doings = [desk.doing(who, story.found) for _, _, who in both]

    def press(number: int) -> None:
        act, answers, who = both[number]
        try:
            VERBS[act](desk.office, story.found.id, answers, doings[number])
        except (SomeoneWasFaster, NotPossible) as error:
            told.append(f"{who}: {error}")

    threads = [threading.Thread(target=press, args=(number,)) for number in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(told) == 1
    assert "Somebody else acted" in told[0] or "closed" in told[0]
    assert len(kept(desk)[0]) in {3, 4}  # answered; or reviewed and closed together
    with desk.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []


TWICE: dict[Act, tuple[str, dict[str, Any]]] = {
    Act.ANSWER: ("manager", act_answers.reply("Soon.", "other")),
    Act.HOLD: ("iro", act_answers.promise(day("Mon 2025-06-30"), "Sid")),
    Act.ESCALATE: ("iro", {TO: "stage-2", "rationale": "No word.", "actions": "As before."}),
    Act.REFER: ("iro", act_answers.way_out("cafcass", "Now.")),
    Act.STANDSTILL: ("iro", {"action": "The move.", "told": "The team."}),
    Act.NOTE: ("iro", {"text": "Seen."}),
    Act.CLOSE: ("iro", act_answers.ending("put_right", "All is well.")),
}


@pytest.mark.parametrize("act", TWICE)
def test_a_button_pressed_twice_is_one_act(story: Story, act: Act) -> None:
    who, answers = TWICE[act]
    doing = story.desk.doing(who, story.found, "pressed")
    VERBS[act](story.desk.office, story.found.id, answers, doing)
    once = kept(story.desk)
    VERBS[act](story.desk.office, story.found.id, answers, doing)
    assert kept(story.desk) == once


def test_the_stage_moves_on_while_the_answer_is_typed_and_what_was_typed_is_kept(
    story: Story,
) -> None:
    desk, before = story.desk, story.found
    body, about = {"text": "Half a sentence"}, draft_name(before.id)
    kept_drafts.keep(desk.office, "manager", about, body)
    asking = desk.see("manager", before).asking_id
    assert asking is not None
    story.escalated("stage-2", "Too slow.")
    as_shown = Story(desk, "manager", before)
    with pytest.raises((SomeoneWasFaster, NotAllowed)):
        as_shown.answered("manager", "Half a sentence and the rest")
    assert kept_drafts.kept(desk.office, "manager", about) == body
    with desk.office.database.reading() as tx:
        page = asked(desk.office, tx, "manager", asking)
    assert not page.is_present
    assert page.known.alert.run is not None
    assert page.known.alert.run.stage == "stage-2"


# --------------------------------------------------------------------------------------------- dates

DATES: dict[str, tuple[Act, dict[str, Any], str]] = {
    "a hold that ended yesterday": (
        Act.HOLD,
        act_answers.promise(day("Wed 2025-06-04"), "Sid"),
        "until",
    ),
    "a hold until a day that is none": (
        Act.HOLD,
        {"until": "2025-02-30", "task_owner": "Sid"},
        "until",
    ),
    "another date that has passed": (
        Act.AGREE_DATE,
        {"until": "2025-06-04", "agreed_with": "Toni", "reason": "Leave."},
        "until",
    ),
    "a manager's view of tomorrow": (
        Act.SIGN_OFF,
        {"agreement": "agreed", "who": "Bo", "on": "2025-06-06"},
        "on",
    ),
    "told before the alert": (
        Act.OVERRIDE,
        {
            "event": "a child has died",
            "told": "All",
            "on": "2025-06-01",
            "at": "10:00",
            "by": "Me",
        },
        "on",
    ),
    "told in an hour from now": (
        Act.OVERRIDE,
        {
            "event": "a child has died",
            "told": "All",
            "on": "2025-06-05",
            "at": "10:00",
            "by": "Me",
        },
        "on",
    ),
    "told at a time that no clock shows": (
        Act.OVERRIDE,
        {
            "event": "a child has died",
            "told": "All",
            "on": "2025-06-05",
            "at": "25:00",
            "by": "Me",
        },
        "at",
    ),
    "heard of a referral before it was made": (
        Act.FOLLOW_UP,
        {"happened": "decided", "on": "2025-06-04"},
        "on",
    ),
    "heard of a referral tomorrow": (
        Act.FOLLOW_UP,
        {"happened": "decided", "on": "2025-06-06"},
        "on",
    ),
}


@pytest.mark.parametrize("case", DATES)
def test_a_date_that_cannot_be_is_named_at_its_field(story: Story, case: str) -> None:
    act, answers, field = DATES[case]
    story.on("Thu 2025-06-05").referred("cafcass", "Now.")
    if act is Act.FOLLOW_UP:
        answers = {**answers, "referral": str(story.found.alert.referrals[0].number)}
    before = kept(story.desk)
    with pytest.raises(BadAnswers) as refused:
        story.do(act, answers)
    assert set(refused.value.faults) == {field}
    assert kept(story.desk) == before


def test_a_promise_for_yesterday_is_refused(story: Story) -> None:
    story.on("Thu 2025-06-05")
    with pytest.raises(BadAnswers) as refused:
        story.answered("manager", "It will be.", "will_be_done", "2025-06-04")
    assert set(refused.value.faults) == {"promise_by"}


def test_a_limit_beyond_the_known_holidays_stops_the_sending_in_words(desk: Desk) -> None:
    desk.at("Mon 2028-12-11")
    before = kept(desk)
    with pytest.raises(BeyondCalendar, match="are known only up to Sunday 31 December 2028"):
        raised(desk, "iro", desk.raising("stage-1"))
    assert kept(desk) == before


def test_a_day_closed_opened_and_closed_again_moves_the_dates_each_time(tmp_path: Path) -> None:
    """Well ahead, each time, on a clock of ten working days."""
    desk = open_desk(tmp_path / "data", council="unnamed-2015")
    raised_at(desk, "concern", "stage-1")
    admin, closing = desk.actor("admin"), Closing(day("Tue 2025-06-10"), None, "Flood")
    dues = []
    for close in (True, False, True):
        if close:
            closures.close(desk.office, admin, desk.council, closing)
        else:
            closures.reopen(desk.office, admin, desk.council, day("Tue 2025-06-10"))
        with desk.office.database.reading() as tx:
            dues.append(tx.execute(tables.alerts.select()).one().response_due)
    assert [due.isoformat() for due in dues] == ["2025-06-17", "2025-06-16", "2025-06-17"]
    desk.office.database.close()


# --------------------------------------------------------------------------------------------- clocks


@pytest.mark.parametrize(
    ("sent", "fold", "ends"),
    [
        ("Sun 2025-10-26 01:30", 0, "Wed 2025-10-29 00:30"),
        ("Sun 2025-10-26 01:30", 1, "Wed 2025-10-29 01:30"),
        ("Fri 2025-10-24 10:00", 0, "Mon 2025-10-27 09:00"),
        ("Fri 2025-03-28 10:00", 0, "Mon 2025-03-31 11:00"),
    ],
)
def test_seventy_two_hours_run_over_the_change_of_clocks(
    at_council: OpenDesk, sent: str, fold: int, ends: str
) -> None:
    desk = at_council("unnamed-2015")
    desk.clock[:] = [moment(sent, fold=fold)]
    story = raised(desk, "iro", wanted(desk, "concern", "issue-notification"))
    response = story.seen().clocks.response
    assert response is not None
    assert response.by == moment(ends)
    desk.clock[:] = [moment(ends)]
    assert story.stands == "waiting for an answer"
    desk.clock[:] = [moment(ends).replace(second=1)]
    assert story.stands == "no answer"
    assert desk.clock[0].tzinfo is LONDON


def test_half_past_midnight_in_summer_is_the_london_day(desk: Desk) -> None:
    desk.at("Tue 2025-07-01 00:30")  # still the last of June in Greenwich
    story = raised(desk, "iro", desk.raising("stage-1"))
    assert story.due == day("Mon 2025-07-07")


# --------------------------------------------------------------------------------------- empty posts


def _empty(desk: Desk, who: str, last_day: str) -> None:
    with desk.office.database.writing() as tx:
        rows = directory.holdings_of(tx, "lambeth")
        for one in rows:
            if one.person_id == who:
                directory.end_post(tx, one.id, day(last_day))


def test_a_post_that_fell_empty_is_reached_by_hand_and_the_stage_above_it_is_open(
    story: Story,
) -> None:
    _empty(story.desk, "service", "Wed 2025-06-04")
    story.on("Thu 2025-06-05").emails()
    story.escalated("stage-2", "No word.")
    (asked,) = story.found.run.sent.asked
    assert (asked.id, asked.name) == ("", "Service Manager")
    assert {to for to, notice, _ in story.desk.mails() if notice == "asked"} == {"manager"}
    story.escalated("stage-3", "No word, and nobody at Stage Two.")
    assert story.asked == {"assistant"}


def test_the_clock_runs_on_when_whoever_was_asked_leaves_the_post(story: Story) -> None:
    _empty(story.desk, "manager", "Tue 2025-06-03")
    assert story.on("Sat 2025-06-07").stands == "no answer"
    assert story.due == day("Fri 2025-06-06")
    story.escalated("stage-2", "The post is empty, and silent.")
    assert story.asked == {"service"}


def test_a_team_that_has_no_manager_gets_no_other_teams(desk: Desk) -> None:
    story = raised(
        desk, "iro", desk.raising("stage-1", team="Sample Team East", team_manager="T Typed")
    )
    (asked,) = story.found.run.sent.asked
    assert (asked.id, asked.name, asked.post) == ("", "T Typed", "Team Manager")
    assert [to for to, notice, _ in desk.mails() if notice == "asked"] == []


# ------------------------------------------------------------------------------ cover, and going away


def test_a_cover_answers_from_its_first_day_to_its_last_and_no_longer(story: Story) -> None:
    desk = story.desk
    cover = absence_cover.Cover(
        "manager", "elsewhere", day("Wed 2025-06-04"), day("Thu 2025-06-05")
    )
    absence_cover.set_cover(desk.office, desk.actor("admin"), cover)
    may = []
    for when in (
        "Tue 2025-06-03",
        "Wed 2025-06-04",
        "Thu 2025-06-05 23:59",
        "Fri 2025-06-06 00:00",
    ):
        desk.at(when)
        may.append(story.found.may(desk.actor("elsewhere"), Act.ANSWER))
    assert may == [False, True, True, False]
    story.on("Thu 2025-06-05").answered("elsewhere", "She is on leave; I have seen to it.", "done")
    by = story.found.run.answers[-1].answer.by
    assert (by.id, by.post) == ("elsewhere", "for the Team Manager")


def test_an_officer_leaves_and_the_manager_of_the_service_gives_the_alert_on(story: Story) -> None:
    desk, due = story.desk, story.due
    gone = staff.leave(desk.office, desk.actor("admin"), "iro")
    assert gone.unfinished.own == 1
    story.emails()
    story.do(Act.HAND_ON, {"to": "other_iro", "reason": "She has left."}, "boss")
    story.officer = "other_iro"
    assert story.found.alert.officer.id == "other_iro"
    assert story.emails() == {("other_iro", "handed_on")}
    assert (story.due, story.found.alert.raiser.id) == (due, "iro")
    assert {"escalate", "close", "refer"} <= story.may("other_iro")
    story.on("Mon 2025-06-09").escalated("stage-2", "No answer.")
    assert story.asked == {"service"}


def test_where_nobody_else_raises_alerts_it_is_said_and_nothing_breaks(story: Story) -> None:
    desk = story.desk
    _empty(desk, "other_iro", "Sun 2025-06-01")
    before = kept(desk)
    with pytest.raises(BadAnswers, match="nobody else here raises such alerts"):
        story.do(Act.HAND_ON, {"to": "other_iro", "reason": "Leave."}, "boss")
    assert kept(desk) == before


# ------------------------------------------------------------------------- killed between two lines


class Killed(Exception):
    """The server was killed here."""


@contextmanager
def killed_at(desk: Desk, number: int) -> Iterator[list[str]]:
    """Nothing from that statement on reaches the database; the last is the commit itself."""
    engine, said = desk.office.database._engine, list[str]()

    def count(what: str) -> None:
        said.append(what)
        if len(said) == number:
            raise Killed(what)

    def statement(_c: Any, _cursor: Any, text: str, *_more: Any) -> None:
        count(text)

    def commit(_connection: Any) -> None:
        count("COMMIT")

    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", commit)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", statement)
        event.remove(engine, "commit", commit)


def _raise(story: Story) -> Callable[[], object]:
    asking, doing = story.desk.raising("stage-2"), story.desk.doing("iro", act_key="the act")
    return lambda: raise_alert(story.desk.office, asking, doing)


def _act(act: Act) -> Callable[[Story], Callable[[], object]]:
    who, answers = TWICE[act]

    def begun(story: Story) -> Callable[[], object]:
        doing = story.desk.doing(who, story.found, "the act")
        return lambda: VERBS[act](story.desk.office, story.found.id, answers, doing)

    return begun


KILLED = {"raise": _raise} | {act.value: _act(act) for act in TWICE}


@pytest.mark.parametrize("name", KILLED)
def test_killed_between_any_two_lines_all_is_as_it_was_and_then_done_once(
    story: Story, name: str
) -> None:
    desk, act = story.desk, KILLED[name](story)
    before = kept(desk)
    statements = [""]
    while statements[-1] != "done":
        with killed_at(desk, len(statements)):
            try:
                act()
                statements.append("done")
            except Killed as killed:
                statements.append(str(killed))
        if statements[-1] != "done":
            assert kept(desk) == before, statements[-1]
    assert statements[-2] == "COMMIT"
    assert len(statements) > 8  # so many places to be killed at
    once = kept(desk)
    assert once != before
    act()  # killed after all was written, before anybody was told: pressed again with the same key
    assert kept(desk) == once
    with desk.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []
