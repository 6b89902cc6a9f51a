"""The page on the format and the schemas: current, complete, and every example of them loads."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.adapters.files.procedures import CouncilFiles, load_edition
from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.casework.jobs.check_files import offers
from practice_alerts.domain.checks import RULES
from practice_alerts.domain.definition import Definition
from practice_alerts.domain.errors import BadDefinition
from practice_alerts.domain.files.replay import differences
from practice_alerts.domain.files.schema import (
    form_schema,
    keys_at,
    notices_schema,
    procedure_schema,
)
from practice_alerts.domain.files.worked_cases import (
    EXPECTED,
    CaseEvent,
    WorkedCase,
    problems_in_case,
)
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.product.run_command import give, said
from tools.docs import cases
from tools.docs.reference import WORDS, described, keys_of, words_under

DOCS = ROOT / "docs"
SCHEMAS = {"procedure": procedure_schema(), "notices": notices_schema()}
"""By the name of the file; every other is a form."""
TODAY = day("Sat 2026-11-21")
MAIN = "procedures/sampleford/procedure.yml"
FORM = "form_templates/sampleford/practice_alert.yml"
EXAMPLES = "procedures/sampleford/examples.yml"


@cache
def page() -> str:
    return (DOCS / "procedure-format.md").read_text("utf-8")


@cache
def blocks() -> tuple[str, ...]:
    """The YAML of the walk, in order; without the line that is for editors alone."""
    walk = page().partition("## A procedure from nothing")[2]
    return tuple(re.findall(r"^```yaml\n(.*?)^```", walk, re.MULTILINE | re.DOTALL))


def by_key(block: str) -> dict[str, str]:
    """Each top-level key with its lines."""
    parts = re.split(r"^(?=[a-z_]+:)", block, flags=re.MULTILINE)
    return {part.partition(":")[0]: part for part in parts if not part.startswith("#")}


def named(name: str) -> str:
    return next(block for block in blocks() if block.startswith(f"# {name}\n"))


def walked(steps: int) -> CouncilFiles:
    """Sampleford after so many steps: each block's keys take the place of those before."""
    keys: dict[str, str] = {}
    for block in [
        one for one in blocks() if not one.startswith(("# form", "# procedures/sampleford/ex"))
    ][:steps]:
        keys |= by_key(block)
    return load_edition({MAIN: "".join(keys.values()).encode(), FORM: named(FORM).encode()})


STEPS = 8
LAW_IN, CASES_IN, PAGE_IN, FORM_IN = 5, 7, 8, 9
"""The sections that bring law as the document prints it, and more than rules."""


def in_state(root: Path, state: int) -> None:
    """Sampleford as the page has it after its section of that number, its commands given."""
    rules = [one for one in blocks() if not one.startswith(("# form", f"# {EXAMPLES}"))]
    keys: dict[str, str] = {}
    for block in rules[: min(state, STEPS - 2) if state < PAGE_IN else state - 1]:
        keys |= by_key(block)
    folder, forms = root / "procedures/sampleford", root / "form_templates/sampleford"
    folder.mkdir(parents=True)
    (folder / "procedure.yml").write_text("".join(keys.values()), "utf-8")
    if state >= CASES_IN:
        (folder / "examples.yml").write_text(named(EXAMPLES), "utf-8")
    if state >= PAGE_IN:
        (written,) = re.findall(r"^```markdown\n(.*?)^```", page(), re.MULTILINE | re.DOTALL)
        (folder / "10-purpose.md").write_text(written, "utf-8")
    if state >= FORM_IN:
        forms.mkdir(parents=True)
        (forms / "practice_alert.yml").write_text(named(FORM), "utf-8")
        said("--procedures", str(folder.parent), "templates", "new", "sampleford/practice_alert")


