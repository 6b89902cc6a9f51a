"""The built site: whole, without dead ends, and asking nobody outside."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from typing_extensions import override

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import load_all
from practice_alerts.adapters.guide.build import (
    CONFIG,
    TAKEN,
    THEME,
    Built,
    GuideNotBuilt,
    build_guide,
)
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS
from tests.helpers.files.small_council import furnished

TODAY = day("Mon 2025-06-02")
ELSEWHERE = ("/app/", "/log/", "/dates", "/sign-in")
"""Addresses on this origin that other parts of the product answer."""
PUBLISHED = (
    *("https://www.gov.uk/", "https://www.local.gov.uk/", "https://www.england.nhs.uk/"),
    *("https://www.lambethsaferchildren.org.uk/", "https://www.legislation.gov.uk/"),
    "https://www.londonsafeguardingchildrenprocedures.co.uk",
)
"""Lists that councils' documents send their readers to: a way out that somebody presses, and nothing loaded."""

SIXTH = """
council: Sampleford
title: Concerns about practice
reference_prefix: SAM
edition: {version: "1"}
raised_by: {looked_after: iro}
case_system: Files
roles:
  iro: {title: Independent Reviewing Officer, in_iro_service: true}
  manager: {title: Team Manager}
kinds:
  concern: {title: Concern, ladder: main}
ladders:
  main:
    cap: not stated
    stages:
      - id: first
        label: First word
        answer: {from: manager, within: 72 hours}
"""


class Reader(HTMLParser):
    """What a page holds: where it leads, what it loads, its anchors, its main headings and its title."""

    def __init__(self) -> None:
        super().__init__()
        self.ways: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.main_headings = 0
        self.title = ""
        self._in_title = False

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        self.main_headings += tag == "h1"
        self._in_title = tag == "title"
        if tag == "a" and "href" in given:
            self.ways.append(given["href"])
        elif tag in {"link", "script", "img", "iframe", "source"}:
            self.loads += [given[name] for name in ("href", "src", "srcset") if name in given]

    @override
    def handle_data(self, data: str) -> None:
        self.title += data * self._in_title

    @override
    def handle_endtag(self, tag: str) -> None:
        self._in_title = False


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    into = tmp_path_factory.mktemp("guide")
    return build_guide(ROOT / "procedures", ROOT / "form_templates", into, TODAY)


@pytest.fixture(scope="module")
def pages(built: Built) -> dict[str, Reader]:
    """Each page of the built site by its address."""
    found = {}
    for path in sorted(built.site.rglob("index.html")):
        reader = Reader()
        reader.feed(path.read_text("utf-8"))
        folder = path.parent.relative_to(built.site).as_posix()
        found["/" if folder == "." else f"/{folder}/"] = reader
    return found


@pytest.fixture
def councils(tmp_path: Path) -> Path:
    """A folder of procedures with one small council in it."""
    folder = tmp_path / "procedures" / "sampleford"
    folder.mkdir(parents=True)
    (folder / "procedure.yml").write_text(SIXTH, "utf-8")
    return folder.parent


def moved(built: Built) -> set[str]:
    """Old addresses, which lead on."""
    found = built.site.rglob("index.html")
    return {one.parent.as_posix() for one in found if "http-equiv" in one.read_text("utf-8")}


def build_small(councils: Path, tmp_path: Path) -> Built:
    return build_guide(councils, tmp_path / "form_templates", tmp_path / "build", TODAY)


def test_all_five_councils_are_built(built: Built, pages: dict[str, Reader]) -> None:
    assert built.councils == IDS
    assert built.pages == len(pages) - len(moved(built))
    assert {f"/{council}/" for council in IDS} <= set(pages)


def test_no_way_leads_nowhere(built: Built, pages: dict[str, Reader]) -> None:
    dead = []
    for here, reader in pages.items():
        for way in reader.ways:
            to, anchor = urldefrag(urljoin(here, way))
            if to.startswith((*ELSEWHERE, *PUBLISHED)) or way.startswith("javascript:"):
                continue
            if to.endswith(".docx") and (built.site / to.lstrip("/")).is_file():
                continue
            if to not in pages or (anchor and anchor not in pages[to].anchors):
                dead.append(f"{here} -> {way}")
    assert dead == []


def test_each_form_with_a_template_has_a_blank_document(built: Built) -> None:
    councils = load_all(ROOT / "procedures", ROOT / "form_templates")
    blank = {
        path.relative_to(built.site).as_posix()
        for path in built.site.glob("*/blank/*.docx")
        if "……" in document_text(path)
    }
    assert blank == {
        f"{one.id}/blank/{form}.docx"
        for one in councils.values()
        for form in one.forms
        if one.template(form) is not None
    }
    assert "☐" in document_text(built.site / "lambeth/blank/practice_alert.docx")


def document_text(path: Path) -> str:
    return zipfile.ZipFile(path).read("word/document.xml").decode()


def test_an_old_address_leads_to_a_place_that_is_there(
    built: Built, pages: dict[str, Reader]
) -> None:
    old = sorted(Path(one).relative_to(built.site).as_posix() for one in moved(built))
    assert {"knowsley/good-practice", "merton/partner-agencies"} <= set(old)
    for one in old:
        (way,) = pages[f"/{one}/"].ways
        to, anchor = urldefrag(urljoin(f"/{one}/", way))
        assert anchor in pages[to].anchors, one


def test_nothing_is_loaded_from_another_origin(built: Built, pages: dict[str, Reader]) -> None:
    outside = re.compile(r"^(https?:)?//")
    loaded = {load for reader in pages.values() for load in reader.loads}
    assert [load for load in loaded if outside.match(load)] == []
    for sheet in built.site.rglob("*.css"):
        named = re.findall(r"(?:url\(|@import )[\"']?([^\"')]+)", sheet.read_text("utf-8"))
        assert [url for url in named if outside.match(url)] == [], sheet.name


