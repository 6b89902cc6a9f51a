"""The reference of the format: every key with what it holds, how it is written, default, example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from practice_alerts.domain import site_words
from practice_alerts.domain.checks import RULES
from practice_alerts.domain.definition import Definition
from practice_alerts.domain.files.schema import form_schema, procedure_schema
from practice_alerts.domain.files.shown_only import SHOWN_ONLY
from practice_alerts.domain.forms import form
from practice_alerts.domain.procedure import (
    case_types,
    categories,
    keeping,
    ladder,
    posts,
    procedure,
)
from tools.docs.form_words import FORM_WORDS
from tools.docs.ladder_words import LADDER_WORDS
from tools.docs.procedure_words import PROCEDURE_WORDS

WORDS: Mapping[str, tuple[str, str]] = {**PROCEDURE_WORDS, **LADDER_WORDS, **FORM_WORDS}
"""Model.key to what it holds and an example of its value, in YAML."""

# Where each model stands in a file, in the order of reading.
_PLACES: tuple[tuple[type[Definition], str], ...] = (
    (procedure.Procedure, "procedure.yml"),
    (procedure.Printing, "edition"),
    (site_words.Site, "site"),
    (site_words.Ring, "site.ring[]"),
    (site_words.Related, "site.related[]"),
    (posts.Role, "roles.ROLE"),
    (posts.Post, "a post, wherever somebody is named"),
    (procedure.AlertKind, "kinds.KIND"),
    (procedure.Gate, "gate"),
    (procedure.GateAnswer, "gate.yes, gate.no"),
    (ladder.Ladder, "ladders.LADDER, partners.LADDER"),
    (ladder.TimeLimit, "ladders.LADDER.cap"),
    (ladder.Hold, "ladders.LADDER.hold"),
    (ladder.Entry, "ladders.LADDER.entry"),
    (ladder.ActionDates, "ladders.LADDER.action_dates"),
    (ladder.Stage, "ladders.LADDER.stages[]"),
    (ladder.StageEntry, "ladders.LADDER.stages[].entry"),
    (ladder.Answer, "ladders.LADDER.stages[].answer"),
    (ladder.Settle, "ladders.LADDER.stages[].settle"),
    (ladder.Step, "ladders.LADDER.stages[].steps[]"),
    (ladder.EarlierOf, "counted_from, in its long way"),
    (ladder.Criterion, "ladders.LADDER.stages[].criteria[]"),
    (ladder.Consult, "ladders.LADDER.stages[].consult, referrals.ROUTE.consult"),
    (keeping.Keeping, "keep"),
    (case_types.OwnCaseType, "case_types.TYPE"),
    (procedure.OutsideRoute, "referrals.ROUTE"),
    (procedure.Overrides, "overrides"),
    (categories.Category, "categories[]"),
    (categories.Example, "categories[].examples[], in its long way"),
    (procedure.Duty, "duties[]"),
    (categories.SignificantChanges, "significant_changes[]"),
    (categories.Change, "significant_changes[].items[], in its long way"),
    (procedure.Recording, "recording[]"),
    (procedure.Oversight, "oversight[]"),
    (procedure.StandingRule, "standing_rules[], rules_in_words[]"),
    (procedure.Law, "law[]"),
    (procedure.Reading, "readings[]"),
    (form.Form, "form_templates/COUNCIL/NAME.yml"),
    (form.FormSection, "sections[]"),
    (form.FormField, "sections[].fields[]"),
)


def described() -> Iterator[tuple[type[Definition], str, str]]:
    """Each model with each of its keys as written, and the name its words stand under."""
    for model, _ in _PLACES:
        for key in keys_of(model):
            yield model, key, words_under(model, key)


def keys_of(model: type[Definition]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


def words_under(model: type[Definition], key: str) -> str:
    """A key that several models share is described once, where the first of them has it."""
    names = (f"{one.__name__}.{key}" for one in model.__mro__)
    return next((name for name in names if name in WORDS), f"{model.__name__}.{key}")


def reference() -> str:
    """Every key of both files, as Markdown."""
    return "\n".join(line for model, place in _PLACES for line in _section(model, place))


def rules_table() -> str:
    """Every rule of the linter, as Markdown."""
    head = ("| rule | severity | finds | rests on |", "|---|---|---|---|")
    rows = (
        f"| {rule.id} | {rule.severity} | {rule.title}. {rule.why} | {rule.clause} |"
        for rule in RULES.values()
    )
    return "\n".join((*head, *rows, ""))


def _section(model: type[Definition], place: str) -> Iterator[str]:
    schema = _schema_of(model)
    said = (model.__doc__ or "").strip().split("\n\n")[0]
    yield from (f"### {_called(model.__name__)}: `{place}`", "", said, "")
    yield from ("| key | holds | written as | default | example |", "|---|---|---|---|---|")
    for key in keys_of(model):
        holds, example = WORDS[words_under(model, key)]
        holds += " *Only shown.*" if f"{model.__name__}.{key}" in SHOWN_ONLY else ""
        written = _written_as(schema["properties"][key])
        default = _default(key, schema)
        yield f"| `{key}` | {holds} | {written} | {default} | `{key}: {example}` |"
    yield ""


def _called(name: str) -> str:
    """A model as authors of procedures know it, where the code needs a longer name to tell it from others."""
    return {
        "AlertKind": "Kind",
        "FormSection": "Section",
        "OutsideRoute": "Referral",
        "Printing": "Edition",
        "TimeLimit": "Time limit",
    }.get(name, name)


def _schema_of(model: type[Definition]) -> Mapping[str, Any]:
    for whole in (procedure_schema(), form_schema()):
        if model.__name__ in whole["$defs"]:
            found: Mapping[str, Any] = whole["$defs"][model.__name__]
            return found
    return procedure_schema() if model is procedure.Procedure else form_schema()


def _default(key: str, schema: Mapping[str, Any]) -> str:
    if key in schema.get("required", ()):
        return "must be given"
    default = schema["properties"][key].get("default")
    match default:
        case None | {} | []:
            return "left out"
        case bool():
            return f"`{str(default).lower()}`"
        case dict():
            return "as its own defaults"
        case list():
            return f"`[{', '.join(default)}]`"
        case _:
            return f"`{default}`"


def _written_as(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return "who" if name == "Who" else f"keys of {_called(name)}"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_written_as(way) for way in schema["anyOf"]))
    words = schema.get("enum") or [schema[key] for key in ("const",) if key in schema]
    if words:
        return "one of " * (len(words) > 1) + ", ".join(f"`{word}`" for word in words)
    return _by_type(schema)


def _by_type(schema: Mapping[str, Any]) -> str:
    match schema.get("type"):
        case "array":
            return f"list of {_written_as(schema['items'])}"
        case "object" if "properties" in schema:
            return "keys " + ", ".join(f"`{key}`" for key in schema["properties"])
        case "object":
            inner = next(iter(schema.get("patternProperties", {}).values()), None)
            return f"ids, each with {_written_as(inner or schema['additionalProperties'])}"
        case "boolean":
            return "true or false"
        case "integer":
            return "whole number"
        case _:
            return _text(schema)


def _text(schema: Mapping[str, Any]) -> str:
    if schema.get("title") == "Clock":
        return "clock, with its unit"
    if schema.get("format") == "date":
        return "day"
    if schema.get("title") == "Case type":
        return "case type"
    pattern = str(schema.get("pattern", ""))
    return "id" if pattern.startswith("^[a-z]") else "text"
