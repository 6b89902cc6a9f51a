"""A kind of alert goes with the case types it fits, and what a form does not ask is resolved without it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.acts.raise_alert import Raising, prepare, raise_alert
from practice_alerts.casework.acts.raising.who_raises import kinds_for
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import sources
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.documents.file_note import file_note
from practice_alerts.domain.errors import BadAnswers, NotAllowed
from practice_alerts.domain.forms.form import Form
from tests.helpers.files.small_council import furnished
from tests.helpers.product.office import LONG_AGO, Desk, open_desk

NORTH, SOUTH, WEST = "Team North", "Team South", "Team West"
PROCEDURE = """\
council: Sampleford
title: Concerns
reference_prefix: SAM
edition: {version: "1", issued: 2026-01-05, review_by: 2028-01-05}
raised_by: {looked_after: iro, child_protection: chair, leaver: [iro, adviser], service: iro}
case_types:
  leaver: {title: a care leaver, about: adult}
  service: {title: the placement service}
roles:
  iro: {title: Independent Reviewing Officer, in_iro_service: true}
  chair: {title: Conference Chair, in_iro_service: true}
  adviser: {title: Personal Adviser, side: challenging}
  social_worker: {title: Social Worker}
  team_manager: {title: Team Manager}
  head: {title: Head of Service}
kinds:
  concern: {title: Concern about a child, ladder: main, form: concern, cases: [looked_after, child_protection]}
  pathway: {title: Concern about a pathway, ladder: main, form: concern, cases: [leaver]}
  service: {title: Concern about the placement service, ladder: main, form: concern, cases: [service]}
  any: {title: Another concern, ladder: main, form: concern}
ladders:
  main:
    cap: {within: 20 working days}
    stages:
      - {id: stage-1, label: Stage 1, answer: {from: social_worker, within: 5 working days}}
      - {id: stage-2, label: Stage 2, answer: {from: head, within: 5 working days}, then: [cafcass]}
referrals:
  cafcass: {raised_as: [looked_after]}
"""
FORM = """\
title: Concern
sections:
  - title: The concern
    fields:
      - {id: raised_as, label: I raise this as, type: one_of, options_from: raised_by, required: true}
      - {id: child_name, label: Name, type: text, identifies: child, cases: [looked_after, child_protection]}
      - {id: team, label: Team, type: team}
      - {id: social_worker, label: Social worker, type: person, role: social_worker, cases: [looked_after]}
