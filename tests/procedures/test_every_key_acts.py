"""What the file says is what happens: each key of a council's files acts, or is marked as only shown."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pytest
from pydantic import BaseModel

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.domain.files.shown_only import SHOWN_ONLY
from practice_alerts.domain.forms.form import FormField
from practice_alerts.domain.procedure.ladder import Consult, Hold, Ladder, Settle, Stage, Step
from tests.helpers.stories.bent_keys import KEYS
from tests.helpers.stories.tarnbrook import (
    Outcome,
    bent,
    came_out,
    comes_out_otherwise,
    files_as_written,
    guide_of,
    read,
)
from tools.docs.reference import described

EVERY_KEY = tuple(dict.fromkeys(f"{model.__name__}.{key}" for model, key, _ in described()))

ACTING = tuple(key for key in EVERY_KEY if key not in SHOWN_ONLY)


@cache
def _as_written() -> Outcome:
    return came_out(read(*files_as_written()))


def _bent(*keys: str) -> CouncilFiles:
    return bent(*((one.path, one.value, one.form) for one in map(KEYS.__getitem__, keys)))


def acts(*keys: str, but_for: frozenset[str] = frozenset()) -> bool:
    """Does anything that people see and get come out otherwise, the guide apart?"""
    return comes_out_otherwise(_bent(*keys), _as_written(), but_for)


def test_every_key_of_the_models_is_bent() -> None:
    assert set(KEYS) == set(EVERY_KEY)
    assert set(SHOWN_ONLY) <= set(EVERY_KEY)


def _written(value: object) -> Iterator[str]:
    """Every key that stands in the files, by its model."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            if name in value.model_fields_set:
                yield f"{type(value).__name__}.{field.alias or name}"
                yield from _written(getattr(value, name))
    elif isinstance(value, Mapping):
        yield from (key for one in value.values() for key in _written(one))
    elif isinstance(value, tuple):
        yield from (key for one in value for key in _written(one))


def test_the_council_that_is_played_from_raising_to_closing_uses_every_key() -> None:
    """What is played of it, with each day, e-mail and reader: tests/stories/test_tarnbrook.py."""
    files = read(*files_as_written())
    assert set(EVERY_KEY) - {*_written(files.procedure), *_written(files.forms)} == set()


@pytest.mark.parametrize("key", ACTING)
def test_a_key_acts(key: str) -> None:
    """Let it act, or list it as only shown with its reason."""
    assert acts(key)


NAMES = frozenset({"Duty.id"})
"""By which a reading names its place; the guide prints what is named."""


@pytest.mark.parametrize("key", [key for key in SHOWN_ONLY if key not in NAMES])
def test_a_key_that_is_only_shown_is_shown(key: str) -> None:
    assert guide_of(_bent(key)) != guide_of(read(*files_as_written()))


def test_nothing_that_is_only_shown_acts() -> None:
    """Many of them otherwise at once; one that acts is looked for by itself."""
    shown = frozenset({"shown"})  # who decides stands on the alert's page as well
    for once in _side_by_side(SHOWN_ONLY):
        assert not acts(*once, but_for=shown), [key for key in once if acts(key, but_for=shown)]


def _side_by_side(names: Iterable[str]) -> list[list[str]]:
    """In as few groups as it takes for no key to lie inside another of its group."""
    groups: list[list[str]] = []
    for name in names:
        apart = (one for one in groups if not any(_overlap(name, other) for other in one))
        found = next(apart, None)
        if found is None:
            groups.append([name])
        else:
            found.append(name)
    return groups


def _overlap(one: str, other: str) -> bool:
    first, second = KEYS[one], KEYS[other]
    shorter = min(len(first.path), len(second.path))
    return first.form == second.form and first.path[:shorter] == second.path[:shorter]


INERT: Mapping[str, tuple[type[BaseModel], str]] = {
    "Step.final": (Step, "what is told"),
    "Settle.within": (Settle, "a date"),
    "Stage.copy": (Stage, "who gets it"),
    "Ladder.raised_by": (Ladder, "who may"),
    "Hold.until": (Hold, "what is refused"),
    "Consult.record": (Consult, "what can be chosen"),
    "FormField.hint": (FormField, "what a form says"),
}
"""A key of each kind, the model that holds it, and what comes out otherwise by it; that it acts is tested above."""


@pytest.mark.parametrize("key", INERT)
def test_a_key_made_inert_on_purpose_is_found(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nobody read it any more: then, and only then, nothing comes out otherwise with another value."""
    model, _ = INERT[key]
    alias = key.partition(".")[2]
    fields = model.model_fields.items()
    name, field = next(one for one in fields if alias in (one[0], one[1].alias))
    unread = field.get_default(call_default_factory=True)
    monkeypatch.setattr(model, name, property(lambda _: unread), raising=False)
    before = came_out(read(*files_as_written()))
    assert not comes_out_otherwise(_bent(key), before)


def test_what_is_only_shown_is_marked_for_editors() -> None:
    schema = json.loads((ROOT / "docs" / "schema" / "procedure.json").read_text("utf-8"))
    marked = {
        f"{model}.{key}"
        for model, one in {"Procedure": schema, **schema["$defs"]}.items()
        for key, said in one.get("properties", {}).items()
        if said.get("x-shown-only")
    }
    of_forms = {key for key in SHOWN_ONLY if key.startswith("Form")}
    assert marked == set(SHOWN_ONLY) - of_forms
