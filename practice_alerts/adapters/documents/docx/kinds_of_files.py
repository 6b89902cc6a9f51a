"""What a file is that is no .docx, and where in Word stands what a .docx need not hold: each with the way out."""

import re
from collections.abc import Mapping

from practice_alerts.domain.errors import BadTemplate

_BEGINNINGS: Mapping[bytes, str] = {
    b"\xd0\xcf\x11\xe0": "it is in the old .doc format or locked with a password. Save it as an unlocked .docx.",
    b"%PDF": "it is a PDF. Save the Word file that it was made from as a Word Document (*.docx).",
    b"{\\rtf": "it is in Rich Text Format (.rtf). Open it in Word and save it as a Word Document (*.docx).",
    b"<?xml": "it is a single XML file. Open it in Word and save it as a Word Document (*.docx).",
    b"<html": "it is a web page. Open it in Word and save it as a Word Document (*.docx).",
    b"MIME-": "it is a web page. Open it in Word and save it as a Word Document (*.docx).",
}
_AS_DOCX = (
    "Open it there and save it as a Word Document (*.docx); another name alone does not do it."
)
_PACKAGES: Mapping[str, str] = {
    "mimetype": f"it is a file of LibreOffice or OpenOffice (OpenDocument). {_AS_DOCX}",
    "xl/workbook.xml": "it is an Excel workbook. A form is made in Word.",
    "ppt/presentation.xml": "it is a PowerPoint presentation. A form is made in Word.",
    "Index/Document.iwa": f"it is a file of Apple Pages. {_AS_DOCX}",
}
_PLACES = (
    ("word/embeddings/", "a sheet or file set into the text. Click on it in Word and press Delete"),
    ("word/activex/", "a control. Click on it in Word (Developer, Design Mode) and press Delete"),
    ("word/media/", "a film, a sound or an unusual picture. Click on it in Word and press Delete"),
    ("_xmlsignatures/", "a signature. Take it off in Word (File, Info, Protect Document)"),
    ("word/fonts/", "a font. Turn off File, Options, Save, Embed fonts in the file"),
)
_ANYWHERE = "copy all of the text into a new document in Word and save that"
_PRINTER_SETTINGS = re.compile(r"word/printerSettings/[\w-]+\.bin", re.IGNORECASE)


def refuse_other_beginnings(file: bytes) -> None:
    """By the first bytes, whatever the file is called."""
    begins = file[:512].removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, reason in _BEGINNINGS.items():
        if begins[: len(beginning)].lower() == beginning.lower():
            raise BadTemplate(reason)


def refuse_other_packages(names: frozenset[str]) -> None:
    """By what lies in the zip."""
    for name, reason in _PACKAGES.items():
        if name in names:
            raise BadTemplate(reason)
    inside = sorted(name for name in names if name.casefold().endswith(".docx"))
    if inside and "[Content_Types].xml" not in names:
        raise BadTemplate(f'it is a zip with "{inside[0]}" inside. Unpack it first.')


def found_in_word(name: str) -> str:
    """Where somebody finds a part that may not stay, and how it is taken out."""
    folded = name.casefold()
    return next((way for place, way in _PLACES if folded.startswith(place)), _ANYWHERE)


def is_printer_settings(name: str) -> bool:
    """How somebody's printer was set, which Word adds when it prints."""
    return _PRINTER_SETTINGS.fullmatch(name) is not None
