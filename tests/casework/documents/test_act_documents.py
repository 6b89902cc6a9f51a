"""The documents of later acts: made from what happened, recorded as handed over, and a council's own."""

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.documents.starter.act_template import act_starter
from practice_alerts.adapters.files.procedures import load_all, load_edition
from practice_alerts.adapters.store.alerts import issued_documents
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.acts.review_response import hold, review
from practice_alerts.casework.acts.took_place import record_step
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.export import every_document, whole_file
from practice_alerts.casework.documents.render import (
    Which,
    act_document,
    document_on_screen,
    issue,
    word_document,
)
from practice_alerts.casework.jobs.check_files import check_councils
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import NotFound, NotPossible
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import climbing, wanted
from tests.helpers.days import day, moment
from tests.helpers.files.word_files import faults, texts, word_file
from tests.helpers.product.office import Desk, open_desk

OWN_REFERRAL = """\
title: Referral, on our own paper
sections:
  - title: The referral
    fields:
      - {id: route, label: Where to, type: one_of, options_from: routes, required: true}
      - {id: reason, label: Why, type: long_text, required: true}
      - {id: consulted, label: With whom you spoke, type: long_text}
      - {id: panel, label: Which panel heard of it, type: text, required: true}
      - {id: legal_advice, label: What the lawyers said, type: long_text}
      - id: hearings
        label: Hearings so far
        type: group
        fields: [{id: heard_on, label: Day, type: date}, {id: court, label: Court, type: text}]
"""
REFERRED = {
    "route": "cafcass",
    "reason": "The plan has stood still.",
    "panel": "The permanence panel",
    "legal_advice": "That <there> is a case & {{ more }}.",
    "hearings": [{"heard_on": "2025-05-30", "court": "Sample Town"}],
}


def acted(desk: Desk) -> Known:
    """Answered on Tuesday 3 June, held on Wednesday, referred on Thursday, closed on Friday."""
    found, office = desk.raised("stage-1"), desk.office
    reply = act_answers.reply("By next week.", "will_be_done", "2025-06-09", "the team")
    desk.at("Tue 2025-06-03")
    found = answer(office, found.id, reply, desk.doing("manager", found))
    desk.at("Wed 2025-06-04")
    promise = act_answers.promise(day("Mon 2025-06-09"), "the team", "It will do.")
    found = hold(office, found.id, promise, desk.doing("iro", found))
    desk.at("Thu 2025-06-05")
    way_out = act_answers.way_out("cafcass", "It has stood still.", "the IRO manager")
    found = VERBS[Act.REFER](office, found.id, way_out, desk.doing("iro", found))
    desk.at("Fri 2025-06-06")
    ending = act_answers.ending("put_right", "There is a plan.", "I know where I live.")
    return close(office, found.id, ending, desk.doing("iro", found))


def number(found: Known, kind: str) -> int:
    return next(one.number for one in found.alert.happened if one.kind == kind)


def words(desk: Desk, found: Known, kind: str, as_of: str = "") -> list[str]:
    when = moment(as_of) if as_of else None
    return texts(act_document(desk.office, found, number(found, kind), when).body)


def after(read: list[str], label: str) -> str:
    return read[read.index(label) + 1]


# ------------------------------------------------------------------------------ each act's document


def test_each_act_is_told_with_who_did_it_and_when(desk: Desk) -> None:
    found = acted(desk)
    answered = words(desk, found, "answered")
    assert after(answered, "Answered by") == "Manager Sample, Team Manager"
    assert after(answered, "On") == "Tuesday 3 June 2025, 09:00"
    held = words(desk, found, "held")
    assert after(held, "Hold until") == "Monday 9 June 2025"
    assert after(held, "Accepted by") == "Iro Sample, Independent Reviewing Officer"
    referred = words(desk, found, "referred")
    assert referred[0] == "Referral to CAFCASS"
    assert "put on hold until Monday 9 June 2025" in "\n".join(referred)
    closed = words(desk, found, "closed")
    assert after(closed, "How it ended") == "Put right and verified"
    assert "I know where I live." in closed


def test_an_outcome_names_whoever_reviewed_and_the_answer(desk: Desk) -> None:
    found = desk.raised("stage-1")
    desk.at("Tue 2025-06-03")
    reply = act_answers.reply("Next week.", "other")
    found = answer(desk.office, found.id, reply, desk.doing("manager", found))
    outcome = act_answers.outcome("not_satisfactory", "No day.")
    found = review(desk.office, found.id, outcome, desk.doing("iro", found))
    read = words(desk, found, "judged")
    assert after(read, "Reviewed by") == "Iro Sample, Independent Reviewing Officer"
    assert "Next week." in read


