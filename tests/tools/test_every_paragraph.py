"""Each paragraph of the five texts is held where docs/coverage.md says: page, key, field and test are looked up."""

import ast
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.domain.forms.form import Form
from tests.domain.guide.test_guide_pages import pages_of, plain, real
from tests.helpers.files.real_councils import council
from tools.docs.paragraphs import NEEDS, WHY_EMPTY, Paragraphs, Unit, gaps, read_paragraphs

TABLES = sorted((ROOT / "docs/coverage").glob("*.yml"))
PARAGRAPHS = {
    "knowsley": 20,
    "lambeth": 184,
    "merton": 132,
    "northamptonshire": 93,
    "unnamed-2015": 27,
}
"""How many each text has, counted once in the text itself; so none is taken out of a table unseen."""


@cache
def paragraphs(name: str) -> Paragraphs:
    return read_paragraphs(ROOT / f"docs/coverage/{name}.yml")


@cache
def guide(name: str) -> dict[str, str]:
    """The council's pages as somebody reads them, without the marks at what is only shown."""
    return {page or "home": as_read(text) for page, text in pages_of(real(name)).items()}


def as_read(page: str) -> str:
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", plain(page)).replace("**", "")
    words = words.replace(" only shown", "")
    return re.sub(r" ([.,;:)])", r"\1", words)


@cache
def procedure(name: str) -> Any:
    return read_yaml((ROOT / f"procedures/{name}/procedure.yml").read_bytes()).value


@cache
def functions_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def looked_up(value: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(value, Mapping):
            value = value[step]
        elif step.isdigit():
            value = value[int(step) - 1]
        else:
            (value,) = (one for one in value if isinstance(one, Mapping) and one.get("id") == step)
    return value


def entries(value: Any) -> list[str]:
    """What a list holds, by the id or the words of each."""
    texts = ("id", "text", "what", "as_printed")
    assert isinstance(value, Sequence)
    words = [one if isinstance(one, str) else [one.get(key) for key in texts] for one in value]
    return [word for one in words for word in ([one] if isinstance(one, str) else one) if word]


def not_in_the_file(name: str, written: str) -> str | None:
    path, has, entry = written.partition(" has ")
    path, equals, value = path.partition(" = ") if not has else (path, "", "")
    try:
        found = looked_up(procedure(name), path)
    except (KeyError, ValueError, IndexError):
        return f"no {path}"
    if has and entry not in entries(found):
        return f"{path} has no {entry}"
    wanted = read_yaml(f"value: {value}".encode()).value["value"] if equals else found
    return None if wanted == found else f"{path} is {found}"


def asked_or_shown(form: Form) -> set[str]:
    shown = {*form.shows, *(one for section in form.sections for one in section.shows)}
    return shown | {field.id for field in form.fields()}


def wrong_with(name: str, unit: Unit) -> list[str]:
    wrong = [f"without {one}" for one in NEEDS[unit.what] if not getattr(unit, one)]
    wrong += [
        f"{page} does not say “{said}”"
        for page, said in unit.guide
        if said not in guide(name).get(page, "")
    ]
    wrong += [fault for one in unit.file if (fault := not_in_the_file(name, one))]
    for form, _, field in (one.partition(".") for one in unit.form):
        if field not in asked_or_shown({**council(name).forms, **council(name).act_forms}[form]):
            wrong.append(f"no field {form}.{field}")
    for file, _, test in (one.partition("::") for one in unit.act):
        if not (ROOT / file).exists() or test not in functions_of(file):
            wrong.append(f"no {file}::{test}")
    return wrong


def test_each_text_has_its_table() -> None:
    assert {path.stem for path in TABLES} == set(PARAGRAPHS)


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_no_number_is_left_out(name: str) -> None:
    numbers = [unit.number for unit in paragraphs(name).units]
    assert gaps(numbers) == []
    assert int(re.sub("[a-z]", "", numbers[-1])) == PARAGRAPHS[name]


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        (["1", "2a", "2b", "3"], []),
        (["1", "3"], ["3"]),
        (["2"], ["2"]),
        (["1", "2b"], ["2b"]),
        (["1a", "1c", "2"], ["1c"]),
        (["1", "1"], ["1"]),
        (["1", "one"], ["one"]),
    ],
)
def test_a_gap_is_found(numbers: list[str], wrong: list[str]) -> None:
    assert gaps(numbers) == wrong


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_page_key_field_and_test_are_there(name: str) -> None:
    found = {f"{one.number} {one.says}": wrong_with(name, one) for one in paragraphs(name).units}
    assert {unit: wrong for unit, wrong in found.items() if wrong} == {}


def test_each_kind_of_statement_says_why_a_column_is_empty() -> None:
    assert set(WHY_EMPTY) == set(NEEDS)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("case_system = ICS", None),
        ("case_system = Mosaic", "case_system is ICS"),
        ("roles.pirate", "no roles.pirate"),
        ("recording has All actions", None),
        ("recording has Nothing", "recording has no Nothing"),
        ("ladders.resolution.stages.stage-9.label", "no ladders.resolution.stages.stage-9.label"),
    ],
)
def test_what_the_file_does_not_hold_is_found(written: str, wrong: str | None) -> None:
    assert not_in_the_file("knowsley", written) == wrong
