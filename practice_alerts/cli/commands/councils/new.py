"""`practice-alerts new`: the folders of a council that can be used at once, to be edited from there."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Container, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import click

from practice_alerts import ROOT
from practice_alerts.cli.commands.check import taken_addresses
from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import as_given, from_here
from practice_alerts.domain.definition import ID_PATTERN
from practice_alerts.domain.errors import BadDefinition, Expected
from practice_alerts.domain.files.faults import as_id
from practice_alerts.domain.files.lookup import must_be_council

if TYPE_CHECKING:
    from practice_alerts.office import Settings

_STARTER = "Sampleford"
_PAGE = "10-purpose.md"
_PREFIX = re.compile(r"^reference_prefix: *([A-Z]{2,5})", re.MULTILINE)
_EDITION = re.compile(r"^edition:.*\n(?:[ \t].*\n|\n(?=[ \t]))*", re.MULTILINE)
"""With all that stands inside it."""
_KEEP = re.compile(_EDITION.pattern.replace("edition", "keep"), re.MULTILINE)
_DECIDE_KEEP = (
    "# To decide: keep, how long records are kept by this council's own retention schedule.\n"
)


class NotMade(Expected):
    """Nothing was written; says why."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """The folder of a council's rules, and that of its forms."""

    rules: Path
    forms: Path


@click.command(short_help="Start a council: rules, form, Word template, page and worked case.")
@click.argument("council")
@click.option(
    "--like",
    metavar="COUNCIL",
    help="Begin with the rules and forms of a council here, or of one that comes with the product.",
)
@click.option("--name", metavar="TEXT", help="What it is called; else its folder's name in words.")
@click.pass_obj
def new(world: World, council: str, like: str | None, name: str | None) -> None:
    """Write the folders of COUNCIL: rules, a form with its Word template, a page and a worked case.

    They pass `practice-alerts check` as they are. Nothing that is there already is touched, and where something goes
    wrong nothing is written.
    """
    settings = world.settings()
    here = Rooms(settings.procedures / council, settings.form_templates / council)
    _must_be_free(council, here)
    title = _title(name) or _title(council.replace("-", " ").replace("_", " ").title())
    head = _Head(title, _prefix(title, _taken_prefixes(settings)))
    texts = dict(head.like(_model(world, settings, like)) if like else head.fresh())
    made = _made(here, texts)
    click.echo("\n".join(f"Made {from_here(path)}" for path in made))
    click.echo(
        "Put the council's own rules into procedure.yml (docs/procedure-format.md has every key), decide how long"
        " its records are kept (keep), and then"
        f" give: {as_given(f'check {shlex.quote(from_here(here.rules))}')}"
    )


def _must_be_free(council: str, here: Rooms) -> None:
    if not re.fullmatch(ID_PATTERN, council):
        meant = as_id(council).replace("_", "-")
        raise NotMade(
            f"{council} cannot be a folder's name here: write it in small letters, digits and hyphens"
            + (f", such as {meant}." if meant else ".")
        )
    if council in taken_addresses():
        raise NotMade(f"/{council}/ is an address of the product's own. Choose another name.")
    there = next((folder for folder in (here.rules, here.forms) if folder.exists()), None)
    if there is not None:
        raise NotMade(f"{there}: this is there already, and nothing in it was touched.")


def _title(said: str | None) -> str:
    return " ".join((said or "").split())


def _taken_prefixes(settings: Settings) -> frozenset[str]:
    """What the references of the councils here begin with."""
    every = settings.procedures.glob("*/procedure.yml")
    found = (_PREFIX.search(path.read_text("utf-8", "replace")) for path in every)
    return frozenset(one[1] for one in found if one)


def _prefix(title: str, taken: Container[str]) -> str:
    """Three capitals for its references; more, or others, where they are taken."""
    letters = f"{re.sub('[^A-Z]', '', title.upper())}PA"
    begun = [letters[:3], letters[:4], letters[:5]]
    begun += [f"{letters[:2]}{chr(one)}" for one in range(ord("A"), ord("Z") + 1)]
    return next((one for one in begun if one not in taken), letters[:3])


