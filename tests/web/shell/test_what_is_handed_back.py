"""A page that could not be carried out hands back what was typed on it, be it one word, and nothing that it sent by itself."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.requests import Request

from practice_alerts import PACKAGE
from practice_alerts.domain.errors import Storage, StorageTrouble
from practice_alerts.web.shell import html_pages
from practice_alerts.web.shell.error_reports import Bugs
from practice_alerts.web.shell.html_pages import PlainPages, read_fields
from tests.helpers.product.asgi_client import Asking

TEMPLATES = sorted((PACKAGE / "web" / "templates").glob("*.html"))
ELEMENTS = re.compile(r"<(input|button|select|textarea)\b([^>]*)>")
MADE = re.compile(r"\{\{.*")


async def _never_done(scope: Any, receive: Any, send: Any) -> None:
    await read_fields(Request(scope, receive))
    raise StorageTrouble(Storage.BUSY)


@pytest.fixture
def asking() -> Asking:
    pages = PlainPages(sample=False)
    return Asking(Bugs(_never_done, pages.bug, pages.trouble), "http://localhost:8000", {})


def handed_back(asking: Asking, **typed: str) -> list[str]:
    said = asking.post("/anywhere", typed, {"accept": "text/html"})
    assert said.status_code == 503
    shown = re.findall(
        r'<textarea[^>]*>([^<]*)</textarea>|<input type="text" [^>]*value="([^"]*)"', said.text
    )
    return [line or lines for lines, line in shown]


def test_one_word_is_handed_back_as_many_are(asking: Asking) -> None:
    back = handed_back(
        asking, reason="Moved", body="She was\ntold.", token="abc.def", act_key="k-1", press="send"
    )
    assert back == ["Moved", "She was\ntold."]


def test_what_was_typed_stays_text(asking: Asking) -> None:
    assert handed_back(asking, why='"><b>x</b>', body="</textarea>\n") == [
        "&#34;&gt;&lt;b&gt;x&lt;/b&gt;",
        "&lt;/textarea&gt;\n",
    ]


def test_each_text_once_and_none_that_is_empty(asking: Asking) -> None:
    assert handed_back(asking, reason="Moved", why="Moved", what="  ") == ["Moved"]


def test_a_text_under_a_name_of_the_pages_own_is_a_text(asking: Asking) -> None:
    """A council's form may call a question so."""
    assert handed_back(asking, place="At the contact centre", number="7") == [
        "At the contact centre"
    ]


def test_what_a_page_sends_by_itself_is_known_and_what_is_typed_is_no_part_of_it() -> None:
    own, typed = set[str](), set[str]()
    for path in TEMPLATES:
        for element, words in ELEMENTS.findall(path.read_text("utf-8")):
            if (named := re.search(r' name="([^"]*)', words)) is None:
                continue
            is_own = element in {"button", "select"} or re.search("hidden|radio|checkbox", words)
            (own if is_own else typed).add(MADE.sub("", named[1]))
    own.discard("")  # of a table made for each question, or each mark
    known = {*html_pages._NOT_TYPED}
    assert {one for one in own if not one.startswith(html_pages._NOT_TYPED_BEGIN)} == known
    assert typed & known == set()
