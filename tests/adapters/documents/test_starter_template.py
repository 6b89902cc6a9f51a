"""A first Word template made from a form: whole, accessible, and safe to fill in."""

import io
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from practice_alerts import ROOT
from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.adapters.documents.starter.alert_template import starter
from practice_alerts.adapters.files.procedures import load_all
from practice_alerts.domain.forms.form import Form, kept_by
from tests.helpers.alerts.alert_for_document import STAGE_ONE, alert
from tests.helpers.files.word_files import faults, header_text, parts, rows_are_named, texts, title

COUNCILS = load_all(ROOT / "procedures", ROOT / "form_templates")
FORMS = {
    f"{council}/{name}": form
    for council, files in COUNCILS.items()
    for name, form in files.forms.items()
}
LAMBETH = COUNCILS["lambeth"].forms["practice_alert"]
MADE = starter(LAMBETH, "Lambeth")
POLISHED = (ROOT / "form_templates/lambeth/practice_alert.docx").read_bytes()
FILLED = WordTemplate.read(MADE).render(alert())


def asked(form: Form, repeats: bool) -> set[str]:
    every = (field for field in form.fields() if not kept_by(field.id))
    kept = [field for field in every if field.goes_to is None]
    inside = {field.id for field in form.fields(repeats="stage")}
    return {field.id for field in kept if (field.id in inside) == repeats}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_every_form_gets_a_template_with_a_tag_for_every_field(form: Form) -> None:
    template = WordTemplate.read(starter(form, "Anywhere"))
    assert asked(form, repeats=False) <= template.tags()
    named = {path.rpartition(".")[2] for path in template.paths() if path.startswith("stages[]")}
    assert asked(form, repeats=True) <= named
    assert not {field.id for field in form.fields() if field.goes_to} & template.tags()


@pytest.mark.parametrize("docx", [MADE, POLISHED, FILLED], ids=["made", "polished", "filled"])
def test_nothing_in_it_makes_word_stumble(docx: bytes) -> None:
    assert faults(docx) == []


def test_the_alert_is_told_whole() -> None:
    told = "\n".join(texts(FILLED))
    for words in (
        "Practice alert",
        "Lambeth, reference LAM-2025-0042",
        "Amina Fictitious",
        "Friday 7 March 2025 (4 working days, section 5)",
        "☒\tUnacceptable drift in care planning",
        "☐\tSafeguarding concern",
        "No worker of her own for eight weeks",
        "Yes, on Friday 7 March 2025, to Stage Two",
        "Promised for Wednesday 19 March 2025, by Rosalind Specimen, Service Manager.",
        "Closed on Thursday 20 March 2025. Put right.",
        "Amina has a social worker whom she has met three times",
    ):
        assert words in told
    assert header_text(FILLED) == "Lambeth\tOFFICIAL-SENSITIVE"
    assert title(FILLED) == "Practice alert LAM-2025-0042"


def test_the_title_that_lists_and_windows_show_does_not_name_the_child() -> None:
    core = parts(FILLED)["docProps/core.xml"].decode()
    assert "LAM-2025-0042" in core
    assert "Amina" not in core


def test_an_alert_with_nothing_known_yet_says_so() -> None:
    nothing: dict[str, Any] = dict.fromkeys(alert())
    empty = {"category": [], "stages": [STAGE_ONE | {"answers": []}], "history": []}
    docx = WordTemplate.read(MADE).render(nothing | empty)
    told = texts(docx)
    assert "No answer has been received." in told
    assert "not given" in told
    assert "How it ended" not in told
    assert faults(docx) == []


def test_tables_have_named_rows_alternative_text_and_whole_rows() -> None:
    tables = Document(io.BytesIO(FILLED)).tables
    assert len(tables) == 8
    for table in tables:
        properties = table._tbl.tblPr
        assert properties.find(qn("w:tblCaption")) is not None
        assert properties.find(qn("w:tblDescription")) is not None
        assert rows_are_named(table)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_headings_come_in_order_without_a_level_left_out() -> None:
    levels = [
        int(paragraph.style.name[-1])
        for paragraph in Document(io.BytesIO(FILLED)).paragraphs
        if paragraph.style and str(paragraph.style.name).startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_speaks_british_english_in_one_typeface_and_counts_its_pages() -> None:
    files = parts(FILLED)
    document = Document(io.BytesIO(FILLED))
    assert document.core_properties.language == "en-GB"
    assert b'w:lang w:val="en-GB"' in files["word/styles.xml"]
    assert {run.font.name for each in document.paragraphs for run in each.runs} == {None}
    used = {each.style.name for each in document.paragraphs if each.style}
    assert {document.styles[name].font.name for name in used if name} == {"Arial"}
    assert b'w:instr="PAGE"' in files["word/footer1.xml"]
    assert b'w:instr="NUMPAGES"' in files["word/footer1.xml"]


def test_no_empty_paragraph_stands_in_for_white_space() -> None:
    assert [each.text for each in Document(io.BytesIO(FILLED)).paragraphs if not each.text] == []


def test_what_is_not_on_the_paper_form_is_marked() -> None:
    told = texts(FILLED)
    assert "Date of birth (added)" in told
    note = "Edition of the procedure: 1. Marked “added”: not on the paper form."
    assert f"{note} The paper form: Appendix C." in told
    assert "Team" in told


def test_a_paper_form_that_was_not_seen_is_named_once_and_marks_nothing() -> None:
    made = texts(starter(FORMS["merton/practice_alert"], "Merton"))
    assert any("The council's own form: Appendix 3. We have not seen it" in each for each in made)
    assert not [each for each in made if "(added)" in each]


def test_referrals_are_listed_once_there_are_any() -> None:
    referral = {
        "on": "Monday 10 March 2025",
        "to": "Referral to CAFCASS",
        "reason": "Her rights.",
        "outcome": "Monday 17 March 2025: They have it.",
    }
    assert "Referrals (added)" not in texts(FILLED)
    told = texts(WordTemplate.read(MADE).render(alert(referrals=[referral])))
    assert "Referrals (added)" in told
    assert set(referral.values()) <= set(told)


def test_braces_in_a_form_are_words() -> None:
    form = Form.model_validate(
        {
            "title": "A form",
            "sections": [
                {
                    "title": "About {{ 7*7 }}",
                    "fields": [{"id": "name", "label": "{% raw %}", "type": "long_text"}],
                }
            ],
        }
    )
    docx = WordTemplate.read(starter(form, "Anywhere")).render(alert(name="x"))
    assert {"About {{ 7*7 }}", "{% raw %}"} <= set(texts(docx))


@pytest.mark.office
def test_the_polished_document_prints_with_its_marking_on_every_page(
    libreoffice: str, tmp_path: Path
) -> None:
    docx = tmp_path / "alert.docx"
    docx.write_bytes(WordTemplate.read(POLISHED).render(alert()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [libreoffice, profile, "--headless", "--convert-to", "pdf", docx.name]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "alert.pdf").pages]
    for number, page in enumerate(pages, start=1):
        assert "OFFICIAL-SENSITIVE" in page
        assert f"Page {number} of {len(pages)}" in page
    assert len(pages) == 4
