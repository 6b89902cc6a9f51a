"""What each council's procedure covers: how much of everything, and which reading answers which question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from practice_alerts.domain.procedure.procedure import Procedure, Reading

_LONGEST = 160  # characters of a sentence in the table; the guide prints the whole reading


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of everything one procedure holds, in the order of the page's columns."""

    stages: int
    """Of the main ladder."""
    steps: int
    partner_ladders: str
    """16 × 3: ladders, and the stages of each; 0 without any."""
    duties: int
    significant_changes: int
    categories: int
    criteria: int
    referrals: int
    overrides: int
    readings: int


def counts(procedure: Procedure) -> Counts:
    stages = procedure.main_ladder.stages
    lengths = sorted({len(ladder.stages) for ladder in procedure.partners.values()})
    each = " or ".join(str(length) for length in lengths)
    return Counts(
        stages=len(stages),
        steps=sum(len(stage.steps) for stage in stages),
        partner_ladders=f"{len(procedure.partners)} × {each}" if lengths else "0",
        duties=len(procedure.duties),
        significant_changes=sum(len(part.items) for part in procedure.significant_changes),
        categories=len(procedure.categories),
        criteria=sum(len(stage.criteria) for stage in stages),
        referrals=len(procedure.referrals),
        overrides=len(procedure.overrides.events) if procedure.overrides else 0,
        readings=len(procedure.readings),
    )


def coverage(procedures: Mapping[str, Procedure]) -> str:
    """The whole page as Markdown, the councils in the order given."""
    return "\n".join((*_opening(), *_counts(procedures), *_readings(procedures))) + "\n"


def _opening() -> Iterator[str]:
    yield "# What the councils' files cover"
    yield ""
    yield "Made from `procedures/` by `make docs`; a test holds it current."
    yield "Each question that a council's document leaves open or answers twice has an id, and the reading of that"
    yield "id answers it. The tables give the first words; the guide prints each reading whole, with its reason."


def _counts(procedures: Mapping[str, Procedure]) -> Iterator[str]:
    rows = [(one.council, *asdict(counts(one)).values()) for one in procedures.values()]
    titles = [name.replace("_", " ") for name in Counts.__dataclass_fields__]
    yield from ("", "## How much of everything", "")
    yield _line(["council", *titles])
    yield _line(["---", *["--:"] * len(titles)])
    yield from (_line(map(str, row)) for row in rows)


def _readings(procedures: Mapping[str, Procedure]) -> Iterator[str]:
    for procedure in procedures.values():
        yield from ("", f"## {procedure.council}: {procedure.title}", "")
        yield _line(["id", "about", "what the document says", "what is used", "ask the council"])
        yield _line(["---"] * 5)
        yield from (_line(_cells(reading)) for reading in procedure.readings)


def _cells(reading: Reading) -> Iterator[str]:
    yield reading.id
    yield f"`{reading.about}`"
    yield first_words(reading.says)
    yield first_words(reading.used)
    yield "yes" if reading.ask else ""


def first_words(text: str) -> str:
    """The first sentence, cut between two words where it is long; safe in a table."""
    plain = " ".join(text.split()).replace("|", "\\|")
    end = plain.find(". ")
    said = plain if end < 0 else plain[: end + 1]
    if len(said) <= _LONGEST:
        return said
    return said[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
