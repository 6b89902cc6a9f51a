"""The answer page asks every kind of question that its form may hold, without a script."""

import re
from typing import Any

import pytest
from starlette.requests import Request

from practice_alerts.domain.acts.act_forms import problems_of_act_form
from practice_alerts.domain.dates import as_typed
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Form, FormField
from practice_alerts.web.shell.html_pages import PlainPages
from tests.helpers.alerts.every_field import made_up

NO_SCRIPT = [one for one in FieldType if one.facts.html]


def page(field: FormField, answer: object) -> str:
    """The page with that question alone, after it was answered so."""
    form = Form.model_validate({"title": "Reply", "sections": [{"title": "Reply", "fields": []}]})
    section = form.sections[0].model_copy(update={"fields": (field,)})
    values: dict[str, Any] = {
        **dict.fromkeys(
            (
                "reference",
                "kind",
                "by_when",
                "counted",
                "stage",
                "due",
                "late",
                "from_paper",
                "within",
                "act_key",
                "trouble",
                "record",
                "have_answered",
                "awaited",
                "on_duty",
                "answered_on",
                "done",
                "asking",
                "one_line",
                "is_drafted",
                "remarks",
            ),
            "",
        ),
        **dict.fromkeys(
            ("asked_for", "facts", "others", "answers", "steps", "besides", "talk", "wanted"), ()
        ),
        "drafts_for": None,
        "drafted": (),
        "is_present": True,
        "is_here": True,
        "recorded": False,
        "refused_form": False,
        "closed": False,
        "kept": False,
        "seen": 1,
        "faults": {},
        "officer": {"name": "Robin", "post": ""},
        "council": "",
        "procedure": "",
        "only_if": {field.id: ""},
        "reply": {field.id: answer},
        "form": form.model_copy(update={"sections": (section,)}),
    }
    asking = Request({"type": "http", "method": "GET", "path": "/", "headers": [], "state": {}})
    body = PlainPages(sample=True).render("respond.html", asking, **values).body
    return bytes(body).decode()


@pytest.mark.parametrize("kind", NO_SCRIPT)
def test_the_page_asks_a_question_of_every_type_and_shows_what_was_answered(
    kind: FieldType,
) -> None:
    field, answer, shown = made_up(kind)
    text = page(field, answer)
    inputs = re.findall(rf'<(?:input|textarea)[^>]* name="{field.id}"[^>]*>[^<]*', text)
    assert inputs
    assert field.label in text
    told = [
        one for one in inputs if " checked" in one or ("radio" not in one and "checkbox" not in one)
    ]
    assert any(shown in one or as_typed(str(answer)) in one for one in told)


def test_what_cannot_be_asked_without_a_script_is_refused_on_the_form_of_answers() -> None:
    assert set(FieldType) - set(NO_SCRIPT) == {FieldType.GROUP}
    field, _, _ = made_up(FieldType.GROUP)
    section = {"title": "Reply", "fields": [field]}
    form = Form.model_validate({"title": "Reply", "sections": [section]})
    said = [one.expected for one in problems_of_act_form("response", form)]
    assert "no group: the answer page works without scripts" in said
