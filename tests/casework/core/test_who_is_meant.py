"""Who is asked, copied, written to and let in: whom form, procedure, choice and cover name, and nobody else."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.acts.raise_alert import prepare, raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.who_gets_it import by_hand
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.forms.form import NOBODY, id_key
from tests.helpers.alerts.filled_forms import climbing, wanted
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.files.small_council import PROCEDURE, furnished
from tests.helpers.product.office import LONG_AGO, TEAM, Desk, open_desk

FRIDAY = day("Fri 2025-06-13")
SOUTH, WEST = "Sample Team South", "Sample Team West"
At = Callable[[str], Desk]


@pytest.fixture
def at(tmp_path: Path) -> Iterator[At]:
    """The office of a council with two further holders of each post of the child's team, and one in another."""
    desks: list[Desk] = []

    def opened(name: str) -> Desk:
        desks.append(open_desk(tmp_path / name, council=name))
        return desks[-1]

    yield opened
    for desk in desks:
        desk.office.database.close()


def add(desk: Desk, who: str, post: str, team: str = TEAM, name: str = "") -> None:
    with desk.office.database.writing() as tx:
        person = DirectoryPerson(who, name or f"{who} Sample", f"{who}@practice.invalid")
        directory.add_person(tx, person, [(desk.council, post, team)], LONG_AGO)


def empty(desk: Desk, post: str) -> None:
    with desk.office.database.writing() as tx:
        tx.execute(tables.holdings.delete().where(tables.holdings.c.post == post))


def sent(desk: Desk, kind: str, stage: str | None, who: str = "iro", **changes: Any) -> Known:
    fields = {"asked", "copied", "instead_reason", "gate", "gate_told", "settle_by"}
    more = {name: changes.pop(name) for name in fields & set(changes)}
    raising = replace(wanted(desk, kind, stage, **changes), **more)
    return raise_alert(desk.office, raising, desk.doing(who))


def reached(found: Known) -> tuple[set[str], set[str]]:
    run = found.run.sent
    return {one.id or one.name for one in run.asked}, {one.id or one.name for one in run.copied}


# -- a person named on the form is the post -----------------------------------------------------------


@pytest.fixture
def merton(at: At) -> Desk:
    desk = at("merton")
    for who in ("sw_a", "sw_b", "sw_z"):
        add(desk, who, "social_worker")
    add(desk, "sw_south", "social_worker", SOUTH)
    return desk


def test_of_a_team_the_worker_on_the_form_is_asked_and_nobody_else_of_it(merton: Desk) -> None:
    found = sent(merton, "practice_alert", "stage-1", social_worker="sw_z Sample", asked=("sw_z",))
    asked, copied = reached(found)
    assert asked == {"sw_z"}
    assert copied == {"team_manager", "safeguarding_manager", "qa_administrator"}
    assert {to for to, _, _ in merton.mails()} == asked | copied
    others = ("sw_a", "sw_b", "sw_south", "social_worker")
    assert [who for who in others if merton.can_open(who, found)] == []
    assert merton.can_open("sw_z", found)


def test_one_of_two_posts_is_chosen_and_nobody_is_asked_until_it_is(merton: Desk) -> None:
    with pytest.raises(BadAnswers, match="Social Worker or Assistant Team Manager"):
        sent(merton, "practice_alert", "stage-1", social_worker="sw_z Sample", asked=())
    with pytest.raises(BadAnswers, match="choose one of them"):
        sent(
            merton,
            *("practice_alert", "stage-1"),
            social_worker="sw_z Sample",
            asked=("sw_z", "assistant_team_manager"),
        )
    assert merton.mails() == []


@pytest.mark.parametrize("said", ["", NOBODY])
def test_where_no_worker_is_allocated_the_other_post_is_asked(merton: Desk, said: str) -> None:
    found = sent(merton, "practice_alert", "stage-1", social_worker=said, asked=())
    assert reached(found)[0] == {"assistant_team_manager"}
    assert not merton.can_open("sw_a", found)


