"""Whatever in a council's files names something else is misspelt, one at a time: it is refused, or the checker tells of it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from practice_alerts.adapters.files.procedures import subject_of
from practice_alerts.domain.checks import check
from practice_alerts.domain.errors import BadDefinition
from practice_alerts.domain.procedure.case_types import CASE_TYPES
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.standing.anchors import RECORDED
from tests.helpers.stories.tarnbrook import bent, files_as_written, read

TODAY = date(2026, 11, 28)
Path = tuple[str | int, ...]


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a file that is no key, with its path."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _leaves(one, (*path, key))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _leaves(one, (*path, place))
    elif isinstance(value, str):
        yield path, value


def _known() -> set[str]:
    """Every id by which something in the council's files can be named."""
    procedure, forms = files_as_written()
    found = {*CASE_TYPES, *ROUTES, *RECORDED, *forms, "raised", "partners"}
    for key in ("case_types", "roles", "kinds", "ladders", "partners", "referrals"):
        found |= set(procedure[key])
    for one in (procedure, *forms.values()):
        found |= {text for path, text in _leaves(one) if path[-1] == "id"}
    return found


SHOWN = {"shows", "duties", "note", "wording"}
"""Under which nothing acts."""


def _references() -> Iterator[tuple[str, Path, str]]:
    known, (procedure, forms) = _known(), files_as_written()
    for form, written in (("", procedure), *forms.items()):
        for path, text in _leaves(written):
            names = text.split(".")[0] in known
            if names and path[-1] != "id" and not SHOWN & set(map(str, path)):
                yield form, path, text


REFERENCES = tuple(_references())


def _told(*bends: tuple[Path, Any, str]) -> set[tuple[str, str]]:
    try:
        files = bent(*bends)
    except BadDefinition:
        return {("refused", "")}
    return {(one.rule, one.says) for one in check(subject_of(files, today=TODAY))}


def _as_written() -> set[tuple[str, str]]:
    files = read(*files_as_written())
    return {(one.rule, one.says) for one in check(subject_of(files, today=TODAY))}


def test_there_are_references_of_many_kinds() -> None:
    assert len(REFERENCES) > 80
    assert {str(path[-1]) for _, path, _ in REFERENCES} >= {
        "if",
        "ladder",
        "form",
        "by",
        "counted_from",
    }


@pytest.mark.parametrize(("form", "path", "text"), REFERENCES, ids=str)
def test_a_misspelt_reference_is_never_silent(form: str, path: Path, text: str) -> None:
    first, dot, rest = text.partition(".")
    misspelt = [f"{first[:-1]}z{dot}{rest}"] + ([f"{first}.{rest[:-1]}z"] if dot else [])
    for written in misspelt:
        assert _told((path, written, form)) - _as_written()


KEYS = [
    (("raised_by",), "child_protection"),
    (("referrals",), "cafcass"),
    (("referrals",), "lscp"),
    (("case_types",), "leaver"),
    (("kinds",), "quick"),
    (("ladders",), "short"),
    (("partners",), "health"),
    *((("roles",), role) for role in files_as_written()[0]["roles"] if role != "solicitor"),
]


@pytest.mark.parametrize(("room", "key"), KEYS)
def test_a_misspelt_key_that_others_name_is_never_silent(room: Path, key: str) -> None:
    """But for a kind and an agency: nothing else names them, and the name is theirs to choose."""
    room_of = files_as_written()[0][str(room[0])]
    bends = ((*room, key), None, ""), ((*room, f"{key[:-1]}z"), room_of[key], "")
    is_named = room not in {("kinds",), ("partners",)}
    assert bool(_told(*bends) - _as_written()) is is_named


ABOUT = [
    ("main", True),
    ("main.cap", True),
    ("main.cpa", False),
    ("main.step-1", True),
    ("main.step-1.answer", True),
    ("main.step-1.anwser", False),
    ("main.counted_from", True),
    ("step-1.answer", True),
    ("step-1.answer.from", True),
    ("step-1.anwser", False),
    ("step-2.discussion", True),
    ("step-2.discusion", False),
    ("step-1.criteria.plan", True),
    ("step-1.copy", True),
    ("quick.form", True),
    ("quick.from", False),
    ("referrals.cafcass.consult", True),
    ("referrals.cafcas", False),
    ("roles.head", True),
    ("roles.haed", False),
    ("duties.papers", True),
    ("duties.paper", False),
    ("gate.yes", True),
    ("gate.yess", False),
    ("edition.note", True),
    ("edition.nte", False),
    ("what the text leaves out", True),
]


@pytest.mark.parametrize(("about", "is_there"), ABOUT)
def test_a_reading_is_about_a_part_that_there_is(about: str, *, is_there: bool) -> None:
    told = _told((("readings", 1, "about"), about, ""))
    assert any(rule == "PA803" for rule, _ in told) is not is_there
