"""`practice-alerts calendar`: a council's own closures."""

import pytest

from tests.helpers.product.run_command import read, refused, said

pytestmark = pytest.mark.usefixtures("lambeth_alone")


@pytest.mark.usefixtures("sample_office")
def test_a_day_shortly_ahead_waits_for_an_administrator_and_moves_nothing() -> None:
    before = read("verify")["events"]
    words = ("calendar", "close", "lambeth", "2026-06-16", "--to", "2026-06-17")
    assert said(*words, "--reason", "Flood").splitlines() == [
        "To be confirmed by an administrator: 2 days of lambeth: Flood",
        "  Tuesday 16 June 2026",
        "  Wednesday 17 June 2026",
    ]
    assert read("calendar", "list", "lambeth") == []
    assert said("calendar", "list", "lambeth").count("Flood (waits to be confirmed)") == 2
    after = read("verify")
    assert (after["events"], after["broken"]) == (before, [])


@pytest.mark.usefixtures("real_office")
def test_days_are_closed_listed_and_reopened() -> None:
    assert said("calendar", "list", "lambeth") == "No closure is put down for lambeth\n"
    words = ("calendar", "close", "lambeth", "2026-12-24", "--to", "2026-12-29")
    printed = said(*words, "--reason", "Christmas")
    assert printed.splitlines() == [
        "Closed 2 days of lambeth: Christmas",
        "  Thursday 24 December 2026",
        "  Tuesday 29 December 2026",
    ]
    assert read("calendar", "list", "lambeth") == [
        {"day": "2026-12-24", "reason": "Christmas"},
        {"day": "2026-12-29", "reason": "Christmas"},
    ]
    printed = said("calendar", "reopen", "lambeth", "2026-12-29")
    assert printed == "Tuesday 29 December 2026 counts again, lambeth\n"
    assert "Thursday 24 December 2026" in said("calendar", "list", "lambeth")


@pytest.mark.usefixtures("real_office")
def test_a_closed_day_is_skipped_by_the_clocks_of_the_command_line_too() -> None:
    said("calendar", "close", "lambeth", "2026-12-01", "--reason", "Election")
    words = ("due", "1 working day", "--from", "2026-11-30", "--council", "lambeth")
    assert said(*words).startswith("Wednesday 2 December 2026")


@pytest.mark.usefixtures("real_office")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("close", "lambeth", "2026-06-20", "--reason", "Snow"), "Saturday"),
        (("close", "lambeth", "2026-06-16", "--reason", " "), "say it in one line"),
        (("close", "nowhere", "2026-06-16", "--reason", "Snow"), "no council of that name"),
        (("reopen", "lambeth", "2026-06-16"), "No closure is put down for Tuesday 16 June 2026"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(words: tuple[str, ...], sentence: str) -> None:
    assert sentence in refused("calendar", *words)
