"""People of the side that is challenged may raise as well: for their alerts the sides are exchanged."""

import re
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import escalate
from practice_alerts.casework.acts.act_form import officers
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.casework.acts.raising.who_raises import kinds_for
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory.cover.absence_cover import Cover, set_cover
from practice_alerts.casework.views import overview, service, work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.checks import check
from practice_alerts.domain.checks.rule import Subject
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotFound
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.wording.telling_words import who_reads
from tests.helpers.days import day
from tests.helpers.files.small_council import furnished
from tests.helpers.product.office import LONG_AGO, Desk, open_desk
from tests.helpers.stories.tarnbrook import guide_of

NORTH, SOUTH, WEST = "Team North", "Team South", "Team West"
PROCEDURE = """\
council: Sampleford
title: Concerns about a child's case
reference_prefix: SAM
edition: {version: "1", issued: 2026-01-05, review_by: 2028-01-05}
raised_by: {looked_after: iro, child_protection: [iro, team_manager], service: team_manager}
case_types: {service: {title: the reviewing service}}
roles:
  iro: {title: Independent Reviewing Officer, in_iro_service: true}
  iro_lead: {title: Reviewing Lead, in_iro_service: true}
  iro_head: {title: Head of Reviewing, in_iro_service: true}
  team_manager: {title: Team Manager, side: challenged}
  service_manager: {title: Service Manager}
  head: {title: Head of Service}
kinds:
  concern: {title: Concern, ladder: main, form: concern, raised_by: [iro]}
  return: {title: Concern about the reviewing service, ladder: back, form: concern, raised_by: [team_manager]}
  between: {title: Disagreement, ladder: between, form: concern}
ladders:
  main:
    cap: {within: 20 working days}
    raised_by: [iro]
    stages:
      - {id: stage-1, label: Stage 1, answer: {from: team_manager, within: 5 working days}}
      - {id: stage-2, label: Stage 2, judged_by: {any_of: [raiser, iro_lead]}, answer: {from: head, within: 5 working days}, then: [cafcass]}
  back:
    raised_by: [team_manager]
    stages:
      - {id: back-1, label: First step, answer: {from: iro_lead, within: 5 working days}}
      - id: back-2
        label: Second step
        escalated_by: {any_of: [raiser, service_manager]}
        judged_by: [raiser, head]
        answer: {from: iro_head, within: 5 working days}
  between:
    stages:
      - {id: between-1, label: Only step, answer: {from: {any_of: [iro_lead, head]}, within: 5 working days}}
referrals:
  cafcass: {raised_as: [looked_after]}
"""
FORM = """\
title: Concern
sections:
  - title: The concern
    fields:
      - {id: raised_as, label: I raise this as, type: one_of, options_from: raised_by}
      - {id: child_name, label: Name, type: text, identifies: child}
      - {id: team, label: Team, type: team}
"""
PEOPLE: dict[str, tuple[str, str]] = {
    **{f"iro_{one}": ("iro", "") for one in "ab"},
    **{f"lead_{one}": ("iro_lead", "") for one in "ab"},
    **{f"top_{one}": ("iro_head", "") for one in "ab"},
    **{
        f"tm_{one}": ("team_manager", team)
        for one, team in zip("abcd", (NORTH, NORTH, SOUTH, WEST), strict=True)
    },
    **{f"service_{one}": ("service_manager", "") for one in "ab"},
    **{f"head_{one}": ("head", "") for one in "ab"},
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return _desk(tmp_path)


def _desk(rooms: Path, procedure: str = PROCEDURE) -> Desk:
    furnished(rooms, procedure, FORM)
    desk = open_desk(rooms / "data", council="sampleford", rooms=rooms)
    with desk.office.database.writing() as tx:
        for one, (post, team) in PEOPLE.items():
            somebody = DirectoryPerson(one, f"{one.title()} Sample", f"{one}@practice.invalid")
            directory.add_person(tx, somebody, [("sampleford", post, team)], LONG_AGO)
    return desk


def sent(desk: Desk, who: str, kind: str, case: str, *asked: str, team: str = NORTH) -> Known:
    answers = {"child_name": "Anna Berg", "team": team, "raised_as": case}
    wanted = Raising("sampleford", kind, answers, entry_reason="Now.", asked=asked)
    return raise_alert(desk.office, wanted, desk.doing(who))


def back(desk: Desk) -> Known:
    """Raised by the manager of a team in the north, about the reviewing service."""
    return sent(desk, "tm_a", "return", "service", "lead_a")


def did(desk: Desk, found: Known, who: str, act: Act, **answers: Any) -> Known:
    return VERBS[act](desk.office, found.id, answers, desk.doing(who, found))


ANSWER = {"text": "We will look.", "response": "other"}
NOT_ENOUGH = {"verdict": "not_satisfactory", "reason": "No day is named."}
PUT_RIGHT = {"verdict": "put_right", "reason": "It is done."}


def test_each_side_raises_what_is_its_own(desk: Desk) -> None:
    procedure = desk.office.council("sampleford").procedure
    assert set(kinds_for(procedure, desk.actor("iro_a"))) == {"concern", "between"}
    assert set(kinds_for(procedure, desk.actor("tm_a"))) == {"return", "between"}
    with pytest.raises(NotAllowed):
        sent(desk, "tm_a", "concern", "service", "tm_c")


def test_the_reviewing_service_is_asked_and_the_raiser_s_own_side_judges(desk: Desk) -> None:
    found = back(desk)
    assert (found.alert.raiser.post, found.alert.raised.raised_in) == (
        "Team Manager",
        "team_manager",
    )
    assert [one.id for one in found.run.sent.asked] == ["lead_a"]
    asks = {who for who, notice, _ in desk.mails() if notice == "asked"}
    assert asks == {"lead_a"}
    found = did(desk, found, "lead_a", Act.ANSWER, **ANSWER)
    found = did(desk, found, "tm_a", Act.REVIEW_RESPONSE, **NOT_ENOUGH)
    climb = escalate.Climb("back-2", {"rationale": "No day is named."}, ("top_a",))
    found = escalate.escalate(desk.office, found.id, climb, desk.doing("service_a", found))
    assert [one.id for one in found.run.sent.asked] == ["top_a"]
    found = did(desk, found, "top_a", Act.ANSWER, **ANSWER)
    voice = did(desk, found, "head_b", Act.REVIEW_RESPONSE, **PUT_RIGHT)
    assert voice.run.review is None  # another voice; the raiser's is awaited
    found = did(desk, voice, "tm_a", Act.REVIEW_RESPONSE, **PUT_RIGHT)
    assert found.run.review is not None
    done = did(
        desk,
        found,
        "tm_a",
        Act.CLOSE,
        ending="put_right",
        what_changed="Reviews are in time.",
        changes=["provided"],
    )
    assert not done.alert.is_open


def test_whoever_raised_it_gives_it_to_another_of_those_who_raise_there(desk: Desk) -> None:
    found = back(desk)
    given = did(desk, found, "tm_a", Act.HAND_ON, to="tm_c", reason="On leave from Monday.")
    assert (given.alert.officer.id, given.alert.officer.post) == ("tm_c", "Team Manager")
    assert given.may(desk.actor("tm_c"), Act.CLOSE)
    assert not given.may(desk.actor("tm_a"), Act.HAND_ON)
    with pytest.raises((NotAllowed, NotFound)):
        did(desk, given, "tm_d", Act.HAND_ON, to="tm_d", reason="Mine.")


def test_an_officer_with_a_manager_does_not_give_an_alert_on(desk: Desk) -> None:
    ours = sent(desk, "iro_a", "concern", "looked_after", "tm_a")
    assert not ours.may(desk.actor("iro_a"), Act.HAND_ON)
    desk.give("iro_manager", "iro_b")
    assert ours.may(desk.actor("iro_b"), Act.HAND_ON)


@pytest.mark.parametrize("who", ["lead_a", "lead_b", "iro_a", "top_a", "iro_manager"])
@pytest.mark.parametrize("act", [Act.REVIEW_RESPONSE, Act.CLOSE, Act.HOLD, Act.HAND_ON, Act.NOTE])
def test_nobody_of_the_reviewing_service_decides_on_an_alert_about_it(
    desk: Desk, who: str, act: Act
) -> None:
    desk.give("iro_manager", "iro_b")
    who = "iro_b" if who == "iro_manager" else who
    found = did(desk, back(desk), "lead_a", Act.ANSWER, **ANSWER)
    assert not found.may(desk.actor(who), act)
    with pytest.raises((NotAllowed, NotFound)):
        did(desk, found, who, act, **NOT_ENOUGH, ending="put_right", what_changed="None.", text="x")


def test_the_manager_of_the_service_reads_it_once_asked_and_not_before(desk: Desk) -> None:
    desk.give("iro_manager", "iro_b")
    theirs, ours = back(desk), sent(desk, "iro_a", "concern", "looked_after", "tm_a")
    assert not theirs.may(desk.actor("iro_b"), Act.SEE)
    assert ours.may(desk.actor("iro_b"), Act.SEE)
    whole = Wanted(Filters(whose="service"))
    desk.give("auditor", "head_b")
    for who, count in (("iro_b", 1), ("head_b", 2)):
        tray = work_tray.tray(desk.office, desk.actor(who), whole)
        assert [part.count for part in tray.parts] == [count]
        seen = service.service(desk.office, desk.actor(who))
        assert (seen.limits.open, seen.not_filed) == (count, count)
        told = overview.overview(desk.office, desk.actor(who))
        assert sum(one.count for one in told.stages) == count


def test_who_reads_it_is_said_as_it_is(desk: Desk) -> None:
    theirs, ours = back(desk), sent(desk, "iro_a", "concern", "looked_after", "tm_a")
    said = [who_reads(one.files.procedure) for one in (theirs, ours)]
    assert "those who check the reviewing service can read" in said[0]
    assert "those who manage or check the reviewing service can read" in said[1]


def test_cover_comes_from_the_raiser_s_own_side(desk: Desk) -> None:
    desk.give("administrator", "service_b")
    admin, until = desk.actor("service_b"), day("Fri 2025-06-20")
    with pytest.raises(BadAnswers, match="holds no post"):
        set_cover(desk.office, admin, Cover("tm_a", "lead_b", None, until))
    set_cover(desk.office, admin, Cover("tm_a", "tm_c", None, until))
    found = did(desk, back(desk), "lead_a", Act.ANSWER, **ANSWER)
    assert found.may(desk.actor("tm_c"), Act.REVIEW_RESPONSE)
    with desk.office.database.reading() as tx:
        assert set(officers(desk.office, tx, found)) == {"team_manager", "tm_b", "tm_c", "tm_d"}


def test_an_officer_s_alert_about_a_looked_after_child_stays_in_the_officer_s_hands(
    desk: Desk,
) -> None:
    """That managers may raise as well takes nothing from the officer: outcome, escalation, referral."""
    found = sent(desk, "iro_a", "concern", "looked_after", "tm_a")
    assert [one.id for one in found.run.sent.asked] == ["tm_a"]
    assert not any(found.may(desk.actor("tm_c"), act) for act in Act if act is not Act.RAISE)
    found = did(desk, found, "tm_a", Act.ANSWER, **ANSWER)
    for act in (Act.REVIEW_RESPONSE, Act.ESCALATE, Act.REFER):
        assert found.may(desk.actor("iro_a"), act)
        assert not found.may(desk.actor("tm_a"), act)
    found = did(desk, found, "iro_a", Act.REVIEW_RESPONSE, **NOT_ENOUGH)
    found = did(desk, found, "iro_a", Act.REFER, route="cafcass", reason="It lasts too long.")
    climb = escalate.Climb("stage-2", {"rationale": "No day is named."}, ("head_a",))
    found = escalate.escalate(desk.office, found.id, climb, desk.doing("iro_a", found))
    assert [one.id for one in found.run.sent.asked] == ["head_a"]


@pytest.mark.parametrize(("who", "asked"), [("iro_a", "head_a"), ("tm_a", "lead_a")])
def test_on_a_ladder_between_the_two_each_asks_the_other(desk: Desk, who: str, asked: str) -> None:
    found = sent(desk, who, "between", "child_protection", asked)
    assert [one.id for one in found.run.sent.asked] == [asked]
    other = {"head_a": "lead_a", "lead_a": "head_a"}[asked]
    with pytest.raises(BadAnswers):
        sent(desk, who, "between", "child_protection", other)


def test_it_stays_so_for_life_whatever_posts_the_raiser_holds_later(desk: Desk) -> None:
    found = back(desk)
    desk.give("iro", "tm_a")
    with desk.office.database.reading() as tx:
        again = load(desk.office, tx, found.id)
    assert again.rules.named(again.alert).own_side == found.rules.named(found.alert).own_side
    assert "iro_lead" not in (again.rules.named(again.alert).own_side or ())


def test_the_guide_says_who_raises_from_the_other_side_and_who_is_asked_then(desk: Desk) -> None:
    said = re.sub(r"<[^>]+>", "", guide_of(desk.office.council("sampleford")))
    assert "Team Manager: for alerts that they raise the sides are exchanged." in said
    assert "First step: Reviewing Lead; 5 working days." in said
    assert "Stage 1: Team Manager; 5 working days." in said


def _hits(procedure: str, tmp_path: Path) -> list[str]:
    desk = _desk(tmp_path, procedure)
    subject = Subject("sampleford", desk.office.council("sampleford").procedure, desk.office.today)
    return [
        f"{one.rule} {one.says}"
        for one in check(subject)
        if one.rule in {"PA403", "PA404", "PA406"}
    ]


def test_check_finds_nothing_in_two_sides_kept_apart(tmp_path: Path) -> None:
    assert _hits(PROCEDURE, tmp_path) == []


def test_check_refuses_a_ladder_on_which_somebody_would_ask_their_own_side(tmp_path: Path) -> None:
    mixed = PROCEDURE.replace("form: concern, raised_by: [iro]}", "form: concern}").replace(
        "    raised_by: [iro]\n", ""
    )
    (first, second) = _hits(mixed, tmp_path)
    assert first == (
        "PA406 Team Manager may raise here too, and Stage 1 asks nobody but their own side: give them a"
        " kind and a ladder that asks the other side, and say raised_by on each of the two ladders"
    )
    assert "Stage 2 asks nobody but their own side" in second


def test_check_refuses_that_the_challenged_side_judges_on_either_ladder(tmp_path: Path) -> None:
    wrong = PROCEDURE.replace("judged_by: [raiser, head]", "judged_by: [raiser, iro_head]")
    (only,) = _hits(wrong, tmp_path)
    assert only.startswith("PA403 Head of Reviewing is of the side that is challenged")
