"""What a Word file from a stranger may not contain, whatever it looks like when opened.

Everything here is refused with BadTemplate, which gives the reason in words.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from practice_alerts.adapters.documents.docx.package import XML_SUFFIXES, Member
from practice_alerts.domain.errors import BadTemplate

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IS_STRICT = etree.XPath(
    "boolean(//*[starts-with(namespace-uri(), $begins)] | //@*[starts-with(namespace-uri(), $begins)])"
)
_STRICT = "http://purl.oclc.org/ooxml/"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_RELATIONS = _RELATION.removesuffix("hip") + "hips"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NO_XML = ("image/", "application/vnd.openxmlformats-officedocument.obfuscatedFont")
_PRINTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.printerSettings"
_LEADS_TO_NO_XML = frozenset({"image", "font", "thumbnail", "hdphoto", "printerSettings"})
"""What may stand under another name than one of XML: everything else is looked through."""
_ELSEWHERE = "Copy all of the text into a new document in Word and save that"
_CLICK = "Click on it in Word and press Delete"
_ACTIVE_RELATIONS: Mapping[str, str] = {
    "aFChunk": f"text in another format. {_ELSEWHERE}",
    "attachedToolbars": f"buttons of its own. {_ELSEWHERE}",
    "control": "a control. Click on it in Word (Developer, Design Mode) and press Delete",
    "extensibility": f"buttons of its own. {_ELSEWHERE}",
    "frame": f"another document. {_ELSEWHERE}",
    "keyMapCustomizations": f"keys that do something of their own. {_ELSEWHERE}",
    "mailMergeSource": "a mail merge. Turn it off in Word (Mailings, Start Mail Merge, Normal Word Document)",
    "oleObject": f"an embedded object. {_CLICK}",
    "package": f"an embedded file. {_CLICK}",
    "subDocument": "another document. Unlink it in Word (View, Outline, Show Document)",
    "vbaProject": "macros. Save it as a Word Document (*.docx), without macros",
    "webextensiontaskpanes": "an Office add-in, which opens with it. Remove it in Word: Insert, My Add-ins",
}
"""What is refused wherever it leads, and how it is taken out."""
_HARMLESS_FIELDS = frozenset(
    "AUTHOR DOCPROPERTY FORMCHECKBOX FORMDROPDOWN FORMTEXT HYPERLINK NOTEREF NUMPAGES PAGE PAGEREF REF SECTION SECTIONPAGES SEQ STYLEREF SUBJECT TITLE TOC".split()  # noqa: SIM905 - a list would take a line for each
)
_TODAY = frozenset("DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME".split())  # noqa: SIM905 - as above
WEB_LINKS = ("http://", "https://", "mailto:", "tel:")
"""What somebody may click on, in any case of letters."""
_WITH_A_WORD = frozenset({"\\l", "\\o", "\\t"})
_WORDS_OF_FIELD = re.compile(r'"[^"]*"|\S+')
MOST_MARKS = 1_000_000  # "<" and "=" in all parts together; a long document has a tenth of it
_OFF = frozenset({"0", "false", "off", "none"})
_DRAWN_OF = frozenset({"src", "href", "althref"})
"""Attributes by which an old Word picture says whence it is drawn, past the file's own list of relations."""
_LEADS_OUT = re.compile(r"\s*([a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_INSTRUCTION = (
    f"{W}instrText",
    f"{W}delInstrText",
)  # what was deleted comes back with "Reject Change"
_VML = "{urn:schemas-microsoft-com:vml}"


def is_xml(name: str) -> bool:
    """However it is written: Word looks for a part by its name in any case of letters."""
    return name.casefold().endswith(XML_SUFFIXES)


def holds_relations(name: str, root: etree._Element) -> bool:
    return name.casefold().endswith(".rels") or root.tag == _RELATIONS


