"""Definition files of a size or kind that nobody writes by hand: read, or refused, within seconds."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from practice_alerts.adapters.files.procedures import load_council
from practice_alerts.adapters.files.yaml_reader import MOST_BYTES, read_yaml
from practice_alerts.domain.errors import BadDefinition
from practice_alerts.domain.files.source_lines import MANY
from tests.helpers.files.small_council import PROCEDURE, write_council

LINES = 30_000


@pytest.mark.parametrize(
    "line",
    ["k%d: v", "k%d:", "k%d: *a", "k%d: &a v", "k%d: !!str v", "k%d: 2025-13-01", "k%d: “x”", "k: %d", "k%d: v #\t",
     'k%d: "a\tb"', "- v%d", "- [%d,\tv]"],
)  # fmt: skip
@pytest.mark.parametrize("first", ["", "#\t\n"])
def test_many_lines_take_no_more_time_each_than_few(line: str, first: str) -> None:
    text = first + "".join(f"{line.replace('%d', str(number))}\n" for number in range(LINES))
    began = time.process_time()
    written = read_yaml(text.encode()[:MOST_BYTES].rpartition(b"\n")[0])
    assert time.process_time() - began < 10
    assert written.lines or written.problems


def test_a_file_of_a_size_that_nobody_reads_is_refused_unread() -> None:
    began = time.process_time()
    written = read_yaml(b"#\t\n" + b"".join(b"k%d: v\n" % number for number in range(60_000)))
    ((line, problem),) = written.problems
    assert (line, problem.expected) == (1, "at most 500,000")
    assert time.process_time() - began < 1


def test_the_first_problems_keep_their_own_lines() -> None:
    written = read_yaml(b"".join(b"k%d:\n" % number for number in range(MANY * 2)))
    assert [line for line, _ in written.problems] == list(range(1, MANY * 2 + 1))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + "".join(f"k{number}: v\n" for number in range(LINES)),
        lambda text: text.replace(
            "roles:\n", "roles:\n" + "".join(f"  k{n}: {{}}\n" for n in range(LINES // 2)), 1
        ),
        lambda text: text.replace(
            "roles:\n", "roles:\n" + "".join(f"  k{n}: {{title: [1]}}\n" for n in range(9000)), 1
        ),
    ],
)
def test_a_council_with_thousands_of_faults_is_told_of_the_first(
    tmp_path: Path, spoil: Callable[[str], str]
) -> None:
    folder = write_council(tmp_path, spoil(PROCEDURE))
    began = time.process_time()
    with pytest.raises(BadDefinition) as refused:
        load_council(folder, tmp_path / "form_templates")
    assert 500 <= len(refused.value.faults) <= 1_200
    assert time.process_time() - began < 30
