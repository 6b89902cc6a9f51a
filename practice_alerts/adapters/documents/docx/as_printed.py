"""A part of a Word file changed to what its printed page says, no more and no less, for a converter that reads less.

Hidden text is not printed, and some is in capitals; ticked boxes, symbols, what a field says, equations and text boxes are.
"""

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from practice_alerts.adapters.documents.docx.run_format import take_out_hidden, write_capitals
from practice_alerts.adapters.documents.docx.safety import W, is_on
from practice_alerts.domain.text import whole_number

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_WITH_SYMBOLS = frozenset({"Symbol", "Webdings", "Wingdings", "Wingdings 2", "Wingdings 3"})
"""Fonts whose signs the converter knows; of any other it leaves them out."""
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_LINK = re.compile(r'\s*HYPERLINK\s+(\\l\s+)?"[^"]*"', re.IGNORECASE)
_FOUR_SIGNS = re.compile("[0-9A-Fa-f]{1,4}")
_PRIVATE = range(0xE000, 0xF900)
_BOXES = {True: "☒", False: "☐"}
_SAME_AS = {f"{W}cr": f"{W}br", f"{W}ptab": f"{W}tab", f"{W}dstrike": f"{W}strike"}


def make_printed(root: etree._Element, styles: etree._Element | None) -> None:
    """Change one part in place; `styles` is the document's sheet of styles, if it has one."""
    for change in _CHANGES:
        change(root)
    take_out_hidden(root, styles)
    write_capitals(root, styles)


def _choose_between(root: etree._Element) -> None:
    """What newer and older programs are each to read stands twice; the converter knows only the older."""
    for both in list(root.iter(f"{_MC}AlternateContent")):
        newer, older = both.find(f"{_MC}Choice"), both.find(f"{_MC}Fallback")
        has_text = newer is not None and next(newer.iter(f"{W}txbxContent"), None) is not None
        _replace(both, list(newer if has_text or older is None else older or ()))


def _read_text_boxes(root: etree._Element) -> None:
    for drawing in list(root.iter(f"{W}drawing")):
        boxes = list(drawing.iter(f"{W}txbxContent"))
        if boxes:
            _replace(drawing, [_text_box(each) for each in boxes])


def _text_box(content: etree._Element) -> etree._Element:
    box = etree.Element(f"{W}pict")
    etree.SubElement(etree.SubElement(box, f"{_VML}shape"), f"{_VML}textbox").append(content)
    return box


def _read_drawn_words(root: etree._Element) -> None:
    for path in list(root.iter(f"{_VML}textpath")):
        picture = next(path.iterancestors(f"{W}pict"), None)
        if picture is not None and path.get("string"):
            _replace(picture, [_text(str(path.get("string")))])


def _keep_boxes(root: etree._Element) -> None:
    """The sign in a tick-box control is what is printed, whatever the control says of itself."""
    for box in list(root.iter(f"{_W14}checkbox")):
        box.getparent().remove(box)


def _read_form_fields(root: etree._Element) -> None:
    """Those of old Word forms, which keep what was chosen beside the text."""
    for data in list(root.iter(f"{W}ffData")):
        box, drop_down = data.find(f"{W}checkBox"), data.find(f"{W}ddList")
        said = _ticked(box) if box is not None else ""
        said = _chosen(drop_down) if drop_down is not None else said
        run = next(data.iterancestors(f"{W}r"), None)
        if run is not None and said:
            run.addprevious(_run(said))


def _ticked(box: etree._Element) -> str:
    state = box.find(f"{W}checked")
    state = box.find(f"{W}default") if state is None else state
    return _BOXES[state is not None and is_on(state)]


def _chosen(drop_down: etree._Element) -> str:
    entries = [str(each.get(f"{W}val", "")) for each in drop_down.iter(f"{W}listEntry")]
    result = drop_down.find(f"{W}result")
    number = whole_number(str(result.get(f"{W}val", "0")) if result is not None else "0")
    return entries[number] if number is not None and number < len(entries) else ""


def _shorten_links(root: etree._Element) -> None:
    """Where a link leads, without the tip that stands beside it."""
    for code in root.iter(f"{W}instrText"):
        found = _LINK.match(code.text or "")
        if found:
            code.text = found[0]


def _open_wrappers(root: etree._Element) -> None:
    """Words inside what the converter does not look into."""
    names = ("fldSimple", "dir", "bdo", "rubyBase", "ruby")
    for reading in list(root.iter(f"{W}rt")):
        _replace(reading, [])
    for wrapper in list(root.iter(*(f"{W}{name}" for name in names))):
        properties = [each for each in wrapper if str(each.tag).endswith("Pr")]
        for each in properties:
            wrapper.remove(each)
        _replace(wrapper, list(wrapper))
    inside = [each for each in root.iter(f"{W}r") if each.getparent().tag == f"{W}r"]
    for inner in reversed(inside):
        inner.getparent().addnext(inner)


def _write_equations(root: etree._Element) -> None:
    for equation in list(root.iter(f"{_MATH}oMath")):
        said = "".join(str(each.text or "") for each in equation.iter(f"{_MATH}t"))
        outer = equation.getparent()
        _replace(outer if outer.tag == f"{_MATH}oMathPara" else equation, [_run(said)])


def _write_symbols(root: etree._Element) -> None:
    for run in root.iter(f"{W}r"):
        fonts = run.find(f"{W}rPr/{W}rFonts")
        font = str(fonts.get(f"{W}ascii", "")) if fonts is not None else ""
        if font in _WITH_SYMBOLS:
            for text in run.findall(f"{W}t"):
                _replace(text, [_symbol(font, sign) for sign in text.text or ""])
    for symbol in list(root.iter(f"{W}sym")):
        written = str(symbol.get(f"{W}char", ""))
        code = int(written, 16) if _FOUR_SIGNS.fullmatch(written) else 0
        if code and symbol.get(f"{W}font") in _WITH_SYMBOLS:
            symbol.set(f"{W}char", f"{code:04X}")
        else:
            _replace(symbol, [_text(chr(code) if chr(code).isprintable() else _UNKNOWN)])


def _symbol(font: str, sign: str) -> etree._Element:
    if sign.isspace():
        return _text(sign)
    code = ord(sign) if ord(sign) in _PRIVATE else 0xF000 + ord(sign) % 0x100
    return etree.Element(f"{W}sym", {f"{W}font": font, f"{W}char": f"{code:04X}"})


def _rename(root: etree._Element) -> None:
    for element in root.iter(*_SAME_AS):
        element.tag = _SAME_AS[str(element.tag)]


_CHANGES: tuple[Callable[[etree._Element], None], ...] = (
    _choose_between,
    _read_drawn_words,
    _read_text_boxes,
    _keep_boxes,
    _read_form_fields,
    _shorten_links,
    _open_wrappers,
    _write_equations,
    _write_symbols,
    _rename,
)


def _run(said: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    run.append(_text(said))
    return run


def _text(said: str) -> etree._Element:
    text = etree.Element(f"{W}t")
    text.text = said
    return text


def _replace(element: etree._Element, others: list[Any]) -> None:
    for each in others:
        element.addprevious(each)
    element.getparent().remove(element)
