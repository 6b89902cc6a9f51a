"""Text that Word prints otherwise than it keeps it, by its own format or by its style's: not at all, or in capitals."""

from collections.abc import Iterator, Mapping

from lxml import etree

from practice_alerts.adapters.documents.docx.safety import W, is_on

_HIDDEN = "vanish"
_CAPITALS = ("caps", "smallCaps")


def write_capitals(root: etree._Element, styles: etree._Element | None) -> None:
    """What is printed in capitals, small ones too, is read in capitals."""
    known = _Styles(styles)
    for run in root.iter(f"{W}r"):
        if any(_is_on(run, known, name) for name in _CAPITALS):
            for text in run.iter(f"{W}t"):
                text.text = (text.text or "").upper()


def take_out_hidden(root: etree._Element, styles: etree._Element | None) -> None:
    for hidden in hidden_in(root, styles):
        hidden.getparent().remove(hidden)


def sheet_of_styles(roots: Mapping[str, etree._Element]) -> etree._Element | None:
    """Of the parts by name; older Word keeps a second sheet beside it, which is not this one."""
    return next((root for name, root in roots.items() if name.endswith("/styles.xml")), None)


def hidden_in(root: etree._Element, styles: etree._Element | None) -> list[etree._Element]:
    """The runs and rows of one part that are not printed; `styles` is the document's sheet of styles."""
    known = _Styles(styles)
    rows = [each for each in root.iter(f"{W}tr") if each.find(f"{W}trPr/{W}hidden") is not None]
    return rows + [run for run in root.iter(f"{W}r") if _is_on(run, known, _HIDDEN)]


def _is_on(run: etree._Element, styles: "_Styles", switch: str) -> bool:
    own = _said(run.find(f"{W}rPr"), switch)
    if own is not None:
        return own
    paragraph = next(run.iterancestors(f"{W}p"), None)
    by_run = styles.have(_style(run.find(f"{W}rPr/{W}rStyle")), switch)
    named = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
    # Of two styles that both turn it on, one undoes the other: so Word reads a switch in styles.
    return by_run != styles.have(_style(named) or styles.usual, switch)


class _Styles:
    """What each style of a document turns on, its own word before that of the style it is based on."""

    def __init__(self, sheet: etree._Element | None) -> None:
        every: Iterator[etree._Element] = iter(()) if sheet is None else sheet.iter(f"{W}style")
        self._known = {str(each.get(f"{W}styleId")): each for each in every}
        self.usual = next(
            (
                name
                for name, each in self._known.items()
                if each.get(f"{W}type") == "paragraph" and each.get(f"{W}default") == "1"
            ),
            "",
        )

    def have(self, name: str, switch: str) -> bool:
        seen: set[str] = set()
        while name in self._known and name not in seen:
            seen.add(name)
            style = self._known[name]
            own = _said(style.find(f"{W}rPr"), switch)
            if own is not None:
                return own
            name = _style(style.find(f"{W}basedOn"))
        return False


def _said(properties: etree._Element | None, switch: str) -> bool | None:
    """On, off, or nothing said."""
    found = properties.find(f"{W}{switch}") if properties is not None else None
    return None if found is None else is_on(found)


def _style(element: etree._Element | None) -> str:
    return str(element.get(f"{W}val", "")) if element is not None else ""
