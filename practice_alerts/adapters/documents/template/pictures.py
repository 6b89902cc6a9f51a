"""Pictures put into a document that was rendered: each in the place of a picture of its template that is named so.

The place is a picture whose alternative text is `chart: NAME`. Where there is nothing to show, it goes.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from practice_alerts.adapters.documents.docx.package import member, opened, zipped
from practice_alerts.adapters.documents.docx.safety import W, parsed
from practice_alerts.domain.reports.template_tags import CHART_PLACE

_BODY, _RELATED = "word/document.xml", "word/_rels/document.xml.rels"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_SIZE = struct.Struct(">II")
_AT = 16  # where a PNG says how wide and high it is


@dataclass(frozen=True, slots=True)
class Picture:
    png: bytes
    alternative: str


def with_pictures(docx: bytes, pictures: Mapping[str, Picture]) -> bytes:
    """By the names that the template gives to their places."""
    members = {each.name: each for each in opened(docx)}
    body, related = (parsed(name, members[name].data()) for name in (_BODY, _RELATED))
    places = [
        one for one in body.iter(f"{_WP}docPr") if one.get("descr", "").startswith(CHART_PLACE)
    ]
    if not places:
        return docx
    for number, place in enumerate(places, start=1):
        name = place.get("descr", "").removeprefix(CHART_PLACE)
        if name not in pictures:
            _take_out(place)
            continue
        path, key = f"media/chart-{number}.png", f"rIdChart{number}"
        members[f"word/{path}"] = member(f"word/{path}", pictures[name].png)
        etree.SubElement(related, f"{_PACKAGE}Relationship", Id=key, Type=_IMAGE, Target=path)
        _put_in(place, key, pictures[name])
    for name, root in ((_BODY, body), (_RELATED, related)):
        xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        members[name] = member(name, xml)
    return zipped(members.values())


def _take_out(place: etree._Element) -> None:
    drawing = next(place.iterancestors(f"{W}drawing"))
    paragraph = next(drawing.iterancestors(f"{W}p"))
    alone = not "".join(paragraph.itertext()).strip() and paragraph.getnext() is not None
    gone = paragraph if alone else drawing
    above = gone.getparent()
    if above is not None:
        above.remove(gone)


def _put_in(place: etree._Element, key: str, picture: Picture) -> None:
    place.set("descr", picture.alternative)
    drawing = next(place.iterancestors(f"{W}drawing"))
    for blip in drawing.iter(f"{_A}blip"):
        blip.set(f"{_R}embed", key)
    for named in drawing.iter(f"{_PIC}cNvPr"):
        named.set("descr", picture.alternative)
    wide, high = _SIZE.unpack_from(picture.png, _AT)
    for extent in (*drawing.iter(f"{_WP}extent"), *drawing.iter(f"{_A}ext")):
        if extent.get("cx"):
            extent.set("cy", str(int(extent.get("cx", "0")) * high // wide))