@pytest.mark.parametrize("said", ["", NOBODY])
@pytest.mark.parametrize(
    ("name", "kind", "stage"),
    [
        ("lambeth", "practice_alert", "informal"),
        ("lambeth", "practice_alert", "stage-1"),
        ("unnamed-2015", "concern", "issue-notification"),
        ("unnamed-2015", "concern", "stage-1"),
        ("merton", "practice_alert", "informal"),
        ("northamptonshire", "escalation", "informal"),
        ("knowsley", "challenge", "stage-1"),
    ],
)
def test_that_nobody_is_allocated_can_be_raised(
    at: At, name: str, kind: str, stage: str, said: str
) -> None:
    desk = at(name)
    gate = {"gate": "yes", "gate_told": "Both"} if stage == "stage-1" else {}
    found = sent(desk, kind, stage, social_worker=said, asked=(), settle_by=FRIDAY, **gate)
    assert len(reached(found)[0]) == 1
    assert not {one.post for one in found.run.sent.asked} & {"Social Worker"}


def test_a_partner_agency_is_written_to_though_nobody_is_allocated(at: At) -> None:
    desk = at("lambeth")
    found = sent(desk, "partner", "stage-1", partner="gp", sent_to="Dr Outside", social_worker="")
    assert reached(found)[0] == {"Dr Outside"}


def test_somebody_typed_who_alone_can_be_one_of_two_posts_is_chosen_by_hand(merton: Desk) -> None:
    empty(merton, "assistant_team_manager")
    named = {"social_worker": "Una Typed", "assistant_team_manager": NOBODY}
    found = sent(merton, "practice_alert", "stage-1", **named, asked=(by_hand("Una Typed"),))
    assert reached(found)[0] == {"Una Typed"}


def test_two_of_one_name_are_told_apart_by_whom_the_form_keeps(merton: Desk) -> None:
    add(merton, "kim_1", "social_worker", TEAM, "Kim Sample")
    add(merton, "kim_2", "social_worker", TEAM, "Kim Sample")
    with pytest.raises(BadAnswers, match="choose who is meant"):
        sent(merton, "practice_alert", "stage-1", social_worker="Kim Sample", asked=())
    chosen = {"social_worker": "Kim Sample", id_key("social_worker"): "kim_2"}
    found = sent(merton, "practice_alert", "stage-1", **chosen, asked=("kim_2",))
    assert reached(found)[0] == {"kim_2"}
    assert found.alert.answers[id_key("social_worker")] == "kim_2"


def test_the_manager_on_the_form_is_asked_at_the_later_stage_too(merton: Desk) -> None:
    for who in ("tm_a", "tm_z"):
        add(merton, who, "team_manager")
    found = sent(
        merton,
        *("practice_alert", "stage-1"),
        team_manager="tm_z Sample",
        asked=("assistant_team_manager",),
    )
    climb = climbing(merton, found, "stage-2", "No word.", team_manager="tm_z Sample")
    found = escalate(merton.office, found.id, climb, merton.doing("iro", found))
    assert reached(found)[0] == {"tm_z"}
    assert not merton.can_open("tm_a", found)


# -- by hand --------------------------------------------------------------------------------------------


def test_a_typed_person_gets_no_access_and_no_link_until_they_are_entered(merton: Desk) -> None:
    found = sent(
        merton, "practice_alert", "stage-1", social_worker="T Typed", asked=(by_hand("T Typed"),)
    )
    (task,) = [person for _, person in to_do_by_hand(found.alert) if person.name == "T Typed"]
    assert (task.id, task.post) == ("", "Social Worker")
    assert "asked" not in {notice for _, notice, _ in merton.mails()}
    whom = f"{found.run.number}:T Typed, Social Worker"
    answers = {"whom": whom, "on": "2025-06-02", "entered": "yes"}
    with pytest.raises(BadAnswers, match="Nobody of the name of T Typed"):
        VERBS[Act.BY_HAND](merton.office, found.id, answers, merton.doing("iro", found))
    add(merton, "typed", "social_worker", TEAM, "T Typed")
    assert not merton.can_open("typed", found)
    found = VERBS[Act.BY_HAND](merton.office, found.id, answers, merton.doing("iro", found))
    assert merton.can_open("typed", found)
    assert [to for to, notice, _ in merton.mails() if notice.startswith("asked")] == ["typed"]
    assert "T Typed" not in {person.name for _, person in to_do_by_hand(found.alert)}


