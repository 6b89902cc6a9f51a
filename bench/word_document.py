"""One Word document: our template, kept compiled, against docxtpl used plainly, and the floor.

The floor is the work nobody can leave out: compressing the parts that changed and putting the
zip together. All three take turns in one run, so that a busy machine is busy for all of them.
"""

import io
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from docxtpl import DocxTemplate

from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.adapters.documents.package import member, opened, zipped
from tests.helpers.sample_alert import alert

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "form_templates" / "lambeth" / "practice_alert.docx"
ROUNDS = 15
BATCH = {"ours": 1_000, "plain": 100}  # a thousand plain ones would take minutes
OURS_A_TURN, FLOOR_A_TURN = 10, 20


def measure() -> list[tuple[str, float, str]]:
    """Return (what, ratio, note) rows."""
    context = alert()
    template = WordTemplate.read(TEMPLATE)
    plain, ours, floor = _in_turns(
        (lambda: _plainly(context), 1),
        (lambda: template.render(context), OURS_A_TURN),
        (_floor(template.render(context)), FLOOR_A_TURN),
    )
    reading = min(_timed(lambda: WordTemplate.read(TEMPLATE), 1) for _ in range(3))
    ours_mb, plain_mb = _batch_memory("ours"), _batch_memory("plain")
    return [
        (
            "one Word document, plain docxtpl to ours",
            plain / ours,
            f"{plain * 1e3:.1f} ms to {ours * 1e3:.2f} ms",
        ),
        (
            "one Word document, ours to the floor",
            ours / floor,
            f"{ours * 1e3:.2f} ms to {floor * 1e3:.2f} ms, compressing and zipping alone",
        ),
        (
            "reading a template once, to one plain document",
            reading / plain,
            f"{reading * 1e3:.0f} ms, checks included",
        ),
        (
            "memory of a process making a batch, plain docxtpl to ours",
            plain_mb / ours_mb,
            f"at its peak {plain_mb:.0f} MB for {BATCH['plain']} to {ours_mb:.0f} MB for {BATCH['ours']:,}",
        ),
    ]


def _in_turns(*turns: tuple[Callable[[], object], int]) -> list[float]:
    times: list[list[float]] = [[] for _ in turns]
    for _ in range(ROUNDS):
        for (work, times_a_turn), kept in zip(turns, times, strict=True):
            kept.append(_timed(work, times_a_turn))
    return [median(kept) for kept in times]


def _timed(work: Callable[[], object], times: int) -> float:
    began = perf_counter()
    for _ in range(times):
        work()
    return (perf_counter() - began) / times


def _plainly(context: dict[str, Any]) -> bytes:
    document = DocxTemplate(str(TEMPLATE))
    document.render(context)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _floor(docx: bytes) -> Callable[[], bytes]:
    before = {each.name: each for each in opened(TEMPLATE.read_bytes())}
    after = opened(docx)
    parts = [(each, None if each == before[each.name] else each.data()) for each in after]

    def compress_and_zip() -> bytes:
        return zipped(kept if new is None else member(kept.name, new) for kept, new in parts)

    assert compress_and_zip() == docx
    return compress_and_zip


def _batch_memory(way: str) -> float:
    """Return the megabytes that a process of its own needs at its peak."""
    command = [sys.executable, "-m", "bench.word_document", way]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _run_batch(way: str) -> float:
    context = alert()
    render = WordTemplate.read(TEMPLATE).render if way == "ours" else _plainly
    for _ in range(BATCH[way]):
        render(context)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:]:
        print(_run_batch(sys.argv[1]))
    else:
        for what, ratio, note in measure():
            print(f"{ratio:8.1f}  {what} ({note})")
