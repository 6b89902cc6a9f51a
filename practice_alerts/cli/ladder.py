"""`practice-alerts ladder`: what happens if nobody answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import click

from practice_alerts.cli.print_out import as_json_option, echo_json, number, table
from practice_alerts.cli.when import When, in_words, plain, short
from practice_alerts.cli.world import NoSuchCouncil, World
from practice_alerts.domain import clock as clocks
from practice_alerts.domain.clock import Span, Strength
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.faults import nearest
from practice_alerts.domain.forecast import Forecast, StageForecast, StepForecast, forecast
from practice_alerts.domain.ladder import Ladder
from practice_alerts.domain.timing import Due


class NoSuchPart(Expected):
    """A stage or ladder that the procedure has not."""

    def __init__(self, what: str, name: str, known: list[str]) -> None:
        self.name = name
        hint = nearest(name, known)
        also = f" ({hint})" if hint else ""
        super().__init__(f'There is no {what} "{name}"{also}. There are: {", ".join(known)}.')


@dataclass(frozen=True)
class _Asked:
    council: str
    title: str
    name: str
    ladder: Ladder
    start: date | datetime
    found: Forecast


@click.command(short_help="Show what happens if nobody answers.")
@click.argument("council")
@click.option(
    "--from",
    "start",
    type=When(),
    required=True,
    metavar="WHEN",
    help="The day the first stage is sent, such as 2025-03-03, or a time on it: 2025-03-03T16:45. "
    "Without a zone it is London's.",
)
@click.option(
    "--entry", metavar="STAGE", help="The stage to come in at; else the first formal one."
)
@click.option(
    "--ladder",
    "name",
    metavar="LADDER",
    help="Another ladder of the procedure, such as partners.gp.",
)
@as_json_option
@click.pass_obj
def ladder(
    world: World,
    council: str,
    start: date | datetime,
    entry: str | None,
    name: str | None,
    *,
    as_json: bool,
) -> None:
    """Show COUNCIL's ladder climbed by silence: each stage's date, the cap, the slack, and when to escalate."""
    asked = _ask(world, council, start, entry, name)
    if as_json:
        echo_json(_plain(asked))
    else:
        click.echo("\n".join(_lines(asked)))


def _ask(
    world: World, council: str, start: date | datetime, entry: str | None, name: str | None
) -> _Asked:
    from practice_alerts.adapters.procedure_files import load_council

    settings = world.settings()
    known = [path.parent.name for path in settings.procedures.glob("*/procedure.yml")]
    if council not in known:
        raise NoSuchCouncil(council, known)
    procedure = load_council(settings.procedures / council, settings.form_templates).procedure
    ladders = dict(procedure.all_ladders())
    name = name or next(key for key, one in ladders.items() if one == procedure.main_ladder)
    if name not in ladders:
        raise NoSuchPart("ladder", name, sorted(ladders))
    chosen = ladders[name]
    if entry is not None and not chosen.has(entry):
        raise NoSuchPart("stage", entry, [stage.id for stage in chosen.stages])
    found = forecast(chosen, start, entry, world.calendar(council, settings))
    return _Asked(procedure.council, chosen.title or procedure.title, name, chosen, start, found)


def _lines(asked: _Asked) -> Iterator[str]:
    found = asked.found
    yield f"{asked.council}, {asked.title}: if nobody answers, sent {_sent(asked.start)}"
    yield ""
    headings = ("Stage", "Clock", "Sent", "Due", "Escalate by", "Note")
    yield table(headings, (_row(one) for one in found.stages))
    steps = [(one, step) for one in found.stages for step in one.steps]
    if steps:
        yield ""
        yield "Steps inside the stages"
        yield from (_step(one, step) for one, step in steps)
    yield ""
    yield _cap(asked.ladder, found.cap)
    yield from _slack(found)


def _sent(start: date | datetime) -> str:
    return f"at {in_words(start)}" if isinstance(start, datetime) else f"on {in_full(start)}"


def _row(one: StageForecast) -> tuple[str, ...]:
    notes = (
        ("informal", not one.stage.formal),
        ("past the cap", one.past_cap),
        ("by choice only", one.by_choice),
        (_weak(one.due), bool(_weak(one.due))),
    )
    return (
        one.stage.label,
        clocks.in_words(one.stage.clock),
        short(one.sent, "not known"),
        _ends(one.due),
        short(one.escalate_by, "-"),
        ", ".join(note for note, holds in notes if holds),
    )


def _step(one: StageForecast, step: StepForecast) -> str:
    """A sentence, because what is to be done is said in words that fit no column."""
    clock, start = clocks.in_words(step.step.within), step.counted_from.replace(".", " ")
    return f"{one.stage.label}: {step.step.what}: {_ends(step.due)} ({clock}, counted from {start})"


def _ends(found: Due | None) -> str:
    return "no date" if found is None else short(found.by)


def _weak(found: Due | None) -> str:
    """What must not be read as a deadline, or lands on a day nobody works."""
    if found is None:
        return ""
    aim = "an aim" if found.clock.strength is Strength.AIM else ""
    closed = f"due on a day not worked: {found.falls_on_non_working}"
    return ", ".join(said for said in (aim, closed if found.falls_on_non_working else "") if said)


def _cap(ladder: Ladder, cap: Due | None) -> str:
    if ladder.cap is None:
        return "Cap: the procedure states none."
    said = f"{clocks.in_words(ladder.cap.within)} over the {ladder.cap.over}"
    if not isinstance(ladder.cap.within, Span) or cap is None:
        return f"Cap: {said}; no date follows."
    assumed = ", assumed" if ladder.cap.assumed else ""
    start = f"counted from: {ladder.cap.counted_from}{assumed}"
    return f"Cap: {in_full(cap.by_day)} ({said}; {start})."


def _slack(found: Forecast) -> Iterator[str]:
    if found.slack is None or found.slack_with_all is None:
        return
    yield f"Slack: {_days(found.slack)}, on the straight path."
    if found.slack_with_all != found.slack:
        yield f"Slack with every formal stage: {_days(found.slack_with_all)}."


def _days(days: int) -> str:
    if days >= 0:
        return f"{number(days, 'working day')} to spare"
    return f"{number(-days, 'working day')} too few"


def _plain(asked: _Asked) -> dict[str, Any]:
    found = asked.found
    return {
        "council": asked.council,
        "ladder": asked.name,
        "from": plain(asked.start),
        "stages": [_plain_stage(one) for one in found.stages],
        "cap": plain(found.cap.by) if found.cap else None,
        "slack": found.slack,
        "slack_with_all": found.slack_with_all,
    }


def _plain_stage(one: StageForecast) -> dict[str, Any]:
    return {
        "stage": one.stage.id,
        "label": one.stage.label,
        "formal": one.stage.formal,
        "clock": clocks.in_words(one.stage.clock),
        "sent": plain(one.sent),
        "due": plain(one.due.by) if one.due else None,
        "past_cap": one.past_cap,
        "escalate_by": plain(one.escalate_by),
        "by_choice": one.by_choice,
        "steps": [
            {
                "step": step.step.id,
                "clock": clocks.in_words(step.step.within),
                "counted_from": step.counted_from,
                "due": plain(step.due.by) if step.due else None,
            }
            for step in one.steps
        ],
    }
