"""A Word document as HTML, to be read in the browser."""

import io
from collections.abc import Iterable

import mammoth
from lxml import etree, html
from markupsafe import Markup

from practice_alerts.adapters.documents.docx.as_printed import make_printed
from practice_alerts.adapters.documents.docx.package import (
    MOST_UNPACKED,
    Member,
    member,
    opened,
    zipped,
)
from practice_alerts.adapters.documents.docx.run_format import sheet_of_styles
from practice_alerts.adapters.documents.docx.safety import (
    WEB_LINKS,
    W,
    parsed_parts,
    refuse_dangers,
)

_KEPT = frozenset(
    "a br em h2 h3 h4 h5 h6 li ol p s strong sub sup table tbody td th thead tr ul".split()  # noqa: SIM905 - a list would take a line for each
)
_LINKS = (*WEB_LINKS, "#")
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Label'] => p.label:fresh
"""
_OF_PARAGRAPHS = f"{W}pPr"
_LOOKS = (
    _OF_PARAGRAPHS,
    *(
        f"{W}{name}"
        for name in ("docDefaults", "latentStyles", "rPr", "tblPr", "tblStylePr", "tcPr", "trPr")
    ),
)
_DEEPEST = 6
_READ = ("document", "footnotes", "endnotes")


def read_on_screen(docx: bytes) -> Markup:
    """Return an HTML fragment without pictures, scripts, styles, headers and footers.

    Title and Heading 1 become h2, and so on down. A row marked in Word to repeat as header, and a
    cell whose paragraph has the style "Label", become headers with a scope. Raises BadTemplate
    when the file is not a Word document that could be ours.
    """
    members = opened(docx, MOST_UNPACKED)
    roots = parsed_parts(members)
    refuse_dangers(roots, frozenset(each.name for each in members))
    read = mammoth.convert_to_html(
        io.BytesIO(_as_printed(members, roots)),
        style_map=_STYLES,
        include_embedded_style_map=False,  # it could name any element, script among them
        include_default_style_map=True,
        convert_image=mammoth.images.img_element(lambda _image: {}),
        id_prefix="document-",
    )
    page = html.fragment_fromstring(read.value, create_parent="div")
    _shift_headings(page)
    _name_headers(page)
    _keep_harmless(page)
    children = (html.tostring(child, encoding="unicode") for child in page)
    return Markup("{}{}").format(page.text or "", Markup("".join(children)))  # noqa: S704 - lxml escapes


def _as_printed(members: tuple[Member, ...], roots: dict[str, etree._Element]) -> bytes:
    """The file with its running text and notes as the printed page has them."""
    styles = sheet_of_styles(roots)
    changed = {name for name, root in roots.items() if etree.QName(root).localname in _READ}
    _drop_lost_notes(roots.values())
    for name in changed:
        make_printed(roots[name], styles)
    for name, root in roots.items():
        if root.tag == f"{W}styles":
            _keep_names_of(root)
            changed.add(name)
    return zipped(
        member(each.name, etree.tostring(roots[each.name])) if each.name in changed else each
        for each in members
    )


def _keep_names_of(styles: etree._Element) -> None:
    """All that the converter wants of a style is what it is called, and of a list's its numbers.

    How each looks is nine tenths of a Word file, and took most of the time until a document was on the screen.
    """
    for element in list(styles.iter(*_LOOKS)):
        style = element.getparent()
        if element.tag != _OF_PARAGRAPHS or style.get(f"{W}type") != "numbering":
            style.remove(element)


def _drop_lost_notes(roots: Iterable[etree._Element]) -> None:
    """A mark whose note is gone, as where a page was put together from two files, prints nothing."""
    every = list(roots)
    for kind in ("footnote", "endnote"):
        there = {each.get(f"{W}id") for root in every for each in root.iter(f"{W}{kind}")}
        for mark in [each for root in every for each in root.iter(f"{W}{kind}Reference")]:
            if mark.get(f"{W}id") not in there:
                mark.getparent().remove(mark)


def _shift_headings(page: etree._Element) -> None:
    headings = list(page.iter(*(f"h{level}" for level in range(1, _DEEPEST + 1))))
    for heading in headings:
        heading.tag = f"h{min(int(heading.tag[1]) + 1, _DEEPEST)}"


def _name_headers(page: etree._Element) -> None:
    for cell in page.iter("th"):
        cell.set("scope", "col")
    for label in list(page.iter("p")):
        cell = label.getparent()
        if label.get("class") == "label" and cell.tag == "td":
            cell.tag = "th"
            cell.set("scope", "row")


def _keep_harmless(page: etree._Element) -> None:
    """Keep a closed list of elements and attributes; text always stays."""
    for element in list(page.iterdescendants()):
        if element.tag not in _KEPT:
            element.drop_tag()
            continue
        for name, value in list(element.attrib.items()):
            if not _may_stay(str(element.tag), name, value):
                del element.attrib[name]


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name == "href":
        return tag == "a" and value.casefold().startswith(_LINKS)
    return name in {"colspan", "rowspan", "scope"} or (
        name == "id" and value.startswith("document-")
    )