def test_everything_a_page_loads_is_there(built: Built, pages: dict[str, Reader]) -> None:
    for here, reader in pages.items():
        for load in reader.loads:
            path = urldefrag(urljoin(here, load))[0].lstrip("/")
            assert (built.site / path).exists(), f"{here} loads {load}"
    assert (built.site / "look" / "fonts" / "regular.woff2").exists()


def test_each_page_has_one_main_heading_and_a_title_of_its_own(pages: dict[str, Reader]) -> None:
    assert {here for here, reader in pages.items() if reader.main_headings != 1} == set()
    titles = [reader.title for reader in pages.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("words", ["24 working days", "CAFCASS", "hold"])
def test_the_search_finds_what_people_look_for(built: Built, words: str) -> None:
    index = json.loads((built.site / "search" / "search_index.json").read_text("utf-8"))
    found = [
        entry["location"] for entry in index["docs"] if words in entry["text"] + entry["title"]
    ]
    assert found
    assert not [location for location in found if "/print/" in location]


def test_the_configuration_names_no_council() -> None:
    written = CONFIG.read_text("utf-8").lower()
    assert [council for council in IDS if council in written] == []
    assert "nav:" not in written.replace("  nav:", "")


def test_a_sixth_council_appears_without_a_line_of_code(councils: Path, tmp_path: Path) -> None:
    built = build_small(councils, tmp_path)
    first = (built.site / "sampleford" / "index.html").read_text("utf-8")
    assert "First word" in first
    assert "72 hours" in first
    assert "Sampleford" in (built.site / "compare" / "index.html").read_text("utf-8")


def test_a_dead_link_in_a_chapter_stops_the_build_and_is_named(
    councils: Path, tmp_path: Path
) -> None:
    chapter = councils / "sampleford" / "10-purpose.md"
    chapter.write_text("# Purpose\n\nSee [the duties](20-duties.md).\n", "utf-8")
    with pytest.raises(GuideNotBuilt, match=r"duties\.md") as stopped:
        build_small(councils, tmp_path)
    assert "sampleford/purpose.md" in stopped.value.faults[0]


def test_a_folder_under_a_taken_address_is_refused(councils: Path, tmp_path: Path) -> None:
    (councils / "sampleford").rename(councils / "log")
    with pytest.raises(GuideNotBuilt, match="Rename the folder procedures/log"):
        build_small(councils, tmp_path)


def test_every_address_of_the_guides_own_is_taken(councils: Path, tmp_path: Path) -> None:
    site = build_small(councils, tmp_path).site
    own = {path.name for path in site.iterdir() if path.is_dir()} - {"sampleford"}
    assert {"compare", "look", "start"} <= own
    assert own <= TAKEN


def test_what_was_built_before_leaves_no_page_behind(councils: Path, tmp_path: Path) -> None:
    chapter = councils / "sampleford" / "10-purpose.md"
    chapter.write_text("# Purpose\n\nWhy.\n", "utf-8")
    page = build_small(councils, tmp_path).site / "sampleford" / "purpose" / "index.html"
    assert page.exists()
    chapter.unlink()
    build_small(councils, tmp_path)
    assert not page.exists()


def test_the_successor_builds_the_same_site_from_the_same_configuration(
    built: Built, pages: dict[str, Reader], tmp_path: Path
) -> None:
    shutil.copytree(built.site.parent / "guide", tmp_path / "build" / "guide")
    settings = json.loads((built.site.parent / "mkdocs.yml").read_text("utf-8"))
    settings["theme"]["custom_dir"] = "../theme"
    shutil.copytree(THEME, tmp_path / "theme")
    (tmp_path / "build" / "mkdocs.yml").write_text(json.dumps(settings), "utf-8")
    zensical = Path(sys.executable).with_name("zensical")
    ran = subprocess.run(
        [zensical, "build", "--config-file", "build/mkdocs.yml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "No issues found" in ran.stdout + ran.stderr
    site = tmp_path / "build" / "site"
    here = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}
    assert {folder.strip("/") or "." for folder in pages} == here
    assert "Stage Five" in (site / "lambeth" / "index.html").read_text("utf-8")


def test_a_page_that_is_not_there_says_so_in_our_words_and_leads_to_help(built: Built) -> None:
    said = (built.site / "404.html").read_text("utf-8")
    assert "<h1>There is no page here</h1>" in said
    assert "Not found</h1>" not in said
    assert '<a href="/using/raise-an-alert/">Help</a>' in said
    assert (built.site / "using/raise-an-alert/index.html").exists()


@pytest.mark.parametrize("name", ["guide", "site"])
@pytest.mark.parametrize(
    "settings", [None, "site_name: Somebody's own\n", '{"docs_dir": "docs"}', "[1]"]
)
def test_what_was_not_built_here_is_not_built_over(
    tmp_path: Path, name: str, settings: str | None
) -> None:
    furnished(tmp_path)
    kept = tmp_path / name / "kept.txt"
    kept.parent.mkdir()
    kept.write_text("of somebody", "utf-8")
    if settings is not None:
        (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    with pytest.raises(GuideNotBuilt, match=f"/{name} is there already"):
        build_guide(tmp_path / "procedures", tmp_path / "form_templates", tmp_path, TODAY)
    assert kept.read_text("utf-8") == "of somebody"


def test_a_guide_is_built_over_the_one_before(tmp_path: Path) -> None:
    furnished(tmp_path)
    for _ in range(2):
        built = build_guide(tmp_path / "procedures", tmp_path / "form_templates", tmp_path, TODAY)
        assert (built.site / "sampleford/index.html").is_file()
