"""Word documents: what was typed is what is read, and no template can do harm."""

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from docx import Document
from docxtpl import DocxTemplate
from hypothesis import example, given, settings
from hypothesis import strategies as st

from practice_alerts import ROOT
from practice_alerts.adapters.documents import (
    MARGIN_LIMIT,
    WordTemplate,
    as_printed,
    as_printed_in_margin,
    read_on_screen,
)
from practice_alerts.domain.errors import BadTemplate, TemplateFieldMissing, TextTooLong
from tests.helpers.alerts.alert_for_document import alert
from tests.helpers.files.word_files import (
    canonical,
    edited,
    faults,
    header_text,
    parts,
    saved,
    texts,
    title,
    with_part,
    with_relation,
    word_file,
)

LAMBETH = ROOT / "form_templates/lambeth/practice_alert.docx"
PLAIN = word_file("{{ typed }}", header="{{ typed }}", title="{{ typed }}")
TEMPLATE = WordTemplate.read(PLAIN)

TYPED_AND_READ = {
    "ampersand and brackets": ("Smith & Sons <b>bold</b>", "Smith & Sons <b>bold</b>"),
    "quotes": ("\"double\" 'single' “curly”", "\"double\" 'single' “curly”"),
    "a sum in braces": ("{{ 7*7 }}", "{{ 7*7 }}"),
    "a raw block": ("{% raw %}{{ x }}{% endraw %}", "{% raw %}{{ x }}{% endraw %}"),
    "a comment": ("{# not seen #}", "{# not seen #}"),
    "docxtpl's own braces": ("{_{ and }_} and {_% %_}", "{_{ and }_} and {_% %_}"),
    "an entity as typed": ("&amp; &lt; &#x26;", "&amp; &lt; &#x26;"),
    "a Word field as text": (
        "</w:t></w:r><w:r><w:instrText>DDE",
        "</w:t></w:r><w:r><w:instrText>DDE",
    ),
    "a null and a bell": ("a\x00b\x07c", "a\ufffdb\ufffdc"),
    "a form feed": ("one\x0ctwo", "one\ntwo"),
    "a vertical tab": ("one\x0btwo", "one\ntwo"),
    "a lone surrogate": ("before\ud83dafter", "before\ufffdafter"),
    "a non-character": ("a\uffffb", "a\ufffdb"),
    "emoji": ("👩🏽‍⚖️ and 😀", "👩🏽‍⚖️ and 😀"),
    "combining marks": ("e\u0301 Zoe\u0308 q\u0323\u0307", "e\u0301 Zoe\u0308 q\u0323\u0307"),
    "right to left": ("مرحبا \u200f(א)\u202e x", "مرحبا \u200f(א)\u202e x"),
    "tabs": ("one\ttwo\t\tthree", "one\ttwo\t\tthree"),
    "newlines": ("one\ntwo\n\nthree", "one\ntwo\n\nthree"),
    "Windows newlines": ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    "spaces at the ends": ("  one  ", "  one  "),
    "other spaces": ("a\u00a0b\u2028c\u0085d\ufeffe", "a\u00a0b\u2028c\u0085d\ufeffe"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("typed", "read"), TYPED_AND_READ.values(), ids=TYPED_AND_READ.keys())
def test_what_is_read_back_is_what_was_typed(typed: str, read: str) -> None:
    docx = TEMPLATE.render({"typed": typed})
    assert texts(docx) == [read]
    one_line = read.replace("\n", " ").replace("\t", " ")
    assert header_text(docx) == one_line
    assert title(docx) == one_line
    assert faults(docx) == []


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(), max_size=300))
@example("\ud800\udfff\x00\r\n\v{{ x }}]]>")
def test_any_text_survives_under_the_policy(typed: str) -> None:
    docx = TEMPLATE.render({"typed": typed})
    assert texts(docx) == [as_printed(typed)]
    assert header_text(docx) == as_printed_in_margin(typed)


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_text_without_control_characters_is_printed_exactly(typed: str) -> None:
    assert as_printed(typed) == typed
    assert texts(TEMPLATE.render({"typed": typed})) == [typed]


