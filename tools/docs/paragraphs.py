"""Each paragraph of the councils' texts, in our words, with what holds it: read from docs/coverage/COUNCIL.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from practice_alerts.adapters.files.yaml_reader import read_yaml

WHY_EMPTY = {
    "rule": "What is not asked in a form follows from the file.",
    "shown": "A duty, a list or a rule in words. It is shown and marked so; the product works nothing out of it.",
    "told": "Background or somebody's role. The manual tells it; there is nothing to ask or to work out.",
    "left": "Held nowhere, for the reason given.",
}
"""By what a unit is: why some of its columns are empty."""
NEEDS = {
    "rule": ("guide", "file", "act"),
    "shown": ("guide", "file"),
    "told": ("guide",),
    "left": ("why",),
}
"""By what a unit is: what it cannot be without."""
_KEYS = {"is", "says", "guide", "file", "form", "act", "why"}
_NUMBER = re.compile(r"([1-9]\d*)([a-z]?)")
_IN_THE_GUIDE = re.compile(r"(\S+) “([^“”]+)”")


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph or bullet, or one statement of it where a letter follows its number."""

    number: str
    at: str
    what: str
    says: str
    guide: tuple[tuple[str, str], ...]
    """Pages of the council in the guide, each with words that stand on it; the first page is `home`."""
    file: tuple[str, ...]
    """Keys of procedure.yml: alone, with ` = ` and their value, or with ` has ` and one entry of theirs."""
    form: tuple[str, ...]
    """FORM.FIELD"""
    act: tuple[str, ...]
    """Tests that play it, as FILE::TEST."""
    why: str


@dataclass(frozen=True, slots=True)
class Paragraphs:
    council_id: str
    units: tuple[Unit, ...]


def read_paragraphs(path: Path) -> Paragraphs:
    written = read_yaml(path.read_bytes())
    if written.problems:
        raise ValueError(f"{path.name}: {written.problems[0]}")
    tests: Mapping[str, str] = written.value["tests"]
    units = tuple(
        _unit(number, part["at"], raw, tests)
        for part in written.value["parts"]
        for number, raw in part["units"].items()
    )
    return Paragraphs(path.stem, units)


def _unit(number: Any, at: str, raw: Mapping[str, Any], tests: Mapping[str, str]) -> Unit:
    if extra := set(raw) - _KEYS:
        raise ValueError(f"{number}: nothing is called {extra}")
    return Unit(
        number=str(number),
        at=at,
        what=raw["is"],
        says=raw["says"],
        guide=tuple(_of_the_guide(one) for one in _several(raw, "guide")),
        file=_several(raw, "file"),
        form=_several(raw, "form"),
        act=tuple(tests[one] for one in _several(raw, "act")),
        why=raw.get("why", ""),
    )


def _several(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = raw.get(key, ())
    return (value,) if isinstance(value, str) else tuple(value)


def _of_the_guide(written: str) -> tuple[str, str]:
    found = _IN_THE_GUIDE.fullmatch(written)
    if found is None:
        raise ValueError(f"{written}: write PAGE “words that stand on it”")
    return found[1], found[2]


def gaps(numbers: list[str]) -> list[str]:
    """Whatever does not follow on what stands before it: 1, 2a, 2b, 3 do."""
    before, wrong = (0, ""), []
    for number in numbers:
        found = _NUMBER.fullmatch(number)
        here = (int(found[1]), found[2]) if found else (0, "")
        if here not in _may_follow(*before):
            wrong.append(number)
        before = here
    return wrong


def _may_follow(paragraph: int, letter: str) -> set[tuple[int, str]]:
    on = {(paragraph + 1, ""), (paragraph + 1, "a")}
    return {*on, (paragraph, chr(ord(letter) + 1))} if letter else on


def table(paragraphs: Paragraphs) -> Iterator[str]:
    yield "| no. | where | what it says, in our words | guide | file | form | tests, or why not |"
    yield "| --: | --- | --- | --- | --- | --- | --- |"
    for unit in paragraphs.units:
        pages = dict.fromkeys(page for page, _ in unit.guide)
        cells = (
            *(unit.number, unit.at, unit.says),
            *(_listed(each) for each in (pages, unit.file, unit.form)),
            _listed(one.partition("::")[2] for one in unit.act) or unit.why or unit.what,
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") or "–" for cell in cells) + " |"


def _listed(each: Any) -> str:
    return ", ".join(f"`{one}`" for one in each)
