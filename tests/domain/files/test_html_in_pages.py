"""A council's page is Markdown: of HTML nothing is left but its letters."""

import re
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.yaml import yaml_load
from typing_extensions import override

from practice_alerts.domain.files.html_in_pages import (
    attributes_in,
    is_picture_of_ours,
    leads_on,
    lost_addresses_in,
    tags_in,
    without_html,
)

TAGS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=/x></SCRIPT>",
    "<form method=post action=/reports><button>Read on</button></form>",
    "<form/a@b.example>",
    "<iframe srcdoc='x'>",
    "<img src=x onerror=alert(1)",
    "<svg/onload=alert(1)>",
    "<meta http-equiv=refresh content='0;url=/'>",
    "<style>*{display:none}</style>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- --><script>x</script><!-- -->",
    "<!--><script>x</script>",
    "<!-- formerly x --!><script>x</script>",
    "<!-- formerly X -->",
    "<?php ?>",
    "<![CDATA[<script>]]>",
    "<https://council.example/'onclick=x <b>",
    "</div></article><div>",
    "<div markdown=1>**x**</div>",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JavaScript:alert`1`",
    " javascript:a",
    "&#106;avascript:a",
    "&#x6a;avascript&colon;a",
    "java&Tab;script:a",
    "java\nscript:a",
    "javascript\\:a",
    "<javascript:a b>",
    "vbscript:a",
    "data:text/html,<b>",
    "blob:x",
    "file:///etc/passwd",
    "ms-word:x",
)
STAND = ("https://council.example/a:b", "mailto:a@b.example", "tel:+441", "a.md#b:c", "#b", "?a:b")
LISTS = (
    "{onclick=alert(1)}",
    '{: style="position:fixed" }',
    "{.md-button}",
    "{: .x }",
    "{#__search}",
    "{ #a onclick=x }",
    "{:#a}",
)
LINKS = ("[x]({})", "[x](<{}>)", '[x]({} "y")', "[x][y]\n\n[y]: {}", "[y]\n\n[y]: <{}>")
STANDS = (
    "[a](b.md) and {title of iro}",
    "![a](b.png)",
    "3 < 4 and 5 > 4",
    "<https://council.example/a?b=c>",
    "<duty.team@council.example>",
    "<!-- formerly good-practice -->",
    "a <- b",
)
MADE = {"p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br"}
MADE |= {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "img"}
"""What Markdown makes by itself."""


GIVEN = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
GIVEN |= {f"h{level}": {"id"} for level in range(1, 7)}
"""What Markdown gives them by itself, and a page the headings."""

ROOT = Path(__file__).parents[3]
EXTENSIONS = [
    one if isinstance(one, str) else next(iter(one))
    for one in yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
]


def goes(address: str) -> str:
    """Where a browser takes it to be (URL Standard, 4.4): the scheme, "//" for another host, or nothing."""
    kept = re.sub(r"[\t\n\r]", "", re.sub(r"^[\0- ]+", "", address)).replace("\\", "/")
    found = re.match(r"([a-z][a-z0-9+.-]*):|(//)", kept.lower())
    return (found[1] or found[2]) if found else ""


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.odd: list[tuple[str, str, str | None]] = []
        self.others: list[str] = []
        self.feed(page)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.odd += [(tag, *one) for one in attrs if not self.is_usual(tag, *one)]

    def is_usual(self, tag: str, name: str, value: str | None) -> bool:
        if name == "href":
            return goes(value or "") in {"", "//", "http", "https", "mailto", "tel"}
        if name == "src":
            return goes(value or "") == ""
        if name == "id":
            return bool(re.fullmatch(r"[\w][\w-]*", value or ""))
        if tag in {"td", "th"}:
            return name == "style" and bool(re.fullmatch(r"text-align: \w+;", value or ""))
        return name in GIVEN.get(tag, set())

    @override
    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    @override
    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    @override
    def handle_comment(self, data: str) -> None:
        if not data.startswith(" formerly "):
            self.others.append(data)


def built(page: str) -> Elements:
    """As the guide's builder reads it."""
    return Elements(markdown.markdown(page, extensions=EXTENSIONS))


