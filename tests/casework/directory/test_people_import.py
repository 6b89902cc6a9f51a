"""A council's people from a file: the differences first, then all of it in the one record, or nothing."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.directory import second_person
from practice_alerts.casework.directory.in_bulk import people_import
from practice_alerts.casework.directory.in_bulk.people_import import (
    PeopleCompared,
    PeopleList,
    SavedTable,
)
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import DirectoryChange
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from practice_alerts.domain.errors import Expected, NotPossible
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from tests.helpers.days import day
from tests.helpers.product.office import TEAM, Desk

SOUTH, WEST = "Sample Team South", "Sample Team West"
BY_HAND = Actor("", "Root Sample", "*", COMMAND_LINE.posts)
TODAY = day("Mon 2025-06-02")
YESTERDAY = TODAY - timedelta(days=1)
HEADINGS = "name,mail,post,team,since,until,id"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two holders of what matters, three teams, and somebody of another council."""
    with desk.office.database.writing() as tx:
        for name, council, post, team in (
            ("admin_two", "lambeth", "administrator", ""),
            ("manager_two", "lambeth", "team_manager", TEAM),
            ("west", "lambeth", "team_manager", WEST),
            ("far", "merton", "iro", ""),
        ):
            mail = f"{name}@practice.invalid"
            person = directory.DirectoryPerson(name, f"{name.title()} Sample", mail)
            directory.add_person(tx, person, [(council, post, team)], day("Sat 2000-01-01"))
    return desk


def as_listed(desk: Desk, *without: str) -> dict[str, str]:
    """A line for everybody of the council, by id, as the directory has them."""
    with desk.office.database.reading() as tx:
        held = directory.holdings_of(tx, "lambeth")
        people = {one.id: one for one in directory.everybody(tx, "lambeth")}
    own = {one.person_id: one for one in held if one.post not in OFFICE_POSTS}
    posts = {who: (own[who].post, own[who].team) if who in own else ("", "") for who in people}
    return {
        who: ",".join((one.name, one.mail, *posts[who], "", "", ""))
        for who, one in people.items()
        if who not in without
    }


def wanted(lines: Iterable[str], *, leavers: bool = False, headings: str = HEADINGS) -> PeopleList:
    content = "\n".join((headings, *lines)).encode()
    return PeopleList("lambeth", SavedTable("people.csv", content), None, leavers)


def look(desk: Desk, lines: Iterable[str], *, leavers: bool = False) -> PeopleCompared:
    return people_import.compare(desk.office, BY_HAND, wanted(lines, leavers=leavers))


def take_over(desk: Desk, lines: Iterable[str], *, leavers: bool = False) -> PeopleCompared:
    """Asked for by whoever runs the command, and confirmed by the IRO manager."""
    compared = people_import.take_over(desk.office, BY_HAND, wanted(lines, leavers=leavers))
    if compared.mark:
        confirm(desk)
    return compared


def confirm(desk: Desk, who: str = "boss") -> None:
    waits = second_person.look(desk.office, desk.actor(who), "lambeth").waiting[0]
    second_person.confirm(desk.office, desk.actor(who), "lambeth", waits.number)


def said(desk: Desk, compared: PeopleCompared) -> list[str]:
    planned = compared.found.planned
    return [second_person.said(desk.office, "lambeth", one.what) for one in planned]


def faults(compared: PeopleCompared) -> list[str]:
    return [f"{one.line}: {one.sentence}" for one in compared.found.faults]


def posts_on(desk: Desk, who: str, when: date = TODAY) -> set[tuple[str, str]]:
    with desk.office.database.reading() as tx:
        found = directory.posts_of(tx, who, when)
    return {(one.post, one.team) for one in found}


def people_here(desk: Desk) -> set[str]:
    with desk.office.database.reading() as tx:
        return {one.id for one in directory.everybody(tx, "lambeth")}


def line(name: str, mail: str, *cells: str) -> str:
    return ",".join((name, mail, *cells, *[""] * (5 - len(cells))))


# ------------------------------------------------------------------------------------------ stories


