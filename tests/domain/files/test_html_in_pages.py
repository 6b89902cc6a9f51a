"""A council's page is Markdown: of HTML nothing is left but its letters."""

from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from practice_alerts.domain.files.html_in_pages import tags_in, without_html

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
STANDS = (
    "3 < 4 and 5 > 4",
    "<https://council.example/a?b=c>",
    "<duty.team@council.example>",
    "<!-- formerly good-practice -->",
    "a <- b",
)
MADE = {"p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br"}
MADE |= {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "img"}
"""What Markdown makes by itself."""


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.others: list[str] = []
        self.feed(page)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)

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
    return Elements(
        markdown.markdown(page, extensions=["attr_list", "md_in_html", "tables", "toc"])
    )


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
            ]
        )
    )
)
def test_whatever_is_put_together_makes_nothing_else(pieces: list[str]) -> None:
    found = built(without_html("".join(pieces)))
    assert found.names <= MADE
