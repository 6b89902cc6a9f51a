"""Who is meant by a post: over how they stand together, whose post it is, what the form says, who holds it."""

from dataclasses import replace
from itertools import product

import pytest

from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.directory.meant import Holder, Meant, Surroundings, meant
from practice_alerts.domain.procedure.posts import Of, read_who

NORTH, SOUTH, AREA = "North", "South", "Elsewhere on Sea"
RAISER = Person(id="iro", name="Iro Sample", post="Reviewing Officer")
TITLES = {
    "worker": "Social Worker",
    "manager": "Team Manager",
    "deputy": "Deputy Manager",
    "raiser": "whoever raised the alert",
}


def holder(who: str, role: str, team: str = "") -> Holder:
    return Holder(Person(id=who, name=f"{who} Sample", post=TITLES[role]), team)


def here(**holders: tuple[Holder, ...]) -> Surroundings:
    return Surroundings(
        holders=lambda role: holders.get(role, ()),
        title=TITLES.__getitem__,
        raiser=RAISER,
        team=NORTH,
        area=AREA,
    )


def ids(found: Meant) -> tuple[list[str], list[str], list[list[str]]]:
    """People, by hand, and what is to be chosen."""
    return (
        [one.id for one in found.people],
        [one.name for one in found.by_hand],
        [[one.id or one.name for one in seat.candidates] for seat in found.to_choose],
    )


def held(role: str, team: str, count: int) -> tuple[Holder, ...]:
    return tuple(holder(f"{team or 'all'}{number}", role, team) for number in range(count))


@pytest.mark.parametrize(("in_team", "general", "far"), [*product(range(3), repeat=3)])
def test_the_childs_own_is_the_only_one_of_the_team_or_of_the_council(
    in_team: int, general: int, far: int
) -> None:
    everybody = (
        *held("manager", NORTH, in_team),
        *held("manager", "", general),
        *held("manager", SOUTH, far),
    )
    found = ids(meant(read_who("manager"), here(manager=everybody)))
    own = held("manager", NORTH, in_team) or held("manager", "", general)
    if len(own) == 1:
        assert found == ([own[0].person.id], [], [])
    elif not everybody:
        assert found == ([], ["Team Manager"], [])
    else:
        people, by_hand, (offered,) = found
        assert (people, by_hand) == ([], [])
        assert sorted(offered) == sorted(one.person.id for one in everybody)
        assert offered[: len(own)] == [one.person.id for one in own]


@pytest.mark.parametrize(
    ("of", "teams", "holders", "expected"),
    [
        (Of.RAISER, {NORTH}, (NORTH, SOUTH), (["North"], [], [])),
        (Of.RAISER, {NORTH}, ("", SOUTH), (["all"], [], [])),
        (Of.RAISER, set(), (NORTH, SOUTH), ([], [], [["North", "South"]])),
        (Of.RAISER, set(), (NORTH,), ([], [], [["North"]])),
        (Of.RAISER, set(), ("",), (["all"], [], [])),
        (Of.RAISER, set(), (), ([], ["Team Manager"], [])),
        (Of.COUNCIL, set(), ("", NORTH, SOUTH), (["all"], [], [])),
        (Of.COUNCIL, set(), (NORTH, SOUTH), ([], [], [["North", "South"]])),
        (Of.COUNCIL, set(), (SOUTH,), (["South"], [], [])),
        (Of.OTHER_PART, set(), (NORTH, SOUTH), (["South"], [], [])),
        (Of.OTHER_PART, set(), (NORTH,), ([], ["Team Manager"], [])),
        (Of.OTHER_PART, set(), (NORTH, SOUTH, AREA), ([], [], [["South", AREA]])),
        (Of.PLACEMENT_AREA, set(), (NORTH, AREA), ([AREA], [], [])),
        (Of.PLACEMENT_AREA, set(), (NORTH, ""), ([], ["Team Manager"], [])),
        (Of.AGENCY, set(), (NORTH, SOUTH), ([], [], [["North", "South"]])),
        (Of.AGENCY, set(), ("",), (["all"], [], [])),
        (Of.AGENCY, set(), (), ([], ["Team Manager"], [])),
    ],
)
def test_whose_post_it_is_decides_whom_it_means(
    of: Of, teams: set[str], holders: tuple[str, ...], expected: object
) -> None:
    everybody = tuple(holder(team or "all", "manager", team) for team in holders)
    around = replace(here(manager=everybody), raiser_teams=frozenset(teams))
    assert ids(meant(read_who({"role": "manager", "of": of.value}), around)) == expected


