"""One Word document of each template: ours, kept compiled, against docxtpl used plainly, and the floor.

The floor is the work nobody can leave out: compressing the parts that changed and putting the
zip together. All three take turns in one run, so that a busy machine is busy for all of them.
"""

from collections.abc import Callable, Iterator
from statistics import median

from bench.turns import Row, in_turns, milliseconds, timed, times
from bench.word_templates import Template, plainly, templates
from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.adapters.documents.docx.package import member, opened, zipped

ROUNDS = 9
OURS_A_TURN, FLOOR_A_TURN = 10, 20


def measure() -> list[Row]:
    """The templates together, then each by itself."""
    taken = {each: _taken(each) for each in templates()}
    plain, ours, floor, reading = (median(column) for column in zip(*taken.values(), strict=True))
    return [
        Row(
            f"One Word document, the median of {len(taken)} templates: plain docxtpl to ours",
            times(plain / ours),
            f"{milliseconds(plain)} to {milliseconds(ours)}",
        ),
        Row(
            "One Word document, the same: ours to compressing and zipping alone",
            times(ours / floor),
            f"{milliseconds(ours)} to {milliseconds(floor)}",
        ),
        Row(
            "Reading a template, once: to one plain document",
            times(reading / plain),
            f"{milliseconds(reading)}, checks included",
        ),
        *_each(taken),
    ]


def _each(taken: dict[Template, tuple[float, ...]]) -> Iterator[Row]:
    for template, (plain, ours, floor, _) in taken.items():
        note = (
            f"{milliseconds(plain)} to {milliseconds(ours)}, which is {times(ours / floor)} the"
            f" {milliseconds(floor)} of compressing and zipping"
        )
        yield Row(
            f"One document of {template.name}: plain docxtpl to ours", times(plain / ours), note
        )


def _taken(template: Template) -> tuple[float, ...]:
    """Seconds for one document: plainly, ours, the floor; and for reading the template."""
    ours = WordTemplate.read(template.path)
    context = template.context()
    reading = min(timed(lambda: WordTemplate.read(template.path)) for _ in range(3))
    return (
        *in_turns(
            ROUNDS,
            (lambda: plainly(template.path, context), 1),
            (lambda: ours.render(context), OURS_A_TURN),
            (_floor(template, ours.render(context)), FLOOR_A_TURN),
        ),
        reading,
    )


def _floor(template: Template, docx: bytes) -> Callable[[], bytes]:
    before = {each.name: each for each in opened(template.path.read_bytes())}
    after = opened(docx)
    parts = [(each, None if each == before[each.name] else each.data()) for each in after]

    def compress_and_zip() -> bytes:
        return zipped(kept if new is None else member(kept.name, new) for kept, new in parts)

    assert compress_and_zip() == docx
    return compress_and_zip
