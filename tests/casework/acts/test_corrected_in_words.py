"""A correction is told by the question's title, with what stood there before, what stands there now, and why."""

import pytest

from practice_alerts.casework.acts.notes_and_corrections import correct
from practice_alerts.casework.views.alert_view import see
from practice_alerts.domain.alert.events import Corrected
from practice_alerts.domain.wording.history import told
from tests.helpers.product.office import Desk


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
    typed = Corrected(number=1, field="concerns", was="No visit.", now="", reason="So.")
    assert told(typed, None)[0] == "Corrected an answer: “No visit.” before, no answer now"


@pytest.mark.parametrize("field", ["child_name", "case_number", "date_of_birth"])
def test_what_may_be_another_childs_is_not_told_again(field: str) -> None:
    typed = Corrected(
        number=1, field=field, label="Which child", was="Kit B", now="Kit C", reason="A slip."
    )
    assert told(typed, None)[0] == "Corrected an answer (Which child): “Kit C” now"
