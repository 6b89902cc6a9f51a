"""Whatever people type is printed exactly, on paper and on the screen, or refused in plain words."""

from io import BytesIO

import pytest
from docx import Document

from practice_alerts.adapters.documents import as_printed
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents import render
from practice_alerts.domain.errors import BadAnswers
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import Desk

EXACT = {
    "ampersand and angle brackets": 'Smith & Sons <b>"bold"</b> 1 < 2 > 0',
    "a template": "{{ 7*7 }} {% for x in y %} {# no #} {{ council.__class__ }}",
    "raw blocks": "{% raw %}{{ 7*7 }}{% endraw %}",
    "Word's own tags": "{%tr if x %} {{r y }} {_{ z }_}",
    "a field": '</w:t></w:r><w:fldSimple w:instr="DATE"/>',
    "emoji and combining marks": "🙂👩‍👧 Zoë Zoë ﷽",
    "right to left": "שלום \u202bابج\u202c end",  # noqa: RUF001 - Arabic letters are meant
    "tabs and lines": "one\ttwo\nthree\n\nfive",
    "long": "a plan " * 2_800,
}
REFUSED = {
    "a null": "a\x00b",
    "a form feed": "a\x0cb",
    "a bell": "a\x07b",
    "half a character": "a\ud800b",
    "a megabyte": "x" * 1_000_000,
}


def _words(desk: Desk, found: Known) -> str:
    word = Document(BytesIO(render.word_document(desk.office, found).body))
    return "\n".join(paragraph.text for paragraph in word.paragraphs)


@pytest.mark.parametrize("text", EXACT.values(), ids=EXACT)
def test_what_was_typed_is_what_stands_in_the_document(desk: Desk, text: str) -> None:
    found = desk.raised("stage-1", concerns=text, actions=text)
    reply = act_answers.reply(text, "other")
    found = answer(desk.office, found.id, reply, desk.doing("manager", found))
    words = _words(desk, found)
    assert words.count(as_printed(text.strip())) >= 3
    assert "49" not in words.replace(text, "")


@pytest.mark.parametrize("text", EXACT.values(), ids=EXACT)
def test_on_the_screen_it_is_text_and_never_a_tag(desk: Desk, text: str) -> None:
    found = desk.raised("stage-1", concerns=text)
    html = render.document_on_screen(desk.office, found)
    assert "<b>" not in html
    assert "fldSimple w:instr" not in html.replace("&lt;w:fldSimple w:instr", "")


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("field", ["concerns", "actions"])
def test_what_cannot_be_printed_is_refused_at_the_form(desk: Desk, field: str, text: str) -> None:
    with pytest.raises(BadAnswers) as refused:
        desk.raised("stage-1", **{field: text})
    assert set(refused.value.faults) == {field}
    assert desk.mails() == []


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_an_answer_that_cannot_be_printed_is_refused_too(desk: Desk, text: str) -> None:
    found = desk.raised("stage-1")
    with pytest.raises(BadAnswers) as refused:
        answer(desk.office, found.id, act_answers.reply(text, "done"), desk.doing("manager", found))
    assert set(refused.value.faults) == {"text"}
