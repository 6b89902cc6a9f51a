"""The work tray: what is whose to do, in a sentence for the person who reads it, and nothing of others'."""

import pytest

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import PostHolding
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.acts.review_response import hold, review
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory.cover.absence_cover import Cover, set_cover
from practice_alerts.casework.views import work_tray as casework
from practice_alerts.casework.views.tray_parts import InTray, Tray, Wanted
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.standing.standings import Pile
from practice_alerts.domain.standing.waiting_on import WaitingOn
from tests.helpers.alerts import act_answers
from tests.helpers.days import day, moment
from tests.helpers.product.office import LONG_AGO, TEAM, Desk

SERVICE = Filters(whose="service")


def tray(desk: Desk, who: str, filters: Filters | None = None, **most: int) -> Tray:
    return casework.tray(desk.office, desk.actor(who), Wanted(filters or Filters(), most))


def said(found: Tray, part: str) -> list[str]:
    return [line.where.sentence for line in found.part(part).lines]


def references(lines: tuple[InTray, ...]) -> list[str]:
    return [line.row.reference for line in lines]


def listed(desk: Desk, who: str, filters: Filters | None = None) -> set[str]:
    """Everything in the tray."""
    parts = tray(desk, who, filters).parts
    return {one for part in parts for one in references(part.lines)}


def searched(desk: Desk, who: str, words: str) -> list[str]:
    return references(casework.search(desk.office, desk.actor(who), words))


def answered(desk: Desk, found: Known, who: str = "manager") -> Known:
    return answer(desk.office, found.id, act_answers.reply("Done.", "done"), desk.doing(who, found))


def test_whoever_is_asked_reads_what_is_theirs_to_do(desk: Desk) -> None:
    desk.at("Mon 2025-06-02").raised("stage-1")
    assert said(tray(desk, "manager"), "to-answer") == [
        "Stage One: your answer is due Friday 6 June 2025."
    ]
    late = tray(desk.at("Mon 2025-06-09"), "manager")
    assert said(late, "to-answer") == [
        "Stage One: your answer was due Friday 6 June 2025. Please answer today."
    ]
    assert "Escalate" in said(tray(desk, "iro"), "needs-you")[0]


def test_once_answered_it_waits_on_the_officer_who_has_it_now(desk: Desk) -> None:
    found = answered(desk, desk.at("Mon 2025-06-02").raised("stage-1"))
    officer = found.alert.officer.name
    seen = tray(desk, "manager")
    assert seen.part("to-answer").count == 0
    assert said(seen, "waiting") == [f"Stage One: answered. {officer} decides now."]
    assert references(tray(desk, "iro").part("needs-you").lines) == [found.alert.reference]
    to = {"to": "other_iro", "reason": "Leave."}
    found = VERBS[Act.HAND_ON](desk.office, found.id, to, desk.doing("boss", found))
    assert found.alert.officer.name != officer
    assert said(tray(desk, "manager"), "waiting") == [
        f"Stage One: answered. {found.alert.officer.name} decides now."
    ]


