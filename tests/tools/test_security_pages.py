"""The page on security names tests that are there, and every column of both logs has a purpose."""

import ast
import re
from collections.abc import Iterator

from practice_alerts import ROOT
from practice_alerts.domain.log.log_tables import TABLES
from tools.docs.data_protection import alert_log_columns, security_log_columns

TESTS = ROOT / "tests"


PAGE = (ROOT / "docs/security.md").read_text("utf-8")
NAMED = re.compile(r"`([\w/]+\.py)?(?:::(test_\w+))?`")
UNTRIED = {
    "V6 Authentication": "in part: what is missing is said, and signing in has a table of its own",
    "V15 Secure coding": "in part: by commands",
    "V17 WebRTC": "does not apply",
}


def _tests_of(row: str) -> Iterator[tuple[str, str]]:
    """Of a file that is named without a test all of them hold the row; `::test` is of the file before it."""
    file = ""
    for match in NAMED.finditer(row):
        file = match[1] or file
        if match[1] or match[2]:
            yield file, match[2] or ""


def test_every_test_that_the_page_names_is_there() -> None:
    named = [one for row in PAGE.splitlines() for one in _tests_of(row)]
    assert len(named) > 130
    missing = [
        (file, test)
        for file, test in named
        if not _functions(file) or test not in {"", *_functions(file)}
    ]
    assert missing == []


def test_every_row_of_what_could_be_tried_and_of_the_standard_names_one() -> None:
    rows = [
        row
        for part in PAGE.split("\n#")
        if "| test |" in part or "where it is tested" in part
        for row in part.splitlines()
        if row.startswith("| ") and not row.startswith(("| what is tried", "| chapter"))
    ]
    assert len(rows) > 100
    without = {row.split(" | ")[0].removeprefix("| ") for row in rows if not [*_tests_of(row)]}
    assert without == {*UNTRIED}


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
