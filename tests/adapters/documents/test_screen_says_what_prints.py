"""What the screen shows of a Word file: what its printed page says, no more and no less."""

import pytest

from practice_alerts.adapters.documents import read_on_screen
from tests.helpers.files.word_files import edited
from tests.helpers.files.word_pieces import (
    body,
    control,
    field,
    newer_text_box,
    old_form_field,
    p,
    r,
    row,
    run,
    table,
    text_box,
    tick_box,
)

HIDDEN = "<w:vanish/>"
SHOWN_AGAIN = '<w:vanish w:val="0"/>'
NOTE = '<w:rStyle w:val="Note"/>'
BANNER = '<w:pPr><w:pStyle w:val="Banner2"/></w:pPr>'
PARAGRAPH_NOTE = '<w:pPr><w:pStyle w:val="Remark"/></w:pPr>'
STYLES = (
    '<w:style w:type="character" w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Note2"><w:basedOn w:val="Note"/></w:style>'
    '<w:style w:type="character" w:styleId="Loud"><w:rPr><w:caps/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Banner"><w:rPr><w:caps/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Banner2"><w:basedOn w:val="Banner"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Remark"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
)
TICKED = '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
NOT_TICKED = '<w:checkBox><w:default w:val="0"/></w:checkBox>'
CHOICES = '<w:ddList>{}<w:listEntry w:val="Yes"/><w:listEntry w:val="No"/></w:ddList>'
SECOND = CHOICES.format('<w:result w:val="1"/>')
FIRST = CHOICES.format("")


def styled(*blocks: str) -> bytes:
    return edited(body(*blocks), "word/styles.xml", "</w:styles>", STYLES)


def said(text: str) -> str:
    return f"<p>{text}</p>"


