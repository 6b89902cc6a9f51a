"""Where a template's tags stand in Word: each whole, in ordinary text, in one paragraph."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from practice_alerts.adapters.documents.docx.safety import W
from practice_alerts.adapters.documents.template import places
from practice_alerts.adapters.documents.template.tag_words import TAG, check_tags, tags_in, visible
from practice_alerts.domain.errors import BadTemplate

_DELIMITER = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_OPENING = re.compile(r"\{[{%#]")
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LONE_WORDS = {
    "tc": "a column cannot be repeated; repeat rows",
    "r": "leave out the r",
} | dict.fromkeys(("colspan", "cellbg", "vm", "hm"), "cells cannot be merged or coloured by a tag")
_PICTURE = "a picture"
_BETWEEN_RUNS: Mapping[str, str] = {
    "tab": "a tab",
    "ptab": "a tab",
    "br": "a line break",
    "cr": "a line break",
    "drawing": _PICTURE,
    "pict": _PICTURE,
    "object": _PICTURE,
    "sym": "a symbol",
    "noBreakHyphen": "a hyphen that does not break (Ctrl+Shift+Hyphen)",
    "softHyphen": "an optional hyphen, which cannot be seen,",
    "instrText": "a Word field",
}
_SPREAD_BY_WORD = frozenset({"r", "t", "rPr", "proofErr", "lastRenderedPageBreak"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def holds_tags(root: etree._Element) -> bool:
    if "{" not in etree.tostring(root, encoding="unicode"):
        return False  # as in most parts: to look at each text of styles alone takes as long as the rest
    attributes = (said for one in root.iter(etree.Element) for said in one.attrib.values())
    return any(_OPENING.search(str(text)) for text in (root.xpath("string()"), *attributes))


def check_places(root: etree._Element) -> None:
    """Refuse tags that do not stand whole in one paragraph's ordinary text, or say what no tag may say.

    Word may spread a tag over runs of the same paragraph (it does so for spelling and formats);
    those are mended, unless a tab, line break or picture stands within the tag.
    """
    for element in root.iter(etree.Element):
        _check_unprinted(element)
    for paragraph in root.iter(f"{W}p"):
        _check_paragraph(paragraph)
    for row in root.iter(f"{W}tr"):
        _check_lone(row, "tr", "row", "table")
    check_tags(_placed(root))


def check_lines(root: etree._Element) -> None:
    """The same of the document's properties, each of which is a line."""
    for element in root.iter(etree.Element):
        text = element.text or ""
        if _OPENING.search(text):
            where = f'in the property "{etree.QName(element).localname}"'
            _check_whole(text, where)
            check_tags((tag, where) for tag in tags_in(text))


def gather_tags(root: etree._Element) -> None:
    """Put each tag into one run where more than Word's own marks would go with it, such as half a comment."""
    for paragraph in root.iter(f"{W}p"):
        pieces = [each for each in _own(paragraph) if each.tag == f"{W}t"]
        text = "".join(each.text or "" for each in pieces)
        for tag in reversed([*TAG.finditer(text)]):
            _gather(paragraph, pieces, tag.start(), tag.end())


def _gather(paragraph: etree._Element, pieces: list[etree._Element], start: int, end: int) -> None:
    spread: list[tuple[etree._Element, int, int]] = []
    at = 0
    for piece in pieces:
        begins, at = at, at + len(piece.text or "")
        if begins < end and at > start:
            spread.append((piece, max(start - begins, 0), min(end, at) - begins))
    if len(spread) < 2 or not _holds_more(paragraph, spread[0][0], spread[-1][0]):  # noqa: PLR2004 - one run and another
        return
    whole = "".join((piece.text or "")[first:last] for piece, first, last in spread)
    for number, (piece, first, last) in enumerate(spread):
        text = piece.text or ""
        piece.text = text[:first] + ("" if number else whole) + text[last:]
        piece.set(_SPACE, "preserve")


