"""`practice-alerts security-log`: entries to be shipped, and all that one account saw."""

import json
from pathlib import Path

import pytest

from practice_alerts.casework.views import alert_view, work_tray
from practice_alerts.cli.support.context import World
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.office import Office
from tests.helpers.product.run_command import NOW, give, refused, said

MARK = "Lanternfish"


@pytest.fixture
def office(sample_office: Path) -> Office:
    """In which somebody opened an alert and searched."""
    world = World(data=str(sample_office), clock=lambda: NOW)
    office = world.office(world.settings())
    alert_view.see(office, "sample-tm", "LAM-2026-0001")
    actor = Actor("sample-tm", "Toni Sample", "lambeth", frozenset({"team_manager"}))
    work_tray.search(office, actor, MARK)
    return office


def test_what_is_shipped_is_one_json_a_line_with_ids_alone(office: Office) -> None:
    rows = [json.loads(line) for line in said("security-log", "export").splitlines()]
    assert [row["id"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["kind"] for row in rows][-3:] == ["alert_opened", "searched", "exported"]
    assert {tuple(row) for row in rows} == {
        ("id", "at", "kind", "person_id", "council", "alert_id", "what", "digest")
    }
    everything = json.dumps(rows)
    assert MARK not in everything
    assert "LAM-2026" not in everything
    assert office.now() == NOW


def test_only_what_came_after_an_entry_or_since_a_day_is_shipped_again(office: Office) -> None:
    first = [json.loads(line) for line in said("security-log", "export").splitlines()]
    last = first[-1]["id"]
    more = said("security-log", "export", "--after", str(last)).splitlines()
    assert [json.loads(line)["id"] for line in more] == [last + 1]
    assert said("security-log", "export", "--since", "2026-06-16") == ""
    assert office.now() == NOW


def test_all_that_one_account_saw_is_one_command(office: Office) -> None:
    told = said("security-log", "seen", "sample-tm", "--since", "2026-06-15")
    assert "opened an alert" in told
    assert "LAM-2026-0001" in told
    assert MARK in told
    nothing = said("security-log", "seen", "sample-tm", "--since", "2026-06-16")
    assert nothing == "Toni Sample has seen nothing since then.\n"
    assert "Nobody in the directory" in refused(
        "security-log", "seen", "nobody", "--since", "2026-06-15"
    )
    assert give("security-log", "seen", "sample-tm").exit_code == 2
    assert office.now() == NOW
