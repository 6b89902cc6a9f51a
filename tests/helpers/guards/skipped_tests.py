"""Says in the closing lines which tests did not run, and why; in CI that is a failure.

With several workers (pytest-xdist) each says what it left out, and the run's first process adds it up.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

_COUNTS = "practice_alerts_left_out"


@dataclass(frozen=True)
class Need:
    """A program that tests of one mark cannot do without."""

    found: str | None
    otherwise: str  # ends the sentence "7 browser tests, because ..."


@dataclass(eq=False)  # pytest keeps plug-ins in sets
class LeftOut:
    """A pytest plug-in. `needs` is by mark."""

    needs: Mapping[str, Need]
    is_a_failure: bool
    counts: Counter[str] = field(default_factory=Counter)
    skipped: list[str] = field(default_factory=list)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        left_out = {item: mark for item in items if (mark := self._lacks(item))}
        self.counts.update(left_out.values())
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=list(left_out))

    def _lacks(self, item: pytest.Item) -> str | None:
        return next(
            (m for m, need in self.needs.items() if not need.found and item.get_closest_marker(m)),
            None,
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped:
            self.skipped.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.skipped.append(report.nodeid)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Every worker collects every test, so the counts of one are those of all."""
        self.counts |= Counter(getattr(node, "workeroutput", {}).get(_COUNTS, {}))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[_COUNTS] = dict(self.counts)
        if self.is_a_failure and (self.counts or self.skipped) and not session.exitstatus:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for mark, count in self.counts.items():
            tests = "test" if count == 1 else "tests"
            line = f"LEFT OUT: {count} {mark} {tests}, because {self.needs[mark].otherwise}"
            terminalreporter.write_line(line, red=True, bold=True)
        for name in self.skipped:
            terminalreporter.write_line(f"SKIPPED: {name}", red=True, bold=True)
        if self.is_a_failure and (self.counts or self.skipped):
            terminalreporter.write_line(
                "This run FAILS: PRACTICE_ALERTS_CI=1 wants every test.", red=True, bold=True
            )
