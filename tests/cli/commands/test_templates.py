"""`practice-alerts templates`: what somebody who edits a Word template, or begins one, is told."""

import io
from pathlib import Path

import pytest
from docx import Document

from practice_alerts.adapters.documents.starter.report_template import report_starter
from practice_alerts.domain.reports.contents import REPORTS, ReportName
from tests.helpers.files.small_council import furnished
from tests.helpers.files.word_files import saved
from tests.helpers.product.run_command import give, read, refused, said

TEMPLATE_RULES = {"PA901", "PA902", "PA903", "PA904", "PA907"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A made-up council with all four rooms, its one Word template sound."""
    return furnished(tmp_path)


def word_of(folder: Path) -> Path:
    return folder.parents[1] / "form_templates/sampleford/concern.docx"


def edited_in_word(folder: Path, place: str, text: str) -> None:
    """Somebody types something into the template: in its body, header, footer or properties."""
    path = word_of(folder)
    document = Document(io.BytesIO(path.read_bytes()))
    section = document.sections[0]
    match place:
        case "body":
            document.add_paragraph(text)
        case "header":
            section.header.add_paragraph(text)
        case "footer":
            section.footer.add_paragraph(text)
        case _:
            document.core_properties.subject = text
    path.write_bytes(saved(document))


def test_the_councils_templates_pass_and_are_counted() -> None:
    *_, count = said("templates", "check").splitlines()
    assert count == "17 Word templates checked"


def test_a_sound_template_passes(folder: Path) -> None:
    assert said("templates", "check", str(folder)).endswith("7 Word templates checked\n")


@pytest.mark.parametrize("place", ["body", "header", "footer"])
def test_a_broken_tag_is_named_with_its_paragraph(folder: Path, place: str) -> None:
    edited_in_word(folder, place, "Name: {{ child_name")
    result = give("templates", "check", str(folder))
    assert result.exit_code == 1
    assert 'in the paragraph "Name: {{ child_name" a tag is not closed' in result.stdout
    assert "concern.docx" in result.stdout


def test_a_broken_tag_in_the_properties_is_shown_with_its_text(folder: Path) -> None:
    edited_in_word(folder, "properties", "{{ child name }}")
    result = give("templates", "check", str(folder))
    assert result.exit_code == 1
    assert 'in the property "subject" the tag {{ child name }} cannot be read' in result.stdout


@pytest.mark.parametrize("place", ["body", "header", "footer", "properties"])
def test_a_tag_without_a_field_is_named_wherever_it_stands(folder: Path, place: str) -> None:
    edited_in_word(folder, place, "{{ chidl_name }}")
    result = give("templates", "check", str(folder))
    assert result.exit_code == 1
    assert "PA901 error: the tag 'chidl_name' has no field" in result.stdout


def test_a_required_field_without_a_tag_is_a_warning_that_passes(folder: Path) -> None:
    document = Document()
    document.add_paragraph("{{ reference }}")
    word_of(folder).write_bytes(saved(document))
    assert "PA902 warning: the required field" in said("templates", "check", str(folder))


def test_what_is_no_matter_of_templates_is_left_to_the_other_check(folder: Path) -> None:
    rules = {one["rule"] for one in read("templates", "check", str(folder.parent))["findings"]}
    assert rules <= TEMPLATE_RULES
    for council in ("lambeth", "merton"):
        found = read("templates", "check", f"procedures/{council}")["findings"]
        assert not {one["rule"] for one in found} - TEMPLATE_RULES


def test_what_authors_left_behind_is_a_warning_with_whose_it_is_and_the_way_out(
    folder: Path,
) -> None:
    document = Document(io.BytesIO(word_of(folder).read_bytes()))
    document.core_properties.author = "A Colleague"
    document.add_paragraph("About { child_name } and {{ child_name }}; see [2] and {a}.")
    document.add_comment(document.paragraphs[0].runs, "Is this the right child?", "B Colleague")
    word_of(folder).write_bytes(saved(document))
    told = said("templates", "check", str(folder))
    assert (
        'PA907 warning: the Word template holds 1 comment by B Colleague ("Is this the right child?"), '
        "and so does every document made from it. "
        "Delete in Word: Review, Delete, Delete All Comments in Document" in told
    )
    assert (
        'PA907 warning: the Word template holds words that look like a tag and are none ("{ child_name }"), '
        "and so does every document made from it. If a field is meant, write it as {{ child_name }}"
        in told
    )
    assert 'the Word template holds "A Colleague" in its properties (Author)' in told


def test_faults_are_told_to_a_program_too(folder: Path) -> None:
    word_of(folder).write_bytes(b"Dear colleague")
    result = give("templates", "check", str(folder), "--json")
    assert result.exit_code == 1
    assert '"findings": []' in result.stdout
    assert "not a .docx" in result.stdout


# -- a first template ------------------------------------------------------------------------------


def new(folder: Path, *words: str) -> tuple[str, ...]:
    return ("--procedures", str(folder.parent), "templates", "new", *words)


@pytest.mark.parametrize("form", ["concern", "referral", "closing"])
def test_a_first_template_is_made_and_passes_the_check(folder: Path, form: str) -> None:
    word_of(folder).unlink()
    made = word_of(folder).with_name(f"{form}.docx")
    sentence = said(*new(folder, f"sampleford/{form}"))
    assert sentence.startswith(f"Made {made}. Open it in Word, ")
    found = read("templates", "check", str(folder))
    assert found["faults"] == []
    assert [one for one in found["findings"] if one["rule"] != "PA903"] == []
    assert "{{ reference }}" in "\n".join(
        p.text for p in Document(str(made)).sections[0].footer.paragraphs
    )


def test_a_word_file_that_is_there_is_written_over_only_by_force(folder: Path) -> None:
    word_of(folder).write_bytes(b"months of work")
    sentence = refused(*new(folder, "sampleford/concern"))
    assert sentence == f"{word_of(folder)}: this is there already. Write over it with --force."
    assert word_of(folder).read_bytes() == b"months of work"
    said(*new(folder, "sampleford/concern", "--force"))
    assert said("templates", "check", str(folder)).endswith("7 Word templates checked\n")


def test_a_first_template_can_be_put_elsewhere(folder: Path, tmp_path: Path) -> None:
    there, before = tmp_path / "drafts/first.docx", word_of(folder).read_bytes()
    said(*new(folder, "sampleford/concern", "--into", str(there)))
    assert Document(str(there)).paragraphs[0].text == "{{ title }}"
    assert word_of(folder).read_bytes() == before
    assert "cannot be written" in refused(
        *new(folder, "sampleford/concern", "--force", "--into", "/")
    )


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (
            "sampleford/refferal",
            'There is no form with a document "refferal" here (did you mean referral?).',
        ),
        ("sampleford/hold_review", 'There is no form with a document "hold_review" here'),
        ("sampleford", 'There is no form with a document "" here. There are: concern, '),
        ("samplefrd/concern", 'There is no council "samplefrd" here (did you mean sampleford?).'),
    ],
)
def test_a_form_that_is_not_there_is_told_with_those_that_are(
    folder: Path, form: str, sentence: str
) -> None:
    assert refused(*new(folder, form)).startswith(sentence)


# ------------------------------------------------------------------------------- templates of reports


def report_of(folder: Path, name: str = "board", *typed: str, spoilt: bool = False) -> Path:
    """The council's own, as `templates new` makes it, with something typed into it."""
    path = folder.parents[1] / f"form_templates/sampleford/reports/{name}.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    document = Document(io.BytesIO(report_starter(REPORTS[ReportName.BOARD])))
    for text in typed:
        document.add_paragraph(text)
    path.write_bytes(b"no Word file" if spoilt else saved(document))
    return path


@pytest.mark.parametrize("command", [("templates", "check"), ("check",)])
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("{{ councli }}", "the tag 'councli' has nothing to print (did you mean council?)"),
        ("{{ figures.raised }}", "the tag 'figures.raised' has nothing to print"),
        (
            "{% for row in figures.themes %}{{ row.late }}{% endfor %}",
            "the tag 'figures.themes[].late' has nothing to print",
        ),
    ],
)
def test_a_tag_of_a_reports_template_that_nothing_fills_is_an_error(
    folder: Path, command: tuple[str, ...], typed: str, says: str
) -> None:
    report_of(folder, "board", typed)
    result = give(*command, str(folder))
    assert result.exit_code == 1
    assert f"sampleford/reports/board.docx:1: PA901 error: {says}" in result.stdout


def test_a_reports_template_that_cannot_be_read_is_a_fault(folder: Path) -> None:
    report_of(folder, spoilt=True)
    result = give("templates", "check", str(folder))
    assert result.exit_code == 1
    assert "reports/board.docx" in result.stdout


def test_a_reports_template_under_another_name_belongs_to_no_report(folder: Path) -> None:
    report_of(folder, "bord")
    result = give("templates", "check", str(folder))
    assert result.exit_code == 1
    assert "there is no report of that name (did you mean board?)" in result.stdout


def test_a_sound_template_of_a_report_passes_and_is_counted(folder: Path) -> None:
    report_of(folder)
    assert said("templates", "check", str(folder)).endswith("8 Word templates checked\n")


def test_what_was_left_behind_in_a_reports_template_is_a_warning(folder: Path) -> None:
    path = report_of(folder)
    document = Document(io.BytesIO(path.read_bytes()))
    document.core_properties.author = "Somebody Sample"
    path.write_bytes(saved(document))
    assert "PA907 warning" in said("templates", "check", str(folder))
