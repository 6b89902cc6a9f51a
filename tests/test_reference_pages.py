"""Every command, option and setting stands on its page, and nothing on the page is made up."""

import importlib
import re
from collections.abc import Iterator

import click

from practice_alerts import ROOT
from practice_alerts.adapters.single_sign_on.council_sign_on import SIGN_ON, SIGN_ON_PARTS

OF_THE_TESTS = {"PRACTICE_ALERTS_CI", "PRACTICE_ALERTS_TEST_STORE"}


def commands(
    command: click.Command, words: str = "practice-alerts"
) -> Iterator[tuple[str, click.Command]]:
    """Each command with the words that call it, groups included."""
    yield words, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from commands(inner, f"{words} {name}")


def main() -> click.Command:
    found = importlib.import_module("practice_alerts.cli").main
    assert isinstance(found, click.Command)
    return found


def section(page: str, words: str) -> str:
    """What stands between the heading of a command and the next heading."""
    found = re.search(rf"^#+ `{re.escape(words)}`$(.*?)(?=^#+ |\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def test_each_command_has_a_heading_with_all_its_options_below() -> None:
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    for words, command in commands(main()):
        text = section(page, words)
        assert text, f"docs/commands.md has no heading `{words}`"
        options = {long for one in command.params for long in one.opts if long.startswith("--")}
        assert {one for one in options if f"`{one}" not in text} == set(), words


def test_no_command_on_the_page_is_made_up() -> None:
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    headings = set(re.findall(r"^#+ `(practice-alerts.*)`$", page, re.MULTILINE))
    assert headings == {words for words, _ in commands(main())}


def test_each_command_says_what_it_does() -> None:
    assert [words for words, command in commands(main()) if not command.help] == []


def test_each_setting_stands_on_its_page_and_each_on_the_page_is_read() -> None:
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    code = "\n".join(path.read_text("utf-8") for path in ROOT.glob("practice_alerts/**/*.py"))
    listed = set(re.findall(r"PRACTICE_ALERTS_[A-Z_]+[A-Z]", page)) - OF_THE_TESTS
    spelled = set(re.findall(r"PRACTICE_ALERTS_[A-Z_]+[A-Z]", code))
    folders = set(re.findall(r'(?<!\w)folder\("(\w+)"', code))
    of_councils = {f"{SIGN_ON}COUNCIL_{part}" for part in SIGN_ON_PARTS}
    spelled = spelled - {SIGN_ON.rstrip("_")} | of_councils
    assert listed == spelled | {f"PRACTICE_ALERTS_{name.upper()}" for name in folders}
