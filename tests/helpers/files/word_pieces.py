"""Pieces of Word's own XML, as Word writes them, for templates that authors may hand over."""

from tests.helpers.files.word_files import edited, word_file

_SPACES = (
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
)


def body(*blocks: str) -> bytes:
    """A Word file with these paragraphs and tables before its last section."""
    docx = word_file()
    text = "".join(blocks)
    for block in ("p", "tbl"):
        text = text.replace(f"<w:{block}>", f"<w:{block} {_SPACES}>")
    return edited(docx, "word/document.xml", "<w:sectPr", f"{text}<w:sectPr")


def p(*inside: str) -> str:
    return f"<w:p>{''.join(inside)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r>{_properties(properties)}<w:t xml:space="preserve">{text}</w:t></w:r>'


def run(inside: str, properties: str = "") -> str:
    return f"<w:r>{_properties(properties)}{inside}</w:r>"


def _properties(properties: str) -> str:
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def table(*rows: str) -> str:
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
    return f"<w:tbl>{grid}{''.join(rows)}</w:tbl>"


def row(*inside: str, properties: str = "") -> str:
    return f"<w:tr>{properties}<w:tc>{''.join(inside)}</w:tc></w:tr>"


def tick_box(sign: str, *, ticked: bool) -> str:
    state = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
    return control(state, r(sign))


def control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(instruction: str, result: str) -> str:
    """A field as Word spreads it over runs."""
    begin, middle, end = (
        run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")
    )
    code = run(f'<w:instrText xml:space="preserve">{instruction}</w:instrText>')
    return f"{begin}{code}{middle}{result}{end}"


def old_form_field(instruction: str, data: str, result: str = "") -> str:
    """A field of a form made with Word's older form tools, with what it keeps beside the text."""
    whole = field(instruction, result)
    return whole.replace(
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>',
        1,
    )


def text_box(words: str) -> str:
    """A text box as Word of today writes it, with the older way beside it."""
    inner = f"<w:txbxContent>{p(r(words))}</w:txbxContent>"
    newer = f"<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    older = f"<w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"
    return run(
        f'<mc:AlternateContent><mc:Choice Requires="wps">{newer}</mc:Choice>'
        f"<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent>"
    )


def newer_text_box(words: str) -> str:
    """The same without the older way."""
    return text_box(words).partition("<mc:Fallback>")[0] + "</mc:AlternateContent></w:r>"


def bookmark(name: str, inside: str, number: int = 7) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'
