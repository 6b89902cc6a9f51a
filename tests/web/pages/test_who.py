"""The header by itself, which the guide asks for: as long as the reader's own, and nobody else's."""

import re

import pytest

from tests.web.conftest import Running


def header(running: Running, person: str) -> str:
    visitor = running.signed_in(person) if person else running.visitor()
    answer = visitor.get("/who")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "script-src 'none'" in answer.headers["content-security-policy"]
    return answer.text


@pytest.mark.parametrize(
    ("person", "ways", "name"),
    [
        ("", ["Guide", "Alerts", "Help"], ""),
        ("ros", ["Guide", "Alerts", "Help"], "Ros Reviewer"),
        ("quin", ["Guide", "Alerts", "Log", "Reports", "Help"], "Quin Leader"),
        ("mel", ["Guide", "Alerts", "Log", "Reports", "Help"], "Mel Merton"),
    ],
)
def test_it_shows_the_ways_of_whoever_asks(
    running: Running, person: str, ways: list[str], name: str
) -> None:
    told = header(running, person)
    menu = told.partition("<nav")[2].partition("</nav>")[0]
    assert re.findall(r">(\w+)</a>", menu) == ways
    assert ('<a href="/sign-in">' in told) is not bool(name)
    assert re.findall(r"<strong>([^<]+)</strong>", told) == [
        "Sample data.",
        *([name] if name else []),
    ]


@pytest.mark.parametrize("address", ["/dates", "/sign-out", "/app/nonsense", "/sessions"])
def test_the_plain_pages_have_the_same_ways(running: Running, address: str) -> None:
    visitor = running.signed_in("quin")
    page = visitor.get(address, headers={"accept": "text/html"}).text
    ours = header(running, "quin").replace(' aria-current="true"', "")
    assert ours.strip() in page
