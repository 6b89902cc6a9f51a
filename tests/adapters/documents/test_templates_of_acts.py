"""The Word templates of later acts: whole, safe, and telling everything that was typed."""

import io
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from practice_alerts import ROOT
from practice_alerts.adapters.documents import WordTemplate, as_printed
from practice_alerts.adapters.documents.starter.act_template import act_starter
from practice_alerts.adapters.files.procedures import CouncilFiles, load_council
from practice_alerts.casework.jobs.check_files import check_councils
from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.errors import BadDefinition
from practice_alerts.domain.forms.form import Form, kept_by
from tests.adapters.documents.test_document_templates import REFUSED
from tests.helpers.alerts.alert_for_picture import ACTS, pictured
from tests.helpers.alerts.every_act import (
    KINDS,
    PRINTED,
    act_form_of,
    acted,
    free_texts,
    typed_on_each,
    whole_act_paper,
)
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.files.small_council import furnished
from tests.helpers.files.word_files import faults, header_text, parts, rows_are_named, texts, title

HOSTILE = "Smith & Sons <b>, {{ 7*7 }} {% raw %} “it's”\n\tZoe\u0308 😀 (א)"
COMMON = ROOT / "form_templates/common"


@cache
def docx_of(name: str) -> bytes:
    return (COMMON / f"{name}.docx").read_bytes()


@cache
def template(name: str) -> WordTemplate:
    return WordTemplate.read(docx_of(name))


def filled(name: str, text: str, council_id: str = "lambeth") -> bytes:
    """The document of that act with `text` in every question of every act's form."""
    told = pictured(f"{council_id}/{KINDS[council_id][1]}")
    alert = acted(council_id, typed_on_each(council_id, text), told.answers)
    named = template(name).tags()
    return template(name).render(whole_act_paper(council_id, name, alert, named))


def pictured_words(name: str, council_id: str = "lambeth") -> list[str]:
    """What is read in the document of its picture."""
    told = pictured(f"{council_id}/{KINDS[council_id][1]}")
    alert = acted(council_id, ACTS, told.answers, told.stages[0])
    paper = whole_act_paper(council_id, name, alert, template(name).tags())
    return texts(template(name).render(paper))


# --------------------------------------------------------------------------- each act and its room


def test_there_is_a_common_template_for_each_act_that_is_printed_and_no_other() -> None:
    assert {path.stem for path in COMMON.glob("*.docx")} == set(PRINTED)


@pytest.mark.parametrize("council_id", IDS)
def test_every_councils_acts_have_a_document_that_passes_the_check(council_id: str) -> None:
    files = council(council_id)
    assert all(files.template(name) is not None for name in PRINTED)
    found = check_councils([files], day("Sat 2026-11-21"), ["PA901", "PA902"])
    assert [one.says for one in found] == []


@pytest.mark.parametrize("name", PRINTED)
def test_a_template_prints_what_the_starter_prints(name: str) -> None:
    made = WordTemplate.read(act_starter(name, council("lambeth").act_forms[name]))
    assert template(name).paths() == made.paths()


@pytest.mark.parametrize("name", ACT_FORMS)
def test_a_starter_can_be_made_for_every_act_and_asks_every_field_of_its_form(name: str) -> None:
    form = council("lambeth").act_forms[name]
    made = WordTemplate.read(act_starter(name, form))
    assert {field.id for field in form.fields() if not kept_by(field.id)} <= made.tags()


def test_a_starter_for_a_form_of_ones_own_asks_what_it_adds() -> None:
    form = Form.model_validate(
        {
            "title": "Referral on {{ our }} paper",
            "sections": [
                {
                    "title": "Ours",
                    "fields": [
                        {"id": "route", "label": "Where", "type": "text", "required": True},
                        {"id": "panel", "label": "Which panel", "type": "text"},
                        {"id": "history_of", "label": "History", "type": "long_text"},
                        {
                            "id": "visits",
                            "label": "Visits",
                            "type": "group",
                            "fields": [{"id": "who", "label": "Who", "type": "text"}],
                        },
                    ],
                }
            ],
        }
    )
    docx = act_starter("referral", form)
    assert faults(docx) == []
    assert {"route", "panel", "history_of", "visits"} <= WordTemplate.read(docx).tags()