WORKER = holder("w1", "worker", NORTH)
NAMED = {
    "named": (WORKER.person,),
    "nobody": (),
    "typed": (Person(id="", name="T Typed", post="Social Worker"),),
    "namesakes": (WORKER.person, holder("w2", "worker", SOUTH).person),
}
"""What the form says of the social worker; its team manager is `m1`."""

OUTCOMES = {
    ("one", "named"): (["w1"], [], []),
    ("one", "nobody"): ([], [], []),
    ("one", "typed"): ([], ["T Typed"], []),
    ("one", "namesakes"): ([], [], [["w1", "w2"]]),
    ("any_of", "named"): ([], [], [["w1", "m1", "w9"]]),
    ("any_of", "nobody"): (["m1"], [], []),
    ("any_of", "typed"): ([], [], [["m1", "T Typed", "w1", "w9"]]),
    ("any_of", "namesakes"): ([], [], [["w1", "w2", "m1"]]),
    ("all_of", "named"): (["w1", "m1"], [], []),
    ("all_of", "nobody"): (["m1"], [], []),
    ("all_of", "typed"): (["m1"], ["T Typed"], []),
    ("all_of", "namesakes"): (["m1"], [], [["w1", "w2"]]),
    ("normally", "named"): (["w1", "m1"], [], []),
    ("normally", "nobody"): (["m1"], [], []),
    ("normally", "typed"): (["m1"], ["T Typed"], []),
    ("normally", "namesakes"): (["m1"], [], [["w1", "w2"]]),
}


@pytest.mark.parametrize(("how", "said"), OUTCOMES)
def test_whoever_is_named_on_the_form_is_the_post_and_nobody_else(how: str, said: str) -> None:
    team = (WORKER, holder("w9", "worker", NORTH))
    around = here(worker=team, manager=(holder("m1", "manager"),))
    around = replace(around, named={"worker": NAMED[said]})
    who = read_who("worker" if how == "one" else {how: ["worker", "manager"]})
    assert ids(meant(who, around)) == OUTCOMES[how, said]


def test_somebody_typed_is_one_person_however_many_of_the_posts_are_theirs() -> None:
    around = replace(here(), named={"worker": NAMED["typed"]})
    who = read_who({"any_of": ["worker", {"role": "worker", "of": "child"}]})
    assert ids(meant(who, around)) == ([], ["T Typed"], [])


def test_somebody_who_holds_several_of_the_posts_is_one_to_choose() -> None:
    workers = (holder("w1", "worker", NORTH), holder("both", "worker", NORTH))
    around = here(worker=workers, manager=(holder("both", "manager", NORTH),))
    around = replace(around, named={"worker": (workers[0].person,)})
    who = read_who({"any_of": ["worker", "manager"]})
    assert ids(meant(who, around)) == ([], [], [["w1", "both"]])


def test_a_stand_in_acts_for_an_empty_post_and_says_so() -> None:
    around = replace(here(deputy=(holder("d1", "deputy", NORTH),)), stands_in={"manager": "deputy"})
    found = meant(read_who("manager"), around)
    assert [one.id for one in found.people] == ["d1"]
    assert found.seats[0].note == "Deputy Manager stands in for Team Manager."


def test_stand_ins_in_a_circle_end_by_hand() -> None:
    around = replace(here(), stands_in={"manager": "deputy", "deputy": "manager"})
    assert ids(meant(read_who("manager"), around)) == ([], ["Team Manager"], [])


def test_a_service_is_all_its_people() -> None:
    around = replace(here(manager=held("manager", "", 2)), services=frozenset({"manager"}))
    assert ids(meant(read_who("manager"), around))[0] == ["all0", "all1"]


def test_whoever_writes_outside_is_named_as_the_list_of_contacts_names_them() -> None:
    around = replace(here(), outside=lambda _: ("Dr A Sample",))
    found = meant(read_who({"role": "manager", "of": "agency"}), around)
    assert [(one.id, one.name, one.post) for one in found.by_hand] == [
        ("", "Dr A Sample", "Team Manager")
    ]


def test_the_raiser_is_meant_as_the_raiser() -> None:
    assert ids(meant(read_who("raiser"), here()))[0] == ["iro"]
    assert meant(None, here()) == Meant()
