"""Where a template's tags stand in Word: each whole, in ordinary text, in one paragraph."""

import re
from collections.abc import Iterator

from lxml import etree

from practice_alerts.adapters.documents.docx.safety import W
from practice_alerts.domain.errors import BadTemplate

_DELIMITER = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_OPENING = re.compile(r"\{[{%#]")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LONE_WORDS = {
    "tc": "a column cannot be repeated; repeat rows",
    "r": "leave out the r",
} | dict.fromkeys(("colspan", "cellbg", "vm", "hm"), "cells cannot be merged or coloured by a tag")
_BETWEEN_RUNS = {f"{W}{name}" for name in ("tab", "br", "cr", "drawing", "pict", "object", "sym")}


def holds_tags(root: etree._Element) -> bool:
    texts = [root.xpath("string()"), *(str(each) for each in root.xpath("//@*"))]
    return any(_OPENING.search(text) for text in texts)


def check_places(root: etree._Element) -> None:
    """Refuse tags that do not stand whole in one paragraph's ordinary text.

    Word may spread a tag over runs of the same paragraph (it does so for spelling and formats);
    those are mended, unless a tab, line break or picture stands within the tag.
    """
    for element in root.iter(etree.Element):
        texts = [*element.attrib.values(), element.tail or ""]
        texts += [element.text or ""] if element.tag != f"{W}t" else []
        if any(_OPENING.search(str(text)) for text in texts):
            raise BadTemplate(
                "a tag stands where no text is printed (a description, link or field). Move it into the text."
            )
    for paragraph in root.iter(f"{W}p"):
        _check_paragraph(paragraph)
    for row in root.iter(f"{W}tr"):
        _check_lone(row, "tr", "row")


def _check_paragraph(paragraph: etree._Element) -> None:
    text = "".join(_texts(paragraph))
    where = f'in the paragraph "{shortened(text)}"'
    awaited = ""
    for delimiter in _DELIMITER.findall(text):
        if awaited and delimiter != awaited:
            raise BadTemplate(
                f'{where} a tag is not closed: "{awaited}" is missing before "{delimiter}".'
            )
        if not awaited and delimiter not in _CLOSES:
            raise BadTemplate(f'{where} "{delimiter}" closes a tag that was not opened.')
        awaited = "" if awaited else _CLOSES[delimiter]
    if awaited:
        raise BadTemplate(
            f'{where} a tag is not closed: "{awaited}" is missing. A tag stands in one paragraph.'
        )
    if text.endswith("{"):
        raise BadTemplate(f"{where} a brace stands at the end. Take it out.")
    for tag in _TAG.findall(text):
        _check_prefix(tag, where)
    _check_lone(paragraph, "p", "paragraph")
    _check_runs(paragraph, where)


def _check_prefix(tag: str, where: str) -> None:
    word = re.match(r"\{[{%#]-?\s*(\w*)", tag)
    name = word[1] if word else ""
    if name in _LONE_WORDS and (tag.startswith("{%") or re.match(r"\{\{(r|tc)\s", tag)):
        raise BadTemplate(f"{where} the tag {tag} is not supported: {_LONE_WORDS[name]}.")
    if re.match(r"\{\{(p|tr)\s", tag):
        block = "paragraph" if name == "p" else "row"
        raise BadTemplate(
            f"{where} the tag {tag} would replace a whole {block}. Print a field with {{{{ field }}}}."
        )


def _check_lone(block: etree._Element, prefix: str, name: str) -> None:
    """Refuse text beside a tag that takes its whole paragraph or row away."""
    text = "".join(_texts(block, nested=True))
    if re.search(rf"\{{[%#]{prefix}\s", text) and _DELIMITER.split(text.strip())[::2] != ["", ""]:
        raise BadTemplate(
            f'the {name} "{shortened(text)}" would vanish with its tag. '
            f"A tag that begins with {{%{prefix} stands alone in its {name}."
        )


def _check_runs(paragraph: etree._Element, where: str) -> None:
    """Refuse a tag with something other than text inside it."""
    read = ""
    for element in _own(paragraph):
        if element.tag == f"{W}t":
            read += element.text or ""
        elif element.tag in _BETWEEN_RUNS and (_is_open(read) or read.endswith("{")):
            raise BadTemplate(
                f"{where} a tab, line break or picture stands inside a tag. Type the tag again."
            )


def _is_open(text: str) -> bool:
    return len(_DELIMITER.findall(text)) % 2 == 1


def _own(block: etree._Element, *, nested: bool = False) -> Iterator[etree._Element]:
    """Yield what stands in a paragraph, leaving out paragraphs of text boxes within it."""
    for child in block:
        if nested or child.tag != f"{W}p":
            yield child
            yield from _own(child, nested=nested)


def _texts(block: etree._Element, *, nested: bool = False) -> Iterator[str]:
    return (each.text or "" for each in _own(block, nested=nested) if each.tag == f"{W}t")


def shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004 - one line
