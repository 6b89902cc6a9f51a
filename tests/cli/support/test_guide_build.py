"""The guide that `serve` shows: built when something changed, and not again otherwise."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts import ROOT
from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.guide_build import site_of
from tests.helpers.product.run_command import NOW, said


def opened(data: Path) -> World:
    return World(data=str(data), clock=lambda: NOW)


@pytest.fixture
def for_nobody_else() -> Iterator[None]:
    """As `serve` runs."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("lambeth_alone", "for_nobody_else")
def test_a_guide_is_built_once_for_each_state_of_its_sources(
    real_office: Path, tmp_path: Path
) -> None:
    world, built, told = opened(real_office), tmp_path / "built", list[str]()
    office = world.office(world.settings())
    first = site_of(office, told.append, built)
    assert (first / "lambeth/index.html").is_file()
    assert site_of(office, told.append, built) == first
    assert len(told) == 1
    assert not [one for one in built.rglob("*") if one.stat().st_mode & 0o077]

    lambeth = tmp_path / "procedures/lambeth"
    original = lambeth.resolve()
    lambeth.unlink()
    lambeth.mkdir()
    for file in original.iterdir():
        (lambeth / file.name).write_bytes(file.read_bytes())
    assert site_of(world.office(world.settings()), told.append, built) == first

    page = lambeth / "10-purpose-and-law.md"
    page.write_text(page.read_text("utf-8") + "\nA sentence more.\n", "utf-8")
    second = site_of(world.office(world.settings()), told.append, built)
    assert len(told) == 2
    assert second != first
    assert (first / "lambeth/index.html").is_file()
    assert sorted(path.name for path in built.iterdir()) == sorted(
        site.parent.name for site in (first, second)
    )
    world.opened.close()


def test_the_command_builds_where_the_pages_say(tmp_path: Path) -> None:
    printed = said("guide", "build")
    assert printed.startswith("Built ")
    assert "5 councils into " in printed
    assert not (tmp_path / "data").exists()


@pytest.mark.usefixtures("lambeth_alone")
def test_a_guide_for_which_there_is_no_place_stops_nothing(
    real_office: Path, tmp_path: Path
) -> None:
    world, told = opened(real_office), list[str]()
    (tmp_path / "file").touch()
    none = site_of(world.office(world.settings()), told.append, tmp_path / "file/built")
    assert "There is no guide yet" in (none / "index.html").read_text("utf-8")
    assert told[-1].startswith("NO GUIDE.")
    world.opened.close()


def _spoil(procedures: Path, forms: Path) -> None:
    """Lambeth's pages and rules are at fault, and a copy of Knowsley has an address of ours; Knowsley is right."""
    lambeth = procedures / "lambeth"
    original = lambeth.resolve()
    lambeth.unlink()
    shutil.copytree(original, lambeth)
    for name in ("knowsley", "log"):
        (procedures / name).symlink_to(ROOT / "procedures/knowsley")
        (forms / name).symlink_to(ROOT / "form_templates/knowsley")
    with (lambeth / "10-purpose-and-law.md").open("a") as page:
        page.write("\n[dead](nowhere-at-all.md)\n")
    with (lambeth / "15-what-an-alert-is.md").open("a") as page:
        page.write("\nThe {time of stage-99}.\n")
    (lambeth / "99-typed-elsewhere.md").write_bytes(b"# From another machine\n\nCaf\xe9\n")
    (lambeth / "98-gone.md").symlink_to(lambeth / "nowhere")
    (lambeth / "procedure.yml").write_text("stages: [", "utf-8")


@pytest.mark.usefixtures("lambeth_alone")
def test_what_is_wrong_with_one_council_keeps_no_guide_from_the_others(
    real_office: Path, tmp_path: Path
) -> None:
    world, built, told = opened(real_office), tmp_path / "built", list[str]()
    world.office(world.settings())  # keeps the edition that it goes by below
    _spoil(tmp_path / "procedures", tmp_path / "form_templates")

    site = site_of(world.office(world.settings()), told.append, built)
    assert told[-1].startswith("PAGES AT FAULT.")
    pages = {
        "purpose-and-law": "nowhere-at-all.md",
        "what-an-alert-is": "the procedure has no “time of stage-99”",
        "typed-elsewhere": "99-typed-elsewhere.md:3: found the byte 0xe9, which is not UTF-8",
        "gone": "lambeth/98-gone.md:1: found nothing that can be opened, expected a file to read",
    }
    for name, wrong in pages.items():
        assert wrong in told[-1]
        shown = (site / f"lambeth/{name}/index.html").read_text("utf-8")
        assert wrong in shown, name
        assert "Something on this page is wrong" in shown
    assert "/log/ is taken" in told[-1]
    assert "Stage One" in (site / "lambeth/stages/index.html").read_text("utf-8")
    other = (site / "knowsley/stages/index.html").read_text("utf-8")
    assert "STAGE 1" in other
    assert "is wrong" not in other
    world.opened.close()
