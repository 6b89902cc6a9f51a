"""What tags may leave of the page: never a broken one, whatever the data."""

import re
from collections.abc import Iterator

from jinja2 import nodes
from lxml import etree

from practice_alerts.adapters.documents.docx.safety import W
from practice_alerts.adapters.documents.template.once_only import RANGES, each_once
from practice_alerts.adapters.documents.template.tag_positions import shortened
from practice_alerts.domain.errors import BadTemplate

_MARKUP = re.compile(r"<(/?)([\w:]+)[^>]*?(/?)>")


def check_structure(name: str, tree: nodes.Template) -> None:
    """Refuse tags that could leave a page broken, whatever the data.

    Each repeated or chosen piece must close what it opens, and a table cell must keep a paragraph
    when every such piece is left out.
    """
    for piece in _pieces(tree):
        if not _closes_what_it_opens(piece):
            text = shortened(re.sub(r"<[^>]*>", " ", piece).strip())
            raise BadTemplate(
                f'the piece from "{text}" begins in one place of the page and ends in another. '
                "Put its tags around whole paragraphs, or around whole rows with {%tr … %}."
            )
    least = _parsed_again(name, _flat(tree, least=True))
    _parsed_again(name, _flat(tree, least=False))
    _check_least(least)


def repeats_ranges(tree: nodes.Template) -> bool:
    """Could a bookmark, a comment or the like come to stand twice, half, or not at all?"""
    if any(RANGES.search(piece) for piece in _pieces(tree)):
        return True
    whole = _flat(tree, least=False)
    return RANGES.search(whole) is not None and each_once(whole) != whole


def _parsed_again(name: str, xml: str) -> etree._Element:
    try:
        return etree.fromstring(xml)
    except etree.XMLSyntaxError as error:
        raise BadTemplate(
            f'the tags in "{name}" do not fit together. Type them again, each in one go.'
        ) from error


def _check_least(root: etree._Element) -> None:
    for cell in root.iter(*(f"{W}{name}" for name in ("tc", "txbxContent", "hdr", "ftr"))):
        if next(cell.iter(f"{W}p"), None) is None:
            raise BadTemplate(
                f"a table cell, header or footer could end up empty{_near(cell)}. Put a line of text outside its tags."
            )
    for table in root.iter(f"{W}tbl"):
        if next(table.iter(f"{W}tr"), None) is None:
            raise BadTemplate(
                f"a table could end up without a row{_near(table)}. Give it a heading row outside its tags."
            )


def _near(element: etree._Element) -> str:
    """The last words that are printed before it in any case, to find it by."""
    before = (
        each for each in element.iterancestors() for each in each.itersiblings(preceding=True)
    )
    texts = ("".join(each.itertext(f"{W}t")).strip() for each in before)
    said = next(filter(None, texts), "")
    return f' after "{shortened(said)}"' if said else ""


def _pieces(tree: nodes.Node) -> Iterator[str]:
    for node in tree.find_all((nodes.For, nodes.If)):
        for branch in _branches(node):
            yield _flat_all(branch, least=False)


def _branches(node: nodes.Node) -> list[list[nodes.Node]]:
    """Return what may be printed in turn: the piece itself, its elifs, and what stands else."""
    if isinstance(node, nodes.For):
        return [node.body, node.else_]
    if isinstance(node, nodes.If):
        return [node.body, *(each.body for each in node.elif_), node.else_]
    return []


def _flat(node: nodes.Node, *, least: bool) -> str:
    """Return the page with every piece once, or with as little as any data could leave."""
    if isinstance(node, nodes.TemplateData):
        return node.data
    branches = [_flat_all(branch, least=least) for branch in _branches(node)]
    if branches:
        return min(branches, key=len) if least else "".join(branches)
    return _flat_all(list(node.iter_child_nodes()), least=least)


def _flat_all(several: list[nodes.Node], *, least: bool) -> str:
    return "".join(_flat(each, least=least) for each in several)


def _closes_what_it_opens(piece: str) -> bool:
    """Say whether a piece ends in the same place of the page as it began."""
    closed: list[str] = []
    opened: list[str] = []
    for end, name, empty in _MARKUP.findall(piece):
        if empty:
            continue
        if not end:
            opened.append(name)
        elif not opened:
            closed.append(name)
        elif opened.pop() != name:
            return False
    return closed == opened[::-1]
