"""Ways in and on: the question before the ladder, stages that are not open, and who may be asked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.acts.raise_alert import prepare, raise_alert
from practice_alerts.casework.core.who_is_meant import Scene, asked_of, candidates
from practice_alerts.casework.documents.render import document_on_screen
from practice_alerts.domain.acts.options import choices
from practice_alerts.domain.acts.permissions import Relation
from practice_alerts.domain.alert.events import AtGate, read_event, written
from practice_alerts.domain.errors import BadAnswers, NotPossible
from practice_alerts.domain.forms.form import OptionsFrom
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.files.real_councils import council
from tests.helpers.product.office import Desk, open_desk

PARTNERS = tuple(council("lambeth").procedure.partners)
TOLD = "The operational deputy head, by telephone at ten."


@pytest.fixture
def unnamed(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "unnamed", council="unnamed-2015")
    yield opened
    opened.office.database.close()


@pytest.fixture
def knowsley(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "knowsley", council="knowsley")
    yield opened
    opened.office.database.close()


# -- the question before the ladder -----------------------------------------------------------------


def faults(desk: Desk, **changes: object) -> dict[str, str]:
    asked = replace(wanted(desk, "concern", "stage-1"), **changes)  # type: ignore[arg-type]
    with desk.office.database.reading() as tx:
        return prepare(desk.office, tx, desk.actor("iro"), asked).faults


def test_the_question_has_to_be_answered(unnamed: Desk) -> None:
    assert faults(unnamed, gate="")["gate"].endswith("Answer yes or no.")
    assert "gate" not in faults(unnamed, gate="no")


def test_yes_opens_every_stage_and_asks_who_was_told(unnamed: Desk) -> None:
    four = {"gate": "yes", "entry_stage": "stage-4", "asked": ("service_director",)}
    assert set(faults(unnamed, **four)) == {"gate_told"}
    assert faults(unnamed, **four, gate_told=TOLD) == {}
    assert set(faults(unnamed, **{**four, "asked": ()}, gate_told=TOLD)) == {"asked"}
    assert "Who was told" in faults(unnamed, gate="yes", gate_told="x" * 301)["gate_told"]


def test_no_opens_the_first_stage_and_the_one_that_may_be_entered_directly(unnamed: Desk) -> None:
    assert faults(unnamed, gate="no", entry_stage="stage-1") == {}
    assert faults(unnamed, gate="no", entry_stage="stage-2")["entry_stage"] == (
        "Where the alert starts: the procedure opens Issue Notification or Stage 1, and not Stage 2."
        " Choose another stage."
    )


def test_what_was_answered_and_who_was_told_is_recorded_and_read(unnamed: Desk) -> None:
    asked = replace(wanted(unnamed, "concern", "stage-2"), gate="yes", gate_told=TOLD)
    found = raise_alert(unnamed.office, asked, unnamed.doing("iro"))
    assert found.alert.raised.gate == AtGate(answer="yes", told=TOLD)
    assert f"Told at once: {TOLD}" in unnamed.see("iro", found).history[0].said


def test_good_practice_is_not_asked_the_question(unnamed: Desk) -> None:
    asked = replace(wanted(unnamed, "good_practice", about="excellent"), gate="")
    found = raise_alert(unnamed.office, asked, unnamed.doing("iro"))
    assert found.alert.raised.gate is None


def test_an_event_from_before_the_question_was_kept_is_still_read(desk: Desk) -> None:
    old = written(desk.raised().alert.raised)
    del old["gate"]
    assert read_event("raised", old).model_dump()["gate"] is None


def test_an_alert_climbs_only_where_the_answer_opened_the_way(unnamed: Desk) -> None:
    calm = raise_alert(
        unnamed.office, wanted(unnamed, "concern", "issue-notification"), unnamed.doing("iro")
    )
    assert [stage.id for stage in calm.ways_up] == ["stage-1"]
    climb = act_answers.climb("stage-3", "At once.")
    with pytest.raises(NotPossible, match="does not lead there"):
        escalate(unnamed.office, calm.id, climb, unnamed.doing("iro", calm))
    urgent = replace(wanted(unnamed, "concern", "stage-1"), gate="yes", gate_told=TOLD)
    found = raise_alert(unnamed.office, urgent, unnamed.doing("iro"))
    assert [stage.id for stage in found.ways_up] == ["stage-2", "stage-3", "stage-4"]


def test_each_form_offers_the_criteria_of_the_stages_that_use_it() -> None:
    procedure = council("unnamed-2015").procedure
    informal = choices(OptionsFrom.CRITERIA, procedure, "issue_notification")
    formal = choices(OptionsFrom.CRITERIA, procedure, "qa_notification")
    assert list(informal) == ["poor-practice", "non-attendance", "no-report", "participation"]
    assert list(formal) == ["plan", "drift", "tasks", "statutory"]
    assert choices(OptionsFrom.CRITERIA, procedure) == informal | formal


def test_steps_warnings_and_ways_out_stand_beside_the_alert(unnamed: Desk) -> None:
    asked = replace(wanted(unnamed, "concern", "stage-4"), gate="yes", gate_told=TOLD)
    found = raise_alert(unnamed.office, asked, unnamed.doing("iro"))
    seen = unnamed.see("iro", found)
    assert [one.step.id for one in seen.steps] == ["director"]
    assert seen.ways_out == ("Referral to CAFCASS",)
    assert seen.warnings == ()


def test_a_passed_limit_is_warned_of_until_the_alert_is_closed(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    assert desk.see("iro", found).warnings == ()
    assert desk.at("Tue 2025-07-01").see("iro", found).warnings == ("The time limit has passed.",)


# -- who may be asked ------------------------------------------------------------------------------


def test_where_the_procedure_names_nobody_the_raiser_chooses(knowsley: Desk) -> None:
    asked = wanted(knowsley, "challenge", "stage-2")
    with pytest.raises(BadAnswers, match="names nobody at STAGE 2"):
        raise_alert(knowsley.office, asked, knowsley.doing("iro"))
    with knowsley.office.database.reading() as tx:
        made = prepare(knowsley.office, tx, knowsley.actor("iro"), asked)
        scene = Scene(
            knowsley.office, tx, made.files, made.raising.answers, made.raiser, (made.form,)
        )
        assert made.way.stage is not None
        asks = made.files.procedure.asked_at(made.way.stage)
        offered = candidates(scene, asked_of(scene, asks))
    assert {"team_manager", "director"} < {one.role for one in offered}
    assert not {"iro", "cp_chair"} & {one.role for one in offered}
    found = raise_alert(
        knowsley.office, replace(asked, asked=("team_manager",)), knowsley.doing("iro")
    )
    assert [one.id for one in found.run.sent.asked] == ["team_manager"]


@pytest.mark.parametrize("partner", PARTNERS)
def test_every_agency_can_be_asked_though_nobody_of_it_is_in_the_directory(
    desk: Desk, partner: str
) -> None:
    asked = wanted(desk, "partner", "stage-1", partner=partner, sent_to="Sasha Outside")
    found = raise_alert(desk.office, asked, desk.doing("iro"))
    person, *further = found.run.sent.asked
    assert (person.id, person.name) == ("", "Sasha Outside")
    assert person.post
    assert [one.id for one in further] == ([""] if partner == "police" else [])
    assert all(to for to, _, _ in desk.mails())
    assert "Sasha Outside" in document_on_screen(desk.office, found)


def test_whoever_wrote_to_the_agency_records_what_it_answered_and_nobody_else(desk: Desk) -> None:
    asked = wanted(desk, "partner", "stage-1", partner="gp", sent_to="Sasha Outside")
    found = raise_alert(desk.office, asked, desk.doing("iro"))
    reply = act_answers.reply("The report will be sent on Friday.", "will_be_done", "2025-06-06")
    assert Relation.HEARS_OUTSIDE in desk.see("iro", found).relations
    offered = {offer.act.value for offer in desk.see("boss", found).offers}
    assert "answer" not in offered
    found = answer(desk.office, found.id, reply, desk.doing("iro", found))
    assert found.run.answers[0].answer.by.name == "Sasha Outside"
    line = desk.see("iro", found).history[-1]
    assert line.who == "Iro Sample"
    assert line.what.startswith("Recorded the answer of the General practitioner at Stage 1")


def test_an_agency_s_person_who_is_in_the_directory_is_asked_there(desk: Desk) -> None:
    desk.give("practice_manager", "worker")
    asked = wanted(desk, "partner", "stage-1", partner="gp", sent_to="Sasha Outside")
    found = raise_alert(desk.office, asked, desk.doing("iro"))
    climb = act_answers.climb("stage-2", "Nothing came.", sent_to="Worker Sample")
    found = escalate(desk.office, found.id, climb, desk.doing("iro", found))
    assert [one.id for one in found.run.sent.asked] == ["worker"]
    assert found.run.sent.answers["sent_to"] == "Worker Sample"
    assert Relation.HEARS_OUTSIDE not in desk.see("iro", found).relations


def test_where_nobody_is_allocated_the_next_post_named_is_asked_and_no_name_given_for_an_agency(
    desk: Desk,
) -> None:
    asked = desk.raising(
        "stage-1", team="Nowhere", sent_to="Sasha Outside", team_manager="Nobody is allocated"
    )
    found = raise_alert(desk.office, asked, desk.doing("iro"))
    assert [one.id for one in found.run.sent.asked] == ["service"]
