"""Who somebody is today, in which posts and for whom, is one question to the store each time it is asked.

Of which alerts they are shut out, by an interest in the child, is another: the rows have nothing to do with posts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.directory.cover.absence_cover import Cover
from tests.helpers.product.office import Desk
from tests.helpers.product.statements import statements


@contextmanager
def questions() -> Iterator[list[str]]:
    """All that is asked of the store meanwhile but the beginning of a transaction."""
    with statements() as asked:
        yield asked
    asked[:] = [one for one in asked if not one.startswith("BEGIN")]


@pytest.mark.parametrize("who", ["iro", "manager", "director"])
def test_an_actor_is_one_question_and_what_they_are_shut_out_of_another(
    desk: Desk, who: str
) -> None:
    with desk.office.database.reading() as tx, questions() as asked:
        found = actor_in(desk.office, tx, who, "lambeth")
    assert found.posts
    assert ["shut_out" in one for one in asked] == [False, True], asked


def test_a_session_with_its_posts_is_one_question(desk: Desk) -> None:
    sign_in = desk.office.sign_in
    entered = sign_in.use(sign_in.issue_link("iro"))
    assert isinstance(entered, Entered)
    with questions() as asked:
        found = sign_in.glance(entered.session_token)
    assert found is not None
    assert found.posts == {("lambeth", "iro")}
    assert len(asked) == 1, asked


def test_several_posts_and_covers_do_not_multiply_one_another(desk: Desk) -> None:
    desk.give("iro_manager", "iro")
    day = desk.office.today + timedelta(days=3)
    for away in ("other_iro", "boss"):
        absence_cover.set_cover(desk.office, desk.actor("admin"), Cover(away, "iro", None, day))
    found = desk.actor("iro")
    assert found.posts == {"iro", "iro_manager"}
    assert found.covers_for == {"other_iro", "boss"}
    assert found.has_covered == {("other_iro", day), ("boss", day)}
    assert found.covered_posts == {"iro", "iro_manager"}


def test_whoever_holds_no_post_today_may_do_nothing_and_keeps_their_name(desk: Desk) -> None:
    with desk.office.database.reading() as tx:
        found = actor_in(desk.office, tx, "manager", "merton")
        nobody = actor_in(desk.office, tx, "made-up", "lambeth")
    assert (found.name, found.posts) == ("Manager Sample", frozenset())
    assert (nobody.name, nobody.posts) == ("", frozenset())
