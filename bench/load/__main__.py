"""`make load`: everybody at work at once for some minutes, beside the idle run on the same machine.

make load                            fifty officers, twenty managers, twenty QA leads, ten minutes
make load PEOPLE=10 MINUTES=1        as many officers as said, and two managers and two leads for each five
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic

from bench.load.people import Day, Person
from bench.load.store import Store
from bench.load.timings import Page, Seen, ratio, table

THINKS = 20.0  # seconds from one page to the next
IDLE_THINKS, IDLE = 0.2, 20.0  # seconds: one person after the other, each so long
Enough = Callable[[Seen], bool]
AIMS = {Page.TRAY: 8, Page.ANSWER: 3}
"""At most so many times as long as in the idle run, at ninety-five in a hundred."""


def main() -> None:
    """Exit 1 where an act is lost or a page failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.load")
    parser.add_argument("--people", type=int, default=50, help="officers")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--think", type=float, default=THINKS, help="seconds from page to page")
    parser.add_argument("--processes", type=int, default=1, help="as serve has it")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        options = ("--processes", str(given.processes))
        store = Store(Path(folder) / "data", given.people, options)
        idle, busy, lost = played(store, given.minutes * 60, given.think)
    said = f"{given.people} officers for {given.minutes:g} minutes, {given.think:g} s to think"
    print(f"{said}, {given.processes} processes.")
    print("\n".join(table(idle, busy)))
    print(f"{busy.pages / given.minutes / 60:.1f} pages and answers a second.", _aims(idle, busy))
    print(f"{len(busy.errors)} errors, {len(busy.done)} acts acknowledged, {len(lost)} lost.")
    for line in (*busy.errors[:20], *lost[:20]):
        print(f"  {line}")
    sys.exit(bool(busy.errors or lost))


def _aims(idle: Seen, busy: Seen) -> str:
    return " ".join(
        f"{page}: {ratio(page, idle, busy):.1f} times idle at p95, {most} at most is the aim."
        for page, most in AIMS.items()
        if busy.took[page] and idle.took[page]
    )


def never(_: Seen) -> bool:
    return False


def played(
    store: Store, length: float, thinks: float, idle: float = IDLE, enough: Enough = never
) -> tuple[Seen, Seen, list[str]]:
    """What was seen of an idle product, then of a busy one; and what was acknowledged and is not there."""
    quiet = Day("", store.link, store.asking, IDLE_THINKS)
    officers, managers, leads = store.at_work(quiet)
    store.product.start()
    try:
        quiet.origin = store.product.origin
        first: tuple[Person, ...] = (officers[0], managers[0], officers[0], leads[0])
        for one in first:
            _at_once([one], idle, never)
        day = replace(quiet, thinks=thinks, over=Event(), seen=Seen(quiet.seen.errors))
        everybody: tuple[Person, ...] = (*officers, *managers, *leads)
        for one in everybody:
            one.day = day
        _at_once(everybody, length, enough)
        lost = store.missing(quiet.seen) + store.missing(day.seen)
    finally:
        store.product.stop()
    return quiet.seen, day.seen, lost


def _at_once(people: Sequence[Person], length: float, enough: Enough) -> None:
    """Until so many seconds are over, or enough was seen."""
    day, until = people[0].day, monotonic() + length
    day.over.clear()
    threads = [Thread(target=one.work, daemon=True) for one in people]
    for one in threads:
        one.start()
    while monotonic() < until and not enough(day.seen):
        day.over.wait(0.1)
    day.over.set()
    for one in threads:
        one.join()


if __name__ == "__main__":
    main()