def test_a_megabyte_is_whole_in_the_body_and_cut_in_the_margins() -> None:
    typed = "A long story. " * 75_000
    docx = TEMPLATE.render({"typed": typed})
    assert texts(docx) == [typed]
    for cut in (header_text(docx), title(docx)):
        assert len(cut) == MARGIN_LIMIT
        assert cut == typed[: MARGIN_LIMIT - 1] + "…"


def test_more_text_than_a_document_holds_is_refused_in_plain_words() -> None:
    with pytest.raises(TextTooLong, match=r"at most 5,000,000 fit\. Shorten"):
        TEMPLATE.render({"typed": "x" * 5_000_001})


def test_a_template_cannot_multiply_the_text_without_end() -> None:
    template = WordTemplate.read(word_file("{%p for a in rows %}", "{{ typed }}", "{%p endfor %}"))
    with pytest.raises(TextTooLong):
        template.render({"rows": ["row"] * 50, "typed": "x" * 1_000_000})


def test_numbers_yes_and_no_and_nothing_have_words() -> None:
    template = WordTemplate.read(word_file("{{ n }}|{{ yes }}|{{ no }}|{{ nothing }}|"))
    docx = template.render({"n": 12, "yes": True, "no": False, "nothing": None})
    assert texts(docx) == ["12|yes|no||"]


@pytest.mark.parametrize(
    "value",
    [1.5, b"bytes", {"a", "b"}, ("a",), object(), {1: "one"}, [{"x": str}]],
    ids=lambda value: type(value).__name__,  # what it prints is another in each process
)
def test_only_plain_values_reach_a_template(value: Any) -> None:
    with pytest.raises(TypeError, match="A document takes"):
        TEMPLATE.render({"typed": value})


def test_values_that_never_end_are_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(TypeError, match="at most 100,000 values"):
        TEMPLATE.render({"typed": endless})


# ----------------------------------------------------------------------------- fields and tags


@pytest.mark.parametrize(
    ("tags", "context", "named"),
    [
        ("{{ child_name }}", {}, "child_name"),
        ("{% if child_name %}x{% endif %}", {}, "child_name"),
        ("{{ child.name }}", {"child": {}}, "child.name"),
        ("{{ child_name|upper }}", {}, "child_name"),
        ("{% for s in stages %}{{ s.sent_on }}{% endfor %}", {"stages": [{}]}, "stages[].sent_on"),
        ("{% for s in stages %}x{% endfor %}", {}, "stages"),
    ],
)
def test_a_missing_field_is_named_in_plain_words(
    tags: str, context: dict[str, Any], named: str
) -> None:
    with pytest.raises(TemplateFieldMissing, match="The Word template asks for") as caught:
        WordTemplate.read(word_file(tags)).render(context)
    assert caught.value.tag == named


def test_the_fields_of_every_part_are_listed() -> None:
    docx = word_file(
        "{{ name }} {{ a.b }}", "{%p for s in stages %}", "{{ s.on }}", "{%p endfor %}"
    )
    whole = Document(io.BytesIO(docx))
    whole.sections[0].header.paragraphs[0].text = "{{ marking }}"
    whole.sections[0].footer.paragraphs[0].text = "{{ reference }}"
    whole.core_properties.subject = "{{ subject }}"
    template = WordTemplate.read(saved(whole))
    assert template.tags() == {"name", "a", "stages", "marking", "reference", "subject"}
    assert template.paths() == {
        "name",
        "a.b",
        "stages",
        "stages[].on",
        "marking",
        "reference",
        "subject",
    }


def test_footnotes_are_filled_in_too() -> None:
    note = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="1"><w:p><w:r><w:t>{{ note }}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    docx = with_part(word_file("{{ name }}"), "word/footnotes.xml", note.encode())
    docx = edited(
        docx,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>',
    )
    docx = with_relation(docx, "footnotes", "footnotes.xml", external=False)
    template = WordTemplate.read(docx)
    assert template.tags() == {"name", "note"}
    filled = parts(template.render({"name": "x", "note": "a & b"}))["word/footnotes.xml"]
    assert b"a &amp; b" in filled


