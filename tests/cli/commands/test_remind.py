"""`practice-alerts remind`: for cron, and harmless however often it is called."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from practice_alerts.cli import main
from practice_alerts.cli.support.context import World
from tests.helpers.days import moment
from tests.helpers.product.run_command import refused, said

pytestmark = pytest.mark.usefixtures("lambeth_alone")


def at(when: str) -> str:
    world = World(clock=lambda: moment(when))
    result = CliRunner().invoke(main, ["remind"], obj=world, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.usefixtures("sample_office")
def test_it_writes_what_is_due_and_nothing_a_second_time(rows: Callable[..., list[int]]) -> None:
    climbing = "council = 'lambeth' AND is_open AND stage IS NOT NULL"
    (officers,) = rows(f"SELECT count(DISTINCT officer_id) FROM alerts WHERE {climbing}")  # noqa: S608 - ours
    assert officers > 1
    first = re.fullmatch(r"Wrote (\d+) reminders? and (\d+) morning messages?\.\n", said("remind"))
    assert first is not None
    assert int(first[1]) > 0
    (messages,) = rows("SELECT count(*) FROM outbox WHERE notice IN ('digest', 'news')")
    (readers,) = rows(
        "SELECT count(DISTINCT person_id) FROM outbox WHERE notice IN ('digest', 'news')"
    )
    assert int(first[2]) == messages == readers
    own = f"SELECT officer_id FROM alerts WHERE {climbing}"  # noqa: S608 - ours
    written = "SELECT count(DISTINCT person_id) FROM outbox WHERE notice = 'digest'"
    assert rows(f"{written} AND person_id IN ({own})") == [officers]
    assert said("remind") == "Wrote 0 reminders and 0 morning messages.\n"


@pytest.mark.usefixtures("sample_office")
def test_before_seven_and_at_the_weekend_it_writes_nothing() -> None:
    assert at("Mon 2026-06-15 06:59").startswith("It is not seven o'clock in London yet")
    assert at("Sun 2026-06-14 12:00") == "Wrote 0 reminders and 0 morning messages.\n"


def test_without_a_database_it_says_what_to_do(data: Path) -> None:
    assert "There is no database in" in refused("remind")
    assert not data.exists()
