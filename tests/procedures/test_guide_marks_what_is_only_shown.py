"""Where the guide prints a key that nothing else goes by, it says so: behind it, or above the part it stands in."""

import re
from collections.abc import Iterator
from difflib import ndiff
from functools import cache

import pytest

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.domain.files.shown_only import SHOWN_ONLY
from practice_alerts.domain.guide.parts.only_shown import all_only_shown, only_shown
from tests.helpers.stories.bent_keys import KEYS
from tests.helpers.stories.tarnbrook import bent, files_as_written, guide_of, read
from tests.procedures.test_every_key_acts import NAMES

_BEHIND, _ABOVE = 'class="tag only-shown"', 'class="aside only-shown"'


@cache
def _as_written() -> tuple[tuple[str, str], ...]:
    return tuple(_parts(read(*files_as_written())))


def _parts(files: CouncilFiles) -> Iterator[tuple[str, str]]:
    """Each part of the guide below a heading, with the headings it stands under."""
    above: list[tuple[int, str]] = []
    for part in re.split(r"^(?=#{1,4} )", guide_of(files), flags=re.MULTILINE):
        head = part.split("\n", 1)[0]
        level = len(head) - len(head.lstrip("#"))
        above = [*(one for one in above if one[0] < level), (level, part)]
        yield "\n".join(one for _, one in above[:-1]), part


@pytest.mark.parametrize("key", [key for key in SHOWN_ONLY if key not in NAMES])
def test_what_is_only_shown_is_marked_where_it_is_printed(key: str) -> None:
    bend = KEYS[key]
    new = list(_parts(bent((bend.path, bend.value, bend.form))))
    before = {part for _, part in _as_written()}
    changed = [(above, part) for above, part in new if part not in before]
    old = {part.split("\n", 1)[0]: part for _, part in _as_written()}
    assert changed
    for above, part in changed:
        if _ABOVE in above or _ABOVE in part:
            continue
        was = old.get(part.split("\n", 1)[0], "")
        lines = [line for line in ndiff(was.splitlines(), part.splitlines()) if line[:1] in "+-"]
        assert any(_BEHIND in line or _ABOVE in line for line in lines), lines


def test_a_key_that_acts_bears_no_mark() -> None:
    assert only_shown("Law.now") == ""
    assert all_only_shown("the law.", "Law.as_printed") == ""
    assert only_shown("Stage.what", "Stage.label") == ""
