"""The Word templates of the five councils: one for each form, whole, safe, and about that council alone."""

import io
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from practice_alerts import ROOT
from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.adapters.documents.starter.alert_template import starter
from practice_alerts.casework.jobs.check_files import check_councils
from practice_alerts.domain.documents.alert_document import shown
from practice_alerts.domain.forms.form import FormField, kept_by
from tests.helpers.alerts.every_act import PRINTED
from tests.helpers.alerts.every_alert import (
    CLIMBING,
    FORMS,
    Told,
    form_of,
    fresh_paper,
    typed_into,
    whole_paper,
    without_ladder,
)
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.files.word_files import faults, header_text, rows_are_named, texts, title

HOSTILE = "Smith & Sons <b>, {{ 7*7 }} {% raw %} “it's”\n\tZoe\u0308 😀 (א)"
BY_AGREEMENT = {"stages[].due", "stages[].due_clause"}
WITHOUT_ANSWER_DATE = {"knowsley/challenge", "lambeth/partner_escalation"}


@cache
def docx_of(name: str) -> bytes:
    return (ROOT / "form_templates" / f"{name}.docx").read_bytes()


@cache
def template(name: str) -> WordTemplate:
    return WordTemplate.read(docx_of(name))


def told_on(name: str, text: str) -> Told:
    """Every field of the form filled in, and every text of the later acts, each one recognisable."""
    form = form_of(name)
    at_stage = form.fields(filled_by="raiser", repeats="stage")
    return Told(
        answers=typed_into(form.fields(filled_by="raiser", repeats="never"), text),
        stages=(typed_into(at_stage, f"first, {text}"), typed_into(at_stage, f"second, {text}")),
        responses=(f"answered first, {text}", f"answered second, {text}"),
        reasons=(f"judged first, {text}", f"judged second, {text}"),
        what_changed=f"changed, {text}",
        child_view=f"said in the end, {text}",
        refers=f"referred, {text}",
    )


@cache
def read_back(name: str) -> str:
    paper = whole_paper(name, told_on(name, HOSTILE))
    return "\n".join(texts(template(name).render(paper)))


def printed(field: FormField, answers: dict[str, Any]) -> Iterator[str]:
    """What must be read in the document for one answer."""
    value = shown(field, answers)
    if isinstance(value, str):
        yield value
        return
    for item in value:
        if "ticked" in item:
            yield f"{'☒' if item['ticked'] else '☐'}\t{item['text']}"
        else:
            yield from item.values()


# ------------------------------------------------------------------------ each form and its room


@pytest.mark.parametrize("council_id", IDS)
def test_every_form_has_a_template_and_every_template_a_form(council_id: str) -> None:
    files = council(council_id)
    assert set(files.templates) == {*files.forms, *PRINTED}
    assert check_templates(council_id) == []


def check_templates(council_id: str) -> list[str]:
    found = check_councils([council(council_id)], day("Sat 2026-11-21"))
    return [
        f"{one.rule} {one.says}"
        for one in found
        if one.rule in {"PA901", "PA902", "PA903", "PA904", "PA907"}
    ]


@pytest.mark.parametrize("name", FORMS)
def test_every_tag_is_offered_however_little_or_much_has_happened(name: str) -> None:
    for paper in (
        whole_paper(name, told_on(name, "x")),
        whole_paper(name),
        fresh_paper(name),
        without_ladder(name, Told()),
    ):
        assert faults(template(name).render(paper)) == []


@pytest.mark.parametrize("name", FORMS)
def test_every_field_of_the_form_is_printed_where_it_belongs(name: str) -> None:
    form, paths = form_of(name), template(name).paths()
    once = form.fields(filled_by="raiser", repeats="never")
    again = form.fields(filled_by="raiser", repeats="stage")
    answered = form.fields(filled_by="answerer", repeats="stage")
    # What keeps an answer back is told with the answer.
    told = (field for field in once if not kept_by(field.id))
    assert {field.id for field in told if field.goes_to is None} <= paths
    assert {f"stages[].{field.id}" for field in again} <= paths
    assert {f"stages[].answers[].{field.id}" for field in answered} <= paths
    if "raised_as" in paths:  # in the words of the form, which are no longer the raiser's own
        assert "I raise this as" not in (said := "\n".join(texts(docx_of(name))))
        assert "Raised as" in said


@pytest.mark.parametrize("name", FORMS)
def test_the_line_for_the_log_is_the_subject_and_stands_nowhere_else(name: str) -> None:
    assert "summary_for_log" in {field.id for field in form_of(name).fields()}
    assert "summary_for_log" not in template(name).tags()
    assert "subject" in template(name).tags()


@pytest.mark.parametrize("name", FORMS)
def test_a_template_prints_what_the_starter_prints(name: str) -> None:
    council_id, _, form = name.partition("/")
    files = council(council_id)
    made = WordTemplate.read(starter(files.forms[form], files.procedure.council))
    left_out = BY_AGREEMENT if name in WITHOUT_ANSWER_DATE else set()
    assert template(name).paths() == made.paths() - left_out


# ----------------------------------------------------------------------- typed, printed and read


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_into_every_field_is_read_back(name: str) -> None:
    told, form = told_on(name, HOSTILE), form_of(name)
    read = re.sub(r"(?<=[☒☐]\t)\d\. ", "", read_back(name))  # Lambeth's form numbers its categories
    for field in form.fields(filled_by="raiser", repeats="never"):
        if field.goes_to is None and not kept_by(field.id):
            for words in printed(field, dict(told.answers)):
                assert words in read, field.id
    for field in form.fields(filled_by="raiser", repeats="stage"):
        for answers in told.stages:
            for words in printed(field, dict(answers)):
                assert words in read, field.id


