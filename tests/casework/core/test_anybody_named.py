"""Under any procedure, in any office: who is written to, and who can open an alert, is named for it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core import actors
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Person, Sent, Told, heard_of
from practice_alerts.domain.forms.form import NOBODY
from practice_alerts.domain.procedure.posts import Who
from practice_alerts.domain.procedure.procedure import Procedure
from tests.helpers.product.office import Desk
from tests.helpers.stories.any_council import (
    ID,
    Played,
    any_office,
    any_procedure,
    files_of,
)

EXAMPLES = 40
MOVES = 4
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A seed does not get simpler by being smaller."""


@settings(max_examples=EXAMPLES, phases=WITHOUT_SHRINKING)
@given(rng=st.randoms(use_true_random=True))
def test_whoever_is_written_to_or_can_open_it_is_named_for_it(rng: Random) -> None:
    procedure = any_procedure(rng)
    note(str(procedure))
    with TemporaryDirectory() as data:
        played = Played(any_office(rng, Path(data), files_of(procedure)), rng)
        try:
            assert _one_alert(played) == MOVES
        finally:
            played.desk.office.database.close()


def _one_alert(played: Played) -> int:
    """How many acts were looked at."""
    before: Counter[str] = Counter()
    what, events = "raised", 0
    for move in range(MOVES):
        if move:
            what = played.goes_on()
        else:
            played.raised()
        note(f"{what}: {[one.what for one in played.known.alert.happened[events:]]}")
        written = _written_to(played.desk)
        _each_once(played, events, written - before)
        _readers_are_named(played)
        _those_named_are_meant(played)
        before, events = written, played.known.alert.version
    return move + 1


def _written_to(desk: Desk) -> Counter[str]:
    with desk.office.database.reading() as tx:
        return Counter(row.person_id for row in tx.execute(tables.outbox.select()))


def _each_once(played: Played, events: int, mails: Counter[str]) -> None:
    """Nobody twice for one act; whoever is sent it, copied or told, all of them; nobody else but covers."""
    assert set(mails.values()) <= {1}
    alert, desk = played.known.alert, played.desk
    new = alert.happened[events:]
    named = {person.id for one in new for person in _people_of(one.what)} - {""}
    also = {alert.officer.id}
    if any(one.kind in {"closed", "reopened"} for one in new) and alert.run is not None:
        also |= {one.id for one in (*alert.run.sent.asked, *alert.run.copied, *alert.run.invited)}
        also |= {one.id for one in alert.people_copied}
    by = new[-1].by
    assert named - {by} <= set(mails)
    assert set(mails) <= named | also | _covers(desk, named | also)


def _people_of(event: object) -> Iterator[Person]:
    if isinstance(event, Sent):
        yield from (*event.asked, *event.copied)
    for told in _told(event):
        yield from told.people


def _told(event: object) -> tuple[Told, ...]:
    return heard_of(event) if event is not None else ()  # type: ignore[arg-type]


def _covers(desk: Desk, people: set[str]) -> set[str]:
    with desk.office.database.reading() as tx:
        today = desk.office.today
        return {one.id for who in people if who for one in directory.covered_by(tx, who, today)}


def _readers_are_named(played: Played) -> None:
    """Whoever can open it: named, standing in for somebody named, of the office, or one who reviews or escalates."""
    desk, known = played.desk, played.known
    alert = known.alert
    named = {one.id for one in (*alert.people_asked, *alert.people_copied, alert.officer)} - {""}
    deciding = known.rules.named(alert).here
    with desk.office.database.reading() as tx:
        everybody = [
            actors.actor_in(desk.office, tx, one.id, ID) for one in directory.everybody(tx, ID)
        ]
    readers = {one.id for one in everybody if known.may(one, Act.SEE)}
    by_post = {one.id for one in everybody if one.posts & {"iro_manager", "qa_lead", *deciding}}
    assert named <= readers
    assert readers <= named | _covers(desk, named) | by_post


def _those_named_are_meant(played: Played) -> None:
    """They hold a post that the file names there, for the child's team; or are on the form; or were chosen."""
    files, alert = played.known.files, played.known.alert
    procedure, answers = files.procedure, alert.answers
    on_form = {answers.get("social_worker"), answers.get("team_manager")}
    for run in alert.runs:
        wanted = _posts_at(procedure, run.stage)
        for one in (*run.sent.asked, *run.sent.copied):
            if not one.id or one.id in played.chosen or one.name in on_form:
                continue
            assert {post for post, _ in _held(played.desk, one.id)} & wanted, one
            if one in run.sent.asked:
                assert not _is_in_place_of_somebody_named(played, one), one
                assert not _is_of_another_team(played, one, str(answers["team"])), one


def _held(desk: Desk, who: str) -> tuple[tuple[str, str], ...]:
    with desk.office.database.reading() as tx:
        held = directory.posts_of(tx, who, desk.office.today)
    return tuple((one.post, one.team) for one in held)


def _posts_at(procedure: Procedure, stage_id: str) -> set[str]:
    """Every post that can be meant by anything said of the stage, whoever stands in among them."""
    ladder = procedure.main_ladder
    stage = ladder.stage(stage_id)
    named: list[Who | None] = [procedure.asked_at(stage), stage.copy_, stage.tell, ladder.copy_]
    named += [stage.answer.to if stage.answer else None, stage.judged_by]
    named += [who for step in stage.steps for who in (step.by, step.with_, step.chair)]
    # Where the form says that there is nobody, whoever the next stages name.
    later = ladder.stages[ladder.place(stage_id) :]
    named += [procedure.asked_at(one) for one in later]
    found = {role for who in named if who for role in who.roles}
    for _ in procedure.roles:
        found |= {
            stand
            for role in found & set(procedure.roles)
            if (stand := procedure.roles[role].stands_in)
        }
    if not procedure.asked_at(stage).posts:
        found |= {name for name, role in procedure.roles.items() if not role.own_side}
    return found


def _is_of_another_team(played: Played, person: Person, team: str) -> bool:
    """Is this person of another team, and everything the file asks of the child's own?"""
    stages = played.known.files.procedure.main_ladder.stages
    asked = [played.known.files.procedure.asked_at(one) for one in stages]
    of = {post.of.value for who in asked for post in who.each}
    teams = {held for _, held in _held(played.desk, person.id)}
    return of == {"child"} and not teams & {team, ""}


def _is_in_place_of_somebody_named(played: Played, person: Person) -> bool:
    """Is this person asked in a post for which the form names another, wherever the child's own is meant?"""
    procedure, answers = played.known.files.procedure, played.known.alert.answers
    asked = [procedure.asked_at(one) for one in procedure.main_ladder.stages]
    of = {post.of.value for who in asked for post in who.each}
    named = {
        procedure.title_of(post): answers.get(post) for post in ("social_worker", "team_manager")
    }
    name = named.get(person.post) or NOBODY
    return of == {"child"} and name not in {NOBODY, person.name}