SCREEN: dict[str, tuple[bytes, str]] = {
    "a ticked and an empty box": (
        body(p(tick_box("☒", ticked=True), r(" Urgent "), tick_box("☐", ticked=False), r(" Not"))),
        said("☒ Urgent ☐ Not"),
    ),
    "a box with a sign of its own, for which the sign counts": (
        body(p(tick_box("✓", ticked=True), r(" Seen"))),
        said("✓ Seen"),
    ),
    "a box whose sign is a symbol": (
        body(
            p(
                control(
                    '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>',
                    run('<w:sym w:font="Wingdings" w:char="F0FE"/>'),
                ),
                r(" Seen"),
            )
        ),
        said("🗹 Seen"),
    ),
    "boxes of an old form": (
        body(
            p(
                old_form_field("FORMCHECKBOX", TICKED),
                r(" Yes "),
                old_form_field("FORMCHECKBOX", NOT_TICKED),
                r(" No"),
            )
        ),
        said("☒ Yes ☐ No"),
    ),
    "a choice of an old form": (
        body(
            p(
                old_form_field("FORMDROPDOWN", SECOND),
                r(", "),
                old_form_field("FORMDROPDOWN", FIRST),
            )
        ),
        said("No, Yes"),
    ),
    "a line of an old form": (
        body(p(old_form_field("FORMTEXT", "<w:textInput/>", r("typed in")))),
        said("typed in"),
    ),
    "a date, a list and a text in content controls": (
        body(
            p(
                control("<w:date/>", r("3 March ")),
                control("<w:comboBox/>", r("Team 3 ")),
                control("<w:text/>", r("note")),
            )
        ),
        said("3 March Team 3 note"),
    ),
    "what an empty control asks for, which prints": (
        body(p(control("<w:showingPlcHdr/>", r("Click here")))),
        said("Click here"),
    ),
    "a mark of a note that is not there": (
        body(p(r("Seen"), run('<w:footnoteReference w:id="7"/>'), r(" by all"))),
        said("Seen by all"),
    ),
    "hidden text": (body(p(r("Shown "), r("NOTE", HIDDEN), r("too"))), said("Shown too")),
    "text hidden by its style": (styled(p(r("Shown"), r("NOTE", NOTE))), said("Shown")),
    "text hidden by what its style is based on": (
        styled(p(r("Shown"), r("NOTE", NOTE.replace("Note", "Note2")))),
        said("Shown"),
    ),
    "a whole paragraph hidden by its style": (
        styled(p(PARAGRAPH_NOTE, r("NOTE")), p(r("Shown"))),
        said("Shown"),
    ),
    "text shown in a style that hides": (
        styled(p(PARAGRAPH_NOTE, r("Shown", SHOWN_AGAIN))),
        said("Shown"),
    ),
    "two styles that hide, of which one undoes the other": (
        styled(p(PARAGRAPH_NOTE, r("Shown", NOTE))),
        said("Shown"),
    ),
    "capitals, and small ones": (
        body(p(r("Strictly ", "<w:caps/>"), r("private", "<w:smallCaps/>"), r(" and plain"))),
        said("STRICTLY PRIVATE and plain"),
    ),
    "capitals by a style, by what it is based on, and turned off": (
        styled(
            p(BANNER, r("Élan "), r("plain", '<w:caps w:val="0"/>')),
            p(r("loud", '<w:rStyle w:val="Loud"/>')),
            p(BANNER, r("undone", '<w:rStyle w:val="Loud"/>')),
        ),
        said("ÉLAN plain") + said("LOUD") + said("undone"),
    ),
    "a hidden row": (
        body(
            table(
                row(p(r("Shown"))),
                row(p(r("NOTE")), properties="<w:trPr><w:hidden/></w:trPr>"),
            )
        ),
        "<table><tr><td><p>Shown</p></td></tr></table>",
    ),
    "a symbol": (
        body(p(run('<w:sym w:font="Wingdings" w:char="F0FC"/>'), r(" done"))),
        said("✓ done"),
    ),
    "a symbol with small letters in its number": (
        body(p(run('<w:sym w:font="Wingdings" w:char="f0fc"/>'), r(" done"))),
        said("✓ done"),
    ),
    "a letter that a font of symbols shows as a tick": (
        body(p(r("ü", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), r(" done"))),
        said("✓ done"),
    ),
    "a symbol of an ordinary font": (
        body(p(run('<w:sym w:font="Segoe UI Symbol" w:char="2713"/>'), r(" done"))),
        said("✓ done"),
    ),
    "a symbol that nobody knows": (
        body(p(run('<w:sym w:font="House Font" w:char="F041"/>'), r(" done"))),
        said("\ufffd done"),
    ),
    "a symbol whose number is none": (
        body(p(run('<w:sym w:font="Wingdings" w:char="tick"/>'), r(" done"))),
        said("\ufffd done"),
    ),
    "a symbol that is no sign": (
        body(p(run('<w:sym w:font="House Font" w:char="0001"/>'), r(" done"))),
        said("\ufffd done"),
    ),
    "the result of a field": (
        body(p(r("Page "), field("PAGE", r("3")), r(" of "), field("NUMPAGES", r("9")))),
        said("Page 3 of 9"),
    ),
    "the result of a short field": (
        body(p(r("Table "), f'<w:fldSimple w:instr=" SEQ Table ">{r("2")}</w:fldSimple>')),
        said("Table 2"),
    ),
    "a text box": (
        body(p(r("Beside"), text_box("In the box"))),
        said("Beside") + said("In the box"),
    ),
    "a text box without the older way of writing it": (
        body(p(r("Beside"), newer_text_box("In the box"))),
        said("Beside") + said("In the box"),
    ),
    "WordArt": (
        body(p(run('<w:pict><v:shape><v:textpath string="Draft"/></v:shape></w:pict>'))),
        said("Draft"),
    ),
    "an equation": (
        body(p(r("So "), "<m:oMath><m:r><m:t>4+4=8</m:t></m:r></m:oMath>")),
        said("So 4+4=8"),
    ),
    "text in another direction": (
        body(
            p(f'<w:dir w:val="rtl">{r("one ")}</w:dir>', f'<w:bdo w:val="ltr">{r("two")}</w:bdo>')
        ),
        said("one two"),
    ),
    "words with their reading above": (
        body(
            p(
                run(
                    f"<w:ruby><w:rubyPr/><w:rt>{r('above')}</w:rt><w:rubyBase>{r('below')}</w:rubyBase></w:ruby>"
                )
            )
        ),
        said("below"),
    ),
    "an older line break, and a tab to the margin": (
        body(p(run("<w:t>one</w:t><w:cr/><w:t>two</w:t><w:ptab/><w:t>three</w:t>"))),
        said("one<br>two\tthree"),
    ),
    "words struck out": (
        body(p(r("by Friday", "<w:strike/>"), r(" by Monday", "<w:dstrike/>"))),
        said("<s>by Friday by Monday</s>"),
    ),
    "small letters below and above the line": (
        body(
            p(
                r("H"),
                r("2", '<w:vertAlign w:val="subscript"/>'),
                r("O"),
                r("1", '<w:vertAlign w:val="superscript"/>'),
            )
        ),
        said("H<sub>2</sub>O<sup>1</sup>"),
    ),
    "tracked changes as they would be accepted": (
        body(
            p(
                r("by "),
                f'<w:del w:id="1" w:author="A">{run("<w:delText>Friday</w:delText>")}</w:del>',
                f'<w:ins w:id="2" w:author="A">{r("Monday")}</w:ins>',
                f'<w:moveFrom w:id="3" w:author="A">{r(" moved")}</w:moveFrom>',
                f'<w:moveTo w:id="4" w:author="A">{r(" moved")}</w:moveTo>',
            )
        ),
        said("by Monday moved"),
    ),
    "smart tags, custom XML, marks of spelling and of who may edit": (
        body(
            p(
                f'<w:smartTag w:uri="x" w:element="y">{r("one ")}</w:smartTag>',
                '<w:proofErr w:type="spellStart"/>',
                f'<w:customXml w:element="y">{r("two ")}</w:customXml>',
                '<w:permStart w:id="1" w:edGrp="everyone"/>',
                r("three"),
                '<w:permEnd w:id="1"/>',
            )
        ),
        said("one two three"),
    ),
}


@pytest.mark.parametrize(("docx", "read"), SCREEN.values(), ids=SCREEN.keys())
def test_the_screen_says_what_the_printed_page_says(docx: bytes, read: str) -> None:
    assert read_on_screen(docx) == read