def test_a_list_that_says_what_the_directory_says_changes_nothing(desk: Desk) -> None:
    compared = look(desk, as_listed(desk).values(), leavers=True)
    assert (compared.found.planned, compared.found.faults, compared.found.absent) == ((), (), ())
    assert compared.found.unchanged == compared.found.here == 16


def test_somebody_moves_team_and_a_second_time_nothing_is_left_to_do(desk: Desk) -> None:
    lines = as_listed(desk)
    lines["manager"] = line(
        "Manager Sample", "manager@practice.invalid", "team_manager", SOUTH.upper()
    )
    take_over(desk, lines.values())
    assert posts_on(desk, "manager") == {("team_manager", SOUTH)}
    assert posts_on(desk, "manager", YESTERDAY) == {("team_manager", TEAM)}
    assert look(desk, lines.values(), leavers=True).found.planned == ()


def test_a_move_to_come_ends_the_former_post_the_day_before(desk: Desk) -> None:
    lines = as_listed(desk)
    lines["manager"] = line(
        "Manager Sample", "manager@practice.invalid", "team_manager", WEST, "2025-06-09"
    )
    compared = take_over(desk, lines.values())
    assert compared.empty == ()
    assert posts_on(desk, "manager", day("Sun 2025-06-08")) == {("team_manager", TEAM)}
    assert posts_on(desk, "manager", day("Mon 2025-06-09")) == {("team_manager", WEST)}
    assert look(desk, lines.values()).found.planned == ()


def test_whoever_is_not_listed_stays_unless_leavers_are_meant(desk: Desk) -> None:
    found = desk.raised()
    lines = as_listed(desk, "iro", "west")
    compared = take_over(desk, lines.values())
    assert [one.id for one in compared.found.absent] == ["iro", "west"]
    assert compared.unfinished["iro"].own == 1
    assert desk.can_open("iro", found)
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link("iro"))
    assert isinstance(entered, Entered)
    compared = take_over(desk, lines.values(), leavers=True)
    assert said(desk, compared) == ["Iro Sample has left", "West Sample has left"]
    assert compared.empty == (f"Team Manager ({WEST})",)
    assert posts_on(desk, "iro", TODAY + timedelta(days=1)) == set()
    assert desk.office.sign_in.look_up(entered.session_token) is None
    assert look(desk, lines.values(), leavers=True).found.planned == ()


