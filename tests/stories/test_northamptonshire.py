"""Northamptonshire: informally by an agreed day, then the levels, with a manager who would rather not."""

from dataclasses import replace

import pytest

from practice_alerts.domain.errors import BadAnswers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day
from tests.helpers.stories.story import Story, raised
from tests.stories.conftest import OpenDesk

TIME_LIMIT = day("Mon 2025-10-13")


def test_the_line_manager_disagrees_and_it_is_put_right_at_level_three(
    at_council: OpenDesk,
) -> None:
    desk = at_council("northamptonshire").at("Mon 2025-09-01")
    informal = replace(wanted(desk, "escalation", "informal"), settle_by=day("Fri 2025-09-12"))
    story = raised(desk, "iro", informal)
    _informally_by_the_day_agreed(story)
    _formal_although_the_line_manager_does_not_agree(story)
    _level_two_meets_and_promises(story)
    _level_three_is_past_the_limit_and_puts_it_right(story)
    _it_is_all_on_paper(story)
    assert not story.found.alert.is_open


def _informally_by_the_day_agreed(story: Story) -> None:
    """No clock but the day agreed; the Team Manager hears that a form exists."""
    assert story.asked == {"social_worker", "practice_manager"}
    assert story.emails() == {
        ("social_worker", "asked"),
        ("practice_manager", "asked"),
        ("team_manager", "copied"),
    }
    clocks = story.seen().clocks
    assert (clocks.response, clocks.time_limit) == (None, None)
    assert clocks.answer_by == day("Fri 2025-09-12")
    assert story.sentence.endswith("to be put right by Friday 12 September 2025.")

    story.on("Tue 2025-09-09").answered("practice_manager", "There is no money for it.")
    assert story.emails() == {("iro", "answered_in_part")}
    assert story.stands == "waiting for an answer", "the text asks the social worker as well"
    story.answered("social_worker", "I have asked for it twice.")
    assert story.emails() == {("iro", "answered")}
    assert story.stands == "a response to review"
    story.not_satisfactory("Money is not the child's concern.")
    assert story.sentence.endswith("Escalate to Level 1.")


def _formal_although_the_line_manager_does_not_agree(story: Story) -> None:
    """The talk with the line manager is on record, whatever came of it, and holds nobody back."""
    story.on("Fri 2025-09-12")
    assert "sign-off" in story.may("boss")
    story.managers_view("not agreed", "Boss Sample, IRO Manager", "Try again first.", by="boss")
    assert "escalate" not in story.may("boss")
    assert "escalate" in story.may()

    story.on("Mon 2025-09-15").escalated("level-1", "Two weeks, and nothing has changed.")
    assert story.emails() == {
        ("practice_manager", "gone_on"),
        ("practice_manager", "not_accepted"),
        ("social_worker", "gone_on"),
        ("social_worker", "not_accepted"),
        ("team_manager", "asked"),
    }
    # Five working days for the level, twenty for the whole: four levels fit without a day to spare.
    assert (story.due, story.time_limit) == (day("Mon 2025-09-22"), TIME_LIMIT)
    assert (story.seen().clocks.days_to_spare, story.warnings) == (0, ())
    assert story.seen().clocks.escalate_by == day("Mon 2025-09-22")
    story.assert_as_the_ladder_command_says()

    assert story.on("Mon 2025-09-22 23:59").stands == "waiting for an answer"
    assert story.on("Tue 2025-09-23").stands == "no answer"


