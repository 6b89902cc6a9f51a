"""Counts which lines and branches of the rules the tests take, and fails where that is less than was reached.

A plug-in for a run of everything: `pytest -p tests.helpers.guards.branches`. The rules are `domain` and `casework`: a
branch there that no test takes is a rule that nobody has checked. Each process counts what it imports, a tenth slower
for it; tracing, which was done before, took twice the time.
"""

import importlib.machinery
import json
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

import pytest

FLOOR = 98.0  # per cent of lines and branches together
_FOLDERS = ("practice_alerts/domain", "practice_alerts/casework")
_PACKAGES = tuple(folder.replace("/", ".") for folder in _FOLDERS)
_COUNTED = "practice_alerts_branches"  # under which a worker hands over what it counted


class _Rules:
    """A finder of modules that lets SlipCover put its counters into those of the rules."""

    def __init__(self) -> None:
        # Imported this late, because pytest wants to rewrite the asserts of its plug-ins' packages before.
        from slipcover import Slipcover
        from slipcover.importer import SlipcoverLoader

        self.counter = Slipcover(
            branch=True, source=list(_FOLDERS), exclude_also=[r"assert_never\("]
        )
        self._loader = SlipcoverLoader

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if not name.startswith(_PACKAGES):
            return None
        found = PathFinder.find_spec(name, path, target)
        if found and isinstance(found.loader, importlib.machinery.SourceFileLoader):
            found.loader = self._loader(self.counter, found.loader, found.origin)
        return found


class Branches:
    """What one process counted; in a run's first process, with what its workers did."""

    def __init__(self, rules: _Rules) -> None:
        self._rules = rules
        self._of_workers: list[dict[str, Any]] = []
        self._total: dict[str, Any] = {}

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        if counted := getattr(node, "workeroutput", {}).get(_COUNTED):
            self._of_workers.append(json.loads(counted))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[None]:
        ended = yield
        counted = self._rules.counter.get_coverage()
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[_COUNTED] = json.dumps(counted)
            return ended
        from slipcover import merge_coverage

        for other in self._of_workers:
            merge_coverage(counted, other)
        self._total = counted
        if self._taken < FLOOR:
            session.testsfailed += 1
        return ended

    @property
    def _taken(self) -> float:
        return float(self._total["summary"]["percent_covered"])

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self._total:
            return
        from slipcover import print_coverage

        print_coverage(self._total, outfile=terminalreporter, skip_covered=True, missing_width=60)
        enough = "" if self._taken >= FLOOR else f", which is less than {FLOOR:g}"
        terminalreporter.write_line(
            f"The tests take {self._taken:.2f} % of the lines and branches of the rules{enough}."
        )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    already = [name for name in sys.modules if name.startswith(_PACKAGES)]
    if already:
        raise pytest.UsageError(f"imported before it could be counted: {', '.join(already)}")
    rules = _Rules()
    sys.meta_path.insert(0, rules)
    early_config.pluginmanager.register(Branches(rules), "branches of the rules")
