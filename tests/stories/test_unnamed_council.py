"""The unnamed council: the first question, an e-mail form, the formal form, and the heads of service."""

from dataclasses import replace
from typing import Any

from practice_alerts.domain.errors import NotPossible
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day, moment
from tests.helpers.stories.story import Story, raised
from tests.stories.conftest import OpenDesk

TOLD = "The operational deputy head, by telephone at ten."


def test_the_heads_of_service_meet_and_it_is_put_right(at_council: OpenDesk) -> None:
    desk = at_council("unnamed-2015").at("Fri 2025-10-24 10:30")
    issue = replace(wanted(desk, "concern", "issue-notification"), gate="yes", gate_told=TOLD)
    story = raised(desk, "iro", issue)
    _serious_enough_so_the_deputy_head_was_told_at_once(story)
    _the_notification_runs_seventy_two_hours_over_the_change_of_clocks(story)
    _the_formal_form_is_another_and_filled_anew(story)
    _the_officer_and_the_deputy_head_decide_what_is_next(story)
    _the_deputy_head_takes_it_to_the_operational_side(story)
    _the_two_heads_and_a_meeting(story)
    _settled_and_signed_off(story)
    _what_became_of_the_referral_and_a_slip_put_right(story)
    _opened_again_with_the_old_clocks_and_closed(story)
    _it_is_all_on_paper(story)
    assert not story.found.alert.is_open


def _serious_enough_so_the_deputy_head_was_told_at_once(story: Story) -> None:
    """Immediate action is recorded; after it any stage is open, and no time limit runs."""
    gate = story.found.alert.raised.gate
    assert gate is not None
    assert (gate.answer, gate.told) == ("yes", TOLD)
    assert story.ways_up == ["stage-1", "stage-2", "stage-3", "stage-4"]
    assert story.emails() == {("social_worker", "asked"), ("team_manager", "asked")}
    assert "hold" in story.may()


def _the_notification_runs_seventy_two_hours_over_the_change_of_clocks(story: Story) -> None:
    """Hours run through the weekend, and through the hour that comes twice."""
    response = story.seen().clocks.response
    assert response is not None
    assert response.by == moment("Mon 2025-10-27 09:30")
    assert story.time_limit is None
    story.assert_as_the_ladder_command_says()
    assert story.on("Mon 2025-10-27 09:30").stands == "waiting for an answer"
    assert story.on("Mon 2025-10-27 09:31").stands == "no answer"

    story.on("Mon 2025-10-27 10:00").answered("social_worker", "I was on leave.", "other")
    assert story.emails() == {("iro", "answered_in_part")}
    story.not_satisfactory("It does not say when the report comes.")


def _the_formal_form_is_another_and_filled_anew(story: Story) -> None:
    """Ten working days for the relevant person and their manager, from the form's issue."""
    story.on("Mon 2025-10-27 11:00")
    assert story.found.alert.form == "issue_notification"
    why: dict[str, Any] = {"why_formal": ["inadequate"], "category": ["drift"]}
    story.escalated("stage-1", "The answer was not adequate.", about="concern", **why)
    assert story.found.alert.form == "qa_notification"
    assert story.found.alert.answers["why_formal"] == ["inadequate"]
    assert story.found.alert.raised.answers["category"] != ["drift"]
    assert story.emails() == {
        ("social_worker", "not_accepted"),
        ("team_manager", "not_accepted"),
        ("social_worker", "asked"),
        ("team_manager", "asked"),
    }
    assert (story.due, story.time_limit) == (day("Mon 2025-11-10"), None)
    story.assert_as_the_ladder_command_says()

    story.on("Tue 2025-11-04")
    story.answered("team_manager", "The report by Friday.", "will_be_done", "2025-11-07")
    story.held(day("Fri 2025-11-07"), "the Team Manager")
    assert (story.stands, story.due) == ("on hold", day("Mon 2025-11-10"))
    assert story.on("Mon 2025-11-10").stands == "hold ended"


def _the_officer_and_the_deputy_head_decide_what_is_next(story: Story) -> None:
    """At once, so no day is worked out: both moments stand on record. Stage 2 does not follow by itself."""
    story.not_satisfactory("No report.")
    assert story.steps == {"discussion": None}
    story.on("Mon 2025-11-10 15:00")
    story.took_place("discussion", "14:40", "It must go further.", outcome="go on to Stage 2")
    assert story.stands == "not satisfactory"


def _the_deputy_head_takes_it_to_the_operational_side(story: Story) -> None:
    """From here the procedure names the deputy head, who escalates and records, and does not close."""
    story.emails()
    assert story.may("deputy_head_iro") >= {"escalate", "step"}
    assert "close" not in story.may("deputy_head_iro")
    story.escalated("stage-2", "The IRO and I agree.", by="deputy_head_iro")
    assert story.emails() == {
        ("social_worker", "gone_on"),
        ("team_manager", "gone_on"),
        ("deputy_head_operational", "asked"),
    }  # one of two posts, as chosen
    assert story.due is None
    assert story.steps == {"discussion": None, "record": None, "plan": None, "actions": None}

    story.on("Tue 2025-11-11 15:00")
    story.took_place("discussion", "14:30", "Both sides were heard.", by="deputy_head_iro")
    # Whoever is asked hears of the days that run from now on.
    assert story.emails() == {("deputy_head_operational", "asked")}
    # Twenty-four hours for the record, and seven days for the actions, both from the discussion.
    assert story.steps["record"] == moment("Wed 2025-11-12 14:30")
    assert story.steps["actions"] == day("Tue 2025-11-18")
    assert "next: discussion recorded on the child's file, by Wednesday 12 Nov" in story.sentence
    assert story.on("Wed 2025-11-12 14:31").stands == "a step is late"
    story.took_place("record", "14:20", "It is on file.", by="deputy_head_iro")
    assert story.stands == "waiting for an answer"
    story.took_place("plan", "14:25", "A plan for the week was agreed.", by="deputy_head_iro")


