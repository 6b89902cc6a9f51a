"""Headings of printed documents: each with something beneath it, on the same page."""

import io
from typing import Any

import pytest
from docx import Document
from docx.table import Table

from practice_alerts import ROOT
from practice_alerts.adapters.documents import WordTemplate
from tests.helpers.alerts.every_act import PRINTED, acted, whole_act_paper
from tests.helpers.alerts.every_alert import FORMS, fresh_paper, whole_paper


def template(name: str) -> WordTemplate:
    return WordTemplate.read(ROOT / "form_templates" / f"{name}.docx")


def level(block: Any) -> int:
    """1 for the uppermost heading; 9 for whatever is none."""
    style = "" if isinstance(block, Table) or block.style is None else str(block.style.name)
    return int(style[-1]) if style.startswith("Heading") else 9


def headings_alone(docx: bytes) -> list[str]:
    """The headings after which comes another as high or higher, or nothing at all."""
    blocks = list(Document(io.BytesIO(docx)).iter_inner_content())
    alone: list[str] = []
    for number, block in enumerate(blocks):
        following = level(blocks[number + 1]) if number + 1 < len(blocks) else 0
        if level(block) < 9 and following <= level(block):
            alone.append(block.text)  # type: ignore[union-attr]
    return alone


@pytest.mark.parametrize("name", FORMS)
def test_no_heading_of_an_alert_stands_alone_however_little_was_said(name: str) -> None:
    assert headings_alone(template(name).render(fresh_paper(name))) == []
    assert headings_alone(template(name).render(whole_paper(name))) == []


@pytest.mark.parametrize("name", PRINTED)
def test_no_heading_of_an_act_stands_alone_however_little_was_said(name: str) -> None:
    word = template(f"common/{name}")
    paper = whole_act_paper("lambeth", name, acted("lambeth", {}), word.tags())
    assert headings_alone(word.render(paper)) == []


@pytest.mark.parametrize("name", [*FORMS, *(f"common/{name}" for name in PRINTED)])
def test_every_heading_is_kept_on_the_page_of_what_comes_after_it(name: str) -> None:
    document = Document(str(ROOT / "form_templates" / f"{name}.docx"))
    used = [one.style for one in document.paragraphs if level(one) < 9]
    assert used
    assert all(style.paragraph_format.keep_with_next for style in used if style is not None)
