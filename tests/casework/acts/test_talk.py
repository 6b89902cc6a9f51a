"""Not theirs, and a question: said beside the answer, without stopping a clock, told without a word of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.proof import audit_chain
from practice_alerts.casework.views import service, work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.acts.acts import offers
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.documents.page_one import first_lines
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotFound, NotPossible
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.standing.standings import Pile, Standing
from practice_alerts.domain.standing.waiting_on import waiting_on
from tests.helpers.alerts import act_answers
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk

WHY = "She moved to <b>the other team</b> in May. {{ 7*7 }}"
WHO = "Elsewhere Sample, Team Manager"
ASKS = "Which plan is meant, *that* of May?"
ANSWERS = "That of May."


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a cover for the manager and one for the officer."""
    until = day("Mon 2025-06-30")
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "manager", "elsewhere", LONG_AGO, until)
        directory.add_cover(tx, "iro", "other_iro", LONG_AGO, until)
    return desk


def do(desk: Desk, act: Act, found: Known, who: str, **typed: str) -> Known:
    return VERBS[act](desk.office, found.id, typed, desk.doing(who, found))


def not_theirs(desk: Desk, found: Known, who: str = "manager") -> Known:
    return do(desk, Act.NOT_THEIRS, found, who, text=WHY, who_else=WHO)


def ask(desk: Desk, found: Known, who: str = "manager", text: str = ASKS) -> Known:
    return do(desk, Act.ASK_QUESTION, found, who, text=text)


def told(desk: Desk, kind: str) -> dict[str, str]:
    return {who: text for who, what, text in desk.mails() if what == kind}


@pytest.mark.parametrize("who", ["manager", "elsewhere"])
def test_not_theirs_is_told_to_the_officer_and_stops_nothing(desk: Desk, who: str) -> None:
    found = desk.raised("stage-1")
    before = desk.see("iro", found)
    found = not_theirs(desk, found, who)
    after = desk.see("iro", found)
    assert after.clocks.awaited == before.clocks.awaited
    assert after.where.standing is Standing.ASKED_BACK
    assert after.where.by == before.where.by
    assert after.where.sentence.endswith(" The Team Manager says it is not theirs.")
    assert [one.id for one in found.run.sent.asked] == ["manager"]
    letters = told(desk, "not_theirs")
    assert sorted(letters) == ["iro", "other_iro"]
    letter = letters["other_iro"]
    assert not any(word in letter for word in ("other team", "Elsewhere", "Kit"))
    line = after.history[-1]
    assert line.what.startswith("Said that it is not theirs to answer: ")
    assert line.said == f"{WHY}\nWho it should be: {WHO}"
    assert audit_chain.prove(desk.office).holds


def test_once_they_answer_nobody_is_told_any_more_that_it_is_not_theirs(desk: Desk) -> None:
    found = not_theirs(desk, desk.raised("stage-1"))
    reply = act_answers.reply("It was mine after all.", "done")
    found = answer(desk.office, found.id, reply, desk.doing("manager", found))
    assert "not theirs" not in desk.see("iro", found).where.sentence
    assert not found.run.not_theirs


def test_once_another_is_asked_instead_nobody_is_told_any_more_that_it_is_not_theirs(
    desk: Desk,
) -> None:
    found = not_theirs(desk, desk.raised("stage-1"))
    moves = {"team": "Sample Team South", "team_manager": "Elsewhere Sample"}
    moves |= {"social_worker": "Worker Sample", "since": "2025-06-02", "reason": "Wrong team."}
    before = desk.see("iro", found).clocks.awaited
    found = do(desk, Act.MOVE_CASE, found, "iro", **moves)
    assert [one.id for one in found.run.sent.asked] == ["elsewhere"]
    assert desk.see("iro", found).clocks.awaited == before
    assert "not theirs" not in desk.see("iro", found).where.sentence
    assert found.run.talk


