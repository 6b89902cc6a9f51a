"""The page on security names tests that are there, and every column of both logs has a purpose."""

import ast
import re

from practice_alerts import ROOT
from practice_alerts.domain.log.log_tables import TABLES
from tools.docs.data_protection import alert_log_columns, security_log_columns

TESTS = ROOT / "tests"


def test_every_test_that_the_page_names_is_there() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", (ROOT / "docs/security.md").read_text("utf-8"))
    assert len(named) > 30
    missing = [(file, test) for file, test in named if test not in _functions(file)]
    assert missing == []


def _functions(file: str) -> set[str]:
    if not (TESTS / file).exists():
        return set()
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_column_of_the_log_stands_there_once_in_each_table() -> None:
    page = alert_log_columns()
    for table in TABLES:
        for column in table.columns:
            assert page.count(f"| `{table.name}.{column.name}` |") == 1
    assert "QA lead" in page


def test_each_column_of_the_security_log_stands_there() -> None:
    page = security_log_columns()
    for name in ("at", "kind", "person_id", "alert_id", "what", "digest"):
        assert f"| `security_log.{name}` |" in page
    assert "| `security_typed.typed` |" in page