def test_an_act_is_told_as_the_alert_stood_then(desk: Desk) -> None:
    found = acted(desk)
    assert "put on hold" not in "\n".join(words(desk, found, "answered"))
    assert "Closed" not in "\n".join(words(desk, found, "referred"))


def test_an_act_that_had_not_happened_by_then_has_no_document(desk: Desk) -> None:
    found = acted(desk)
    document = act_document(
        desk.office, found, number(found, "answered"), moment("Thu 2025-06-05 12:00")
    )
    assert document.name == "LAM-2025-0001-response-3-2025-06-05.docx"
    with pytest.raises(NotPossible, match="no document of such an act"):
        words(desk, found, "closed", "Thu 2025-06-05 12:00")


def test_a_note_has_no_document_and_neither_has_what_never_was(desk: Desk) -> None:
    found = desk.raised("stage-1")
    found = VERBS[Act.NOTE](
        desk.office, found.id, {"text": "The father rang."}, desk.doing("iro", found)
    )
    for one in (number(found, "noted"), number(found, "sent"), 99):
        with pytest.raises(NotPossible, match="no document of such an act"):
            act_document(desk.office, found, one)


def test_it_is_read_on_the_screen_too(desk: Desk) -> None:
    found = acted(desk)
    which = Which(act=number(found, "referred"))
    page = document_on_screen(desk.office, found, which=which)
    assert "<h2>Referral to CAFCASS</h2>" in page
    assert "Children Act 1989" in page