def test_of_a_leaver_who_works_elsewhere_too_the_posts_here_alone_end(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        directory.give_post(tx, directory.PostHolding("west", "merton", "iro"), YESTERDAY)
    take_over(desk, as_listed(desk, "west").values(), leavers=True)
    assert posts_on(desk, "west") == {("iro", "")}


def test_the_last_administrator_stays_and_with_them_everybody(desk: Desk) -> None:
    lines = [*as_listed(desk, "admin", "admin_two", "west").values()]
    with pytest.raises(NotPossible, match="nobody would be administrator of"):
        take_over(desk, lines, leavers=True)
    assert posts_on(desk, "west") == {("team_manager", WEST)}
    take_over(desk, as_listed(desk, "admin").values(), leavers=True)
    assert "admin" not in people_here(desk)


def test_more_than_a_quarter_leave_only_when_it_is_said_apart(desk: Desk) -> None:
    few = wanted([*as_listed(desk).values()][:11], leavers=True)
    with pytest.raises(NotPossible, match="5 of 16 people would be left without a post here"):
        people_import.take_over(desk.office, BY_HAND, few)
    desk.at("Mon 2025-06-02 10:00")
    kept = [*as_listed(desk, "west", "far", "chief", "qa", "worker", "strategic").values()]
    few = wanted(kept, leavers=True)
    compared = people_import.take_over(desk.office, BY_HAND, few, even_so=True)
    assert compared.found.losing == 5


def test_everything_is_in_the_chain_by_whom_and_told_to_the_person(desk: Desk) -> None:
    lines = as_listed(desk)
    lines["manager"] = line(
        "Manager Married", "married@practice.invalid", "team_manager", TEAM, "", "", "manager"
    )
    lines["new"] = line("Ash Fiction", "ash@council.example", "iro", "", "2025-04-01", "2025-09-30")
    compared = take_over(desk, lines.values())
    assert said(desk, compared) == [
        "Manager Sample is called Manager Married from now on",
        "Manager Married: married@practice.invalid in place of manager@practice.invalid",
        "Ash Fiction is entered, ash@council.example",
        (
            "Ash Fiction: Independent Reviewing Officer,"
            " from Tuesday 1 April 2025 until Tuesday 30 September 2025"
        ),
    ]
    record = second_person.look(desk.office, desk.actor("admin"), "lambeth")
    assert [one.what.change for one in reversed(record.entries)] == [
        DirectoryChange.MANY,
        DirectoryChange.RENAMED,
        DirectoryChange.READDRESSED,
        DirectoryChange.ENTERED,
        DirectoryChange.POST_GIVEN,
    ]
    both = "Root Sample, confirmed by Boss Sample, by a command"
    [asked] = [one for one in record.entries if one.what.many]
    assert {record.by(one) for one in record.entries if one is not asked} == {both}
    assert (record.by(asked), record.ended_by(asked)) == (
        "Root Sample, by a command",
        "Boss Sample",
    )
    assert not record.waiting
    told = [to for to, _, _ in desk.mails()]
    assert {"manager", compared.found.planned[2].what.person, "admin", "boss"} <= {*told}
    assert prove(desk.office).holds


def test_nobody_on_a_page_takes_a_list_over(desk: Desk) -> None:
    few = wanted(as_listed(desk).values())
    with pytest.raises(Expected, match="by a command"):
        people_import.take_over(desk.office, desk.actor("admin"), few)


# -------------------------------------------------------------------------------- days of the posts


@pytest.mark.parametrize(
    ("days", "last"),
    [(("", "2025-06-30"), "2025-06-30"), (("2025-06-01", "2025-06-02"), "2025-06-02")],
)
def test_agency_staff_end_on_their_day(desk: Desk, days: tuple[str, str], last: str) -> None:
    lines = as_listed(desk) | {"new": line("Ash Fiction", "ash@council.example", "iro", "", *days)}
    take_over(desk, lines.values())
    [who] = people_here(desk) - {*lines}
    end = date.fromisoformat(last)
    assert posts_on(desk, who, end) == {("iro", "")}
    assert posts_on(desk, who, end + timedelta(days=1)) == set()
    assert look(desk, lines.values()).found.planned == ()


@pytest.mark.parametrize("later", ["2025-08-31", ""])
def test_an_end_is_brought_forward_put_off_and_taken_back(desk: Desk, later: str) -> None:
    lines = as_listed(desk)
    worker = ("Worker Sample", "worker@practice.invalid", "social_worker", TEAM, "")
    lines["worker"] = line(*worker, "2025-06-30")
    take_over(desk, lines.values())
    assert posts_on(desk, "worker", day("Tue 2025-07-01")) == set()
    lines["worker"] = line(*worker, later)
    take_over(desk, lines.values())
    assert posts_on(desk, "worker", day("Sun 2025-08-31")) == {("social_worker", TEAM)}
    assert bool(posts_on(desk, "worker", day("Mon 2025-09-01"))) == (not later)
    assert look(desk, lines.values()).found.planned == ()


def test_a_post_that_is_over_by_the_list_is_not_given_and_ends(desk: Desk) -> None:
    lines = as_listed(desk)
    lines["worker"] = line(
        "Worker Sample", "worker@practice.invalid", "social_worker", TEAM, "", "2025-05-01"
    )
    lines["new"] = line("Ash Fiction", "ash@council.example", "iro", "", "", "2025-05-01")
    compared = take_over(desk, lines.values())
    assert posts_on(desk, "worker") == set()
    assert posts_on(desk, "worker", YESTERDAY) == {("social_worker", TEAM)}
    assert [one.sentence for one in compared.found.notes] == [
        "Ash Fiction holds no post here, and is not entered."
    ]
    assert look(desk, lines.values()).found.planned == ()


def test_somebody_who_comes_back_holds_the_post_anew(desk: Desk) -> None:
    lines = as_listed(desk)
    back = line("West Sample", "west@practice.invalid", "team_manager", WEST, "2020-01-01")
    lines["west"] = line("West Sample", "west@practice.invalid")
    take_over(desk, lines.values())
    desk.at("Wed 2025-06-04")
    lines["west"] = back
    compared = take_over(desk, lines.values())
    assert [one.what.since for one in compared.found.planned] == [TODAY]
    assert posts_on(desk, "west") == {("team_manager", WEST)}
    assert look(desk, lines.values()).found.planned == ()


def test_a_post_to_come_that_has_begun_by_the_list_is_held_from_then(desk: Desk) -> None:
    lines = as_listed(desk)
    ash = ("Ash Fiction", "ash@council.example", "iro", "")
    lines["new"] = line(*ash, "2025-07-01")
    take_over(desk, lines.values())
    lines["new"] = line(*ash, "2025-06-02")
    compared = take_over(desk, lines.values())
    assert [one.what.until for one in compared.found.planned] == [day("Mon 2025-06-30")]
    assert look(desk, lines.values()).found.planned == ()
    lines["new"] = line(*ash, "2025-06-20")
    assert [one.sentence for one in look(desk, lines.values()).found.notes] == [
        "Ash Fiction holds this post already; the later first day is left out."
    ]


def test_several_posts_of_one_person_are_several_lines(desk: Desk) -> None:
    lines = as_listed(desk)
    lines["more"] = line("West Sample", "WEST@practice.invalid", "team_manager", SOUTH)
    lines["again"] = lines["more"]
    compared = take_over(desk, lines.values())
    assert posts_on(desk, "west") == {("team_manager", WEST), ("team_manager", SOUTH)}
    assert [one.sentence for one in compared.found.notes] == [
        f"It repeats line {len(lines)}, and counts once."
    ]


# ------------------------------------------------------------------------------------ lines at fault


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (line("Ash", "ash@council.example", "administrator"), "Administrator is a post of running"),
        (line("Ash", "ash@council.example", "QA lead"), "QA lead is a post of running this office"),
        (line("Ash", "ash@council.example", "iro_manager"), "IRO manager is a post of running"),
        (line("=cmd|' /C calc'!A0", "ash@council.example", "iro"), "begins as a formula"),
        (line("Ash", "ash@council.example", "iro", "@SUM(A1)"), "begins as a formula"),
        (line("Ash", "far@practice.invalid", "iro"), "is an address outside this council"),
        (line("Ash", "ash@council.example", "iros"), "no post"),
        (line("Ash", "ash", "iro"), "is no mail address"),
        (line("", "ash@council.example", "iro"), "A name is needed"),
        (line("Ash", "ash@council.example", "iro", "", "1 June"), "is not a date alone"),
        (line("Ash", "ash@council.example", "iro", "", "2025-07-01", "2025-06-03"), "comes before"),
        (line("Ash", "ash@council.example", "iro", "", "", "", "nobody"), "has the id nobody"),
        (line("Ash", "ash@council.example", "iro", "", "", "", "far"), "has the id far"),
        (line("Ash", "ash@council.example", "iro") + ",x", "more cells than there are columns"),
        (line("West Sample", "west@practice.invalid", "iro", "", "2025-06-01"), ""),
        (line("Other", "west@practice.invalid", "iro"), "has another name or address"),
        (line("Ash", "ash@council.example", "iro", "No\x1b[2Jrth"), "cannot be printed"),
        (line("Ash", "qa@practice.invalid", "iro", "", "", "", "new"), "is Qa Sample's already"),
        (line("West Sample", "qa@practice.invalid", "iro", "", "", "", "west"), "another name or"),
    ],
)
def test_a_line_at_fault_says_so_with_its_number_and_nothing_is_taken_over(
    desk: Desk, wrong: str, sentence: str
) -> None:
    lines = [*as_listed(desk).values(), wrong]
    compared = look(desk, lines, leavers=True)
    if not sentence:
        assert faults(compared) == []
        return
    [fault] = faults(compared)
    assert fault.startswith(f"{len(lines) + 1}: ")
    assert sentence in fault
    assert "Far Sample" not in fault
    with pytest.raises(NotPossible, match=rf"Mend the lines at fault first: {len(lines) + 1}\."):
        take_over(desk, lines)
    assert second_person.look(desk.office, desk.actor("admin"), "lambeth").entries == ()


