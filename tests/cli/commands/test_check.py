"""`practice-alerts check`: faults with their lines, what the linter finds, and the exit code."""

import shutil
from pathlib import Path

import pytest

from practice_alerts import ROOT
from practice_alerts.casework.jobs.check_files import offers
from practice_alerts.domain.checks import RULES
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.files.small_council import EXAMPLE, PROCEDURE, furnished, write_council
from tests.helpers.product.run_command import NOW, give, read, refused, said


def test_faults_come_all_at_once_each_with_file_and_line(tmp_path: Path) -> None:
    spoilt = PROCEDURE.replace("5 working days}", "five working days}", 1)
    spoilt = spoilt.replace("reference_prefix: SAM", "reference_prefix: sam")
    write_council(tmp_path, spoilt)
    result = give("check", str(tmp_path / "procedures"))
    *faults, count = result.stdout.splitlines()
    assert result.exit_code == 1
    assert count == "2 faults"
    lines = spoilt.splitlines()
    for fault, text in zip(faults, ("reference_prefix", "five working days"), strict=True):
        line = next(number for number, one in enumerate(lines, start=1) if text in one)
        assert f"procedure.yml:{line}: " in fault


def test_faults_for_a_program_have_the_same_parts(tmp_path: Path) -> None:
    write_council(tmp_path, PROCEDURE.replace("title: Concerns", "titel: Concerns"))
    result = give("check", str(tmp_path / "procedures"), "--json")
    assert result.exit_code == 1
    assert '"hint": "did you mean title?"' in result.stdout
    assert '"findings": []' in result.stdout


def test_a_folder_of_one_council_is_checked_alone() -> None:
    printed = give("check", str(ROOT / "procedures/merton")).stdout
    assert "merton/procedure.yml:" in printed
    assert "lambeth/" not in printed


def test_warnings_pass(tmp_path: Path) -> None:
    folder = furnished(tmp_path, PROCEDURE.replace("review_by: 2028", "review_by: 2026"))
    result = give("check", str(folder))
    assert "PA701 warning: the review was due by Monday 5 January 2026" in result.stdout
    assert result.exit_code == 0


def test_an_error_of_the_linter_ends_with_exit_code_1(tmp_path: Path) -> None:
    folder = write_council(tmp_path)
    result = give("check", str(folder))
    assert "PA904 error: not found: the manual's pages" in result.stdout
    assert result.exit_code == 1


def test_a_page_that_nobody_can_read_is_a_fault_of_its_file(tmp_path: Path) -> None:
    folder = furnished(tmp_path)
    (folder / "20-typed-elsewhere.md").write_bytes(b"# Away\n\nCaf\xe9\n")
    (folder / "30-a-folder.md").mkdir()
    result = give("check", str(folder))
    assert result.exit_code == 1
    assert "20-typed-elsewhere.md:3: found the byte 0xe9, which is not UTF-8" in result.stdout
    assert "30-a-folder.md:1: found nothing that can be opened" in result.stdout


def test_a_tag_that_no_field_fills_is_an_error(tmp_path: Path) -> None:
    folder = furnished(tmp_path)
    word = ROOT / "form_templates/lambeth/practice_alert.docx"
    shutil.copy(word, tmp_path / "form_templates/sampleford/concern.docx")
    result = give("check", str(folder))
    assert "PA901 error: the tag 'case_number' has no field" in result.stdout
    assert result.exit_code == 1


def test_a_word_template_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    folder = write_council(tmp_path)
    (tmp_path / "form_templates/sampleford/concern.docx").write_bytes(b"not a Word file")
    result = give("check", str(folder))
    assert result.exit_code == 1
    assert "concern.docx:1: found " in result.stdout
    assert "Traceback" not in result.output


@pytest.mark.parametrize("council_id", IDS)
def test_what_documents_are_filled_with_is_known_for_each_form(council_id: str) -> None:
    files = council(council_id)
    for form in files.forms:
        names = offers(files, form, NOW.date())
        assert {"reference", "marking", "history", "referrals", "to"} <= names
        assert {field.id for field in files.forms[form].fields(repeats="never")} <= names


def test_a_document_of_good_practice_has_no_stages_and_one_of_an_alert_has() -> None:
    files = council("lambeth")
    assert "due_clause" in offers(files, "practice_alert", NOW.date())
    assert "due_clause" not in offers(files, "good_practice", NOW.date())


@pytest.mark.parametrize("rule", sorted(RULES))
def test_each_rule_can_be_explained(rule: str) -> None:
    printed = said("check", "--explain", rule.lower())
    assert printed.startswith(f"{rule} (")
    assert "Rests on: " in printed


def test_an_explanation_for_a_program_names_its_rule() -> None:
    assert read("check", "--explain", "pa201")["rule"] == "PA201"


def test_a_rule_that_is_not_there_is_told_plainly() -> None:
    assert "There is no rule PA999." in refused("check", "--explain", "PA999")


def test_a_folder_that_is_not_there_is_told_plainly(tmp_path: Path) -> None:
    assert "there is no such folder" in refused("check", str(tmp_path / "nowhere"))


@pytest.mark.parametrize("word", ["log", "app", "compare", "screens", "calendar", "common"])
def test_a_folder_named_like_an_address_of_ours_is_an_error(tmp_path: Path, word: str) -> None:
    folder = furnished(tmp_path)
    for room in (folder, tmp_path / "form_templates/sampleford"):
        room.rename(room.with_name(word))
    result = give("check", str(folder.with_name(word)))
    assert f"PA102 error: /{word}/ is an address of the product's own" in result.stdout
    assert result.exit_code == 1


def test_a_folder_whose_name_is_no_address_is_an_error_with_one_that_is(tmp_path: Path) -> None:
    folder = furnished(tmp_path)
    for room in (folder, tmp_path / "form_templates/sampleford"):
        room.rename(room.with_name("Sample Ford"))
    printed = give("check", str(folder.with_name("Sample Ford"))).stdout
    assert "the folder's name 'Sample Ford' is no address (did you mean sample-ford?)" in printed


def test_a_worked_case_of_any_council_is_replayed_and_told_with_what_came_out(
    tmp_path: Path,
) -> None:
    folder = furnished(tmp_path)
    wrong = EXAMPLE.replace("Mon 2026-01-12", "Tue 2026-01-13")
    (folder / "examples.yml").write_text(wrong, "utf-8")
    result = give("check", str(folder))
    assert (
        "sampleford/examples.yml:5: case 1, expect.response_due: PA905 error: The team manager has a"
        " week: response_due comes out as Mon 2026-01-12, expected Tue 2026-01-13"
    ) in result.stdout
    assert result.exit_code == 1
