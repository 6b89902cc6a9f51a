"""A page of a list reads that page alone, and a token says on the page of settings when it runs out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts.casework.views.service_settings import service_settings
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.scim_client import OtherSystem, made_token, scim_app


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


@pytest.mark.parametrize(
    ("query", "names", "total"),
    [
        ("startIndex=2&count=2", ["b", "c"], 4),
        ("startIndex=4", ["d"], 4),
        ("startIndex=9&count=5", [], 4),
        ("count=0", [], 4),
        ("startIndex=-3&count=1", ["a"], 4),
        ('filter=userName eq "C@council.example"', ["c"], 1),
        ('filter=userName eq "C@council.example"&startIndex=2', [], 1),
    ],
)
def test_a_page_is_read_with_the_number_of_all(
    desk: Desk, query: str, names: list[str], total: int
) -> None:
    system = OtherSystem(scim_app(desk.office), desk.office.settings.base_url, made_token(desk))
    for number, name in enumerate("abcd"):
        desk.at(f"Mon 2025-06-02 10:0{number}")
        system.made(name=name, mail=f"{name}@council.example")
    found = system.get(f"Users?{query}").json()
    said = [one["userName"].partition("@")[0] for one in found.get("Resources", [])]
    assert (said, found["totalResults"]) == (names, total)


def test_the_page_of_settings_says_until_when_a_token_holds_and_that_it_is_soon(
    desk: Desk,
) -> None:
    def said() -> str:
        return dict(service_settings(desk.office, desk.actor("admin")))[
            "Tokens of the council’s own system (SCIM)"
        ]

    assert said() == "none"
    made_token(desk, until="Mon 2025-09-01")
    assert said().endswith(" until Monday 1 September 2025")
    desk.at("Tue 2025-08-05")
    assert said().endswith(" until Monday 1 September 2025, which is soon: make another")
    desk.at("Tue 2025-09-02")
    assert said() == "none"
