"""Officers, managers and QA leads at one product at once, as `make load` plays them for longer and with more of them."""

from __future__ import annotations

from pathlib import Path

from bench.load.__main__ import played
from bench.load.store import Store
from bench.load.timings import Done, Draft, Page, Seen, table
from practice_alerts.casework.jobs import sync_log

ACTS = {"raised", "answered", "judged", "escalated"}
LONGEST = 120  # seconds, on a busy machine


def enough(seen: Seen) -> bool:
    """Something failed; or every kind of page was seen, and every act done at least once."""
    if seen.errors:
        return True
    return {one.event for one in seen.done} >= ACTS and all(seen.took[page] for page in Page)


def test_no_page_fails_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    _, seen, lost = played(Store(tmp_path / "data", 3), LONGEST, 0.05, idle=0, enough=enough)
    assert (seen.errors, lost) == ([], [])
    assert enough(seen), "it took too long"


def test_the_table_sets_a_busy_run_beside_an_idle_one() -> None:
    idle, busy = Seen(), Seen()
    idle.took[Page.TRAY], busy.took[Page.TRAY] = [0.1, 0.1], [0.2, 0.4, 0.2]
    *_, line = table(idle, busy)
    assert " ".join(line.split()) == "The work tray 100 100 200 380 2.0 3.8 3"


def test_what_was_acknowledged_and_is_not_there_is_told(tmp_path: Path) -> None:
    store, seen = Store(tmp_path / "data", 1), Seen()
    reference = store.desk.raised(who="officer-0").alert.reference
    seen.done += [
        Done(reference, "raised", "has not moved on"),
        Done(reference, "answered", "Soon"),
    ]
    seen.keep(Draft("officer-0", "never-kept", "No visit since March"))
    sync_log.catch_up(store.desk.office)
    assert store.missing(seen) == [f"lost: answered of {reference}", "lost: a draft of officer-0"]
