"""Unusual files at work: what is asked, told and late where a council writes what no council of ours does."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.escalate import Climb, escalate
from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import sources
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.casework.jobs.sync_log import catch_up
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.domain.documents.alert_document import paper
from practice_alerts.domain.documents.file_note import file_note
from practice_alerts.domain.standing.standings import Pile, Standing
from practice_alerts.domain.wording.clock_lines import clock_lines
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import filled
from tests.helpers.days import day, moment
from tests.helpers.product.office import Desk
from tests.helpers.stories.odd_councils import NAMES, open_odd, people_of, raised, ways_in


def mails(desk: Desk) -> dict[str, str]:
    """The text of the last e-mail to each."""
    return {who: " ".join(text.split()) for who, _, text in desk.mails()}


def test_a_kind_that_climbs_and_goes_to_somebody_sends_them_a_copy(tmp_path: Path) -> None:
    desk = open_odd("notices", tmp_path, "Mon 2026-06-01 09:00")
    found, who = raised(desk, "concern", "notice")
    told = {person: text for person, text in mails(desk).items() if person.startswith("board")}
    assert set(told) == {"board_a", "board_b"}
    for text in told.values():
        assert "Concern NOT-2026-0001 has been sent at Notice." in text
        assert "Nothing is asked of you." in text
    assert desk.see("board_a", found).offers == ()
    (line, *_) = desk.see(who, found).history
    assert line.what == "Raised the alert. Sent to: the Board Office"


def test_a_kind_without_a_ladder_is_no_praise_unless_it_is_called_so(tmp_path: Path) -> None:
    desk = open_odd("notices", tmp_path, "Mon 2026-06-01 09:00")
    form = desk.office.form(desk.office.council("notices"), "concern")
    answers = {**filled(form), "raised_as": "looked_after"}
    raise_alert(desk.office, Raising("notices", "lodged", answers), desk.doing("iro_a"))
    told = mails(desk)
    assert set(told) == {"board_a", "board_b", "team_manager_a"}
    assert all(text.startswith("Notice NOT-2026-0001: for you to read") for text in told.values())


def test_a_total_that_is_an_aim_is_never_late_and_limits_nothing(tmp_path: Path) -> None:
    desk = open_odd("aims", tmp_path, "Mon 2026-06-01 09:00")
    found, who = raised(desk, "concern", "one")
    desk.at("Mon 2026-07-20")
    remind(desk.office)
    seen = desk.see(who, found)
    assert seen.where.standing is Standing.WAITING
    assert not seen.where.time_limit_passed
    assert seen.warnings == ()
    assert (seen.clocks.time_limit, seen.clocks.escalate_by, seen.clocks.days_to_spare) == (
        None,
    ) * 3
    lines = dict(clock_lines(seen.clocks, desk.office.now(), desk.office.calendar("aims")))
    assert lines["Aim for the whole"] == "Monday 29 June 2026 (passed 15 working days ago)"
    assert not any("limit" in text for text in mails(desk).values())


# -- stand-ins, empty posts, and whose post it is ----------------------------------------------------


def asked(desk: Desk) -> set[str]:
    return {who for who, notice, _ in desk.mails() if notice.startswith("asked")}


def readers(desk: Desk, found: Known) -> set[str]:
    return {who for who in people_of(desk.council) if desk.can_open(who, found)}


OFFICE = {"boss", "iro_a"}


def test_the_stand_in_of_a_stand_in_is_asked_and_nobody_of_other_teams(tmp_path: Path) -> None:
    desk = open_odd("standby", tmp_path, "Mon 2026-06-01 09:00")
    found, _ = raised(desk, "concern", "one")
    assert [one.id for one in found.run.sent.asked] == ["team_manager_a"]
    assert asked(desk) == {"team_manager_a"}
    assert readers(desk, found) == OFFICE | {"team_manager_a"}
    assert [person.name for _, person in to_do_by_hand(found.alert)] == ["Reviewing Manager"]


def test_of_one_or_the_other_the_post_that_is_held_is_asked(tmp_path: Path) -> None:
    desk = open_odd("standby", tmp_path, "Mon 2026-06-01 09:00")
    found, _ = raised(desk, "concern", "two")
    assert [one.id for one in found.run.sent.asked] == ["service_manager_a"]
    assert asked(desk) == {"service_manager_a"}
    assert readers(desk, found) == OFFICE | {"service_manager_a"}


def test_of_both_the_post_that_nobody_holds_is_reached_by_hand(tmp_path: Path) -> None:
    desk = open_odd("standby", tmp_path, "Mon 2026-06-01 09:00")
    found, _ = raised(desk, "concern", "three")
    assert {one.id or one.name for one in found.run.sent.asked} == {
        "service_manager_a",
        "Duty Lead",
    }
    assert asked(desk) == {"service_manager_a"}
    assert "Duty Lead" in {person.name for _, person in to_do_by_hand(found.alert)}


# -- clocks from several events, on two ladders with the same ids --------------------------------------


def days(desk: Desk, who: str, found: Known) -> dict[str, str]:
    seen = desk.see(who, found)
    names = {
        one: one.step.id if one.step else one.times.name.lower() for one in seen.clocks.awaited
    }
    found_days = {name: one.day for one, name in names.items()}
    return {name: f"{on:%a %Y-%m-%d}" if on else "none yet" for name, on in found_days.items()}


def took_place(desk: Desk, found: Known, who: str, step: str, outcome: str) -> Known:
    on = {"on": desk.office.today.isoformat(), "at": "08:30", "text": "Held.", "outcome": outcome}
    given = {"step": step, "took_place": "yes", **on}
    return VERBS[Act.STEP](desk.office, found.id, given, desk.doing(who, found))


def test_three_clocks_run_each_from_its_own_event(tmp_path: Path) -> None:
    desk = open_odd("harbour", tmp_path, "Mon 2026-06-01 09:00")
    found, who = raised(desk, "concern", "stage-1")
    waiting = {"answer": "none yet", "settle": "none yet", "talk": "Wed 2026-06-03"}
    assert days(desk, who, found) == waiting
    desk.at("Tue 2026-06-02")
    found = took_place(desk, found, who, "talk", "not settled")
    from_talk = {"answer": "Tue 2026-06-09", "meeting": "Mon 2026-06-08"}
    assert days(desk, who, found) == {**from_talk, "settle": "none yet"}
    desk.at("Thu 2026-06-04")
    said = act_answers.reply("It is looked into.", "other")
    found = VERBS[Act.ANSWER](desk.office, found.id, said, desk.doing("team_manager_a", found))
    assert days(desk, who, found) == {**from_talk, "settle": "Tue 2026-06-09"}
    desk.at("Fri 2026-06-05")
    climb = Climb("stage-2", {"actions": "A plan", "rationale": "Nothing came."}, ("head_a",))
    found = escalate(desk.office, found.id, climb, desk.doing(who, found))
    assert days(desk, who, found) == {"answer": "Thu 2026-06-11"}


def test_the_other_branch_is_the_one_awaited_after_the_other_outcome(tmp_path: Path) -> None:
    desk = open_odd("harbour", tmp_path, "Mon 2026-06-01 09:00")
    found, who = raised(desk, "concern", "stage-1")
    found = took_place(desk.at("Tue 2026-06-02"), found, who, "talk", "settled")
    assert days(desk, who, found)["note"] == "Wed 2026-06-03"
    assert "meeting" not in days(desk, who, found)
    assert not any(notice.startswith("invited") for _, notice, _ in desk.mails())


def test_a_stage_of_the_other_ladder_keeps_its_own_clock(tmp_path: Path) -> None:
    desk = open_odd("harbour", tmp_path, "Fri 2026-06-05 16:00")
    found, who = raised(desk, "urgent", "stage-1")
    clock = desk.see(who, found).clocks.first
    assert clock is not None
    assert clock.due is not None
    assert clock.due.by == moment("Sat 2026-06-06 16:00")
    limit = desk.see(who, found).clocks.time_limit
    assert limit is not None
    assert limit.by_day == day("Fri 2026-06-19")
    desk.at("Mon 2026-06-08")
    climb = Climb("stage-2", {"actions": "A plan", "rationale": "Nothing came."}, ("head_b",))
    found = escalate(desk.office, found.id, climb, desk.doing(who, found))
    assert days(desk, who, found) == {"answer": "Tue 2026-06-09"}, "two working days from raising"


# -- several who judge, one of them one of two -----------------------------------------------------------


@pytest.mark.parametrize("second", ["head_iro_a", "deputy_iro_b"])
def test_put_right_stands_once_one_of_each_group_has_said_so(tmp_path: Path, second: str) -> None:
    desk = open_odd("duo", tmp_path, "Mon 2026-06-01 09:00")
    found, who = raised(desk, "concern", "one")
    assert asked(desk) == {"social_worker_a", "team_manager_a"}
    said = act_answers.reply("Done.", "done")
    for who_is_asked in ("social_worker_a", "team_manager_a"):
        doing = desk.doing(who_is_asked, found)
        found = VERBS[Act.ANSWER](desk.office, found.id, said, doing)
    verdict = act_answers.outcome("put_right", "It is.")
    found = VERBS[Act.REVIEW_RESPONSE](desk.office, found.id, verdict, desk.doing(second, found))
    assert desk.see(who, found).where.standing is Standing.TO_REVIEW
    found = VERBS[Act.REVIEW_RESPONSE](desk.office, found.id, verdict, desk.doing(who, found))
    assert desk.see(who, found).where.standing is Standing.PUT_RIGHT
    assert not found.may(desk.actor("principal_a"), Act.REVIEW_RESPONSE)
    assert not found.may(desk.actor("chair_a"), Act.SEE)


# -- everything that is made of an alert ---------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_alert_of_every_council_is_reminded_of_listed_logged_and_printed(
    tmp_path: Path, name: str
) -> None:
    desk = open_odd(name, tmp_path, "Fri 2026-06-05 16:45")
    every = [raised(desk, *way) for way in ways_in(name)]
    for found, who in every:
        used = sources(desk.office, found)
        assert paper(found.alert, used, desk.office.today)["reference"] == found.alert.reference
        assert found.alert.reference in file_note(found.alert, used, desk.office.now())
        assert work_tray.search(desk.office, desk.actor(who), found.alert.reference)
    for when in ("Mon 2026-06-08", "Wed 2026-06-10", "Fri 2026-06-12", "Mon 2026-06-22"):
        remind(desk.at(when).office)
    late = {found.alert.reference for found, who in every if _is_late(desk, who, found)}
    written = {word for _, _, text in desk.mails() for word in text.split() if "-2026-" in word}
    assert late <= {word.strip(":,.") for word in written}
    catch_up(desk.office)
    log = Database(desk.office.settings.data / "log" / f"{name}.db")
    assert log["alerts"].count == len(every)
    log.close()


def _is_late(desk: Desk, who: str, found: Known) -> bool:
    return desk.see(who, found).where.standing.pile is Pile.LATE
