"""`practice-alerts new`: the folders of a council that can be used at once, to be edited from there."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from practice_alerts.cli.commands.check import from_here, taken_addresses
from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import as_given
from practice_alerts.domain.definition import ID_PATTERN
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.files.faults import as_id
from practice_alerts.domain.files.lookup import must_be_council

if TYPE_CHECKING:
    from practice_alerts.office import Settings

_STARTER = "Sampleford"
_PAGE = "10-purpose.md"


class NotMade(Expected):
    """Nothing was written; says why."""


@click.command(short_help="Start a council: rules, form, Word template, page and worked case.")
@click.argument("council")
@click.option("--like", metavar="COUNCIL", help="Begin with the rules and forms of a council here.")
@click.option("--name", metavar="TEXT", help="What it is called; else its folder's name in words.")
@click.pass_obj
def new(world: World, council: str, like: str | None, name: str | None) -> None:
    """Write the folders of COUNCIL: rules, a form with its Word template, a page and a worked case.

    They pass `practice-alerts check` as they are. Nothing that is there already is touched.
    """
    settings = world.settings()
    rules, forms = settings.procedures / council, settings.form_templates / council
    _must_be_free(council, rules, forms)
    if like is not None:
        must_be_council(like, world.councils(settings))
    title = " ".join((name or council.replace("-", " ").replace("_", " ").title()).split())
    texts = dict(_like(settings, like, title) if like else _fresh(title))
    written = [*_write(rules, forms, texts), *_templates(settings, council)]
    click.echo("\n".join(f"Made {from_here(str(path))}" for path in written))
    click.echo(
        "Put the council's own rules into procedure.yml (docs/procedure-format.md has every key), and then"
        f" give: {as_given(f'check {shlex.quote(from_here(str(rules)))}')}"
    )


def _must_be_free(council: str, rules: Path, forms: Path) -> None:
    if not re.fullmatch(ID_PATTERN, council):
        meant = as_id(council).replace("_", "-")
        raise NotMade(
            f"{council} cannot be a folder's name here: write it in small letters, digits and hyphens"
            + (f", such as {meant}." if meant else ".")
        )
    if council in taken_addresses():
        raise NotMade(f"/{council}/ is an address of the product's own. Choose another name.")
    there = next((folder for folder in (rules, forms) if folder.exists()), None)
    if there is not None:
        raise NotMade(f"{there}: this is there already, and nothing in it was touched.")


def _fresh(title: str) -> Iterator[tuple[str, str]]:
    """The small council that comes with the product, by file name."""
    from practice_alerts.adapters.files import procedures

    for path in sorted((Path(procedures.__file__).parent / "new_council").iterdir()):
        text = path.read_text("utf-8")
        yield path.name, _headed(text.replace(_STARTER, title), title)


def _headed(text: str, title: str) -> str:
    """The rules with this council at their head; any other file as it is."""
    heads = {"council": json.dumps(title, ensure_ascii=False), "reference_prefix": _prefix(title)}
    for key, value in heads.items():
        line = f"{key}: {value}".replace("\\", r"\\")
        text = re.sub(rf"^{key}: .*$", line, text, flags=re.MULTILINE)
    return text


def _prefix(title: str) -> str:
    """Three capitals for its references."""
    return f"{re.sub('[^A-Z]', '', title.upper())}PA"[:3]


def _like(settings: Settings, like: str, title: str) -> Iterator[tuple[str, str]]:
    """Rules, forms and worked cases of another council; what its manual says is that council's alone."""
    rules = settings.procedures / like
    yield "procedure.yml", _headed((rules / "procedure.yml").read_text("utf-8"), title)
    if (rules / "examples.yml").exists():
        yield "examples.yml", (rules / "examples.yml").read_text("utf-8")
    for path in sorted((settings.form_templates / like).glob("*.yml")):
        yield path.name, path.read_text("utf-8")
    yield _PAGE, dict(_fresh(title))[_PAGE]


def _write(rules: Path, forms: Path, texts: dict[str, str]) -> Iterator[Path]:
    from practice_alerts.adapters.export_files import CannotWrite

    try:
        for name, text in texts.items():
            with_rules = name in ("procedure.yml", "examples.yml") or name.endswith(".md")
            place = (rules if with_rules else forms) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
            yield place
    except OSError as error:
        raise CannotWrite(rules, f"this cannot be written ({error.strerror}).") from error


def _templates(settings: Settings, council: str) -> Iterator[Path]:
    """A first Word template for each form alerts are raised on."""
    from practice_alerts.adapters.documents.starter.alert_template import starter
    from practice_alerts.adapters.files.procedures import load_council

    files = load_council(settings.procedures / council, settings.form_templates)
    for name, form in files.forms.items():
        place = settings.form_templates / council / f"{name}.docx"
        place.write_bytes(starter(form, files.procedure.council))
        yield place
