"""On harmless text every template of every council comes out as plain docxtpl makes it."""

import io
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate

from practice_alerts import ROOT
from practice_alerts.adapters.documents import WordTemplate
from tests.helpers.alerts.every_alert import FORMS, whole_paper
from tests.helpers.files.template_context import made_up
from tests.helpers.files.word_files import canonical, parts, texts

ROOMS = ROOT / "form_templates"
TEMPLATES = sorted(path.relative_to(ROOMS).as_posix() for path in ROOMS.glob("*/*.docx"))
BY_COUNCILS = [f"{name}.docx" for name in FORMS if (ROOMS / f"{name}.docx").exists()]


def plainly(template: Path, context: dict[str, Any]) -> bytes:
    """Render as docxtpl's manual says, with the escaping it leaves to its callers."""
    document = DocxTemplate(str(template))
    document.render(context, autoescape=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def check_same(template: Path, context: dict[str, Any]) -> None:
    ours, theirs = WordTemplate.read(template).render(context), plainly(template, context)
    before, after = parts(theirs), parts(ours)
    assert after.keys() == before.keys()
    filled = [
        name for name in after if name.startswith(("word/document", "word/header", "word/foo"))
    ]
    assert "word/document.xml" in filled
    for name in filled:
        assert canonical(after[name]) == canonical(before[name]), name
    assert texts(ours) == texts(theirs)


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_template_with_something_in_every_field(name: str) -> None:
    context = made_up(WordTemplate.read(ROOMS / name).paths())
    check_same(ROOMS / name, context)


@pytest.mark.parametrize("name", BY_COUNCILS)
def test_each_council_s_template_with_an_alert_to_which_everything_happened(name: str) -> None:
    check_same(ROOMS / name, _harmless(whole_paper(name.removesuffix(".docx"))))


def _harmless(value: Any) -> Any:
    """Without what docxtpl prints otherwise on purpose: None and yes or no in Python's words, line ends."""
    if isinstance(value, dict):
        return {name: _harmless(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_harmless(one) for one in value]
    if isinstance(value, str):
        return " ".join(value.split())
    return "" if value is None or value is False else value


def test_every_template_of_every_council_is_among_them() -> None:
    assert len(BY_COUNCILS) == len([name for name in TEMPLATES if not name.startswith("common/")])
    assert {name.partition("/")[0] for name in TEMPLATES} >= {"common", "lambeth", "merton"}