def test_a_question_is_answered_and_both_read_it(desk: Desk) -> None:
    found = desk.raised("stage-1")
    before = desk.see("iro", found).clocks.awaited
    found = ask(desk, found)
    seen = desk.see("iro", found)
    assert seen.where.sentence.endswith(" The Team Manager asks a question.")
    assert seen.clocks.awaited == before
    assert "iro" in told(desk, "question_asked")
    found = do(desk, Act.ANSWER_QUESTION, found, "iro", question="1", text=ANSWERS)
    letters = told(desk, "question_answered")
    assert sorted(letters) == ["elsewhere", "manager"]
    for letter in (*letters.values(), *told(desk, "question_asked").values()):
        assert not any(word in letter for word in ("plan", "May", "Kit"))
    assert "/respond/" in letters["manager"]
    for who in ("iro", "manager"):
        lines = [(one.what, one.said) for one in desk.see(who, found).history[-2:]]
        assert lines[0][1] == ASKS
        assert lines[1] == ("Answered question 1", ANSWERS)
    assert "asks a question" not in desk.see("iro", found).where.sentence
    assert audit_chain.prove(desk.office).holds


def test_of_two_questions_each_is_answered_by_its_number(desk: Desk) -> None:
    found = ask(desk, ask(desk, desk.raised("stage-1")), text="And by whom?")
    found = do(desk, Act.ANSWER_QUESTION, found, "other_iro", question="2", text="By you.")
    assert list(found.run.open_questions) == [1]
    with pytest.raises(BadAnswers):
        do(desk, Act.ANSWER_QUESTION, found, "iro", question="2", text="Again.")
    found = do(desk, Act.ANSWER_QUESTION, found, "iro", question="1", text=ANSWERS)
    with pytest.raises(NotPossible, match="No question is open"):
        do(desk, Act.ANSWER_QUESTION, found, "iro", question="1", text="Again.")


