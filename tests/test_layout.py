"""Where things stand: small folders that say what is in them, and one meaning for each name."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from practice_alerts import PACKAGE, ROOT

MODULES = sorted(PACKAGE.rglob("*.py"))
FOLDERS = sorted({path.parent for path in MODULES})
MOST_FILES = 13  # one command a file: that folder is the largest

FLOORS = ("domain", "adapters", "casework", "ui", "web", "cli")
TWICE_ON_A_FLOOR: frozenset[str] = frozenset()  # file names; it only shrinks
TWO_MEANINGS: frozenset[str] = frozenset()  # class names; it only shrinks


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_each_folder_says_in_a_sentence_what_is_in_it(folder: Path) -> None:
    if folder.name == "versions":  # Alembic's, numbered
        return
    says = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))
    assert says, f"{name(folder)}/__init__.py says nothing"
    assert re.fullmatch(r"[A-Z].*[.]", says.splitlines()[0]), says


def test_the_architecture_tells_of_each_folder_what_it_says_of_itself() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `([a-z_/]+)` \| (.*) \|$", page, re.MULTILINE))
    for folder in FOLDERS:
        if folder.name != "versions" and folder != PACKAGE:
            says = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
            assert told.get(folder.relative_to(PACKAGE).as_posix()) == says.splitlines()[0]


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_no_folder_holds_more_than_a_person_takes_in_at_a_glance(folder: Path) -> None:
    if folder.name == "versions":  # one after the other for as long as it is worked on
        return
    files = [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]
    if folder.name == "versions":  # one a step, for ever
        return
    assert len(files) <= MOST_FILES, files


@pytest.mark.parametrize("floor", FLOORS)
def test_a_file_name_stands_once_on_a_floor(floor: str) -> None:
    places = defaultdict(list)
    for path in MODULES:
        if path.is_relative_to(PACKAGE / floor) and path.name != "__init__.py":
            places[path.stem].append(name(path))
    twice = {stem: where for stem, where in places.items() if len(where) > 1}
    assert set(twice) == {stem for stem in TWICE_ON_A_FLOOR if stem in places}, twice


def test_a_public_class_has_one_meaning() -> None:
    places = defaultdict(list)
    for path in MODULES:
        for said in defined(path):
            if not said.startswith("_"):
                places[said].append(name(path))
    twice = {said: where for said, where in places.items() if len(where) > 1}
    assert set(twice) == TWO_MEANINGS, twice


def defined(path: Path) -> list[str]:
    """The classes and the names of types that a module makes at its top."""
    tree = ast.parse(path.read_text("utf-8"))
    classes = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    aliases = [
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and is_type(node.value)
        for target in node.targets
        if isinstance(target, ast.Name) and re.fullmatch(r"[A-Z][a-z]\w*", target.id)
    ]
    return classes + aliases


def is_type(value: ast.expr) -> bool:
    """`Callable[..., X]`, `A | B`, `Literal[...]`, or one name for another; not a call, not a number."""
    return isinstance(value, ast.Subscript | ast.BinOp | ast.Name)


def test_a_second_meaning_would_be_found(tmp_path: Path) -> None:
    module = tmp_path / "some.py"
    module.write_text("class Gate: ...\nSpan = tuple[int, int]\nLIMIT = 3\n", "utf-8")
    assert defined(module) == ["Gate", "Span"]