def test_a_hold_stands_in_both_trays(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    promise = act_answers.promise(day("Mon 2025-06-30"), "Toni Sample")
    hold(desk.office, found.id, promise, desk.doing("iro", found))
    for who in ("iro", "manager"):
        assert tray(desk, who).part("on-hold").count == 1


def test_a_stranger_has_an_empty_tray_and_finds_nothing(desk: Desk) -> None:
    found = desk.raised("stage-1")
    assert tray(desk, "other_iro").parts == ()
    assert searched(desk, "other_iro", found.alert.reference) == []
    assert searched(desk, "iro", "S-100001") == [found.alert.reference]


MANAGER = Person(id="manager", name="Manager Sample", post="Team Manager")


def test_what_must_be_done_first_stands_first(desk: Desk) -> None:
    calm = desk.at("Wed 2025-06-04").raised("stage-1")
    late = desk.at("Mon 2025-05-12").raised("stage-1")
    to_review = answered(desk, desk.at("Mon 2025-06-02").raised("stage-1"))
    seen = tray(desk.at("Thu 2025-06-05"), "iro")
    first = [late.alert.reference, to_review.alert.reference]
    assert references(seen.part("needs-you").lines) == first
    assert references(seen.part("waiting").lines) == [calm.alert.reference]


def test_a_line_says_on_whom_it_waits_and_since_when(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    (line,) = tray(desk.at("Wed 2025-06-04"), "iro").part("waiting").lines
    assert line.waits == WaitingOn("Team Manager", day("Mon 2025-06-02"), (MANAGER,))
    found = answered(desk.at("Thu 2025-06-05"), found)
    (line,) = tray(desk.at("Fri 2025-06-06"), "iro").part("needs-you").lines
    assert line.waits == WaitingOn("", day("Thu 2025-06-05"))
    assert line.officer == "Iro Sample"
    review(
        desk.office,
        found.id,
        act_answers.outcome("not_satisfactory", "No date."),
        desk.doing("iro", found),
    )
    (line,) = tray(desk.at("Mon 2025-06-09"), "iro").part("needs-you").lines
    assert line.waits == WaitingOn("", day("Fri 2025-06-06"))


def test_silence_after_the_day_is_still_the_post_s_that_was_asked(desk: Desk) -> None:
    desk.at("Mon 2025-06-02").raised("stage-1")
    (line,) = tray(desk.at("Tue 2025-06-10"), "iro").part("needs-you").lines
    assert line.waits == WaitingOn("Team Manager", day("Mon 2025-06-02"), (MANAGER,))


def test_whoever_stands_in_has_the_tray_of_whom_they_stand_in_for(desk: Desk) -> None:
    found = answered(desk, desk.at("Mon 2025-06-02").raised("stage-1"))
    away = Cover("iro", "other_iro", day("Mon 2025-06-02"), day("Fri 2025-06-06"))
    set_cover(desk.office, desk.actor("boss"), away)
    assert references(tray(desk, "other_iro").part("needs-you").lines) == [found.alert.reference]


# ------------------------------------------------------------------------------------ whose they are


def test_a_manager_s_team_s_alerts_are_those_they_are_or_were_asked_about(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    assert casework.offered(desk.office, desk.actor("manager")) == ("mine", "team")
    climb = act_answers.climb("stage-2", "Nobody has done it.")
    found = escalate(desk.office, found.id, climb, desk.doing("iro", found))
    assert listed(desk, "manager") == set()
    team = tray(desk, "manager", Filters(whose="team"))
    assert references(team.part("waiting").lines) == [found.alert.reference]
    assert said(team, "waiting") == ["Stage Two: waiting for an answer."]
    assert listed(desk, "elsewhere", Filters(whose="team")) == set()
    assert listed(desk, "worker", Filters(whose="team")) == set(), "of the team, and never asked"


def test_an_officer_has_no_team_beside_their_own_alerts(desk: Desk) -> None:
    assert casework.offered(desk.office, desk.actor("iro")) == ("mine",)


def test_whoever_may_not_list_the_service_gets_their_own_alerts(desk: Desk) -> None:
    desk.raised("stage-1")
    assert listed(desk, "other_iro", SERVICE) == set()
    assert listed(desk, "worker", SERVICE) == set()
    assert len(listed(desk, "boss", SERVICE)) == 1


def test_another_council_s_alerts_are_in_no_list(desk: Desk) -> None:
    found = desk.raised("stage-1")
    with desk.office.database.writing() as tx:
        for person in ("boss", "iro"):
            directory.give_post(tx, PostHolding(person, "merton", "iro_manager"), LONG_AGO)
    desk.council = "merton"
    for who in ("boss", "iro"):
        assert listed(desk, who, SERVICE) == set()
        assert listed(desk, who) == set()
        assert searched(desk, who, found.alert.reference) == []


# ------------------------------------------------------------------------------ filters and the search


def test_filters_narrow_the_service_down(desk: Desk) -> None:
    drift = desk.at("Mon 2025-06-02").raised("stage-1")
    visit = desk.raised("stage-2", category=["statutory"], team="Sample Team South")
    found = {drift.alert.reference, visit.alert.reference}
    for filters, expected in (
        ({"category": "drift"}, {drift.alert.reference}),
        ({"team": "Sample Team South"}, {visit.alert.reference}),
        ({"stage": "practice_alert/stage-2"}, {visit.alert.reference}),
        ({"stage": "partner/stage-2"}, set()),
        ({"kind": "practice_alert"}, found),
        ({"kind": "good_practice"}, set()),
        ({"officer": "iro"}, found),
        ({"officer": "other_iro"}, set()),
        ({"pile": Pile.WAITING}, found),
        ({"needs": True}, set()),
        ({"within": 5}, found),
        ({"within": 0}, set()),
        ({"past_cap": True}, set()),
        ({"no_slack": True}, set()),
    ):
        chosen = SERVICE.model_copy(update=filters)
        assert listed(desk, "boss", chosen) == expected, filters


def test_past_the_limit_and_without_a_day_left_are_two_lists(desk: Desk) -> None:
    found = {desk.at("Mon 2025-06-02").raised("stage-1").alert.reference}
    for when, late, left in (
        ("Thu 2025-06-05", set(), set()),
        ("Fri 2025-06-06", set(), found),
        ("Mon 2025-06-30", set(), found),
        ("Tue 2025-07-01", found, set()),
    ):
        desk.at(when)
        assert listed(desk, "iro", Filters(past_cap=True)) == late, when
        assert listed(desk, "iro", Filters(no_slack=True)) == left, when


def test_a_part_shows_as_many_lines_as_are_asked_for_and_counts_them_all(desk: Desk) -> None:
    for _ in range(12):
        desk.raised("stage-1")
    waiting = tray(desk, "iro").part("waiting")
    assert (waiting.count, len(waiting.lines), waiting.rest) == (12, 10, 2)
    more = casework.tray(desk.office, desk.actor("iro"), Wanted(most={"waiting": 60}))
    assert more.part("waiting").rest == 0


def test_an_alert_is_found_by_whoever_raised_it_and_whoever_was_asked(desk: Desk) -> None:
    found = desk.raised("stage-1").alert.reference
    for words in ("iro sample", "MANAGER SAMPLE", found[-4:], "100001", "foster home"):
        assert searched(desk, "boss", words) == [found], words
    assert searched(desk, "boss", "Director Sample") == []
    assert searched(desk, "boss", "%") == []
    assert searched(desk, "boss", "  ") == []


def test_the_alerts_of_somebody_who_left_are_found_by_their_name(desk: Desk) -> None:
    found = desk.raised("stage-1").alert.reference
    with desk.office.database.writing() as tx:
        directory.remove_person(tx, "manager", moment("Mon 2025-06-02 10:00"))
    assert searched(desk, "boss", "Manager Sample") == [found]


def test_what_was_closed_lately_stands_in_the_tray_of_whoever_raised_it_alone(desk: Desk) -> None:
    found = desk.raised("stage-1")
    close(
        desk.office, found.id, act_answers.ending("withdrawn", "Nothing."), desk.doing("iro", found)
    )
    assert references(tray(desk, "iro").part("closed").lines) == [found.alert.reference]
    assert tray(desk, "manager").parts == ()
    assert tray(desk, "iro", Filters(past_cap=True)).parts == ()


@pytest.mark.parametrize("who", ["iro", "boss"])
def test_the_choices_are_the_procedure_s_and_names_are_for_the_service_alone(
    desk: Desk, who: str
) -> None:
    desk.raised("stage-1")
    choices = casework.choices(desk.office, desk.actor(who))
    assert choices.stages["practice_alert/stage-1"].endswith("Stage One")
    assert choices.categories["drift"].startswith("Unacceptable drift")
    assert choices.teams == {TEAM: TEAM}
    assert choices.officers == ({"iro": "Iro Sample"} if who == "boss" else {})


def test_a_list_of_the_service_asks_for_events_of_the_lines_shown_alone(desk: Desk) -> None:
    """Whatever stands in the other rows is not read: their events could be gone."""
    for _ in range(11):
        desk.raised("stage-1")
    shown = tray(desk, "boss", SERVICE).part("waiting")
    hidden = ids(desk) - {line.row.id for line in shown.lines}
    with desk.office.database.writing() as tx:
        events = tables.events.c
        theirs = tables.events.select().with_only_columns(events.id)
        theirs = theirs.where(events.alert_id.in_(hidden))
        tx.execute(tables.payloads.delete().where(tables.payloads.c.event_id.in_(theirs)))
    assert tray(desk, "boss", SERVICE).part("waiting") == shown


def ids(desk: Desk) -> set[str]:
    with desk.office.database.reading() as tx:
        return {row.id for row in tx.execute(tables.alerts.select())}
