"""What the pages of a manual take from the procedure, by name: ``{time of stage-2}``, ``{time limit}``."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from practice_alerts.domain.deadlines.ladder_in_days import stage_days, working_days
from practice_alerts.domain.deadlines.stage_clocks import anchors_of
from practice_alerts.domain.procedure.clock import Clock, Span, Unit
from practice_alerts.domain.procedure.directions import as_climbed
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Timed
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.steps_by import doer
from practice_alerts.domain.text import capital, joined, plural
from practice_alerts.domain.wording.definitions import (
    clock_with,
    total_in_words,
    who_in_words,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a name stands for, in words; `clock` where it is one clock, from which dates can be worked out."""

    words: str
    clock: Clock | None = None


_NAME = re.compile(r"(?<![\\{])\{(?P<name>[a-z][^{}=]*)\}")
OPENS = re.compile(r"(?:^|\n\n)$|(?:^|\n)(?:#+ |- |\* )$|[.?!] $")
"""What stands before the first word of a sentence, a heading or an item."""
_QUOTED = re.compile(r"“[^”]*”")
_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)
_UNITS = dict.fromkeys(word for unit in Unit for word in unit.value.written)
TIME = re.compile(
    rf"\b(?P<amount>[0-9]+|{'|'.join(_NUMBERS)})[ \n-](?P<unit>{'|'.join(_UNITS)})s?\b",
    re.IGNORECASE,
)


def names_in(procedure: Procedure) -> dict[str, Taken]:
    """Every name that a page may write between braces, with what it stands for today."""
    found = {**dict(_of_ladders(procedure)), **dict(_counts(procedure))}
    for duty in procedure.duties:
        found[f"time of duty {duty.id}"] = _time(duty.within)
        found[f"post of duty {duty.id}"] = Taken(who_in_words(duty.by, procedure))
    for name, role in procedure.roles.items():
        found[title_of(name)] = Taken(role.title)
    return found


def title_of(role: str) -> str:
    """The name by which a page writes the title of a post."""
    return f"title of {role}"


def unknown_names(text: str, known: Mapping[str, Taken]) -> Iterator[tuple[int, str]]:
    """What stands between braces and is no name of this procedure, each with its line."""
    for found in _NAME.finditer(text):
        if (name := _plain(found)) not in known:
            yield line_of(text, found), name


def filled_in(
    text: str,
    known: Mapping[str, Taken],
    show: Callable[[Taken], str],
    head: Callable[[str], str] = str,
) -> str:
    """The text with each name as `show` has it; a heading has the words alone, by `head`, and a stranger stays as it is."""

    def put(found: re.Match[str]) -> str:
        taken = known.get(_plain(found))
        if taken is None:
            return found[0]
        begins = text.rfind("\n", 0, found.start()) + 1
        if OPENS.search(text, 0, found.start()):
            taken = replace(taken, words=capital(taken.words))
        return head(taken.words) if text.startswith("#", begins) else show(taken)

    return _NAME.sub(put, text)


def times_written_out(text: str, known: Mapping[str, Taken]) -> Iterator[tuple[int, str, str]]:
    """Times that are a clock of the procedure and stand as figures, with line and name; what is quoted is let be."""
    names: dict[tuple[int, str], str] = {}
    for name, taken in known.items():
        if isinstance(taken.clock, Span):
            for written in taken.clock.facts.written:
                names.setdefault((taken.clock.amount, written), name)
    quoted = quoted_in(text)
    for found in TIME.finditer(text):
        name = names.get((_amount(found["amount"]), found["unit"].lower()), "")
        if name and not is_within(found, quoted):
            yield line_of(text, found), " ".join(found[0].split()), name


def counts_written_out(text: str, known: Mapping[str, Taken]) -> Iterator[tuple[int, str, str]]:
    """Counts that are one of the procedure's and stand as words, with line and name."""
    taken_up = quoted_in(text)
    for name, taken in known.items():
        if taken.words == _number(0) or not (
            things := next((one for of, one in _THINGS if name.startswith(of)), "")
        ):
            continue
        for found in re.finditer(
            rf"\b{re.escape(taken.words)} (?:{things})\b", text, re.IGNORECASE
        ):
            if not is_within(found, taken_up):
                taken_up.append(found.span())
                yield line_of(text, found), " ".join(found[0].split()), name


_THINGS = (
    ("number of stages", "stages|steps"),
    ("number of formal stages", "formal stages|stages|levels"),
    ("number of partner ladders", "ladders"),
    ("number of categories", "categories|groups"),
    ("number of examples", "examples|in all"),
    ("number of significant changes", "changes"),
    ("number of events", "events|kinds of event"),
    ("number of grounds of", "grounds"),
)
"""By the beginning of a name that counts, what pages call the things counted."""


