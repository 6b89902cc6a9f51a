"""`practice-alerts people`: the directory, from the first administrator on."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.product.run_command import read, refused, said

pytestmark = pytest.mark.usefixtures("lambeth_alone")

NIA = "nia@council.example"
LAMBETH = ("--council", "lambeth", "--post")


ASH = "ash@council.example"


def enter(name: str, mail: str, *post: str) -> None:
    said("people", "add", name, "--mail", mail, *LAMBETH, *post)


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
    enter("Ash Fiction", ASH, "administrator")
    assert said("people", "leave", NIA).startswith("Nia Fiction has left")
    assert list(everybody()) == ["Ash Fiction"]
    assert "Nobody in the directory has the address or id" in refused("people", "leave", NIA)


@pytest.mark.usefixtures("real_office")
def test_the_address_of_somebody_who_left_may_be_given_again() -> None:
    enter("Ash Fiction", ASH, "administrator")
    said("people", "leave", NIA)
    enter("Nia Newcomer", NIA, "iro")
    assert list(everybody()) == ["Ash Fiction", "Nia Newcomer"]


@pytest.mark.usefixtures("real_office")
def test_the_last_administrator_neither_leaves_nor_ends() -> None:
    sentence = "From Tuesday 16 June 2026 nobody would be administrator of Lambeth"
    end = ("people", "end-post", NIA, *LAMBETH, "administrator", "--until", "2026-06-15")
    assert sentence in refused(*end)
    assert "From Monday 15 June 2026 nobody would be" in refused("people", "leave", NIA)
    enter("Ash Fiction", ASH, "administrator")
    assert said(*end) == "Ends on Monday 15 June 2026: Nia Fiction as Administrator, lambeth\n"


@pytest.mark.usefixtures("real_office")
def test_a_post_ends_on_a_day_and_stands_empty_from_the_next() -> None:
    enter("Ash Fiction", ASH, "team_manager", "--team", "North", "--since", "2026-06-01")
    enter("Bo Fiction", "bo@council.example", "social_worker", "--team", "North")
    words = (*LAMBETH, "team_manager", "--team", "north", "--until")
    printed = said("people", "end-post", ASH, *words, "2026-06-15")
    assert printed.startswith("Ends on Monday 15 June 2026: Ash Fiction as Team Manager (North)")
    assert "comes before the first" in refused("people", "end-post", ASH, *words, "2026-05-29")
    assert "no such post of theirs" in refused("people", "end-post", NIA, *words, "2026-06-15")


@pytest.mark.usefixtures("real_office")
def test_a_post_that_has_not_begun_is_taken_back() -> None:
    said("people", "post", NIA, *LAMBETH, "iro", "--since", "2026-07-01")
    words = ("people", "end-post", NIA, *LAMBETH, "iro", "--until", "2026-06-15")
    assert said(*words) == "Taken back: Nia Fiction as Independent Reviewing Officer, lambeth\n"
    assert "There is no such post" in refused(*words)


@pytest.mark.usefixtures("real_office")
def test_posts_come_first_and_say_where_nobody_would_be_asked() -> None:
    enter("Ash Fiction", ASH, "team_manager", "--team", "North")
    printed = said("people", "posts", "lambeth")
    row = next(line for line in printed.splitlines() if line.startswith("Team Manager "))
    assert re.split(r"  +", row) == ["Team Manager", "North", "Ash Fiction", "Mon 15 Jun 2026"]
    assert "Nobody would be asked: Service Manager, at Stage Two" in printed
    assert "Named GP" not in printed
    plain = read("people", "posts", "lambeth")
    stages = {gap["posts"][0]: gap["stages"] for gap in plain["nobody_would_be_asked"]}
    assert "Team Manager" not in stages
    assert stages["Chief Executive"] == ["Stage Six"]


@pytest.mark.usefixtures("real_office")
def test_a_name_and_an_address_are_mended() -> None:
    printed = said("people", "change", NIA, "--mail", "nia.f@council.example")
    assert printed.startswith("Nia Fiction, nia.f@council.example: id ")
    said("people", "change", "nia.f@council.example", "--name", "Nia Married")
    assert everybody()["Nia Married"]["mail"] == "nia.f@council.example"
    assert "is no mail address" in refused(
        "people", "change", "nia.f@council.example", "--mail", "x"
    )


@pytest.mark.usefixtures("real_office")
def test_a_cover_is_listed_and_ends_early() -> None:
    enter("Ash Fiction", ASH, "iro")
    said("people", "cover", NIA, ASH, "--until", "2026-06-30")
    assert "stands in for Nia Fiction already" in refused(
        "people", "cover", NIA, ASH, "--until", "2026-06-20"
    )
    printed = said("people", "end-cover", NIA, ASH, "--until", "2026-06-19")
    assert printed == "Ends on Friday 19 June 2026: Ash Fiction for Nia Fiction\n"
    assert "Fri 19 Jun 2026" in said("people", "covers")
    assert read("people", "covers") == [
        {
            "away": "Nia Fiction",
            "stands_in": "Ash Fiction",
            "since": "2026-06-15",
            "until": "2026-06-19",
        }
    ]
    assert "There is no such cover" in refused(
        "people", "end-cover", ASH, NIA, "--until", "2026-06-19"
    )


@pytest.mark.usefixtures("sample_office")
def test_who_leaves_with_alerts_in_their_name_is_named_with_what_is_left(
    rows: Callable[..., list[int]],
) -> None:
    own = "SELECT count(*) FROM alerts WHERE is_open AND officer_id = 'sample-iro'"
    (still,) = rows(own)
    assert still > 4
    printed = said("people", "leave", "sample-iro")
    assert f"Still theirs: {still} open alerts. Give each to somebody." in printed
    printed = said("people", "leave", "sample-tm")
    assert "Let somebody stand in: id sample-tm" in printed
    words = ("people", "cover", "sample-tm", "sample-sm", "--until", "2026-06-30")
    assert said(*words).startswith("Vera Sample stands in for Toni Sample")


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
