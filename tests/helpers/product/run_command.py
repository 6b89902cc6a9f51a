"""Give a command as an administrator would, in this process, at a fixed time."""

import json
from typing import Any

from click.testing import CliRunner, Result

from practice_alerts.cli import main
from practice_alerts.cli.support.context import World
from tests.helpers.days import moment

NOW = moment("Mon 2026-06-15 10:00")


def give(*words: str) -> Result:
    """Run `practice-alerts WORDS`. An error that nobody expected goes on to the test."""
    world = World(clock=lambda: NOW)
    return CliRunner().invoke(
        main, words, obj=world, prog_name="practice-alerts", catch_exceptions=False
    )


def said(*words: str) -> str:
    """What a command that must go well says."""
    result = give(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def read(*words: str) -> Any:
    """The same for a program to read."""
    return json.loads(said(*words, "--json"))


def refused(*words: str) -> str:
    """The one sentence with which a command ends that a person has to mend."""
    result = give(*words)
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.stderr
    return result.stderr.strip()