def test_what_was_sent_by_hand_is_recorded_once_and_stands_in_the_history(merton: Desk) -> None:
    empty(merton, "qa_administrator")
    found = sent(merton, "practice_alert", "stage-1", asked=("assistant_team_manager",))
    ((run, person),) = to_do_by_hand(found.alert)
    assert (person.id, person.name) == ("", person.post)
    answers = {"whom": f"{run.number}:{person.name}, {person.post}", "on": "2025-06-02"}
    found = VERBS[Act.BY_HAND](merton.office, found.id, answers, merton.doing("iro", found))
    assert to_do_by_hand(found.alert) == ()
    assert merton.see("iro", found).history[-1].what.startswith("Sent by hand, Monday 2 June 2025")


def test_an_empty_post_stops_no_escalation(merton: Desk) -> None:
    found = sent(merton, "practice_alert", "stage-2")
    empty(merton, "head_of_service")
    climb = climbing(merton, found, "stage-3", "No word.")
    found = escalate(merton.office, found.id, climb, merton.doing("iro", found))
    (asked,) = found.run.sent.asked
    assert (asked.id, asked.name) == ("", "Head of Service")


# -- others than those meant -----------------------------------------------------------------------------


def test_another_holder_can_be_asked_with_a_reason_that_is_kept(merton: Desk) -> None:
    add(merton, "tm_other", "team_manager", SOUTH)
    with pytest.raises(BadAnswers, match="Say why it does not go to"):
        sent(merton, "practice_alert", "stage-2", asked=("tm_other",))
    found = sent(
        merton, "practice_alert", "stage-2", asked=("tm_other",), instead_reason="On leave."
    )
    assert reached(found)[0] == {"tm_other"}
    assert found.run.sent.instead_reason == "On leave."
    assert "Instead of" in merton.see("iro", found).history[-1].said


def test_another_of_the_team_is_asked_with_a_reason_though_those_named_get_copies(at: At) -> None:
    desk = at("knowsley")
    add(desk, "sw_named", "social_worker")
    add(desk, "sw_other", "social_worker")
    wish: dict[str, Any] = {"social_worker": "sw_named Sample", "asked": ("sw_other",)}
    with pytest.raises(BadAnswers, match=r"Say why it does not go to .*sw_named Sample"):
        sent(desk, "challenge", "stage-1", **wish)
    found = sent(desk, "challenge", "stage-1", **wish, instead_reason="On leave.")
    assert reached(found)[0] == {"sw_other"}
    assert "sw_named" in reached(found)[1]


def test_nobody_outside_the_posts_named_can_be_asked(merton: Desk) -> None:
    with pytest.raises(BadAnswers):
        sent(merton, "practice_alert", "stage-2", asked=("director",))


# -- whose post -------------------------------------------------------------------------------------------


@pytest.fixture
def knowsley(at: At) -> Desk:
    desk = at("knowsley")
    empty(desk, "team_manager")
    add(desk, "tm_north", "team_manager", TEAM)
    add(desk, "tm_south", "team_manager", SOUTH)
    return desk


def test_the_raisers_own_manager_is_nobody_where_the_raisers_team_is_not_known(
    knowsley: Desk,
) -> None:
    found = sent(knowsley, "challenge", "stage-2", asked=("head_of_service",))
    assert "tm_south" not in reached(found)[1]
    assert not knowsley.can_open("tm_south", found)
    assert [person.post for _, person in to_do_by_hand(found.alert)] == ["Team Manager"]


def test_the_raisers_own_manager_is_that_of_the_raisers_team(knowsley: Desk) -> None:
    with knowsley.office.database.writing() as tx:
        tx.execute(
            tables.holdings.update().where(tables.holdings.c.post == "iro").values(team=SOUTH)
        )
    found = sent(knowsley, "challenge", "stage-2", asked=("head_of_service",))
    assert "tm_south" in reached(found)[1]


# -- agencies ------------------------------------------------------------------------------------------------


def test_a_stage_that_names_two_people_of_an_agency_reaches_both(at: At) -> None:
    desk = at("lambeth")
    found = sent(desk, "partner", "stage-1", partner="police", sent_to="Sgt One; Sgt Two")
    assert [(one.id, one.name, one.post) for one in found.run.sent.asked] == [
        ("", "Sgt One", "Missing Unit Sergeant"),
        ("", "Sgt Two", "CSE Sergeant"),
    ]