@pytest.mark.parametrize("around", ["{}", "Words {} and more.", "- an item {}", "# A heading\n\n{}\n\nWords.",
                                    "| a | b |\n|---|---|\n| {} | c |", "> {}", "`{}", "    {}\n"])  # fmt: skip
@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_is_shown_and_does_nothing(tag: str, around: str) -> None:
    page = around.format(tag)
    assert list(tags_in(page))
    found = built(without_html(page))
    assert found.names <= MADE
    assert found.others == []


@pytest.mark.parametrize("said", STANDS)
def test_what_is_no_tag_stays_as_it_is(said: str) -> None:
    page = f"# A heading\n\nWords.\n\n{said}\n"
    assert list(tags_in(page)) == []
    assert without_html(page) == page


@pytest.mark.parametrize("how", LINKS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_of_a_link_that_would_act_its_words_stand(address: str, how: str) -> None:
    found = built(without_html(how.format(address)))
    assert found.odd == []
    assert not leads_on(address.strip("<>")) or "\\" in address


@pytest.mark.parametrize("how", LINKS)
@pytest.mark.parametrize("address", STAND)
def test_a_link_that_leads_on_stands(address: str, how: str) -> None:
    page = how.format(address)
    assert list(lost_addresses_in(page)) == []
    assert f'href="{address}"' in markdown.markdown(page, extensions=EXTENSIONS)


@pytest.mark.parametrize("address", ["https://e/x.png", "//e/x.png", "\\\\\\\\e/x.png", "data:image/png,x",
                                     "ht&Tab;tps://e/x.png", "/\t/e/x.png"])  # fmt: skip
def test_no_picture_comes_from_elsewhere(address: str) -> None:
    page = f"![a view](<{address}>)"
    assert not is_picture_of_ours(address)
    assert [one for _, one in lost_addresses_in(page)]
    assert markdown.markdown(page, extensions=EXTENSIONS) == "<p><span>a view</span></p>"


@pytest.mark.parametrize(
    "around", ["# A {}", "Words\n{}", "*a*{}", "[a](b){}", "- a\n- b {}", "| a |\n|---|\n| b {} |"]
)
@pytest.mark.parametrize("said", LISTS)
def test_attributes_are_shown_and_give_nothing(said: str, around: str) -> None:
    page = around.format(said)
    assert [one for _, one in attributes_in(page)] == [said]
    found = built(page)
    assert found.odd == []
    written = markdown.markdown(page, extensions=EXTENSIONS)
    assert said.replace('"', "") in written.replace('"', "").replace("&quot;", "")


@pytest.mark.parametrize("heading", ["A", "*A*", "A `b`", "A [b](c.md)"])
def test_a_heading_has_the_name_that_it_is_given(heading: str) -> None:
    page = f"## {heading} {{#who-answers_2}}"
    assert list(attributes_in(page)) == []
    written = markdown.markdown(page, extensions=EXTENSIONS)
    assert written.startswith('<h2 id="who-answers_2">')
    assert "{" not in written


def test_each_is_told_with_its_line() -> None:
    page = "# A\n\nWords <b>so</b>.\n\n<form action='/x'>\n"
    assert list(tags_in(page)) == [(3, "<b"), (3, "</b"), (5, "<form")]


@given(
    st.lists(
        st.sampled_from(
            [
                *TAGS,
                *STANDS,
                "<",
                ">",
                "!",
                "--",
                "-->",
                "<!--",
                " ",
                "\n",
                "\n\n",
                "`",
                "@b.c",
                "a",
                "/",
                "=",
                "&lt;",
                *ADDRESSES,
                *LISTS,
                "[",
                "](",
                ")",
                "]: ",
                "![",
                "# ",
                "\\",
                "{",
                "}",
                ":",
                "javascript",
                "|",
                "|\n|---|\n|",
            ]
        )
    )
)
def test_whatever_is_put_together_makes_nothing_else(pieces: list[str]) -> None:
    found = built(without_html("".join(pieces)))
    assert found.names <= MADE
    assert found.odd == []
