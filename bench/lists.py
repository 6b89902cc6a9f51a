"""Work tray, search, service, overview and one alert, in a store of 100,000 alerts against one of 1,000.

The pages run as Streamlit runs them, all that they ask of the store and the log included. One alert in ten is
open, and an officer holds some 250 open ones, so that the first page of the tray is full.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from streamlit.testing.v1 import AppTest  # noqa: TID251 - the pages are run as Streamlit runs them

from bench.turns import Row, milliseconds, timed, times
from practice_alerts import ROOT
from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.casework.views import work_tray
from practice_alerts.ui.page import session
from tests.helpers.alerts.large_store import many_alerts
from tests.helpers.product.office import Desk

MANY, FEW = 100_000, 1_000
ROUNDS = 7
PATIENCE = 60  # seconds
OFFICER, MANAGER = "iro-01", "boss"
REFERENCE = "LAM-2024-10040"
"""One of the alerts that stand in both stores."""

# Streamlit warns at every run that there is no browser.
WARNS = "streamlit.runtime.scriptrunner_utils.script_run_context"


def measure() -> list[Row]:
    """Each page and each search, many alerts and few in turns."""
    logging.getLogger(WARNS).addFilter(lambda _: False)
    with TemporaryDirectory() as folder:
        desks = [many_alerts(Path(folder) / str(number), number) for number in (MANY, FEW)]
        works = [_works(desk) for desk in desks]
        taken = [
            {what: [timed(turns[what]) for turns in works] for what in works[0]}
            for _ in range(ROUNDS)
        ]
        for desk in desks:
            desk.office.database.close()
    return [_row(what, [one[what] for one in taken]) for what in taken[0]]


def _row(what: str, taken: list[list[float]]) -> Row:
    many, few = (median(column) for column in zip(*taken, strict=True))
    note = f"{milliseconds(many)} to {milliseconds(few)}"
    return Row(f"{what}, {MANY:,} alerts: to {FEW:,}", times(many / few), note)


def _works(desk: Desk) -> dict[str, Callable[[], object]]:
    manager = desk.actor(MANAGER)
    return {
        "Work tray of an officer": page_of(desk, OFFICER, "work_tray"),
        "Work tray, the whole service's": page_of(desk, MANAGER, "work_tray", whose="service"),
        "Service view": page_of(desk, MANAGER, "service"),
        "Board": page_of(desk, MANAGER, "board"),
        "One alert": page_of(desk, MANAGER, "alert", reference=REFERENCE),
        "Search of the whole service by words": lambda: work_tray.search(
            desk.office, manager, "review 12"
        ),
        "Search of the whole service by a person": lambda: work_tray.search(
            desk.office, manager, "Manager-07"
        ),
        "Search of the whole service, closed ones too": lambda: work_tray.search(
            desk.office, manager, "foster home", closed=True
        ),
    }


def session_of(desk: Desk, who: str) -> str:
    """Signed in: what stands in the cookie."""
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link(who))
    assert isinstance(entered, Entered)
    return entered.session_token


def page_of(desk: Desk, who: str, page: str, **query: str) -> Callable[[], object]:
    """A run of the page for this person, opened and drawn once already."""
    token = session_of(desk, who)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)

    def run() -> None:
        looked_up = session.signed_in
        session.use(desk.office)
        session.signed_in = lambda: desk.office.sign_in.look_up(token)
        try:
            app.run()
        finally:
            session.signed_in = looked_up
        assert not app.exception

    run()
    app.switch_page(f"pages/{page}.py")
    for name, value in query.items():
        app.query_params[name] = value
    run()
    assert app.get("html"), "the page is not shown"
    return run
