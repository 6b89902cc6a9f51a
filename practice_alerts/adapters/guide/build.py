"""Builds the guidance site: compiles the councils' files to Markdown, and has MkDocs make pages of it."""

import json
import logging
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from logging.handlers import BufferingHandler
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.utils.yaml import yaml_load

from practice_alerts import PACKAGE, ROOT
from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.adapters.documents.template.word_template import WordTemplate
from practice_alerts.adapters.files.procedures import CouncilFiles, load_all
from practice_alerts.adapters.guide.chapters import Chapters, chapters_of, with_faults
from practice_alerts.domain.documents.blank import blank_paper
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.guide.pages.site import Compiler, Guide
from practice_alerts.domain.guide.pages.terms import for_readers
from practice_alerts.domain.guide.parts.found_by import words_in
from practice_alerts.domain.guide.parts.page import (
    RESERVED,
    Council,
    GuidePage,
    GuideSection,
    blank_form,
)

CONFIG = ROOT / "mkdocs.yml"
TEXTS = PACKAGE / "adapters/guide/texts"
THEME = PACKAGE / "adapters/guide/theme"
SYNONYMS = PACKAGE / "adapters/guide/synonyms.yml"
TAKEN = RESERVED
"""First words of the guide's own addresses."""
SCREENS = ROOT / "docs" / "screens"
GLOSSARY = ROOT / "GLOSSARY.md"
SHARED_LOOK = PACKAGE / "web" / "static"


