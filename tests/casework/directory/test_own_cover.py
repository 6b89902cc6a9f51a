"""Whoever answers alerts names who stands in for them; of the reviewing service one asks, and a second person says yes."""

from datetime import date

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import Covering, DirectoryPerson
from practice_alerts.casework.acts import answer, close
from practice_alerts.casework.directory import second_person
from practice_alerts.casework.directory.cover import own_cover
from practice_alerts.casework.directory.cover.own_cover import OwnCover
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.directory.directory_acts import DirectoryChange
from practice_alerts.domain.errors import BadAnswers, Expected, NotFound, NotPossible
from tests.helpers.alerts.act_answers import ending, reply
from tests.helpers.days import day, moment
from tests.helpers.product.office import LONG_AGO, Desk

TODAY, FRIDAY = day("Mon 2025-06-02"), day("Fri 2025-06-06")
NEXT_WEEK, END_OF_IT = day("Mon 2025-06-09"), day("Fri 2025-06-13")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two holders of each post, team managers of three teams, and people of a second council."""
    more = (
        ("west", "lambeth", "team_manager", "Sample Team West"),
        ("service_two", "lambeth", "service_manager", ""),
        ("assistant_two", "lambeth", "assistant_director", ""),
        ("director_two", "lambeth", "director_csc", ""),
        ("boss_two", "lambeth", "iro_manager", ""),
        ("admin_two", "lambeth", "administrator", ""),
        ("merton_tm", "merton", "team_manager", ""),
        ("merton_iro", "merton", "iro", ""),
    )
    with desk.office.database.writing() as tx:
        for name, council, post, team in more:
            one = DirectoryPerson(name, f"{name.title()} Sample", f"{name}@practice.invalid")
            directory.add_person(tx, one, [(council, post, team)], LONG_AGO)
    return desk


def look(desk: Desk, who: str) -> OwnCover:
    return own_cover.look(desk.office, desk.actor(who))


def name(
    desk: Desk,
    who: str,
    stands_in: str,
    since: date | None = None,
    until: date | None = FRIDAY,
) -> Covering:
    return own_cover.name(desk.office, desk.actor(who), stands_in, (since, until), reason="Leave.")


def covers(desk: Desk) -> list[tuple[str, str]]:
    with desk.office.database.reading() as tx:
        return [(one.away_id, one.cover_id) for one in directory.coverings(tx, desk.office.today)]


def told(desk: Desk, notice: str) -> set[str]:
    return {to for to, what, _ in desk.mails() if what == notice}


# ------------------------------------------------------------------------------- the council's list


def test_the_list_holds_peers_and_seniors_and_nobody_of_the_service(desk: Desk) -> None:
    seniors = {"service", "service_two", "assistant", "assistant_two", "director", "director_two"}
    above = {"strategic", "chief"}
    found = set(look(desk, "manager").to_name)
    assert found - above == seniors | {"elsewhere", "west"}
    assert set(look(desk, "service").to_name) - above == seniors - {"service"}
    assert not {"iro", "boss", "worker", "merton_tm"} & found


def test_one_who_is_of_the_service_as_well_is_not_in_the_list(desk: Desk) -> None:
    desk.give("iro_manager", "service_two")
    assert "service_two" not in look(desk, "manager").to_name
    with pytest.raises(BadAnswers, match="one of those in the list"):
        name(desk, "manager", "service_two")


@pytest.mark.parametrize("who", ["qa", "admin"])
def test_who_answers_nothing_and_reviews_nothing_has_nobody_to_name(desk: Desk, who: str) -> None:
    assert not look(desk, who).to_name
    with pytest.raises(NotPossible, match="enters who stands in for you"):
        name(desk, who, "elsewhere")


def test_each_council_has_a_list_of_its_own(desk: Desk) -> None:
    there = Desk(desk.office, desk.clock, "merton")
    assert "merton_tm" not in look(desk, "manager").to_name
    assert not set(look(there, "merton_tm").to_name) & {"manager", "elsewhere", "service"}
    with pytest.raises(BadAnswers):
        name(desk, "manager", "merton_tm")


# --------------------------------------------------------------------------------------- naming one


@pytest.mark.parametrize("stands_in", ["elsewhere", "west", "service_two", "director"])
def test_whoever_is_named_answers_at_once_for_these_days(desk: Desk, stands_in: str) -> None:
    found = desk.raised("stage-1")
    name(desk, "manager", stands_in)
    assert work_tray.tray(desk.office, desk.actor(stands_in)).part("to-answer").count == 1
    given = reply("It is done.", "done")
    done = answer.answer(desk.office, found.id, given, desk.doing(stands_in, found))
    assert done.alert.happened[-1].by == stands_in


def test_it_is_kept_in_the_directory_and_told_to_them_and_to_the_service(desk: Desk) -> None:
    name(desk, "manager", "elsewhere", NEXT_WEEK, END_OF_IT)
    entry = second_person.look(desk.office, desk.actor("admin"), "lambeth").entries[0]
    assert (entry.by, entry.what.change) == ("manager", DirectoryChange.COVER_SET)
    assert (entry.what.since, entry.what.until) == (NEXT_WEEK, END_OF_IT)
    assert (entry.what.reason, entry.is_made) == ("Leave.", True)
    assert told(desk, "directory_changed") == {"elsewhere"}
    assert told(desk, "cover_named") == {"boss", "boss_two"}
    assert not [text for _, _, text in desk.mails() if "Sample" in text]


def test_where_nobody_manages_the_service_administrators_are_told(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        for one in ("boss", "boss_two"):
            directory.remove_person(tx, one, moment("Sun 2025-06-01 10:00"))
    name(desk, "manager", "elsewhere")
    assert told(desk, "cover_named") == {"admin", "admin_two"}


def test_they_end_it_early_or_take_it_back_and_it_is_told(desk: Desk) -> None:
    now = name(desk, "manager", "elsewhere", None, END_OF_IT)
    later = name(desk, "manager", "west", END_OF_IT, END_OF_IT)
    own_cover.end(desk.office, desk.actor("manager"), now.id, TODAY)
    own_cover.end(desk.office, desk.actor("manager"), later.id, TODAY)
    assert [(one.cover_id, one.until) for one in look(desk, "manager").covers] == [
        ("elsewhere", TODAY)
    ]
    changes = second_person.of_person(desk.office, "lambeth", "west").entries
    assert changes[0].what.change is DirectoryChange.COVER_ENDED
    assert [to for to, what, _ in desk.mails() if what == "cover_named"].count("boss") == 4


def test_nobody_ends_the_cover_of_somebody_else(desk: Desk) -> None:
    found = name(desk, "manager", "elsewhere")
    for who in ("elsewhere", "service", "iro"):
        with pytest.raises(NotFound):
            own_cover.end(desk.office, desk.actor(who), found.id, TODAY)
    assert covers(desk) == [("manager", "elsewhere")]


@pytest.mark.parametrize(
    ("stands_in", "since", "until", "field"),
    [
        ("manager", None, FRIDAY, "stands_in"),
        ("worker", None, FRIDAY, "stands_in"),
        ("iro", None, FRIDAY, "stands_in"),
        ("", None, FRIDAY, "stands_in"),
        ("elsewhere", None, None, "until"),
        ("elsewhere", NEXT_WEEK, FRIDAY, "until"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    desk: Desk, stands_in: str, since: date | None, until: date | None, field: str
) -> None:
    with pytest.raises(BadAnswers) as fault:
        name(desk, "manager", stands_in, since, until)
    assert set(fault.value.faults) == {field}
    assert (covers(desk), desk.mails()) == ([], [])


def test_the_same_is_not_named_twice_for_the_same_days(desk: Desk) -> None:
    name(desk, "manager", "elsewhere")
    with pytest.raises(BadAnswers, match="stands in for Manager Sample already"):
        name(desk, "manager", "elsewhere")
    assert covers(desk) == [("manager", "elsewhere")]


@pytest.mark.parametrize("stands_in", ["elsewhere", "service_two"])
def test_whoever_stood_in_decides_nothing_about_it_afterwards(desk: Desk, stands_in: str) -> None:
    found = desk.raised("stage-1")
    name(desk, "manager", stands_in, None, TODAY)
    desk.at("Wed 2025-06-04").give("iro_manager", stands_in)
    with pytest.raises(Expected):
        close.close(desk.office, found.id, ending("put_right", "x"), desk.doing(stands_in, found))


# -------------------------------------------------------------------------- the reviewing service asks


def test_an_officer_asks_and_the_manager_confirms(desk: Desk) -> None:
    found = desk.raised("stage-1")
    name(desk, "iro", "other_iro")
    assert covers(desk) == []
    assert not desk.can_open("other_iro", found)
    (entry,) = look(desk, "iro").asked_for
    assert told(desk, "directory_waits") == {"admin", "admin_two", "boss", "boss_two"}
    assert told(desk, "directory_asked") == {"other_iro"}
    second_person.confirm(desk.office, desk.actor("boss"), "lambeth", entry.number)
    assert covers(desk) == [("iro", "other_iro")]
    assert desk.can_open("other_iro", found)
    assert told(desk, "directory_changed") == {"iro", "other_iro"}
    assert not look(desk, "iro").asked_for


def test_an_officer_names_nobody_of_the_chain_and_confirms_nothing(desk: Desk) -> None:
    assert not {"manager", "service", "director"} & set(look(desk, "iro").to_name)
    with pytest.raises(BadAnswers, match="one of those in the list"):
        name(desk, "iro", "manager")
    name(desk, "boss", "boss_two")
    (entry,) = look(desk, "boss").asked_for
    for who in ("boss", "boss_two"):  # who asked for it, and who would stand in
        with pytest.raises(NotPossible):
            second_person.confirm(desk.office, desk.actor(who), "lambeth", entry.number)
    assert covers(desk) == []


def test_what_was_asked_for_is_taken_back_by_whoever_asked(desk: Desk) -> None:
    name(desk, "iro", "other_iro")
    (entry,) = look(desk, "iro").asked_for
    for who in ("other_iro", "manager"):
        with pytest.raises(NotFound):
            own_cover.take_back(desk.office, desk.actor(who), entry.number)
    own_cover.take_back(desk.office, desk.actor("iro"), entry.number)
    assert not look(desk, "iro").asked_for
    with pytest.raises(NotFound):
        second_person.confirm(desk.office, desk.actor("boss"), "lambeth", entry.number)


def test_a_manager_whom_alerts_are_sent_to_confirms_none(desk: Desk) -> None:
    desk.give("iro_manager", "service")
    name(desk, "iro", "other_iro")
    (entry,) = look(desk, "iro").asked_for
    with pytest.raises(NotPossible, match="somebody else says"):
        second_person.confirm(desk.office, desk.actor("service"), "lambeth", entry.number)
    assert covers(desk) == []


def test_what_is_over_by_the_time_it_is_confirmed_is_not_made(desk: Desk) -> None:
    name(desk, "iro", "other_iro")
    (entry,) = look(desk, "iro").asked_for
    desk.at("Mon 2025-06-09")
    with pytest.raises(BadAnswers, match="has passed"):
        second_person.confirm(desk.office, desk.actor("boss"), "lambeth", entry.number)
    assert covers(desk) == []