"""
PEOPLE: dict[str, tuple[str, str]] = {
    **{f"iro_{one}": ("iro", "") for one in "ab"},
    **{f"chair_{one}": ("chair", "") for one in "ab"},
    **{f"adviser_{one}": ("adviser", "") for one in "ab"},
    **{
        f"sw_{one}": ("social_worker", team)
        for one, team in zip("abc", (NORTH, SOUTH, WEST), strict=True)
    },
    **{f"head_{one}": ("head", "") for one in "ab"},
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    furnished(tmp_path, PROCEDURE, FORM)
    desk = open_desk(tmp_path / "data", council="sampleford", rooms=tmp_path)
    with desk.office.database.writing() as tx:
        for one, (post, team) in PEOPLE.items():
            somebody = DirectoryPerson(one, f"{one.title()} Sample", f"{one}@practice.invalid")
            directory.add_person(tx, somebody, [("sampleford", post, team)], LONG_AGO)
    return desk


def wish(kind: str, case: str, **more: str) -> Raising:
    answers: dict[str, Any] = {"team": NORTH, "raised_as": case, **more}
    return Raising("sampleford", kind, answers)


def sent(desk: Desk, who: str, kind: str, case: str, **more: str) -> Known:
    return raise_alert(desk.office, wish(kind, case, **more), desk.doing(who))


# -- kinds and case types ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "case"), [("concern", "leaver"), ("pathway", "looked_after"), ("service", "leaver")]
)
def test_a_kind_is_not_raised_for_a_case_type_it_does_not_fit(
    desk: Desk, kind: str, case: str
) -> None:
    with pytest.raises(BadAnswers) as refused:
        sent(desk, "iro_a", kind, case)
    assert refused.value.faults["raised_as"] == "I raise this as: choose from the list."


def test_offered_are_the_case_types_that_fit(desk: Desk) -> None:
    offered = {kind: options(desk, kind) for kind in ("concern", "pathway", "any")}
    assert offered == {
        "concern": ["looked_after"],
        "pathway": ["leaver"],
        "any": ["looked_after", "leaver", "service"],
    }


def options(desk: Desk, kind: str, who: str = "iro_a") -> list[str]:
    with desk.office.database.reading() as tx:
        made = prepare(desk.office, tx, desk.actor(who), wish(kind, ""))
    return list(made.form.field("raised_as").options or {})


def test_nobody_raises_a_kind_for_none_of_whose_cases_their_post_raises(desk: Desk) -> None:
    procedure = desk.office.council("sampleford").procedure
    assert set(kinds_for(procedure, desk.actor("adviser_a"))) == {"pathway", "any"}
    assert set(kinds_for(procedure, desk.actor("chair_a"))) == {"concern", "any"}
    with pytest.raises(NotAllowed):
        sent(desk, "adviser_a", "concern", "looked_after")


OF_POST = {
    "iro_a": {"looked_after", "leaver", "service"},
    "chair_b": {"child_protection"},
    "adviser_a": {"leaver"},
    "sw_a": set[str](),
}
OF_KIND = {
    "concern": {"looked_after", "child_protection"},
    "pathway": {"leaver"},
    "service": {"service"},
    "any": {"looked_after", "child_protection", "leaver", "service"},
}


@pytest.mark.parametrize("kind", OF_KIND)
@pytest.mark.parametrize("who", OF_POST)
def test_each_post_raises_each_kind_for_its_own_case_types_and_no_other(
    desk: Desk, who: str, kind: str
) -> None:
    """Offered on the form, taken by the verb, and kept from a draft of a time with more posts, alike."""
    theirs = OF_POST[who] & OF_KIND[kind]
    procedure = desk.office.council("sampleford").procedure
    assert (kind in kinds_for(procedure, desk.actor(who))) is bool(theirs)
    for case in sorted(OF_KIND["any"]):
        more = {"child_name": "Anna Berg", "social_worker": "Sw_B Sample"}
        if case in theirs:
            assert sent(desk, who, kind, case, **more).alert.raised.raised_as == case
        elif not theirs:
            with pytest.raises(NotAllowed):
                sent(desk, who, kind, case, **more)
        else:
            with pytest.raises(BadAnswers) as refused:
                sent(desk, who, kind, case, **more)
            assert refused.value.faults["raised_as"] == "I raise this as: choose from the list."
    if theirs:
        assert set(options(desk, kind, who)) == theirs


def test_a_draft_from_when_somebody_held_a_further_post_raises_nothing_for_it(desk: Desk) -> None:
    desk.give("chair", "iro_a")
    assert set(options(desk, "concern")) == OF_KIND["concern"]
    with desk.office.database.writing() as tx:
        every = directory.holdings_of(tx, "sampleford")
        held = next(one for one in every if (one.post, one.person_id) == ("chair", "iro_a"))
        directory.end_post(tx, held.id, desk.office.today - timedelta(days=1))
    with pytest.raises(BadAnswers):
        sent(desk, "iro_a", "concern", "child_protection", child_name="Anna Berg")


# -- a post that the form does not ask about -------------------------------------------------------


def test_a_post_that_is_not_asked_about_is_whoever_holds_it_in_the_team(desk: Desk) -> None:
    found = sent(desk, "iro_a", "pathway", "leaver")
    assert [one.id for one in found.run.sent.asked] == ["sw_a"]


def test_where_it_is_asked_about_and_left_empty_nobody_of_the_post_is_asked(desk: Desk) -> None:
    with pytest.raises(BadAnswers) as refused:
        sent(desk, "iro_a", "any", "looked_after", child_name="Anna Berg")
    said = "Who must answer: choose who is meant by Head of Service."
    assert refused.value.faults == {"asked": said}


def test_where_it_is_asked_about_whoever_is_named_is_asked(desk: Desk) -> None:
    named = {"child_name": "Anna Berg", "social_worker": "Sw_B Sample"}
    found = sent(desk, "iro_a", "concern", "looked_after", **named)
    assert [one.id for one in found.run.sent.asked] == ["sw_b"]


# -- whom it is about ------------------------------------------------------------------------------


def form(desk: Desk, found: Known, act: Act) -> Form:
    with desk.office.database.reading() as tx:
        return act_form(desk.office, tx, found, act)


@pytest.mark.parametrize(("kind", "case"), [("pathway", "leaver"), ("service", "service")])
def test_of_an_alert_about_no_child_nothing_is_asked_of_a_child(
    desk: Desk, kind: str, case: str
) -> None:
    found = sent(desk, "iro_a", kind, case)
    for act in (Act.CLOSE, Act.HOLD, Act.NOTE):
        asked = form(desk, found, act)
        words = [
            words
            for one in asked.fields()
            for words in (one.label, one.hint, *(one.options or {}).values())
        ]
        assert not [said for said in words if said and "child" in said.lower()], act
    assert form(desk, found, Act.CLOSE).field("what_changed").label == "What changed"
    assert not desk.see("iro_a", found).about_child
    note = file_note(found.alert, sources(desk.office, found), desk.office.now())
    assert "child" not in note.lower().replace("children", "")


def test_of_a_child_everything_is_asked_as_before(desk: Desk) -> None:
    named = {"child_name": "Anna Berg", "social_worker": "Sw_B Sample"}
    found = sent(desk, "iro_a", "concern", "looked_after", **named)
    closing = form(desk, found, Act.CLOSE)
    assert closing.field("what_changed").label == "What changed for the child"
    assert "no_longer_ours" in (closing.field("ending").options or {})
    assert desk.see("iro_a", found).about_child
