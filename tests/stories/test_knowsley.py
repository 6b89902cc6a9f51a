"""Knowsley: aims that pass without anything being overdue, dates for the actions, and a Director who decides."""

import pytest

from practice_alerts.domain.errors import BadAnswers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day
from tests.helpers.stories.story import Story, raised
from tests.stories.conftest import OpenDesk

TIME_LIMIT = day("Tue 2026-05-12")


def test_the_director_decides_and_the_officer_is_not_content(at_council: OpenDesk) -> None:
    desk = at_council("knowsley").at("Wed 2026-04-01")
    challenge = wanted(desk, "challenge", "stage-1", actions_by="2026-04-09")
    story = raised(desk, "iro", challenge)
    _an_informal_challenge_aims_at_five_working_days(story)
    _stage_two_names_nobody_to_answer_and_the_officer_chooses(story)
    _the_dates_for_the_actions_pass(story)
    _the_aim_of_stage_three_passes_without_being_overdue(story)
    _the_director_decides_at_a_meeting(story)
    _closed_with_the_final_decision(story)
    _what_became_of_the_referral(story)
    _it_is_all_on_paper(story)
    assert not story.found.alert.is_open


def test_a_promise_is_reviewed_where_a_meeting_was_to_decide(at_council: OpenDesk) -> None:
    """At stage four nobody answers and a meeting is held; a hold agreed before it comes to an end all the same."""
    desk = at_council("knowsley").at("Wed 2026-04-01")
    story = raised(desk, "iro", wanted(desk, "challenge", "stage-1", actions_by="2026-04-09"))
    for stage, asked in (("stage-2", ["social_worker"]), ("stage-3", []), ("stage-4", [])):
        story.escalated(stage, "It is not resolved.", asked=asked, actions_by="2026-05-12")
    assert story.why_not("judge") == "The steps of this stage are not recorded yet."

    story.held(day("Fri 2026-04-10"), "the Director")
    story.on("Mon 2026-04-13")
    assert (story.stands, story.seen().where.next_act) == ("hold ended", "judge")
    story.not_satisfactory("Nothing has been done.")
    assert story.stands == "not satisfactory"


def _an_informal_challenge_aims_at_five_working_days(story: Story) -> None:
    """An aim over Easter, and no limit yet."""
    assert story.asked == {"social_worker"}  # one of the two posts, whom the officer chose
    assert story.emails() == {("social_worker", "asked"), ("team_manager", "copied")}
    assert (story.due, story.aim, story.time_limit) == (None, day("Fri 2026-04-10"), None)
    story.assert_as_the_ladder_command_says()
    assert {"standstill", "override"}.isdisjoint(story.may())

    story.on("Sat 2026-04-11")
    assert story.aim_passed
    assert story.stands == "waiting for an answer"


def _stage_two_names_nobody_to_answer_and_the_officer_chooses(story: Story) -> None:
    story.on("Mon 2026-04-13")
    with pytest.raises(BadAnswers, match="the procedure names nobody at STAGE 2"):
        story.escalated("stage-2", "It must not drift.", actions_by="2026-04-24")
    story.escalated(
        "stage-2", "It must not drift.", asked=["social_worker"], actions_by="2026-04-24"
    )
    # "HOS/Team Manager" is both: a copy too many is put right sooner than one that never came.
    copied = {("head_of_service", "copied"), ("team_manager", "copied")}
    assert story.emails() == {("social_worker", "asked"), *copied}
    # Twenty working days from the first formal stage; three aims of five leave five to spare.
    assert (story.due, story.aim, story.time_limit) == (None, day("Mon 2026-04-20"), TIME_LIMIT)
    assert story.seen().clocks.days_to_spare == 5
    assert story.seen().clocks.escalate_by == day("Mon 2026-04-27")
    story.assert_as_the_ladder_command_says()


def _the_dates_for_the_actions_pass(story: Story) -> None:
    """The officer's own date for the actions is no clock: what it ends in is a promise that was not kept."""
    story.on("Thu 2026-04-16 15:00")
    story.took_place("meeting", "14:00", "The actions were gone through.", chair="Head of Service")
    assert story.stands == "waiting for an answer"
    story.answered("social_worker", "All of it by the 24th.", "will_be_done", "2026-04-24")
    story.held(day("Fri 2026-04-24"), "the Social Worker")
    story.on("Tue 2026-04-21").looked_at_the_hold(on_track=True, text="Two of three are done.")
    # The aim of Monday 20 April has passed; the hold has moved neither it nor the limit.
    assert (story.stands, story.aim, story.time_limit) == (
        "on hold",
        day("Mon 2026-04-20"),
        TIME_LIMIT,
    )
    assert story.aim_passed

    assert story.on("Mon 2026-04-27").stands == "hold ended"
    story.not_satisfactory("The third is not done: no permanence plan.")
    assert story.sentence.endswith("Escalate to STAGE 3 by Monday 27 April 2026.")


