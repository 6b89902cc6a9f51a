"""Under any procedure, in any office: who is written to, and who can open an alert, is named for it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import Phase, example, given, note, settings
from hypothesis import strategies as st

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core import actors
from practice_alerts.casework.core.who_gets_it import by_hand
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import (
    Corrected,
    Escalated,
    Event,
    Happened,
    Held,
    Person,
    ResponseReviewed,
    Sent,
    Told,
    heard_of,
)
from practice_alerts.domain.alert.hearers import Occasion
from practice_alerts.domain.procedure.ladder import Stage
from tests.helpers.product.office import Desk
from tests.helpers.stories.any_council import BESIDE, Played, any_office
from tests.helpers.stories.any_procedure import ID, any_procedure, files_of
from tests.helpers.stories.whom_it_means import Meaning, Place

EXAMPLES = 100
MOVES = 4
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A seed does not get simpler by being smaller."""


@settings(max_examples=EXAMPLES, phases=WITHOUT_SHRINKING)
@example(rng=Random(285))  # noqa: S311 - two are consulted at once, on leaving and on coming
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
        new = played.known.alert.happened[events:]
        note(f"{what}: {[one.what for one in new]}")
        written = _written_to(played.desk)
        everybody = _everybody(played.desk)
        readers = {one.id for one in everybody if played.known.may(one, Act.SEE)}
        _each_once(played, new, written - before, readers)
        assert set(written - before) <= readers, "written to, and cannot open it"
        _readers_are_named(played, everybody, readers)
        _those_asked_have_their_link(played)
        for one in new:
            _those_named_are_meant(played, one)
        before, events = written, played.known.alert.version
    return move + 1


def _written_to(desk: Desk) -> Counter[str]:
    with desk.office.database.reading() as tx:
        return Counter(row.person_id for row in tx.execute(tables.outbox.select()))


def _each_once(
    played: Played, new: Sequence[Happened], mails: Counter[str], readers: set[str]
) -> None:
    """Nobody twice for one act; whoever is sent it, copied or told, all of them, and who covers; nobody else."""
    assert set(mails.values()) <= {1}
    alert, desk = played.known.alert, played.desk
    sent = {one.id for event in new for one in _people_sent(event.what)} - {""}
    told = {one.id for event in new for heard in _told(event.what) for one in heard.people} - {""}
    also = {alert.officer.id}
    if any(one.kind in {"closed", "reopened"} for one in new) and alert.run is not None:
        also |= {one.id for one in (*alert.run.sent.asked, *alert.run.doing)}
        also |= {one.id for one in (*alert.run.copied, *alert.run.invited)}
        also |= {one.id for one in alert.people_copied}
    also |= {one.id for event in new for one in _hear_the_outcome(alert, event.what)}
    by = new[-1].by
    assert (sent | told) - {by} <= set(mails)
    assert _covers(desk, sent | told) & readers <= set(mails)
    assert set(mails) <= sent | told | also | _covers(desk, sent | told | also)


def _hear_the_outcome(alert: Alert, event: Event | None) -> Sequence[Person]:
    """Those whose answer was refused, held on to or gone past, or what was asked of whom was corrected."""
    if isinstance(event, ResponseReviewed | Held | Escalated):
        return [one for run in alert.runs if run.stage == event.stage for one in run.sent.asked]
    return alert.run.sent.asked if isinstance(event, Corrected) and alert.run else ()


def _people_sent(event: object) -> Iterator[Person]:
    if isinstance(event, Sent):
        yield from (*event.asked, *event.copied)


def _told(event: object) -> tuple[Told, ...]:
    return heard_of(event) if event is not None else ()  # type: ignore[arg-type]


def _by_occasion(event: object) -> Iterator[Told]:
    """On going on two may be consulted, on leaving and on coming: who hears of both is looked at together."""
    each: dict[tuple[Occasion, str], Told] = {}
    for told in _told(event):
        before = each.get((told.occasion, told.step))
        people = (*(before.people if before else ()), *told.people)
        each[told.occasion, told.step] = told.model_copy(update={"people": people})
    yield from each.values()


def _covers(desk: Desk, people: set[str]) -> set[str]:
    with desk.office.database.reading() as tx:
        today = desk.office.today
        return {one.id for who in people if who for one in directory.covered_by(tx, who, today)}


