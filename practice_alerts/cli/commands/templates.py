"""`practice-alerts templates`: the Word templates are checked, and a first one is made out of a form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from practice_alerts.cli.commands.check import look, tell
from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import as_given, as_json_option, from_here, number
from practice_alerts.domain.errors import NoSuch
from practice_alerts.domain.files.faults import nearest
from practice_alerts.domain.files.lookup import must_be_council

if TYPE_CHECKING:
    from practice_alerts.adapters.files.procedures import CouncilFiles


@click.group(short_help="The councils' Word templates.")
def templates() -> None:
    """The Word templates from which documents are made."""


@templates.command()
@click.argument("folder", metavar="[DIR]", required=False)
@as_json_option
@click.pass_context
def check(ctx: click.Context, folder: str | None, *, as_json: bool) -> None:
    """Check the Word templates alone: can each be filled in, and do its tags and its form's fields agree?

    DIR is a folder of councils or one council's own, as for `practice-alerts check`. A tag that is
    broken is told with the paragraph it stands in. The templates of reports are looked over too.
    """
    from practice_alerts.domain.checks import TEMPLATES

    told = look(ctx.obj, folder, TEMPLATES)
    tell(told, as_json=as_json)
    if not (as_json or told.faults):
        found = {path for files in told.councils for path in files.templates.values()}
        click.echo(f"{number(len({*found, *told.reports}), 'Word template')} checked")
    ctx.exit(0 if told.passes else 1)


@templates.command()
@click.argument("form", metavar="COUNCIL/FORM")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Another place than beside the council's forms.",
)
@click.option("--force", is_flag=True, help="Write over the Word file that is there.")
@click.pass_context
def new(ctx: click.Context, form: str, into: Path | None, *, force: bool) -> None:
    """Make a first Word template out of a form, to be edited in Word: every field has its tag.

    FORM is a form of the council, or of a later act that has a document, such as referral; or a report, such as
    reports/board.
    """
    from practice_alerts.adapters.files.procedures import load_council

    world: World = ctx.obj
    settings = world.settings()
    council, _, name = form.partition("/")
    must_be_council(council, world.councils(settings))
    docx = _made(load_council(settings.procedures / council, settings.form_templates), name)
    place = into or settings.form_templates / council / f"{name}.docx"
    _write(place, docx, force=force)
    click.echo(
        f"Made {from_here(place)}. Open it in Word, keep the tags in double braces, and then give:"
        f" {as_given('templates check')}"
    )


def _made(files: CouncilFiles, name: str) -> bytes:
    from practice_alerts.adapters.documents.starter.act_template import act_starter
    from practice_alerts.adapters.documents.starter.alert_template import starter
    from practice_alerts.adapters.documents.starter.report_template import report_starter
    from practice_alerts.domain.acts.act_forms import ACT_FORMS
    from practice_alerts.domain.reports.contents import REPORTS

    reports = {f"reports/{one.value}": report for one, report in REPORTS.items()}
    if name in reports:
        return report_starter(reports[name])
    if name in files.forms:
        return starter(files.forms[name], files.procedure.council)
    printed = {one: form for one, form in files.act_forms.items() if ACT_FORMS[one].printed}
    if name not in printed:
        known = (*files.forms, *printed, *reports)
        raise NoSuch("form with a document", name, known, nearest(name, known))
    return act_starter(name, printed[name])


def _write(place: Path, docx: bytes, *, force: bool) -> None:
    from practice_alerts.adapters.export_files import CannotWrite

    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb" if force else "xb") as file:
            file.write(docx)
    except FileExistsError:
        raise CannotWrite(place, "this is there already. Write over it with --force.") from None
    except OSError as error:
        raise CannotWrite(place, f"this cannot be written ({error.strerror}).") from error
