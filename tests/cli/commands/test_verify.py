"""`practice-alerts verify`: what somebody with the database file in their hands cannot hide."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.product.run_command import give, read, refused, said

Alter = Callable[..., None]


@pytest.fixture
def alter(sample_office: Path) -> Alter:
    """Change the database as nobody should: past the product, and past its guards."""

    def run(*statements: str) -> None:
        rows = sqlite3.connect(sample_office / "practice-alerts.db")
        guards = rows.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in guards:
            rows.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            rows.execute(statement)
        for _, guard in guards:  # put back, as nobody would see
            rows.execute(guard)
        rows.commit()
        rows.close()

    return run


def found_wrong(*words: str) -> Any:
    result = give("verify", *words, "--json")
    assert result.exit_code == 1
    return json.loads(result.stdout)


def test_a_sound_store_is_said_to_be_sound_with_the_head_to_write_down(
    rows: Callable[..., list[int]],
) -> None:
    (count,) = rows("SELECT count(*) FROM alerts")
    found = read("verify")
    assert found["broken"] == found["differences"] == []
    assert found["alerts"] == count > 5
    printed = said("verify").splitlines()
    assert printed == [
        f"{found['events']:,} events, each following from the one before.",
        f"{count:,} alerts, each as its events say.",
        f"Head: {found['head']}",
    ]


@pytest.mark.usefixtures("sample_office")
def test_a_head_written_down_before_is_found_again() -> None:
    found = read("verify")
    printed = said("verify", "--head", found["head"].upper())
    assert f"The head you noted is in the chain, at event {found['events']}." in printed


def test_events_cut_off_at_the_end_show_by_the_seals_and_by_the_head(alter: Alter) -> None:
    sound = read("verify")
    head, count = sound["head"], sound["events"]
    alter(
        "DELETE FROM outbox",
        "DELETE FROM payloads WHERE event_id = (SELECT max(id) FROM events)",
        "DELETE FROM events WHERE id = (SELECT max(id) FROM events)",
    )
    found = found_wrong()
    assert found["broken"] == []
    assert {"alert": "events", "says": f"events: event {count} was removed"} in [
        one | {"alert": "events"} for one in found["differences"]
    ]
    result = give("verify", "--head", head)
    assert result.exit_code == 1
    assert "The head you noted is NOT in the chain" in result.stdout


def test_an_event_taken_out_is_named(alter: Alter) -> None:
    alter("DELETE FROM payloads WHERE event_id = 3", "DELETE FROM events WHERE id = 3")
    broken = found_wrong()["broken"]
    assert {"event_id": 3, "says": "event 3 is missing"} in broken
    assert "Broken: event 3 is missing" in give("verify").stdout


def test_an_event_altered_is_named(alter: Alter) -> None:
    alter("UPDATE events SET at = '2020-01-01T00:00:00.000000+00:00' WHERE id = 2")
    says = [one["says"] for one in found_wrong()["broken"]]
    assert "event 2 does not follow from the one before it" in says


def test_what_was_typed_and_altered_afterwards_is_named(alter: Alter) -> None:
    alter("UPDATE payloads SET body = replace(body, 'Sample', 'Simple') WHERE event_id = 1")
    says = [one["says"] for one in found_wrong()["broken"]]
    assert says == ["what was typed in event 1 was altered"]


def test_what_was_typed_and_made_unreadable_is_told_and_not_stumbled_over(alter: Alter) -> None:
    alter("UPDATE payloads SET body = 'nothing' WHERE event_id = 1")
    found = found_wrong()
    assert [one["says"] for one in found["broken"]] == ["what was typed in event 1 was altered"]
    assert found["differences"][-1]["says"].startswith("its events cannot be read")


@pytest.mark.parametrize(
    ("column", "statement"),
    [
        ("stage", "UPDATE alerts SET stage = 'stage-6' WHERE reference = 'LAM-2026-0001'"),
        ("is_open", "UPDATE alerts SET is_open = 0 WHERE reference = 'LAM-2026-0001'"),
        (
            "response_due",
            "UPDATE alerts SET response_due = '2030-01-01' WHERE reference = 'LAM-2026-0001'",
        ),
        ("pile", "UPDATE alerts SET pile = 'no-ladder' WHERE reference = 'LAM-2026-0001'"),
        (
            "turns_at",
            "UPDATE alerts SET turns_at = '2030-01-01T00:00' WHERE reference = 'LAM-2026-0001'",
        ),
        (
            "escalate_by",
            "UPDATE alerts SET escalate_by = '2030-01-01' WHERE reference = 'LAM-2026-0001'",
        ),
    ],
)
def test_a_row_that_does_not_follow_from_its_events_is_named(
    alter: Alter, column: str, statement: str
) -> None:
    alter(statement)
    past, apart = found_wrong()["differences"]
    assert past["alert"] == apart["alert"] == "LAM-2026-0001"
    assert past["says"].startswith("alerts: row ")
    assert apart["says"] == f"its row differs from its events in: {column}"


def test_a_row_without_events_and_events_without_a_row_are_named(alter: Alter) -> None:
    alter(
        "PRAGMA foreign_keys = OFF", "UPDATE alerts SET id = 'x' WHERE reference = 'LAM-2026-0001'"
    )
    says = [one["says"] for one in found_wrong()["differences"]]
    assert says[-2:] == ["it has events and no row", "it has a row and no events"]


def test_a_payload_that_nobody_destroyed_is_missed_with_its_row_and_without(alter: Alter) -> None:
    alter(
        "DELETE FROM payloads WHERE event_id IN (SELECT events.id FROM events JOIN alerts"
        " ON alert_id = alerts.id WHERE reference = 'LAM-2026-0001')"
    )
    found = found_wrong()
    assert [one["says"] for one in found["differences"]] == [
        "what was typed was destroyed, but its row is still there"
    ]
    gone = [one["says"] for one in found["broken"]]
    assert len(gone) > 1
    assert all("is gone, and nobody destroyed it" in says for says in gone)
    alter("DELETE FROM alerts WHERE reference = 'LAM-2026-0001'")
    assert [one["says"] for one in found_wrong()["broken"]] == gone


def test_without_the_keys_it_says_what_is_not_proved_and_makes_none(
    data: Path, rows: Callable[..., list[int]]
) -> None:
    for key in (data / "keys").iterdir():
        key.unlink()
    found = found_wrong()
    assert found["alerts"] == rows("SELECT count(*) FROM alerts")[0]
    (told,) = found["differences"]
    assert told["says"] == "seals: those from seal 1 on were made with a key that is not here"
    assert list((data / "keys").iterdir()) == []


def test_what_is_no_head_is_told_what_one_looks_like() -> None:
    result = give("verify", "--head", "abc")
    assert result.exit_code == 2
    assert "a head is 64 characters" in result.stderr


def test_on_an_empty_folder_there_is_nothing_to_verify(data: Path) -> None:
    assert "There is no database in" in refused("verify")
    assert not data.exists()
