"""`practice-alerts new`: what it writes passes the check at once, and it touches nothing that is there."""

import shutil
from pathlib import Path

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import load_all, load_council
from practice_alerts.cli.commands.councils import new
from tests.helpers.files.real_councils import IDS
from tests.helpers.product.run_command import give, refused, said


@pytest.fixture
def where(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "procedures").mkdir()
    return "--procedures", str(tmp_path / "procedures")


def test_a_new_council_passes_the_check_but_for_what_is_to_be_decided(
    tmp_path: Path, where: tuple[str, str]
) -> None:
    printed = said(*where, "new", "north-sampleford")
    assert printed.count("Made ") == 5
    checked = give(*where, "check")
    assert checked.exit_code == 0
    assert checked.stdout.count("\n") == 2
    assert "PA706 warning: how long records about a child on a child protection plan are kept" in (
        checked.stdout
    )
    rules = tmp_path / "procedures/north-sampleford/procedure.yml"
    written = rules.read_text("utf-8")
    assert "To decide: how long records are kept where no law says it" in written
    rules.write_text(written.replace("# keep:", "keep:"), "utf-8")
    assert give(*where, "check").stdout == "nothing found\n"
    found = load_council(tmp_path / "procedures/north-sampleford", tmp_path / "form_templates")
    assert (found.procedure.council, found.procedure.reference_prefix) == (
        "North Sampleford",
        "NOR",
    )
    built = said(*where, "guide", "build", "--into", str(tmp_path / "site"))
    assert "1 council" in built


def test_another_councils_retention_is_not_taken_over(
    tmp_path: Path, where: tuple[str, str]
) -> None:
    said(*where, "new", "north-sampleford")
    rules = tmp_path / "procedures/north-sampleford/procedure.yml"
    rules.write_text(rules.read_text("utf-8").replace("# keep:", "keep:"), "utf-8")
    said(*where, "new", "middleford", "--like", "north-sampleford")
    checked = give(*where, "check", str(tmp_path / "procedures/middleford"))
    assert (checked.exit_code, "PA706" in checked.stdout) == (0, True)


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
    assert "lambeth" in refused(*where, "new", "ford", "--like", "lambet")


# -- all of it, or nothing ---------------------------------------------------------------------------


def left(root: Path) -> list[str]:
    return sorted(str(one.relative_to(root)) for one in root.rglob("*") if one.is_file())


@pytest.mark.parametrize("name", [(), ("--name", "  "), ("--name", "Great: Ford")])
@pytest.mark.parametrize("like", [None, *IDS])
def test_what_comes_with_the_product_is_a_model_wherever_the_councils_lie(
    tmp_path: Path, where: tuple[str, str], like: str | None, name: tuple[str, ...]
) -> None:
    model = () if like is None else ("--like", like)
    said(*where, "new", "middleford", *model, *name)
    checked = give(*where, "check")
    assert checked.exit_code == 0, checked.output
    found = load_council(tmp_path / "procedures/middleford", tmp_path / "form_templates")
    assert found.procedure.council == (
        "Great: Ford" if name[1:] == ("Great: Ford",) else "Middleford"
    )
    assert (found.procedure.reference_prefix, found.procedure.edition.status) == (
        "GRE" if name[1:] == ("Great: Ford",) else "MID",
        "draft",
    )
    assert found.procedure.edition.overtaken is None
    assert not [one for one in left(tmp_path) if "/." in one]


def test_one_of_these_folders_comes_before_one_of_the_same_name_that_comes_with_the_product(
    tmp_path: Path, where: tuple[str, str]
) -> None:
    said(*where, "new", "lambeth", "--name", "Another Lambeth")
    said(*where, "new", "ford", "--like", "lambeth")
    found = load_council(tmp_path / "procedures/ford", tmp_path / "form_templates")
    assert [one.label for one in found.procedure.main_ladder.stages][:2] == [
        "Stage One",
        "Stage Two",
    ]
    assert set(found.forms) == {"practice_alert"}


def test_no_two_councils_of_a_folder_begin_their_references_alike(
    tmp_path: Path, where: tuple[str, str]
) -> None:
    for name in ("ford", "ford-north", "ford-south", "ford-nook"):
        said(*where, "new", name)
    every = load_all(tmp_path / "procedures", tmp_path / "form_templates").values()
    prefixes = [one.procedure.reference_prefix for one in every]
    assert sorted(prefixes) == ["FOR", "FORD", "FORDN", "FORDS"]


@pytest.mark.parametrize("spoilt", ["procedure.yml", "examples.yml"])
def test_a_model_that_cannot_be_read_leaves_nothing_behind(
    tmp_path: Path, where: tuple[str, str], spoilt: str
) -> None:
    said(*where, "new", "ford")
    file = tmp_path / "procedures/ford" / spoilt
    file.write_text(file.read_text("utf-8") + "\nnonsense: [\n", "utf-8")
    before = left(tmp_path)
    assert "Nothing was made" in refused(*where, "new", "other", "--like", "ford")
    assert left(tmp_path) == before


@pytest.mark.parametrize("room", ["procedures", "form_templates"])
def test_where_one_room_cannot_be_written_the_other_is_not_begun(
    tmp_path: Path, where: tuple[str, str], room: str
) -> None:
    (tmp_path / "form_templates").mkdir()
    (tmp_path / room).rmdir()
    (tmp_path / room).write_text("no folder", "utf-8")
    before = left(tmp_path)
    refused(*where, "new", "ford", "--like", "lambeth")
    assert left(tmp_path) == before


def test_what_somebody_else_put_there_meanwhile_is_not_touched(
    tmp_path: Path, where: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "procedures/ford/notes.md"

    def meanwhile(made: new.Rooms, texts: dict[str, str]) -> None:
        write(made, texts)
        theirs.parent.mkdir()
        theirs.write_text("Theirs.", "utf-8")

    write = new._write
    monkeypatch.setattr(new, "_write", meanwhile)
    refused(*where, "new", "ford")
    assert left(tmp_path) == ["procedures/ford/notes.md"]