def test_a_copy_that_the_directory_cannot_send_is_a_task_and_never_vanishes(at: At) -> None:
    desk = at("lambeth")
    found = sent(desk, "partner", "stage-1", partner="health-admin", sent_to="Sasha Outside")
    assert "Named GP" in reached(found)[1]
    assert "Named GP" in {person.name for _, person in to_do_by_hand(found.alert)}
    (line,) = [one for one in desk.see("iro", found).history if one.what.startswith("Sent")]
    assert line.said.startswith("To be told by hand: ")
    assert line.said.endswith("; Named GP")


@pytest.mark.parametrize(
    ("name", "kind", "stage", "post", "more"),
    [
        (
            *("lambeth", "partner", "stage-2", "Named Doctor for children looked after"),
            {"partner": "doctors-cla-admin", "sent_to": "Sasha Outside"},
        ),
        *(
            (*("unnamed-2015", "concern", stage, "Service Director"), more)
            for stage, more in (("stage-3", {}), ("stage-4", {"asked": ("strategic_director",)}))
        ),
    ],
)
def test_a_copy_on_which_a_question_decides_is_asked_for_where_the_alert_begins(
    at: At, name: str, kind: str, stage: str, post: str, more: dict[str, Any]
) -> None:
    """Nobody it is copied to in one case only vanishes because the stage is the first."""
    desk = at(name)
    gate: dict[str, Any] = {}
    if name == "unnamed-2015":
        gate = {"gate": "yes", "gate_told": "Both"}
    wish = {**gate, **more}
    doing = desk.doing("iro")
    raising = wanted(desk, kind, stage, **{k: v for k, v in more.items() if k != "asked"})
    raising = replace(raising, **gate, asked=more.get("asked", raising.asked))
    with desk.office.database.reading() as tx:
        form = prepare(desk.office, tx, doing.actor, raising).form
    (question,) = [one for one in form.fields() if one.id.startswith("copy_to_")]
    posts = {
        said: {one.post for one in sent(desk, kind, stage, **wish, **said_so).run.copied}
        for said, said_so in (("yes", {question.id: "yes"}), ("no", {question.id: "no"}))
    }
    assert posts["yes"] - posts["no"] == {post}


def test_a_post_that_several_lines_of_a_stage_name_gets_one_copy_in_one_place(
    tmp_path: Path,
) -> None:
    """The one who chairs, passes it on and is copied anyhow; two hold the post, so one has to be chosen."""
    named = "{id: stage-1, label: Stage 1, copy: iro_lead, tell: {role: iro_lead, of: council}, "
    steps = "steps: [{id: met, what: Meet, by: [iro_lead, team_manager], within: 5 working days}]}"
    procedure = PROCEDURE.replace(
        "  team_manager:", "  iro_lead: {title: IRO Lead, in_iro_service: true}\n  team_manager:", 1
    )
    first = procedure.index("      - id: stage-1")
    second = procedure.index("      - id: stage-2")
    procedure = f"{procedure[:first]}      - {named}{steps}\n{procedure[second:]}"
    furnished(tmp_path / "rooms", procedure.replace("    cap:", "    copy: iro_lead\n    cap:"))
    desk = open_desk(tmp_path / "data", council="sampleford", rooms=tmp_path / "rooms")
    add(desk, "lead_z", "iro_lead", "")
    raising = wanted(desk, "concern", "stage-1")
    with desk.office.database.reading() as tx:
        lines = prepare(desk.office, tx, desk.actor("iro"), raising).reached.lines
    copies = [line for line in lines if not line.is_asked]
    assert len(copies) == 1, [line.why for line in copies]
    assert copies[0].why == (
        "Stage 1 wants something of IRO Lead; Stage 1 copies IRO Lead; Stage 1 tells IRO Lead; "
        "Every formal stage copies IRO Lead"
    )
    desk.office.database.close()


