"""Merton: from the conversation through all six stages, past the limit, to CAFCASS."""

from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day
from tests.helpers.stories.story import Story, raised
from tests.stories.conftest import OpenDesk

COPIED = {("safeguarding_manager", "copied"), ("qa_administrator", "copied")}
ANSWERS = {("safeguarding_manager", "answer_copied"), ("qa_administrator", "answer_copied")}
TIME_LIMIT = day("Tue 2025-05-06")
STANDSTILL = "Nothing to change meanwhile. Not to happen: The move to a home in another county."
NO_LONGER_FIT = "The stages left up to Stage Six no longer fit the time limit."


def test_a_child_is_moved_all_the_same_and_cafcass_takes_it_on(at_council: OpenDesk) -> None:
    desk = at_council("merton").at("Mon 2025-03-31")
    story = raised(desk, "iro", wanted(desk, "practice_alert", "informal"))
    _talked_over_for_two_working_days(story)
    _stage_one_runs_out_of_words(story)
    _stage_two_runs_out_of_time(story)
    _stage_three_promises_and_the_child_is_moved_all_the_same(story)
    _stages_four_and_five_spend_what_is_left(story)
    _stage_six_is_past_the_limit(story)
    _cafcass_takes_it_on(story)
    _it_is_all_on_paper(story)
    assert not story.found.alert.is_open


def _talked_over_for_two_working_days(story: Story) -> None:
    """The conversation has two working days of its own, outside the twenty."""
    assert story.asked == {"social_worker"}  # one of the two posts, whom the officer chose
    assert story.emails() == {
        ("social_worker", "asked")
    }  # a talk is no alert, and is copied to nobody
    assert (story.due, story.time_limit) == (day("Wed 2025-04-02"), None)
    story.assert_as_the_ladder_command_says()

    assert story.on("Wed 2025-04-02 23:59").stands == "waiting for an answer"
    assert story.on("Thu 2025-04-03").stands == "no answer"
    assert story.ways_up[0] == "stage-1"


def _stage_one_runs_out_of_words(story: Story) -> None:
    """The limit runs from here. Nothing is to happen to the placement until it is settled."""
    asked = ["assistant_team_manager"]
    story.escalated("stage-1", "The conversation came to nothing.", asked=asked)
    assert story.emails() == {
        ("assistant_team_manager", "asked"),
        ("social_worker", "copied"),
        ("team_manager", "copied"),
        *COPIED,
    }
    # Good Friday, Easter Monday and the early May holiday lie within the twenty working days.
    assert (story.due, story.time_limit) == (day("Mon 2025-04-07"), TIME_LIMIT)
    assert (story.seen().clocks.days_to_spare, story.warnings) == (0, ())
    story.assert_as_the_ladder_command_says()

    story.standstill("The move to a home in another county.", "The team, by e-mail today.")
    assert "standstill" not in story.may()

    story.on("Mon 2025-04-07 16:00").answered("assistant_team_manager", "We hear the concern.")
    assert story.emails() == {("iro", "answered"), *ANSWERS}
    assert story.stands == "a response to review"
    assert "judge" not in story.may("assistant_team_manager")
    story.not_satisfactory("It says nothing of the move.")
    assert story.sentence.endswith("Escalate to Stage Two by Monday 7 April 2025.")


def _stage_two_runs_out_of_time(story: Story) -> None:
    """From Stage Two on the protocol asks why it goes further. Silence is the next ground."""
    story.escalated("stage-2", "An answer without an answer.")
    assert story.emails() == {
        ("assistant_team_manager", "gone_on"),
        ("assistant_team_manager", "not_accepted"),
        ("team_manager", "asked"),
        *COPIED,
    }
    assert (story.due, story.time_limit) == (day("Wed 2025-04-09"), TIME_LIMIT)
    assert "close" not in story.may("team_manager")

    story.on("Thu 2025-04-10")
    assert story.sentence == (
        "Stage Two: no answer; it was due Wednesday 9 April 2025. Escalate to Stage Three today;"
        " through Stage Six the time limit is now missed by 1 working day."
    )


