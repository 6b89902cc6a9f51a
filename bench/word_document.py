"""One Word document: our template, kept compiled, against docxtpl used plainly, and the floor.

The floor is the work nobody can leave out: compressing the parts that changed and putting the
zip together. All three take turns in one run, so that a busy machine is busy for all of them.
"""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from bench.memory import peak_here
from bench.turns import Row, in_turns, milliseconds, timed, times
from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.adapters.documents.package import member, opened, zipped
from tests.helpers.sample_alert import alert

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "form_templates" / "lambeth" / "practice_alert.docx"
ROUNDS = 15
BATCH = {"ours": 1_000, "plain": 100}  # a thousand plain ones would take minutes
OURS_A_TURN, FLOOR_A_TURN = 10, 20


def measure() -> list[Row]:
    """Ours, docxtpl used plainly, and the floor."""
    context = alert()
    template = WordTemplate.read(TEMPLATE)
    plain, ours, floor = in_turns(
        ROUNDS,
        (lambda: _plainly(context), 1),
        (lambda: template.render(context), OURS_A_TURN),
        (_floor(template.render(context)), FLOOR_A_TURN),
    )
    reading = min(timed(lambda: WordTemplate.read(TEMPLATE)) for _ in range(3))
    ours_mb, plain_mb = _batch_memory("ours"), _batch_memory("plain")
    return [
        Row(
            "One Word document: plain docxtpl to ours",
            times(plain / ours),
            f"{milliseconds(plain)} to {milliseconds(ours)}",
        ),
        Row(
            "One Word document: ours to compressing and zipping alone",
            times(ours / floor),
            f"{milliseconds(ours)} to {milliseconds(floor)}",
        ),
        Row(
            "Reading a template, once: to one plain document",
            times(reading / plain),
            f"{milliseconds(reading)}, checks included",
        ),
        Row(
            "Memory of a process making a batch: plain docxtpl to ours",
            times(plain_mb / ours_mb),
            f"at its peak {plain_mb:.0f} MB for {BATCH['plain']}"
            f" to {ours_mb:.0f} MB for {BATCH['ours']:,}",
        ),
    ]


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
    return peak_here()


if __name__ == "__main__":
    print(_run_batch(sys.argv[1]))
