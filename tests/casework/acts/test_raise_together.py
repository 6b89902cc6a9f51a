"""Brothers and sisters raised together: one form, an alert for each child alone, all of them or none."""

from dataclasses import replace
from typing import Any

import pytest

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core import tables
from practice_alerts.casework.acts import raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import declare_interest
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.documents.render import word_document
from practice_alerts.casework.drafts import kept_drafts, siblings
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.together.raise_together import Child, prepare, raise_together
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.documents.history_json import history_file
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.forms.each_child import begun, differing
from tests.helpers.files.word_files import texts
from tests.helpers.product.office import Desk
from tests.helpers.stories.family import (
    ANNA,
    CHILDREN,
    KIT,
    LOU,
    WORDS,
    all_of,
    family,
    of,
    raised_together,
)
from tests.helpers.stories.restricting import enter_seconds, restricted
from tests.helpers.stories.story import Story


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two in each post at Lambeth, in three teams, and each of the three kinds of cover."""
    enter_seconds(desk)
    return desk


def faults(desk: Desk, children: tuple[Child, ...] = CHILDREN, **changes: Any) -> dict[str, str]:
    with desk.office.database.reading() as tx:
        asked = family(desk, **changes)
        return prepare(desk.office, tx, desk.actor("iro"), asked, children).faults


def name_of(found: Known) -> str:
    return str(found.alert.answers["child_name"])


def others(found: Known) -> set[str]:
    """What tells who the other children are, and what they said."""
    return {
        said for name, words in WORDS.items() if name != name_of(found) for said in (name, words)
    }


# ------------------------------------------------------------------------- an alert for each child


def test_each_child_has_an_alert_with_its_own_reference_people_and_words(desk: Desk) -> None:
    kit, lou, anna = raised_together(desk)
    assert [name_of(one) for one in (kit, lou, anna)] == [KIT, LOU, ANNA]
    assert [one.alert.reference[-4:] for one in (kit, lou, anna)] == ["0001", "0002", "0003"]
    assert [one.alert.answers["child_view"] for one in (kit, lou, anna)] == list(WORDS.values())
    asked = [[who.id for who in one.run.sent.asked] for one in (kit, lou, anna)]
    assert asked == [["manager"], ["manager"], ["elsewhere"]]
    said = {one.alert.answers["concerns"] for one in (kit, lou, anna)}
    assert len(said) == 1
    assert "date_of_birth" in kit.alert.answers
    assert "date_of_birth" not in lou.alert.answers
    assert prove(desk.office).holds


def test_each_knows_the_others_by_their_ids_alone(desk: Desk) -> None:
    every = raised_together(desk)
    for one in every:
        rest = {other.id for other in every if other.id != one.id}
        assert {*one.alert.raised.together} == rest
        assert len(one.alert.raised.together) == len(rest)


def test_each_runs_its_own_clocks(desk: Desk) -> None:
    kit, lou, _ = raised_together(desk)
    before = desk.dates(lou)
    assert desk.dates(kit) == before
    Story(desk, "iro", kit).answered("manager", "It is done.", "done").put_right("Seen.")
    assert desk.dates(lou) == before
    assert desk.stands(lou) is not desk.stands(kit)


def test_pressed_twice_they_are_raised_once(desk: Desk) -> None:
    asked, doing = family(desk), desk.doing("iro")
    first = raise_together(desk.office, asked, CHILDREN, doing)
    again = raise_together(desk.office, asked, CHILDREN, doing)
    assert again.alert.reference == first.alert.reference
    with desk.office.database.reading() as tx:
        assert len(current_state.raised_by(tx, ["iro"])) == 3


def test_a_failure_in_the_middle_leaves_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Known] = []
    real = raise_alert.record_raised

    def fails_at_the_second(*args: Any, **more: Any) -> Known:
        if done:
            raise OSError("The disk is full.")
        done.append(real(*args, **more))
        return done[0]

    kept_drafts.keep_draft(desk.office, "iro", "begun", {"step": 4, "council": "lambeth"})
    monkeypatch.setattr(raise_alert, "record_raised", fails_at_the_second)
    with pytest.raises(OSError, match="full"):
        raise_together(
            desk.office, replace(family(desk), draft_id="begun"), CHILDREN, desk.doing("iro")
        )
    monkeypatch.undo()
    with desk.office.database.reading() as tx:
        assert not current_state.raised_by(tx, ["iro"])
        assert not tx.execute(tables.events.select()).all()
    assert desk.mails() == []
    assert kept_drafts.my_draft(desk.office, "iro", "begun") is not None
    assert [one.alert.reference[-4:] for one in raised_together(desk)] == ["0001", "0002", "0003"]


def test_the_draft_has_served_once_all_are_sent(desk: Desk) -> None:
    kept_drafts.keep_draft(desk.office, "iro", "begun", {"step": 4, "council": "lambeth"})
    asked = replace(family(desk), draft_id="begun")
    raise_together(desk.office, asked, CHILDREN, desk.doing("iro"))
    assert kept_drafts.my_draft(desk.office, "iro", "begun") is None


def test_one_child_alone_is_raised_as_ever(desk: Desk) -> None:
    found = raise_together(desk.office, family(desk), (), desk.doing("iro"))
    assert name_of(found) == KIT
    assert found.alert.raised.together == ()
    assert not [name for name in found.alert.answers if "@" in name]


# --------------------------------------------------------------------- nothing of another child


def test_nothing_of_another_child_is_in_anything_of_a_child(desk: Desk) -> None:
    """Its documents, its record for a program, its events and its row for lists."""
    for one in raised_together(desk):
        with desk.office.database.reading() as tx:
            row = tx.execute(tables.alerts.select().where(tables.alerts.c.id == one.id)).one()
            events = tx.execute(
                tables.payloads.select()
                .join(tables.events, tables.events.c.id == tables.payloads.c.event_id)
                .where(tables.events.c.alert_id == one.id)
            ).all()
        record = history_file(one.alert, one.files.procedure, {}, desk.office.now())
        assert "together" not in str(record)
        for said in others(one):
            assert said not in str(row)
            assert said not in str(events)
            assert said not in str(record)


def test_an_export_of_one_child_holds_that_child_alone(desk: Desk) -> None:
    """Documents are read as their words: no reference of another child either."""
    every = raised_together(desk)
    for one in every:
        text = " ".join(texts(word_document(desk.office, one).body))
        rest = [each.alert.reference for each in every if each.id != one.id]
        assert name_of(one) in text
        assert not [said for said in (*others(one), *rest) if said in text]


def test_a_search_for_one_child_finds_that_child_alone(desk: Desk) -> None:
    every = raised_together(desk)
    for one in every:
        said = str(one.alert.answers["case_number"])
        found = work_tray.search(desk.office, desk.actor("iro"), said)
        assert [each.row.reference for each in found] == [one.alert.reference]


# ------------------------------------------------------------------------------------- faults


def test_a_fault_says_which_child(desk: Desk) -> None:
    found = faults(desk, **of("lou", case_number="", team=""))
    assert found["case_number@lou"].startswith("Child 2: ID: ")
    assert found["team@lou"].startswith("Child 2: Team: ")
    assert {*found} == {"case_number@lou", "team@lou"}


def test_a_fault_of_all_is_told_once(desk: Desk) -> None:
    found = faults(desk, concerns="")
    assert list(found) == ["concerns"]


def test_what_all_share_names_no_child(desk: Desk) -> None:
    found = faults(desk, concerns="Anna's plan has not moved on.")
    assert list(found) == ["concerns"]
    assert "take out “Anna's”" in found["concerns"]
    with pytest.raises(BadAnswers):
        raised_together(desk, concerns="Anna's plan has not moved on.")


def test_nor_does_what_is_said_of_one_child_name_another(desk: Desk) -> None:
    found = faults(desk, **of("lou", child_view="I miss Kit. S-100001 is on his door."))
    assert "take out “S-100001”" in found["child_view@lou"] or "“Kit”" in found["child_view@lou"]
    assert list(found) == ["child_view@lou"]


def test_a_child_may_be_named_in_its_own_answers_and_a_shared_surname_anywhere(desk: Desk) -> None:
    names = {"child_name": "Kit Muster", **of("lou", child_name="Lou Muster")}
    names |= of("anna", child_name="Anna Muster", child_view="I, Anna, like it here.")
    assert not faults(desk, **names, concerns="Ms Muster was not told, and may not know.")


@pytest.mark.parametrize("number", ["s-100002", "S 100002", "S–100 002", " s100002"])
def test_one_case_number_is_not_that_of_two_children(desk: Desk, number: str) -> None:
    found = faults(desk, **of("anna", case_number=number))
    assert "Child 3: ID: this is what stands for Child 2" in found["case_number@anna"]


def test_an_interest_declared_in_one_of_them_stops_all(desk: Desk) -> None:
    meant = ChildMeant(case_number="S-100003", reason="My niece.")
    declare_interest.declare(desk.office, desk.actor("iro"), meant)
    found = faults(desk)
    assert found["case_number@anna"].startswith("Child 3: The child: you have declared an interest")
    assert faults(desk, CHILDREN[:1]) == {}


# --------------------------------------------------------------- what is different for one child


def test_a_common_question_can_be_answered_otherwise_for_one_child(desk: Desk) -> None:
    answers = {differing("anna"): ["concerns"], "concerns@anna": "Anna has had no visit since May."}
    kit, lou, anna = raised_together(desk, **answers)
    assert anna.alert.answers["concerns"] == "Anna has had no visit since May."
    assert kit.alert.answers["concerns"] == lou.alert.answers["concerns"]
    assert "Anna" not in str(kit.alert.answers["concerns"])


def test_other_people_can_be_chosen_for_a_child_of_another_team(desk: Desk) -> None:
    chosen = Child("anna", asked=("west",), instead_reason="The case is being moved there.")
    first = raise_together(desk.office, family(desk), (CHILDREN[0], chosen), desk.doing("iro"))
    every = all_of(desk, first)
    asked = {name_of(one): [who.id for who in one.run.sent.asked] for one in every}
    assert asked == {KIT: ["manager"], LOU: ["manager"], ANNA: ["west"]}


# ----------------------------------------------------------------------------- who sees the link


def test_whoever_opens_one_learns_of_those_alone_that_they_may_open(desk: Desk) -> None:
    kit, lou, anna = raised_together(desk)
    assert desk.see("iro", kit).together == (lou.alert.reference, anna.alert.reference)
    assert desk.see("manager", kit).together == (lou.alert.reference,)
    assert not desk.can_open("manager", anna)


def test_a_restricted_sibling_is_not_told_of(desk: Desk) -> None:
    kit, lou, anna = raised_together(desk)
    restricted(desk, lou, second="boss_2", stand_in="iro_3")
    assert desk.see("boss", kit).together == (anna.alert.reference,)
    assert desk.see("iro", kit).together == (lou.alert.reference, anna.alert.reference)


def test_nor_is_one_in_whose_child_the_reader_has_an_interest(desk: Desk) -> None:
    kit, lou, _ = raised_together(desk)
    meant = ChildMeant(case_number="S-100003", reason="My niece.")
    declare_interest.declare(desk.office, desk.actor("boss"), meant)
    assert desk.see("boss", kit).together == (lou.alert.reference,)


# ------------------------------------------------------------------------------------- drafts


def test_a_child_taken_out_leaves_nothing_and_the_others_keep_theirs() -> None:
    body: dict[str, Any] = {"answers": {"child_name": KIT}}
    lou, anna = siblings.add_child(body), siblings.add_child(body)
    body["answers"] |= {f"child_name@{lou}": LOU, f"social_worker@{lou}.id": "worker"}
    body["answers"][f"child_name@{anna}"] = ANNA
    body[f"asked@{lou}"] = ["west"]
    siblings.take_out(body, lou)
    assert body == {
        begun(anna): 3,
        "answers": {"child_name": KIT, f"child_name@{anna}": ANNA},
    }


def test_a_later_draft_for_a_sibling_takes_nothing_of_the_child_with_it(desk: Desk) -> None:
    found = desk.raised("stage-1")
    draft = siblings.draft_for_sibling(desk.office, desk.actor("iro"), found)
    kept = kept_drafts.my_draft(desk.office, "iro", draft)
    assert kept is not None
    own = {"child_name", "case_number", "date_of_birth", "child_view", "team", "team_manager"}
    assert not own & {*kept.body["answers"]}
    assert kept.body["answers"]["concerns"] == found.alert.answers["concerns"]


def test_in_the_tray_they_stand_one_beneath_the_other(desk: Desk) -> None:
    kit, lou, anna = raised_together(desk)
    alone = desk.raised("stage-1")
    for who in ("iro", "manager"):
        for part in work_tray.tray(desk.office, desk.actor(who)).parts:
            theirs = [one for one in part.lines if one.row.reference != alone.alert.reference]
            places = [place for place, one in enumerate(part.lines) if one in theirs]
            assert places == list(
                range(min(places, default=0), min(places, default=0) + len(places))
            )
            for one in theirs:
                others = {x.alert.reference for x in (kit, lou, anna)} - {one.row.reference}
                able = {x for x in others if can_open(desk, who, x)}
                assert {*one.together} == able


def can_open(desk: Desk, who: str, reference: str) -> bool:
    return any(
        one.row.reference == reference
        for one in work_tray.search(desk.office, desk.actor(who), reference)
    )