@pytest.mark.parametrize("name", FORMS)
def test_what_was_said_in_later_acts_is_read_back(name: str) -> None:
    told, read = told_on(name, HOSTILE), read_back(name)
    said = [told.what_changed, told.child_view]
    if name in CLIMBING:
        said += [*told.responses, *told.reasons, told.refers]
        said += ["Promised for Monday 7 April 2025, by the Team Manager.", "Referral to CAFCASS"]
        said += ["Wednesday 19 March 2025; the Service Manager to see to it"]
        said += ["The talks of a month ago came to nothing.", "Yes, on Thursday 20 March 2025"]
    for words in said:
        assert words in read


@pytest.mark.parametrize("name", FORMS)
def test_hostile_text_leaves_the_file_whole(name: str) -> None:
    docx = template(name).render(whole_paper(name, told_on(name, HOSTILE)))
    assert faults(docx) == []
    council_id = name.partition("/")[0]
    procedure = council(council_id).procedure
    assert header_text(docx) == f"{procedure.council}\t{procedure.marking}"
    assert title(docx) == f"{form_of(name).title} {procedure.reference_prefix}-2025-0042"


@pytest.mark.parametrize("name", FORMS)
def test_a_screen_reader_finds_headings_in_order_and_named_tables_with_named_rows(
    name: str,
) -> None:
    document = Document(io.BytesIO(template(name).render(whole_paper(name, told_on(name, "x")))))
    levels = [
        int(paragraph.style.name[-1])
        for paragraph in document.paragraphs
        if paragraph.style and str(paragraph.style.name).startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert document.core_properties.language == "en-GB"
    assert document.tables
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
        assert rows_are_named(table)


# --------------------------------------------------------------------- each council's own, only


@pytest.mark.parametrize("name", FORMS)
def test_no_template_speaks_of_another_council(name: str) -> None:
    council_id = name.partition("/")[0]
    own = council(council_id).procedure
    others = [council(each).procedure for each in IDS if each != council_id]
    foreign = {word for one in others for word in (one.council, one.case_system)}
    words = "\n".join(texts(docx_of(name)))
    for word in foreign - {own.council, own.case_system}:
        assert not re.search(rf"\b{re.escape(word)}\b", words)


@pytest.mark.parametrize("name", FORMS)
def test_what_is_not_to_be_done_meanwhile_is_said_in_the_procedures_words_alone(name: str) -> None:
    words = "\n".join(texts(docx_of(name)))
    assert "nothing is done" not in words
    said = "Not to be done meanwhile: {{ standstill }}"
    assert words.count(said) == (1 if name in CLIMBING else 0)


def told(name: str, paper: dict[str, Any] | None = None) -> list[str]:
    return texts(template(name).render(paper or whole_paper(name, told_on(name, "x"))))


def after(words: list[str], label: str) -> str:
    return words[words.index(label) + 1]


def test_lambeths_facts_stand_in_the_order_of_its_paper_form() -> None:
    printed_order = ["Level of alert", "Child's name", "ID", "Social worker", "Team manager"]
    printed_order += ["Team", "Raised by", "Date of alert"]
    words = told("lambeth/practice_alert")
    assert [each for each in words if each in printed_order] == printed_order
    assert "Date of birth (added)" in words


def test_lambeths_agencies_are_set_no_time_but_the_one_that_is_asked_for() -> None:
    words = told("lambeth/partner_escalation")
    assert "Answer due" not in words
    assert after(words, "Please reply by") == "Monday 31 March 2025"


def test_mertons_alert_form_names_its_stage_and_gives_the_reason_first() -> None:
    words = told("merton/practice_alert")
    stage = words.index("Alert form, Stage Two")
    why = words.index("Why it goes to this stage", stage)
    assert stage < why < words.index("Actions recommended", stage)


def test_northamptonshires_form_serves_the_informal_level_too() -> None:
    name = "northamptonshire/escalation"
    assert after(told(name, fresh_paper(name)), "Level") == "Informal"
    assert after(told(name, fresh_paper(name)), "Answer due") == "no day agreed"
    words = told(name)
    assert "Informal, before any formal level" in words
    assert "Friday 7 March 2025, the day agreed" in words
    assert after(words, "To be put right by") == "Friday 7 March 2025 (by agreement)"
    assert "Friday 14 March 2025 (5 working days)" in words


def test_knowsleys_record_has_dates_for_actions_an_aim_and_the_meeting() -> None:
    words = told("knowsley/challenge")
    assert "STAGE 1, informal challenge" in words
    meeting = "At this stage there is a meeting with the Director, who decides for the authority."
    assert after(words, "STAGE 4, dispute resolution") == meeting
    assert after(words, "To be settled") == "Friday 7 March 2025 (aim 5 working days)"
    assert after(words, "actions first, x") == "Monday 31 March 2025"
    assert "Answer due" not in words


def test_excellent_practice_has_neither_criteria_nor_stages() -> None:
    name = "unnamed-2015/qa_notification"
    answers = {"about": "excellent", "good_work": "Weekly visits, always alone."}
    words = told(name, without_ladder(name, Told(answers=answers)))
    assert "This kind has no stages and no clock." in words
    assert "Weekly visits, always alone." in words
    assert not {"Criteria", "Stage reached", "Details", "Response", "Sign-off"} & set(words)
    assert "Criteria" in told(name)
