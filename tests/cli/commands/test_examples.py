"""The examples of docs/commands.md that need no office are run as they stand."""

import re
import shlex
from doctest import ELLIPSIS, OutputChecker

import pytest

from practice_alerts import ROOT
from tests.helpers.product.run_command import give

PAGE = (ROOT / "docs/commands.md").read_text("utf-8")
BLOCKS = "".join(re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
EXAMPLES = dict(re.findall(r"^\$ practice-alerts (.*)\n((?:(?!\$ ).*\n)*)", BLOCKS, re.MULTILINE))
WITHOUT_AN_OFFICE = [
    words
    for words in EXAMPLES
    if words.startswith(("due ", "ladder ", "example ", "check --explain "))
]


@pytest.mark.parametrize("words", WITHOUT_AN_OFFICE)
def test_an_example_says_what_the_page_says(words: str) -> None:
    result = give(*shlex.split(words))
    assert OutputChecker().check_output(EXAMPLES[words], result.output, ELLIPSIS), result.output


def test_each_command_that_needs_no_office_has_an_example() -> None:
    shown = {words.split()[0] for words in WITHOUT_AN_OFFICE}
    assert shown == {"due", "ladder", "example", "check"}
    assert len(WITHOUT_AN_OFFICE) >= 7
