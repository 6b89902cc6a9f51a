"""Alerts about brothers and sisters that were not raised together, linked later and unlinked."""

from __future__ import annotations

import io
import zipfile

import pytest

from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents import export, render
from practice_alerts.casework.proof import audit_chain
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotFound
from tests.helpers.product.office import Desk


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return desk.with_readers()


def raised(desk: Desk, name: str, number: str, who: str = "iro", **more: str) -> Known:
    return desk.raised("stage-1", who=who, child_name=name, case_number=number, **more)


def say(desk: Desk, who: str, found: Known, other: Known | str, said: str = "linked") -> Known:
    reference = other if isinstance(other, str) else other.alert.reference
    now = desk.see("iro", found).known
    typed = {"said": said, "reference": reference}
    return VERBS[Act.LINK](desk.office, found.id, typed, desk.doing(who, now))


def beside(desk: Desk, who: str, found: Known) -> tuple[str, ...]:
    return desk.see(who, found).together


def test_each_is_found_from_the_other_and_unlinked_from_neither_side_any_more(desk: Desk) -> None:
    kit, lou = raised(desk, "Kit Muster", "S-1"), raised(desk, "Lou Muster", "S-2")
    say(desk, "iro", kit, f" {lou.alert.reference.lower()}.")
    assert beside(desk, "iro", kit) == (lou.alert.reference,)
    assert beside(desk, "iro", lou) == (kit.alert.reference,)
    with pytest.raises(BadAnswers, match="linked already"):
        say(desk, "iro", lou, kit)
    say(desk, "iro", lou, kit, "apart")
    assert beside(desk, "iro", kit) == beside(desk, "iro", lou) == ()
    with pytest.raises(BadAnswers, match="not linked"):
        say(desk, "iro", kit, lou, "apart")
    say(desk, "iro", kit, lou)
    assert beside(desk, "iro", lou) == (kit.alert.reference,)
    assert audit_chain.prove(desk.office).holds


def test_it_joins_the_whole_family_and_leaves_the_whole_of_it(desk: Desk) -> None:
    kit, lou, ann = (raised(desk, f"{one} Muster", f"S-{one}") for one in ("Kit", "Lou", "Ann"))
    say(desk, "iro", kit, lou)
    say(desk, "iro", ann, lou)
    for one in (kit, lou, ann):
        others = {other.alert.reference for other in (kit, lou, ann)} - {one.alert.reference}
        assert set(beside(desk, "iro", one)) == others
    say(desk, "iro", ann, kit, "apart")
    assert beside(desk, "iro", ann) == ()
    assert beside(desk, "iro", kit) == (lou.alert.reference,)


def test_nobody_sees_an_alert_by_the_link_who_could_not_before(desk: Desk) -> None:
    kit = raised(desk, "Kit Muster", "S-1")
    lou = raised(desk, "Lou Muster", "S-2", team_manager="Elsewhere Sample")
    before = {who: able(desk, who, kit, lou) for who in ("manager", "elsewhere", "boss", "qa")}
    say(desk, "iro", kit, lou)
    for who, seen in before.items():
        assert able(desk, who, kit, lou) == seen, who
        for one, other in ((kit, lou), (lou, kit)):
            if one.id in seen:
                expected = (other.alert.reference,) if other.id in seen else ()
                assert beside(desk, who, one) == expected, who
    record = " ".join(line.what for line in desk.see("manager", kit).history)
    assert "brother or sister" not in record
    assert "brother or sister" in " ".join(line.what for line in desk.see("iro", kit).history)


def able(desk: Desk, who: str, *every: Known) -> set[str]:
    found = set()
    for one in every:
        try:
            found.add(desk.see(who, one).known.id)
        except NotFound:
            continue
    return found


def test_each_child_s_papers_hold_that_child_only(desk: Desk) -> None:
    kit, lou = raised(desk, "Kit Muster", "S-1"), raised(desk, "Lou Specimen", "S-2")
    kit = say(desk, "iro", kit, lou)
    lou = desk.see("iro", lou).known
    for one, other in ((kit, lou), (lou, kit)):
        paper = render.document_on_screen(desk.office, one)
        with zipfile.ZipFile(io.BytesIO(export.whole_file(desk.office, one, "iro").body)) as parcel:
            parts = [parcel.read(name).decode("utf-8", "replace") for name in parcel.namelist()]
        for told in (str(paper), *parts):
            assert other.alert.reference not in told
            assert other.id not in told
            assert str(other.alert.answers["child_name"]) not in told


def test_what_is_another_officer_s_is_told_as_what_there_is_none_of(desk: Desk) -> None:
    kit = raised(desk, "Kit Muster", "S-1")
    theirs = raised(desk, "Lou Muster", "S-2", who="other_iro")
    said = set()
    for typed in (theirs.alert.reference, "LAM-2025-0099", "nonsense"):
        with pytest.raises(BadAnswers) as refused:
            say(desk, "iro", kit, typed)
        said |= {refused.value.faults["reference"]}
    assert len(said) == 1
    say(desk, "boss", kit, theirs)
    assert beside(desk, "boss", kit) == (theirs.alert.reference,)
    assert beside(desk, "iro", kit) == beside(desk, "other_iro", theirs) == ()


def test_neither_itself_nor_one_about_the_same_child_is_linked(desk: Desk) -> None:
    kit, same = raised(desk, "Kit Muster", "S-100"), raised(desk, "Kit Muster", "s 100")
    with pytest.raises(BadAnswers, match="no alert of that reference"):
        say(desk, "iro", kit, kit)
    with pytest.raises(BadAnswers, match="same child"):
        say(desk, "iro", kit, same)


@pytest.mark.parametrize("who", ["manager", "qa", "admin"])
def test_only_the_officer_s_side_and_the_manager_of_the_service_link(desk: Desk, who: str) -> None:
    kit, lou = raised(desk, "Kit Muster", "S-1"), raised(desk, "Lou Muster", "S-2")
    with pytest.raises((NotAllowed, NotFound)):
        say(desk, who, kit, lou)
    assert beside(desk, "iro", kit) == ()
    say(desk, "boss", kit, lou)
    assert beside(desk, "iro", kit) == (lou.alert.reference,)


def test_pressed_twice_it_is_done_once(desk: Desk) -> None:
    kit, lou = raised(desk, "Kit Muster", "S-1"), raised(desk, "Lou Muster", "S-2")
    doing = desk.doing("iro", kit)
    typed = {"said": "linked", "reference": lou.alert.reference}
    first = VERBS[Act.LINK](desk.office, kit.id, typed, doing)
    again = VERBS[Act.LINK](desk.office, kit.id, typed, doing)
    assert again.alert.version == first.alert.version
    assert [one.kind for one in desk.see("iro", lou).known.alert.happened].count("linked") == 1
