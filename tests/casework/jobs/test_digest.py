"""The morning digest: one message a day of what is somebody's to do, by reference alone."""

from collections import Counter
from datetime import timedelta

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.directory.preferences import set_digest, wants_digest
from practice_alerts.casework.jobs.digest import MOST_LISTED, write_digests
from tests.helpers.alerts.recorded_events import answered, closed, held, reviewed
from tests.helpers.days import day
from tests.helpers.product.office import Desk


def digests(desk: Desk, when: str) -> dict[str, str]:
    """What this sweep writes, by reader."""
    before = Counter(desk.mails())
    written = write_digests(desk.at(when).office)
    since = Counter(desk.mails()) - before  # some may be gone: what need not be sent any more
    new = {who: text for who, notice, text in since if notice == "digest"}
    assert len(new) == written
    return new


def test_each_morning_says_what_is_to_be_done_first_things_first(desk: Desk) -> None:
    late, to_review, on_hold, done = (desk.raised("stage-1") for _ in range(4))
    desk.at("Wed 2025-06-04")
    answered(desk, to_review)
    held(desk, answered(desk, on_hold), day("Sun 2025-06-15"))
    answer_judged = answered(desk, done)
    desk.at("Wed 2025-06-04 09:30")
    closed(desk, reviewed(desk, answer_judged, "put_right"))
    waiting = desk.at("Mon 2025-06-09 06:00").raised("stage-1")
    text = digests(desk, "Mon 2025-06-09 07:00")["iro"]
    subject, _, body = text.partition("\n")
    assert subject == "Your practice alerts: 2 for you, 1 to review"
    assert body.startswith("Monday 9 June 2025\n")
    assert "For you to act on: 2\n  of these, responses to review: 1\n" in body
    assert "Waiting for others: 1\nHolds that end this week: 1\n" in body
    lines = [line for line in body.splitlines() if line.startswith("LAM-")]
    assert lines == [
        f"{late.alert.reference}: late, which was due Friday 6 June 2025",
        f"{to_review.alert.reference}: a response to review",
        f"{waiting.alert.reference}: waiting for what is due Friday 13 June 2025",
        f"{on_hold.alert.reference}: on hold until Sunday 15 June 2025",
    ]
    assert f"/app/alert?reference={late.alert.reference}\n" in body
    assert done.alert.reference not in body


def test_it_comes_once_a_day_after_seven_and_on_working_days(desk: Desk) -> None:
    desk.raised("stage-1")
    assert digests(desk, "Tue 2025-06-03 06:59") == {}
    assert digests(desk, "Tue 2025-06-03 07:00").keys() == {"iro"}
    assert digests(desk, "Tue 2025-06-03 15:00") == {}
    assert digests(desk, "Sat 2025-06-07 09:00") == {}
    assert digests(desk, "Mon 2025-06-09 11:30").keys() == {"iro"}


def test_on_a_day_on_which_the_council_is_closed_there_is_none(desk: Desk) -> None:
    desk.raised("stage-1")
    closed_day = {"council": "lambeth", "day": day("Tue 2025-06-03"), "reason": "moving house"}
    with desk.office.database.writing() as tx:
        tx.execute(tables.closures.insert().values(closed_day))
    assert digests(desk, "Tue 2025-06-03") == {}


def test_whoever_stands_in_gets_what_they_stand_in_for_and_their_own_in_one(desk: Desk) -> None:
    theirs, own = desk.raised("stage-1"), desk.raised("stage-1", who="other_iro")
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "iro", "other_iro", day("Tue 2025-06-03"), day("Tue 2025-06-03"))
    found = digests(desk, "Tue 2025-06-03")
    assert own.alert.reference not in found["iro"]
    both = found["other_iro"]
    assert theirs.alert.reference in both
    assert own.alert.reference in both
    assert theirs.alert.reference not in digests(desk, "Wed 2025-06-04")["other_iro"]


def test_those_who_are_asked_and_raise_nothing_get_none(desk: Desk) -> None:
    desk.raised("stage-1")
    assert "manager" not in digests(desk, "Tue 2025-06-03")


def test_it_can_be_turned_off_and_on_again(desk: Desk) -> None:
    desk.raised("stage-1")
    assert wants_digest(desk.office, "iro")
    set_digest(desk.office, "iro", wanted=False)
    assert digests(desk, "Tue 2025-06-03") == {}
    set_digest(desk.office, "iro", wanted=True)
    assert digests(desk, "Tue 2025-06-03").keys() == {"iro"}


def test_nobody_with_nothing_open_is_written_to(desk: Desk) -> None:
    closed(desk, desk.raised("stage-1"))
    assert "iro" not in digests(desk, "Tue 2025-06-03")


def test_an_aim_that_has_passed_is_not_called_late(desk: Desk) -> None:
    found = desk.raised("stage-1")
    with desk.office.database.writing() as tx:
        tx.execute(tables.alerts.update().values(due_is_aim=True, turns_at=None))
    text = digests(desk, "Tue 2025-06-10")["iro"]
    assert f"{found.alert.reference}: waiting for what is due Friday 6 June 2025" in text
    assert "Your practice alerts: 0 for you" in text


def test_a_long_list_is_cut_and_says_so(desk: Desk) -> None:
    for _ in range(MOST_LISTED + 2):
        desk.raised("stage-1")
    text = digests(desk, "Tue 2025-06-03")["iro"]
    assert text.count("LAM-2025-") == 2 * MOST_LISTED  # each with its link
    assert "and 2 more in your work tray" in text
    assert f"Waiting for others: {MOST_LISTED + 2}" in text


def test_whoever_has_left_gets_none(desk: Desk) -> None:
    desk.raised("stage-1")
    with desk.office.database.writing() as tx:
        left = desk.office.now() + timedelta(hours=1)
        directory.remove_person(tx, "iro", left)
    assert digests(desk, "Tue 2025-06-03") == {}
