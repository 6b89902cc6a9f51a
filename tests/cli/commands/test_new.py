"""`practice-alerts new`: what it writes passes the check at once, and it touches nothing that is there."""

import shutil
from pathlib import Path

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import load_council
from tests.helpers.files.real_councils import IDS
from tests.helpers.product.run_command import give, refused, said


@pytest.fixture
def where(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "procedures").mkdir()
    return "--procedures", str(tmp_path / "procedures")


def test_a_new_council_passes_the_check_with_nothing_found(
    tmp_path: Path, where: tuple[str, str]
) -> None:
    printed = said(*where, "new", "north-sampleford")
    assert printed.count("Made ") == 5
    checked = give(*where, "check")
    assert (checked.exit_code, checked.stdout) == (0, "nothing found\n")
    found = load_council(tmp_path / "procedures/north-sampleford", tmp_path / "form_templates")
    assert (found.procedure.council, found.procedure.reference_prefix) == (
        "North Sampleford",
        "NOR",
    )
    built = said(*where, "guide", "build", "--into", str(tmp_path / "site"))
    assert "1 council" in built


@pytest.mark.parametrize("like", IDS)
def test_a_council_like_another_has_its_rules_and_forms_under_its_own_name(
    tmp_path: Path, where: tuple[str, str], like: str
) -> None:
    for room in ("procedures", "form_templates"):
        shutil.copytree(ROOT / room / like, tmp_path / room / like)
    said(*where, "new", "middleford", "--like", like, "--name", 'Middle: ford "M" \\1')
    checked = give(*where, "check", str(tmp_path / "procedures/middleford"))
    assert checked.exit_code == 0, checked.output
    old, new = (
        load_council(tmp_path / "procedures" / one, tmp_path / "form_templates")
        for one in (like, "middleford")
    )
    assert new.procedure.council == 'Middle: ford "M" \\1'
    assert new.procedure.ladders == old.procedure.ladders
    assert new.forms == old.forms
    assert new.examples == old.examples


def test_nothing_that_is_there_is_touched(tmp_path: Path, where: tuple[str, str]) -> None:
    forms = tmp_path / "form_templates/sampleford"
    forms.mkdir(parents=True)
    assert f"{forms}: this is there already" in refused(*where, "new", "sampleford")
    assert not (tmp_path / "procedures/sampleford").exists()


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("North Ford", "such as north-ford"),
        ("log", "/log/ is an address of the product's own"),
        ("common", "/common/ is an address of the product's own"),
    ],
)
def test_a_folder_that_cannot_be_an_address_is_not_made(
    where: tuple[str, str], folder: str, told: str
) -> None:
    assert told in refused(*where, "new", folder)


def test_a_council_like_one_that_is_not_there_is_told_plainly(where: tuple[str, str]) -> None:
    assert "lambeth" in refused(*where, "new", "ford", "--like", "lambeth")
