"""Lambeth: informally first, a hold that outlasts the limit, an event past every stage; and a partner agency."""

from dataclasses import replace

from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day
from tests.helpers.product.office import POSTS, Desk
from tests.helpers.stories.story import Story, raised
from tests.stories.conftest import OpenDesk

TIME_LIMIT = day("Mon 2025-05-19")
STANDSTILL = "Nothing to change meanwhile. Not to happen: The move to another borough."


def test_a_hold_outlasts_the_limit_and_the_service_manager_puts_it_right(
    at_council: OpenDesk,
) -> None:
    desk = at_council("lambeth").at("Mon 2025-04-07")
    desk.give("qa_service", "qa")
    informal = replace(wanted(desk, "practice_alert", "informal"), settle_by=day("Fri 2025-04-11"))
    story = raised(desk, "iro", informal)
    _informally_by_the_officers_own_day(story)
    _stage_one_over_easter(story)
    _held_past_the_limit_which_runs_on(story)
    _something_so_grave_that_the_directors_hear_at_once(story)
    _the_task_is_outstanding_so_stage_two(story)
    _put_right_and_the_standstill_lifted(story)
    _it_is_all_on_paper(story)
    assert not story.found.alert.is_open


def _informally_by_the_officers_own_day(story: Story) -> None:
    """The time is set by the child's needs. The social worker or the team manager of the child's own team."""
    assert story.asked == {"worker"}
    assert story.emails() == {("worker", "asked"), ("qa", "copied")}
    clocks = story.seen().clocks
    assert (clocks.response, clocks.time_limit, clocks.answer_by) == (
        None,
        None,
        day("Fri 2025-04-11"),
    )
    story.on("Thu 2025-04-10").answered("worker", "There is a queue for it.", "will_not_be_done")
    story.emails()
    story.not_satisfactory("A queue is no plan.")
    assert story.sentence.endswith("Escalate to Stage One.")


def _stage_one_over_easter(story: Story) -> None:
    """Sent on the Wednesday before Easter: four working days are over on the Thursday after it."""
    story.on("Wed 2025-04-16").escalated("stage-1", "The informal time is over.")
    assert story.emails() == {
        ("worker", "gone_on"),
        ("worker", "not_accepted"),
        ("manager", "asked"),
        ("qa", "copied"),
    }
    assert (story.due, story.time_limit) == (day("Thu 2025-04-24"), TIME_LIMIT)
    assert (story.seen().clocks.days_to_spare, story.warnings) == (0, ())
    story.assert_as_the_ladder_command_says()
    story.standstill("The move to another borough.", "Team Manager, by telephone.")


def _held_past_the_limit_which_runs_on(story: Story) -> None:
    """An agreed date and the answer's date are two things. The total keeps running, and a warning says so."""
    story.on("Tue 2025-04-22")
    text = "A foster home is being looked for."
    story.answered("manager", text, "will_be_done", "2025-06-12")
    story.held(day("Thu 2025-06-12"), "the Social Worker")
    clocks = story.seen().clocks
    assert (clocks.hold, story.due, story.time_limit) == (
        day("Thu 2025-06-12"),
        day("Thu 2025-04-24"),
        TIME_LIMIT,
    )
    assert story.warnings == (STANDSTILL, "The time limit passes before the hold ends.")
    story.on("Fri 2025-05-16").looked_at_the_hold(on_track=True, text="Two families were seen.")
    assert story.on("Tue 2025-05-20").warnings == (STANDSTILL, "The time limit has passed.")
    assert story.stands == "on hold"


def _something_so_grave_that_the_directors_hear_at_once(story: Story) -> None:
    """By whoever first knows, past every stage; the ladder stays where it is."""
    story.on("Wed 2025-05-21 15:00").went_past_every_stage(
        "attention from the media is about to come",
        told="The Director for Children's Services; the partnership",
        at="14:20",
        by="Iro Sample, Independent Reviewing Officer",
    )
    assert story.stands == "on hold"
    assert "override" not in story.may("manager")


