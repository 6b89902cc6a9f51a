"""Builds the guidance site: compiles the councils' files to Markdown, and has MkDocs make pages of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from practice_alerts.adapters.procedure_files import CouncilFiles, load_all
from practice_alerts.domain.guide.page import Council, Page, Section
from practice_alerts.domain.guide.whole import Guide, compile_guide

HERE = Path(__file__).parent
CONFIG = HERE.parents[1] / "mkdocs.yml"
TEXTS = HERE / "guide_texts"
ASSETS = HERE / "guide_assets"
SHARED_LOOK = HERE.parent / "web" / "static"


@dataclass(frozen=True)
class Built:
    """What was built: the folder to serve, how many pages, and of which councils."""

    site: Path
    pages: int
    councils: tuple[str, ...]


def build_guide(
    procedures: Path, form_templates: Path, into: Path, today: date, *, config: Path = CONFIG
) -> Built:
    """Compile to `into`/guide and build to `into`/site. Raises BadDefinition; a dead link stops the build."""
    councils = load_all(procedures, form_templates)
    guide = compile_into(into, councils, today)
    site = into / "site"
    _make_pages(config, into, site, guide)
    return Built(site, len(guide.pages), tuple(councils))


def compile_into(into: Path, councils: Mapping[str, CouncilFiles], today: date) -> Guide:
    """Write the Markdown, the shared look and the menu, so that any builder can read them."""
    pages = into / "guide"
    shutil.rmtree(pages, ignore_errors=True)
    guide = compile_guide([_council(files) for files in councils.values()], _texts(), today)
    for page in guide.pages:
        path = pages / page.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_front(page) + page.text, encoding="utf-8")
    for folder in (SHARED_LOOK, ASSETS):
        shutil.copytree(folder, pages / "static", dirs_exist_ok=True)
    menu = json.dumps({"nav": _menu(guide.menu)}, indent=1, ensure_ascii=False)
    (into / "guide-menu.yml").write_text(menu + "\n", encoding="utf-8")
    return guide


def _council(files: CouncilFiles) -> Council:
    chapters = {path.name: path.read_text(encoding="utf-8") for path in files.pages}
    return Council(files.id, files.procedure, files.forms, chapters)


def _texts() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.md"))}


def _front(page: Page) -> str:
    """The title as written, and what the search leaves out. JSON, because any text is safe in it."""
    hidden = "" if page.in_search else "search: {exclude: true}\n"
    return f"---\ntitle: {json.dumps(page.title, ensure_ascii=False)}\n{hidden}---\n\n"


def _menu(entries: Sequence[Page | Section]) -> list[dict[str, object]]:
    return list(_menu_entries(entries))


def _menu_entries(entries: Sequence[Page | Section]) -> Iterator[dict[str, object]]:
    for entry in entries:
        if isinstance(entry, Page):
            yield {entry.title: entry.file}
        elif entry.entries:
            yield {entry.title: _menu(entry.entries)}


class _Named(BytesIO):
    """The configuration without its INHERIT line, under its own name, so that paths are found."""

    def __init__(self, config: Path) -> None:
        lines = config.read_bytes().splitlines(keepends=True)
        super().__init__(b"".join(line for line in lines if not line.startswith(b"INHERIT:")))
        self.name = str(config)


def _make_pages(config: Path, into: Path, site: Path, guide: Guide) -> None:
    settings = load_config(
        config_file=_Named(config),
        docs_dir=str(into / "guide"),
        site_dir=str(site),
        nav=_menu(guide.menu),
    )
    settings.plugins.on_startup(command="build", dirty=False)
    try:
        build(settings)
    finally:
        settings.plugins.on_shutdown()


__all__ = ["Built", "MkDocsException", "build_guide", "compile_into"]