def test_a_step_is_told_where_the_procedure_has_any(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", council="unnamed-2015")
    found = raise_alert(desk.office, wanted(desk, "concern", "stage-1"), desk.doing("iro"))
    desk.at("Tue 2025-06-03 16:00")
    typed = {
        "step": "discussion",
        "took_place": "yes",
        "on": "2025-06-03",
        "at": "14:30",
        "text": "It was agreed to wait a week.",
    }
    found = record_step(desk.office, found.id, typed, desk.doing("iro", found))
    read = words(desk, found, "step_done")
    assert after(read, "When") == "Tuesday 3 June 2025, 14:30"
    assert "It was agreed to wait a week." in read
    alert_paper = "\n".join(texts(word_document(desk.office, found).body))
    assert "It was agreed to wait a week." in alert_paper
    desk.office.database.close()


# ------------------------------------------------------------------------------------- handed over


def names_in(body: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return archive.namelist()


def test_handing_one_over_is_recorded_under_the_name_of_its_form(desk: Desk) -> None:
    found = acted(desk)
    which = Which(act=number(found, "referred"))
    for _ in range(2):
        issue(desk.office, found, "iro", which=which)
    with desk.office.database.reading() as tx:
        (one,) = issued_documents.of_alert(tx, found.id)
    assert (one.person_id, one.form) == ("iro", "referral")


def test_the_zip_holds_every_document_and_each_is_recorded(desk: Desk) -> None:
    found = acted(desk)
    stem = "LAM-2025-0001"
    assert names_in(whole_file(desk.office, found, "iro").body) == [
        f"{stem}.docx",
        f"{stem}-response-3.docx",
        f"{stem}-hold-4.docx",
        f"{stem}-referral-5.docx",
        f"{stem}-verdict-6.docx",
        f"{stem}-closing-7.docx",
        f"{stem}-history.json",
        f"{stem}-file-note.txt",
    ]
    with desk.office.database.reading() as tx:
        recorded = [one.form for one in issued_documents.of_alert(tx, found.id)]
    assert recorded == ["practice_alert", "response", "hold", "referral", "verdict", "closing"]


def test_an_alert_that_went_on_with_another_form_has_a_document_on_each(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", council="unnamed-2015")
    found = raise_alert(desk.office, wanted(desk, "concern"), desk.doing("iro"))
    desk.at("Mon 2025-06-09")
    climb = climbing(desk, found, "stage-1", "Nothing came of it.")
    found = escalate(desk.office, found.id, climb, desk.doing("iro", found))
    names = names_in(whole_file(desk.office, found, "iro").body)
    stem = found.alert.reference
    assert names[:2] == [f"{stem}.docx", f"{stem}-issue_notification.docx"]
    first = word_document(desk.office, found, form="issue_notification")
    read = texts(first.body)
    assert read[0] == "Issue Notification"
    assert "Stage 1" not in [one for one in read if one == "Stage 1"][1:]
    assert after(
        texts(word_document(desk.office, found).body), "Quality Assurance (QA) notification"
    )
    with pytest.raises(NotPossible, match="was not on it"):
        word_document(desk.office, found, moment("Tue 2025-06-03 12:00"), "qa_notification")
    desk.office.database.close()


# ------------------------------------------------------------------------- a council's own, and old


def changed(desk: Desk, folder: Path, referral: str, docx: bytes | None) -> Desk:
    """The same office after Lambeth put a referral form of its own into its folder."""
    rooms = [shutil.copytree(ROOT / one, folder / one) for one in ("procedures", "form_templates")]
    (rooms[1] / "lambeth/referral.yml").write_text(referral, "utf-8")
    if docx is not None:
        (rooms[1] / "lambeth/referral.docx").write_bytes(docx)
    return replace(desk, office=replace(desk.office, councils=load_all(*rooms)))


def own_template(desk: Desk, folder: Path) -> bytes:
    form = changed(desk, folder, OWN_REFERRAL, None).office.council("lambeth").act_forms["referral"]
    return act_starter("referral", form)


def referred(desk: Desk) -> Known:
    found = desk.raised("stage-1")
    return VERBS[Act.REFER](desk.office, found.id, REFERRED, desk.doing("iro", found))


def test_a_councils_own_form_is_printed_on_its_own_template(desk: Desk, tmp_path: Path) -> None:
    docx = own_template(desk, tmp_path / "first")
    desk = changed(desk, tmp_path / "own", OWN_REFERRAL, docx)
    found = referred(desk)
    body = act_document(desk.office, found, number(found, "referred")).body
    read = texts(body)
    assert faults(body) == []
    assert after(read, "Which panel heard of it") == "The permanence panel"
    assert "That <there> is a case & {{ more }}." in read
    assert after(read, "Friday 30 May 2025") == "Sample Town"
    assert "Also recorded" not in read


def test_an_own_form_that_leaves_out_what_the_common_template_prints_is_found(
    desk: Desk, tmp_path: Path
) -> None:
    desk = changed(desk, tmp_path / "own", OWN_REFERRAL, None)
    says = [one.says for one in check_councils([desk.office.council("lambeth")], desk.office.today)]
    assert any("the tag 'asked_for' has no field" in one for one in says)


def test_what_a_form_adds_to_the_common_one_is_printed_at_the_end(
    desk: Desk, tmp_path: Path
) -> None:
    common = (ROOT / "form_templates/common/referral.yml").read_text("utf-8")
    more = """\
  - title: Ours
    fields:
      - {id: panel, label: Which panel heard of it, type: text, required: true}
"""
    desk = changed(desk, tmp_path / "own", common + more, None)
    files = desk.office.council("lambeth")
    assert check_councils([files], desk.office.today, ["PA901", "PA902"]) == ()
    found = desk.raised("stage-1")
    typed = {"route": "cafcass", "reason": "Stuck.", "panel": "The permanence panel"}
    found = VERBS[Act.REFER](desk.office, found.id, typed, desk.doing("iro", found))
    read = texts(act_document(desk.office, found, number(found, "referred")).body)
    assert "Also recorded" in read
    assert after(read, "Which panel heard of it") == "The permanence panel"


def test_a_template_of_ones_own_that_names_nothing_known_is_found_and_named(
    desk: Desk, tmp_path: Path
) -> None:
    docx = word_file("{{ reference }} {{ pannel }} {{ route }} {{ reason }}")
    desk = changed(desk, tmp_path / "own", OWN_REFERRAL, docx)
    found = check_councils([desk.office.council("lambeth")], desk.office.today, ["PA901", "PA902"])
    assert [(one.council, one.rule, one.file) for one in found] == [
        ("lambeth", "PA901", "referral.docx"),
        ("lambeth", "PA902", "referral.yml"),
    ]
    assert "the tag 'pannel' has no field" in found[0].says
    assert "'panel'" in found[1].says


def test_an_alert_from_before_acts_had_documents_uses_the_present_ones(desk: Desk) -> None:
    files = desk.office.council("lambeth")
    common = "form_templates/common/"
    early = load_edition(
        {name: body for name, body in files.texts.items() if not name.startswith(common)}
    )
    before = replace(desk, office=replace(desk.office, councils={"lambeth": early}))
    found = before.raised("stage-1")
    found = VERBS[Act.REFER](
        desk.office, found.id, act_answers.way_out("cafcass", "Stuck."), desk.doing("iro", found)
    )
    assert found.files.template("referral") is None
    assert words(desk, found, "referred")[0] == "Referral to CAFCASS"
    nobody = replace(before.office, councils={"lambeth": early})
    assert [one.act for one in every_document(nobody, found)] == [None]
    with pytest.raises(NotFound, match="Word template"):
        act_document(nobody, found, number(found, "referred"))
