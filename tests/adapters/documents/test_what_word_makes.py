"""What Word itself makes of a template: filled in as plainly as if it had been typed in one go."""

from typing import Any

import pytest
from docx import Document

from practice_alerts.adapters.documents import WordTemplate, parts_digest, read_on_screen
from tests.helpers.files.word_files import (
    edited,
    faults,
    parts,
    saved,
    with_part,
    with_relation,
    word_file,
)
from tests.helpers.files.word_pieces import (
    body,
    bookmark,
    control,
    field,
    p,
    r,
    row,
    run,
    table,
    tick_box,
)

CONTEXT: dict[str, Any] = {
    "child_name": "Kit Fictitious",
    "yes": True,
    "no": False,
    "rows": [{"a": "1", "of": [{"b": "x"}]}, {"a": "2", "of": []}],
}
PLAIN = word_file("{{ child_name }}")
KIT = "<p>Kit Fictitious</p>"
NAME = "{{ child_name }}"
LOOP = p(r("{%p for q in rows %}")), p(r("{%p endfor %}"))
ROWS = row(p(r("{%tr for q in rows %}"))), row(p(r("{{ q.a }}"))), row(p(r("{%tr endfor %}")))


def repeated(inside: str) -> bytes:
    return body(p(r(NAME)), LOOP[0], inside, LOOP[1])


def chosen(condition: str, inside: str) -> bytes:
    return body(p(r(NAME)), p(r(f"{{%p if {condition} %}}")), inside, p(r("{%p endif %}")))


def spread(between: str, first: str = "{{ child", last: str = "_name }}") -> bytes:
    return body(p(r(first), between, r(last)))


def wrapped(opening: str, closing: str) -> bytes:
    """The first half of a tag stands in something, the other half beside it."""
    return body(p(opening, r("{{ child"), closing, r("_name }}")))


def link(target: str, *, external: bool = True) -> bytes:
    docx = body(p(f'<w:hyperlink r:id="rId99">{r("policy")}</w:hyperlink>'), p(r(NAME)))
    return with_relation(docx, "hyperlink", target, external=external)


def linked(target: str) -> str:
    return f'<p><a href="{target}">policy</a></p>{KIT}'


def printed_once() -> bytes:
    docx = with_part(PLAIN, "word/printerSettings/printerSettings1.bin", b"\\\\printserver\\floor2")
    docx = with_relation(
        docx, "printerSettings", "printerSettings/printerSettings1.bin", external=False
    )
    docx = edited(docx, "word/document.xml", "<w:pgSz", '<w:printerSettings r:id="rId99"/><w:pgSz')
    bins = '<Default Extension="bin" ContentType="application/octet-stream"/></Types>'
    return edited(docx, "[Content_Types].xml", "</Types>", bins)


def from_a_template() -> bytes:
    docx = edited(PLAIN, "word/settings.xml", "<w:zoom", '<w:attachedTemplate r:id="rId1"/><w:zoom')
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="file:///\\\\fileserver\\Templates\\Letter.dotx" TargetMode="External"/></Relationships>'
    )
    return with_part(docx, "word/_rels/settings.xml.rels", relation.encode())


def with_picture(ending: str) -> bytes:
    docx = with_part(PLAIN, f"word/media/image1.{ending}", b"II")
    kind = f'<Default Extension="{ending}" ContentType="image/vnd"/></Types>'
    return edited(docx, "[Content_Types].xml", "</Types>", kind)


def with_building_blocks() -> bytes:
    """What a content control says while it is empty is kept as a building block."""
    docx = with_part(
        PLAIN,
        "word/glossary/document.xml",
        parts(body(p(r("{{ anything at all }}"))))["word/document.xml"].replace(
            b"w:document", b"w:glossaryDocument"
        ),
    )
    kind = '<Override PartName="/word/glossary/document.xml" ContentType="application/vnd.x+xml"/></Types>'
    return edited(docx, "[Content_Types].xml", "</Types>", kind)


