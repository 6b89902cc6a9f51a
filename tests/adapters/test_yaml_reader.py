"""Two libraries read the councils' files, and nobody can tell which of them did."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice_alerts import ROOT
from practice_alerts.adapters.yaml_reader import carefully, quickly, read_yaml

FILES = sorted(
    path for room in ("procedures", "form_templates") for path in (ROOT / room).rglob("*.yml")
)
LINES = tuple(line for path in FILES for line in path.read_text("utf-8").splitlines())

SIGNS = (
    *("a", "x y", "1", "1.5", "2020-01-01", "true", "~", "null", "é", "\U0001f600", "\u00a0"),
    *("\n", "\n  ", "\n    ", " ", "\r\n", "\r", "\t", "\u2028", "\x85"),
    *("- ", "-\n", "? ", ": ", ":", "b: ", ", ", "{", "}", "[", "]", "http://x", "1:2"),
    *('"', "'", "#", " #", "|\n", ">\n", ">-\n", "|2\n", "|#", "\\n", "\\/", "\\"),
    *("&a ", "*a", "!t ", "!", "%", "%YAML 1.1\n", "@", "`", "---", "--- ", "...", "...\n", "<<"),
)


def texts() -> st.SearchStrategy[str]:
    """Signs of YAML in any order, and lines of real files with such signs put into them."""
    some_signs = st.lists(st.sampled_from(SIGNS), max_size=14).map("".join)
    start = st.integers(0, len(LINES) - 1)
    real = st.builds(lambda first, number: LINES[first : first + number], start, st.integers(1, 6))
    bent = st.builds(
        lambda lines, place, sign: "\n".join(lines)[:place] + sign + "\n".join(lines)[place:],
        real,
        st.integers(0, 120),
        st.sampled_from(SIGNS),
    )
    return some_signs | bent


@given(texts())
@settings(max_examples=1500, deadline=None)
def test_what_is_read_quickly_is_read_as_if_it_were_read_carefully(text: str) -> None:
    quick = quickly(text)
    assert quick is None or quick == carefully(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_councils_file_is_read_quickly_and_as_carefully(path: Path) -> None:
    text = path.read_text("utf-8")
    quick = quickly(text)
    assert quick is not None
    assert quick == carefully(text)


@pytest.mark.parametrize(
    "line", ["a:\tb", "a: >\n \n  b", "a: >#c\n  b", "a: b\u2028c", "a: b\n...\n"]
)
def test_where_the_two_read_differently_the_careful_one_reads(line: str) -> None:
    assert quickly(line) is None
    assert read_yaml(line.encode()) == carefully(line)


def test_a_file_with_windows_line_ends_is_read_quickly_too() -> None:
    text = re.sub("\n", "\r\n", FILES[0].read_text("utf-8"))
    quick = quickly(text)
    assert quick is not None
    assert quick == carefully(text)


def test_what_is_wrong_is_told_by_the_careful_one() -> None:
    assert quickly("a: &anchor b") is None
    assert quickly("a: [b") is None
    assert quickly("a: b\na: c") is None
