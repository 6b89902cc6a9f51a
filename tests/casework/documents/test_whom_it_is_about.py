"""The documents of acts where a council raises alerts about others than a looked-after child: heads and questions."""

import json
from pathlib import Path

import pytest

from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import act_document
from practice_alerts.domain.acts.permissions import Act
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.files.small_council import PROCEDURE, furnished
from tests.helpers.files.word_files import texts
from tests.helpers.product.office import Desk, open_desk

OWN = {
    "care_leaver": {"title": "a care leaver"},
    "several": {"title": "several children"},
    "carer": {"title": "a foster carer", "about": "adult"},
    "service": {"title": "no child in particular", "about": "nobody"},
}
CASES = ("looked_after", "child_in_need", *OWN)
HEADS = {
    "looked_after": "The child",
    "child_in_need": "The child",
    "care_leaver": "The care leaver",
    "several": "Several children",
    "carer": "The foster carer",
}
OF_A_CHILD = frozenset(CASES) - {"carer", "service"}

FORM = """\
title: Concern
sections:
  - title: Whom it is about
    fields:
      - {id: raised_as, label: I raise this as, type: one_of, options_from: raised_by, required: true}
      - {id: child_name, label: Name, type: text, identifies: child,
         when: {raised_as: [looked_after, child_in_need, care_leaver, several]}}
      - {id: carer_name, label: Name of the carer, type: text, identifies: adult, when: {raised_as: carer}}
      - {id: parent, label: Parent, type: text, identifies: adult, when: {raised_as: looked_after}}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    written = {
        **read_yaml(PROCEDURE.encode()).value,
        "raised_by": dict.fromkeys(CASES, "iro"),
        "case_types": OWN,
        "referrals": {"legal_advice": {}},
    }
    written["ladders"]["main"]["stages"][1].pop("then")
    furnished(tmp_path, json.dumps(written, default=str), FORM)
    return open_desk(tmp_path / "data", council="sampleford", rooms=tmp_path)


def acted(desk: Desk, case: str) -> Known:
    """Raised, answered, referred and closed."""
    found = raise_alert(
        desk.office, wanted(desk, "concern", "stage-1", raised_as=case), desk.doing("iro")
    )
    said = act_answers.reply("It will be looked into.", "other")
    found = answer(desk.office, found.id, said, desk.doing("team_manager", found))
    out = act_answers.way_out("legal_advice", "It takes too long.")
    found = VERBS[Act.REFER](desk.office, found.id, out, desk.doing("iro", found))
    ended = act_answers.ending("explanation_accepted", "There is a plan.")
    if case not in OF_A_CHILD:
        del ended["child_view"], ended["changes"]
    return close(desk.office, found.id, ended, desk.doing("iro", found))


def words(desk: Desk, found: Known, kind: str) -> list[str]:
    number = next(one.number for one in found.alert.happened if one.kind == kind)
    return texts(act_document(desk.office, found, number).body)


@pytest.mark.parametrize("case", CASES)
def test_the_head_follows_what_the_alert_is_about(desk: Desk, case: str) -> None:
    found = acted(desk, case)
    for kind in ("answered", "referred", "closed"):
        read = words(desk, found, kind)
        heads = set(HEADS.values()) & set(read)
        assert heads == ({HEADS[case]} if case in HEADS else set()), kind


@pytest.mark.parametrize(
    ("case", "told"), [("carer", "Name of the carer"), ("care_leaver", "Name"), ("service", "")]
)
def test_beneath_it_stands_whoever_it_is_about(desk: Desk, case: str, told: str) -> None:
    read = words(desk, acted(desk, case), "answered")
    assert bool(told) == (told in read)
    assert (HEADS.get(case, "") in read) == bool(told)


def test_an_adult_beside_a_child_is_not_who_it_is_about(desk: Desk) -> None:
    found = acted(desk, "looked_after")
    assert "Parent" not in words(desk, found, "answered")
    assert "Parent" in words(desk, found, "closed")


@pytest.mark.parametrize("case", CASES)
def test_what_only_a_child_can_be_asked_is_printed_of_a_child_alone(desk: Desk, case: str) -> None:
    found = acted(desk, case)
    assert ("What the child wants" in words(desk, found, "referred")) == (case in OF_A_CHILD)
    closed = words(desk, found, "closed")
    label = "What changed for the child" if case in OF_A_CHILD else "What changed"
    assert closed[closed.index(label) + 1] == "There is a plan."
    if case not in OF_A_CHILD:
        every = [
            one for kind in ("answered", "referred", "closed") for one in words(desk, found, kind)
        ]
        assert not [one for one in every if "the child" in one.lower()]