def _stage_three_promises_and_the_child_is_moved_all_the_same(story: Story) -> None:
    story.escalated("stage-3", "The Team Manager has not answered.")
    assert story.emails() == {
        ("team_manager", "gone_on"),
        ("head_of_service", "asked"),
        ("assistant_director", "copied"),
        *COPIED,
    }
    assert (story.due, story.time_limit) == (day("Wed 2025-04-16"), TIME_LIMIT)
    assert story.warnings == (STANDSTILL, NO_LONGER_FIT)
    assert story.may("safeguarding_manager") == set()  # whoever has a copy reads, and does nothing

    story.on("Tue 2025-04-15")
    story.answered("head_of_service", "A local home will be found.", "will_be_done", "2025-04-24")
    story.held(day("Thu 2025-04-24"), "the Head of Service")
    # The hold moves neither the date of the answer nor the limit.
    assert (story.stands, story.due, story.time_limit) == (
        "on hold",
        day("Wed 2025-04-16"),
        TIME_LIMIT,
    )
    assert story.on("Thu 2025-04-17").stands == "on hold"

    story.on("Tue 2025-04-22").looked_at_the_hold(on_track=False, text="Nobody has been asked.")
    assert story.stands == "on hold"
    story.on("Wed 2025-04-23")
    story.standstill_ended(anyway=True, reason="Moved this morning, without a word to me.")
    assert "standstill" in story.may()

    assert story.on("Fri 2025-04-25").stands == "hold ended"
    story.not_satisfactory("The child was moved out of the county.")


def _stages_four_and_five_spend_what_is_left(story: Story) -> None:
    story.emails()
    story.escalated("stage-4", "A promise was broken and a standstill ignored.")
    assert story.emails() == {
        ("head_of_service", "gone_on"),
        ("assistant_director", "asked"),
        *COPIED,
    }
    assert (story.due, story.time_limit) == (day("Thu 2025-05-01"), TIME_LIMIT)
    story.on("Thu 2025-05-01").answered(
        "assistant_director", "The move stands.", "will_not_be_done"
    )
    story.not_satisfactory("No word on school or family time.")

    story.emails()
    story.escalated("stage-5", "The Assistant Director lets it stand.")
    assert story.emails() == {("assistant_director", "gone_on"), ("director", "asked"), *COPIED}
    assert story.due == day("Thu 2025-05-08")
    assert story.warnings == ("The answer is due after the time limit.",)
    story.assert_as_the_ladder_command_says()
    assert story.on("Wed 2025-05-07").warnings == ("The time limit has passed.",)


def _stage_six_is_past_the_limit(story: Story) -> None:
    """The top; what lies beyond it is outside the authority, and was open all along."""
    assert story.on("Fri 2025-05-09").stands == "no answer"
    assert "refer" in story.may()
    story.escalated("stage-6", "The Director has not answered.")
    assert story.emails() == {("director", "gone_on"), ("chief_executive", "asked"), *COPIED}
    assert (story.due, story.time_limit) == (day("Thu 2025-05-15"), TIME_LIMIT)
    assert story.ways_up == []
    assert story.why_not("escalate").startswith("This is the top of the ladder.")
    assert story.seen().ways_out == ("Referral to CAFCASS",)

    story.on("Wed 2025-05-14").answered("chief_executive", "I stand by my directors.", "other")
    story.not_satisfactory("Nothing changes for the child.")


def _cafcass_takes_it_on(story: Story) -> None:
    """After a word with the line manager, which is on record and asks for nobody's leave."""
    story.referred("cafcass", "Six stages, and the child is worse off.", "", "discussed")
    story.on("Mon 2025-05-19").heard_back("acknowledged", "They have the pack.")
    story.on("Fri 2025-05-23").heard_back("decided", "They go to court with it.")
    story.emails()
    story.closed("taken_on", "A children's guardian now speaks for the child.", "At last.")
    assert story.stands == "closed"
    assert story.emails() == {
        ("chief_executive", "closed"),
        *(("safeguarding_manager", "closed_copied"), ("qa_administrator", "closed_copied")),
    }
    assert story.may() >= {"reopen", "follow-up", "note", "correct"}
    assert "escalate" not in story.may()
    assert story.may("head_of_service") == set()


def _it_is_all_on_paper(story: Story) -> None:
    paper = story.paper()
    for said in (
        "We hear the concern.",
        "The Team Manager has not answered.",
        "Tuesday 6 May 2025",
        "I stand by my directors.",
        "Six stages, and the child is worse off.",
        "A children's guardian now speaks for the child.",
    ):
        assert said in paper, said
    for number in ("One", "Two", "Three", "Four", "Five", "Six"):
        assert f"Stage {number}" in paper
    last, copies = story.chapters()[-1].split(". ")
    assert last == "Closed the alert: taken on by CAFCASS or the partnership"
    assert copies.startswith("Told how it ended: the Safeguarding Manager and the ")
    assert "Moved this morning" in "\n".join(f"{line}" for line in story.seen().history)
    story.assert_whole()