def _model(world: World, settings: Settings, like: str) -> Rooms:
    """Where the council lies that is the model: here, else among those that come with the product."""
    here, ours = (
        world.councils(settings),
        world.councils(world.settings(procedures=ROOT / "procedures")),
    )
    must_be_council(like, {*here, *ours})
    if like in here:
        return Rooms(settings.procedures / like, settings.form_templates / like)
    return Rooms(ROOT / "procedures" / like, ROOT / "form_templates" / like)


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands at the head of the new council's rules, and of nobody else's."""

    title: str
    prefix: str

    def fresh(self) -> Iterator[tuple[str, str]]:
        """The small council that comes with the product, by file name."""
        from practice_alerts.adapters.files import procedures

        for path in sorted((Path(procedures.__file__).parent / "new_council").iterdir()):
            text = path.read_text("utf-8").replace(_STARTER, self.title)
            yield path.name, self._over(text) if path.name == "procedure.yml" else text

    def like(self, model: Rooms) -> Iterator[tuple[str, str]]:
        """Rules, forms and worked cases of another council; edition, retention and manual are that council's alone."""
        rules = (model.rules / "procedure.yml").read_text("utf-8")
        draft = "edition: {version: draft, status: draft}\n"
        rules = _KEEP.sub(_DECIDE_KEEP, _EDITION.sub(draft, rules, count=1), count=1)
        yield "procedure.yml", self._over(rules)
        if (model.rules / "examples.yml").exists():
            yield "examples.yml", (model.rules / "examples.yml").read_text("utf-8")
        for path in sorted(model.forms.glob("*.yml")):
            yield path.name, path.read_text("utf-8")
        yield _PAGE, dict(self.fresh())[_PAGE]

    def _over(self, text: str) -> str:
        """The rules with this council at their head."""
        council = json.dumps(self.title, ensure_ascii=False)
        for key, value in {"council": council, "reference_prefix": self.prefix}.items():
            line = f"{key}: {value}".replace("\\", r"\\")
            text = re.sub(rf"^{key}: .*$", line, text, count=1, flags=re.MULTILINE)
        return text


def _made(here: Rooms, texts: dict[str, str]) -> list[Path]:
    """Everything written aside and read back, then moved where it belongs: all of it, or nothing."""
    from practice_alerts.adapters.export_files import CannotWrite

    pairs = (here.forms, here.rules)
    parents = [one.parent for one in pairs if not one.parent.exists()]
    with ExitStack() as undo:
        for parent in parents:
            undo.callback(_gone, parent)
        try:
            aside = [_aside(one, undo) for one in pairs]
            _write(Rooms(aside[1], aside[0]), texts)
            for ready, place in zip(aside, pairs, strict=True):
                ready.rename(place)
                undo.callback(shutil.rmtree, place, ignore_errors=True)
        except OSError as error:
            raise CannotWrite(here.rules, f"this cannot be written ({error.strerror}).") from error
        undo.pop_all()
    for one in aside:
        one.parent.rmdir()
    return [path for room in (here.rules, here.forms) for path in sorted(room.iterdir())]


def _aside(place: Path, undo: ExitStack) -> Path:
    """A folder of the same name on the same disk, which nothing reads."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=".new-", dir=place.parent))
    undo.callback(shutil.rmtree, beside, ignore_errors=True)
    return beside / place.name


def _gone(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _write(made: Rooms, texts: dict[str, str]) -> None:
    """With a first Word template for each form alerts are raised on."""
    from practice_alerts.adapters.documents.starter.alert_template import starter
    from practice_alerts.adapters.files.procedures import load_council

    for name, text in texts.items():
        with_rules = name in ("procedure.yml", "examples.yml") or name.endswith(".md")
        place = (made.rules if with_rules else made.forms) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    try:
        files = load_council(made.rules, made.forms.parent)
    except BadDefinition as error:
        raise NotMade(f"Nothing was made: {error.faults[0].sentence}") from error
    for name, form in files.forms.items():
        (made.forms / f"{name}.docx").write_bytes(starter(form, files.procedure.council))
