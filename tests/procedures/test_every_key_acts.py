"""What the file says is what happens: each key of a council's files acts, or is marked as only shown."""

import json
from functools import cache

import pytest

from practice_alerts import ROOT
from practice_alerts.domain.files.shown_only import SHOWN_ONLY
from tests.helpers.stories.bent_keys import KEYS, Bend
from tests.helpers.stories.tarnbrook import (
    Outcome,
    bent,
    came_out,
    files_as_written,
    guide_of,
    read,
)
from tools.docs.reference import described

EVERY_KEY = tuple(dict.fromkeys(f"{model.__name__}.{key}" for model, key, _ in described()))

NOT_YET = {
    "Role.stands_in": "people",
    "Post.of": "people",
    "AlertKind.goes_to": "told",
    "GateAnswer.tell": "told",
    "Step.attend": "told",
    "Step.chair": "clocks",
    "Answer.counted_from": "clocks",
    "Settle.counted_from": "clocks",
    "EarlierOf.earlier_of": "clocks",
    "Step.if": "clocks",
}
"""Keys that do not act yet, each with whose work it is. It only shrinks: one that acts must leave it."""


@cache
def _as_written() -> tuple[Outcome, str]:
    files = read(*files_as_written())
    return came_out(files), guide_of(files)


def verdict_on(key: str, bend: Bend) -> str:
    """Empty where the key does what is said of it; else what is wrong."""
    files = bent(bend.path, bend.value, bend.form)
    before, printed = _as_written()
    acts = came_out(files) != before
    if key in NOT_YET:
        return "it acts now: take it off NOT_YET" if acts else ""
    if key in SHOWN_ONLY:
        if acts:
            return "it acts: take it off the list of what is only shown"
        return "" if guide_of(files) != printed else "it changes nothing, not even the guide"
    return "" if acts else "nothing comes out otherwise: let it act, or list it as only shown"


def test_every_key_of_the_models_is_bent() -> None:
    assert set(KEYS) == set(EVERY_KEY)
    assert set(SHOWN_ONLY) <= set(EVERY_KEY)
    assert not set(SHOWN_ONLY) & set(NOT_YET)


@pytest.mark.parametrize("key", EVERY_KEY)
def test_a_key_acts_or_is_marked_as_only_shown(key: str) -> None:
    assert verdict_on(key, KEYS[key]) == ""


def test_a_key_made_inert_on_purpose_is_found() -> None:
    """The same value once more: whatever is bent so changes nothing, as a key that nothing reads would."""
    same = Bend(("ladders", "main", "hold", "until"), "10 working days")
    assert verdict_on("Hold.made_up", same).startswith("nothing comes out otherwise")


def test_a_key_that_acts_cannot_be_listed_as_only_shown() -> None:
    assert verdict_on("Step.decides", KEYS["Hold.until"]).startswith("it acts")


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