def test_a_tag_that_word_spread_over_runs_is_mended() -> None:
    document = Document()
    paragraph = document.add_paragraph("Name: {")
    for piece in ("{ chi", "ld_na", "me }", "}"):
        paragraph.add_run(piece).bold = piece == "ld_na"
    template = WordTemplate.read(saved(document))
    assert texts(template.render({"child_name": "Amina Fictitious"})) == ["Name: Amina Fictitious"]


def test_pictures_in_a_repeated_piece_get_their_own_ids() -> None:
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
        "789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    document = Document()
    document.add_paragraph("{%p for s in stages %}")
    document.add_picture(io.BytesIO(pixel))
    document.add_paragraph("{{ s }}")
    document.add_paragraph("{%p endfor %}")
    docx = WordTemplate.read(saved(document)).render({"stages": ["One", "Two"]})
    assert faults(docx) == []
    assert parts(docx)["word/document.xml"].count(b"<wp:docPr") == 2


# --------------------------------------------------------------------- the document as a whole


def test_the_same_alert_makes_the_same_bytes_whenever_and_wherever_it_is_printed() -> None:
    first, again = WordTemplate.read(LAMBETH), WordTemplate.read(LAMBETH.read_bytes())
    assert first.render(alert()) == again.render(alert())


def test_many_threads_share_one_template() -> None:
    template = WordTemplate.read(LAMBETH)
    names = [f"Child {number}" for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda name: template.render(alert(child_name=name)), names))
    assert [name in texts(docx) for name, docx in zip(names, made, strict=True)] == [True] * 40


def plainly(template: bytes, context: dict[str, Any]) -> dict[str, bytes]:
    """Render as docxtpl's manual says."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(context)
    buffer = io.BytesIO()
    document.save(buffer)
    return parts(buffer.getvalue())


def test_harmless_text_comes_out_as_from_plain_docxtpl() -> None:
    ours = parts(WordTemplate.read(LAMBETH).render(alert()))
    theirs = plainly(LAMBETH.read_bytes(), alert())
    assert ours.keys() == theirs.keys()
    body = "word/document.xml"
    for name in [body, *(each for each in ours if "header" in each or "footer" in each)]:
        assert canonical(ours[name]) == canonical(theirs[name]), name


def test_parts_without_tags_are_kept_byte_by_byte() -> None:
    before, after = parts(LAMBETH.read_bytes()), parts(WordTemplate.read(LAMBETH).render(alert()))
    same = {name for name in before if before[name] == after[name]}
    assert before.keys() - same == {
        "word/document.xml", "word/header1.xml", "word/footer1.xml", "docProps/core.xml",
    }  # fmt: skip


# ------------------------------------------------------------------------- read on the screen


def test_headings_tables_and_ticks_are_read_on_the_screen() -> None:
    page = read_on_screen(WordTemplate.read(LAMBETH).render(alert()))
    assert page.startswith("<h2>Practice alert</h2>")
    assert "<h1" not in page
    assert '<th scope="col"><p>When</p></th>' in page
    assert '<th scope="row"><p>Team</p></th><td><p>Children Looked After, team 3</p></td>' in page
    assert "☒\t1. Statutory responsibilities not met" in page


def test_hostile_text_stays_text_on_the_screen() -> None:
    typed = "<script>alert(1)</script> <img src=x onerror=alert(1)> & {{ 7*7 }}"
    page = read_on_screen(TEMPLATE.render({"typed": typed}))
    assert page == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(1)&gt; &amp; {{ 7*7 }}</p>"
    )


def test_a_style_map_in_the_file_cannot_make_elements() -> None:
    docx = with_part(PLAIN, "mammoth/style-map.xml", b"p => script:fresh")
    with pytest.raises(BadTemplate):
        read_on_screen(docx)


def test_pictures_and_links_that_run_are_left_out_on_the_screen() -> None:
    link = (
        '<w:p><w:hyperlink r:id="rId99"><w:r><w:t>policy</w:t></w:r></w:hyperlink></w:p><w:sectPr'
    )
    linked = with_relation(PLAIN, "hyperlink", "https://www.example.org/policy")
    page = read_on_screen(edited(linked, "word/document.xml", "<w:sectPr", link))
    assert '<a href="https://www.example.org/policy">policy</a>' in page
    with pytest.raises(BadTemplate):
        read_on_screen(with_relation(PLAIN, "hyperlink", "javascript:alert(1)"))