def _readers_are_named(played: Played, everybody: Sequence[Actor], readers: set[str]) -> None:
    """Whoever can open it: named, in for somebody named, of the office, or who reviews, escalates or does a step."""
    desk, known = played.desk, played.known
    alert = known.alert
    named = {one.id for one in (*alert.people_asked, *alert.people_told, alert.officer)} - {""}
    by_rule = known.rules.named(alert)
    by_post = {
        one.id
        for one in everybody
        if one.posts & {"iro_manager", *by_rule.looking_on, *by_rule.doing}
    }
    assert named <= readers
    assert readers <= named | _covers(desk, named) | by_post


def _everybody(desk: Desk) -> list[Actor]:
    with desk.office.database.reading() as tx:
        every = [*directory.everybody(tx, ID), *directory.everybody(tx, BESIDE)]
        return [actors.actor_in(desk.office, tx, one.id, ID) for one in every]


def _those_asked_have_their_link(played: Played) -> None:
    """For an answer, for a step or for both: each of them one for each time, and nobody else; somebody typed none."""
    asked = [
        (run.stage, who)
        for run in played.known.alert.runs
        for who in {one.id for one in (*run.sent.asked, *run.doing)} - {""}
    ]
    with played.desk.office.database.reading() as tx:
        links = [(row.stage, row.person_id) for row in tx.execute(tables.askings.select())]
    assert Counter(links) == Counter(asked)


# ------------------------------------------------------------------------------------------- who is meant


def _those_named_are_meant(played: Played, happened: Happened) -> None:
    event, ladder = happened.what, played.known.files.procedure.main_ladder
    meaning = Meaning(played.desk, played.known)
    if isinstance(event, Sent):
        _sent_as_meant(played, meaning, event)
    run = played.known.alert.run
    stage = event.stage if isinstance(event, Sent) else run.stage if run else ""
    for told in _by_occasion(event):
        at = ladder.stage(stage) if stage else None
        _told_as_meant(played, told, meaning, (at, getattr(event, "route", "")), happened.by)


def _sent_as_meant(played: Played, meaning: Meaning, sent: Sent) -> None:
    """Those meant are asked and copied, and of several the one who was chosen; whoever is typed is told by hand."""
    stage = played.known.files.procedure.main_ladder.stage(sent.stage)
    asked, copied = meaning.asked(stage), meaning.copied(stage)
    now = {one.id for one in sent.asked if one.id}
    copies = {one.id for one in sent.copied if one.id}
    assert now - played.chosen <= _sure(asked), "asked and not meant"
    assert copies - played.chosen <= _sure(copied), "copied and not meant"
    assert _sure(copied) <= now | copies, "meant and not copied"
    chosen = {one.removeprefix(by_hand("")) for one in played.chosen}
    typed = {one.name for one in sent.asked if not one.id}
    if not chosen & (now | typed):
        assert _sure(asked) <= now, "meant and not asked"
        assert _typed(asked) == typed, "asked by hand"


def _told_as_meant(
    played: Played, told: Told, meaning: Meaning, where: tuple[Stage | None, str], by: str
) -> None:
    """Of several who can be meant it is whoever has it already, and nobody where that is none or several."""
    alert, places = played.known.alert, meaning.told(told, *where)
    if told.occasion is Occasion.STEP:
        _step_as_meant(played, told, places, meaning.able(told, *where))
        return
    has_it = {one.id for one in (*alert.people_asked, *alert.people_copied)}
    people = {one.id for one in told.people if one.id}
    having = has_it & meaning.able(told, *where) if any(one.is_open for one in places) else set()
    assert people <= _sure(places) | having, "told and not meant"
    if told.occasion is not Occasion.MEETING:
        assert _sure(places) - {by} <= people, "meant and not told"


def _step_as_meant(
    played: Played, told: Told, places: Sequence[Place], able: frozenset[str]
) -> None:
    """As whoever else is told; only where somebody of the post was asked in place of those meant, it is they."""
    alert, run = played.known.alert, played.known.run
    people = {one.id for one in told.people if one.id}
    asked, here = ({one.id for one in them} for them in (run.sent.asked, run.sent.copied))
    has_it = {one.id for one in (*alert.people_asked, *alert.people_copied)}
    is_open = any(one.is_open for one in places)
    assert people <= _sure(places) | able & (has_it if is_open else asked), "told and not meant"
    for place in places:
        if not place.sure <= people:
            assert not place.sure & (asked | here), "meant and not told"
            assert people & asked & able, "nobody told in their place"


def _sure(places: Sequence[Place]) -> frozenset[str]:
    return frozenset(one for place in places for one in place.sure)


def _typed(places: Sequence[Place]) -> set[str]:
    return {one for place in places if not place.open for one in place.by_hand}