ACCEPTED: dict[str, tuple[bytes, str]] = {
    "rows repeated in a table inside a cell": (
        body(p(r(NAME)), table(row(p(r("Layout")), table(row(p(r("Head"))), *ROWS), p()))),
        (
            f"{KIT}<table><tr><td><p>Layout</p><table><tr><td><p>Head</p></td></tr><tr><td><p>1</p></td></tr>"
            "<tr><td><p>2</p></td></tr></table></td></tr></table>"
        ),
    ),
    "rows that hold a table with repeated rows of its own": (
        body(
            p(r(NAME)),
            table(
                row(p(r("Head"))),
                ROWS[0],
                row(
                    p(r("{{ q.a }}")),
                    table(
                        row(p(r("Inner"))),
                        row(p(r("{%tr for s in q.of %}"))),
                        row(p(r("{{ s.b }}"))),
                        row(p(r("{%tr endfor %}"))),
                    ),
                    p(),
                ),
                ROWS[2],
            ),
        ),
        (
            f"{KIT}<table><tr><td><p>Head</p></td></tr><tr><td><p>1</p><table><tr><td><p>Inner</p></td></tr>"
            "<tr><td><p>x</p></td></tr></table></td></tr><tr><td><p>2</p><table><tr><td><p>Inner</p></td></tr>"
            "</table></td></tr></table>"
        ),
    ),
    "a bookmark of copying in a chosen paragraph": (
        chosen("yes", p(bookmark("_Hlk123456789", r("Text")))),
        f'{KIT}<p><a id="document-_Hlk123456789"></a>Text</p>',
    ),
    "the same where the paragraph is left out": (
        chosen("no", p(bookmark("_Hlk123456789", r("Text")))),
        KIT,
    ),
    "the bookmark of a table of contents in a repeated paragraph": (
        repeated(p(bookmark("_Toc98765", r("{{ q.a }}")))),
        f'{KIT}<p><a id="document-_Toc98765"></a>1</p><p>2</p>',
    ),
    "a bookmark of a cross-reference over two pieces": (
        body(
            p(r(NAME)),
            p(r("{%p if no %}")),
            p('<w:bookmarkStart w:id="7" w:name="_Ref1"/>', r("Text")),
            p(r("{%p endif %}")),
            p(r("after"), '<w:bookmarkEnd w:id="7"/>'),
        ),
        f"{KIT}<p>after</p>",
    ),
    "a bookmark of the author's own in a repeated row": (
        body(
            p(r(NAME)),
            table(row(p(r("Head"))), ROWS[0], row(p(bookmark("first", r("{{ q.a }}")))), ROWS[2]),
        ),
        (
            f"{KIT}<table><tr><td><p>Head</p></td></tr><tr><td><p>"
            '<a id="document-first"></a>1</p></td></tr><tr><td><p>2</p></td></tr></table>'
        ),
    ),
    "where the cursor stood": (repeated(p(bookmark("_GoBack", r("x")))), f"{KIT}<p>x</p><p>x</p>"),
    "a permission to edit in a repeated paragraph": (
        repeated(p('<w:permStart w:id="3" w:edGrp="everyone"/>', r("x"), '<w:permEnd w:id="3"/>')),
        f"{KIT}<p>x</p><p>x</p>",
    ),
    "marks of the spelling checker in a tag": (spread('<w:proofErr w:type="spellStart"/>'), KIT),
    "the end of a page in a tag": (spread(run("<w:lastRenderedPageBreak/>")), KIT),
    "a bookmark that begins in a tag": (
        body(
            p(
                r("{{ child"),
                '<w:bookmarkStart w:id="7" w:name="here"/>',
                r("_name }} and"),
                '<w:bookmarkEnd w:id="7"/>',
            )
        ),
        '<p>Kit Fictitious<a id="document-here"></a> and</p>',
    ),
    "a smart tag around half a tag": (
        wrapped('<w:smartTag w:uri="x" w:element="place">', "</w:smartTag>"),
        KIT,
    ),
    "custom XML around half a tag": (
        wrapped('<w:customXml w:element="place">', "</w:customXml>"),
        KIT,
    ),
    "a content control around half a tag": (
        body(p(control("", r("{{ child")), r("_name }}"))),
        KIT,
    ),
    "a content control with its text filled in": (
        body(p(control('<w:alias w:val="Name"/><w:text/>', r(NAME)))),
        KIT,
    ),
    "a content control over a paragraph with its list of choices": (
        body(control('<w:dropDownList><w:listItem w:value="1"/></w:dropDownList>', p(r(NAME)))),
        KIT,
    ),
    "rows of a repeating section": (
        body(p(r(NAME)), table(row(p(r("Head"))), *(control("", each) for each in ROWS))),
        f"{KIT}<table><tr><td><p>Head</p></td></tr><tr><td><p>1</p></td></tr><tr><td><p>2</p></td></tr></table>",
    ),
    "a tracked insertion inside a tag": (
        spread(f'<w:ins w:id="1" w:author="A">{r("_")}</w:ins>', last="name }}"),
        KIT,
    ),
    "a tracked insertion around half a tag": (
        wrapped('<w:ins w:id="1" w:author="A">', "</w:ins>"),
        KIT,
    ),
    "a tracked deletion inside a tag": (
        spread('<w:del w:id="1" w:author="A"><w:r><w:delText>s</w:delText></w:r></w:del>'),
        KIT,
    ),
    "spaces at the ends of runs": (
        body(p(r("Dear "), r("{{ "), r("child_name"), r(" }}"), r(" and others"))),
        "<p>Dear Kit Fictitious and others</p>",
    ),
    "curly quotes in a tag": (
        body(p(r("{{ child_name if rows != \u2018x\u2019 else \u201cy\u201d }}"))),
        KIT,
    ),
    "quotation marks of other languages in a tag": (
        body(p(r("{{ child_name if rows != \u201ex\u201c else \u00aby\u00bb }}"))),
        KIT,
    ),
    "a dash that Word put for the hyphen at the edge of a tag": (
        body(p(r("{%\u2013 if yes \u2014%} {{ child_name }} {%\u2013 endif %}"))),
        KIT,
    ),
    "a space that does not break in a tag": (body(p(r("{{\u00a0child_name\u00a0}}"))), KIT),
    "an unseen sign between the quotes of a tag": (
        body(p(r("{{ child_name if child_name != 'a\u200db' }}"))),
        KIT,
    ),
    "the template it was begun on": (from_a_template(), KIT),
    "how the printer was set": (printed_once(), KIT),
    "a link to the top": (link("#_top", external=False), linked("#_top")),
    "a link to the top, as others write it": (link("#_top"), linked("#_top")),
    "a link in capitals": (
        link("HTTPS://www.example.org/policy"),
        linked("HTTPS://www.example.org/policy"),
    ),
    "a link to a telephone": (link("tel:02070000000"), linked("tel:02070000000")),
    "a link to a mailbox": (
        link("MailTo:iro@council.example"),
        linked("MailTo:iro@council.example"),
    ),
    "a link kept in a field, with its tip": (
        body(p(field('HYPERLINK "Https://x.example" \\o "a tip"', r("policy"))), p(r(NAME))),
        linked("Https://x.example"),
    ),
    "picture effects": (with_picture("wdp"), KIT),
    "a picture of the web": (with_picture("webp"), KIT),
    "a packed drawing": (with_picture("emz"), KIT),
    "building blocks": (with_building_blocks(), KIT),
    "a tick box beside the text": (
        body(p(tick_box("☒", ticked=True), r(f" {NAME}"))),
        "<p>☒ Kit Fictitious</p>",
    ),
}


