"""Every text that somebody who uses the product may read, each with where it stands.

Kept in mind are literals of the code, templates, forms, procedures, Word templates, pages and what commands say of
themselves. What is generated (e-mails, permissions, forms, the format) is read from the pages that `make docs` makes.
"""

import ast
import importlib
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from lxml import etree

from practice_alerts import ROOT
from practice_alerts.adapters.files.yaml_reader import read_yaml

Text = tuple[str, str]
"""Where it stands, and what it says."""

_A_KEY = re.compile(r"[a-z0-9_.:/#-]*")
_QUERY = re.compile(r"\s*(,\s+\w+(?: \(.*?\))? as \(|select|from|where|with|insert|update)\s")
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[^{}]*\}", re.DOTALL)
_READ_ALOUD = re.compile(r'(?:title|alt|aria-label|placeholder|value)="([^"]*)"')
_CODE = re.compile(
    r"^```(?:yaml|json|sql|sh|bash|python)(?: \w+)?\n.*?^```$", re.DOTALL | re.MULTILINE
)
_NOT_READ = re.compile(r"<!--.*?-->|`[^`\n]*`|\]\([^)]*\)", re.DOTALL)
_LINE_OF_A_FILE = re.compile(r"^\s+(?:- )?\{?[a-z_]+: .*$", re.MULTILINE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def of_python(source: str) -> Iterator[str]:
    """Its literals: no docstrings, no keys, no SQL, no patterns, and no comments on columns of the store."""
    tree = ast.parse(source)
    out = {id(one) for one in _not_said(tree)}
    within = {
        id(node)
        for whole in ast.walk(tree)
        if isinstance(whole, ast.JoinedStr)
        for node in ast.walk(whole)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in out:
            said = node.value
            is_key = _A_KEY.fullmatch(said) and (id(node) not in within or not said.isalpha())
            if not (is_key or _QUERY.match(said) or r"\b" in said):
                yield _PLACEHOLDER.sub(" ", said)


def _not_said(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.keyword) and node.arg == "comment":
            yield from ast.walk(node.value)


def of_template(source: str) -> Iterator[str]:
    """A page's words, what is read aloud of its tags, and what its expressions have in quotes."""
    for code in re.findall(r"\{[{%].*?[}%]\}", source, re.DOTALL):
        for said in re.findall(r"\"([^\"]*)\"|'([^']*)'", code):
            yield from (one for one in said if not _A_KEY.fullmatch(one))
    words = _PLACEHOLDER.sub(" ", source)
    yield from _READ_ALOUD.findall(words)
    yield re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", words, flags=re.DOTALL)


def of_yaml(source: str) -> Iterator[str]:
    """Values that read as words; ids and names of choices are none."""
    yield from _values(read_yaml(source.encode()).value)


def _values(said: Any) -> Iterator[str]:
    if isinstance(said, dict):
        for key, value in said.items():
            if key not in {"about", "counted_from", "if"}:  # names of places and events
                yield from _values(value)
    elif isinstance(said, list):
        for one in said:
            yield from _values(one)
    elif isinstance(said, str) and not _A_KEY.fullmatch(said):
        yield _PLACEHOLDER.sub(" ", said)


def of_word(source: bytes) -> Iterator[str]:
    """The paragraphs of a Word template, as Word shows them but for its tags."""
    with zipfile.ZipFile(BytesIO(source)) as parts:
        for name in parts.namelist():
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
                for paragraph in etree.fromstring(parts.read(name)).iter(f"{_WORD}p"):
                    said = "".join(one.text or "" for one in paragraph.iter(f"{_WORD}t"))
                    yield _PLACEHOLDER.sub(" ", said)


def of_page(source: str) -> Iterator[str]:
    """Without code, addresses, and the lines of a file that a command prints."""
    said = _NOT_READ.sub(" ", _CODE.sub(" ", source))
    yield re.sub(r"[*]{1,2}", "", _LINE_OF_A_FILE.sub(" ", said))


def of_commands() -> Iterator[Text]:
    main = importlib.import_module("practice_alerts.cli").main
    todo: list[tuple[str, click.Command]] = [("practice-alerts", main)]
    while todo:
        called, command = todo.pop()
        yield called, command.help or ""
        yield from ((called, getattr(one, "help", "") or "") for one in command.params)
        if isinstance(command, click.Group):
            todo += [(f"{called} {name}", one) for name, one in command.commands.items()]


READERS = {".py": of_python, ".html": of_template, ".yml": of_yaml, ".md": of_page}
_WHERE = (
    *("app.py", "pages/*.py", "practice_alerts/**/*.py", "practice_alerts/**/*.html"),
    *("practice_alerts/adapters/guide/texts/*.md", "procedures/*/*.md", "procedures/*/*.yml"),
    *("form_templates/*/*.yml", "form_templates/*/*.docx", "docs/*.md", "*.md"),
)
_NOT_FOR_USERS = ("/migrations/", "CHANGELOG.md", "GLOSSARY.md")
"""What is stored keeps its words; a changelog tells of its day; the glossary holds the old words themselves."""


def in_file(path: Path, source: bytes) -> Iterator[str]:
    if path.suffix == ".docx":
        return of_word(source)
    return iter(READERS[path.suffix](source.decode("utf-8")))


def every_text() -> Iterator[Text]:
    for pattern in _WHERE:
        for path in sorted(ROOT.glob(pattern)):
            where = path.relative_to(ROOT).as_posix()
            if not any(one in f"/{where}" for one in _NOT_FOR_USERS):
                yield from ((where, said) for said in in_file(path, path.read_bytes()))
    yield from of_commands()