def parsed(name: str, data: bytes) -> etree._Element:
    """Parse one XML part; nothing outside it is fetched and no entity is expanded."""
    parser = etree.XMLParser(
        encoding=_encoding(data),  # whatever it says of itself
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,  # so that nothing stands deeper than 256 elements
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadTemplate(
            f'its part "{name}" is damaged. Open it in Word and save it again.'
        ) from error
    if root.getroottree().docinfo.doctype:
        raise BadTemplate(f'its part "{name}" declares entities, which a Word document never does.')
    return root


def _encoding(data: bytes) -> str:
    """What Word writes, or the other that its format allows: in both, signs can be counted unparsed."""
    return "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "UTF-8"


def parsed_parts(members: Iterable[Member]) -> dict[str, etree._Element]:
    """The root of each part that is XML, by name. Raises BadTemplate before too much is parsed.

    Each element and attribute takes a hundred bytes and more, and four of the file.
    """
    roots: dict[str, etree._Element] = {}
    left = MOST_MARKS
    for each in members:
        if is_xml(each.name):
            data = each.data()
            left -= data.count(b"<") + data.count(b"=")
            if left < 0:
                raise BadTemplate(
                    "it is made of far more pieces than a form would hold. Copy its text into a new"
                    " document in Word and save that."
                )
            roots[each.name] = parsed(each.name, data)
    return roots


def is_on(switch: etree._Element) -> bool:
    """One of Word's switches that is there: on, unless it says otherwise."""
    return switch.get(f"{W}val", "true") not in _OFF


def main_part(content_types: etree._Element, names: frozenset[str]) -> str:
    """Return the body's name, once every part has a content type and none has macros."""
    defaults, overrides = (
        {_text(each, called): _text(each, "ContentType") for each in content_types.iter(tag)}
        for tag, called in ((f"{_TYPES}Default", "Extension"), (f"{_TYPES}Override", "PartName"))
    )
    by_ending = {ending.casefold(): kind for ending, kind in defaults.items()}
    by_name = {name.lstrip("/"): kind for name, kind in overrides.items()}
    kinds = [_text(each, "ContentType") for each in content_types]
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in kinds):
        raise BadTemplate("it is set up for macros (.docm). Save it as a .docx, without macros.")
    for name in sorted(names - {"[Content_Types].xml"}):
        _refuse_odd_kind(name, by_name.get(name), by_ending.get(name.rpartition(".")[2].casefold()))
    for kind in kinds:
        if kind.endswith("template.main+xml"):
            raise BadTemplate(
                "it is saved as a Word Template (*.dotx). In Word, choose File, Save As, Word Document (*.docx)."
            )
    bodies = [name for name, kind in by_name.items() if kind == _MAIN and name in names]
    if len(bodies) != 1:
        raise BadTemplate("it is not a Word document. Save it in Word as a .docx.")
    return bodies[0]


def _refuse_odd_kind(name: str, of_part: str | None, of_ending: str | None) -> None:
    """What is called XML is looked through whatever it is; nothing else may be said to be any."""
    kind = of_ending if of_part is None else of_part
    if kind is None:
        raise BadTemplate(
            f'it does not say what its part "{name}" is. Open it in Word and save it again.'
        )
    says_xml = of_part is None or of_part.endswith("xml")
    if not (says_xml if is_xml(name) else _is_no_xml(kind)):
        raise _not_its_name(name)


def _is_no_xml(kind: str) -> bool:
    return kind.startswith(_NO_XML) or kind == _PRINTER


def _not_its_name(name: str) -> BadTemplate:
    return BadTemplate(
        f'its part "{name[:80]}" is not what its name says. Open it in Word and save it again.'
    )


def refuse_relations(name: str, root: etree._Element, names: frozenset[str]) -> None:
    """Let nothing lead out of the file but an ordinary link that somebody must click."""
    folder = posixpath.dirname(posixpath.dirname(name))
    for each in root.iter(_RELATION):
        kind = _text(each, "Type").rpartition("/")[2]
        target = _text(each, "Target")
        if kind in _ACTIVE_RELATIONS:
            raise BadTemplate(f"it holds {_ACTIVE_RELATIONS[kind]}.")
        if kind == "hyperlink" and target.startswith("#"):
            continue  # to a place in the document itself
        if _text(each, "TargetMode") == "External":
            _refuse_outside(kind, target)
        elif _member_named(folder, target) not in names:
            raise BadTemplate(
                f'it refers to a part that is not there ("{target[:80]}"). Open it in Word and save it again.'
            )
        elif kind not in _LEADS_TO_NO_XML and not is_xml(_member_named(folder, target)):
            raise _not_its_name(target)  # programs go by what leads there, and not by its name


def _refuse_outside(kind: str, target: str) -> None:
    """All but an ordinary link that somebody must click."""
    if kind == "hyperlink":
        if not target.casefold().startswith(WEB_LINKS):
            raise BadTemplate(
                f'one of its links leads to "{target[:80]}", which is no web or mail address. '
                "Right-click it in Word and choose Remove Hyperlink."
            )
    elif kind == "image":
        raise BadTemplate(
            f'it would fetch a picture from outside ("{target[:80]}"). Copy the picture into the document, or '
            "choose File, Info, Edit Links to Files, Break Link."
        )
    else:
        raise BadTemplate(
            f'it would fetch something from outside ("{target[:80]}"). Break the link in Word (File, Info, '
            "Edit Links to Files)."
        )


