"""`practice-alerts people scim-token`: shown once, listed without it, taken back."""

from pathlib import Path

import pytest

from tests.helpers.product.run_command import read, refused, said

pytestmark = pytest.mark.usefixtures("lambeth_alone")
MAKE = ("people", "--by", "Ola Fiction", "scim-token", "--council", "lambeth")


@pytest.mark.usefixtures("real_office")
def test_a_token_is_shown_once_and_taken_back(tmp_path: Path) -> None:
    titles = tmp_path / "titles.csv"
    titles.write_text("title,post\nTM,team_manager\n", "utf-8")
    first, token, address = said(
        *MAKE, "--until", "2026-12-31", "--titles", str(titles)
    ).splitlines()
    assert first.endswith("until Thursday 31 December 2026. It is not shown again:")
    assert token.startswith("pa-scim-")
    assert address.endswith("/scim/v2/lambeth")
    [listed] = read("people", "scim-tokens", "--council", "lambeth")
    assert listed == {
        "token": first.split()[1].rstrip(","),
        "made": "2026-06-15",
        "expires": "2027-01-01 00:00",
        "state": "holds",
    }
    assert token not in said("people", "scim-tokens", "--council", "lambeth")
    revoke = ("people", "revoke-scim-token", listed["token"], "--council", "lambeth")
    assert said(*revoke) == f"Token {listed['token']} is taken back.\n"
    assert read("people", "scim-tokens", "--council", "lambeth")[0]["state"] == "taken back"
    changes = [one["change"] for one in read("people", "changes", "lambeth")]
    assert changes[:2] == [
        f"Token {listed['token']} lets no other system in any more",
        (
            f"Token {listed['token']} lets another system say who works here,"
            " from Monday 15 June 2026 until Thursday 31 December 2026"
        ),
    ]


@pytest.mark.usefixtures("real_office")
def test_a_token_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    titles = tmp_path / "titles.csv"
    titles.write_text("title,post\nBoss,administrator\n", "utf-8")
    assert "at most a year from now" in refused(*MAKE, "--until", "2027-12-31")
    wrong = refused(*MAKE, "--until", "2026-12-31", "--titles", str(titles))
    assert "Administrator is a post of running this office" in wrong
    assert "token of that name" in refused(
        "people", "revoke-scim-token", "none", "--council", "lambeth"
    )
    assert read("people", "scim-tokens", "--council", "lambeth") == []


@pytest.mark.usefixtures("sample_office")
def test_sample_people_get_no_token() -> None:
    assert "sample office" in refused(*MAKE, "--until", "2026-12-31")


@pytest.mark.usefixtures("real_office")
def test_moments_are_london_s_in_summer_too() -> None:
    said(*MAKE, "--until", "2026-08-31")
    [listed] = read("people", "scim-tokens", "--council", "lambeth")
    assert listed["expires"] == "2026-09-01 00:00"
