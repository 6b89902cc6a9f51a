"""Several who judge together add their voice, and take none from whoever has the alert."""

from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.store.core import tables
from practice_alerts.casework.acts import answer, close, escalate, raise_alert, review_response
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import NotAllowed, NotFound, NotPossible
from practice_alerts.domain.standing.standings import Standing
from practice_alerts.domain.wording.history import told
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import climbing, wanted
from tests.helpers.product.office import Desk
from tests.helpers.stories.sampleford import sampleford

OURS = {"title": "Head of Reviewing", "side": "challenging", "stands_in": "principal"}
ROLES = {
    "head": OURS,
    "deputy": {"title": "Deputy Head", "in_iro_service": True},
    "principal": {"title": "Principal", "in_iro_service": True},
    "operations": {"title": "Head of Operations", "in_iro_service": True, "side": "challenged"},
}
ANSWER = {"from": "team_manager", "within": "5 working days"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    together = {"answer": ANSWER, "judged_by": ["head", "deputy"]}
    return sampleford(tmp_path, together, {"answer": ANSWER}, roles=ROLES)


def answered(desk: Desk) -> Known:
    found = raise_alert.raise_alert(desk.office, wanted(desk, "concern"), desk.doing("iro"))
    done = act_answers.reply("Done.", "done")
    found = answer.answer(desk.office, found.id, done, desk.doing("team_manager", found))
    desk.at("Tue 2025-06-03")
    return found


def judged(desk: Desk, found: Known, who: str, verdict: str) -> Known:
    said = act_answers.outcome(verdict, f"{who} says so.")
    return review_response.review(desk.office, found.id, said, desk.doing(who, found))


def history_of(found: Known) -> str:
    return "\n".join(told(one.what, found.ladder)[0] for one in found.alert.happened if one.what)


def test_put_right_stands_once_each_of_several_has_said_so(desk: Desk) -> None:
    found = judged(desk, answered(desk), "head", "put_right")
    assert desk.stands(found) is Standing.TO_REVIEW
    assert "put right and verified; Deputy Head still to say so" in history_of(found)
    found = judged(desk, found, "head_2", "put_right")
    assert desk.stands(found) is Standing.TO_REVIEW, "the same post twice is one voice"
    found = judged(desk, found, "deputy_2", "put_right")
    assert desk.stands(found) is Standing.PUT_RIGHT
    assert [one.reviewed.by.post for one in found.run.every_review] == [
        "Head of Reviewing",
        "Head of Reviewing",
        "Deputy Head",
    ]


def test_not_satisfactory_stands_at_once_and_is_not_outvoted(desk: Desk) -> None:
    found = judged(desk, answered(desk), "head", "not_satisfactory")
    assert desk.stands(found) is Standing.TO_ESCALATE
    found = judged(desk, found, "deputy", "put_right")
    assert desk.stands(found) is Standing.TO_ESCALATE


@pytest.mark.parametrize(
    ("verdict", "standing"),
    [("put_right", Standing.PUT_RIGHT), ("not_satisfactory", Standing.TO_ESCALATE)],
)
def test_the_officers_word_stands_at_once_whatever_the_others_said(
    desk: Desk, verdict: str, standing: Standing
) -> None:
    found = judged(desk, judged(desk, answered(desk), "head", "put_right"), "iro", verdict)
    assert desk.stands(found) is standing


def test_it_is_on_record_whom_the_officer_did_not_wait_for(desk: Desk) -> None:
    found = judged(desk, answered(desk), "iro", "put_right")
    waited_for = "without waiting for Head of Reviewing and Deputy Head"
    assert f"put right and verified, {waited_for}" in history_of(found)


def test_nobody_settles_what_the_officer_found_not_satisfactory(desk: Desk) -> None:
    found = judged(desk, answered(desk), "iro", "not_satisfactory")
    for who in ("head", "deputy"):
        found = judged(desk, found, who, "put_right")
    assert desk.stands(found) is Standing.TO_ESCALATE
    with pytest.raises(NotPossible, match="Independent Reviewing Officer has not said yet"):
        close.close(
            desk.office,
            found.id,
            act_answers.ending("put_right", "All is well."),
            desk.doing("head", found),
        )


@pytest.mark.parametrize("ending", ["put_right", "withdrawn"])
def test_one_of_several_does_not_close_before_the_others_said_so(desk: Desk, ending: str) -> None:
    found = answered(desk)
    closing = act_answers.ending(ending, "All is well.")
    with pytest.raises(NotPossible, match="Deputy Head has not said yet"):
        close.close(desk.office, found.id, closing, desk.doing("head", found))
    found = judged(desk, found, "deputy", "put_right")
    found = close.close(desk.office, found.id, closing, desk.doing("head", found))
    assert desk.stands(found) is Standing.CLOSED


def test_the_officer_closes_and_escalates_without_waiting(desk: Desk) -> None:
    found = judged(desk, answered(desk), "head", "put_right")
    climb = climbing(desk, found, "stage-2", "It is not put right.")
    found = escalate.escalate(desk.office, found.id, climb, desk.doing("iro", found))
    assert found.run.stage == "stage-2"
    closing = act_answers.ending("put_right", "All is well.")
    found = close.close(desk.office, found.id, closing, desk.doing("iro", found))
    assert desk.stands(found) is Standing.CLOSED


def test_a_new_answer_is_judged_anew_by_all(desk: Desk) -> None:
    found = judged(desk, answered(desk), "head", "put_right")
    desk.at("Wed 2025-06-04")
    again = act_answers.reply("More was done.", "done")
    found = answer.answer(desk.office, found.id, again, desk.doing("team_manager", found))
    desk.at("Thu 2025-06-05")
    found = judged(desk, found, "deputy", "put_right")
    assert desk.stands(found) is Standing.TO_REVIEW


def test_the_stand_in_of_an_empty_post_speaks_for_it_and_of_a_filled_one_does_not(
    desk: Desk,
) -> None:
    found = answered(desk)
    with pytest.raises((NotAllowed, NotFound)):
        judged(desk, found, "principal", "put_right")
    leave(desk, "head", "head_2")
    found = judged(desk, found, "principal", "put_right")
    assert desk.stands(found) is Standing.TO_REVIEW
    assert desk.stands(judged(desk, found, "deputy", "put_right")) is Standing.PUT_RIGHT


def test_a_stand_in_whose_own_post_is_empty_hands_it_to_theirs(tmp_path: Path) -> None:
    deputy = {"title": "Deputy Head", "in_iro_service": True, "stands_in": "principal"}
    roles = {**ROLES, "deputy": deputy, "head": {**OURS, "stands_in": "deputy"}}
    judging = {"answer": ANSWER, "judged_by": "head"}
    desk = sampleford(tmp_path, judging, {"answer": ANSWER}, roles=roles)
    found = answered(desk)
    leave(desk, "head", "head_2", "deputy", "deputy_2")
    assert desk.stands(judged(desk, found, "principal_2", "put_right")) is Standing.PUT_RIGHT


def leave(desk: Desk, *people: str) -> None:
    with desk.office.database.writing() as tx:
        tx.execute(tables.holdings.delete().where(tables.holdings.c.person_id.in_(people)))


KEYS: list[tuple[dict[str, Any], str]] = [
    ({key: who}, who_judges)
    for key in ("judged_by", "escalated_by")
    for who, who_judges in [
        ("raiser", ""),
        ("head", "head"),
        ("operations", ""),
        ("team_manager", ""),
        ({"any_of": ["raiser", "deputy"]}, "deputy"),
        ({"normally": ["deputy"]}, "deputy"),
        (["head", "deputy"], "head"),
        (["head", "operations"], "head"),
        ("not stated", ""),
    ]
]


@pytest.mark.parametrize(("keys", "besides"), KEYS)
def test_no_key_takes_anything_from_whoever_raised_it_and_none_gives_to_the_challenged(
    tmp_path: Path, keys: dict[str, Any], besides: str
) -> None:
    stage = {"answer": ANSWER, **keys}
    desk = sampleford(tmp_path, stage, stage, roles=ROLES)
    found = answered(desk)
    for act in (Act.REVIEW_RESPONSE, Act.ESCALATE, Act.REFER, Act.CLOSE):
        assert found.may(desk.actor("iro"), act), act
        for who in ("operations", "team_manager", "team_manager_2", "iro_2"):
            assert not found.may(desk.actor(who), act), (who, act)
    judging = {who for who in ROLES if found.may(desk.actor(who), Act.REVIEW_RESPONSE)}
    assert (besides in judging) if besides else not judging
    assert desk.stands(judged(desk, found, "iro", "put_right")) is Standing.PUT_RIGHT


@pytest.mark.parametrize(
    "step", [{"by": "team_manager", "with": "raiser"}, {"by": "raiser", "with": "team_manager"}]
)
def test_the_raiser_is_not_asked_to_answer_their_own_alert(
    tmp_path: Path, step: dict[str, Any]
) -> None:
    talk = {"id": "talk", "what": "Talk", "within": "3 working days", **step}
    desk = sampleford(tmp_path, {"steps": [talk]}, roles=ROLES)
    found = raise_alert.raise_alert(desk.office, wanted(desk, "concern"), desk.doing("iro"))
    assert {one.post for one in found.run.sent.asked} == {"Team Manager"}
    assert not found.may(desk.actor("iro"), Act.ANSWER)
    assert all(kind != "asked" for who, kind, _ in desk.mails() if who.startswith("iro"))


def test_those_who_judge_with_the_officer_hear_that_an_answer_came(tmp_path: Path) -> None:
    """Whoever alone holds the post by e-mail; where two hold it, one of them is told by hand."""
    together = {"answer": ANSWER, "judged_by": ["head", "deputy"]}
    desk = sampleford(tmp_path, together, {"answer": ANSWER}, roles=ROLES)
    with desk.office.database.writing() as tx:
        holdings = tables.holdings
        tx.execute(holdings.delete().where(holdings.c.person_id == "deputy_2"))
    found = answered(desk)
    heard = [who for who, notice, _ in desk.mails() if notice == "answered"]
    assert sorted(heard) == ["deputy", "iro"]
    said = [told(one.what, found.ladder) for one in found.alert.happened if one.what]
    assert any("Told to judge it" in what and "Head of Reviewing" in by for what, by in said)
