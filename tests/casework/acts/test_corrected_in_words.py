"""A correction is told by the question's title, with what stood there before, what stands there now, and why."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.casework.acts.notes_and_corrections import correct
from practice_alerts.casework.core.loaded_alert import known
from practice_alerts.casework.core.record import initials
from practice_alerts.casework.documents.render import file_name
from practice_alerts.casework.views.alert_view import see
from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.alert.events import Corrected
from practice_alerts.domain.documents.history_json import history_file
from practice_alerts.domain.wording.history import history, told
from tests.helpers.product.office import Desk, open_desk


def test_page_and_document_tell_what_was_corrected_in_words(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    number = found.alert.happened[0].number
    was = found.alert.answers["concerns"]
    said = {"question": f"{number}:concerns", "reason": "I wrote the wrong month."}
    correct(desk.office, found.id, said, "No visit since May.", desk.doing("iro", found))
    line = see(desk.office, "iro", found.alert.reference).history[-1]
    assert line.what == (
        f"Corrected an answer (Practice concerns): “{was}” before, “No visit since May.” now"
    )
    assert line.said == "I wrote the wrong month."


def test_a_choice_is_told_by_its_words_and_not_by_its_name(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    form = desk.office.form(found.files, found.alert.form)
    (asked,) = [one for one in form.fields() if one.id == "case_status"]
    (was,) = found.alert.answers["case_status"]
    now = next(name for name in asked.choices if name != was)
    said = {"question": f"{found.alert.happened[0].number}:case_status", "reason": "A slip."}
    found = correct(desk.office, found.id, said, [now], desk.doing("iro", found))
    event = found.alert.happened[-1].what
    assert isinstance(event, Corrected)
    told_so = told(event, found.ladder)[0]
    assert f"“{asked.choices[was]}” before, “{asked.choices[now]}” now" in told_so


def test_what_was_recorded_before_words_were_kept_names_no_field_and_no_choice() -> None:
    old = Corrected(number=1, field="case_status", was="looked_after", now="leaving", reason="So.")
    assert told(old, None)[0] == "Corrected an answer"
    typed = Corrected(
        number=1, field="concerns", was="No visit.", now="", reason="So.", names_child=False
    )
    assert told(typed, None)[0] == "Corrected an answer: “No visit.” before, no answer now"


def with_own_questions(folder: Path) -> Desk:
    """Lambeth's form with two questions of its own that tell which child it is, one of them asked each time."""
    rooms = [shutil.copytree(ROOT / one, folder / one) for one in ("procedures", "form_templates")]
    form = rooms[1] / "lambeth" / "practice_alert.yml"
    own = "      - {id: nhs, label: NHS number, type: text, identifies: child, ours: true}\n"
    own += (
        "      - id: known_as\n        label: Known as\n        type: group\n        ours: true\n"
    )
    own += "        fields:\n          - {id: alias, label: Name, type: text, identifies: child}\n"
    before = "      - {id: raised_as,"
    form.write_text(form.read_text("utf-8").replace(before, own + before, 1), "utf-8")
    (template,) = (rooms[1] / "lambeth").glob("practice_alert.docx")
    template.unlink()  # it prints what the form asked before
    return open_desk(folder / "data", rooms=folder)


OWN = {
    "nhs": ("943 476 5919", "943 476 5870"),
    "known_as": ([{"alias": "Kit"}], [{"alias": "Kid"}]),
}


@pytest.mark.parametrize("field", [*OWN, "child_name", "case_number", "date_of_birth"])
def test_what_may_be_another_childs_is_not_told_again(tmp_path: Path, field: str) -> None:
    """By what the form's file marks, and no list of names."""
    desk = with_own_questions(tmp_path)
    was, now = OWN.get(
        field, ("2012-03-04", "2013-04-05") if "date" in field else ("Kit B", "Kit C")
    )
    given: dict[str, Any] = {field: was}
    found = desk.raised("stage-1", **given)
    said = {"question": f"{found.alert.happened[0].number}:{field}", "reason": "A slip."}
    found = correct(desk.office, found.id, said, now, desk.doing("iro", found))
    line = desk.see("iro", found).history[-1]
    assert " before" not in line.what
    assert " now" in line.what
    told = json.dumps(
        history_file(found.alert, found.files.procedure, {}, desk.office.now())["events"][-1]
    )
    assert "was" not in told


def test_what_was_kept_before_the_mark_was_is_told_by_the_form_of_the_alert(tmp_path: Path) -> None:
    desk = with_own_questions(tmp_path)
    found = desk.raised("stage-1", nhs="943 476 5919")
    old = [
        Corrected(number=1, field=name, label="Which", was="Old words", now="New", reason="A slip.")
        for name in ("nhs", "concerns")
    ]
    happened = [
        replace(found.alert.happened[0], number=9 + n, kind="corrected", what=one)
        for n, one in enumerate(old)
    ]
    alert = fold([*found.alert.happened, *happened])
    read = known(desk.office, found.id, alert).alert
    own, other = history(read, found.ladder)[-2:]
    assert own.what == "Corrected an answer (Which): “New” now"
    assert other.what == "Corrected an answer (Which): “Old words” before, “New” now"


def test_without_a_mark_nothing_of_before_is_told() -> None:
    typed = Corrected(number=1, field="nhs", label="Number", was="A B", now="C D", reason="A slip.")
    assert told(typed, None)[0] == "Corrected an answer (Number): “C D” now"


def test_a_number_that_was_taken_back_leaves_no_word_in_its_place(tmp_path: Path) -> None:
    """A form may leave the number out; the lists, the head and the file's name then say nothing of it."""
    for one in ("procedures", "form_templates"):
        shutil.copytree(ROOT / one, tmp_path / one)
    form = tmp_path / "form_templates" / "lambeth" / "practice_alert.yml"
    asked = "        type: reference\n        required: true\n"
    form.write_text(form.read_text("utf-8").replace(asked, "        type: reference\n"), "utf-8")
    desk = open_desk(tmp_path / "data", rooms=tmp_path)
    found = desk.raised("stage-1", case_number="712345")
    said = {
        "question": f"{found.alert.happened[0].number}:case_number",
        "reason": "It was another's.",
    }
    found = correct(desk.office, found.id, said, None, desk.doing("iro", found))
    with desk.office.database.reading() as tx:
        row = current_state.by_id(tx, found.id)
    assert row is not None
    assert (row.case_number, row.child) == ("", initials(found.alert.answers["child_name"]))
    assert "None" not in file_name(desk.office, found, ".docx")
