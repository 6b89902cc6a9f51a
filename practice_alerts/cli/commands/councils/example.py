"""`practice-alerts example`: a case worked out, and kept as a check of the procedure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.date_options import DayOption, WhenOption
from practice_alerts.cli.support.output import as_given
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.files.lookup import must_be_council
from practice_alerts.domain.procedure.case_types import LOOKED_AFTER
from practice_alerts.domain.procedure.entry import gate_before, may_enter

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from practice_alerts.adapters.files.procedures import CouncilFiles
    from practice_alerts.domain.deadlines.working_days import Calendar
    from practice_alerts.domain.files.faults import Problem
    from practice_alerts.domain.files.schema import Path
    from practice_alerts.domain.files.worked_cases import WorkedCase

_UNSAFE = re.compile(r"[:#\[\]{},&*!|>'\"%@`]|^[-?\s]|\s$")
"""What YAML would take for something else than text."""


class NoCase(Expected):
    """What was given makes no case; says why."""


@click.command(short_help="Work a case out, and keep it as a check.")
@click.argument("council")
@click.option("--sent", type=WhenOption(), required=True, metavar="WHEN", help="When it is sent.")
@click.option(
    "--stage", metavar="STAGE", help="To which stage; else to the first at which it may begin."
)
@click.option("--kind", metavar="KIND", help="The kind; else the first that climbs a ladder.")
@click.option("--partner", metavar="AGENCY", help="The agency, for a kind that goes to one.")
@click.option(
    "--raised-as",
    metavar="CASE",
    help="The case type; else the first for which the kind is raised.",
)
@click.option("--gate", type=click.Choice(["yes", "no"]), help="The answer before the ladder.")
@click.option(
    "--then",
    "later",
    multiple=True,
    metavar="LINE",
    help='A further line of the story, such as "on: Tue 2025-03-04, do: step, step: talk". May be repeated.',
)
@click.option(
    "--closed",
    type=DayOption(),
    multiple=True,
    metavar="DATE",
    help="A day on which the office is closed; the case keeps it. May be repeated.",
)
@click.option(
    "--office-closures",
    is_flag=True,
    help="The days as well that this office has put down as closed.",
)
@click.option("--name", metavar="TEXT", help="What the case shows; else it is named by its start.")
@click.option("--keep", is_flag=True, help="Write it at the end of the council's examples.yml.")
@click.pass_obj
def example(world: World, /, council: str, *, keep: bool, **given: Any) -> None:
    """Work a case of COUNCIL out as a real alert would, and print it as it stands in examples.yml.

    What the app would refuse is refused with the same sentence. With --keep it is written there as well, and
    `practice-alerts check` plays it from then on.
    """
    from practice_alerts.adapters.calendar.bank_holidays import england
    from practice_alerts.adapters.files.procedures import load_council
    from practice_alerts.domain.checks.rule import EXAMPLES
    from practice_alerts.domain.files.replay import comes_out, without_a_day

    settings = world.settings()
    must_be_council(council, world.councils(settings))
    files = load_council(settings.procedures / council, settings.form_templates)
    # Closed days are the case's own: what `check` plays must come out the same in every office.
    calendar = england(today=world.today)
    closures = world.calendar(council, settings).closures if given["office_closures"] else ()
    written = _written(files, {**given, "closed": sorted({*given["closed"], *closures})})
    case = _read(files, written, calendar)
    expect = comes_out(case, files.procedure, calendar)
    text = "\n".join(_lines({**written, "expect": expect})) + "\n"
    click.echo(text, nl=False)
    for sentence in without_a_day(case, files.procedure, calendar):
        click.echo(sentence, err=True)
    if keep:
        _keep(settings.procedures / council / EXAMPLES, text, case, files)


def _written(files: CouncilFiles, given: Mapping[str, Any]) -> dict[str, Any]:
    """The case as it would be written, without what it expects."""
    from practice_alerts.domain.files.worked_cases import WorkedCase

    named = {key: given[key] for key in ("kind", "partner") if given[key]}
    sent: dict[str, Any] = {"on": _day(given["sent"]), "do": "send"}
    name = f"Sent on {sent['on']}"
    stand_in = WorkedCase.model_validate({"name": name, "story": [sent], "expect": {"cap": ""}})
    kind = given["kind"] or stand_in.kind_in(files.procedure)
    if kind in files.procedure.kinds and files.procedure.kinds[kind].ladder is not None:
        sent["stage"] = given["stage"] or _first(files, kind, given["partner"], given["gate"])
        name = f"{name} to {sent['stage']}"
    if given["gate"]:
        sent["after_gate"] = given["gate"]
    return {
        "name": given["name"] or name,
        **named,
        **_case_type(files, kind, given),
        **({"closed": [_day(day) for day in given["closed"]]} if given["closed"] else {}),
        "story": [sent, *map(_line_of_story, given["later"])],
    }


def _case_type(files: CouncilFiles, kind: str, given: Mapping[str, Any]) -> dict[str, str]:
    """The one given; else, where the kind is raised for several, the first of them, so that the case says it."""
    procedure = files.procedure
    if given["raised_as"] or kind not in procedure.kinds:
        return {"raised_as": given["raised_as"]} if given["raised_as"] else {}
    partner = given["partner"] if given["partner"] in procedure.partners else None
    raised = procedure.cases_of_kind(procedure.kinds[kind], procedure.ladder_of(kind, partner))
    first = next(iter(raised), LOOKED_AFTER)
    return {} if first == LOOKED_AFTER else {"raised_as": first}


def _first(files: CouncilFiles, kind: str, partner: str | None, answer: str | None) -> str:
    """The first at which the procedure lets an alert begin, by the answer where there is a question."""
    ladders = files.procedure.ladders_of(kind)
    chosen = files.procedure.partners.get(partner or "") or ladders[0]
    return may_enter(chosen, gate_before(files.procedure, kind), answer or "no")[0].id


def _day(when: date | datetime) -> str:
    from practice_alerts.domain.files.replay import written_when

    return written_when(when)


def _line_of_story(text: str) -> dict[str, Any]:
    from practice_alerts.adapters.files.yaml_reader import read_yaml

    line = read_yaml(f"{{{text}}}".encode())
    if line.problems or not isinstance(line.value, dict):
        raise NoCase(
            f"--then {text}: write it like a line of a story, such as on: Tue 2025-03-04, do: answer"
        )
    return line.value


def _read(files: CouncilFiles, written: Mapping[str, Any], calendar: Calendar) -> WorkedCase:
    from practice_alerts.domain.acts.worked_story import refused
    from practice_alerts.domain.files.worked_cases import (
        WorkedCase,
        problems_in_case,
        unknown_in_story,
    )

    whole = {**written, "expect": {"cap": ""}}
    problems = [replace(one, path=one.path[1:]) for one in problems_in_case(whole, 0)]
    _must_be_in_order(whole, ((one.path, _in_words(one)) for one in problems))
    case = WorkedCase.model_validate(whole)
    unknown = unknown_in_story(case, files.procedure)
    _must_be_in_order(whole, ((one.path, _in_words(one)) for one in unknown))
    refusals = refused(case, files.procedure, calendar)
    says = ((one.path, f"the app refuses this: {one.says}") for one in refusals)
    _must_be_in_order(whole, says)
    return case


def _in_words(one: Problem) -> str:
    hint = f" ({one.hint})" if one.hint else ""
    return f"found {one.found}, expected {one.expected}{hint}"


def _must_be_in_order(written: Mapping[str, Any], faults: Iterable[tuple[Path, str]]) -> None:
    told = [f"{_place(written, path)}: {says}" for path, says in faults]
    if told:
        raise NoCase("\n".join(told))


def _place(written: Mapping[str, Any], path: Path) -> str:
    """Where it is, with the line of the story as it was given: there is no file yet."""
    from practice_alerts.domain.files.faults import dotted, line_of_story

    if line := line_of_story(path):
        inside = f", {dotted(path[2:])}" if path[2:] else ""
        return f"{line}, {_as_yaml(written['story'][path[1]])}{inside}"
    return dotted(path)


def _keep(place: FilePath, text: str, case: WorkedCase, files: CouncilFiles) -> None:
    from practice_alerts.adapters.export_files import CannotWrite

    if any(one.get("name") == case.name for one in files.examples):
        raise NoCase(f'{place} has a case "{case.name}" already. Give this one another --name.')
    before = place.read_text("utf-8") if place.exists() else ""
    between = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    try:
        with place.open("a", encoding="utf-8") as file:
            file.write(between + text)
    except OSError as error:
        raise CannotWrite(place, f"this cannot be written ({error.strerror}).") from error
    click.echo(f"Kept in {place}. To play it: {as_given('check')}", err=True)


def _lines(case: Mapping[str, Any]) -> Iterator[str]:
    for place, (key, value) in enumerate(case.items()):
        start = "  " if place else "- "
        match value:
            case dict():
                yield f"{start}{key}:"
                yield from (f"    {name}: {_as_yaml(one)}" for name, one in value.items())
            case list():
                yield f"{start}{key}:"
                yield from (f"    - {_as_yaml(one)}" for one in value)
            case _:
                yield f"{start}{key}: {_as_yaml(value)}"


def _as_yaml(value: Any) -> str:
    match value:
        case dict():
            return f"{{{', '.join(f'{key}: {_as_yaml(one)}' for key, one in value.items())}}}"
        case list():
            return f"[{', '.join(map(_as_yaml, value))}]"
        case str() if _UNSAFE.search(re.sub(r"\d:\d", "", value)):
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