@pytest.mark.parametrize(("docx", "read"), ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_word_makes_is_filled_in_and_read(docx: bytes, read: str) -> None:
    document = WordTemplate.read(docx).render(CONTEXT)
    assert read_on_screen(document) == read
    assert faults(document) == []


def test_no_document_says_on_which_template_it_was_begun_or_how_a_printer_was_set() -> None:
    for docx in (from_a_template(), printed_once()):
        whole = b"".join(parts(WordTemplate.read(docx).render(CONTEXT)).values())
        assert b"server" not in whole
        assert b"attachedTemplate" not in whole
        assert b"printerSettings" not in whole


def test_a_remark_whose_words_end_inside_a_tag_stays_whole() -> None:
    document = Document()
    paragraph = document.add_paragraph("{{ child")
    document.add_comment(paragraph.runs, "Which child?", "A Colleague")
    paragraph.add_run("_name }}")
    xml = parts(WordTemplate.read(saved(document)).render(CONTEXT))["word/document.xml"]
    assert xml.count(b"commentRangeStart") == xml.count(b"commentRangeEnd") == 1
    assert xml.count(b"commentReference") == 1


def test_a_remark_on_a_repeated_paragraph_stands_once() -> None:
    document = Document()
    document.add_paragraph("{%p for q in rows %}")
    paragraph = document.add_paragraph("{{ q.a }}")
    document.add_comment(paragraph.runs, "All of them?", "A Colleague")
    document.add_paragraph("{%p endfor %}")
    xml = parts(WordTemplate.read(saved(document)).render(CONTEXT))["word/document.xml"]
    assert xml.count(b"commentReference") == 1


def test_what_was_sound_before_makes_the_same_document() -> None:
    docx = body(
        p(bookmark("here", r(NAME))), p(r("{%p if yes %}")), p(r("x")), p(r("{%p endif %}"))
    )
    filled = WordTemplate.read(docx).render(CONTEXT)
    typed = body(p(bookmark("here", r("Kit Fictitious"))), p(r("x")))
    assert parts(filled)["word/document.xml"].count(b"bookmarkStart") == 1
    assert read_on_screen(filled) == read_on_screen(typed)
    assert parts_digest(filled) == parts_digest(WordTemplate.read(docx).render(CONTEXT))
