"""A text that is to go is looked for where the product has copied it: named, taken out there, and who had it there."""

from __future__ import annotations

import io

import pytest
from docx import Document

from practice_alerts.casework.acts import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import declare_interest, redaction, second_person
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.directory.redaction import Elsewhere, SaidOfIt
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.records import copies
from practice_alerts.casework.views import who_had_it
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.destroyed import REMOVED
from practice_alerts.domain.seeing.taking_out import Removable
from tests.casework.records.test_destroying import rows_with
from tests.casework.records.test_redacting import WHY, again, key_of
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import Desk
from tests.helpers.stories.family import raised_together
from tests.helpers.stories.restricting import enter_seconds, restricted

PLANTED = "Quetzalcoatlus"
LONG = f"The {PLANTED} of the next house was told about it on Monday."


@pytest.fixture
def desk(desk: Desk) -> Desk:
    enter_seconds(desk)
    return desk.with_readers()


def texts_of(desk: Desk, found: Known, key: str) -> list[Removable]:
    every = redaction.choices(desk.office, desk.actor("records"), found.alert.reference)
    return [one for one in every if one.key == key]


def asked(desk: Desk, found: Known, place: str, *, everywhere: bool = True) -> tuple[str, ...]:
    key, by = key_of(desk, found, place), desk.actor("records")
    return redaction.ask(
        desk.office, by, found.alert.reference, key, WHY, said=SaidOfIt(everywhere=everywhere)
    )


def carried_out(desk: Desk, who: str = "boss") -> None:
    for line in redaction.of_council(desk.office, desk.actor(who), desk.council):
        if line.entry.waits:
            second_person.confirm(desk.office, desk.actor(who), desk.council, line.entry.number)


def elsewhere(desk: Desk, who: str, found: Known, place: str) -> Elsewhere:
    texts = texts_of(desk, found, key_of(desk, found, place))
    return redaction.elsewhere(desk.office, desk.actor(who), found.alert.reference, texts)


def test_raised_together_it_is_named_and_goes_from_each_by_two_people(desk: Desk) -> None:
    kit, lou, anna = raised_together(desk, concerns=LONG)
    others = (lou.alert.reference, anna.alert.reference)
    assert elsewhere(desk, "records", kit, "concerns") == Elsewhere(others, 0)
    assert asked(desk, kit, "concerns") == (kit.alert.reference, *others)
    assert PLANTED in str(again(desk, lou).alert.answers), "until somebody else takes it out"
    carried_out(desk)
    assert rows_with(desk, PLANTED) == set()
    for one in (kit, lou, anna):
        assert again(desk, one).alert.answers["concerns"] == REMOVED
        assert again(desk, one).alert.answers["child_view"] == one.alert.answers["child_view"]
    lines = redaction.of_council(desk.office, desk.actor("auditor"), desk.council)
    assert [one.also for one in lines] == [Elsewhere((), 0)] * 3
    assert prove(desk.office).holds


def test_taken_out_of_one_alone_the_list_says_where_it_stands_still(desk: Desk) -> None:
    kit, lou, anna = raised_together(desk, concerns=LONG)
    assert asked(desk, kit, "concerns", everywhere=False) == (kit.alert.reference,)
    carried_out(desk)
    assert again(desk, lou).alert.answers["concerns"] == LONG
    (line,) = redaction.of_council(desk.office, desk.actor("records"), desk.council)
    assert line.also == Elsewhere((lou.alert.reference, anna.alert.reference), 0)


def test_what_is_closed_is_counted_and_what_an_interest_hides_is_not(desk: Desk) -> None:
    kit, lou, anna = raised_together(desk, concerns=LONG)
    restricted(desk, lou, second="boss_2", stand_in="reserve")
    number = str(anna.alert.answers["case_number"])
    declare_interest.declare(desk.office, desk.actor("boss"), ChildMeant(case_number=number))
    assert elsewhere(desk, "records", kit, "concerns") == Elsewhere((anna.alert.reference,), 1)
    assert elsewhere(desk, "boss", kit, "concerns") == Elsewhere((), 1)
    assert asked(desk, kit, "concerns") == (kit.alert.reference, anna.alert.reference)
    carried_out(desk, "boss_2")
    (kits,) = [
        one
        for one in redaction.of_council(desk.office, desk.actor("records"), desk.council)
        if one.entry.what.name == kit.alert.reference
    ]
    assert kits.also == Elsewhere((), 1)
    body = who_had_it.paper(desk.office, desk.actor("records"), desk.council, kits.entry.number)
    said = text_of(body)
    assert lou.alert.reference not in said
    assert f"{anna.alert.reference} and 1 other alert, for others to look at" in said
    by_boss = text_of(
        who_had_it.paper(desk.office, desk.actor("boss"), desk.council, kits.entry.number)
    )
    assert anna.alert.reference not in by_boss


