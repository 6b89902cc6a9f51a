"""A process that ended, however it did, is known to have ended; one that runs is not."""

import subprocess
import sys
from pathlib import Path

from practice_alerts import ROOT
from practice_alerts.adapters.processes import ProcessNames

NAMES_ITSELF = """
import sys
from pathlib import Path
from practice_alerts.adapters.processes import ProcessNames
names = ProcessNames(Path(sys.argv[1]))
print(names.name, flush=True)
sys.stdin.read()
"""


def test_one_that_was_killed_has_ended_and_one_that_runs_has_not(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", NAMES_ITSELF, str(tmp_path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        name = other.stdout.readline().strip()
        assert not ProcessNames(tmp_path).has_ended(name)
        other.kill()
        other.wait()
    assert ProcessNames(tmp_path).has_ended(name)
    after = ProcessNames(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == [name]
    its_name = after.name
    assert [one.name for one in tmp_path.iterdir()] == [its_name], "what was left is cleared up"
    assert not after.has_ended(its_name)


def test_of_one_elsewhere_nothing_is_known(tmp_path: Path) -> None:
    assert not ProcessNames(tmp_path).has_ended("on another machine")