def _level_two_meets_and_promises(story: Story) -> None:
    """A meeting belongs to the levels above the Team Manager; nobody has to wait for it."""
    story.escalated("level-2", "The Team Manager has not answered.")
    assert story.emails() == {("team_manager", "gone_on"), ("service_manager", "asked")}
    assert (story.due, story.time_limit) == (day("Tue 2025-09-30"), TIME_LIMIT)
    assert story.warnings == ("The stages left up to Level 4 no longer fit the time limit.",)
    assert story.steps == {"meeting": None}

    story.on("Fri 2025-09-26 12:00")
    present = "Boss Sample, IRO Manager\nService_Manager Sample"
    story.took_place(
        "meeting", "10:30", "Both sides were heard.", chair="IRO Manager", present=present
    )
    assert story.stands == "waiting for an answer"

    story.on("Mon 2025-09-29")
    text = "A tutor from Monday on."
    story.answered("service_manager", text, "will_be_done", "2025-10-10")
    story.held(day("Fri 2025-10-10"), "the Service Manager")
    assert (story.stands, story.due, story.time_limit) == (
        "on hold",
        day("Tue 2025-09-30"),
        TIME_LIMIT,
    )
    story.on("Tue 2025-10-07").looked_at_the_hold(on_track=True, text="The tutor has been chosen.")
    assert story.on("Fri 2025-10-10 23:59").stands == "on hold"
    assert story.on("Sat 2025-10-11").stands == "hold ended"


def _level_three_is_past_the_limit_and_puts_it_right(story: Story) -> None:
    """CAFCASS and legal advice were open all along; each runs beside the ladder."""
    story.on("Mon 2025-10-13").not_satisfactory("No tutor has come.")
    story.emails()
    story.escalated("level-3", "A promise was not kept.")
    assert story.emails() == {("service_manager", "gone_on"), ("strategic_manager", "asked")}
    assert (story.due, story.time_limit) == (day("Mon 2025-10-20"), TIME_LIMIT)
    assert story.warnings == ("The answer is due after the time limit.",)
    story.referred("legal_advice", "A term without school.", "My manager.", "in liaison")
    assert story.stands == "waiting for an answer"
    assert story.on("Tue 2025-10-14").warnings == ("The time limit has passed.",)
    story.referred("cafcass", "The plan has failed the child.")

    story.on("Fri 2025-10-17")
    story.not_needed("meeting", "All has been said at Level 2.")
    story.answered("strategic_manager", "The tutor began on Wednesday.", "done")
    story.on("Mon 2025-10-20").put_right("I met the tutor, and the child.")
    assert story.stands == "put right, to close"
    story.heard_back("withdrawn", "No longer needed.", 1)
    story.emails()
    story.closed("put_right", "Lessons at home, five days a week.", "I like maths again.")
    assert story.emails() == {("strategic_manager", "closed")}


def _it_is_all_on_paper(story: Story) -> None:
    paper = story.paper()
    for said in (
        "There is no money for it.",
        "not agreed",
        "Monday 13 October 2025",
        "Level 3",
        "A tutor from Monday on.",
        "Independent legal advice",
        "The plan has failed the child.",
        "Lessons at home, five days a week.",
    ):
        assert said in paper, said
    chapters = story.chapters()
    view = "Recorded the view of Boss Sample, IRO Manager, Friday 12 September 2025: not agreed"
    assert view in chapters
    assert "Not needed: meeting about the escalation" in chapters
    story.assert_whole()


def test_a_chair_has_no_way_out_of_the_authority_here(at_council: OpenDesk) -> None:
    """The outside routes are printed for the IRO alone; nothing is borrowed for chairs."""
    desk = at_council("northamptonshire").at("Mon 2025-09-01")
    chairs = wanted(desk, "escalation", "level-1", raised_as="child_protection")
    story = raised(desk, "cp_chair", chairs)
    assert "refer" not in story.may()
    assert "escalate" in story.may()


def test_an_informal_day_that_has_passed_is_refused(at_council: OpenDesk) -> None:
    desk = at_council("northamptonshire").at("Mon 2025-09-01")
    late = replace(wanted(desk, "escalation", "informal"), settle_by=day("Fri 2025-08-29"))
    with pytest.raises(BadAnswers, match="choose today or a later day"):
        raised(desk, "iro", late)