def _member_named(folder: str, target: str) -> str:
    path = target.partition("#")[0]
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def refuse_fields(root: etree._Element) -> None:
    """Let only those Word fields stand that fetch nothing and run nothing."""
    if next(root.iter(f"{W}mailMerge"), None) is not None:
        raise BadTemplate("it is set up for a mail merge. Turn that off in Word (Mailings).")
    for instruction in _instructions(root):
        words = instruction.split()
        name = words[0].upper() if words else ""
        if name in _TODAY:
            raise BadTemplate(
                f'its Word field "{words[0]}" would print the day on which somebody opens the document. '
                "Put a tag with the day in its place, such as {{ raised_on }}."
            )
        if words and (name not in _HARMLESS_FIELDS or "{" in instruction):
            raise BadTemplate(
                f'its Word field "{words[0][:40]}" is not allowed: fields may only number pages and refer '
                "within the document. Click on it in Word and press Ctrl+Shift+F9, which leaves its text."
            )
        if name == "HYPERLINK" and not _is_ordinary_link(instruction):
            raise BadTemplate(
                "one of its links leads to something other than a web or mail address. Right-click it in Word "
                "and choose Remove Hyperlink."
            )


def _is_ordinary_link(instruction: str) -> bool:
    """To a web or mail address, or to a place in the document itself."""
    words = iter(_WORDS_OF_FIELD.findall(instruction)[1:])
    targets: list[str] = []
    for word in words:
        if word.casefold() in _WITH_A_WORD:
            next(words, "")
        elif not word.startswith("\\"):
            targets.append(word.strip('"').casefold())
    return all(target.startswith((*WEB_LINKS, "#")) for target in targets)


def _instructions(root: etree._Element) -> Iterator[str]:
    """Yield each field's instruction, joined over the runs that Word spreads it on. Raises BadTemplate."""
    open_fields: list[str] = []
    in_code = False  # before its result, of the innermost that is open
    for element in root.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}t", *_INSTRUCTION):
        kind = element.get(f"{W}fldCharType", "")
        if in_code and (_is_text(element) or element.tag == f"{W}fldSimple" or kind == "begin"):
            raise BadTemplate(
                "the instruction of one of its Word fields is put together from text or another field. Click on "
                "it in Word and press Ctrl+Shift+F9, which leaves its text."
            )
        in_code = kind == "begin" or (in_code and not kind)
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", "")
        elif element.tag in _INSTRUCTION:
            open_fields = [*open_fields[:-1], "".join([*open_fields[-1:], element.text or ""])]
        elif kind == "begin":
            open_fields.append("")
        elif kind == "end" and open_fields:
            yield open_fields.pop()
    yield from open_fields


def _is_text(element: etree._Element) -> bool:
    return element.tag == f"{W}t" and bool((element.text or "").strip())


def refuse_pictures_from_outside(root: etree._Element) -> None:
    """Old drawings fetch what they name by themselves; an online video is a page from elsewhere."""
    if next(root.iter("{*}webVideoPr"), None) is not None:
        raise BadTemplate(f"it holds an online video. {_CLICK}.")
    for element in root.iter(f"{_VML}*"):
        for name, said in element.attrib.items():
            kind, is_link = etree.QName(name).localname, str(name) == "href"
            if kind in _DRAWN_OF and _LEADS_OUT.match(str(said)):
                _refuse_outside("hyperlink" if is_link else "image", str(said).strip())


def _text(element: etree._Element, name: str) -> str:
    return str(element.get(name, ""))


def refuse_dangers(roots: Mapping[str, etree._Element], names: frozenset[str]) -> str:
    """Look through all XML parts; return the name of the body."""
    if "[Content_Types].xml" not in roots:
        raise BadTemplate("it is not a Word document. Save it in Word as a .docx.")
    body = main_part(roots["[Content_Types].xml"], names)
    if any(_IS_STRICT(root, begins=_STRICT) for root in roots.values()):
        raise BadTemplate(
            "it is saved as Strict Open XML Document. In Word, choose File, Save As, Word Document (*.docx)."
        )
    for name, root in roots.items():
        if holds_relations(name, root):
            refuse_relations(name, root, names)
        else:
            refuse_fields(root)
            refuse_pictures_from_outside(root)
    return body
