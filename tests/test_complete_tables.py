"""A made-up act, event or relation stops the start until every table has a row for it; and there are no other tables."""

import ast
import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import pytest
from streamlit.testing.v1 import AppTest  # noqa: TID251 - it runs the app

from practice_alerts import ROOT
from practice_alerts.domain.acts import act_rows, act_shape
from practice_alerts.domain.acts.act_rows import ACTS, Act
from practice_alerts.domain.acts.act_shape import Relation
from practice_alerts.domain.alert import events
from practice_alerts.domain.definition import Definition

CODE = sorted(
    [*ROOT.glob("practice_alerts/**/*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("app.py")]
)


class Mislaid(Definition):
    """An event that there is not."""

    kind: Literal["mislaid"] = "mislaid"
    stage: str = "stage-1"
    reason: str = "Nobody knows where."


def started_anew(module: ModuleType | str) -> ModuleType:
    """The module as it would come into being now, beside the one that is there."""
    name = module if isinstance(module, str) else module.__name__
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    importlib.import_module(name)  # dataclasses look their module up by its name
    spec.loader.exec_module(made)
    return made


def with_one_more(enum: type[StrEnum], name: str, value: str) -> Any:
    every = [*((one.name, one.value) for one in enum), (name, value)]
    return StrEnum(enum.__name__, every)


def test_an_act_without_a_row_stops_the_start() -> None:
    path = Path(str(act_rows.__file__))
    last = '    REOPEN = "reopen"\n'
    source = path.read_text("utf-8")
    assert last in source
    new = source.replace(last, f'{last}    MISLAY = "mislay"\n')
    with pytest.raises(TypeError, match=r"missing \[<Act\.MISLAY: 'mislay'>\]"):
        exec(compile(new, path, "exec"), {"__name__": act_rows.__name__})  # noqa: S102 - our own file


def test_what_has_no_row_is_left_out_by_name() -> None:
    path = Path(str(act_rows.__file__))
    gone = path.read_text("utf-8").replace("Act.SEE, Act.FROM_PAPER)", "Act.FROM_PAPER)")
    with pytest.raises(TypeError, match=r"missing \[<Act\.SEE: 'see'>\]"):
        exec(compile(gone, path, "exec"), {"__name__": act_rows.__name__})  # noqa: S102 - our own file


WITH_ONE_MORE_ACT = """
import importlib
import streamlit as st
from tests.test_complete_tables import ACTS, Act, act_rows, started_anew, with_one_more
importlib.import_module({table!r})
act_rows.ACTS = {{**ACTS, with_one_more(Act, "MISLAY", "mislay").MISLAY: ACTS[Act.NOTE]}}
try:
    started_anew({table!r})
except TypeError as fault:
    st.text(str(fault))
"""


@pytest.mark.parametrize(
    "table", ["practice_alerts.casework.acts.by_act", "practice_alerts.ui.alert.act_form"]
)
def test_an_act_without_a_decision_or_a_form_on_the_screen_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    """As a page, since the app's modules can be loaded inside Streamlit alone."""
    monkeypatch.setattr(act_rows, "ACTS", ACTS)  # and put back afterwards
    page = AppTest.from_string(WITH_ONE_MORE_ACT.format(table=table), default_timeout=60).run()
    assert ["missing [<Act.MISLAY: 'mislay'>]" in one.value for one in page.text] == [True]


def test_an_act_whose_form_asks_what_its_event_does_not_keep_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sealed = replace(ACTS[Act.NOTE], needs={"text": act_shape.TEXT, "seal": act_shape.TEXT})
    monkeypatch.setattr(act_rows, "ACTS", {**ACTS, Act.NOTE: sealed})
    with pytest.raises(TypeError, match=r"missing .*Noted"):
        started_anew("practice_alerts.domain.acts.act_answers")


def test_an_event_that_no_act_makes_and_that_the_log_has_no_word_for_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(events, "EVENTS", (*events.EVENTS, Mislaid))
    with pytest.raises(TypeError, match=r"missing .*Mislaid"):
        started_anew("practice_alerts.domain.log.event_rows")


def test_a_relation_that_nobody_can_be_found_to_have_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(act_shape, "Relation", with_one_more(Relation, "GODPARENT", "godparent"))
    with pytest.raises(TypeError, match=r"missing \[<Relation\.GODPARENT: 'godparent'>\]"):
        started_anew("practice_alerts.domain.acts.permissions")


# ------------------------------------------------------------------------------------- no other table

_WORDS = {*map(str, Act), *map(events.kind_of, events.EVENTS)}
_CLASSES = {one.__name__ for one in events.EVENTS}
ELSEWHERE = {
    "KINDS": "the names of notices, some of which are called as an event is",
    "PLACEHOLDERS": "what e-mails may name, of which one is called as an act is",
}


def tables_in(tree: ast.Module) -> Iterator[str]:
    """What each dict by acts or events is given to that is not checked to be complete."""
    checked = {
        id(inner)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == "complete"
        for inner in ast.walk(call)
    }
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Return | ast.Expr):
            for table in ast.walk(statement):
                if isinstance(table, ast.Dict) and id(table) not in checked and by_acts(table):
                    yield ast.unparse(_given_to(statement))


def _given_to(statement: ast.Assign | ast.AnnAssign | ast.Return | ast.Expr) -> ast.AST:
    if isinstance(statement, ast.AnnAssign):
        return statement.target
    return statement.targets[0] if isinstance(statement, ast.Assign) else statement


def by_acts(table: ast.Dict) -> bool:
    """Is one of its keys an act or the class of an event, or are three of them words for these?"""
    names = [key for key in table.keys if key is not None]
    words = [one for one in names if isinstance(one, ast.Constant) and one.value in _WORDS]
    return len(words) > 2 or any(is_member(ast.unparse(one)) for one in names)


def is_member(name: str) -> bool:
    owner, _, last = name.rpartition(".")
    return last in _CLASSES or (owner.rpartition(".")[2] == "Act" and last in Act.__members__)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("_OF = {Act.NOTE: 1}", ["_OF"]),
        ("_OF: dict[type, int] = {events.Noted: 1}", ["_OF"]),
        ("_OF = {'note': 1, 'held': 2, 'agree-date': 3}", ["_OF"]),
        ("def of(act):\n    return {permissions.Act.NOTE: 1}[act]", ["return {permissions.Act.NOTE: 1}[act]"]),
        ("_OF = complete(Act, {Act.NOTE: 1})", []),
        ("_OF = {'note': 1, 'held': 2, 'else': 3}", []),
    ],
)  # fmt: skip
def test_a_table_beside_the_complete_ones_is_found(code: str, found: list[str]) -> None:
    assert list(tables_in(ast.parse(code))) == found


def test_nothing_else_is_kept_by_act_or_by_event() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {table}"
        for path in CODE
        for table in tables_in(ast.parse(path.read_text("utf-8")))
    }
    assert {one.partition(": ")[2] for one in found} == set(ELSEWHERE), found