def _holds_more(paragraph: etree._Element, first: etree._Element, last: etree._Element) -> bool:
    """Does anything but Word's own marks stand between these two, or does one stand in what the other does not?"""
    inside = list(_own(paragraph))
    between = inside[inside.index(first) : inside.index(last)]
    names = {etree.QName(each).localname for each in between if isinstance(each.tag, str)}
    if first.getparent().getparent() is not last.getparent().getparent():
        return True
    formats = {etree.QName(one).localname for each in paragraph.iter(f"{W}rPr") for one in each}
    return bool(names - _SPREAD_BY_WORD - formats - {"ins"})


def _placed(root: etree._Element) -> Iterator[tuple[str, str]]:
    for paragraph in root.iter(f"{W}p"):
        text = "".join(_texts(paragraph))
        where = _where(text)  # once: a paragraph may be long, and hold thousands of tags
        for tag in tags_in(text):
            yield tag, where


def _where(text: str) -> str:
    return f'in the paragraph "{shortened(visible(text))}"'


def _check_unprinted(element: etree._Element) -> None:
    """Refuse a tag in what is no ordinary text: a title, a description, a field, a deletion."""
    texts = [*element.attrib.values(), element.tail or ""]
    texts += [element.text or ""] if element.tag != f"{W}t" else []
    said = next((str(text) for text in texts if _OPENING.search(str(text))), "")
    if said:
        found = TAG.search(said)
        around = next(element.iterancestors(f"{W}p"), None)
        where = "" if around is None else f"{_where(''.join(_texts(around)))} "
        place = places.unprinted(element)
        raise BadTemplate(f"{where}the tag {shortened(found[0] if found else said)} stands {place}")


def _check_paragraph(paragraph: etree._Element) -> None:
    text = "".join(_texts(paragraph))
    where = _where(text)
    _check_whole(text, where)
    for tag in TAG.findall(text):
        _check_prefix(tag, where)
    _check_lone(paragraph, "p", "paragraph", "text box")
    _check_runs(paragraph, where)


def _check_whole(text: str, where: str) -> None:
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


def _check_lone(block: etree._Element, prefix: str, name: str, nested: str) -> None:
    """Refuse what would go with a tag that takes its whole paragraph or row away."""
    text = "".join(_texts(block, paragraphs=prefix == "tr"))
    if not re.search(rf"\{{[%#]{prefix}\s", text):
        return
    if _DELIMITER.split(text.strip())[::2] != ["", ""]:
        raise BadTemplate(
            f'the {name} "{shortened(text)}" would vanish with its tag. '
            f"A tag that begins with {{%{prefix} stands alone in its {name}."
        )
    if next(block.iterdescendants(f"{W}{prefix}"), None) is not None:
        raise BadTemplate(
            f'the {name} "{shortened(text)}" holds a {nested} beside its tag, which would vanish with it. '
            f"Put the tag into a {name} of its own."
        )


def _check_runs(paragraph: etree._Element, where: str) -> None:
    """Refuse a tag with something other than text inside it."""
    read = ""
    for element in _own(paragraph):
        if element.tag == f"{W}t":
            read += element.text or ""
            continue
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in _BETWEEN_RUNS and (_is_open(read) or read.endswith("{")):
            raise BadTemplate(
                f"{where} {_BETWEEN_RUNS[name]} stands inside a tag. Delete the tag and type it again."
            )


def _is_open(text: str) -> bool:
    return len(_DELIMITER.findall(text)) % 2 == 1


def _own(block: etree._Element, *, paragraphs: bool = False) -> Iterator[etree._Element]:
    """Yield what stands in a paragraph, or in a row, leaving out the same within it: text boxes, other tables."""
    stop = f"{W}tr" if paragraphs else f"{W}p"
    for child in block:
        if child.tag != stop:
            yield child
            yield from _own(child, paragraphs=paragraphs)


def _texts(block: etree._Element, *, paragraphs: bool = False) -> Iterator[str]:
    return (each.text or "" for each in _own(block, paragraphs=paragraphs) if each.tag == f"{W}t")


def shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004 - one line
