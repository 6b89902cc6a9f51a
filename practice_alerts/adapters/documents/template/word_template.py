"""A Word template: parsed, patched and compiled once, rendered many times.

docxtpl turns what stands in Word into a Jinja template (`patch_xml`); all else of its way is
done once, when the template is read, and only the parts that hold tags are written anew.

The template is checked as if a stranger had made it. It is rendered in a sandbox, with plain
values only, and every value goes through text_policy.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from typing_extensions import override

from practice_alerts.adapters.documents.docx.package import (
    MOST_BYTES,
    Member,
    member,
    opened,
    zipped,
)
from practice_alerts.adapters.documents.docx.safety import W, refuse_dangers
from practice_alerts.adapters.documents.docx.unseen import without_unseen
from practice_alerts.adapters.documents.template import (
    once_only,
    places,
    tag_expressions,
    tag_positions,
    tag_structure,
    tag_words,
    typed_text,
)
from practice_alerts.domain.errors import BadTemplate, TemplateFieldMissing, TextTooLong

PART_LIMIT = 20_000_000  # characters of XML in one rendered part
MOST_TAGS = 3_000  # in one part

_RUNNING = {"document"}
_MARGINS = {"hdr", "ftr", "footnotes", "endnotes"}
_PROPERTIES = {"coreProperties", "Properties"}
_LINES = r"(?:w:p|(?:cp|dc|vt):\w+|Company|Manager)"  # each on a line of its own while reading
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PICTURE_ID = re.compile(r'(<wp:docPr\b[^>]*? id=")\d+')
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


class _FieldMissing(Exception):  # noqa: N818 - carries the name up to where the path is known
    pass


class _Missing(StrictUndefined):
    """Stops the document at a field that is not there, and keeps the field's name."""

    def __init__(
        self, hint: str | None = None, obj: Any = None, name: str | None = None, exc: Any = None
    ) -> None:
        del exc
        super().__init__(hint, obj, name, exc=lambda _message: _FieldMissing(name or ""))  # type: ignore[arg-type]


class _Sandbox(ImmutableSandboxedEnvironment):
    """Knows fields of dicts, items of lists and the loop's own counters; nothing else has names."""

    def __init__(self, finalize: Callable[[Any], str]) -> None:
        super().__init__(
            autoescape=True, undefined=_Missing, finalize=lambda value: finalize(_there(value))
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in tag_expressions.FILTERS}
        self.tests = {name: self.tests[name] for name in tag_expressions.TESTS}

    @override
    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is LoopContext:
            return super().getattr(obj, attribute)
        return self.getitem(obj, attribute)

    @override
    def getitem(self, obj: Any, argument: Any) -> Any:
        if type(obj) is dict or (type(obj) is list and type(argument) is int):
            try:
                return obj[argument]
            except (KeyError, IndexError):
                pass
        return self.undefined(obj=_there(obj), name=str(argument))


def _there(value: Any) -> Any:
    if isinstance(value, _Missing):
        str(value)  # which raises _FieldMissing
    return value


_TEXT = _Sandbox(typed_text.in_text)
_MARGIN = _Sandbox(typed_text.in_margin)
_docxtpl = DocxTemplate(io.BytesIO())  # patch_xml uses nothing of the file


@dataclass(frozen=True, slots=True)
class _Part:
    """One compiled part."""

    name: str
    template: Template
    has_pictures: bool
    has_ranges: bool
    names: frozenset[str]
    paths: frozenset[str]

    def filled(self, context: Mapping[str, Any]) -> Member:
        pieces = self.template.root_render_func(self.template.new_context(dict(context)))
        xml = _DECLARATION + "".join(_within_limit(pieces))
        if self.has_pictures:
            numbers = count(1001)
            xml = _PICTURE_ID.sub(lambda found: f"{found[1]}{next(numbers)}", xml)
        if self.has_ranges:
            xml = once_only.each_once(xml)
        return member(self.name, xml.encode())


def _within_limit(pieces: Iterable[str]) -> list[str]:
    kept: list[str] = []
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > PART_LIMIT:
            raise TextTooLong(total, PART_LIMIT)
        kept.append(piece)
    return kept


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """Safe to share between threads: nothing in it changes after reading."""

    _members: tuple[Member | _Part, ...]

    @classmethod
    def read(cls, source: str | Path | bytes) -> WordTemplate:
        """Read a .docx; BadTemplate gives the reason in words."""
        return _compiled_once(source if isinstance(source, bytes) else _file(Path(source)))

    def render(self, context: Mapping[str, Any]) -> bytes:
        """Return the document; the same context makes the same bytes.

        Takes plain text, numbers, yes/no, None, lists and dicts (TypeError for all else). Raises
        TemplateFieldMissing for a tag without a field, TextTooLong past text_policy's limits, and
        BadTemplate where a tag asks for the impossible, such as repeating a yes or no.
        """
        typed_text.require_plain(dict(context))
        try:
            return zipped(
                each.filled(context) if isinstance(each, _Part) else each for each in self._members
            )
        except _FieldMissing as error:
            raise TemplateFieldMissing(self._path_of(str(error))) from None
        except typed_text.NotPrintableError as error:
            raise BadTemplate(f"one of its tags does not suit its field: {error}") from error
        except TypeError as error:
            raise BadTemplate(
                "one of its tags does not suit its field: it repeats what is no list, or compares what cannot be compared."
            ) from error

    def tags(self) -> frozenset[str]:
        """The top-level fields that the template asks for, in any of its parts."""
        return frozenset().union(*(part.names for part in self._parts()))

    def paths(self) -> frozenset[str]:
        """The fields as the tags name them, such as `stages[].answers[].by`."""
        return frozenset().union(*(part.paths for part in self._parts()))

    def _parts(self) -> list[_Part]:
        return [each for each in self._members if isinstance(each, _Part)]

    def _path_of(self, name: str) -> str:
        return min((path for path in self.paths() if path.split(".")[-1] == name), default=name)