def _the_task_is_outstanding_so_stage_two(story: Story) -> None:
    story.referred("cafcass", "The child may lose the school.", "The Director knows.", "discussed")
    assert story.on("Thu 2025-06-12 23:59").stands == "on hold"
    assert story.on("Fri 2025-06-13").stands == "hold ended"
    story.not_satisfactory("No family was found.")
    story.emails()
    story.escalated("stage-2", "The task is outstanding.")
    assert story.emails() == {("manager", "gone_on"), ("service", "asked"), ("qa", "copied")}
    assert (story.due, story.time_limit) == (day("Thu 2025-06-19"), TIME_LIMIT)
    story.assert_as_the_ladder_command_says()


def _put_right_and_the_standstill_lifted(story: Story) -> None:
    story.on("Tue 2025-06-17").answered("service", "A family in the next street.", "done")
    story.on("Wed 2025-06-18").put_right("I have been there.")
    story.standstill_ended(anyway=False, reason="The child stays at the school.")
    assert STANDSTILL not in story.warnings
    story.heard_back("withdrawn", "Not needed any more.")
    story.emails()
    story.closed("put_right", "A home in the next street, and the same school.", "Can I go now?")
    assert story.emails() == {("service", "closed"), ("qa", "closed_copied")}
    assert story.stands == "closed"


def _it_is_all_on_paper(story: Story) -> None:
    paper = story.paper()
    for said in (
        "Informal stage",
        "There is a queue for it.",
        "Monday 19 May 2025",
        "Thursday 12 June 2025",
        "The child may lose the school.",
        "A family in the next street.",
        "A home in the next street, and the same school.",
    ):
        assert said in paper, said
    past = "Told at once, past every stage: attention from the media is about to come"
    assert past in story.chapters()
    story.assert_whole()


# ------------------------------------------------------------------------------------ a partner agency


def test_the_health_service_is_asked_outside_the_directory(at_council: OpenDesk) -> None:
    """Its own ladder, no clock. Who is asked there has no account: the officer records what came."""
    desk = at_council("lambeth").at("Mon 2025-06-02")
    nurse = wanted(desk, "partner", "stage-1", partner="health-cla-nurse", sent_to="Robin Outside")
    story = raised(desk, "iro", nurse)
    _written_to_by_name_and_nobody_gets_an_email(story)
    _the_officer_records_what_came(story)
    _the_named_nurse_settles_it(desk, story)
    assert not story.found.alert.is_open


def _written_to_by_name_and_nobody_gets_an_email(story: Story) -> None:
    (asked,) = story.found.run.sent.asked
    assert (asked.id, asked.name, asked.post) == ("", "Robin Outside", "The nurse concerned")
    assert story.emails() == set()
    assert (story.due, story.time_limit, story.warnings) == (None, None, ())
    assert story.sentence.endswith("The procedure sets no time for it.")


def _the_officer_records_what_came(story: Story) -> None:
    assert "answer" in story.may()
    story.on("Thu 2025-06-12").answered("iro", "The assessment is late.", "other")
    chapter = "Recorded the answer of the nurse concerned at Stage 1: Something else"
    assert chapter in story.chapters()
    story.not_satisfactory("No date is given.")


def _the_named_nurse_settles_it(desk: Desk, story: Story) -> None:
    assert story.ways_up == ["stage-2", "stage-3"]
    story.escalated("stage-2", "The nurse gives no date.", sent_to="Sandy Outside")
    assert story.found.run.sent.asked[0].name == "Sandy Outside"
    for who in set(POSTS) - {"iro", "boss", "qa"}:
        assert desk.actor(who).id not in {person.id for person in story.found.alert.people_asked}
    story.on("Mon 2025-06-23").answered("iro", "Seen on Friday.", "done")
    story.put_right("The report has come.")
    story.closed("put_right", "The child has glasses.", "I can see the board.")
    assert "Sandy Outside" in story.paper()
    story.assert_whole()