@pytest.mark.parametrize("act", [Act.NOT_THEIRS, Act.ASK_QUESTION])
@pytest.mark.parametrize("who", ["iro", "other_iro", "service", "boss", "qa", "admin", "worker"])
def test_only_whoever_is_asked_says_so(desk: Desk, act: Act, who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        do(desk, act, desk.raised("stage-1"), who, text=WHY)


@pytest.mark.parametrize("who", ["manager", "elsewhere", "service", "boss", "qa", "admin"])
def test_only_the_officer_or_their_cover_answers_a_question(desk: Desk, who: str) -> None:
    found = ask(desk, desk.raised("stage-1"))
    with pytest.raises((NotAllowed, NotFound)):
        do(desk, Act.ANSWER_QUESTION, found, who, question="1", text=ANSWERS)


@pytest.mark.parametrize("act", [Act.NOT_THEIRS, Act.ASK_QUESTION])
def test_pressed_twice_it_is_said_once_and_never_without_words(desk: Desk, act: Act) -> None:
    found = desk.raised("stage-1")
    doing = desk.doing("manager", found, "this page")
    once, twice = (VERBS[act](desk.office, found.id, {"text": WHY}, doing) for _ in "12")
    assert once.alert.version == twice.alert.version == found.alert.version + 1
    with pytest.raises(BadAnswers):
        do(desk, act, twice, "manager", text="  ")


def parts(desk: Desk, who: str, filters: Filters | None = None) -> set[str]:
    tray = work_tray.tray(desk.office, desk.actor(who), Wanted(filters or Filters()))
    return {part.id for part in tray.parts}


@pytest.mark.parametrize("say", [ask, not_theirs])
def test_what_the_officer_is_asked_needs_them_and_is_the_manager_s_to_answer_still(
    desk: Desk, say: Callable[[Desk, Known], Known]
) -> None:
    found = desk.raised("stage-1")
    assert parts(desk, "iro") == parts(desk, "other_iro") == {"waiting"}
    found = say(desk.at("Tue 2025-06-03"), found)
    assert parts(desk, "iro") == parts(desk, "other_iro") == {"needs-you"}
    assert parts(desk, "manager") == parts(desk, "elsewhere") == {"to-answer"}
    stands = desk.see("iro", found).where
    waits = waiting_on(found.alert, stands)
    assert waits is not None
    assert (waits.whom, waits.since) == ("", day("Tue 2025-06-03"))
    (load,) = (o for o in service.service(desk.office, desk.actor("boss")).loads if o.open)
    assert (load.needs, load.waiting) == (1, 0)
    for filters in (Filters(whose="service", needs=True), Filters(pile=Pile.ASKED_BACK)):
        who = "boss" if filters.whose == "service" else "iro"
        assert parts(desk, who, filters) <= {"needs-officer", "needs-you"} != set()


def test_once_it_is_answered_it_waits_for_others_and_late_it_is_late(desk: Desk) -> None:
    found = ask(desk, desk.raised("stage-1"))
    assert desk.see("iro", found).where.next_act == Act.ANSWER_QUESTION.value
    assert desk.see("iro", not_theirs(desk, found)).where.next_act == Act.REDIRECT.value
    desk.at("Mon 2025-06-09")
    assert desk.stands(found) is Standing.NO_ANSWER
    desk.at("Tue 2025-06-03")
    other = ask(desk, desk.raised("stage-1"))
    other = do(desk, Act.ANSWER_QUESTION, other, "iro", question="1", text=ANSWERS)
    assert desk.stands(other) is Standing.WAITING


def test_a_document_names_whom_the_tray_names(desk: Desk) -> None:
    """Late, it is owed by those asked; asked back, it is the officer's; reviewed and on hold, who sees to it."""
    late, asked_back = desk.raised("stage-1"), ask(desk, desk.raised("stage-1"))
    desk.at("Thu 2025-06-05")
    third = desk.raised("stage-1")
    doing = desk.doing("manager", third)
    answered = answer(desk.office, third.id, act_answers.reply("Done.", "done"), doing)
    printed = {}
    for found, today in (
        (late, "Mon 2025-06-09"),
        (asked_back, "Thu 2025-06-05"),
        (answered, "Thu 2025-06-05"),
    ):
        seen = desk.at(today).see("iro", found)
        waits = waiting_on(found.alert, seen.where)
        assert waits is not None
        calendar = desk.office.calendar(desk.council)
        said = first_lines(found.alert, found.ladder, calendar, desk.office.today)["with_whom"]
        assert said == "; ".join(one.in_words for one in waits.people or (found.alert.officer,))
        printed[found.id] = said
    assert printed[late.id] == "Manager Sample, Team Manager"
    assert printed[asked_back.id] == printed[answered.id] == late.alert.officer.in_words


@pytest.mark.parametrize(
    ("act", "most", "typed"),
    [
        (Act.ASK_QUESTION, 3, {"text": ASKS}),
        (Act.NOT_THEIRS, 1, {"text": WHY, "who_else": WHO}),
        (Act.NAME_DRAFTER, 5, {"name": "Worker Sample", "text": "Ask the school."}),
    ],
)
def test_whoever_is_asked_writes_to_nobody_without_end(
    desk: Desk, act: Act, most: int, typed: dict[str, str]
) -> None:
    """Nor with whoever stands in for them: nobody is offered what is then refused. Once it is answered they may again."""
    found = desk.raised("stage-1")
    for which in range(most):
        found = do(desk, act, found, ("manager", "elsewhere")[which % 2], **typed)
    letters = len(desk.mails())
    for who in ("manager", "elsewhere"):
        every = offers(desk.actor(who), found.alert, found.rules)
        (why_not,) = (one.not_now for one in every if one.act is act)
        with pytest.raises(NotPossible, match=re.escape(str(why_not))):
            do(desk, act, found, who, **typed)
    assert len(desk.mails()) == letters
    if act is Act.ASK_QUESTION:
        found = do(desk, Act.ANSWER_QUESTION, found, "iro", question="1", text=ANSWERS)
        do(desk, act, found, "manager", **typed)