class GuideNotBuilt(Expected):
    """`faults` are sentences: a dead link, a page that is missing from the menu, an address taken."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "The guide was not built. Put this right first:\n" + "\n".join(self.faults)
        )


@dataclass(frozen=True)
class Built:
    """What was built: the folder to serve, how many pages, of which councils; `faults` are what it was built in spite of."""

    site: Path
    pages: int
    councils: tuple[str, ...]
    faults: tuple[str, ...] = ()


def build_guide(procedures: Path, form_templates: Path, into: Path, today: date) -> Built:
    """Compile to `into`/guide and build to `into`/site. Raises BadDefinition and GuideNotBuilt."""
    return build_for(load_all(procedures, form_templates), into, today)


def build_for(councils: Mapping[str, CouncilFiles], into: Path, today: date) -> Built:
    """The same of councils that were read already. Raises GuideNotBuilt."""
    if taken := sorted(RESERVED & set(councils)):
        raise GuideNotBuilt([_is_taken(name) for name in taken])
    if not _was_built_here(into) and (there := [one for one in _MADE if (into / one).exists()]):
        raise GuideNotBuilt([_is_not_ours(into / name) for name in there])
    guide = compile_into(into, councils, today)
    site = into / "site"
    _make_pages(into, site, guide)
    complete_search(site, guide)
    return Built(site, len(guide.pages), tuple(councils))


_MADE = ("guide", "site")
"""What is made anew each time, whatever lay there."""


def _was_built_here(into: Path) -> bool:
    try:
        settings = json.loads((into / "mkdocs.yml").read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(settings, dict) and settings.get("docs_dir") == "guide"


def _is_not_ours(place: Path) -> str:
    return f"{place} is there already and is no guide that was built here: name another folder."


def build_all_the_same(councils: Mapping[str, CouncilFiles], into: Path, today: date) -> Built:
    """The guide that stands beside the running product: one council's page at fault keeps none from readers.

    The page says at its head what is wrong with it. A folder with an address of ours is left out.
    """
    taken = [_is_taken(name) for name in sorted(RESERVED & set(councils))]
    kept = {name: files for name, files in councils.items() if name not in RESERVED}
    read = {files.id: chapters_of(files) for files in kept.values()}
    guide = _compile(into, kept, read, today)
    dead = _make_pages(into, into / "site", guide, strictly=False)
    if dead:
        _say_on_pages(into / "guide", guide, dead)
        _make_pages(into, into / "site", guide, strictly=False)
    complete_search(into / "site", guide)
    unread = [said for _, faults in read.values() for said in faults]
    return Built(into / "site", len(guide.pages), tuple(kept), (*taken, *unread, *dead))


def _is_taken(name: str) -> str:
    return f"Rename the folder procedures/{name}: /{name}/ is taken."


def _say_on_pages(pages: Path, guide: Guide, faults: Sequence[str]) -> None:
    """Put each fault that names a page at the head of that page."""
    for page in guide.pages:
        if own := [said for said in faults if f"'{page.file}'" in said]:
            _write(pages / page.file, _front(page) + with_faults(page.text, own))


def compile_into(into: Path, councils: Mapping[str, CouncilFiles], today: date) -> Guide:
    """Write the Markdown, the shared look and the menu, so that any builder can read them. Raises GuideNotBuilt."""
    read = {files.id: chapters_of(files) for files in councils.values()}
    if wrong := [said for _, faults in read.values() for said in faults]:
        raise GuideNotBuilt(wrong)
    return _compile(into, councils, read, today)


def _compile(
    into: Path, councils: Mapping[str, CouncilFiles], read: Mapping[str, Chapters], today: date
) -> Guide:
    """The same, of pages at fault too: each says so."""
    pages = into / "guide"
    blanks = {files.id: _blanks(files) for files in councils.values()}
    sources = [_council(files, read[files.id][0], blanks[files.id]) for files in councils.values()]
    shutil.rmtree(pages, ignore_errors=True)
    calendar, synonyms = england(today=today), _synonyms()
    compiler = Compiler(sources, _texts(), calendar, today, _pictures(), synonyms)
    guide = compiler.guide()
    for page in guide.pages:
        _write(pages / page.file, _front(page) + page.text)
    for council_id, documents in blanks.items():
        for name, document in documents.items():
            place = pages / council_id / blank_form(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(document)
    for one in guide.moved:
        _write(pages / one.path / "index.html", one.page())
    _lay_out(pages, guide)
    _configure(into, guide)
    return guide


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def complete_search(site: Path, guide: Guide) -> None:
    """Write into the index of the built site what each part of a page is to be found by besides, and its words beside it."""
    index = site / "search" / "search_index.json"
    found = json.loads(index.read_text(encoding="utf-8"))
    for one in found["docs"]:
        one.update(asdict(guide.findable(one["location"], one["title"], one["text"])))
    _write(index, json.dumps(found, separators=(",", ":")))
    said = " ".join(f"{one['title']} {one['text']} {one['words']}" for one in found["docs"])
    _write(site / "search" / "words.json", json.dumps(words_in(said), ensure_ascii=False))


def _configure(into: Path, guide: Guide) -> None:
    """Write the configuration for a builder that compiles nothing itself: JSON, which any YAML reader takes."""
    settings = yaml_load(CONFIG.read_text("utf-8"))
    del settings["hooks"]
    theme = {**settings["theme"], "custom_dir": os.path.relpath(THEME, into)}
    own = {"docs_dir": "guide", "site_dir": "site", "nav": menu_of(guide), "theme": theme}
    whole = json.dumps({**settings, **own}, indent=1, ensure_ascii=False)
    (into / "mkdocs.yml").write_text(whole + "\n", encoding="utf-8")


def menu_of(guide: Guide) -> list[dict[str, object]]:
    """The menu as MkDocs has it."""
    return _menu(guide.menu)


def _lay_out(pages: Path, guide: Guide) -> None:
    """Put the look, the typeface and the screenshots beside the pages."""
    look = pages / "look"
    _copy_within(SHARED_LOOK / "fonts", look / "fonts")
    shared = (SHARED_LOOK / "look.css").read_text(encoding="utf-8")
    # The guide brings its own copies, so that it can be read without the rest of the product.
    (look / "look.css").write_text(shared.replace("/static/fonts/", "fonts/"), encoding="utf-8")
    shutil.copyfile(SHARED_LOOK / "mark.svg", look / "mark.svg")
    _copy_within(PACKAGE / "adapters/guide/assets", look)
    (look / "compare.css").write_text(guide.style, encoding="utf-8")
    for picture in _pictures().values():
        if any(picture in page.text for page in guide.pages):
            (pages / picture).parent.mkdir(exist_ok=True)
            shutil.copyfile(SCREENS / Path(picture).name, pages / picture)


def _pictures() -> dict[str, str]:
    """Screenshots by the page they show: `raise-alert` finds ``ira-raise-alert-1280.png``.

    The shortest name wins, so that `alert` finds the picture of the alert, not that of raising it.
    """
    found: dict[str, str] = {}
    paths = SCREENS.glob("*-1280.png")
    for path in sorted(paths, key=lambda path: (path.stem.count("-"), path.stem)):
        words = path.stem.removesuffix("-1280").split("-")
        for start in range(len(words)):
            found.setdefault("-".join(words[start:]), f"screens/{path.name}")
    return found


def _council(
    files: CouncilFiles, chapters: Mapping[str, str], blanks: Mapping[str, bytes]
) -> Council:
    own = (files.id, files.procedure, files.forms, chapters, files.act_forms, files.law)
    return Council(*own, blanks=frozenset(blanks), earlier=files.earlier)


def _blanks(files: CouncilFiles) -> dict[str, bytes]:
    """The blank document of each form, by the form's name; none of a template that `check` refuses."""
    found = {}
    for name, form in files.forms.items():
        if (template := files.template(name)) is not None:
            with suppress(Expected):
                word = WordTemplate.read(template)
                paper = blank_paper(files.procedure, name, form, word.paths())
                found[name] = word.render(paper)
    return found


