"""Reminders as people get them: who, when, once, and never a word of the case."""

import os
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from practice_alerts import ROOT
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.casework import each_by_itself
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.jobs import digest
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.casework.jobs.when_to_send import is_morning
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import DateAgreed
from practice_alerts.domain.errors import BadAnswers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.alerts.recorded_events import answered, climbed, closed, held, record, reviewed
from tests.helpers.days import day, moment
from tests.helpers.files.real_councils import IDS
from tests.helpers.product.office import Desk, open_desk


@pytest.fixture(autouse=True)
def _nothing_said_yet(desk: Desk) -> None:
    assert desk.mails() == []


def reminders(desk: Desk, when: str) -> list[tuple[str, str]]:
    """What this sweep adds, to whom."""
    before = len(desk.mails())
    written = remind(desk.at(when).office)
    new = desk.mails()[before:]
    assert len(new) == written
    return sorted((who, notice) for who, notice, _ in new)


def told(desk: Desk, who: str, notice: str) -> str:
    return next(text for to, name, text in desk.mails() if (to, name) == (who, notice))


def test_of_many_alerts_the_log_says_how_many_are_done(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    monkeypatch.setattr(each_by_itself, "_TOLD_EVERY", 2)
    references = [desk.raised("stage-1").alert.reference for _ in range(5)]
    with caplog.at_level("INFO", logger=each_by_itself.PROGRESS):
        assert len(reminders(desk, "Thu 2025-06-05 07:00")) == 5
    said = [one.message for one in caplog.records if one.name == each_by_itself.PROGRESS]
    assert said == [f"alerts looked at for reminders: {done} of 5 done" for done in (2, 4)]
    assert not any(one in line for one in references for line in said)


def test_the_one_asked_is_reminded_before_and_on_the_day_and_the_officer_told_after_it(
    desk: Desk,
) -> None:
    found = desk.raised("stage-1")
    assert reminders(desk, "Wed 2025-06-04 09:00") == []
    assert reminders(desk, "Thu 2025-06-05 07:00") == [("manager", "due_soon")]
    assert reminders(desk, "Fri 2025-06-06 07:00") == [
        ("iro", "escalate_today"),
        ("manager", "due_today"),
    ]
    assert reminders(desk, "Sat 2025-06-07 09:00") == []
    assert reminders(desk, "Mon 2025-06-09 07:00") == [("iro", "no_answer"), ("manager", "overdue")]
    assert reminders(desk, "Tue 2025-06-10 09:00") == []
    text = told(desk, "iro", "no_answer")
    assert "at Stage One. It was due on Friday 6 June 2025." in text
    assert "The time limit: Monday 30 June 2025." in text
    assert f"/app/alert?reference={found.alert.reference}" in text


def test_a_reminder_leads_to_the_page_on_which_it_is_answered(desk: Desk) -> None:
    desk.raised("stage-1")
    address = told(desk, "manager", "asked").partition("/respond/")[2].split()[0]
    reminders(desk, "Thu 2025-06-05")
    assert f"/respond/{address}\n" in told(desk, "manager", "due_soon")


def test_nothing_is_written_before_seven_in_london_however_the_clocks_stand(desk: Desk) -> None:
    for early, late in (
        ("Fri 2025-10-24 06:59", "Fri 2025-10-24 07:00"),  # summer time
        ("Mon 2025-10-27 06:59", "Mon 2025-10-27 07:00"),  # the clocks have gone back
    ):
        assert not is_morning(desk.at(early).office)
        assert is_morning(desk.at(late).office)


def test_the_day_is_london_s_when_the_clocks_change(desk: Desk) -> None:
    """Sent on Monday 20 October: four working days end on the Friday before the clocks go back."""
    desk.at("Mon 2025-10-20").raised("stage-1")
    assert reminders(desk, "Thu 2025-10-23 06:59") == []
    assert reminders(desk, "Thu 2025-10-23 07:00") == [("manager", "due_soon")]
    assert reminders(desk, "Sun 2025-10-26 12:00") == []
    assert reminders(desk, "Mon 2025-10-27 06:59") == []
    assert reminders(desk, "Mon 2025-10-27 07:00") == [("iro", "no_answer"), ("manager", "overdue")]
    desk.clock[:] = [moment("Mon 2025-10-27 07:00") + timedelta(hours=1)]
    assert remind(desk.office) == 0


def test_after_three_days_of_standing_still_it_says_how_things_are_now(desk: Desk) -> None:
    desk.raised("stage-1")
    # Nothing ran on Thursday and Friday, nor over the weekend.
    assert reminders(desk, "Mon 2025-06-09 11:00") == [("iro", "no_answer"), ("manager", "overdue")]
    assert reminders(desk, "Mon 2025-06-09 11:05") == []


def test_what_is_long_past_is_no_news(desk: Desk) -> None:
    desk.raised("stage-1")
    assert reminders(desk, "Mon 2025-07-14") == []


def test_whoever_has_answered_is_left_alone_and_the_officer_reviews(desk: Desk) -> None:
    found = answered(desk, desk.raised("stage-1"))
    assert reminders(desk, "Thu 2025-06-05") == []
    assert reminders(desk, "Fri 2025-06-06") == [("iro", "escalate_today")]
    reviewed(desk, found, "put_right")
    assert reminders(desk, "Mon 2025-06-09") == []


def test_the_next_stage_has_reminders_of_its_own(desk: Desk) -> None:
    found = desk.raised("stage-1")
    reminders(desk, "Mon 2025-06-09")
    climbed(desk, found, "stage-2", "service")  # due on Friday 13 June
    assert reminders(desk, "Tue 2025-06-10") == []
    assert ("service", "due_soon") in reminders(desk, "Thu 2025-06-12")
    assert ("service", "due_today") in reminders(desk, "Fri 2025-06-13")


def test_a_closed_alert_is_never_spoken_of_again(desk: Desk) -> None:
    closed(desk, desk.raised("stage-1"))
    assert reminders(desk, "Fri 2025-06-06") == []
    assert reminders(desk, "Mon 2025-06-09") == []


def test_a_hold_is_spoken_of_to_those_who_promised_and_to_the_officer(desk: Desk) -> None:
    found = answered(desk, desk.raised("stage-1"))
    held(desk, found, day("Thu 2025-07-31"))
    assert reminders(desk, "Mon 2025-06-09") == []
    assert reminders(desk, "Wed 2025-07-30") == [("iro", "hold_ends"), ("manager", "hold_soon")]
    assert reminders(desk, "Thu 2025-07-31") == [("manager", "hold_today")]
    assert ("iro", "hold_ended") in reminders(desk, "Fri 2025-08-01")
    assert "Thursday 31 July 2025" in told(desk, "iro", "hold_ended")


def test_an_aim_that_passes_is_an_aim_in_every_word(desk: Desk) -> None:
    desk.raised("stage-1")
    _set(desk, due_is_aim=True)
    assert reminders(desk, "Mon 2025-06-09") == [
        ("iro", "no_answer_to_aim"),
        ("manager", "aim_passed"),
    ]
    for text in (told(desk, "iro", "no_answer_to_aim"), told(desk, "manager", "aim_passed")):
        assert "overdue" not in text
        assert "aim" in text


def test_where_no_time_is_stated_nobody_is_reminded_of_one(desk: Desk) -> None:
    desk.raised("stage-1")
    _set(desk, response_due=None, cap_due=None, escalate_by=None)
    days = ("Thu 2025-06-05", "Fri 2025-06-06", "Mon 2025-06-09", "Mon 2025-06-30")
    assert [reminders(desk, when) for when in days] == [[], [], [], []]


def test_a_day_agreed_anew_is_reminded_of_and_the_old_one_no_more(desk: Desk) -> None:
    found = desk.raised("stage-1")
    reminders(desk, "Thu 2025-06-05")
    until = day("Thu 2025-06-19")
    agreed = DateAgreed(stage="stage-1", until=until, agreed_with="the manager", reason="Ill.")
    record(desk, found, "iro", agreed)
    assert reminders(desk, "Fri 2025-06-06") == [("iro", "escalate_today")]
    assert reminders(desk, "Wed 2025-06-18") == [("manager", "due_soon")]
    assert "Thursday 19 June 2025" in desk.mails()[-1][2]
    assert ("manager", "overdue") in reminders(desk, "Fri 2025-06-20")


def _set(desk: Desk, **values: object) -> None:
    with desk.office.database.writing() as tx:
        tx.execute(tables.alerts.update().values(**values))


# ------------------------------------------------------------------------------------- who reads them


def _cover(desk: Desk, away: str, stands_in: str, *, since: str, until: str) -> None:
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, away, stands_in, day(since), day(until))


