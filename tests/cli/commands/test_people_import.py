"""`practice-alerts people import`: first what would change, in words, then all of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core import actors
from practice_alerts.casework.directory import second_person
from practice_alerts.cli.support.context import World
from tests.helpers.product.run_command import NOW, give, read, refused, said

NIA = "nia@council.example"
HEADINGS = "name,mail,title,team,until"

NOT_YET = "Nothing was changed. --apply asks for these changes, and a second person confirms them."

pytestmark = pytest.mark.usefixtures("lambeth_alone")

Save = Callable[..., str]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def saved(*lines: str, name: str = "people.csv") -> str:
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
        return str(tmp_path / name)

    return saved


def confirmed(data: Path, *words: str) -> str:
    """What the command says that asks for the changes, once Nia has confirmed them on the page."""
    shown = said(*words)
    world = World(data=str(data), clock=lambda: NOW)
    office = world.office(world.settings())
    with office.database.reading() as tx:
        [nia] = directory.by_mail(tx, NIA)
        actor = actors.actor_in(office, tx, nia.id, "lambeth")
    [waits] = second_person.look(office, actor, "lambeth").waiting
    assert f"known as {waits.what.after}, wait for a second person" in shown.splitlines()[-1]
    second_person.confirm(office, actor, "lambeth", waits.number)
    office.database.close()
    return shown


def names() -> dict[str, Any]:
    return {one["name"]: one["posts"] for one in read("people", "list")}


def test_a_council_begins_with_a_list_of_three_teams(save: Save, real_office: Path) -> None:
    titles = save("title,post,team", "TM,team_manager,", "Agency IRO,iro,*", name="titles.csv")
    people = save(
        HEADINGS,
        f"Nia Fiction,{NIA},,,",
        "Ash Fiction,ash@council.example,TM,North,",
        "Bea Fiction,bea@council.example,TM,South,",
        "Cy Fiction,cy@council.example,TM,West,",
        "Dee Fiction,dee@council.example,Agency IRO,North,2026-09-30",
    )
    words = ("--by", "Ola Fiction", "import", people, "--council", "lambeth", "--titles", titles)
    shown = said("people", *words)
    assert shown.splitlines() == [
        "New people: 4",
        "  Ash Fiction is entered, ash@council.example",
        "  Bea Fiction is entered, bea@council.example",
        "  Cy Fiction is entered, cy@council.example",
        "  Dee Fiction is entered, dee@council.example",
        "Posts given: 4",
        "  Ash Fiction: Team Manager (North), from Monday 15 June 2026 until further notice",
        "  Bea Fiction: Team Manager (South), from Monday 15 June 2026 until further notice",
        "  Cy Fiction: Team Manager (West), from Monday 15 June 2026 until further notice",
        (
            "  Dee Fiction: Independent Reviewing Officer,"
            " from Monday 15 June 2026 until Wednesday 30 September 2026"
        ),
        "Unchanged: 1 person",
        NOT_YET,
    ]
    assert [*names()] == ["Nia Fiction"]
    asked = said("people", *words, "--apply")
    assert "Nothing was changed yet." in asked
    assert [*names()] == ["Nia Fiction"]
    assert asked == confirmed(real_office, "people", *words, "--apply")
    assert [*names()] == [f"{one} Fiction" for one in ("Ash", "Bea", "Cy", "Dee", "Nia")]
    by = {one["by"] for one in read("people", "changes", "lambeth")}
    assert by >= {
        "Ola Fiction, by a command",
        "Ola Fiction, confirmed by Nia Fiction, by a command",
    }
    assert said("people", *words, "--apply", "--leavers").splitlines() == [
        "Unchanged: 5 people",
        "Nothing is to be changed.",
    ]
    fewer = save(
        HEADINGS,
        f"Nia Fiction,{NIA},,,",
        "Ash Fiction,ash@council.example,TM,South,",
        "Cy Fiction,cy@council.example,TM,West,",
        "Dee Fiction,dee@council.example,Agency IRO,North,2026-09-30",
    )
    assert "Not in the list, and staying without --leavers: 1\n  Bea Fiction, " in said(
        "people", *words
    )
    assert fewer == people
    ended = confirmed(real_office, "people", *words, "--leavers", "--apply")
    assert "Leavers: 1\n  Bea Fiction has left\nNo longer in the list: 1\n" in ended
    assert "Then held by nobody: 1\n  Team Manager (North)\n" in ended
    assert [one["team"] for one in names()["Ash Fiction"]] == ["South"]


@pytest.mark.usefixtures("real_office")
def test_lines_at_fault_are_listed_and_stop_it(save: Save) -> None:
    people = save(
        HEADINGS,
        "Ash Fiction,ash@council.example,Gardener,,",
        "=1+1,bea@council.example,Social Worker,North,",
    )
    words = ("people", "import", people, "--council", "lambeth")
    shown = give(*words)
    assert shown.exit_code == 1
    assert "Lines at fault: 2\n  line 2: No post is known for the job title" in shown.stdout
    assert "\n  line 3: name: " in shown.stdout
    assert refused(*words, "--apply") == (
        "Nothing was changed. Mend the lines at fault first: 2, 3."
    )
    assert [*names()] == ["Nia Fiction"]


def test_too_many_leavers_are_let_go_only_when_it_is_said(save: Save, real_office: Path) -> None:
    said("people", "add", "Ash Fiction", "--mail", "ash@council.example", "--council", "lambeth",
         "--post", "team_manager")  # fmt: skip
    people = save(HEADINGS, f"Nia Fiction,{NIA},,,")
    words = ("people", "import", people, "--council", "lambeth", "--leavers")
    assert said(*words).splitlines()[-1].startswith("1 of 2 people would be left without a post")
    assert "Nothing was changed. 1 of 2 people" in refused(*words, "--apply")
    confirmed(real_office, *words, "--apply", "--even-so")
    assert [*names()] == ["Nia Fiction"]


@pytest.mark.usefixtures("sample_office")
def test_open_alerts_of_whoever_is_not_listed_are_counted_and_sample_people_stay(
    save: Save,
) -> None:
    people = save(HEADINGS)
    words = ("people", "import", people, "--council", "lambeth")
    shown = said(*words)
    assert " open alerts of theirs" in shown
    assert " alerts to be answered" in shown
    assert "sample office, where no real person belongs" in refused(*words, "--apply")


def test_a_council_gets_another_mail_domain(save: Save, real_office: Path) -> None:
    people = save(
        HEADINGS,
        f"Nia Fiction,{NIA},,,",
        "Ash Fiction,ash@Council.example,Social Worker,North,",
        "Bea Fiction,bea@agency.example,Social Worker,South,",
    )
    confirmed(real_office, "people", "import", people, "--council", "lambeth", "--apply")
    words = ("people", "new-domain", "council.example", "borough.example", "--council", "lambeth")
    assert said(*words).splitlines() == [
        "Other addresses: 2",
        "  Ash Fiction: ash@borough.example in place of ash@Council.example",
        "  Nia Fiction: nia@borough.example in place of nia@council.example",
        NOT_YET,
    ]
    confirmed(real_office, *words, "--apply")
    assert [one["mail"] for one in read("people", "list")] == [
        "ash@borough.example",
        "bea@agency.example",
        "nia@borough.example",
    ]
    assert refused(*words) == "Nobody of this council has an address at council.example."
    assert "is no domain of mail" in refused(*words[:3], "b c", *words[4:])
    said("people", "add", "Cy Fiction", "--mail", "bea@borough.example", "--council", "lambeth",
         "--post", "iro")  # fmt: skip
    agency = ("people", "new-domain", "agency.example", "borough.example")
    assert refused(*agency, "--council", "lambeth", "--apply").endswith("bea@borough.example.")
