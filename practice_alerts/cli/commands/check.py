"""`practice-alerts check`: faults in the councils' files, and what the linter finds in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import as_json_option, echo_json, from_here, number
from practice_alerts.domain.errors import BadDefinition, Fault

if TYPE_CHECKING:
    from practice_alerts.adapters.files.procedures import CouncilFiles
    from practice_alerts.domain.checks.rule import Finding
    from practice_alerts.office import Settings


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
    told = look(ctx.obj, folder, checks.RULES)
    tell(told, as_json=as_json)
    ctx.exit(0 if told.passes else 1)


@dataclass(frozen=True)
class CheckResult:
    """What was found: faults alone where there are any, since nothing further can be judged then."""

    councils: Sequence[CouncilFiles] = ()
    faults: Sequence[Fault] = ()
    findings: Sequence[Finding] = ()
    reports: Sequence[Path] = ()
    """The Word templates of reports that were looked over too."""

    @property
    def passes(self) -> bool:
        from practice_alerts.domain import checks

        return not self.faults and not checks.fails(self.findings)


def look(world: World, folder: str | None, only: Iterable[str]) -> CheckResult:
    """Read the texts of notices and the councils' files, and go over these by the rules."""
    from practice_alerts.adapters.files.notices import load_notices
    from practice_alerts.adapters.files.pages import faults_of_pages
    from practice_alerts.adapters.files.procedures import load_all, load_council
    from practice_alerts.casework.jobs.check_files import check_councils
    from practice_alerts.casework.reports.check_report_templates import (
        check_report_templates,
        report_templates,
    )

    settings, one = _meant(world, folder)
    forms, faults = settings.form_templates, list[Fault]()
    councils: Sequence[CouncilFiles] = ()
    findings: Sequence[Finding] = ()
    reports = report_templates(forms, ids := [one.name] if one else world.councils(settings))
    try:
        load_notices(forms, ids)
    except BadDefinition as error:
        faults += error.faults
    try:
        found = [load_council(one, forms)] if one else load_all(settings.procedures, forms).values()
        findings = check_councils(tuple(found), world.today, only, taken_addresses())
        findings = (*findings, *check_report_templates(reports))
        councils = tuple(found)
        faults += [fault for files in councils for fault in faults_of_pages(files.pages).values()]
    except BadDefinition as error:
        faults += error.faults
    told = [replace(fault, file=from_here(fault.file)) for fault in faults]
    return CheckResult(councils, told, findings, reports)


def taken_addresses() -> frozenset[str]:
    """What no council's folder may be called."""
    from practice_alerts.adapters.files.procedures import COMMON
    from practice_alerts.adapters.guide.build import TAKEN
    from practice_alerts.web.shell.addresses import first_words

    return first_words() | TAKEN | {COMMON}


def tell(told: CheckResult, *, as_json: bool) -> None:
    from practice_alerts.domain import checks

    if as_json:
        faults = [asdict(fault) for fault in told.faults]
        echo_json({"faults": faults, "findings": checks.as_plain(told.findings)})
    elif told.faults:
        click.echo("\n".join(fault.sentence for fault in told.faults))
        click.echo(number(len(told.faults), "fault"))
    else:
        click.echo(checks.as_text(told.findings))


def _meant(world: World, folder: str | None) -> tuple[Settings, Path | None]:
    """Where the files lie, and the folder of the one council that is meant, if it is one."""
    from practice_alerts.adapters.files.procedures import PROCEDURE

    if folder is not None and (Path(folder) / PROCEDURE).is_file():
        one = Path(folder).resolve()
        return world.settings(procedures=one.parent), one
    return world.settings(**({"procedures": folder} if folder else {})), None
