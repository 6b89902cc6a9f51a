"""What authors leave in a Word template that goes out with every document made from it: told, not refused."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from practice_alerts.adapters.documents.docx.package import opened
from practice_alerts.adapters.documents.docx.run_format import hidden_in, sheet_of_styles
from practice_alerts.adapters.documents.docx.safety import W, is_on, parsed_parts

_PRINTED = frozenset({"document", "hdr", "ftr", "footnotes", "endnotes"})
_CHANGES = tuple(
    f"{W}{name}"
    for name in (
        "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange",
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange",
        "tblGridChange", "tblPrExChange",
    )
)  # fmt: skip
_OF_PEOPLE: Mapping[str, str] = {
    "creator": "Author",
    "lastModifiedBy": "Last Modified By",
    "Manager": "Manager",
}
_INSPECT = "Take it out in Word: File, Info, Check for Issues, Inspect Document"
_LONGEST = 60
_TAG = re.compile(r"\{[{%#].*?[}%#]\}")
_NAME = r"\s*([^\W\d]\w*(?:\.\w+)*)\s*"
_ALMOST_TAG = re.compile(
    rf"[{{\uff5b]\s*[{{\uff5b]?{_NAME}[}}\uff5d]?\s*[}}\uff5d]|[\u00ab]{_NAME}[\u00bb]|<<{_NAME}>>"
    rf"|\[\[{_NAME}\]\]"
)
_Found = tuple[str, str]


def left_behind(docx: bytes) -> tuple[str, ...]:
    """What the template holds, with whose it is, and how it is taken out: one text for each thing.

    Raises BadTemplate as reading does.
    """
    roots = parsed_parts(opened(docx))
    kinds: dict[str, list[etree._Element]] = {}
    for root in roots.values():
        kinds.setdefault(etree.QName(root).localname, []).append(root)
    printed = [root for kind in sorted(_PRINTED) for root in kinds.get(kind, ())]
    found = [
        *_comments(kinds.get("comments", ())),
        *_tracked_changes(printed),
        *_hidden_text(printed, sheet_of_styles(roots)),
        *_almost_tags(printed),
        *_settings(kinds.get("settings", ())),
        *_people(kinds),
        *_others(kinds),
    ]
    return tuple(f"{what}, and so does every document made from it. {way}" for what, way in found)


def _comments(roots: Iterable[etree._Element]) -> Iterator[_Found]:
    found = [each for root in roots for each in root.iter(f"{W}comment")]
    if found:
        said = _quoted("".join(found[0].itertext(f"{W}t")))
        way = "Delete in Word: Review, Delete, Delete All Comments in Document"
        yield f"{_number(found, 'comment')}{_by(found)}{said}", way


def _tracked_changes(roots: Iterable[etree._Element]) -> Iterator[_Found]:
    found = [each for root in roots for each in root.iter(*_CHANGES)]
    if found:
        way = "In Word: Review, Accept, Accept All Changes and Stop Tracking"
        yield f"{_number(found, 'tracked change')}{_by(found)}", way


def _hidden_text(
    roots: Iterable[etree._Element], styles: etree._Element | None
) -> Iterator[_Found]:
    texts = ("".join(one.itertext(f"{W}t")) for root in roots for one in hidden_in(root, styles))
    said = " ".join(filter(None, map(str.strip, texts)))
    if said:
        yield f"hidden text{_quoted(said)}, which anybody can show", _INSPECT


def _almost_tags(roots: Iterable[etree._Element]) -> Iterator[_Found]:
    """What an author meant as a tag, as another program writes it or with a brace forgotten."""
    lines = (
        _TAG.sub("", "".join(each.itertext(f"{W}t")))
        for root in roots
        for each in root.iter(f"{W}p")
    )
    found = [each for line in lines for each in _ALMOST_TAG.finditer(line)]
    if found:
        name = next(filter(None, found[0].groups()))
        yield (
            f"words that look like a tag and are none{_quoted(found[0][0])}",
            f"If a field is meant, write it as {{{{ {name} }}}}",
        )


def _settings(roots: Iterable[etree._Element]) -> Iterator[_Found]:
    for root in roots:
        tracking = root.find(f"{W}trackRevisions")
        if tracking is not None and is_on(tracking):
            yield "Track Changes switched on", "Turn it off in Word: Review, Track Changes"
        kept = [str(each.get(f"{W}name")) for each in root.iter(f"{W}docVar")]
        if kept:
            yield f"words kept out of sight (document variables: {', '.join(kept)})", _INSPECT


def _people(kinds: Mapping[str, list[etree._Element]]) -> Iterator[_Found]:
    """Names in the properties, and of those who once commented."""
    properties = [*kinds.get("coreProperties", ()), *kinds.get("Properties", ())]
    for element in (each for root in properties for each in root.iter(etree.Element)):
        name, said = etree.QName(element).localname, (element.text or "").strip()
        is_address = "@" in said and not len(element)
        if said and "{{" not in said and (name in _OF_PEOPLE or is_address):
            yield f'"{said}" in its properties ({_OF_PEOPLE.get(name, name)})', _INSPECT
    people = [each for root in kinds.get("people", ()) for each in root]
    names = {str(next(iter(each.attrib.values()), "")) for each in people}
    if names and not kinds.get("comments"):
        yield f"names of people who worked on it ({', '.join(sorted(names))})", _INSPECT


def _others(kinds: Mapping[str, list[etree._Element]]) -> Iterator[_Found]:
    if "Tasks" in kinds:
        yield "tasks given to people", "Delete them in Word: Review, Show Comments"


def _number(found: list[etree._Element], what: str) -> str:
    return f"{len(found)} {what}" + ("s" if len(found) > 1 else "")


def _by(found: Iterable[etree._Element]) -> str:
    authors = sorted({str(each.get(f"{W}author", "")) for each in found} - {""})
    return f" by {', '.join(authors)}" if authors else ""


def _quoted(said: str) -> str:
    said = " ".join(said.split())
    return f' ("{said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"}")' if said else ""
