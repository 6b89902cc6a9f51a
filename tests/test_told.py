"""Trouble of the storage is nobody's mistake: whoever catches what somebody asked for amiss spares it, without saying so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from practice_alerts import ROOT
from practice_alerts.domain.errors import Expected, StorageTrouble, ToldPlainly
from tests.test_house import PRODUCT

BOTH = {
    "practice_alerts/adapters/store/core/database.py": "what is told already is not told anew",
    "practice_alerts/adapters/store/office/security_rows.py": "the entry goes to the log of the process",
    "practice_alerts/casework/jobs/send_mail.py": "is no fault of the notice",
    "practice_alerts/casework/together/same_answer.py": "what was given to others before stays given",
    "practice_alerts/casework/upkeep/checks.py": "is what is looked for",
    "practice_alerts/cli/root.py": "one sentence and exit code 1",
    "practice_alerts/cli/support/drawing_process.py": "one sentence, and the process ends",
    "practice_alerts/cli/support/guide_build.py": "the guide from before is shown",
    "practice_alerts/ui/alert/act_form.py": "its sentence stands above the form, which keeps what was typed",
    "practice_alerts/ui/lists/let_go.py": "its sentence stands where it was pressed",
    "practice_alerts/ui/office/office_act.py": "its sentence stands above the form, which keeps what was typed",
    "practice_alerts/ui/office/undelivered_list.py": "its sentence stands where it was pressed",
    "practice_alerts/ui/raise_alert/wizard.py": "its sentence stands above the form, which keeps what was typed",
    "practice_alerts/web/pages/answer.py": "nothing can be kept, and the page cannot be read either",
}
"""Where both are caught in one, and what comes of it. Anywhere else trouble goes on to whoever answers it with 503."""


def handlers(path: Path) -> Iterator[tuple[ast.Try, ast.ExceptHandler, set[str]]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Try):
            for handler in node.handlers:
                named = ast.walk(handler.type) if handler.type else ()
                yield node, handler, {one.id for one in named if isinstance(one, ast.Name)}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def every(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    for one in kind.__subclasses__():
        yield one
        yield from every(one)


def test_it_stands_apart_in_the_hierarchy() -> None:
    assert issubclass(StorageTrouble, ToldPlainly)
    assert not issubclass(StorageTrouble, Expected)
    assert not [one for one in every(Expected) if issubclass(one, StorageTrouble)]


def test_who_catches_both_says_what_comes_of_it() -> None:
    found = {
        name(path)
        for path in PRODUCT
        for _, _, caught in handlers(path)
        if "ToldPlainly" in caught or caught >= {"Expected", "StorageTrouble"}
    }
    assert found == {*BOTH}


def test_nobody_has_to_spare_it_by_hand() -> None:
    """A handler that only raises it again would be forgotten at the next page."""
    again = [
        f"{name(path)}:{handler.lineno}"
        for path in PRODUCT
        for node, handler, caught in handlers(path)
        if caught == {"StorageTrouble"}
        and isinstance(handler.body[0], ast.Raise)
        and handler.body[0].exc is None
        and len(node.handlers) > 1
    ]
    assert again == []