@lru_cache(maxsize=64)
def _compiled_once(file: bytes) -> WordTemplate:
    """By its bytes: the check at the start reads every template, and then whoever prints, councils that share one too."""
    members, roots = without_unseen(opened(file))
    names = frozenset(each.name for each in members)
    body = refuse_dangers(roots, names)
    parts = {
        name: _part(name, root)
        for name, root in roots.items()
        if tag_positions.holds_tags(root) and not places.is_never_printed(root, name)
    }
    if body not in parts:
        raise BadTemplate(
            "its text holds no tags such as {{ child_name }}, so nothing would be filled in."
        )
    return WordTemplate(tuple(parts.get(each.name, each) for each in members))


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)  # enough to see that it is too large
    except OSError as error:
        raise BadTemplate(f'there is no file "{path}" to read. Put the template there.') from error


def _part(name: str, root: etree._Element) -> _Part:
    try:
        return _compiled(name, root)
    except (RecursionError, SyntaxError) as error:  # Python's own limits on what it compiles
        raise BadTemplate(f'the tags in its part "{name}" are nested too deeply.') from error


def _compiled(name: str, root: etree._Element) -> _Part:
    kind = etree.QName(root).localname
    if kind in _PROPERTIES:
        tag_positions.check_lines(root)
        environment, source = _MARGIN, _one_per_line(root)
    elif kind in _RUNNING | _MARGINS:
        tag_positions.check_places(root)
        tag_positions.gather_tags(root)
        _make_repeatable(root)
        environment, source = (_TEXT if kind in _RUNNING else _MARGIN), _one_per_line(root)
    else:
        raise BadTemplate(f"a tag stands {places.of_part(root, name)}")
    if source.count("{{") + source.count("{%") > MOST_TAGS:
        raise BadTemplate(f'its part "{name}" holds more than {MOST_TAGS:,} tags.')
    tree, template = _read(name, environment, source)
    names = frozenset(find_undeclared_variables(tree))
    paths = frozenset(tag_expressions.field_paths(tree))
    has_ranges = tag_structure.repeats_ranges(tree)
    return _Part(name, template, "<wp:docPr" in source, has_ranges, names, paths)


def _make_repeatable(root: etree._Element) -> None:
    """Take out what may stand only once, and ties that would undo what is filled in."""
    for element in root.iter(f"{W}p", f"{W}tr"):
        for name in ("paraId", "textId"):
            element.attrib.pop(f"{_W14}{name}", None)
    doomed = [each for each in root.iter(f"{W}bookmarkStart") if each.get(f"{W}name") == "_GoBack"]
    ids = {each.get(f"{W}id") for each in doomed}
    doomed += [each for each in root.iter(f"{W}bookmarkEnd") if each.get(f"{W}id") in ids]
    for element in (*doomed, *root.iter(f"{W}dataBinding"), *root.iter(f"{W}proofErr")):
        element.getparent().remove(element)


def _one_per_line(root: etree._Element) -> str:
    """The XML as docxtpl reads it, a paragraph or property a line, so that errors can point to one."""
    xml = etree.tostring(root, encoding="unicode")
    patched: str = _docxtpl.patch_xml(xml)
    meant = tag_words.TAG.sub(lambda tag: tag_words.as_meant(tag[0]), patched)
    return re.sub(f"<({_LINES}[ >])", r"\n<\1", meant)


def _read(name: str, environment: _Sandbox, source: str) -> tuple[nodes.Template, Template]:
    try:
        tree = environment.parse(source)
        tag_expressions.check_meaning(tree)
        _restore_text(tree)
        tag_structure.check_structure(name, tree)
        return tree, Template.from_code(environment, environment.compile(tree), {})
    except TemplateSyntaxError as error:
        line = source.split("\n")[(error.lineno or 1) - 1]
        text = tag_positions.shortened(re.sub(r"<[^>]*>", "", line))
        raise BadTemplate(
            f'a tag cannot be read in "{text}". Delete it and type it again.'
        ) from error


def _restore_text(tree: nodes.Template) -> None:
    """Undo the line breaks of reading, and print docxtpl's way of writing braces as braces."""
    for data in tree.find_all(nodes.TemplateData):
        data.data = re.sub(f"\n<({_LINES}[ >])", r"<\1", data.data)
        for written, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
            data.data = data.data.replace(written, meant)
