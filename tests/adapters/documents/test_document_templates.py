"""Word templates that a stranger might drop in: each harm, and the reason given for refusing it."""

from pathlib import Path

import pytest
from docx import Document

from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.domain.errors import BadTemplate, TemplateFieldMissing
from tests.helpers.files.word_files import (
    OFFICE,
    edited,
    saved,
    texts,
    with_part,
    with_relation,
    word_file,
    zipped,
)

PLAIN = word_file("{{ typed }}", header="{{ typed }}", title="{{ typed }}")


def drawn(*cells: str) -> bytes:
    document = Document()
    table = document.add_table(0, 1)
    for text in cells:
        row = table.add_row()
        row.cells[0].text = text.split("\n")[0]
        for more in text.split("\n")[1:]:
            row.cells[0].add_paragraph(more)
    return saved(document)


def half_in_a_table() -> bytes:
    document = Document()
    document.add_paragraph("{% for a in x %}")
    document.add_table(1, 1).cell(0, 0).text = "{{ a }}{% endfor %}"
    return saved(document)


def with_tab_in_tag() -> bytes:
    document = Document()
    document.add_paragraph("{{ na\tme }}")
    return saved(document)


def bomb() -> bytes:
    return with_part(PLAIN, "word/media/image1.png", b"\0" * 60_000_000)


def field(instruction: str) -> bytes:
    run = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    begin = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return edited(PLAIN, "word/document.xml", "<w:sectPr", f"{begin}{run}{end}<w:sectPr")


def drawing(inside: str) -> bytes:
    """With something that an old Word drew."""
    said = f'<w:p xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="x"><w:r><w:pict>{inside}</w:pict></w:r></w:p>'
    return edited(PLAIN, "word/document.xml", "<w:sectPr", f"{said}<w:sectPr")


STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_FIELD = (
    f'<s:p xmlns:s="{STRICT}"><s:r><s:instrText> INCLUDETEXT "x" </s:instrText></s:r></s:p>'
)


def header_as_picture(kind: str) -> bytes:
    """XML under the name of a picture, and what its ending is said to be."""
    default = f'<Default Extension="png" ContentType="{kind}"/><Override'
    docx = edited(PLAIN, "[Content_Types].xml", "<Override", default)
    return with_part(docx, "word/media/a.png", b"<w:hdr/>")


def relations_under(name: str) -> bytes:
    """A picture from outside, in a list of relations under another name than ours."""
    relation = f'<Relationship Id="a" Type="{OFFICE}/image" Target="http://x.example/" TargetMode="External"/>'
    of_package = "http://schemas.openxmlformats.org/package/2006/relationships"
    said = f'<Relationships xmlns="{of_package}">{relation}</Relationships>'
    return with_part(PLAIN, name, said.encode())


def deleted_field() -> bytes:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "end"))
    said = f"{begin}<w:r><w:delInstrText>DDEAUTO cmd</w:delInstrText></w:r>{end}"
    whole = f'<w:p><w:del w:id="9" w:author="A">{said}</w:del></w:p>'
    return edited(PLAIN, "word/document.xml", "<w:sectPr", f"{whole}<w:sectPr")


def within_a_code(inside: str) -> bytes:
    """A field whose instruction is made of something else than letters of an instruction."""
    begin, cut, end = (
        f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end")
    )
    made = inside.format(begin=begin, cut=cut, end=end)
    said = f"<w:p>{begin}{made}{cut}<w:r><w:t>x</w:t></w:r>{end}</w:p>"
    return edited(PLAIN, "word/document.xml", "<w:sectPr", f"{said}<w:sectPr")


_DDE = "<w:r><w:t>DDEAUTO cmd</w:t></w:r>"
_TITLE = "<w:r><w:instrText> TITLE </w:instrText></w:r>"


def svg(inside: str) -> bytes:
    known = '<Default Extension="svg" ContentType="image/svg+xml"/></Types>'
    docx = edited(PLAIN, "[Content_Types].xml", "</Types>", known)
    return with_part(docx, "word/media/a.svg", f"<svg>{inside}</svg>".encode())


ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document'
LOUD = "application/vnd.ms-word.document.macroEnabled.main+xml"
QUIET = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