def test_the_manager_on_the_first_form_is_asked_where_a_later_form_asks_for_none(
    tmp_path: Path,
) -> None:
    """Two managers of one council, and a stage with a form of its own."""
    stage = "id: stage-2\n        label: Stage 2\n"
    procedure = PROCEDURE.replace(stage, f"{stage}        form: further\n")
    procedure = procedure.replace("{any_of: [service_manager, team_manager]}", "team_manager")
    third = "      - {id: stage-3, label: Stage 3, answer: {from: team_manager, within: 5 working days}}"
    procedure = procedure.replace("        then: [cafcass]", third)
    rooms = tmp_path / "rooms"
    further = "title: Further\nsections:\n  - title: What\n    fields:\n      - {id: what, label: What, type: text}\n"
    folder = rooms / "form_templates/sampleford"
    folder.mkdir(parents=True)
    (folder / "further.yml").write_text(further, "utf-8")
    furnished(rooms, procedure)
    desk = open_desk(tmp_path / "data", council="sampleford", rooms=rooms)
    add(desk, "tm_z", "team_manager", "")
    found = sent(desk, "concern", "stage-1", team_manager="tm_z Sample")
    assert reached(found)[0] == {"tm_z"}
    for stage_id in ("stage-2", "stage-3"):
        climb = climbing(desk, found, stage_id, "No answer.")
        found = escalate(desk.office, found.id, climb, desk.doing("iro", found))
        assert found.alert.form == "further"
        assert reached(found)[0] == {"tm_z"}
    desk.office.database.close()


# -- any directory --------------------------------------------------------------------------------------------


def _other_people(desk: Desk, rng: Random) -> set[str]:
    """Nobody to three for each post outside the raising ones, anywhere, and one standing in for another."""
    procedure = council(desk.council).procedure
    inside = [role for role in procedure.roles if role not in procedure.raising_posts]
    with desk.office.database.writing() as tx:
        tx.execute(tables.holdings.delete().where(tables.holdings.c.post.in_(inside)))
        for role in inside:
            for number in range(rng.randrange(4)):
                who, team = f"{role}-{number}", rng.choice([TEAM, SOUTH, WEST, ""])
                person = DirectoryPerson(who, f"{who} Sample", f"{who}@practice.invalid")
                directory.add_person(tx, person, [(desk.council, role, team)], LONG_AGO)
        known = {one.id for one in directory.everybody(tx, desk.council)}
        away, cover = rng.sample(sorted(known - {*procedure.raising_posts}), 2)
        directory.add_cover(tx, away, cover, LONG_AGO, day("Wed 2025-12-31"))
    return known


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", IDS)
def test_whoever_is_sent_anything_or_can_open_it_is_named_somewhere(
    at: At, name: str, seed: int
) -> None:
    rng, desk = Random(seed), at(name)  # noqa: S311 - a directory made up, the same each time
    procedure = council(name).procedure
    known = _other_people(desk, rng)
    kind = next(one for one, row in procedure.kinds.items() if row.ladder in procedure.ladders)
    who = procedure.raising_posts[0]
    found = _raised_somehow(desk, kind, who)
    run = found.run.sent
    named = {one.id for one in (*run.asked, *run.copied) if one.id}
    with desk.office.database.reading() as tx:
        covers = {c.id for one in named for c in directory.covered_by(tx, one, desk.office.today)}
    to = [person for person, _, _ in desk.mails()]
    assert set(to) == named | {one for one in covers if desk.can_open(one, found)}
    assert len(to) == len(set(to))
    office = {"qa", "boss", who} | {p for p in known if p.split("-")[0] == "iro_manager"}
    deciding = {p for p in known if p.split("-")[0] in _own_side(desk)}
    readers = {one for one in known if desk.can_open(one, found)}
    assert readers <= named | covers | office | deciding
    assert named <= readers


def _own_side(desk: Desk) -> set[str]:
    roles = council(desk.council).procedure.roles
    return {name for name, role in roles.items() if role.own_side}


def _raised_somehow(desk: Desk, kind: str, who: str) -> Known:
    """As the form is filled by default; where there is something to choose, by hand."""
    gate = "no" if council(desk.council).procedure.gate else ""
    with suppress(BadAnswers):
        return sent(desk, kind, None, who, asked=(), gate=gate)
    chosen = (by_hand("Somebody"), by_hand("Somebody else"))
    return sent(desk, kind, None, who, asked=chosen, gate=gate, instead_reason="Not known.")