def _the_two_heads_and_a_meeting(story: Story) -> None:
    """The meeting's week began with the discussion at Stage 2, whose actions are still running."""
    story.on("Mon 2025-11-17 10:00")
    assert "actions" in story.steps
    ours = {"copy_to_service_director": "no"}  # no other part of the council is concerned
    story.escalated("stage-3", "It cannot be settled here.", by="deputy_head_iro", **ours)
    attend = ("head_quality", "iro", "social_worker", "team_manager")
    may_meet = {(who, "invited_if_held") for who in attend}
    assert story.emails() == {
        ("deputy_head_operational", "gone_on"),
        ("head_operational", "asked"),
        *may_meet,
    }
    assert story.steps == {"heads": None, "meeting": day("Tue 2025-11-18"), "actions": None}
    story.referred("cafcass", "The plan drifts, whoever meets.", "The deputy head.")
    story.referred("early_review", "The plan has to be looked at.")

    story.took_place("heads", "09:30", "They want everybody in one room.")
    story.on("Tue 2025-11-18 12:00")
    present = "Social_Worker Sample\nIro Sample\nTeam_Manager Sample\nHead_Operational Sample"
    story.took_place(
        "meeting", "11:00", "Three actions.", chair="Head_Quality Sample", present=present
    )
    assert story.steps["actions"] == day("Tue 2025-11-25")
    assert story.on("Wed 2025-11-26").stands == "a step is late"
    story.took_place("actions", "08:30", "All three were taken.")
    assert story.stands == "every step recorded, to review"


def _settled_and_signed_off(story: Story) -> None:
    assert "judge" not in story.may("head_operational")
    story.put_right("The report is there, and it is good.")
    assert story.stands == "put right, to close"
    story.closed("put_right", "The plan is moving.", "They came to see me twice.")
    invited = {(who, "closed_copied") for who in ("head_quality", "social_worker", "team_manager")}
    assert story.emails() == {("head_operational", "closed"), *invited}


def _what_became_of_the_referral_and_a_slip_put_right(story: Story) -> None:
    story.on("Mon 2025-12-01").heard_back(
        "decided", "No proceedings; they write to the council.", 0
    )
    followed = story.found.alert.referrals[0].followed[-1][1]
    assert (followed.happened, followed.on) == ("decided", day("Mon 2025-12-01"))

    was = story.found.alert.answers["concerns"]
    story.corrected("concerns", "No report for the September review.", "The wrong month.")
    assert story.found.alert.answers["concerns"] == "No report for the September review."
    corrected = story.found.alert.corrections[-1][1]
    assert (corrected.was, corrected.reason) == (was, "The wrong month.")
    assert story.stands == "closed"


def _opened_again_with_the_old_clocks_and_closed(story: Story) -> None:
    steps = story.steps
    story.on("Mon 2025-12-08").reopened("The plan has stopped again.")
    assert story.stands == "every step recorded, to review"
    assert story.steps == steps
    assert "close" in story.may()
    story.not_satisfactory("Nothing of the meeting is left.")
    assert story.ways_up == ["stage-4"]
    assert story.seen().where.next_act == "escalate"
    theirs = {"copy_to_service_director": "yes"}
    story.escalated("stage-4", "The school's part must hear.", by="head_quality", **theirs)
    assert story.emails() == {
        ("head_operational", "gone_on"),
        ("head_operational", "not_accepted"),
        ("service_director", "asked"),
        ("head_operational", "reopened"),
        *((who, "reopened_copied") for who in ("head_quality", "social_worker", "team_manager")),
    }
    assert story.seen().ways_out == ("Referral to CAFCASS",)
    story.on("Thu 2025-12-11 16:00").took_place("director", "15:00", "There will be a new team.")
    story.put_right("There is one.")
    story.closed("put_right", "A new team since Monday.")
    assert not story.found.alert.is_open


def _it_is_all_on_paper(story: Story) -> None:
    paper = story.paper()
    for said in (
        "Quality Assurance",
        "The report by Friday.",
        "No report for the September review.",
        "The plan drifts, whoever meets.",
        "A new team since Monday.",
    ):
        assert said in paper, said
    assert "Reopened the alert" in story.chapters()
    story.assert_whole()


def test_the_formal_form_may_come_first_and_the_stages_above_may_not(at_council: OpenDesk) -> None:
    """With the first question answered no, only a significant concern skips the notification."""
    desk = at_council("unnamed-2015").at("Mon 2025-10-27")
    story = raised(desk, "iro", wanted(desk, "concern", "stage-1", about="concern"))
    assert story.found.alert.form == "qa_notification"
    assert story.ways_up == ["stage-2"]
    before = story.found.alert.version
    try:
        story.escalated("stage-2", "As talked over.", by="deputy_head_iro")
    except NotPossible as refused:
        raise AssertionError("the deputy head may go on") from refused
    assert story.found.alert.version == before + 2