@pytest.mark.parametrize("state", range(1, FORM_IN + 1))
def test_each_state_of_the_page_passes_the_check_as_it_is_printed(
    tmp_path: Path, state: int
) -> None:
    in_state(tmp_path, state)
    result = give("check", str(tmp_path / "procedures"), "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0, result.stdout
    assert found["faults"] == []
    told = {one["rule"] for one in found["findings"] if one["answered_by"] is None}
    no_form, law = (
        {"PA906"} if state < FORM_IN else set(),
        {"PA703"} if state >= LAW_IN else set(),
    )
    assert told == no_form | law


def test_the_command_that_works_a_case_out_is_given_as_it_is_printed(tmp_path: Path) -> None:
    in_state(tmp_path, FORM_IN)
    (printed,) = re.findall(r"`practice-alerts (example sampleford [^`]+)`", page())
    case = said("--procedures", str(tmp_path / "procedures"), *printed.split())
    assert "response_due: Mon 2025-03-10" in case


@pytest.mark.parametrize("name", IDS)
def test_every_name_that_a_document_is_filled_with_stands_on_the_page(name: str) -> None:
    files = council(name)
    tags = page().partition("#### What a Word template may name")[2].partition("### 10.")[0]
    named_there = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", tags))))
    for form in files.forms:
        asked = {field.id for field in files.forms[form].fields()}
        assert offers(files, form, TODAY) - asked <= named_there


def test_the_sections_of_the_page_stand_in_the_order_in_which_they_are_walked() -> None:
    walk = page().partition("## A procedure from nothing")[2].partition("## What is checked")[0]
    numbers = [int(number) for number in re.findall(r"^### (\d+)\. ", walk, re.MULTILINE)]
    assert numbers == list(range(1, FORM_IN + 2))
    assert walk.index("### 7. Worked") < walk.index("### 8. The manual") < walk.index("### 9. The")


def test_the_walk_has_no_step_that_is_not_loaded() -> None:
    assert len(blocks()) == STEPS + 2
    assert walked(STEPS).procedure.kinds["concern"].form == "practice_alert"


@pytest.mark.parametrize("key", sorted({key for _, key, _ in described()}))
def test_every_key_is_met_on_the_walk(key: str) -> None:
    walk = page().partition("## What stays out")[0]
    assert re.search(rf"\b{re.escape(key)}\b", walk)


def test_what_stays_out_says_what_to_write_instead() -> None:
    section = page().partition("## What stays out")[2].partition("## What is checked")[0]
    rows = [line.split("|")[1:-1] for line in section.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10
    assert all(one.strip() for row in rows for one in row)


def test_the_worked_cases_of_the_page_come_out_as_told() -> None:
    calendar = england(today=TODAY)
    for written in read_yaml(named(EXAMPLES).encode()).value:
        told = WorkedCase.model_validate(written)
        assert differences(told, walked(STEPS).procedure, calendar) == ()


def test_the_faults_on_the_page_are_what_is_said_of_that_slip() -> None:
    slip = (
        named(MAIN).replace("label: Stage One", "lable: Stage One").replace("5 working", "5 wrking")
    )
    with pytest.raises(BadDefinition) as refused:
        load_edition({MAIN: slip.encode()})
    assert f"```text\n{refused.value}\n```" in page()


def test_every_key_of_every_model_has_its_words_and_no_words_are_left_over() -> None:
    used = {name for _, _, name in described()}
    assert used == set(WORDS)


def test_every_key_of_the_schemas_stands_in_the_reference() -> None:
    listed = {(model.__name__, key) for model, key, _ in described()}
    for schema in (procedure_schema(), form_schema()):
        for name, definition in schema["$defs"].items():
            if name not in {"Who", "Timed"}:
                assert {(name, key) for key in definition.get("properties", {})} <= listed


@pytest.mark.parametrize(
    ("model", "key", "name"),
    list(described()),
    ids=[f"{m.__name__}.{k}" for m, k, _ in described()],
)
def test_the_example_of_a_key_is_a_value_it_takes(
    model: type[Definition], key: str, name: str
) -> None:
    written = read_yaml(f"{key}: {WORDS[name][1]}".encode())
    assert written.problems == []
    fields = zip(keys_of(model), model.model_fields.values(), strict=True)
    needed = {
        word: read_yaml(f"{word}: {WORDS[words_under(model, word)][1]}".encode()).value[word]
        for word, field in fields
        if field.is_required()
    }
    beside: dict[str, dict[str, str]] = {
        "FormField.fields": {"type": "group"},
        "Law.as_printed": {"id": "cafcass-referral"},
    }
    told = {**needed, **beside.get(name, {}), **written.value}
    assert model.model_validate(told).model_fields_set


def test_every_rule_of_the_linter_stands_on_the_page() -> None:
    assert re.findall(r"^\| (PA\d+) \|", page(), re.MULTILINE) == list(RULES)


def test_every_key_of_a_worked_case_stands_on_the_page() -> None:
    assert list(cases.OF_CASE) == list(WorkedCase.model_fields)
    assert list(cases.OF_STORY) == list(CaseEvent.model_fields)
    assert list(cases.OF_EXPECT) == list(EXPECTED)


@pytest.mark.parametrize("key", cases.OF_CASE)
def test_the_example_of_a_key_of_a_case_is_a_value_it_takes(key: str) -> None:
    whole = ", ".join(
        f"{name}: {cases.OF_CASE[name][1]}"
        for name in dict.fromkeys(["name", "story", "expect", key])
    )
    assert problems_in_case(read_yaml(f"{{{whole}}}".encode()).value, 0) == ()


@pytest.mark.parametrize("key", cases.OF_STORY)
def test_the_example_of_a_key_of_a_story_is_a_value_it_takes(key: str) -> None:
    rows = cases.OF_STORY
    line = ", ".join(f"{name}: {rows[name][1]}" for name in dict.fromkeys(["on", "do", key]))
    assert key in CaseEvent.model_validate(read_yaml(f"{{{line}}}".encode()).value).model_fields_set


def read_as_json(content: bytes) -> Any:
    return json.loads(json.dumps(read_yaml(content).value, default=str))


@pytest.mark.parametrize("name", IDS)
def test_the_five_are_valid_by_the_schemas_that_editors_use(name: str) -> None:
    for path, content in council(name).texts.items():
        if path.endswith(".yml"):
            schema = SCHEMAS.get(Path(path).stem, form_schema())
            errors = jsonschema.Draft202012Validator(schema).iter_errors(read_as_json(content))
            assert [error.message for error in errors] == []


@pytest.mark.parametrize("schema", [*SCHEMAS.values(), form_schema()])
def test_a_schema_is_itself_valid_and_refuses_unknown_keys(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert not jsonschema.Draft202012Validator(schema).is_valid({"titel": "x"})


def test_the_keys_at_a_place_are_found_through_every_way_to_write_it() -> None:
    schema = procedure_schema()
    assert "answer" in keys_at(schema, ("ladders", "main", "stages", 0))
    assert "role" in keys_at(
        schema, ("ladders", "main", "stages", 0, "answer", "from", "any_of", 1)
    )
    assert keys_at(schema, ("title",)) == ()
