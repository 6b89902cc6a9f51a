"""What each council's procedure covers: how much of everything, and which reading answers which question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from practice_alerts.domain.procedure.procedure import Procedure, Reading
from tools.docs.paragraphs import WHY_EMPTY, Paragraphs, table

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


def coverage(procedures: Mapping[str, Procedure], paragraphs: Mapping[str, Paragraphs]) -> str:
    """The whole page as Markdown, the councils in the order given."""
    parts = (_opening(), _counts(procedures, paragraphs), _readings(procedures))
    return (
        "\n".join((*(line for part in parts for line in part), *_held(procedures, paragraphs)))
        + "\n"
    )


def _opening() -> Iterator[str]:
    yield "# What the councils' files cover"
    yield ""
    yield "Made from `procedures/` and `docs/coverage/` by `make docs`; tests hold it current and true."
    yield "Each question that a council's document leaves open or answers twice has an id, and the reading of that"
    yield "id answers it. The tables give the first words; the guide prints each reading whole, with its reason."
    yield "After the readings stands [each paragraph of each text](#paragraph-by-paragraph) with what holds it."


def _held(
    procedures: Mapping[str, Procedure], paragraphs: Mapping[str, Paragraphs]
) -> Iterator[str]:
    yield from ("", "## Paragraph by paragraph", "")
    yield "Paragraphs, bullets and cells of tables are counted from the top of the text as the council has published it;"
    yield "headings, contents lists and what a browser puts round a page are not. 2a and 2b are two statements of one"
    yield "paragraph. What a text says is told here in our words. For each stand the pages of the council in the"
    yield "guide, the keys of its `procedure.yml` with their value, the fields of its forms, and the tests that play it."
    yield "A test looks each of them up. Where there is no test, the last column says what kind of statement it is:"
    yield ""
    yield from (f"- **{what}**: {why}" for what, why in WHY_EMPTY.items())
    for council_id, each in paragraphs.items():
        yield from ("", f"### {procedures[council_id].council}, paragraph by paragraph", "")
        yield from table(each)


def _counts(
    procedures: Mapping[str, Procedure], paragraphs: Mapping[str, Paragraphs]
) -> Iterator[str]:
    told = {name: len(each.units) for name, each in paragraphs.items()}
    rows = [
        (one.council, *asdict(counts(one)).values(), told.get(name, "–"))
        for name, one in procedures.items()
    ]
    titles = [name.replace("_", " ") for name in (*Counts.__dataclass_fields__, "statements")]
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
