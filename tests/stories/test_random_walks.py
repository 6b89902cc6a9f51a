"""Random legal and illegal acts by random people at random moments, through every procedure and kind."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.adapters.store.office.directory import DirectoryPerson, add_cover, add_person
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.documents.export import whole_file
from practice_alerts.domain.acts.permissions import Act
from tests.helpers.days import day, moment
from tests.helpers.files.real_councils import IDS
from tests.helpers.product.office import LONG_AGO, POSTS, Desk, one_for_each_post, open_desk
from tests.helpers.stories.random_walk import Walk, begun

FOR_EVER = day("Fri 2027-12-31")
WALKS, STEPS = 10, 14
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A seed does not get simpler by being smaller."""


@pytest.fixture(scope="module", params=IDS)
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """A council with a second officer, somebody without a post, and people who stand in for others."""
    data: Path = tmp_path_factory.mktemp("walks")
    desk = open_desk(data, council=request.param)
    with desk.office.database.writing() as tx:
        for person, post in (("second", "iro"), ("stranger", "")):
            somebody = DirectoryPerson(person, f"{person.title()} Sample", f"{person}@x.invalid")
            add_person(tx, somebody, [(desk.council, post, "")] if post else (), LONG_AGO)
        worker = "worker" if desk.council == "lambeth" else "social_worker"
        for away, cover in (("iro", "second"), ("iro", worker), (worker, "second")):
            add_cover(tx, away, cover, LONG_AGO, FOR_EVER)
    if desk.council == "lambeth":
        desk.give("cp_chair", "other_iro")
    yield desk
    desk.office.database.close()


def everybody(desk: Desk) -> list[str]:
    files = desk.office.council(desk.council)
    posts = POSTS if desk.council == "lambeth" else one_for_each_post(files)
    return [*posts, "second", "stranger"]


def walked(office: Desk, rng: Random, start: int, steps: int) -> Walk:
    """An alert raised that many hours into 2025, and what became of it."""
    office.clock[:] = [moment("Wed 2025-01-01 00:30") + timedelta(hours=start)]
    walk = begun(office, rng, everybody(office))
    walk.check()
    for _ in range(steps):
        walk.pause()
        walk.act()
    return walk


@settings(max_examples=WALKS, phases=WITHOUT_SHRINKING)
@given(
    rng=st.randoms(use_true_random=True),
    start=st.integers(0, 24 * 600),
    steps=st.integers(STEPS // 2, STEPS),
)
def test_whatever_happens_there_is_a_way_on_and_nothing_is_lost(
    office: Desk, rng: Random, start: int, steps: int
) -> None:
    walk = walked(office, rng, start, steps)
    with office.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []
    assert whole_file(office.office, walk.found, walk.found.alert.officer.id).body


@pytest.mark.parametrize("seed", range(4))
def test_said_not_to_be_theirs_and_redirected_at_any_moment_it_goes_on(
    office: Desk, seed: int
) -> None:
    rng = Random(seed)  # noqa: S311 - a walk that can be walked again
    walk = walked(office, rng, 24 * seed, 2)
    for _ in range(STEPS):
        walk.pause()
        run, alert = walk.found.alert.run, walk.found.alert
        left = [one.id for one in run.yet_to_answer if one.id] if run and alert.is_open else []
        if run is None or not left:
            walk.act()
            continue
        said = {one.whose.id for one in run.not_theirs}  # once: again it would be refused
        says = () if left[0] in said else ((left[0], Act.NOT_THEIRS),)
        for who, act in (*says, (alert.officer.id, Act.REDIRECT)):
            typed = {"text": "No."} if act is Act.NOT_THEIRS else {"name": f"Robin {seed}"}
            doing = office.doing(who, walk.found)
            walk.found = VERBS[act](office.office, walk.found.id, typed, doing)
        assert left[0] not in {one.id for one in walk.found.run.sent.asked}
        walk.check()
    with office.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []
