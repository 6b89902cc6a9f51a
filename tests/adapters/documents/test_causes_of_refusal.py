"""Slips of authors and oddities of files: refused with the true cause, the tag, its paragraph, and the way out."""

import pytest

from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.domain.errors import BadTemplate
from tests.helpers.files.word_files import (
    edited,
    parts,
    with_part,
    with_relation,
    word_file,
    zipped,
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
    text_box,
)

PLAIN = word_file("{{ child_name }}")
NAME = r("{{ child_name }}")
TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
DOCX = "wordprocessingml.document.main+xml"
ALSO_READ = (
    "cannot be read. A tag prints a field, {{ child_name }}, chooses, {% if child_name %}, "
    "or repeats, {% for item in list %}."
)


def typed(tag: str, reason: str) -> tuple[bytes, str]:
    """A tag typed so, and what is said of it."""
    return word_file(f"Name {tag}"), f'in the paragraph "Name {tag}" the tag {tag} {reason}'


def unseen(before: str, sign: str, after: str, name: str) -> tuple[bytes, str]:
    """A tag with a sign in it that takes no place on the page, and what is said of it."""
    shown = f"{before}[{name}]{after}"
    return (
        word_file("{{ child_name }}", f"{before}{sign}{after}"),
        (
            f'in the paragraph "{shown}" the tag {shown} holds a character that cannot be seen. '
            "Delete the tag and type it again."
        ),
    )


def alone(tag: str, end: str, reason: str) -> tuple[bytes, str]:
    return word_file(
        "{{ child_name }}", tag, "x", end
    ), f'in the paragraph "{tag}" the tag {tag} {reason}'


def strict() -> bytes:
    return edited(PLAIN, "word/document.xml", TRANSITIONAL, STRICT)


def of_kind(kind: str) -> bytes:
    return edited(PLAIN, "[Content_Types].xml", DOCX, kind)


def with_bin(name: str) -> bytes:
    return with_part(PLAIN, name, b"x")


def placed(inside: str, place: str) -> tuple[bytes, str]:
    return body(
        p(NAME, inside)
    ), f'in the paragraph "{{{{ child_name }}}}" the tag {{{{ x }}}} stands {place}'


MOVE = "Move it into the text."
DELETE_IT = "Click on it in Word and press Delete"

CAUSES: dict[str, tuple[bytes, str]] = {
    "saved as Strict Open XML": (
        strict(),
        "it is saved as Strict Open XML Document. In Word, choose File, Save As, Word Document (*.docx).",
    ),
    "saved as a Word Template": (
        of_kind("wordprocessingml.template.main+xml"),
        "it is saved as a Word Template (*.dotx). In Word, choose File, Save As, Word Document (*.docx).",
    ),
    "an OpenDocument file by another name": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        (
            "it is a file of LibreOffice or OpenOffice (OpenDocument). Open it there and save it as a Word "
            "Document (*.docx); another name alone does not do it."
        ),
    ),
    "an Excel workbook by another name": (
        zipped({"xl/workbook.xml": b"<a/>"}),
        "it is an Excel workbook. A form is made in Word.",
    ),
    "a zip with the file inside": (
        zipped({"form.docx": PLAIN}),
        'it is a zip with "form.docx" inside. Unpack it first.',
    ),
    "a PDF by another name": (
        b"%PDF-1.7",
        "it is a PDF. Save the Word file that it was made from as a Word Document (*.docx).",
    ),
    "Rich Text by another name": (
        b"{\\rtf1",
        "it is in Rich Text Format (.rtf). Open it in Word and save it as a Word Document (*.docx).",
    ),
    "a web page by another name": (
        b"\xef\xbb\xbf<HTML>",
        "it is a web page. Open it in Word and save it as a Word Document (*.docx).",
    ),
    "a sheet set into the text": (
        with_bin("word/embeddings/sheet1.xlsx"),
        (
            'its part "word/embeddings/sheet1.xlsx" is of a kind that a form does not need: '
            f"a sheet or file set into the text. {DELETE_IT}."
        ),
    ),
    "a control of Visual Basic": (
        with_bin("word/activeX/activeX1.bin"),
        (
            'its part "word/activeX/activeX1.bin" is of a kind that a form does not need: '
            "a control. Click on it in Word (Developer, Design Mode) and press Delete."
        ),
    ),
    "a film": (
        with_bin("word/media/film.mp4"),
        (
            'its part "word/media/film.mp4" is of a kind that a form does not need: '
            f"a film, a sound or an unusual picture. {DELETE_IT}."
        ),
    ),
    "what Visual Basic keeps beside its macros": (
        with_bin("word/vbaProjectSignature.bin"),
        "it holds macros. Save it as a .docx, without macros.",
    ),
    "a linked object": (
        with_relation(PLAIN, "oleObject", "file:///C:/sheet.xlsx"),
        f"it holds an embedded object. {DELETE_IT}.",
    ),
    "a linked picture": (
        with_relation(PLAIN, "image", "http://x.example/a.png"),
        (
            'it would fetch a picture from outside ("http://x.example/a.png"). Copy the picture into the '
            "document, or choose File, Info, Edit Links to Files, Break Link."
        ),
    ),
    "a link to a file": (
        with_relation(PLAIN, "hyperlink", "FILE:///S:/policy.docx"),
        (
            'one of its links leads to "FILE:///S:/policy.docx", which is no web or mail address. '
            "Right-click it in Word and choose Remove Hyperlink."
        ),
    ),
    "a link that runs, behind a harmless tip": (
        body(p(NAME, field('HYPERLINK \\o "http://x.example" "javascript:x"', r("policy")))),
        (
            "one of its links leads to something other than a web or mail address. Right-click it in Word and "
            "choose Remove Hyperlink."
        ),
    ),
    "the day on which it is opened": (
        body(p(NAME, field('DATE \\@ "d MMMM yyyy"', r("1 May")))),
        (
            'its Word field "DATE" would print the day on which somebody opens the document. Put a tag with the '
            "day in its place, such as {{ raised_on }}."
        ),
    ),
    "a hyphen in a name": typed(
        "{{ child-name }}",
        'holds a hyphen in "child-name". Names of fields are written with underscores: child_name.',
    ),
    "a hyphen that Word put there": typed(
        "{{ child\u2011name }}",
        'holds a hyphen in "child\u2011name". Names of fields are written with underscores: child_name.',
    ),
    "a hyphen in a choice": alone(
        "{%p if child-name %}",
        "{%p endif %}",
        'holds a hyphen in "child-name". Names of fields are written with underscores: child_name.',
    ),
    "a space in a name": typed(
        "{{ child name }}",
        'cannot be read: in "child name" a space stands between two names. '
        "Names of fields are written with underscores: child_name.",
    ),
    "a zero-width space": unseen("{{ child", "\u200b", "_name }}", "zero width space"),
    "a soft hyphen": unseen("{{ child", "\u00ad", "_name }}", "soft hyphen"),
    "a byte-order mark": unseen("{{ ", "\ufeff", "child_name }}", "zero width no-break space"),
    "a mark of direction": unseen("{% if yes", "\u200f", " %}", "right-to-left mark"),
    "nothing in a tag": typed(
        "{{ }}", "is empty. Put the name of a field into it, such as {{ child_name }}."
    ),
    "a sign that means nothing": typed(
        "{{ child_name? }}", 'cannot be read: the sign "?" means nothing in a tag.'
    ),
    "an apostrophe": typed(
        "{{ child's_name }}", 'cannot be read: the sign "\'" means nothing in a tag.'
    ),
    "a full stop too many": typed("{{ child_name. }}", ALSO_READ),
    "a sum": typed("{{ a * b }}", "does more than print, choose or repeat fields (it calculates)."),
    "a call": typed(
        "{{ a.b() }}", "does more than print, choose or repeat fields (it calls something)."
    ),
    "a filter of another program": typed(
        "{{ a|money }}",
        'asks for "|money", which is not offered. After "|" may stand: capitalize, count, default, first, '
        "join, last, length, lower, title, trim, upper.",
    ),
    "a test of another program": alone(
        "{%p if a is odd %}",
        "{%p endif %}",
        'asks whether something is "odd". After "is" may stand: defined, undefined, none.',
    ),
    "a loop over a written list": alone(
        "{%p for q in [1, 2] %}",
        "{%p endfor %}",
        "repeats a list that is written into it. It may repeat a list that the document is filled with.",
    ),
    "a loop over text": alone(
        "{%p for q in 'ab' %}",
        "{%p endfor %}",
        "repeats a list that is written into it. It may repeat a list that the document is filled with.",
    ),
    "a loop with two names": alone(
        "{%p for a, b in rows %}",
        "{%p endfor %}",
        "repeats with more than one name. It is written {% for item in list %}, with one name for the item.",
    ),
    "a loop over another list inside a loop": (
        word_file("{%p for a in x %}", "{%p for b in y %}", "z", "{%p endfor %}", "{%p endfor %}"),
        (
            'in the paragraph "{%p for b in y %}" the repetition {%p for b in y %} stands inside another; '
            'it may repeat only what belongs to "a".'
        ),
    ),
    "one equals sign": alone(
        "{%p if a = 'x' %}",
        "{%p endif %}",
        'holds a single "=". Whether two things are the same is asked with "==".',
    ),
    "else if": (
        word_file("{%p if a %}", "{%p else if b %}", "{%p endif %}"),
        'in the paragraph "{%p else if b %}" the tag {%p else if b %} cannot be read: "else if" is written "elif".',
    ),
    "end if": (
        word_file("{%p if a %}", "{%p end if %}"),
        'in the paragraph "{%p end if %}" the tag {%p end if %} cannot be read: "end if" is written "endif".',
    ),
    "a word that begins no tag": typed(
        "{% when a %}",
        'begins with "when". A tag in {% %} begins with for, if, elif, else, endif, endfor.',
    ),
    "a loop that is not closed": (
        word_file("{{ child_name }}", "{%p for a in x %}", "y"),
        'in the paragraph "{%p for a in x %}" the tag {%p for a in x %} is not closed: {%p endfor %} is missing after it.',
    ),
    "a loop closed as a choice": (
        word_file("{%p for a in x %}", "y", "{%p endif %}"),
        (
            'in the paragraph "{%p endif %}" the tag {%p endif %} does not close {%p for a in x %}: '
            "{%p endfor %} is missing before it."
        ),
    ),
    "an end without its beginning": (
        word_file("{{ child_name }}", "{%p endif %}"),
        'in the paragraph "{%p endif %}" the tag {%p endif %} stands without the tag that it belongs to.',
    ),
    "a tag in a tracked deletion": placed(
        f'<w:del w:id="1" w:author="A">{run("<w:delText>{{ x }}</w:delText>")}</w:del>',
        "in a tracked deletion. Accept or reject the tracked changes in Word (Review).",
    ),
    "a tag in the title of a content control": placed(
        control('<w:alias w:val="{{ x }}"/>', r("")),
        f"in the settings of a content control (Developer, Properties). {MOVE}",
    ),
    "a tag among the choices of a content control": placed(
        control('<w:dropDownList><w:listItem w:value="{{ x }}"/></w:dropDownList>', r("")),
        f"in the settings of a content control (Developer, Properties). {MOVE}",
    ),
    "a tag in the description of a picture": placed(
        run(
            '<w:drawing><wp:inline><wp:docPr id="1" name="P" descr="{{ x }}"/></wp:inline></w:drawing>'
        ),
        f"in the description of a picture (right-click it, View Alt Text). {MOVE}",
    ),
    "a tag in the code of a field": placed(
        run(
            '<w:fldChar w:fldCharType="begin"><w:ffData><w:statusText w:val="{{ x }}"/></w:ffData></w:fldChar>'
        ),
        f"in a Word field (right-click it, Toggle Field Codes). {MOVE}",
    ),
    "a tag in the tip of a link": placed(
        f'<w:hyperlink w:anchor="a" w:tooltip="{{{{ x }}}}">{r("")}</w:hyperlink>',
        f"in the address of a link (right-click it, Edit Hyperlink). {MOVE}",
    ),
    "a tag in the name of a bookmark": placed(
        bookmark("{{ x }}", r("")), f"in the name of a bookmark (Insert, Bookmark). {MOVE}"
    ),
    "a tag in an equation": placed(
        "<m:oMath><m:r><m:t>{{ x }}</m:t></m:r></m:oMath>", f"in an equation. {MOVE}"
    ),
    "a tag in WordArt": placed(
        run('<w:pict><v:shape><v:textpath string="{{ x }}"/></v:shape></w:pict>'),
        f"in WordArt. {MOVE}",
    ),
    "a tag in a comment": (
        with_part(
            edited(
                PLAIN,
                "[Content_Types].xml",
                "</Types>",
                '<Override PartName="/word/comments.xml" ContentType="application/x+xml"/></Types>',
            ),
            "word/comments.xml",
            parts(word_file("{{ x }}"))["word/document.xml"].replace(b"w:document", b"w:comments"),
        ),
        "a tag stands in a comment. Delete the comment in Word (Review), or move the tag into the text.",
    ),
    "a symbol inside a tag": (
        body(p(r("{{ child"), run('<w:sym w:font="Wingdings" w:char="F0FC"/>'), r("_name }}"))),
        'in the paragraph "{{ child_name }}" a symbol stands inside a tag. Delete the tag and type it again.',
    ),
    "an optional hyphen inside a tag": (
        body(p(run("<w:t>{{ child</w:t><w:softHyphen/><w:t>_name }}</w:t>"))),
        (
            'in the paragraph "{{ child_name }}" an optional hyphen, which cannot be seen, stands inside a tag. '
            "Delete the tag and type it again."
        ),
    ),
    "a text box beside a tag that takes its paragraph away": (
        body(p(NAME), p(r("{%p if yes %}"), text_box("Kept")), p(r("{%p endif %}"))),
        (
            'the paragraph "{%p if yes %}" holds a text box beside its tag, which would vanish with it. '
            "Put the tag into a paragraph of its own."
        ),
    ),
    "a table beside a tag that takes its row away": (
        body(
            p(NAME),
            table(
                row(p(r("Head"))),
                row(p(r("{%tr if yes %}")), table(row(p(r("Kept")))), p()),
                row(p(r("{%tr endif %}"))),
            ),
        ),
        (
            'the row "{%tr if yes %}" holds a table beside its tag, which would vanish with it. '
            "Put the tag into a row of its own."
        ),
    ),
    "a cell that could end up empty": (
        body(
            p(r("Reasons for {{ child_name }}")),
            table(row(p(r("{%p if yes %}")), p(r("x")), p(r("{%p endif %}")))),
        ),
        'a table cell, header or footer could end up empty after "Reasons for". Put a line of text outside its tags.',
    ),
}


@pytest.mark.parametrize(("docx", "reason"), CAUSES.values(), ids=CAUSES.keys())
def test_a_template_is_refused_with_the_true_cause(docx: bytes, reason: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        WordTemplate.read(docx)
    assert refused.value.reason == reason


def test_a_field_that_does_not_suit_its_tag_is_told_without_the_words_of_a_program() -> None:
    repeated = WordTemplate.read(word_file("{% for a in yes %}{{ a }}{% endfor %}"))
    with pytest.raises(BadTemplate) as refused:
        repeated.render({"yes": True})
    assert refused.value.reason == (
        "one of its tags does not suit its field: it repeats what is no list, or compares what cannot be compared."
    )
    printed = WordTemplate.read(word_file("{{ rows }}"))
    with pytest.raises(BadTemplate) as refused:
        printed.render({"rows": []})
    assert refused.value.reason == (
        "one of its tags does not suit its field: a list cannot be printed; print one of its fields."
    )
