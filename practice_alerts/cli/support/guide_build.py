"""The guide that `serve` shows: built only when something it is made from has changed."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from practice_alerts import PACKAGE, ROOT
from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.adapters.files.pages import pages_in, readable
from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.adapters.guide import build
from practice_alerts.cli.support.context import guide_folder
from practice_alerts.cli.support.output import number
from practice_alerts.domain.errors import ToldPlainly
from practice_alerts.office import Office

_NONE = PACKAGE / "adapters/guide/none"
_KEPT = 10  # the latest sites of a few megabytes each; other processes may be showing them


def site_of(office: Office, say: Callable[[str], None], built: Path | None = None) -> Path:
    """The folder to show. Each state of the sources has a folder of its own, which never changes again.

    So `make guide`, or a second start with other procedures, takes no page away from a running one. What
    cannot be built stops nothing: the guide from before is shown, or a page that says that there is none.
    """
    built = built or guide_folder(office.settings) / "served"
    home = built / _stamp(office)
    if not home.is_dir():
        councils = number(len(office.councils), "council")
        say(f"Building the guide for {councils}, because what it is made from changed ...")
        try:
            built.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=built, prefix=".", ignore_cleanup_errors=True) as draft:
                _build(office, Path(draft), home, say)
        except (ToldPlainly, OSError) as trouble:  # such as a disk that is full
            return _instead(built, trouble, say)
        _forget_old(built, home)
    return home / "site"


def _instead(built: Path, trouble: ToldPlainly | OSError, say: Callable[[str], None]) -> Path:
    before = _sites(built)
    say(f"THE GUIDE IS THAT FROM BEFORE. {trouble}" if before else f"NO GUIDE. {trouble}")
    return before[0] / "site" if before else _NONE


def _build(office: Office, draft: Path, home: Path, say: Callable[[str], None]) -> None:
    """Of all councils; one whose files cannot be read today stands in it by the edition that it goes by."""
    into, councils = draft / "guide", _councils(office)
    try:
        build.build_for(councils, into, office.today)
    except build.GuideNotBuilt:
        built = build.build_all_the_same(councils, into, office.today)
        faults = "\n".join(f"  {one}" for one in built.faults)
        say(f"PAGES AT FAULT. The guide has them all the same; put this right:\n{faults}")
    try:
        into.rename(home)
    except OSError:
        if not home.is_dir():  # otherwise another start was first, with the same sources
            raise


def _councils(office: Office) -> dict[str, CouncilFiles]:
    folder, at_fault = office.settings.procedures, office.at_fault
    return {
        name: replace(files, pages=pages_in(folder / name)) if name in at_fault else files
        for name, files in office.councils.items()
    }


def _stamp(office: Office) -> str:
    """Changes with everything the pages are made from, but not with each new day."""
    whole = hashlib.sha256(england(today=office.today).version.encode())
    for council, files in sorted(_councils(office).items()):
        lapsed = files.procedure.edition.past_review(office.today)
        whole.update(f"{council}:{files.digest}:{lapsed}".encode())
        whole.update(files.law.model_dump_json().encode())
        for before in files.earlier:
            whole.update(before.procedure.model_dump_json().encode())
            for name, form in sorted(before.forms.items()):
                whole.update(f"{name}:{form.model_dump_json()}".encode())
        for page, content in readable(files.pages):
            whole.update(f"{page.name}:".encode() + content)
    for package in ("mkdocs", "mkdocs-material"):
        whole.update(version(package).encode())
    for path in sorted(_sources()):
        whole.update(f"{path.relative_to(ROOT)}:".encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    """What the guide is made from besides the councils' files: our own code, texts, look and pictures."""
    look = build.SHARED_LOOK
    yield from (build.CONFIG, build.GLOSSARY, look / "look.css", look / "mark.svg")
    builder = tuple((PACKAGE / "adapters").glob("guide*"))
    for folder in (build.SCREENS, look / "fonts", *builder, PACKAGE / "domain"):
        yield from filter(_is_source, folder.rglob("*"))
    yield from filter(_is_source, builder)


def _is_source(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc"


def _sites(built: Path) -> list[Path]:
    """The latest first."""
    try:
        sites = [path for path in built.iterdir() if not path.name.startswith(".")]
    except OSError:
        return []
    return sorted(sites, key=lambda path: path.stat().st_mtime, reverse=True)


def _forget_old(built: Path, home: Path) -> None:
    for path in _sites(built)[_KEPT:]:
        if path != home:
            shutil.rmtree(path, ignore_errors=True)
