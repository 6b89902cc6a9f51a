"""An answer given as a browser gives it: Streamlit runs again only the piece of the page that holds the field.

Streamlit's own way of running a page without a browser always runs the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from streamlit.runtime.scriptrunner import RerunData  # noqa: TID251 - runs the app
from streamlit.runtime.scriptrunner_utils.script_requests import (  # noqa: TID251 - runs the app
    ScriptRequests,
)
from streamlit.testing.v1 import AppTest  # noqa: TID251 - runs the app
from streamlit.testing.v1.local_script_runner import LocalScriptRunner  # noqa: TID251 - runs the app


@dataclass
class Run:
    """What one answer set off: whether the whole page ran, and the server's seconds from first to last."""

    whole: int = 0
    pieces: int = 0
    seconds: float = 0


def answer(app: AppTest, widget: Any) -> Run:
    """Run what a browser would have run for a widget whose value has just been set."""
    known = app.session_state._state._state._new_widget_state.widget_metadata
    fragment = known[widget.id].fragment_id
    drawn = app._tree
    with _as_from_a_browser(fragment) as run:
        app.run()
    if not run.whole:
        app._tree = drawn  # a piece alone tells nothing of the rest, which stands as it was
        drawn._runner = app
    return run


def whole(app: AppTest) -> Run:
    """Run the whole page, as for a button at its end."""
    with _as_from_a_browser(None) as run:
        app.run()
    return run


@contextmanager
def _as_from_a_browser(fragment: str | None) -> Iterator[Run]:
    run = Run()
    ask, work = LocalScriptRunner.request_rerun, LocalScriptRunner._run_script
    reset = _counting(run)

    def asked(self: LocalScriptRunner, data: RerunData) -> bool:
        self._requests = ScriptRequests()  # it begins with a wish for the whole page
        return ask(self, replace(data, fragment_id=fragment) if fragment else data)

    def worked(self: LocalScriptRunner, data: RerunData) -> None:
        self.on_event.connect(reset, weak=False)
        began = perf_counter()
        work(self, data)
        run.seconds += perf_counter() - began

    LocalScriptRunner.request_rerun, LocalScriptRunner._run_script = asked, worked  # type: ignore[method-assign,assignment]
    try:
        yield run
    finally:
        LocalScriptRunner.request_rerun, LocalScriptRunner._run_script = ask, work  # type: ignore[method-assign]


def _counting(run: Run) -> Any:
    def started(_sender: Any, event: Any, **told: Any) -> None:
        if event.name == "SCRIPT_STARTED":
            if told.get("fragment_ids_this_run"):
                run.pieces += 1
            else:
                run.whole += 1

    return started
