"""A council's own pattern: what fits it, and that no answer is held against it for long."""

import re
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_alerts.domain.forms.answer_pattern import fits, is_in_time

PATTERNS = (
    "[0-9]{7}",
    "([01]?[0-9]|2[0-3]):[0-5][0-9]",
    "[A-Z]-[0-9]+",
    "a|ab",
    r"\w+ \d{2,4}",
    "[^ ]+(-[^ ]+)*",
    "(?i)s-?[0-9]{1,6}",
)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text("aAb0123456789:- Ss\n\u0663é", max_size=9))
def test_it_fits_what_pythons_own_engine_says_it_does(pattern: str, text: str) -> None:
    assert is_in_time(pattern)
    assert fits(pattern, text) is (re.fullmatch(pattern, text) is not None)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("([a-z]+)+[0-9]", "a" * 300),
        ("(a|a)*b", "a" * 300),
        ("(a|aa)+!", "a" * 20_000),
        (r"\s*\s*\s*\s*x", " " * 5_000),
    ],
)
def test_no_answer_keeps_it(pattern: str, text: str) -> None:
    began = thread_time()
    assert not fits(pattern, text)
    assert thread_time() - began < 2


@pytest.mark.parametrize(
    "pattern", ["(?=.*[0-9])[a-z0-9]+", "(?<!a)b", r"([a-z])\1", "(a{1,1000}){1,1000}"]
)
def test_what_cannot_be_read_so_is_told_and_goes_on_in_editions_that_have_it(pattern: str) -> None:
    assert not is_in_time(pattern)
    for text in ("a1", "b", "aa", "ab"):
        assert fits(pattern, text) is (re.fullmatch(pattern, text) is not None)