def _the_aim_of_stage_three_passes_without_being_overdue(story: Story) -> None:
    story.emails()
    story.escalated("stage-3", "The dates have passed.", actions_by="2026-05-05")
    assert story.emails() == {("social_worker", "gone_on"), ("assistant_director", "asked")}
    assert (story.aim, story.time_limit) == (day("Tue 2026-05-05"), TIME_LIMIT)
    assert (story.seen().clocks.days_to_spare, story.warnings) == (0, ())

    story.on("Wed 2026-05-06")
    assert story.aim_passed
    assert story.stands == "waiting for an answer"
    story.referred("cafcass", "A year without a permanence plan.", "My Team Manager, on 5 May.")
    assert story.stands == "waiting for an answer"


def _the_director_decides_at_a_meeting(story: Story) -> None:
    story.escalated("stage-4", "It is not resolved.", actions_by="2026-05-12")
    attend = ("service_manager", "head_of_service", "social_worker")
    invited = {(who, "invited") for who in attend}
    assert story.emails() == {("assistant_director", "gone_on"), ("director", "asked"), *invited}
    assert (story.aim, story.time_limit) == (day("Wed 2026-05-13"), TIME_LIMIT)
    assert story.warnings == ("It is to be put right after the time limit.",)
    assert story.steps == {"meeting": None}
    assert story.seen().where.next_act == "step"
    story.assert_as_the_ladder_command_says()

    story.on("Mon 2026-05-11 12:00")
    everybody = "Iro Sample\nSocial_Worker Sample\nService_Manager Sample\nHead_Of_Service Sample"
    outcome = "The plan stays as it is; the Director has decided."
    story.took_place("meeting", "11:30", outcome, chair="Director", present=everybody)
    assert story.stands == "every step recorded, to review"
    story.not_satisfactory("There is still no permanence plan.")
    assert story.seen().ways_out == ("Referral to CAFCASS",)
    assert story.ways_up == []


def _closed_with_the_final_decision(story: Story) -> None:
    """Final inside the authority. CAFCASS has it, and its answer can still be recorded."""
    story.on("Tue 2026-05-12").closed("decided_not_satisfied", "Nothing yet.", "When do I know?")
    invited = ("service_manager", "head_of_service", "social_worker")
    told = {(who, "closed_copied") for who in invited}
    assert story.emails() == {("director", "not_accepted"), ("director", "closed"), *told}
    assert story.stands == "closed"
    assert story.may("director") == set()


def _what_became_of_the_referral(story: Story) -> None:
    story.on("Thu 2026-05-14").heard_back("acknowledged", "A CAFCASS officer has it.")
    story.on("Mon 2026-06-01").heard_back("decided", "The officer goes to court.")
    assert story.stands == "closed"
    assert story.emails() == set()


def _it_is_all_on_paper(story: Story) -> None:
    paper = story.paper()
    for said in (
        "STAGE 1",
        "STAGE 4",
        "All of it by the 24th.",
        "Tuesday 12 May 2026",
        "A year without a permanence plan.",
        "There is still no permanence plan.",
        "Nothing yet.",
    ):
        assert said in paper, said
    assert "Took place on Monday 11 May 2026 at 11:30: meeting" in story.chapters()
    story.assert_whole()


def test_a_chair_for_a_child_in_need_has_no_cafcass(at_council: OpenDesk) -> None:
    desk = at_council("knowsley").at("Wed 2026-04-01")
    changes = {"raised_as": "child_in_need", "actions_by": "2026-04-09"}
    story = raised(desk, "cp_chair", wanted(desk, "challenge", "stage-1", **changes))
    with pytest.raises(BadAnswers, match="choose from the list"):
        story.referred("cafcass", "It does not exist for this child.")
    story.referred("legal_advice", "What else can a chair do?")
    assert [one.referred.route for one in story.found.alert.referrals] == ["legal_advice"]
