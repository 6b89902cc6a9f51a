"""What stands in a council's file, and what is refused with its line."""

import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice_alerts import ROOT
from practice_alerts.adapters.files.yaml_reader import read_yaml
from tests.helpers.days import day

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
def test_every_text_is_read_or_refused_with_a_line_that_is_in_it(text: str) -> None:
    read = read_yaml(text.encode())
    last = len(re.split("\r\n?|\n", text))
    assert all(1 <= line <= last for line, _ in read.problems)
    assert all(problem.found and problem.expected for _, problem in read.problems)
    assert read.problems or read.value is not None


def test_without_libyaml_nothing_starts_and_what_to_do_is_said() -> None:
    start = "import sys; sys.modules['yaml._yaml'] = None; import practice_alerts.office"
    told = subprocess.run(
        [sys.executable, "-c", start], capture_output=True, text=True, check=False
    )
    assert "PyYAML lacks libyaml here. Install one of its wheels" in told.stderr
    assert told.returncode == 1


def test_a_file_with_windows_line_ends_is_read_alike() -> None:
    content = FILES[0].read_bytes()
    assert read_yaml(content.replace(b"\n", b"\r\n")) == read_yaml(content)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("010", 10),
        ("0o10", "0o10"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("+3", 3),
        ("1:30", "1:30"),
        ("1.50", 1.5),
        (".5", ".5"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("on", "on"),
        ("n", "n"),
        ("2021-02-18", day("Thu 2021-02-18")),
        ("2021-2-18", "2021-2-18"),
        ("2021-02-18 10:00", "2021-02-18 10:00"),
        ("'010'", "010"),
        ('"true"', "true"),
        ("'~'", "~"),
        ("''", ""),
        ("http://x", "http://x"),
        ("<<", "<<"),
        ("a\n  b", "a b"),
        ("'a\n\n  b'", "a\nb"),
        ("|\n  a\n   b\n", "a\n b\n"),
        (">-\n  a\n  b\n", "a b"),
        ("|\n\n  a\n", "\na\n"),
        ('"\\u00e9\\n"', "é\n"),
        ("[a, b: c]", ["a", {"b": "c"}]),
        ("{b: 1, c: {}}", {"b": 1, "c": {}}),
        ("{says: 'six stages, make 24'}", {"says": "six stages, make 24"}),
        ("b # not part of it", "b"),
        ("b#c", "b#c"),
        ("Zoë 🙂", "Zoë 🙂"),
    ],
)
def test_what_a_value_is_read_as(written: str, value: Any) -> None:
    read = read_yaml(f"a: {written}".encode())
    assert read.value == {"a": value}
    assert type(read.value["a"]) is type(value)
    assert read.problems == []


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("a: 1\nb: c: d\n", 2, "mapping values are not allowed in this context at ':'"),
        ("a: 1\nb: @x\n", 2, "character that cannot start any token at '@'"),
        ("a: 1\nb: %x\n", 2, "character that cannot start any token at '%'"),
        ('a: 1\nb: "x" y\n', 2, "did not find expected key at 'y'"),
        ("a:\n    b: 1\n   c: 2\n", 3, "did not find expected key at 'c'"),
        ("a: 1\nb: 'x\nc: 2\n\n", 2, "unexpected end of stream"),
        ("a: 1\nb: [x,\nc\n", 2, "did not find expected ',' or ']'"),
        ("a: {b: c\nd: e\n", 2, "did not find expected ',' or '}' at ':'"),
        ("- a\nb: c\n", 2, "did not find expected '-' indicator at 'b'"),
        ("a: 1\nb: [x", 2, "did not find expected ',' or ']'"),
        ("a: b\n...\nc: d\n", 3, "did not find expected <document start> at 'c'"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line_and_the_sign(
    text: str, line: int, found: str
) -> None:
    ((at, problem),) = read_yaml(text.encode()).problems
    assert (at, problem.found) == (line, f"YAML that cannot be read ({found})")
    assert problem.hint == "or put the text in quotes"


@pytest.mark.parametrize("text", ["a: {<<: *b}", "<<: *b", "a: &b c", "*b : c"])
def test_nothing_is_merged_and_no_alias_followed(text: str) -> None:
    ((_, problem), *_) = read_yaml(text.encode()).problems
    assert problem.found in ("the alias *b", "the anchor &b")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb:\tc\n", 2),
        ("a: 1\nb: c\td\n", 2),
        ("a: 1\nb: c\t\n", 2),
        ("a: 1\nb: c\t# d\n", 2),
        ("a: 1\n\t# d\n", 2),
        ("a: 1\n\t\nb: 2\n", 2),
        ("a:\n-\tb\n", 2),
        ("a:\n\tb: 2\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: [b,\n c\td]\n", 2),
        ("a: |\n\tb\n", 2),
    ],
)
def test_a_tab_is_refused_with_its_line(text: str, line: int) -> None:
    ((at, problem),) = read_yaml(text.encode()).problems
    assert (at, problem.hint) == (line, "replace the tab by spaces")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 'b\tc'", "b\tc"),
        ("a: |\n  b\tc\n", "b\tc\n"),
        ("a: |\n  b\n  \tc\n", "b\n\tc\n"),
        ("a: b #\tc", "b"),
        ("a: [b,\n\tc]", ["b", "c"]),
    ],
)
def test_a_tab_in_quotes_in_a_remark_or_between_brackets_does_no_harm(
    text: str, value: object
) -> None:
    read = read_yaml(text.encode())
    assert (read.value, read.problems) == ({"a": value}, [])


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_that_is_none_in_yaml_is_refused_with_its_line(sign: str) -> None:
    ((line, problem),) = read_yaml(f"a: 1\nb: 'c{sign}d'\n".encode()).problems
    assert (line, problem.found) == (2, f"the odd line end {sign!r}")