def test_nobody_leaves_while_a_line_cannot_be_read(desk: Desk) -> None:
    lines = as_listed(desk, "west")
    lines["west"] = line("West Sample", "west@practice.invalid", "team_manager", WEST, "soon")
    compared = look(desk, lines.values(), leavers=True)
    assert (compared.found.absent, compared.found.planned) == ((), ())


def test_two_people_of_one_name_are_told_apart(desk: Desk) -> None:
    lines = as_listed(desk, "west")
    lines["new"] = line("West Sample", "west.two@practice.invalid", "team_manager", WEST)
    [fault] = faults(look(desk, lines.values()))
    assert "write west in a column id; if somebody else, write new" in fault
    lines["new"] = lines["new"].rstrip(",") + ",,,west"
    assert said(desk, look(desk, lines.values())) == [
        "West Sample: west.two@practice.invalid in place of west@practice.invalid"
    ]
    lines["new"] = lines["new"].removesuffix("west") + "new"
    assert len(look(desk, lines.values(), leavers=True).found.absent) == 1
    lines["west"] = as_listed(desk)["west"]
    take_over(desk, lines.values())
    assert [one.split(",")[0] for one in as_listed(desk).values()].count("West Sample") == 2


def test_two_exchange_their_addresses_and_nobody_takes_one_that_is_kept(desk: Desk) -> None:
    lines = as_listed(desk)
    lines["iro"] = line("Iro Sample", "other_iro@practice.invalid", "iro", "", "", "", "iro")
    assert "is Other" in faults(look(desk, lines.values()))[0]
    lines["other_iro"] = line(
        "Other_Iro Sample", "iro@practice.invalid", "iro", "", "", "", "other_iro"
    )
    take_over(desk, lines.values())
    assert as_listed(desk)["iro"].split(",")[1] == "other_iro@practice.invalid"


