"""Word files made, bent and examined by the tests."""

import io
import posixpath
import re
import zipfile
from collections import Counter

from docx import Document
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_file(*paragraphs: str, header: str = "", title: str = "") -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    return saved(document)


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def with_part(docx: bytes, name: str, data: bytes) -> bytes:
    return zipped(parts(docx) | {name: data})


def edited(docx: bytes, name: str, old: str, new: str) -> bytes:
    """Replace text in one part; the text must be there."""
    text = parts(docx)[name].decode()
    assert old in text, f"{old} is not in {name}"
    return with_part(docx, name, text.replace(old, new, 1).encode())


def with_relation(docx: bytes, kind: str, target: str, *, external: bool = True) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    relation = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    return edited(
        docx, "word/_rels/document.xml.rels", "</Relationships>", f"{relation}</Relationships>"
    )


def canonical(xml: bytes) -> bytes:
    """Return the part so that two ways of writing the same XML compare equal."""
    return etree.canonicalize(xml.decode()).encode()  # type: ignore[no-any-return]


def texts(docx: bytes) -> list[str]:
    """Return what python-docx reads in paragraphs and table cells of the body."""
    document = Document(io.BytesIO(docx))
    read = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return read + cells


def header_text(docx: bytes) -> str:
    return str(Document(io.BytesIO(docx)).sections[0].header.paragraphs[0].text)


def title(docx: bytes) -> str:
    return str(Document(io.BytesIO(docx)).core_properties.title)


def tags_left(docx: bytes) -> list[str]:
    """Whatever is still to be filled in, in text, margins and properties."""
    every = (re.sub(rb"<[^>]+>", b"", data) for name, data in parts(docx).items() if ".xml" in name)
    return [tag.decode() for text in every for tag in re.findall(rb"\{[{%].*?[%}]\}", text)]


def rows_are_named(table: object) -> bool:
    """Has it a row of heads, or does each of its rows begin with what it is?"""
    rows = table.rows  # type: ignore[attr-defined]
    has_heads = next(rows[0]._tr.iter(f"{W}tblHeader"), None) is not None
    return has_heads or all(row.cells[0].paragraphs[0].style.name == "Label" for row in rows)


def faults(docx: bytes) -> list[str]:
    """What Word might stumble over: relations, content types, ids and empty cells."""
    files = parts(docx)
    roots = {
        name: etree.fromstring(data)
        for name, data in files.items()
        if name.endswith((".xml", ".rels"))
    }
    found = [*_untyped(files, roots["[Content_Types].xml"])]
    for name, root in roots.items():
        if name.endswith(".rels"):
            found += _dangling(name, root, files)
        found += [f"{name}: {each} stands twice" for each in _repeated(root)]
        found += [
            f"{name}: an empty cell" for cell in root.iter(f"{W}tc") if cell.find(f"{W}p") is None
        ]
    return found


def _untyped(files: dict[str, bytes], types: etree._Element) -> list[str]:
    known = {str(each.get("PartName", "")).lstrip("/") for each in types}
    endings = {each.get("Extension") for each in types}
    names = set(files) - {"[Content_Types].xml"}
    missing = [
        f"{name} has no type"
        for name in names
        if name not in known and name.rpartition(".")[2] not in endings
    ]
    return missing + [f"{name} is typed and missing" for name in known - names - {""}]


def _dangling(name: str, root: etree._Element, files: dict[str, bytes]) -> list[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    inside = (each for each in root if each.get("TargetMode") != "External")
    targets = [str(each.get("Target")) for each in inside if each.get("Target", "")[:1] != "#"]
    places = [posixpath.normpath(posixpath.join("/", folder, each)).lstrip("/") for each in targets]
    return [f"{name} leads to {place}" for place in places if place not in files]


def _repeated(root: etree._Element) -> list[str]:
    ids = [
        f"paragraph {each.get(f'{W14}paraId')}"
        for each in root.iter(f"{W}p")
        if each.get(f"{W14}paraId")
    ]
    ids += [f"bookmark {each.get(f'{W}id')}" for each in root.iter(f"{W}bookmarkStart")]
    ids += [f"drawing {each.get('id')}" for each in root.iter(DRAWING_ID)]
    ids += [
        f"relation {each.get('Id')}" for each in root if str(each.tag).endswith("}Relationship")
    ]
    return [name for name, times in Counter(ids).items() if times > 1]
