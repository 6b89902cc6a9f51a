"""Whoever lost a post, a cover or a child's alerts while they waited for others to write is obeyed no more."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts import raise_alert
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.actors import writing_as
from practice_alerts.casework.directory import post_holders, staff
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, another_system
from practice_alerts.domain.errors import NotPossible
from tests.helpers.product.office import Desk, open_desk

OLA = Actor("", "Ola Sample", "*", COMMAND_LINE.posts)
CASEWORK = ROOT / "practice_alerts" / "casework"
MEANWHILE = "has changed while this was sent"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


HAD: dict[str, tuple[Callable[[Actor], Actor], bool]] = {
    "what they hold": (lambda by: by, True),
    "less than they hold now": (lambda by: replace(by, posts=frozenset()), True),
    "a post that is over": (lambda by: replace(by, posts=by.posts | {"qa_lead"}), False),
    "a cover that is over": (lambda by: replace(by, covers_for=frozenset({"other_iro"})), False),
    "a post of somebody covered": (lambda by: replace(by, covered_posts=frozenset({"iro"})), False),
    "another council": (lambda by: replace(by, council="merton"), False),
    "nobody's name": (lambda by: replace(by, id="nobody"), False),
    "a command": (lambda _: OLA, True),
    "another system": (lambda _: another_system("lambeth", "SCIM of Lambeth"), True),
}


@pytest.mark.parametrize("had", HAD)
def test_what_an_act_was_judged_by_is_still_held_when_it_is_written(desk: Desk, had: str) -> None:
    made, holds = HAD[had]
    by = made(desk.actor("manager"))
    if holds:
        with writing_as(desk.office, by) as tx:
            assert directory.person(tx, "manager")
        return
    with pytest.raises(NotPossible, match=MEANWHILE), writing_as(desk.office, by):
        pytest.fail("it was carried out")


def test_an_act_on_an_alert(desk: Desk) -> None:
    found = desk.raised()
    held = desk.doing("iro", found)
    staff.leave(desk.office, OLA, "iro")
    with pytest.raises(NotPossible, match=MEANWHILE):
        VERBS[Act.NOTE](desk.office, found.id, {"text": "Seen."}, held)
    with pytest.raises(NotPossible, match=MEANWHILE):
        raise_alert.raise_alert(desk.office, desk.raising(), replace(held, act_key="another"))
    assert desk.see("boss", found).known.alert.version == found.alert.version


def test_an_act_on_the_directory(desk: Desk) -> None:
    """An administrator who is let go while they press gives nobody a post any more."""
    desk.give("administrator", "worker")
    held, post = (
        desk.actor("worker"),
        PostGiven("lambeth", "team_manager", "Sample Team West", desk.office.today),
    )
    staff.leave(desk.office, OLA, "worker")
    with pytest.raises(NotPossible, match=MEANWHILE):
        post_holders.give_post(desk.office, held, "manager", post)


def as_somebody(function: ast.FunctionDef) -> bool:
    """Is it told by whom?"""
    kinds = {ast.unparse(one.annotation) for one in function.args.args if one.annotation}
    return bool(kinds & {"Actor", "Doing"})


def test_whatever_is_done_as_somebody_is_written_as_them() -> None:
    wrong, right = [], 0
    for path in sorted(CASEWORK.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and as_somebody(function):
                text = ast.unparse(function)
                right += "writing_as(" in text
                if ".database.writing(" in text and function.name != "writing_as":
                    wrong.append(f"{path.relative_to(CASEWORK)}: {function.name}")
    assert wrong == []
    assert right >= 30
