"""`practice-alerts check`: faults in the councils' files, and what the linter finds in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from practice_alerts.cli.print_out import as_json_option, echo_json, number
from practice_alerts.cli.world import World
from practice_alerts.domain.errors import BadDefinition, Fault

if TYPE_CHECKING:
    from practice_alerts.adapters.procedure_files import CouncilFiles
    from practice_alerts.domain.checks import Finding


@click.command(short_help="Check procedures, forms and Word templates.")
@click.argument("folder", metavar="[DIR]", required=False)
@click.option("--explain", metavar="ID", help="Say what a rule is about and what it rests on.")
@as_json_option
@click.pass_context
def check(ctx: click.Context, folder: str | None, explain: str | None, *, as_json: bool) -> None:
    """Check the councils' procedures, forms and Word templates: all faults at once, each with its line.

    DIR is a folder of councils or one council's own; without it, the procedures in use. Warnings and
    what a reading answers are told and let pass; a fault or an error ends with exit code 1.
    """
    from practice_alerts.domain import checks

    if explain is not None:
        rule = checks.explain(explain)
        echo_json({"rule": explain.upper(), "explanation": rule}) if as_json else click.echo(rule)
        return
    faults: Sequence[Fault] = ()
    findings: Sequence[Finding] = ()
    try:
        findings = _findings(ctx.obj, folder)
    except BadDefinition as error:
        faults = [replace(fault, file=_from_here(fault.file)) for fault in error.faults]
    if as_json:
        told = [asdict(fault) for fault in faults]
        echo_json({"faults": told, "findings": checks.as_plain(findings)})
    elif faults:
        click.echo("\n".join(fault.sentence for fault in faults))
        click.echo(number(len(faults), "fault"))
    else:
        click.echo(checks.as_text(findings))
    ctx.exit(1 if faults or checks.fails(findings) else 0)


def _findings(world: World, folder: str | None) -> tuple[Finding, ...]:
    from practice_alerts.casework.checking import check_councils

    return check_councils(_councils(world, folder), world.today)


def _councils(world: World, folder: str | None) -> Sequence[CouncilFiles]:
    from practice_alerts.adapters.procedure_files import PROCEDURE, load_all, load_council

    if folder is not None and (Path(folder) / PROCEDURE).is_file():
        one = Path(folder).resolve()
        settings = world.settings(procedures=one.parent)
        return (load_council(one, settings.form_templates),)
    settings = world.settings(**({"procedures": folder} if folder else {}))
    return tuple(load_all(settings.procedures, settings.form_templates).values())


def _from_here(file: str) -> str:
    """The path as it can be opened from where the command was given, which is shorter."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file