def text_of(body: bytes) -> str:
    word = Document(io.BytesIO(body))
    rows = (row for table in word.tables for row in table.rows)
    return "\n".join(" | ".join(cell.text for cell in row.cells) for row in rows)


@pytest.mark.parametrize("everywhere", [True, False])
def test_who_had_it_lists_the_readers_of_the_others_as_well(desk: Desk, everywhere: bool) -> None:
    kit, lou, _ = raised_together(desk, concerns=LONG)
    desk.see("boss_2", lou)
    asked(desk, kit, "concerns", everywhere=everywhere)
    carried_out(desk)
    desk.at("Tue 2025-06-03").see("iro_2", again(desk, lou))
    number = next(
        one.entry.number
        for one in redaction.of_council(desk.office, desk.actor("records"), desk.council)
        if one.entry.what.name == kit.alert.reference
    )
    said = text_of(who_had_it.paper(desk.office, desk.actor("records"), desk.council, number))
    assert f"of {lou.alert.reference}: opened an alert" in said
    assert "Boss_2 Sample" in said
    assert ("Iro_2 Sample" in said) == (not everywhere), "there until it goes there"


def test_the_same_answer_is_found_where_it_was_given_as_well(desk: Desk) -> None:
    kit, lou, _ = raised_together(desk)
    reply = act_answers.reply(LONG, "done")
    for one in (kit, lou):
        answer.answer(desk.office, one.id, reply, desk.doing("manager", again(desk, one)))
    kit, lou = again(desk, kit), again(desk, lou)
    place = f"{kit.alert.happened[-1].number}:text"
    assert asked(desk, kit, place) == (kit.alert.reference, lou.alert.reference)
    carried_out(desk)
    assert rows_with(desk, PLANTED) == set()


def test_a_short_answer_is_a_copy_where_alerts_are_linked_and_nowhere_else(desk: Desk) -> None:
    kit, lou, anna = raised_together(desk, concerns=f"{PLANTED} waits.")
    desk.raised("stage-1", concerns=f"{PLANTED} waits.")
    others = (lou.alert.reference, anna.alert.reference)
    assert elsewhere(desk, "records", kit, "concerns") == Elsewhere(others, 0)


def test_a_copy_in_another_alert_is_found_without_a_link_and_other_words_are_not(
    desk: Desk,
) -> None:
    first = desk.raised("stage-1", concerns=LONG)
    copy = desk.raised("stage-1", concerns=f"  {LONG.upper()} ")
    desk.raised("stage-1", concerns=f"{LONG} And on Tuesday.")
    assert elsewhere(desk, "records", first, "concerns") == Elsewhere((copy.alert.reference,), 0)


def test_what_everybody_writes_is_a_copy_where_alerts_are_linked_and_nowhere_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "TURN_OF_PHRASE", 2)
    kit, lou, anna = raised_together(desk, concerns=LONG)
    others = [lou.alert.reference, anna.alert.reference]
    for _ in range(2):
        others.append(desk.raised("stage-1", concerns=LONG).alert.reference)
        assert elsewhere(desk, "records", kit, "concerns") == Elsewhere(tuple(others), 0)
    desk.raised("stage-1", concerns=LONG)
    assert elsewhere(desk, "records", kit, "concerns") == Elsewhere(tuple(others[:2]), 0)


def test_who_the_child_is_stands_in_every_alert_about_it_and_is_no_copy(desk: Desk) -> None:
    first = desk.raised("stage-1")
    desk.raised("stage-1")
    for place in ("case_number", "child_name", "date_of_birth"):
        assert elsewhere(desk, "records", first, place) == Elsewhere((), 0)


def test_twice_on_one_alert_it_goes_at_once(desk: Desk) -> None:
    found = desk.raised("stage-1", concerns=LONG)
    note = {"text": LONG, "part": "shared"}
    found = VERBS[Act.NOTE](desk.office, found.id, note, desk.doing("iro", found))
    assert asked(desk, found, "concerns") == (found.alert.reference,)
    (line,) = redaction.of_council(desk.office, desk.actor("boss"), desk.council)
    _, texts = redaction.to_go(desk.office, desk.actor("boss"), line.entry.number)
    assert [one.text for one in texts] == [LONG, LONG]
    carried_out(desk)
    assert rows_with(desk, PLANTED) == set()
