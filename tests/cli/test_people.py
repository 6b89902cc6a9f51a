"""`practice-alerts people`: the directory, from the first administrator on."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.commands import read, refused, said

pytestmark = pytest.mark.usefixtures("lambeth_alone")

NIA = "nia@council.example"
LAMBETH = ("--council", "lambeth", "--post")


def everybody() -> dict[str, Any]:
    return {one["name"]: one for one in read("people", "list")}


def test_the_first_administrator_is_entered_on_an_empty_folder(data: Path) -> None:
    words = ("people", "add", "Nia Fiction", "--mail", NIA, *LAMBETH, "administrator")
    printed = said(*words)
    assert printed.startswith("Added Nia Fiction, Administrator, lambeth: id ")
    assert f"practice-alerts people link {NIA}" in printed
    assert everybody()["Nia Fiction"]["posts"] == [
        {"council": "lambeth", "post": "administrator", "team": ""}
    ]
    assert (data / "practice-alerts.db").exists()


@pytest.mark.usefixtures("real_office")
def test_the_list_is_a_table_of_posts_in_words() -> None:
    said("people", "post", NIA, *LAMBETH, "team_manager", "--team", "North")
    lines = [re.split(r"  +", line) for line in said("people", "list").splitlines()]
    assert lines[0] == ["Name", "Address", "Id", "Council", "Post", "Stands in for"]
    assert [line[4] for line in lines[1:]] == ["Administrator", "Team Manager (North)"]


@pytest.mark.usefixtures("real_office")
def test_a_post_may_begin_later_and_end() -> None:
    said("people", "post", NIA, *LAMBETH, "iro", "--since", "2026-07-01")
    said("people", "post", NIA, *LAMBETH, "qa_lead", "--until", "2026-06-15")
    posts = [post["post"] for post in everybody()["Nia Fiction"]["posts"]]
    assert posts == ["administrator", "qa_lead"]
    words = ("--since", "2026-07-01", "--until", "2026-06-30")
    assert "comes before the first" in refused("people", "post", NIA, *LAMBETH, "iro", *words)


@pytest.mark.usefixtures("real_office")
def test_somebody_stands_in_until_a_last_day() -> None:
    said("people", "add", "Ash Fiction", "--mail", "ash@council.example", *LAMBETH, "iro")
    words = ("people", "cover", NIA, "ash@council.example", "--until", "2026-06-30")
    printed = said(*words)
    assert printed.startswith("Ash Fiction stands in for Nia Fiction, Monday 15 June 2026 to ")
    assert everybody()["Ash Fiction"]["stands_in_for"] == ["Nia Fiction"]
    assert "cannot stand in for themselves" in refused(
        "people", "cover", NIA, NIA, "--until", "2026-06-30"
    )
    assert "comes before the first" in refused(*words[:-1], "2026-06-14")


@pytest.mark.usefixtures("real_office")
def test_who_has_left_is_no_longer_listed_nor_found() -> None:
    assert said("people", "leave", NIA).startswith("Nia Fiction has left")
    assert everybody() == {}
    assert "Nobody in the directory has the address or id" in refused("people", "leave", NIA)


@pytest.mark.usefixtures("real_office")
def test_the_address_of_somebody_who_left_may_be_given_again() -> None:
    said("people", "leave", NIA)
    said("people", "add", "Nia Newcomer", "--mail", NIA, *LAMBETH, "iro")
    assert list(everybody()) == ["Nia Newcomer"]


@pytest.mark.usefixtures("real_office")
def test_a_link_signs_in_at_the_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.fullmatch(r"http://localhost:8000/sign-in/\S+\n", said("people", "link", NIA))
    monkeypatch.setenv("PRACTICE_ALERTS_BASE_URL", "https://alerts.council.example/")
    printed = said("people", "link", NIA.upper())
    assert re.fullmatch(r"https://alerts\.council\.example/sign-in/\S+\n", printed)


@pytest.mark.usefixtures("real_office")
@pytest.mark.parametrize(
    ("post", "sentence"),
    [
        (("--council", "lambet", "--post", "iro"), 'There is no council "lambet" here.'),
        ((*LAMBETH, "team_manger"), "did you mean team_manager?"),
    ],
)
def test_a_post_that_is_not_there_is_refused(post: tuple[str, ...], sentence: str) -> None:
    assert sentence in refused("people", "post", NIA, *post)
    assert len(everybody()["Nia Fiction"]["posts"]) == 1


@pytest.mark.parametrize(
    "mail", ["nia", "nia@", "@council.example", "a b@c.example", "a@b.example\nBcc: c@d.example"]
)
def test_what_is_no_mail_address_is_refused_and_nothing_is_made(mail: str) -> None:
    words = ("people", "add", "Nia Fiction", "--mail", mail, *LAMBETH, "administrator")
    assert "is no mail address" in refused(*words)


@pytest.mark.parametrize("name", ["", "  ", "Nia\x1b[31m"])
def test_a_name_that_cannot_be_printed_is_refused(name: str) -> None:
    words = ("people", "add", name, "--mail", NIA, *LAMBETH, "administrator")
    assert "A name is needed" in refused(*words)


@pytest.mark.usefixtures("real_office")
def test_an_address_that_somebody_has_is_not_given_twice() -> None:
    words = ("people", "add", "Another", "--mail", NIA, *LAMBETH, "iro")
    assert "is Nia Fiction's already" in refused(*words)


@pytest.mark.usefixtures("sample_office")
def test_no_real_person_is_entered_in_the_sample_office() -> None:
    words = ("people", "add", "Nia Fiction", "--mail", NIA, *LAMBETH, "administrator")
    assert "holds the sample office" in refused(*words)


@pytest.mark.parametrize(
    "words",
    [("list",), ("link", NIA), ("leave", NIA), ("cover", NIA, NIA, "--until", "2026-06-30")],
)
def test_on_an_empty_folder_the_first_command_is_named_and_nothing_is_made(
    data: Path, words: tuple[str, ...]
) -> None:
    sentence = refused("people", *words)
    assert "There is no database in" in sentence
    assert "practice-alerts people add" in sentence
    assert not data.exists()