def test_name_and_address_of_whoever_works_elsewhere_too_stay(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        directory.give_post(tx, directory.PostHolding("west", "merton", "iro"), YESTERDAY)
    lines = as_listed(desk)
    lines["west"] = line("Westerly", "west@practice.invalid", "team_manager", SOUTH)
    compared = take_over(desk, lines.values())
    assert "works for another council too" in compared.found.notes[0].sentence
    assert as_listed(desk)["west"].startswith("West Sample,")
    assert posts_on(desk, "west") == {("team_manager", SOUTH), ("iro", "")}


# ------------------------------------------------------------------------------------ files as saved


def table(text: str, encoding: str = "utf-8", titles: str = "") -> PeopleList:
    of_titles = SavedTable("titles.csv", titles.encode()) if titles else None
    return PeopleList("lambeth", SavedTable("people.csv", text.encode(encoding)), of_titles)


def test_titles_become_posts_by_a_table(desk: Desk) -> None:
    titles = (
        "title,post,team\nTM Safeguarding,team_manager,\nReviewing Off.,iro,*\n"
        "Duty Manager,Team Manager,Sample Team West\nBusiness Support,,\n"
    )
    text = (
        "Name;Mail;Title;Team\nAsh Fiction;ash@council.example;tm  safeguarding;Sample team north\n"
        'Bea Fiction;bea@council.example;Reviewing Off.;Wherever\n"Cy\r\nFiction";cy@council.example;'
        "Duty Manager;North\nDee Fiction;dee@council.example;business support;North\n"
        "Eve Fiction;eve@council.example;Social Worker;Sample Team South\n"
        "Flo Fiction;flo@council.example;Gardener;\n"
    )
    compared = people_import.compare(desk.office, BY_HAND, table(text, "utf-8-sig", titles))
    given = [one.what for one in compared.found.planned if one.what.post]
    assert [(one.name, one.post, one.team) for one in given] == [
        ("Ash Fiction", "team_manager", TEAM),
        ("Bea Fiction", "iro", ""),
        ("Cy Fiction", "team_manager", WEST),
        ("Eve Fiction", "social_worker", SOUTH),
    ]
    assert [one.line for one in compared.found.notes] == [6]
    [fault] = faults(compared)
    assert fault.startswith('8: No post is known for the job title "Gardener". Put it into')


@pytest.mark.parametrize(
    ("text", "encoding", "sentence"),
    [
        ("name,mail,post\nZoë,zoe@council.example,iro\n", "cp1252", "is not in UTF-8: line 2"),
        ("name,mail,post\n", "utf-16", "is not in UTF-8"),
        ("PK\3\4name,mail,post\n", "utf-8", "is a workbook or a packed file"),
        ("\x1f\x8bname,mail,post\n", "latin-1", "is a workbook or a packed file"),
        ("", "utf-8", "is empty"),
        ("name,mail\nAsh,ash@council.example\n", "utf-8", "no column of posts"),
        ("name,post\n", "utf-8", "has no column mail"),
        ("name,mail,post,untill\n", "utf-8", r"did you mean until\?"),
        ("name,mail,post,mail\n", "utf-8", "two columns mail"),
        ('name,mail,post\n"Ash,ash@council.example,iro\n', "utf-8", "from line 2 on"),
    ],
)
def test_a_file_that_is_no_table_of_people_is_refused_whole(
    desk: Desk, text: str, encoding: str, sentence: str
) -> None:
    with pytest.raises(Expected, match=sentence):
        people_import.compare(desk.office, BY_HAND, table(text, encoding))


@pytest.mark.parametrize(
    ("titles", "sentence"),
    [
        ("title,post\nBoss,administrator\n", "titles.csv, line 2: Administrator is a post"),
        ("title,post\nBoss,iro\nboss,iro\n", "titles.csv, line 3: this title stands in"),
        ("title,post\nBoss,nobody\n", "has no post"),
        ("title\nBoss\n", "has no column post"),
    ],
)
def test_a_table_of_titles_gives_posts_of_the_procedure_alone(
    desk: Desk, titles: str, sentence: str
) -> None:
    with pytest.raises(Expected, match=sentence):
        people_import.compare(desk.office, BY_HAND, table(HEADINGS, titles=titles))


# ------------------------------------------------------------------------------- another mail domain


def test_a_new_domain_is_told_at_both_addresses_and_once_to_each_keeper(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        directory.give_post(tx, directory.PostHolding("west", "merton", "iro"), YESTERDAY)
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link("west"))
    assert isinstance(entered, Entered)
    domains = ("practice.invalid", "@borough.example")
    planned = people_import.new_domain(desk.office, BY_HAND, "lambeth", domains)
    assert len(planned.planned) == len(people_here(desk)) == 16
    assert desk.mails() == []
    people_import.new_domain(desk.office, BY_HAND, "lambeth", domains, is_meant=True)
    assert {name for _, name, _ in desk.mails()} == {"directory_waits"}
    assert desk.office.sign_in.look_up(entered.session_token) is not None
    confirm(desk)
    told = [(to, name) for to, name, _ in desk.mails()]
    assert told.count(("west", "directory_changed")) == 2
    assert [
        told.count((who, "directory_by_command")) for who in ("admin", "admin_two", "boss")
    ] == [1, 1, 1]
    assert desk.office.sign_in.look_up(entered.session_token) is None
    desk.council = "merton"
    with desk.office.database.reading() as tx:
        assert [one.mail for one in directory.everybody(tx, "merton")] == [
            "far@practice.invalid",
            "west@borough.example",
        ]
    with pytest.raises(Expected, match="by a command"):
        people_import.new_domain(desk.office, desk.actor("admin"), "lambeth", domains)
