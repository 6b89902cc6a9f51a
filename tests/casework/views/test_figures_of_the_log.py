"""What a figure of the log may say and what not: told as small stories, asked as a QA lead asks."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.casework.acts import answer, close, escalate, review_response
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.jobs import sync_log
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import (
    Answered,
    AnswerRecorded,
    Closed,
    EndingKind,
    Person,
    Redirected,
)
from practice_alerts.domain.deadlines.working_days import add_working_days
from practice_alerts.domain.errors import NotPossible
from practice_alerts.domain.log.log_queries import QUESTIONS
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.domain.standing.status import where
from tests.helpers.alerts import act_answers as acts
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.alerts.recorded_events import record as recorded
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.stories.generated_alert import Move, played, raised_at
from tests.helpers.stories.sampleford import sampleford

JUNE = {"from_day": "2025-06-01", "to_day": "2025-06-30"}
OF = {one.name: one.sql for one in QUESTIONS}


def open_log(desk: Desk) -> sqlite3.Connection:
    sync_log.catch_up(desk.office)
    log = sqlite3.connect(desk.office.log.files()[desk.council])
    log.row_factory = sqlite3.Row
    return log


def ask(desk: Desk, question: str, days: Mapping[str, str] = JUNE) -> list[dict[str, Any]]:
    """The rows of this period; of those that are worked out for others nothing."""
    with closing(open_log(desk)) as log:
        rows = [dict(row) for row in log.execute(OF[question], {"words": "", **days})]
    return [row for row in rows if str(row.get("period", "this")).startswith("this")]


def kept(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.values())[-6:]


def ended(desk: Desk, found: Known, ending: str = "withdrawn") -> Known:
    said = acts.ending(ending, "Talked over.")
    return close.close(desk.office, found.id, said, desk.doing("iro", found))


def reopened(desk: Desk, found: Known) -> Known:
    return VERBS[Act.REOPEN](
        desk.office, found.id, {"reason": "Too early."}, desk.doing("iro", found)
    )


def climbed(desk: Desk, found: Known, to: str = "stage-2") -> Known:
    return escalate.escalate(desk.office, found.id, acts.climb(to, "On."), desk.doing("iro", found))


def answered(desk: Desk, found: Known) -> Known:
    said = acts.reply("Done.", "done")
    return answer.answer(desk.office, found.id, said, desk.doing("manager", found))


# ------------------------------------------------------------------ no silence before the time was up


def test_nobody_is_silent_whose_time_was_not_up(desk: Desk) -> None:
    first = desk.at("Mon 2025-06-02").raised("stage-1")  # due Friday 6 June
    climbed(desk.at("Tue 2025-06-03"), first)
    second = desk.raised("stage-1", case_number="S-2")
    ended(desk.at("Wed 2025-06-04"), second)
    on_the_day = desk.at("Mon 2025-06-02").raised("stage-1", case_number="S-3")
    climbed(desk.at("Fri 2025-06-06 23:59"), on_the_day)
    desk.at("Mon 2025-06-30")
    at_first = next(row for row in ask(desk, "timeliness_by_stage") if row["stage"] == "Stage One")
    assert kept(at_first) == (0, 0, 0, 0, None, 3)
    (post,) = [r for r in ask(desk, "no_answer_by_post") if r["post"] == "Team Manager"]
    assert kept(post) == (0, 0, 0, 0, None, 3)


def test_left_a_minute_after_its_day_it_is_silence(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    climbed(desk.at("Sat 2025-06-07 00:01"), found)
    at_first = ask(desk, "timeliness_by_stage")[0]
    assert kept(at_first) == (1, 0, 0, 1, 0.0, 0)


def test_nobody_is_in_time_while_another_is_overdue(desk: Desk) -> None:
    for number in range(3):
        answered(desk.at("Tue 2025-06-03"), desk.raised("stage-1", case_number=f"S-{number}"))
    desk.at("Mon 2025-06-02").raised("stage-1", case_number="S-9")
    (row,) = ask(desk.at("Wed 2025-06-18"), "timeliness_by_stage")
    assert kept(row) == (4, 3, 0, 1, 75.0, 0)


def test_what_is_answered_after_the_period_was_unanswered_at_its_end(desk: Desk) -> None:
    late = desk.at("Mon 2025-06-02").raised("stage-1")
    answered(desk.at("Thu 2025-06-12"), late)
    until_then = {"from_day": "2025-06-01", "to_day": "2025-06-11"}
    assert kept(ask(desk, "timeliness_by_stage", until_then)[0]) == (1, 0, 0, 1, 0.0, 0)
    assert kept(ask(desk, "timeliness_by_stage")[0]) == (1, 0, 1, 0, 0.0, 0)


def test_a_day_agreed_when_the_first_was_over_undoes_no_silence(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    typed = {"until": "2025-06-27", "agreed_with": "Toni", "reason": "Leave."}
    agreed = review_response.agree_date(
        desk.at("Tue 2025-06-10").office, found.id, typed, desk.doing("iro", found)
    )
    assert kept(ask(desk, "timeliness_by_stage")[0]) == (1, 0, 0, 1, 0.0, 0)
    answered(desk, agreed)
    assert kept(ask(desk, "timeliness_by_stage")[0]) == (1, 0, 1, 0, 0.0, 0)


def test_a_day_agreed_in_time_is_the_deadline(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    typed = {"until": "2025-06-20", "agreed_with": "Toni", "reason": "Leave."}
    agreed = review_response.agree_date(desk.office, found.id, typed, desk.doing("iro", found))
    answered(desk.at("Thu 2025-06-19"), agreed)
    (row,) = ask(desk, "timeliness_by_stage")
    assert (row["the_day_is"], *kept(row)) == ("a deadline", 1, 1, 0, 0, 100.0, 0)
    with closing(open_log(desk)) as log:
        (days,) = log.execute("select clock_due_on, due_on, kind_of_day from stages")
    assert tuple(days) == ("2025-06-06", "2025-06-20", "agreed")


# ------------------------------------------------------------------------ what was closed was closed


def test_opening_again_rewrites_no_earlier_period(desk: Desk) -> None:
    one = desk.at("Mon 2025-06-02").raised("stage-1")
    closed = ended(desk.at("Wed 2025-06-04"), one)
    before = {name: ask(desk, name) for name in OF if "today" not in name}
    reopened(desk.at("Mon 2025-07-07"), closed)
    measured = {name for name in before if before[name] and "period" in before[name][0]}
    assert {name: ask(desk, name) for name in measured} == {n: before[n] for n in measured}
    assert [tuple(row.values())[1:] for row in ask(desk, "endings")] == [
        ("all closings", 1),
        ("Withdrawn", 1),
        ("opened again", 0),
    ]
    july = {"from_day": "2025-07-01", "to_day": "2025-07-31"}
    assert ask(desk, "endings", july)[-1]["closings"] == 1


def test_what_changed_for_the_child_is_counted_by_what_was_ticked(desk: Desk) -> None:
    desk.at("Mon 2025-06-02")
    for number, (ending, changes) in enumerate(
        (
            ("put_right", ["plan_carried_out", "seen"]),
            ("decided_by_court", ["nothing"]),
            ("withdrawn", ["safer"]),  # is not asked, whatever was typed before
            ("no_longer_ours", []),
        )
    ):
        found = desk.raised("stage-1", case_number=f"S-{number}")
        said = {**acts.ending(ending, "Talked over."), "changes": changes}
        close.close(desk.office, found.id, said, desk.doing("iro", found))
    rows = [tuple(row.values())[1:] for row in ask(desk, "change_for_the_child")]
    assert rows == [
        ("not asked", 2, None),
        ("Nothing changed", 1, 50.0),
        ("The child was seen or heard", 1, 50.0),
        ("The plan is carried out now", 1, 50.0),
    ]
    (heard,) = [r for r in ask(desk, "childs_voice") if r["question"] == "view given at the end"]
    assert (heard["asked"], heard["no"]) == (3, 3)


def test_what_was_not_known_at_closing_is_recorded_once_it_is(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    unknown = {"changes": ["not_known"], "look_again": "2025-06-16"}
    said = {**acts.ending("put_right", "Promised."), **unknown}
    ended_ = close.close(desk.office, found.id, said, desk.doing("iro", found))
    clocks = running_clocks(ended_.alert, ended_.ladder, desk.office.calendar("lambeth"))
    stands = where(ended_.alert, ended_.ladder, clocks, desk.office.now())
    assert "to be looked at again on Monday 16 June 2025" in stands.sentence
    seen = {"changes": ["provided", "safer"], "text": "I went there."}
    known = VERBS[Act.RECORD_CHANGE](
        desk.at("Wed 2025-07-02").office, found.id, seen, desk.doing("iro", ended_)
    )
    assert (
        "looked at again"
        not in where(known.alert, known.ladder, clocks, desk.office.now()).sentence
    )
    assert [row["change"] for row in ask(desk, "change_for_the_child")] == ["Not known yet"]
    until_july = {"from_day": "2025-06-01", "to_day": "2025-07-31"}
    assert [row["change"] for row in ask(desk, "change_for_the_child", until_july)] == [
        "A service or a placement is provided now",
        "The child is safer",
    ]


@pytest.mark.parametrize("ending", ["withdrawn", "no_longer_ours"])
def test_where_it_was_not_asked_it_is_not_recorded_afterwards(desk: Desk, ending: str) -> None:
    found = ended(desk, desk.at("Mon 2025-06-02").raised("stage-1"), ending)
    seen = {"changes": ["safer"], "text": "I went there."}
    with pytest.raises(NotPossible, match="is not asked"):
        VERBS[Act.RECORD_CHANGE](desk.office, found.id, seen, desk.doing("iro", found))


def test_what_was_closed_before_it_was_asked_is_not_recorded(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    recorded(desk, found, "iro", Closed(ending=EndingKind.PUT_RIGHT, what_changed="A plan."))
    (row,) = ask(desk, "change_for_the_child")
    assert tuple(row.values())[1:] == ("not recorded", 1, 100.0)


def test_no_row_says_which_child_has_died(desk: Desk) -> None:
    desk.at("Mon 2025-06-02")
    for number, ending in enumerate(("died", "no_longer_ours")):
        ended(desk, desk.raised("stage-1", case_number=f"S-{number}"), ending)
    with closing(open_log(desk)) as log:
        rows = [
            dict(row) for row in log.execute("select * from closings join alerts using (reference)")
        ]
        told = [
            row["detail"] for row in log.execute("select * from happenings where kind = 'Closed'")
        ]
    apart = {"reference", "number", "pseudonym"}
    died, left = ({k: v for k, v in row.items() if k not in apart} for row in rows)
    assert died == left
    assert told == ["The child is no longer looked after or on a plan"] * 2
    assert b"died" not in desk.office.log.files()[desk.council].read_bytes()


def test_what_was_raised_twice_is_no_concern_raised_again(desk: Desk) -> None:
    desk.at("Mon 2025-06-02").raised("stage-1")
    twice = desk.at("Tue 2025-06-03").raised("stage-1")
    assert [row["raised_again"] for row in ask(desk, "raised_again")] == [1]
    ended(desk, twice, "raised_in_error")
    assert [row["raised_again"] for row in ask(desk, "raised_again")] == [0]


def test_opened_again_before_the_day_it_is_waited_for_again(desk: Desk) -> None:
    one = desk.at("Mon 2025-06-02").raised("stage-1")
    closed = ended(desk.at("Tue 2025-06-03"), one)
    reopened(desk.at("Thu 2025-06-05"), closed)
    assert kept(ask(desk, "timeliness_by_stage")[0]) == (1, 0, 0, 1, 0.0, 0)


# ----------------------------------------------------------------------- only what is meant is counted


def test_good_practice_is_no_theme_is_not_put_right_and_stands_open_nowhere(desk: Desk) -> None:
    praise = wanted(desk.at("Mon 2025-06-02"), "good_practice")
    good = raise_alert(desk.office, praise, desk.doing("iro"))
    desk.raised("stage-1")
    assert [row["alerts"] for row in ask(desk, "open_by_stage")] == [1]
    recorded(desk, good, "iro", Closed(ending=EndingKind.PUT_RIGHT))  # as it could be once
    assert ask(desk, "endings")[0]["closings"] == 0
    assert ask(desk, "time_to_put_right")[0]["alerts"] == 0
    titles = {row["category"] for row in ask(desk, "themes")}
    procedure = desk.office.council("lambeth").procedure
    assert titles <= {one.title for one in procedure.categories}
    every = ask(desk, "good_practice")
    assert (every[0]["subject"], every[0]["alerts"]) == ("all", 1)
    assert len(every) > 1


def test_a_child_comes_back_only_with_a_second_concern_within_a_year(desk: Desk) -> None:
    desk.at("Mon 2024-05-06").raised("stage-1")
    desk.at("Mon 2025-06-02").raised("stage-1")
    raise_alert(desk.office, wanted(desk, "good_practice"), desk.doing("iro"))
    (row,) = ask(desk, "raised_again")
    assert (row["children"], row["raised_again"], row["reaches_back_a_year"]) == (1, 0, "yes")
    assert ask(desk, "more_than_one_alert") == []
    desk.at("Mon 2025-06-09").raised("stage-1")
    (row,) = ask(desk, "raised_again")
    assert (row["children"], row["raised_again"], row["with_a_shared_category"]) == (1, 1, 1)


def test_a_child_born_on_the_day_takes_no_day_of_an_act_away(desk: Desk) -> None:
    desk.at("Mon 2025-06-02").raised("stage-1", date_of_birth="2025-06-02")
    assert ask(desk, "raised")[0]["alerts"] == 1
    with closing(open_log(desk)) as log:
        days = [
            *log.execute("select raised_on from alerts union all select sent_on from stages"),
            *log.execute("select substr(happened_at, 1, 10) from happenings"),
        ]
    assert [one for (one,) in days] == ["2025-06-02"] * 4
    assert ask(desk, "withheld") == []
    assert kept(ask(desk.at("Mon 2025-06-30"), "timeliness_by_stage")[0])[0] == 1


def test_what_is_overdue_and_alone_is_none_in_time_and_no_share_of_nothing(desk: Desk) -> None:
    desk.at("Mon 2025-06-02").raised("stage-1")
    until = {"from_day": "2025-06-01", "to_day": "2025-06-18"}
    (row,) = ask(desk.at("Wed 2025-06-18"), "timeliness_by_stage", until)
    assert kept(row) == (1, 0, 0, 1, 0.0, 0)


def test_ages_stand_in_the_order_of_age_and_those_not_given_last(desk: Desk) -> None:
    desk.at("Mon 2025-06-02")
    for number, born in enumerate(("2023-05-05", "2018-05-05", "2013-05-05", "2008-05-05")):
        desk.raised("stage-1", case_number=f"S-{number}", date_of_birth=born)
    raised_at(desk, "practice_alert", "stage-1", said={"date_of_birth": None})
    ages = [row["value"] for row in ask(desk, "raised") if row["broken_down_by"] == "age"]
    assert ages == ["0 to 4", "5 to 9", "10 to 15", "16 to 17", "not given"]


# -------------------------------------------------------------------------- every procedure has its own


@pytest.mark.parametrize(
    ("council", "question"),
    [
        ("knowsley", "put_right_in_time"),
        ("lambeth", "timeliness_by_stage"),
        ("merton", "timeliness_by_stage"),
        ("northamptonshire", "timeliness_by_stage"),
        ("unnamed-2015", "steps_in_time"),
    ],
)
def test_every_procedure_says_how_much_was_in_time(
    council: str, question: str, tmp_path: Path
) -> None:
    desk = open_desk(tmp_path, council=council)
    procedure = desk.office.council(council).procedure
    kind = next(k for k, one in procedure.kinds.items() if one.ladder in procedure.ladders)
    ladder = procedure.ladder_of(kind)
    assert ladder is not None
    for stage in ladder.stages:
        found = raised_at(desk.at("Mon 2025-06-02"), kind, stage.id, choice=3)
        if stage.answer is None and stage.steps:
            played(desk, found, [Move("step", 1, 0)])  # from which the others are counted
    kept = ask(desk.at("Mon 2025-06-30"), question)
    assert sum(row["due"] for row in kept) > 0
    assert all(row["per_cent_in_time"] in {0.0, None} for row in kept)
    if council == "knowsley":
        assert {row["the_day_is"] for row in kept} == {"an aim"}
    timed = ask(desk, "what_is_timed")
    assert sum(row["stays"] for row in timed) == len(ladder.stages)
    desk.office.database.close()


def test_a_late_step_is_late_in_the_log_as_it_is_in_the_app(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, council="unnamed-2015")
    procedure = desk.office.council("unnamed-2015").procedure
    kind = next(k for k, one in procedure.kinds.items() if one.ladder in procedure.ladders)
    stage = next(one for one in procedure.main_ladder.stages if one.answer is None)
    found = raised_at(desk.at("Mon 2025-06-02"), kind, stage.id)
    played(desk, found, [Move("step", 1, 0)])
    assert [row["standing_today"] for row in ask(desk, "open_by_stage")] == ["a step is late"]
    assert [row["stage"] for row in ask(desk, "overdue_today")] == [stage.label]
    desk.office.database.close()


def test_nobody_is_late_by_an_aim_and_an_agreed_day_beside_one_is_a_deadline(
    tmp_path: Path,
) -> None:
    """No procedure has an answer that is only aimed at, so one is made up. Both share one day, and no figure."""
    team_manager = {"from": "team_manager", "within": "aim 4 working days"}
    desk = sampleford(tmp_path, {"answer": team_manager})
    raised_at(desk.at("Mon 2025-06-02"), "concern", "stage-1")
    agreed = raised_at(desk, "concern", "stage-1")
    typed = {"until": "2025-06-06", "agreed_with": "Toni", "reason": "Leave."}
    review_response.agree_date(desk.office, agreed.id, typed, desk.doing("iro", agreed))
    rows = ask(desk.at("Mon 2025-06-30"), "timeliness_by_stage")
    assert {row["the_day_is"]: kept(row) for row in rows} == {
        "a deadline": (1, 0, 0, 1, 0.0, 0),
        "an aim": (1, 0, 0, 1, 0.0, 0),
    }
    assert [row["reference"] for row in ask(desk, "overdue_today")] == [agreed.alert.reference]
    posts = ask(desk, "no_answer_by_post")
    assert {row["the_day_is"] for row in posts} == {"a deadline", "an aim"}
    desk.office.database.close()


def test_partner_ladders_stand_apart_and_never_merge(desk: Desk) -> None:
    desk.at("Mon 2025-06-02").raised("stage-1")
    procedure = desk.office.council("lambeth").procedure
    agency = min(procedure.partners)
    first = procedure.partners[agency].stages[0].id
    raised_at(desk, "partner", first, partner=agency)
    waiting = ask(desk, "open_by_stage")
    assert [(row["kind"], row["alerts"]) for row in waiting] == [
        ("Practice alert", 1),
        (procedure.kinds["partner"].title, 1),
    ]
    ours = ask(desk.at("Mon 2025-06-30"), "timeliness_by_stage")
    assert {row["kind"] for row in ours} == {"Practice alert"}
    assert [(r["agency"], r["raised"]) for r in ask(desk, "partner_alerts")] == [
        (procedure.partner_title(agency), 1)
    ]
    assert ask(desk, "raised")[0]["alerts"] == 1
    with closing(open_log(desk)) as log:
        found = {row[0] for row in log.execute("select distinct raised_as_id from alerts")}
    assert found == {"looked_after"}


def test_a_promise_is_in_one_line_whatever_became_of_it(desk: Desk) -> None:
    ends = ("put_right", "not_satisfactory")
    for number, outcome in enumerate((*ends, None)):
        found = answered(
            desk.at("Tue 2025-06-03"), desk.raised("stage-1", case_number=f"S-{number}")
        )
        typed = acts.promise(desk.office.today, "Toni")
        held = review_response.hold(desk.office, found.id, typed, desk.doing("iro", found))
        if outcome:
            desk.at("Thu 2025-06-05")
            said = acts.outcome(outcome, "Seen.")
            review_response.review(desk.office, held.id, said, desk.doing("iro", held))
    (row,) = ask(desk.at("Mon 2025-06-30"), "promises")
    assert tuple(row.values())[1:] == (3, 0, 1, 1, 0, 0, 1)


def test_years_run_from_april_to_march_and_stand_beside_the_one_before(desk: Desk) -> None:
    desk.at("Mon 2025-03-31 23:59").raised("stage-1", case_number="S-1")
    desk.at("Tue 2025-04-01 00:01").raised(
        "stage-1", case_number="S-2"
    )  # in London, not in Greenwich
    with closing(open_log(desk)) as log:
        year = {"from_day": "2025-04-01", "to_day": "2026-03-31"}
        rows = [tuple(row) for row in log.execute(OF["ever_formal"], year)]
    assert [row[:2] for row in rows] == [
        ("this period, 2025-04-01 to 2026-03-31", 1),
        ("the one before, 2024-04-01 to 2025-03-31", 1),
        ("a year earlier, 2024-04-01 to 2025-03-31", 1),
    ]


def test_the_middle_and_the_ninth_of_ten_are_said_with_how_many_they_are_of(desk: Desk) -> None:
    """And no mean, which one long wait would carry off."""
    raised = [desk.at("Mon 2025-06-02").raised("stage-1", case_number=f"S-{n}") for n in range(10)]
    took = (1, 2, 3, 4, 5, 6, 7, 8, 9, 19)
    for found, days in zip(raised, took, strict=True):
        last = add_working_days(day("Mon 2025-06-02"), days, desk.office.calendar("lambeth"))
        desk.at(f"{last:%a %Y-%m-%d}")
        ended(desk, answered(desk, found), "put_right")
    (row,) = ask(desk.at("Mon 2025-06-30"), "time_to_put_right")
    assert tuple(row.values())[1:] == (10, 5, 9, 0)


def test_of_time_limits_that_ended_each_was_kept_or_not_and_what_has_none_is_in_neither(
    desk: Desk,
) -> None:
    in_time, _, _ = (
        desk.at("Mon 2025-06-02").raised(stage, case_number=f"S-{n}")
        for n, stage in enumerate(("stage-1", "stage-1", "informal"))
    )
    ended(desk.at("Wed 2025-06-04"), in_time)
    (row,) = ask(desk.at("Fri 2025-08-29"), "within_the_time_limit", SUMMER)
    limits, within, past, share = tuple(row.values())[1:]
    assert (limits, within, past, share) == (2, 1, 1, 50.0)


SUMMER = {"from_day": "2025-06-01", "to_day": "2025-08-28"}


# -------------------------------------------------------------------- what comes afterwards undoes nothing

JULY = {"from_day": "2025-07-01", "to_day": "2025-07-31"}
A_MANAGER = {"answer": {"from": "team_manager", "within": "4 working days"}}


@pytest.mark.parametrize(
    ("recorded_on", "june", "july", "past_at_the_end_of_june"),
    [
        ("Fri 2025-06-20", (0, 0, 0, None), (1, 0, 1, 0.0), 0),  # while the usual one ran
        ("Wed 2025-07-02", (1, 0, 1, 0.0), (0, 0, 0, None), 1),  # when it was over
    ],
)
def test_a_longer_limit_recorded_when_the_usual_one_was_over_undoes_nothing(
    recorded_on: str,
    june: tuple[Any, ...],
    july: tuple[Any, ...],
    past_at_the_end_of_june: int,
    tmp_path: Path,
) -> None:
    cap = {
        "within": "15 working days",
        "exceptional": "25 working days",
    }  # until 23 June, or 7 July
    desk = sampleford(tmp_path, A_MANAGER, cap=cap)
    found = raised_at(desk.at("Mon 2025-06-02"), "concern", "stage-1")
    typed = {"exceptional": "yes", "agreed_with": "Toni", "reason": "It is hard."}
    doing = desk.at(recorded_on).doing("iro", found)
    review_response.agree_date(desk.office, found.id, typed, doing)
    desk.at("Fri 2025-08-01")
    limits = [ask(desk, "within_the_time_limit", days)[0] for days in (JUNE, JULY)]
    assert [tuple(row.values())[1:] for row in limits] == [june, july]
    open_then = [ask(desk, "open_at_end", days)[0] for days in (JUNE, JULY)]
    assert [row["past_the_time_limit"] for row in open_then] == [past_at_the_end_of_june, 1]
    desk.office.database.close()


BOTH = {"answer": {"from": ["team_manager", "service_manager"], "within": "4 working days"}}


@pytest.mark.parametrize(
    ("judged_on", "stage", "other"),
    [
        ("", (1, 0, 0, 1, 0.0, 0), (1, 0, 0, 1, 0.0, 0)),
        ("Wed 2025-06-04", (1, 1, 0, 0, 100.0, 0), (0, 0, 0, 0, None, 1)),  # nobody waits for it
        ("Tue 2025-06-10", (1, 0, 0, 1, 0.0, 0), (1, 0, 0, 1, 0.0, 0)),  # its time was up by then
    ],
)
def test_where_each_is_to_answer_nobody_is_late_for_another(
    judged_on: str, stage: tuple[Any, ...], other: tuple[Any, ...], tmp_path: Path
) -> None:
    desk = sampleford(tmp_path, BOTH)
    asked = wanted(desk.at("Mon 2025-06-02"), "concern", "stage-1")
    asked = replace(asked, asked=("team_manager", "service_manager"))
    found = raise_alert(desk.office, asked, desk.doing("iro"))
    one = desk.at("Tue 2025-06-03").doing("team_manager", found)
    found = answer.answer(desk.office, found.id, acts.reply("Done.", "done"), one)
    if judged_on:
        said = acts.outcome("not_satisfactory", "Seen.")
        doing = desk.at(judged_on).doing("iro", found)
        review_response.review(desk.office, found.id, said, doing)
    desk.at("Mon 2025-06-30")
    assert kept(ask(desk, "timeliness_by_stage")[0]) == stage
    posts = {row["post"]: kept(row) for row in ask(desk, "no_answer_by_post")}
    assert posts == {"Team Manager": (1, 1, 0, 0, 100.0, 0), "Service Manager": other}
    desk.office.database.close()


@pytest.mark.parametrize(
    ("sent_on", "post"),
    [("Wed 2025-06-04", "Service Manager"), ("Tue 2025-06-10", "Team Manager")],
)
def test_whoever_was_asked_when_the_time_was_up_did_not_answer(
    desk: Desk, sent_on: str, post: str
) -> None:
    """Sent on to another post before, or after."""
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    assert found.alert.run is not None
    before = found.alert.run.sent.asked
    new = Person(id="service", name="Robin Service", post="Service Manager")
    desk.at(sent_on)
    recorded(desk, found, "iro", Redirected(whose=before[0], to=new, asked=(new,), gone=before))
    rows = ask(desk.at("Mon 2025-06-30"), "no_answer_by_post")
    assert [(row["post"], *kept(row)) for row in rows] == [(post, 1, 0, 0, 1, 0.0, 0)]


@pytest.mark.parametrize(
    ("answered_on", "june", "july"),
    [("Thu 2025-06-05", [], [1]), ("Thu 2025-06-12", [1], [])],
)
def test_a_day_set_anew_when_the_first_was_over_undoes_nothing(
    answered_on: str, june: list[int], july: list[int], tmp_path: Path
) -> None:
    """To be put right by 10 June; whoever is asked says 4 July, before that day or after it."""
    desk = open_desk(tmp_path, council="northamptonshire")
    found = raised_at(desk.at("Mon 2025-06-02"), "escalation", "informal", choice=8)
    assert found.alert.run is not None
    assert found.alert.run.settle_by == date(2025, 6, 10)
    desk.at(answered_on)
    by = found.alert.run.sent.asked[0]
    set_anew = date(2025, 7, 4)
    said = {"stage": "informal", "by": by, "response": "done", "text": "Soon."}
    recorded(desk, found, "iro", Answered.model_validate({**said, "settle_by": set_anew}))
    desk.at("Fri 2025-08-01")
    due = [[row["due"] for row in ask(desk, "put_right_in_time", days)] for days in (JUNE, JULY)]
    assert due == [june, july]
    desk.office.database.close()


def test_an_answer_that_is_put_down_late_counts_from_when_it_came(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    assert found.alert.run is not None
    came = desk.at("Thu 2025-06-05").office.now()
    who = found.alert.run.sent.asked[0]
    said = {"stage": "stage-1", "by": who, "response": "done", "text": "Yes.", "received": came}
    by = {"channel": "telephone", "recorded_by": found.alert.officer}
    desk.at("Thu 2025-07-03")
    recorded(desk, found, "iro", AnswerRecorded.model_validate({**said, **by}))
    assert kept(ask(desk, "timeliness_by_stage")[0]) == (1, 1, 0, 0, 100.0, 0)


def test_raised_twice_it_is_no_second_concern_of_the_child(desk: Desk) -> None:
    desk.at("Mon 2025-06-02").raised("stage-1")
    twice = desk.at("Tue 2025-06-03").raised("stage-1")
    assert [row["alerts"] for row in ask(desk, "more_than_one_alert")] == [2]
    ended(desk, twice, "raised_in_error")
    assert ask(desk, "more_than_one_alert") == []


def test_what_becomes_of_a_partners_alert_stands_in_the_partners_figures_alone(desk: Desk) -> None:
    procedure = desk.office.council("lambeth").procedure
    agency = min(procedure.partners)
    first = procedure.partners[agency].stages[0].id
    found = raised_at(desk.at("Mon 2025-06-02"), "partner", first, partner=agency)
    ended(desk.at("Wed 2025-06-04"), found, "put_right")
    (row,) = ask(desk, "partner_alerts")
    assert (row["raised"], row["closed_as_put_right"]) == (1, 1)
    for name in ("raised", "endings", "time_to_put_right", "ever_formal"):
        assert not any(v for v in ask(desk, name)[0].values() if isinstance(v, int)), name
    for name in ("highest_stage", "change_for_the_child", "childs_voice", "themes"):
        assert ask(desk, name) == [], name