def test_whoever_stands_in_on_that_day_is_reminded_as_well(desk: Desk) -> None:
    desk.raised("stage-1")
    _cover(desk, "manager", "elsewhere", since="Thu 2025-06-05", until="Thu 2025-06-05")
    _cover(desk, "iro", "other_iro", since="Mon 2025-06-09", until="Mon 2025-06-16")
    assert reminders(desk, "Thu 2025-06-05") == [("elsewhere", "due_soon"), ("manager", "due_soon")]
    assert told(desk, "elsewhere", "due_soon").splitlines()[1].startswith("You are standing in")
    assert "standing in" not in told(desk, "manager", "due_soon")
    assert ("elsewhere", "due_today") not in reminders(desk, "Fri 2025-06-06")
    assert reminders(desk, "Mon 2025-06-09") == [
        ("iro", "no_answer"),
        ("manager", "overdue"),
        ("other_iro", "no_answer"),
    ]


def test_whoever_begins_to_stand_in_later_is_told_once_as_well(desk: Desk) -> None:
    desk.raised("stage-1")
    reminders(desk, "Mon 2025-06-09")
    _cover(desk, "manager", "elsewhere", since="Tue 2025-06-10", until="Fri 2025-06-13")
    assert reminders(desk, "Tue 2025-06-10") == [("elsewhere", "overdue")]
    assert reminders(desk, "Wed 2025-06-11") == []