@pytest.mark.parametrize("name", PRINTED)
def test_no_field_of_the_form_hides_what_the_document_gets_beside_it(name: str) -> None:
    form = act_form_of("lambeth", name)
    alert = acted("lambeth", {})
    bare = Form.model_validate(
        {"title": "x", "sections": [{"title": "x", "fields": [_a_field("nothing_else")]}]}
    )
    beside = whole_act_paper("lambeth", name, alert, form=bare)
    assert not set(beside) & {field.id for field in form.fields()}


def _a_field(name: str) -> dict[str, str]:
    return {"id": name, "label": name, "type": "text"}


@pytest.mark.parametrize(("docx", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_harmful_template_of_an_act_is_refused_and_its_file_is_named(
    sampleford: CouncilFiles, docx: bytes, reason: str
) -> None:
    path = sampleford.templates["concern"].with_name("referral.docx")
    path.write_bytes(docx)
    files = replace(sampleford, templates={**sampleford.templates, "referral": path})
    with pytest.raises(BadDefinition) as refused:
        check_councils([files], day("Sat 2026-11-21"), ["PA901"])
    (fault,) = refused.value.faults
    assert fault.file == str(path)
    assert re.search(reason, fault.found)


@pytest.fixture(scope="module")
def sampleford(tmp_path_factory: pytest.TempPathFactory) -> CouncilFiles:
    root = tmp_path_factory.mktemp("rooms")
    return load_council(furnished(root), root / "form_templates")


# ------------------------------------------------------------------------- typed, printed and read


@pytest.mark.parametrize("name", PRINTED)
def test_whatever_was_typed_is_read_back(name: str) -> None:
    council_id = "unnamed-2015" if name == "step" else "lambeth"
    read = "\n".join(texts(filled(name, HOSTILE, council_id)))
    typed = typed_on_each(council_id, HOSTILE)[name]
    own = free_texts(typed, act_form_of(council_id, name))
    assert own
    for field, words in own.items():
        assert words in read, field
    assert "49" not in read.replace(HOSTILE, "")


@pytest.mark.parametrize("name", PRINTED)
@settings(max_examples=15, deadline=None)
@given(typed=st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_any_text_at_all_is_read_back_as_it_was_typed(name: str, typed: str) -> None:
    text = f"begin {typed} end"
    council_id = "unnamed-2015" if name == "step" else "lambeth"
    docx = filled(name, text, council_id)
    read = "\n".join(texts(docx))
    own = free_texts(typed_on_each(council_id, text)[name], act_form_of(council_id, name))
    for words in own.values():
        assert as_printed(words) in read
    assert faults(docx) == []


@pytest.mark.parametrize("name", PRINTED)
def test_hostile_text_leaves_the_file_whole(name: str) -> None:
    docx = filled(name, HOSTILE)
    assert faults(docx) == []
    assert header_text(docx) == "Lambeth\tOFFICIAL-SENSITIVE"
    called = "Referral to CAFCASS" if name == "referral" else act_form_of("lambeth", name).title
    assert title(docx) == f"{called} LAM-2025-0042"


@pytest.mark.parametrize("name", PRINTED)
def test_a_document_is_whole_however_little_was_said(name: str) -> None:
    alert = acted("lambeth", {})
    paper = whole_act_paper("lambeth", name, alert, template(name).tags())
    assert faults(template(name).render(paper)) == []


@pytest.mark.parametrize("name", PRINTED)
def test_a_screen_reader_finds_headings_in_order_and_named_tables_with_named_rows(
    name: str,
) -> None:
    docx = filled(name, "x")
    document = Document(io.BytesIO(docx))
    levels = [
        int(paragraph.style.name[-1])
        for paragraph in document.paragraphs
        if paragraph.style and str(paragraph.style.name).startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert document.core_properties.language == "en-GB"
    assert [each.text for each in document.paragraphs if not each.text] == []
    assert b'w:instr="PAGE"' in parts(docx)["word/footer1.xml"]
    assert document.tables
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
        assert rows_are_named(table)


@pytest.mark.parametrize("name", PRINTED)
def test_a_common_template_speaks_of_no_council(name: str) -> None:
    words = "\n".join(texts(docx_of(name)))
    for each in IDS:
        procedure = council(each).procedure
        assert procedure.council not in words
        assert procedure.case_system not in words


# --------------------------------------------------------------------------- what a reader looks for


def after(words: list[str], label: str) -> str:
    return words[words.index(label) + 1]


def test_a_referral_tells_cafcass_who_refers_whom_on_what_basis_and_what_was_done() -> None:
    words = pictured_words("referral")
    assert words[0] == "Referral to CAFCASS"
    assert after(words, "Referred by") == "Nadia Sample, Independent Reviewing Officer"
    assert after(words, "Legal basis").startswith("Children Act 1989, section 25B(3)")
    assert after(words, "Child's name") == "Kit Muster"
    assert after(words, "What is asked for").startswith("That the case be taken to the court")
    assert after(words, "What the child wants").startswith("“I want to stay near my school")
    assert "☒\tthe child's plan" in words
    assert "☐\tthe records of the last reviews" in words
    done = after(words, "Chidi Example, Team Manager; answer due Friday 7 March 2025")
    assert done.splitlines()[0] == (
        "Wednesday 5 March 2025: Chidi Example, Team Manager answered: it will be done by a date,"
        " Monday 7 April 2025"
    )
    assert "This is a record. The referral needs nobody's agreement." in words
    assert after(words, "Monday 17 March 2025") == "They have it"


def test_what_became_of_a_referral_is_told_and_what_came_after_it_on_the_ladder_is_not() -> None:
    read = "\n".join(pictured_words("referral"))
    assert "They have it" in read
    assert "Closed" not in read


def test_an_answer_stands_with_what_was_asked_and_by_when() -> None:
    words = pictured_words("response")
    assert "It will be done by a date: Monday 7 April 2025." in words
    assert after(words, "Answered by") == "Chidi Example, Team Manager"
    assert after(words, "Answer due") == "Friday 7 March 2025 (4 working days)"
    assert after(words, "Actions recommended").startswith("Begin the search")


def test_an_outcome_stands_with_the_answer_that_it_is_of() -> None:
    words = pictured_words("verdict")
    assert "Not satisfactory, Thursday 6 March 2025." in words
    lead = "Chidi Example, Team Manager, Wednesday 5 March 2025: It will be done by a date"
    assert words.index("The outcome") < words.index(lead)


def test_a_hold_says_that_it_moves_no_other_date() -> None:
    words = pictured_words("hold")
    assert "On hold until Monday 7 April 2025." in words
    assert (
        "A hold moves neither the date of the answer nor the time limit, which ends on"
        " Monday 31 March 2025." in words
    )


def test_a_step_is_told_in_the_words_of_the_procedure() -> None:
    words = pictured_words("step", "unnamed-2015")
    assert after(words, "Step").startswith("Talk between IRO and deputy head")
    assert after(words, "When") == "Thursday 6 March 2025, 14:30"
    assert after(words, "What was decided to do next") == "Something else"


def test_a_closing_tells_what_changed_and_the_childs_rights_in_one_line_each() -> None:
    words = pictured_words("closing")
    assert "Closed on Friday 14 March 2025: Put right and verified." in words
    told = "Yes, Monday 3 March 2025, by Nadia Sample"
    assert after(words, "Told of the right to an advocate") == told
    assert after(words, "What the child says about it") == "“It took ages. I like it here.”"
