"""Lists ask columns who may see an alert, its page asks the table of permissions: they must agree."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice_alerts.adapters.store.alerts import tray_rows
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.core import actors as people
from practice_alerts.casework.core.list_status import named_stages
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import declare_interest
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.acts.act_shape import Relation
from practice_alerts.domain.acts.permissions import Act, Actor, relations
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.seeing.search_words import sought
from practice_alerts.domain.standing.let_in import who_is_let_in
from tests.helpers.files.real_councils import IDS
from tests.helpers.product.office import LONG_AGO, OFFICE, Desk, one_for_each_post, open_desk
from tests.helpers.stories.generated_alert import MOVES, Move, played, raised_anywhere, raised_at
from tests.helpers.stories.restricting import lifted, restricted

NOT_LISTED: dict[Relation, str] = {
    Relation.COPIED: "no column says who was sent a copy: the address in their notice leads there",
    Relation.DRAFTS: "the address in their notice leads there",
}
NOT_LISTED_ONCE_CLOSED: dict[Relation, str] = {
    Relation.COVERS_ASKED: "at a closed alert nobody is asked any more",
    Relation.COVERS_DOER: "at a closed alert nobody does a step any more",
    Relation.NAMED_TO_REVIEW: "only the stages at which an open alert stands are looked at",
    Relation.NAMED_TO_ESCALATE: "only the stages at which an open alert stands are looked at",
    Relation.NAMED_FOR_STEP: "only the stages at which an open alert stands are looked at",
}
"""Who may see an alert and yet is told of it by no list, and why."""

AT_ONE_DESK = settings(
    max_examples=12,  # of each council
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
NEIGHBOUR = dict(zip(IDS, (*IDS[1:], IDS[0]), strict=True))


@pytest.fixture(scope="module", params=IDS)
def desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """Two councils, and at the first of them two people in each post."""
    opened = open_desk(tmp_path_factory.mktemp("sees") / "data", council=request.param)
    for council in (opened.council, NEIGHBOUR[opened.council]):
        with opened.office.database.writing() as tx:
            for post in one_for_each_post(opened.office.council(council)):
                name = f"{post}@{council}"
                one = DirectoryPerson(name, name, f"{name}.practice.invalid")
                directory.add_person(tx, one, [(council, post, "")], LONG_AGO)
    yield opened
    opened.office.database.close()


def everybody(desk: Desk) -> list[Actor]:
    with desk.office.database.reading() as tx:
        return [
            actor
            for person in directory.everybody(tx)
            for actor in people.actors(desk.office, tx, person.id)
        ]


def is_listed(desk: Desk, actor: Actor, found: Known) -> bool:
    with desk.office.database.reading() as tx:
        named = named_stages(desk.office, tx, actor)
        reader = work_tray.reader_of(desk.office, actor)
        return found.id in tray_rows.search(
            tx, reader, tray_rows.Search(sought(found.alert.reference), closed=True, most=5), named
        )


def disagreement(desk: Desk, actor: Actor, found: Known) -> str:
    """How lists and page differ for this reader, as far as nobody meant it; empty where they agree."""
    alert, how = found.alert, relations(actor, found.alert, found.rules.named(found.alert))
    listed, on_page = is_listed(desk, actor, found), found.may(actor, Act.SEE)
    left_out = {*NOT_LISTED} if alert.is_open else {*NOT_LISTED, *NOT_LISTED_ONCE_CLOSED}
    cover_without_post = listed and alert.officer.id in actor.covers_for
    if listed == on_page or (on_page and how <= left_out) or cover_without_post:
        return ""
    at = alert.run.stage if alert.run else "no stage"
    return f"{actor}, {sorted(how)}: list {listed}, page {on_page}, at {at}"


def test_at_every_stage_everybody_is_shown_by_lists_what_the_page_shows_them(desk: Desk) -> None:
    procedure, seen = desk.office.council(desk.council).procedure, 0
    actors = everybody(desk)
    for kind, ladder in ((name, procedure.ladder_of(name)) for name in procedure.kinds):
        for stage in ladder.stages if ladder else ():
            desk.at("Mon 2025-06-02 10:20")
            try:
                found = raised_at(desk, kind, stage.id)
            except Expected:
                continue  # not every stage is open to be raised at
            seen += 1
            for actor in actors:
                assert not disagreement(desk, actor, found)
    assert seen


@pytest.mark.parametrize("desk", ["unnamed-2015"], indirect=True)
def test_a_cover_stands_in_for_a_step_while_the_alert_is_at_its_stage(desk: Desk) -> None:
    """Once it has gone on, whoever was asked records it late, and nobody in their place."""
    desk.at("Mon 2025-06-02 10:20")
    found = raised_anywhere(desk, 114, **another_child())
    assert found.alert.run is not None
    (asked,) = found.alert.run.sent.asked
    cover = Actor("stands_in", "Somebody", desk.council, frozenset({"iro"}), frozenset({asked.id}))
    assert found.may(cover, Act.SEE)
    found = played(desk, found, [Move("escalate", 0, 1)])
    late = [one for one in found.rules.doers(found.alert).to_record() if one.late]
    assert any(asked.id in one.doers for one in late)
    assert found.may(desk.actor(asked.id), Act.STEP)
    assert not found.may(cover, Act.SEE)
    assert not disagreement(desk, cover, found)


Chosen = tuple[int, frozenset[int], frozenset[int], bool]
ANYBODY = st.tuples(
    st.integers(0, 400),
    st.frozensets(st.integers(0, 40), max_size=3),
    st.frozensets(st.integers(0, 400), max_size=3),
    st.integers(0, 5).map(bool),
)


def somebody(desk: Desk, found: Known, chosen: Chosen) -> Actor:
    """Anybody with any posts, who stands in for anybody; every second one of them has to do with the alert."""
    which, posts, covers, at_home = chosen
    runs = found.alert.runs
    involved = [found.alert.officer.id, *(one.id for one in found.alert.people_asked)]
    involved += [one.id for run in runs for one in run.sent.copied]
    near = sorted({one for one in (*involved, *who_is_let_in(found.alert)) if one})
    far = [
        f"{post}@{desk.council}" for post in one_for_each_post(desk.office.council(desk.council))
    ]
    roles = [
        *desk.office.council(desk.council).procedure.roles,
        *(post for post, _ in OFFICE.values()),
    ]

    def person(number: int) -> str:
        from_ = near if number % 2 else far
        return from_[number // 2 % len(from_)]

    return Actor(
        person(which),
        "Somebody",
        desk.council if at_home else NEIGHBOUR[desk.council],
        frozenset(roles[number % len(roles)] for number in posts),
        frozenset(map(person, covers)),
        # For every third one, whatever is closed was closed too long ago.
        reads_closed_since=desk.office.today + timedelta(days=1) if which % 3 == 0 else None,
        shut_out_of=frozenset({found.alert.reference} if person(which) in found.shut_out else ()),
    )


@AT_ONE_DESK
@given(choice=st.integers(0, 200), moves=MOVES, readers=st.lists(ANYBODY, min_size=5, max_size=12))
def test_whatever_became_of_an_alert_lists_and_page_show_it_to_the_same_people(
    desk: Desk, choice: int, moves: list[Move], readers: list[Chosen]
) -> None:
    desk.at("Mon 2025-06-02 10:20")
    try:
        found = played(desk, raised_anywhere(desk, choice), moves)
    except Expected:
        return  # not every stage is open to be raised at
    for chosen in readers:
        assert not disagreement(desk, somebody(desk, found, chosen), found)


@AT_ONE_DESK
@given(
    choice=st.integers(0, 200),
    before=MOVES,
    moves=MOVES,
    named=st.integers(0, 40),
    is_lifted=st.booleans(),
    readers=st.lists(ANYBODY, min_size=5, max_size=12),
)
def test_a_restricted_alert_is_shown_by_lists_and_page_to_nobody_but_those_let_in(
    desk: Desk,
    choice: int,
    before: list[Move],
    moves: list[Move],
    named: int,
    is_lifted: bool,
    readers: list[Chosen],
) -> None:
    desk.at("Mon 2025-06-02 10:20")
    try:
        found = played(desk, raised_anywhere(desk, choice), before)
        posts = sorted(one_for_each_post(desk.office.council(desk.council)))
        found = restricted(desk, found, f"{posts[named % len(posts)]}@{desk.council}")
    except Expected:
        return  # not every stage is open to be raised at, and not everybody can be named
    found = played(desk, found, moves)
    found = lifted(desk, found) if is_lifted else found
    able = {*who_is_let_in(found.alert)}
    actors = [*everybody(desk), *(somebody(desk, found, chosen) for chosen in readers)]
    for actor in actors:
        assert not disagreement(desk, actor, found)
        assert is_lifted or actor.id in able or not found.may(actor, Act.SEE)


_NUMBERS = count(200_001)


def another_child() -> dict[str, str]:
    """Whom no other example is about: the desk stays, with all that was declared."""
    number = next(_NUMBERS)
    letters = "".join(chr(ord("a") + int(one)) for one in str(number))
    return {"case_number": f"S-{number}", "child_name": f"Kit {letters.title()}"}


def identified(found: Known, *, by_number: bool) -> ChildMeant:
    """The child as its form says it, written otherwise; by the name where that is enough."""
    said = found.alert.answers
    born = str(said.get("date_of_birth") or "")
    if by_number or not born:
        return ChildMeant(case_number=str(said["case_number"]).lower().replace("-", " "))
    return ChildMeant(child=str(said["child_name"]).upper(), born=date.fromisoformat(born))


@AT_ONE_DESK
@given(
    choice=st.integers(0, 200),
    before=MOVES,
    moves=MOVES,
    who=st.lists(st.integers(0, 400), min_size=1, max_size=3),
    how=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    readers=st.lists(ANYBODY, min_size=5, max_size=12),
)
def test_whoever_declared_an_interest_is_shown_it_by_no_list_and_no_page(
    desk: Desk,
    choice: int,
    before: list[Move],
    moves: list[Move],
    who: list[int],
    how: tuple[bool, bool, bool],
    readers: list[Chosen],
) -> None:
    by_number, is_restricted, is_later = how
    desk.at("Mon 2025-06-02 10:20")
    try:
        found = played(desk, raised_anywhere(desk, choice, **another_child()), before)
        found = restricted(desk, found) if is_restricted else found
    except Expected:
        return  # not every stage is open to be raised at
    if "case_number" not in found.alert.answers:
        return  # it is about no child
    near = sorted({found.alert.officer.id, *(one.id for one in found.alert.people_told)} - {""})
    far = sorted(one.id for one in everybody(desk) if one.council == desk.council)
    out = {(near if one % 2 else far)[one // 2 % len(near if one % 2 else far)] for one in who}
    found = played(desk, found, moves) if is_later else found
    child = identified(found, by_number=by_number)
    for one in sorted(out):
        declare_interest.declare(desk.office, desk.actor(one), child)
    with desk.office.database.reading() as tx:
        found = load(desk.office, tx, found.id)
    found = found if is_later else played(desk, found, moves)
    assert found.shut_out == out
    actors = [*everybody(desk), *(somebody(desk, found, chosen) for chosen in readers)]
    for actor in actors:
        assert not disagreement(desk, actor, found)
        assert actor.id not in out or not found.may(actor, Act.SEE)
        assert actor.id not in out or not relations(
            actor, found.alert, found.rules.named(found.alert)
        )
