"""`practice-alerts ladder`: what happens if nobody answers."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.date_options import from_option
from practice_alerts.cli.support.output import as_json_option, echo_json, table
from practice_alerts.domain.deadlines.branches import left_out
from practice_alerts.domain.deadlines.forecast import Forecast, StageForecast, forecast
from practice_alerts.domain.files.lookup import ladder_named, must_be_council, stage_begun_at
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.directions import as_climbed
from practice_alerts.domain.procedure.entry import may_begin
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.wording import forecast_words as words
from practice_alerts.domain.wording.definitions import who_in_words


@click.command(short_help="Show what happens if nobody answers.")
@click.argument("council")
@from_option("The day the first stage is sent", "2025-03-03")
@click.option(
    "--entry",
    metavar="STAGE",
    help="The stage to come in at; else the first formal one, where an alert may begin there.",
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
    """Show COUNCIL's ladder climbed by silence: each stage's date, the time limit, the days to spare, and when to escalate."""
    from practice_alerts.adapters.files.procedures import load_council

    settings = world.settings()
    must_be_council(council, world.councils(settings))
    procedure = load_council(settings.procedures / council, settings.form_templates).procedure
    name, chosen = ladder_named(procedure, name)
    entry = (stage_begun_at(procedure, chosen, entry) if entry else _usually(procedure, chosen)).id
    found = forecast(chosen, start, entry, world.calendar(council, settings))
    if as_json:
        about = {"council": procedure.council, "ladder": name, "from": start}
        who = {one.id: _who(procedure, chosen, one) for one in chosen.stages}
        echo_json(about | {"who": who} | _plain(found))
        return
    title = chosen.title or procedure.title
    click.echo(f"{procedure.council}, {title}: if nobody answers, sent {words.sent(start)}")
    click.echo("\n".join(_lines(procedure, chosen, found)))


def _usually(procedure: Procedure, chosen: Ladder) -> Stage:
    """The first formal stage, else the first at which an alert may begin at all."""
    opened = may_begin(procedure, chosen)
    return chosen.first_formal if chosen.first_formal in opened else opened[0]


def _lines(procedure: Procedure, chosen: Ladder, found: Forecast) -> Iterator[str]:
    yield ""
    yield table(words.HEADINGS, (words.row(one, chosen) for one in found.stages))
    if steps := words.steps(found, chosen):
        yield ""
        yield "Steps inside the stages"
        yield from steps
    yield ""
    yield "Who"
    yield from (f"  {stage.label}: {_who(procedure, chosen, stage)}" for stage in chosen.stages)
    yield ""
    yield words.time_limit(chosen, found)
    yield from words.days_to_spare(found)


def _who(procedure: Procedure, chosen: Ladder, stage: Stage) -> str:
    """Who is asked, to whom it is sent, and who gets a copy, is told or attends."""
    asked = as_climbed(procedure, chosen).asked_at(stage)
    said = [who_in_words(asked, procedure, silent="whoever the person raising it chooses")]
    to, copied = stage.answer.to if stage.answer else None, chosen.copied_at(stage)
    heard = {
        "sent to": [to] if to else [],
        "copy to": [one for one in copied if one is not stage.tell],
        "told": [stage.tell] if stage.tell else [],
        "to attend": [who for step in stage.steps for who in (step.chair, step.attend) if who],
    }
    for words_for, every in heard.items():
        whom = [who_in_words(one, procedure) for one in every]
        if whom:
            said.append(f"{words_for} {', '.join(dict.fromkeys(whom))}")
    return "; ".join(said)


def _plain(found: Forecast) -> dict[str, Any]:
    return {
        "stages": [_plain_stage(one) for one in found.stages],
        "cap": found.total.by if found.total else None,
        "slack": found.days_to_spare,
        "slack_with_all": found.to_spare_with_all,
    }


def _plain_stage(one: StageForecast) -> dict[str, Any]:
    return {
        "stage": one.stage.id,
        "label": one.stage.label,
        "formal": one.stage.formal,
        "clock": in_words(one.stage.clock),
        "sent": one.sent,
        "due": one.due.by if one.due else None,
        "later_reading": one.due.later_reading if one.due else None,
        "past_cap": one.past_time_limit,
        "escalate_by": one.escalate_by,
        "by_choice": one.by_choice,
        "steps": [
            {
                "step": step.step.id,
                "clock": in_words(step.step.within),
                "counted_from": step.counted_from,
                "due": step.due.by if step.due else None,
                "later_reading": step.due.later_reading if step.due else None,
                "counted": step.step not in left_out(one.stage),
            }
            for step in one.steps
        ],
    }