REFUSED: dict[str, tuple[bytes, str]] = {
    "a field made by another's result": (
        within_a_code(f"{{begin}}{_TITLE}{{cut}}{_DDE}{{end}}"),
        "is put together from text or another field",
    ),
    "a field made of text": (within_a_code(_DDE), "is put together from text or another field"),
    "a link's target from another field": (
        within_a_code(
            f"<w:r><w:instrText> HYPERLINK </w:instrText></w:r>{{begin}}{_TITLE}{{cut}}{_DDE}{{end}}"
        ),
        "is put together from text or another field",
    ),
    "a field made by a simple one": (
        within_a_code(f'<w:fldSimple w:instr=" TITLE ">{_DDE}</w:fldSimple>'),
        "is put together from text or another field",
    ),
    "reaches for a class": (word_file("{{ x.__class__ }}"), "reaches for"),
    "reaches by item": (word_file("{{ x['__class__'] }}"), "reaches for"),
    "reaches for the environment": (
        word_file("{{ self._TemplateReference__context }}"),
        "reaches for",
    ),
    "calls": (word_file("{{ x.upper() }}"), "does more than print"),
    "calls range": (word_file("{% for i in range(9) %}x{% endfor %}"), "does more than print"),
    "an unknown filter": (word_file("{{ x|safe }}"), r'asks for "\|safe", which is not offered'),
    "an attribute filter": (
        word_file("{{ x|attr('y') }}"),
        r'asks for "\|attr", which is not offered',
    ),
    "multiplies": (word_file("{{ 'x' * 999999999 }}"), "does more than print"),
    "a macro": (word_file("{% macro m() %}x{% endmacro %}"), "does more than print"),
    "switches escaping off": (
        word_file("{% autoescape false %}{{ x }}{% endautoescape %}"),
        "does more than print",
    ),
    "includes a file": (word_file("{% include 'x' %}"), "does more than print"),
    "a block set aside": (word_file("{% set y %}{{ x }}{% endset %}"), "does more than print"),
    "loops in loops": (
        word_file("{% for a in x %}{% for b in x %}y{% endfor %}{% endfor %}"),
        "stands inside another",
    ),
    "a syntax error": (word_file("{{ child name }}"), "the tag {{ child name }} cannot be read"),
    "an unclosed loop": (word_file("{% for a in x %}"), "is not closed: {% endfor %} is missing"),
    "an unknown tag": (word_file("{% fro a in x %}"), 'begins with "fro"'),
    "tags nested without end": (
        word_file("{% if x %}" * 200 + "{% endif %}" * 200),
        "nested too deeply",
    ),
    "a tag without end": (word_file("{{ " + "x or " * 5_000 + "x }}"), "longer than 1,000"),
    "a tag that prints one text a thousand times": (
        word_file("{{ " + "x ~ " * 1_000 + "x }}"),
        "longer than 1,000",
    ),
    "tags without number": (word_file("{{ x }}" * 3_001), "more than 3,000 tags"),
    "an unclosed tag": (
        word_file("Name: {{ child_name", "Born"),
        'paragraph "Name: {{ child_name"',
    ),
    "a tag over two paragraphs": (word_file("{{ child", "_name }}"), "is not closed"),
    "a tag never opened": (word_file("{{ x }} child }}"), "closes a tag that was not opened"),
    "a tab inside a tag": (with_tab_in_tag(), "stands inside a tag"),
    "text beside a paragraph tag": (word_file("Lost {%p if x %}", "{%p endif %}"), "would vanish"),
    "text beside a row tag": (
        drawn("Title", "Lost {%tr for a in x %}", "{%tr endfor %}"),
        "would vanish",
    ),
    "raw markup": (word_file("{{r x }}"), "not supported|does more"),
    "a whole paragraph": (word_file("{{p x }}"), "replace a whole"),
    "a repeated column": (drawn("{%tc for a in x %}"), "a column cannot be repeated"),
    "a coloured cell": (drawn("{% cellbg x %}"), "not supported"),
    "a loop that ends in a table": (half_in_a_table(), "begins in one place"),
    "a cell that could be empty": (drawn("{%p if x %}\nyes\n{%p endif %}"), "could end up empty"),
    "a table that could be empty": (
        drawn("{%tr for a in x %}", "{{ a }}", "{%tr endfor %}"),
        "without a row",
    ),
    "no tags": (word_file("Nothing to fill in"), "holds no tags"),
    "a tag in a style": (
        edited(PLAIN, "word/styles.xml", 'w:val="Normal"', 'w:val="{{ x }}"'),
        "in the name of a style",
    ),
    "a tag in a description": (
        edited(PLAIN, "word/document.xml", "<w:p>", '<w:p w:rsidR="{{ x }}">'),
        "where no text is printed",
    ),
    "not a zip": (b"Dear colleague", "not a .docx"),
    "nothing at all": (b"", "not a .docx"),
    "half a file": (PLAIN[: len(PLAIN) // 2], "not a .docx"),
    "an old or locked file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .doc format"),
    "a spreadsheet": (
        edited(PLAIN, "[Content_Types].xml", QUIET, "application/x+xml"),
        "not a Word document",
    ),
    "no content types": (zipped({"word/document.xml": b"<a/>"}), "not a Word document"),
    "macros by type": (edited(PLAIN, "[Content_Types].xml", QUIET, LOUD), "macros"),
    "macros by name": (with_part(PLAIN, "word/vbaProject.bin", b"x"), "macros"),
    "a linked picture": (with_relation(PLAIN, "image", "http://x.example/a.png"), "from outside"),
    "a list of relations in capitals": (relations_under("word/_rels/styles.xml.RELS"), "outside"),
    "a list of relations that is called otherwise": (relations_under("word/a.xml"), "outside"),
    "a picture that an old drawing fetches": (
        drawing('<v:shape><v:imagedata src="http://x.example/a.png"/></v:shape>'),
        "fetch a picture",
    ),
    "a filling from a shared folder": (
        drawing(r'<v:shape><v:fill o:href="\\x.example\a"/></v:shape>'),
        "fetch a picture",
    ),
    "a drawing that runs": (
        drawing('<v:shape href="javascript:alert(1)"/>'),
        "no web or mail address",
    ),
    "an online video": (
        drawing('<x:webVideoPr xmlns:x="x" embeddedHtml="&lt;script&gt;"/>'),
        "online video",
    ),
    "a drawing with a script": (svg("<script>alert(1)</script>"), "runs something"),
    "a drawing that does something": (svg('<g onload="x()"/>'), "runs something"),
    "a drawing from outside": (svg("<image xlink:href='http://x.example/'/>"), "runs something"),
    "a drawing of a file": (svg('<g style="fill:url(file:///etc/passwd)"/>'), "runs something"),
    "an add-in": (
        with_relation(PLAIN, "webextensiontaskpanes", "document.xml", external=False),
        "add-in",
    ),
    "buttons of its own": (
        with_relation(PLAIN, "ui/extensibility", "document.xml", external=False),
        "buttons of its own",
    ),
    "keys of its own": (
        with_relation(PLAIN, "keyMapCustomizations", "document.xml", external=False),
        "keys that",
    ),
    "a field that was deleted": (deleted_field(), '"DDEAUTO" is not allowed'),
    "a link to a file": (
        with_relation(PLAIN, "hyperlink", "file:///etc/passwd"),
        "no web or mail address",
    ),
    "a link that runs": (
        with_relation(PLAIN, "hyperlink", "javascript:alert(1)"),
        "no web or mail address",
    ),
    "an embedded object": (
        with_relation(PLAIN, "oleObject", "document.xml", external=False),
        "embedded object",
    ),
    "a part that is not there": (
        with_relation(PLAIN, "image", "media/none.png", external=False),
        "not there",
    ),
    "a part above the document": (
        with_relation(PLAIN, "image", "../../../etc/passwd", external=False),
        "not there",
    ),
    "a strange part": (with_part(PLAIN, "word/run.exe", b"MZ"), "does not need"),
    "a path out": (with_part(PLAIN, "../evil.xml", b"<a/>"), "leads out"),
    "a path from the root": (with_part(PLAIN, "/etc/evil.xml", b"<a/>"), "leads out"),
    "a path with a drive": (with_part(PLAIN, "C:/evil.xml", b"<a/>"), "leads out"),
    "two parts of one name": (with_part(PLAIN, "word/Document.xml", b"<a/>"), "the same name"),
    "a zip bomb": (bomb(), "zip bomb"),
    "entities": (edited(PLAIN, "word/document.xml", "<w:document", ENTITY), "declares entities"),
    "entities in a small part": (
        edited(PLAIN, "docProps/app.xml", "<Properties", "<!DOCTYPE p []><Properties"),
        "declares entities",
    ),
    "a header under a picture's name, by its kind": (
        header_as_picture(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
        ),
        "is not what its name says",
    ),
    "a header under a picture's name, by another kind": (
        header_as_picture("application/octet-stream"),
        "is not what its name says",
    ),
    "a header under a picture's name, by its relation": (
        with_relation(header_as_picture("image/png"), "header", "media/a.png", external=False),
        "is not what its name says",
    ),
    "a piece in Word's other namespace": (
        edited(PLAIN, "word/document.xml", "<w:body>", f"<w:body>{STRICT_FIELD}"),
        "Strict Open XML",
    ),
    "an attribute in Word's other namespace": (
        edited(PLAIN, "word/document.xml", "<w:p>", f'<w:p xmlns:s="{STRICT}" s:rsidR="1">'),
        "Strict Open XML",
    ),
    "broken XML": (edited(PLAIN, "word/document.xml", "</w:body>", ""), "is damaged"),
    "DDE": (field("DDEAUTO c:\\\\windows\\\\cmd.exe"), '"DDEAUTO" is not allowed'),
    "a file pulled in": (field(' INCLUDETEXT "http://x.example"'), "is not allowed"),
    "a field made of data": (
        field('HYPERLINK "http://{{ x }}"'),
        "where no text is printed|not allowed",
    ),
    "a field link that runs": (field('HYPERLINK "javascript:x"'), "web or mail address"),
}


@pytest.mark.parametrize(("docx", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_harmful_or_broken_template_is_refused_with_its_reason(docx: bytes, reason: str) -> None:
    with pytest.raises(BadTemplate, match=reason) as caught:
        WordTemplate.read(docx)
    assert str(caught.value).startswith("This Word file cannot be used: ")


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadTemplate, match=r"no such form\.docx"):
        WordTemplate.read(tmp_path / "no such form.docx")


@pytest.mark.parametrize(
    "docx",
    [
        with_relation(PLAIN, "hyperlink", "https://www.example.org/policy"),
        drawing('<v:shape href="https://www.example.org/policy"><v:fill src="rId1"/></v:shape>'),
        svg('<use xlink:href="#a"/><image href="data:image/png;base64,AA=="/><g fill="url(#b)"/>'),
    ],
    ids=["a link", "an old drawing", "a drawing in SVG"],
)
def test_what_is_harmless_may_stay(docx: bytes) -> None:
    assert texts(WordTemplate.read(docx).render({"typed": "x"}))[0] == "x"


def test_python_stays_out_of_reach_of_names_that_look_harmless() -> None:
    template = WordTemplate.read(word_file("{{ row.items }} {{ row.keys }} {{ row.values }}"))
    docx = template.render({"row": {"items": "1", "keys": "2", "values": "3"}})
    assert texts(docx) == ["1 2 3"]
    with pytest.raises(TemplateFieldMissing):
        template.render({"row": {}})
    with pytest.raises(TemplateFieldMissing):
        WordTemplate.read(word_file("{{ text.format }}")).render({"text": "x"})


def test_a_tag_that_does_not_suit_its_field_is_refused() -> None:
    template = WordTemplate.read(word_file("{% for a in yes %}{{ a }}{% endfor %}"))
    with pytest.raises(BadTemplate, match="does not suit its field"):
        template.render({"yes": True})


@pytest.mark.parametrize("kind", ["svg+xml", "SVG+XML", "x-emf", "pngx"])
def test_a_drawing_within_a_drawing_is_refused(kind: str) -> None:
    """What it draws from would be looked through by nobody, and land in the PDF."""
    within = svg(f'<image xlink:href="data:image/{kind};base64,AA=="/>')
    with pytest.raises(BadTemplate, match="fetches something from outside"):
        WordTemplate.read(within)
