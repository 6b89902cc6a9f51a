"""JSON Schemas of the definition files, for editors that complete and check as one types."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from practice_alerts.domain.files.shown_only import SHOWN_ONLY
from practice_alerts.domain.forms.form import Condition, Form
from practice_alerts.domain.notices.texts import NoticeFile
from practice_alerts.domain.procedure.categories import Change, Example
from practice_alerts.domain.procedure.ladder import TimeLimit
from practice_alerts.domain.procedure.posts import Post, Who
from practice_alerts.domain.procedure.procedure import Procedure

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Path = tuple[str | int, ...]
_WHO = {"$ref": "#/$defs/Who"}


@cache
def procedure_schema() -> dict[str, Any]:
    """The schema of `procedure.yml`."""
    schema = _schema_of(Procedure, TimeLimit, Example, Change, Post, Who)
    schema["$defs"]["Who"] = _who_schema()
    for definition in (schema, *schema["$defs"].values()):
        for name, field in definition.get("properties", {}).items():
            if _WHO in field.get("anyOf", ()) and field.get("default"):
                definition["properties"][name] = {**_WHO, "default": _said(field["default"])}
    return _without_null(_marked(schema, "Procedure"))  # type: ignore[no-any-return]  # a mapping stays one


@cache
def form_schema() -> dict[str, Any]:
    """The schema of a form under `form_templates/`."""
    schema = _schema_of(Form)
    tests = Condition.model_json_schema()["properties"]["test"]["enum"]
    schema["$defs"].pop("Condition")
    schema["$defs"]["FormField"]["properties"]["when"] = {
        "type": "object",
        "title": "When",
        "description": "Asked only when other answers pass these tests: field id to value or test.",
        "patternProperties": {
            ".": {
                "anyOf": [
                    {"type": ["string", "boolean"]},
                    {"type": "array", "items": {"type": "string"}},
                    {
                        "type": "object",
                        "properties": {test: {} for test in tests},
                        "additionalProperties": False,
                    },
                ]
            }
        },
    }
    return _without_null(_marked(schema, "Form"))  # type: ignore[no-any-return]  # a mapping stays one


@cache
def notices_schema() -> dict[str, Any]:
    """The schema of `notices.yml`."""
    return _without_null(_schema_of(NoticeFile))  # type: ignore[no-any-return]  # a mapping stays one


def keys_at(schema: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    """The keys that may stand in the mapping at `path`, in the order of the models."""
    nodes: list[Mapping[str, Any]] = list(_ways(schema, schema))
    for part in path:
        nodes = [way for node in nodes for way in _inside(schema, node, part)]
    return tuple(dict.fromkeys(key for node in nodes for key in node.get("properties", {})))


def _marked(schema: dict[str, Any], top: str) -> dict[str, Any]:
    """With a mark at each key that is only shown; a property that is a mere reference is put beside it."""
    for name, one in ((top, schema), *schema["$defs"].items()):
        for key, said in one.get("properties", {}).items():
            if f"{name}.{key}" in SHOWN_ONLY:
                one["properties"][key] = {**said, "x-shown-only": True}
    return schema


def _schema_of(main: type[BaseModel], *besides: type[BaseModel]) -> dict[str, Any]:
    """One schema with `main` at the top; `besides` are the models only a custom schema points at."""
    models = [(model, "validation") for model in (main, *besides)]
    _, whole = models_json_schema(models, by_alias=True)  # type: ignore[arg-type]  # a literal
    definitions = whole["$defs"]
    whole = {"$schema": DIALECT, **definitions.pop(main.__name__), "$defs": definitions}
    return _without_unused(whole, {one.__name__ for one in besides})


def _without_unused(schema: dict[str, Any], kept: set[str]) -> dict[str, Any]:
    """Without what nothing points at: a model with two clocks leaves behind what clocks are made of."""
    every = schema["$defs"]
    wanted = {*kept, *_pointed_at({**schema, "$defs": {}})}
    while (
        more := {name for one in wanted & set(every) for name in _pointed_at(every[one])} - wanted
    ):
        wanted |= more
    return {**schema, "$defs": {name: one for name, one in every.items() if name in wanted}}


def _pointed_at(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rsplit("/", 1)[-1]
        node = tuple(node.values())
    if isinstance(node, list | tuple):
        for one in node:
            yield from _pointed_at(one)


def _who_schema() -> dict[str, Any]:
    several = {"type": "array", "items": _WHO, "minItems": 1}
    return {
        "title": "Who",
        "description": "A role id, {role, of}, a list (all of them), any_of / all_of / normally "
        "with a list, or 'not stated'",
        "anyOf": [
            {"type": "string"},
            several,
            {"$ref": "#/$defs/Post"},
            *(
                {
                    "type": "object",
                    "properties": {how: several},
                    "required": [how],
                    "additionalProperties": False,
                }
                for how in ("any_of", "all_of", "normally")
            ),
        ],
    }


def _said(default: Mapping[str, Any]) -> str:
    return "not stated" if default["how"] == "not_stated" else str(default["posts"][0]["role"])


def _without_null(node: Any) -> Any:
    """The same without `null`: a key without a value is left out, never left empty."""
    if isinstance(node, list):
        return [_without_null(item) for item in node if item != {"type": "null"}]
    if not isinstance(node, dict):
        return node
    kept = {
        key: _without_null(value)
        for key, value in node.items()
        if not (key == "default" and value is None)
    }
    ways = kept.get("anyOf")
    return {**_rest(kept), **ways[0]} if ways and len(ways) == 1 else kept


def _rest(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key != "anyOf"}


def _inside(schema: Mapping[str, Any], node: Mapping[str, Any], part: str | int) -> Iterator[Any]:
    below = node.get("items") if isinstance(part, int) else node.get("properties", {}).get(part)
    if below is None and isinstance(part, str):
        below = next(iter(node.get("patternProperties", {}).values()), None)
    if isinstance(below, Mapping):
        yield from _ways(schema, below)


def _ways(schema: Mapping[str, Any], node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The node itself, or every way it may be written."""
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    if "anyOf" in node:
        for way in node["anyOf"]:
            yield from _ways(schema, way)
    else:
        yield node