def test_nobody_who_has_left_is_written_to_but_their_cover_is(desk: Desk) -> None:
    desk.raised("stage-1")
    _cover(desk, "manager", "elsewhere", since="Mon 2025-06-02", until="Fri 2025-06-13")
    with desk.office.database.writing() as tx:
        tx.execute(
            tables.people.update()
            .where(tables.people.c.id == "manager")
            .values(left_at=moment("Tue 2025-06-03 10:00"))
        )
    assert reminders(desk, "Thu 2025-06-05") == [("elsewhere", "due_soon")]


def test_an_alert_given_to_somebody_else_is_theirs_to_be_told_of(desk: Desk) -> None:
    found, said = desk.raised("stage-1"), {"to": "other_iro", "reason": "Leave."}
    VERBS[Act.HAND_ON](desk.office, found.id, said, desk.doing("boss", found))
    assert reminders(desk, "Mon 2025-06-09") == [
        ("manager", "overdue"),
        ("other_iro", "no_answer"),
    ]


def test_where_only_somebody_outside_is_asked_the_officer_alone_is_told(desk: Desk) -> None:
    desk.raised("stage-1")
    with desk.office.database.writing() as tx:
        tx.execute(tables.askings.delete())
    assert reminders(desk, "Thu 2025-06-05") == []
    assert reminders(desk, "Mon 2025-06-09") == [("iro", "no_answer")]


# ------------------------------------------------------------------------------------- once, and safe


def test_a_notice_of_one_name_is_written_once(desk: Desk) -> None:
    new = outbox.NewNotice("iro", "digest", "subject", "body")
    with desk.office.database.writing() as tx:
        assert outbox.write_once(tx, new, "a name", desk.office.now())
        assert not outbox.write_once(tx, new, "a name", desk.office.now())
        assert outbox.write_once(tx, new, "another", desk.office.now())
    assert len(desk.mails()) == 2


def test_two_processes_at_once_write_each_notice_once(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "two")
    for _ in range(4):
        desk.raised("stage-1")
    before = len(desk.mails())
    both = [_process(desk, tmp_path / "two", "Mon 2025-06-09 07:30") for _ in range(3)]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    written = 0
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in both:
        out, err = one.communicate(timeout=60)
        assert one.returncode == 0, err
        written += int(out)
    new = [(who, notice, text) for who, notice, text in desk.mails()[before:]]
    assert written == len(new) == len(set(new)) == 4 + 4 + 1
    desk.office.database.close()


