"""The IRO manager's view and the overview: every figure counts what its list shows, and names no child."""

from datetime import date

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import PostHolding
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.acts.review_response import agree_date, hold
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory.cover.absence_cover import Cover, set_cover
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.views import overview as overview_
from practice_alerts.casework.views import service as service_
from practice_alerts.casework.views import work_tray as tray_
from practice_alerts.casework.views.overview import Overview
from practice_alerts.casework.views.service import Load, Service
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.directory.office_permissions import NotYours
from practice_alerts.domain.standing.list_filters import Filters
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day, moment
from tests.helpers.product.office import LONG_AGO, Desk


def service(desk: Desk, who: str = "boss") -> Service:
    return service_.service(desk.office, desk.actor(who))


def overview(desk: Desk, who: str = "boss") -> Overview:
    sync_log.catch_up(desk.office)
    return overview_.overview(desk.office, desk.actor(who))


def load(desk: Desk, officer: str) -> Load:
    return next(one for one in service(desk).loads if one.officer_id == officer)


def listed(desk: Desk, filters: Filters) -> int:
    found = tray_.tray(desk.office, desk.actor("boss"), Wanted(filters))
    return sum(part.count for part in found.parts)


def answered(desk: Desk, found: Known, who: str = "manager") -> Known:
    return answer(desk.office, found.id, act_answers.reply("Done.", "done"), desk.doing(who, found))


def ended(desk: Desk, found: Known, ending: str = "put_right") -> Known:
    said = act_answers.ending(ending, "There is a plan.")
    return close(desk.office, found.id, said, desk.doing("iro", found))


def four_alerts(desk: Desk) -> None:
    """One late, one to review, one on hold, one waiting: as of Tuesday 10 June 2025."""
    desk.at("Mon 2025-06-02").raised("stage-1")
    answered(desk, desk.raised("stage-1"))
    held = desk.raised("stage-1")
    promise = act_answers.promise(day("Mon 2025-06-30"), "Toni Sample")
    hold(desk.office, held.id, promise, desk.doing("iro", held))
    desk.at("Mon 2025-06-09").raised("stage-2")
    desk.at("Tue 2025-06-10")


# --------------------------------------------------------------------------------------- the service


@pytest.mark.parametrize("who", ["iro", "manager", "worker", "admin", "director"])
def test_only_who_manages_the_service_or_reads_its_figures_sees_it(desk: Desk, who: str) -> None:
    four_alerts(desk)
    for look in (service, overview):
        with pytest.raises(NotYours):
            look(desk, who)


def test_a_qa_lead_reads_the_figures_and_not_who_carries_what(desk: Desk) -> None:
    four_alerts(desk)
    assert not overview(desk, "qa").leads
    assert overview(desk, "boss").leads
    assert overview(desk, "qa").stages == overview(desk, "boss").stages
    with pytest.raises(NotYours):
        service(desk, "qa")


def test_each_officer_s_load_is_what_the_tray_lists_for_it(desk: Desk) -> None:
    four_alerts(desk)
    found = load(desk, "iro")
    assert (found.open, found.needs, found.waiting, found.on_hold) == (4, 2, 1, 1)
    assert found.to_review == 1
    mine = Filters(whose="service", officer="iro")
    for figure, update in (
        (found.open, {}),
        (found.needs, {"needs": True}),
        (found.to_review, {"pile": "judge"}),
        (found.waiting, {"pile": "waiting"}),
        (found.on_hold, {"pile": "on-hold"}),
    ):
        chosen = Filters.read({**mine.written, **update})
        assert chosen is not None
        assert listed(desk, chosen) == figure, update


def test_an_officer_reads_their_own_sheet_and_nobody_elses(desk: Desk) -> None:
    four_alerts(desk)
    desk.raised("stage-1", who="other_iro")
    for who in ("iro", "other_iro"):
        assert service_.own_load(desk.office, desk.actor(who)) == load(desk, who)
    for who in ("manager", "qa", "admin", "worker", "boss"):
        assert service_.own_load(desk.office, desk.actor(who)) is None
    sync_log.catch_up(desk.office)
    log = desk.office.log.files()["lambeth"].read_bytes()
    assert b"other_iro" not in log
    assert b"Iro Sample" not in log


def test_an_officer_without_an_alert_is_in_the_list_and_one_who_left_is_marked(desk: Desk) -> None:
    four_alerts(desk)
    assert load(desk, "other_iro") == Load("other_iro", "Other_Iro Sample", True, 0, 0, 0, 0)
    with desk.office.database.writing() as tx:
        directory.remove_person(tx, "iro", moment("Mon 2025-06-09 10:00"))
    assert not load(desk, "iro").holds_post
    assert load(desk, "iro").open == 4


def test_silence_is_put_down_to_the_post_at_its_stage(desk: Desk) -> None:
    four_alerts(desk)
    (one,) = service(desk).silent
    assert (one.post, one.stage_label, one.count) == ("Team Manager", "Stage One", 1)
    assert one.oldest == day("Fri 2025-06-06")
    chosen = Filters.read({"whose": "service", "pile": "late", "stage": one.at})
    assert chosen is not None
    assert listed(desk, chosen) == 1


def test_an_agency_s_silence_is_the_agency_s_and_begins_after_the_day_agreed(desk: Desk) -> None:
    asked = wanted(desk, "partner", "stage-1", partner="gp", sent_to="Sasha Outside")
    found = raise_alert(desk.at("Mon 2025-06-02").office, asked, desk.doing("iro"))
    agreed = {"until": "2025-06-06", "agreed_with": "Sasha", "reason": "No time is set."}
    agree_date(desk.office, found.id, agreed, desk.doing("iro", found))
    assert service(desk.at("Fri 2025-06-06")).silent == ()
    (one,) = service(desk.at("Sat 2025-06-07")).silent
    assert (one.post, one.count) == ("the agency that was asked", 1)