def _texts() -> dict[str, str]:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.md"))}
    return {**texts, "glossary": for_readers(GLOSSARY.read_text(encoding="utf-8"))}


def _synonyms() -> tuple[tuple[str, ...], ...]:
    groups = yaml_load(SYNONYMS.read_text(encoding="utf-8"))
    return tuple(tuple(map(str, group)) for group in groups)


def _front(page: GuidePage) -> str:
    """The title as written, and what the search leaves out. JSON, because any text is safe in it."""
    hidden = "" if page.in_search else "search: {exclude: true}\n"
    return f"---\ntitle: {json.dumps(page.full_title, ensure_ascii=False)}\n{hidden}---\n\n"


def _menu(entries: Sequence[GuidePage | GuideSection]) -> list[dict[str, object]]:
    return [
        {entry.title: entry.file if isinstance(entry, GuidePage) else _menu(entry.entries)}
        for entry in entries
        if isinstance(entry, GuidePage) or entry.entries
    ]


def _make_pages(into: Path, site: Path, guide: Guide, *, strictly: bool = True) -> list[str]:
    """What MkDocs warned of. Raises GuideNotBuilt with it if it is to be taken `strictly`."""
    settings = load_config(
        config_file=str(CONFIG),
        hooks=[],
        strict=strictly,
        docs_dir=str(into / "guide"),
        site_dir=str(site),
        nav=menu_of(guide),
    )
    # What MkDocs warns of is kept, because its own exception only counts the warnings.
    log, overheard = logging.getLogger("mkdocs"), BufferingHandler(sys.maxsize)
    overheard.setLevel(logging.WARNING)
    log.addHandler(overheard)
    settings.plugins.on_startup(command="build", dirty=False)
    try:
        build(settings)
    except Abort as stopped:
        said = [record.getMessage() for record in overheard.buffer]
        raise GuideNotBuilt(said or [str(stopped)]) from stopped
    finally:
        settings.plugins.on_shutdown()
        log.removeHandler(overheard)
    return list(dict.fromkeys(record.getMessage() for record in overheard.buffer))


def _copy_within(source: Path, target: Path) -> None:
    """Files and folders, and not their modes: what is kept with the data is for its own account alone."""
    for one in sorted(source.rglob("*")):
        if one.is_file():
            place = target / one.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(one, place)
