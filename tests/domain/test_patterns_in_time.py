"""What anybody may type is read in a time that grows as it does, and no faster: one answer would stop everybody's pages.

A pattern holds the whole process while it looks. Of n letters one that looks at each of them once is done in
microseconds; one that begins anew at each of them takes a tenth of a second for some thousand.
"""

from __future__ import annotations

import re
from importlib import import_module
from itertools import product
from pkgutil import walk_packages
from time import thread_time

import pytest

import practice_alerts
from practice_alerts.domain.forms import initials
from practice_alerts.domain.forms.initials import initials_in
from practice_alerts.domain.forms.may_name import may_name
from practice_alerts.domain.forms.names_in_text import what_identifies
from practice_alerts.domain.seeing.search_words import name_words, sought

LONG = 5_000  # letters
UNITS = ("a", "A", "_", "1", " ", "-", ".", ",", "'", "@", ":", "(", "<", "{", "[", "\n", "&", "é",
         "a ", "A ", "Aa ", "1 ", "1.", "a-", "A.", "a@", "1/", "1-", "1,", "A. ", "mon ", "may ", "a'")  # fmt: skip
FOLLOWED_BY = ("", "!", "\x01")
AT_MOST = 0.05  # seconds of a processor

OF_FILES = {
    "practice_alerts.adapters.documents.docx.as_printed._LINK",
    "practice_alerts.adapters.documents.docx.left_behind._TAG",
    "practice_alerts.adapters.documents.docx.safety._LEADS_OUT",
    "practice_alerts.adapters.documents.template.tag_positions.TAG",
    "practice_alerts.adapters.documents.template.tag_structure._MARKUP",
    "practice_alerts.adapters.documents.template.tag_words._HYPHEN",
    "practice_alerts.adapters.documents.template.tag_words._INSIDE",
    "practice_alerts.domain.files.faults._CLOCK_INSIDE",
    "practice_alerts.domain.files.named_posts._POST",
    "practice_alerts.domain.files.worked_cases._WHEN",
    "practice_alerts.domain.guide.pages.terms._LINK_OUT",
    "practice_alerts.domain.guide.pages.terms._REPOSITORY_ONLY",
}
"""They read what a council or we ourselves put into files, before anybody works with it."""


ELSEWHERE = (
    "practice_alerts.cli",
    "practice_alerts.ui",
    "practice_alerts.adapters.store.migrations",
)
"""Told what to do by us, or drawn by a library that begins when it is taken in."""


AT_ONE_PLACE = {
    "practice_alerts.adapters.store.engines.postgresql_dump._ENTRY",
    "practice_alerts.domain.directory.mail_address._ADDRESS",
    "practice_alerts.domain.directory.mail_address._IN_BRACKETS",
    "practice_alerts.domain.seeing.search_words._REFERENCE",
    "practice_alerts.domain.text._IS_NAME",
}
"""They are held against the beginning or the whole of a text, and never sought in it."""


def patterns() -> dict[str, re.Pattern[str]]:
    found: dict[re.Pattern[str], str] = {}
    for module in walk_packages(practice_alerts.__path__, "practice_alerts."):
        if module.name.startswith(ELSEWHERE) or "process" in module.name:
            continue
        for name, value in vars(import_module(module.name)).items():
            for one in value if isinstance(value, tuple | list) else (value,):
                if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                    found.setdefault(one, f"{module.name}.{name}")
    return {name: one for one, name in found.items()}


def is_slow(name: str, one: re.Pattern[str]) -> bool:
    """At one place, and all along where it is used so."""
    for unit, end in product(UNITS, FOLLOWED_BY):
        text = unit * (LONG // len(unit)) + end
        began = thread_time()
        one.fullmatch(text)
        one.match(text)
        for _ in () if name in AT_ONE_PLACE else one.finditer(text):
            pass
        if thread_time() - began > AT_MOST:
            return True
    return False


def test_no_text_that_is_typed_keeps_a_pattern_long() -> None:
    every = patterns()
    assert every.keys() >= OF_FILES | AT_ONE_PLACE
    slow = {name for name in every.keys() - OF_FILES if is_slow(name, every[name])}
    assert {name for name in slow if is_slow(name, every[name])} == set()


def test_initials_are_those_of_neighbours_and_of_the_ends_however_many_there_are() -> None:
    many = " ".join(f"{letter}x" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert [one for one in ("B.C.D.E.F.", "b c d e f", "AZ") if initials_in(one, [many]) == one] == [
        "B.C.D.E.F.", "b c d e f", "AZ"
    ]  # fmt: skip
    assert initials_in("AC", [many]) == ""
    kept = initials._initials_of(" ".join("A" * 2_000))
    assert max(map(len, kept)) == 5


@pytest.mark.parametrize("unit", ["A ", "a", "A. ", "O'", "Mac", "1 ", "12/03/2026 "])
def test_no_name_however_long_keeps_what_reads_it(unit: str) -> None:
    typed = unit * (20_000 // len(unit))
    for read in (
        lambda: what_identifies(typed, [typed, "Kit Sample"], [typed]),
        lambda: what_identifies("The plan drifts.", [typed]),
        lambda: name_words.__wrapped__(typed[:300]),
        lambda: sought(typed[:300]),
        lambda: may_name(typed, {"Team Manager"}),
    ):
        began = thread_time()
        read()
        assert thread_time() - began < 2
