"""Places of a Word file that no tag is filled in: what each is called, and how somebody gets there in Word."""

from collections.abc import Mapping

from lxml import etree

_MOVE = "Move it into the text"
_DELETED = "in a tracked deletion. Accept or reject the tracked changes in Word (Review)."
_CONTROL = f"in the settings of a content control (Developer, Properties). {_MOVE}."
_PICTURE = f"in the description of a picture (right-click it, View Alt Text). {_MOVE}."
_TABLE = f"in the description of a table (Table Properties, Alt Text). {_MOVE}."
_FIELD = f"in a Word field (right-click it, Toggle Field Codes). {_MOVE}."
_LINK = f"in the address of a link (right-click it, Edit Hyperlink). {_MOVE}."
_ELEMENTS: Mapping[str, str] = {
    "delText": _DELETED,
    "delInstrText": _DELETED,
    **dict.fromkeys(("alias", "tag", "docPart", "listItem", "dataBinding"), _CONTROL),
    **dict.fromkeys(("docPr", "cNvPr", "shape", "imagedata"), _PICTURE),
    **dict.fromkeys(("tblCaption", "tblDescription"), _TABLE),
    **dict.fromkeys(
        ("instrText", "fldSimple", "ffData", "default", "statusText", "helpText"), _FIELD
    ),
    "hyperlink": _LINK,
    "textpath": f"in WordArt. {_MOVE}.",
    "bookmarkStart": f"in the name of a bookmark (Insert, Bookmark). {_MOVE}.",
    "t": f"in an equation. {_MOVE}.",  # that of ordinary text is another, and is filled in
}
_PARTS: Mapping[str, str] = {
    "comments": "in a comment. Delete the comment in Word (Review), or move the tag into the text.",
    "Relationships": _LINK,
    "styles": f"in the name of a style. {_MOVE}.",
    "numbering": f"in the numbers of a list (Define New Number Format). {_MOVE}.",
    "chartSpace": f"in a chart. {_MOVE}.",
    "dataModel": f"in a SmartArt drawing. {_MOVE}.",
    "drawing": f"in a SmartArt drawing. {_MOVE}.",
}
_NEVER_PRINTED = frozenset({"glossaryDocument", "people", "webSettings"})
"""What Word keeps for the author: building blocks, such as what a content control says while it is empty."""


def unprinted(element: etree._Element) -> str:
    """Where a tag stands that should stand in ordinary text, as the end of a sentence."""
    name = etree.QName(element).localname
    return _ELEMENTS.get(name, f"where no text is printed ({name}). {_MOVE}.")


def of_part(root: etree._Element, name: str) -> str:
    """The same of a whole part that is not filled in."""
    kind = etree.QName(root).localname
    return _PARTS.get(kind, f'in its part "{name}", which is not filled in. {_MOVE}.')


def is_never_printed(root: etree._Element, name: str) -> bool:
    """May anything stand in this part, since nobody who reads the document sees it?"""
    return etree.QName(root).localname in _NEVER_PRINTED or name.startswith("customXml/")
