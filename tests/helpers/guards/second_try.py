"""A test that drives several programs and failed is tried once more, alone, and named in the closing lines when it then passes.

A plug-in for a run of everything: `pytest -p tests.helpers.guards.second_try`. Two workers, a type check and other
Pythons share the machine with the browser and what it looks at, and whether a commit is sound does not depend on which of them was quick.
What fails twice, or fails anywhere else, has failed; what passed only the second time is a fault of the test or of the
screen all the same, and is to be looked into.
"""

import subprocess
import sys

import pytest

_MOST = 5  # more than so many are not chance
_SEVERAL_PROGRAMS = (
    "tests/browser/",
    "tests/stories/test_several_processes.py",
    "tests/stories/test_two_hosts.py",
    "tests/stories/test_everybody_at_work.py",
)


class SecondTry:
    def __init__(self) -> None:
        self.unsteady: list[str] = []

    @pytest.hookimpl(tryfirst=True)  # before those who fail a run that would otherwise have passed
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        config = session.config
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        if hasattr(config, "workeroutput") or reporter is None:
            return
        failed = [*reporter.stats.get("failed", ()), *reporter.stats.get("error", ())]
        names = sorted({report.nodeid for report in failed})
        # Whoever else fails a run, for what the tests left out, adds to the count.
        only_these = session.testsfailed == len(failed) and session.exitstatus == 1
        by_chance = all("::" in name and name.startswith(_SEVERAL_PROGRAMS) for name in names)
        if not (names and only_these and by_chance and len(names) <= _MOST):
            return
        again = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *names]
        if subprocess.run(again, cwd=config.rootpath, check=False).returncode == 0:
            self.unsteady = names
            session.exitstatus = pytest.ExitCode.OK

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for name in self.unsteady:
            line = f"UNSTEADY: {name} failed, and passed when tried alone."
            terminalreporter.write_line(line, red=True, bold=True)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(SecondTry(), "a second try")