def _counts(procedure: Procedure) -> Iterator[tuple[str, Taken]]:
    """How many there are of what a page may count."""
    counted = {
        "partner ladders": len(procedure.partners),
        "categories": len(procedure.categories),
        "examples": sum(len(one.examples) for one in procedure.categories),
        "significant changes": sum(len(one.items) for one in procedure.significant_changes),
        "events": len(procedure.overrides.events) if procedure.overrides else 0,
    }
    if any(kind.ladder in procedure.ladders for kind in procedure.kinds.values()):
        stages = procedure.main_ladder.stages
        counted |= {"stages": len(stages), "formal stages": sum(one.formal for one in stages)}
        counted |= {f"grounds of {one.id}": len(one.criteria) for one in stages if one.criteria}
    for what, number in counted.items():
        yield f"number of {what}", Taken(_number(number))


def _number(amount: int) -> str:
    return _NUMBERS[amount - 1] if 0 < amount <= len(_NUMBERS) else str(amount) if amount else "no"


def _of_ladders(procedure: Procedure) -> Iterator[tuple[str, Taken]]:
    climbed = (kind.ladder for kind in procedure.kinds.values() if kind.ladder in procedure.ladders)
    main = next(climbed, None)
    for ladder_id, ladder in procedure.all_ladders():
        if ladder.cap is not None:
            limit = Taken(total_in_words(ladder.cap), ladder.cap.within)
            yield f"time limit of {ladder_id}", limit
            if ladder_id == main:
                yield "time limit", limit
        for place, stage in enumerate(ladder.stages):
            for prefix in _prefixes(procedure, ladder_id, stage):
                yield from _of_stage(procedure, ladder, stage, f"{prefix}{stage.id}")
                for later in ladder.stages[place + 1 :]:
                    both = f"{prefix}{stage.id} to {prefix}{later.id}"
                    between = ladder.stages[place : ladder.place(later.id) + 1]
                    if (said := _together(between)) is not None:
                        yield f"time of {both}", Taken(said)


def _prefixes(procedure: Procedure, ladder_id: str, stage: Stage) -> tuple[str, ...]:
    """A stage goes by its id alone where one of the council's own ladders has it, and always by its ladder's as well."""
    own = [name for name, ladder in procedure.ladders.items() if ladder.has(stage.id)]
    return ("", f"{ladder_id}.") if own == [ladder_id] else (f"{ladder_id}.",)


def _of_stage(
    procedure: Procedure, ladder: Ladder, stage: Stage, name: str
) -> Iterator[tuple[str, Taken]]:
    climbed = as_climbed(procedure, ladder)
    copied = [who_in_words(who, climbed) for who in ladder.copied_at(stage)]
    yield f"time of {name}", _time(stage.clock)
    yield f"post of {name}", Taken(who_in_words(climbed.asked_at(stage), climbed))
    yield f"copy of {name}", Taken(", and ".join(copied) or "nobody")
    yield f"label of {name}", Taken(stage.label)
    for step in stage.steps:
        yield f"time of {name} {step.id}", _time(step.within)
        yield f"post of {name} {step.id}", Taken(who_in_words(doer(step), climbed))


def _time(clock: Clock) -> Taken:
    return Taken(clock_with(clock), clock)


def _together(stages: tuple[Stage, ...]) -> str | None:
    """The clocks of these stages added up, each unit for itself; None where one of them lasts longer than they say."""
    sums: Counter[Unit] = Counter()
    for stage in stages:
        through = _through(stage)
        if sum(map(working_days, through)) != stage_days(stage):
            return None
        for span in through:
            sums[span.unit] += span.amount
    each = [
        f"{sums[unit]} {plural(sums[unit], unit.value.in_guide)}" for unit in Unit if sums[unit]
    ]
    return joined(each) or "no time stated"


def _through(stage: Stage) -> list[Span]:
    """Its clock, and those of the steps from which that is counted, back to its sending."""
    paced: Timed | None = stage.paced
    steps: dict[str, Timed] = {f"{stage.id}.{step.id}": step for step in stage.steps}
    found: list[Span] = []
    while paced is not None and isinstance(paced.within, Span):
        found.append(paced.within)
        names = anchors_of(paced, stage)
        paced = steps.pop(names[0], None) if len(names) == 1 else None
    return found


def _amount(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS.index(written.lower()) + 1


def _plain(found: re.Match[str]) -> str:
    return " ".join(found["name"].split())


def line_of(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1


def quoted_in(text: str) -> list[tuple[int, int]]:
    """Where something stands in the text's own words; what is said there is let be."""
    return [one.span() for one in _QUOTED.finditer(text)]


def is_within(found: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= found.start() < end for start, end in spans)