def test_limits_are_counted_as_the_tray_lists_them(desk: Desk) -> None:
    four_alerts(desk)
    for when in ("Tue 2025-06-10", "Fri 2025-06-27", "Tue 2025-07-01"):
        found = service(desk.at(when)).limits
        assert found.open == 4
        assert found.past_time_limit == listed(desk, Filters(whose="service", past_cap=True))
        assert found.none_to_spare == listed(desk, Filters(whose="service", no_slack=True))
    assert service(desk).limits.past_time_limit == 3


def test_who_stands_in_for_whom_is_said(desk: Desk) -> None:
    away = Cover("iro", "other_iro", day("Mon 2025-06-02"), day("Fri 2025-06-06"))
    set_cover(desk.office, desk.actor("boss"), away)
    assert [(one.away, one.cover) for one in service(desk).covers] == [
        ("Iro Sample", "Other_Iro Sample")
    ]


def test_another_council_s_alerts_are_counted_nowhere(desk: Desk) -> None:
    four_alerts(desk)
    with desk.office.database.writing() as tx:
        directory.give_post(tx, PostHolding("boss", "merton", "iro_manager"), LONG_AGO)
    desk.council = "merton"
    assert service(desk).limits == (0, 0, 0, 0)
    assert service(desk).silent == ()
    assert overview(desk).stages == ()
    assert overview(desk).longest == ()


# -------------------------------------------------------------------------------------- the overview


def test_the_overview_counts_open_alerts_along_the_ladder(desk: Desk) -> None:
    four_alerts(desk)
    desk.raised("informal")
    found = overview(desk).stages
    assert [(one.stage_label, one.count) for one in found] == [
        ("Informal stage", 1),
        ("Stage One", 3),
        ("Stage Two", 1),
    ]
    for one in found:
        assert listed(desk, Filters(whose="service", stage=one.at)) == one.count


def test_what_was_due_is_in_time_late_or_none_and_what_is_not_due_yet_is_in_no_share(
    desk: Desk,
) -> None:
    answered(desk.at("Thu 2025-06-05"), desk.at("Mon 2025-06-02").raised("stage-1"))
    late = desk.at("Mon 2025-06-02").raised("stage-1")
    answered(desk.at("Mon 2025-06-09"), late)
    silent = desk.at("Mon 2025-06-02").raised("stage-1")
    climb = act_answers.climb("stage-2", "Nobody answered.")
    escalate(desk.at("Tue 2025-06-10").office, silent.id, climb, desk.doing("iro", silent))
    figures = overview(desk).figures
    assert figures is not None
    assert [tuple(one) for one in figures.answers] == [
        ("Practice alert", "Stage One", "a deadline", 1, 1, 1, 0)
    ]
    due = overview(desk.at("Mon 2025-06-16")).figures
    assert due is not None
    assert [one.stage for one in due.answers] == ["Stage One"]  # due today, so not over
    over = overview(desk.at("Tue 2025-06-17")).figures
    assert over is not None
    assert over.answers[1][1:] == ("Stage Two", "a deadline", 0, 0, 1, 0)


def test_what_came_of_alerts_and_how_long_it_took(desk: Desk) -> None:
    for days in ("Tue 2025-06-03", "Thu 2025-06-05", "Mon 2025-06-16"):
        found = desk.at("Mon 2025-06-02").raised("stage-1")
        ended(desk.at(days), answered(desk, found))
    gone = desk.at("Mon 2025-06-02").raised("stage-1")
    ended(desk, gone, "withdrawn")
    figures = overview(desk.at("Tue 2025-06-17")).figures
    assert figures is not None
    assert figures.endings == (("Put right and verified", 3), ("Withdrawn", 1))
    assert (figures.closed_as_put_right, figures.put_right_within) == (3, 3)


def test_what_is_older_than_a_year_is_not_on_the_overview(desk: Desk) -> None:
    found = answered(desk, desk.at("Mon 2025-06-02").raised("stage-1"))
    VERBS[Act.REFER](
        desk.office,
        found.id,
        act_answers.way_out("cafcass", "It stands."),
        desk.doing("iro", found),
    )
    found = desk.see("iro", found).known
    ended(desk, found)
    kept = overview(desk.at("Tue 2026-06-02")).figures
    gone = overview(desk.at("Mon 2026-06-15")).figures
    assert kept is not None
    assert gone is not None
    assert kept.ways_out == (("Referral to CAFCASS", 1),)
    assert (gone.answers, gone.endings, gone.ways_out, gone.put_right) == ((), (), (), ())


def test_the_longest_without_an_answer_stand_first_by_reference(desk: Desk) -> None:
    younger = desk.at("Wed 2025-06-04").raised("stage-1").alert.reference
    older = desk.at("Mon 2025-06-02").raised("stage-1").alert.reference
    found = overview(desk.at("Mon 2025-06-16")).longest
    assert [one.reference for one in found] == [older, younger]
    assert found[0].post == "Team Manager"
    assert found[0].due == day("Fri 2025-06-06")


def test_without_a_log_the_overview_says_what_is_open_and_nothing_of_the_past(desk: Desk) -> None:
    four_alerts(desk)
    found = overview_.overview(desk.office, desk.actor("qa"))
    assert found.figures is None
    assert found.limits.open == 4


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (day("Thu 2024-02-29"), day("Tue 2023-02-28")),
        (day("Sat 2025-03-01"), day("Fri 2024-03-01")),
    ],
)
def test_a_year_before_a_leap_day_there_is_a_day(today: date, before: date) -> None:
    assert overview_.year_before(today) == before