def _process(desk: Desk, data: Path, when: str) -> subprocess.Popen[str]:
    given = (str(data), when, desk.office.database.url)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.product.reminding_process", *given],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_bug_in_one_alert_stops_none_of_the_others(desk: Desk) -> None:
    broken, sound = desk.raised("stage-1"), desk.raised("stage-1")
    with desk.office.database.writing() as tx:
        events = select(tables.events.c.id).where(tables.events.c.alert_id == broken.id)
        tx.execute(tables.payloads.delete().where(tables.payloads.c.event_id.in_(events)))
    with pytest.raises(ExceptionGroup) as caught:
        remind(desk.at("Thu 2025-06-05").office)
    assert len(caught.value.exceptions) == 1
    (mail,) = [text for _, notice, text in desk.mails() if notice == "due_soon"]
    assert sound.alert.reference in mail


def test_an_answer_that_came_a_moment_ago_stops_the_reminder(desk: Desk) -> None:
    found = desk.raised("stage-1")
    assert reminders(desk, "Thu 2025-06-05") == [("manager", "due_soon")]
    answered(desk, found)
    assert ("manager", "due_today") not in reminders(desk, "Fri 2025-06-06")


@pytest.mark.parametrize("council_id", IDS)
def test_under_every_procedure_nobody_is_told_the_same_twice_or_late_without_a_date(
    council_id: str, tmp_path: Path
) -> None:
    desk = open_desk(tmp_path / "every", council=council_id)
    undated = _one_at_each_stage(desk)
    for number in range(45):
        desk.clock[:] = [moment("Tue 2025-06-03 08:00") + timedelta(days=number)]
        remind(desk.office)
    new = [
        (who, notice, text) for who, notice, text in desk.mails() if not notice.startswith("asked")
    ]
    assert len(set(new)) == len(new)
    late = [text for _, notice, text in new if notice in {"due_soon", "due_today", "overdue"}]
    assert [text for text in late if any(reference in text for reference in undated)] == []
    desk.office.database.close()


def _one_at_each_stage(desk: Desk) -> list[str]:
    """An alert sent at each stage of the procedure's own ladders; the references of those without a date."""
    procedure = desk.office.council(desk.council).procedure
    undated = []
    for kind, one in procedure.kinds.items():
        ladder = procedure.ladders.get(one.ladder or "")
        who = next(iter(one.raised_by or procedure.raising_posts))
        for stage in ladder.stages if ladder else ():
            with suppress(BadAnswers):  # some stages are only climbed to
                found = raise_alert(desk.office, wanted(desk, kind, stage.id), desk.doing(who))
                if desk.see(who, found).clocks.answer_by is None:
                    undated.append(found.alert.reference)
    assert desk.mails()
    return undated


# --------------------------------------------------------------------- nothing personal in any mail

MARK = "ZQXJ"
HOSTILE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=60)
TEMPLATES = st.sampled_from(["{link}", "{reference}", "%s", "${due}"])


def test_nothing_that_anybody_types_stands_in_any_mail(desk: Desk) -> None:
    @settings(max_examples=8)
    @given(st.lists(HOSTILE, min_size=4, max_size=4), TEMPLATES)
    def whatever(typed: list[str], template: str) -> None:
        _live_through(desk, [f"{MARK}{one}{template}{MARK}" for one in typed])

    whatever()
    mails = [text for _, _, text in desk.mails()]
    assert {notice for _, notice, _ in desk.mails()} >= {"overdue", "no_answer", "digest", "asked"}
    assert [text for text in mails if MARK in text] == []


def _live_through(desk: Desk, words: list[str]) -> None:
    """From raising to closing, with everybody typing, and somebody reminding every day."""
    desk.at("Mon 2025-06-02")
    concern = {"child_name": words[0], "concerns": words[1], "case_number": f"S-{MARK}"}
    found = desk.raised("stage-1", **concern)
    for when in ("Thu 2025-06-05", "Fri 2025-06-06", "Mon 2025-06-09"):
        _sweep(desk, when)
    found = answered(desk, found, text=words[2])
    found = reviewed(desk, found, "not_satisfactory", words[3])
    found = climbed(desk, found, "stage-2", "service", words[1])
    found = held(desk, found, day("Wed 2025-06-11"), owner=words[0])
    for when in ("Tue 2025-06-10", "Wed 2025-06-11", "Thu 2025-06-12"):
        _sweep(desk, when)
    closed(desk, found, words[2])


def _sweep(desk: Desk, when: str) -> None:
    remind(desk.at(when).office)
    digest.write_digests(desk.office)
