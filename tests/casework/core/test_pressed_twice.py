"""A key counts as pressed before for the same person, alert and act alone, and an empty one for nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import closures
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.calendar import recalculate
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.views import wrong_readers
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Redated
from practice_alerts.domain.errors import NotAllowed, NotFound, Unsendable
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import Desk

DONE = act_answers.reply("It was done yesterday.", "done")
NOTE = {"text": "Seen."}


def events(desk: Desk) -> int:
    with desk.office.database.reading() as tx:
        return event_store.head(tx)[0]


def note(desk: Desk, found: Known, doing: Doing) -> Known:
    return VERBS[Act.NOTE](desk.office, found.id, NOTE, doing)


def end_every_post(desk: Desk, who: str) -> None:
    with desk.office.database.writing() as tx:
        mine = tables.holdings.c.person_id == who
        yesterday = desk.office.today - timedelta(days=1)
        tx.execute(tables.holdings.update().where(mine).values(until=yesterday))


PRESSES: dict[str, Callable[[Desk, Known, Doing], object]] = {
    "raise": lambda desk, _found, doing: raise_alert(desk.office, desk.raising(), doing),
    "note": note,
    "close": lambda desk, found, doing: close(
        desk.office, found.id, act_answers.ending("put_right", "All is well."), doing
    ),
    "let go": lambda desk, found, doing: wrong_readers.let_go(desk.office, found.id, doing),
}


@pytest.mark.parametrize("key", ["", " ", "\t\n", "a\x00b", "x" * 201], ids=repr)
@pytest.mark.parametrize("press", PRESSES)
def test_without_a_key_that_can_be_told_from_others_nothing_is_recorded(
    desk: Desk, press: str, key: str
) -> None:
    found = desk.raised()
    before = events(desk)
    with pytest.raises(Unsendable, match="nothing was recorded"):
        PRESSES[press](desk, found, Doing(desk.actor("iro"), key, found.alert.version))
    assert events(desk) == before


def test_one_key_on_two_alerts_is_two_acts(desk: Desk) -> None:
    one, two = desk.raised(), desk.raised()
    for found in (one, two):
        done = answer(desk.office, found.id, DONE, desk.doing("manager", found, "the key"))
        assert done.id == found.id
        assert done.alert.version == found.alert.version + 1


def test_one_key_for_two_acts_is_two_acts(desk: Desk) -> None:
    found = desk.raised()
    found = note(desk, found, desk.doing("iro", found, "the key"))
    closed = PRESSES["close"](desk, found, desk.doing("iro", found, "the key"))
    assert isinstance(closed, Known)
    assert not closed.alert.is_open


def test_the_key_of_another_is_no_press_of_mine(desk: Desk) -> None:
    found = desk.raised()
    noted = note(desk, found, desk.doing("iro", found, "the key"))
    again = note(desk, noted, desk.doing("boss", noted, "the key"))
    assert again.alert.version == noted.alert.version + 1


@pytest.mark.parametrize("who", ["elsewhere", "other_iro", "admin", "service"])
def test_a_used_key_opens_nothing(desk: Desk, who: str) -> None:
    found = desk.raised("stage-1", concerns="SECRET")
    answer(desk.office, found.id, DONE, desk.doing("manager", found, "k"))
    for version in (0, found.alert.version, found.alert.version + 1):
        with pytest.raises(NotFound):
            answer(desk.office, found.id, DONE, Doing(desk.actor(who), "k", version))


def test_the_key_of_a_raised_alert_raises_nothing_for_another_and_opens_nothing(desk: Desk) -> None:
    found = raise_alert(desk.office, desk.raising(), desk.doing("iro", act_key="k"))
    other = raise_alert(desk.office, desk.raising(), desk.doing("other_iro", act_key="k"))
    assert other.id != found.id
    with pytest.raises(NotAllowed):
        raise_alert(desk.office, desk.raising(), desk.doing("qa", act_key="k"))


def test_who_lost_every_post_since_sees_nothing_by_pressing_again(desk: Desk) -> None:
    found = desk.raised()
    answer(desk.office, found.id, DONE, desk.doing("manager", found, "k"))
    end_every_post(desk, "manager")
    with pytest.raises(NotFound):
        answer(desk.office, found.id, DONE, desk.doing("manager", found, "k"))


def test_pressing_again_what_is_no_longer_possible_is_still_done(desk: Desk) -> None:
    found = desk.raised()
    doing = desk.doing("iro", found, "k")
    ending = act_answers.ending("put_right", "All is well.")
    first = close(desk.office, found.id, ending, doing)
    assert close(desk.office, found.id, ending, doing).alert.version == first.alert.version


def test_what_was_kept_between_two_presses_is_no_draft_any_more(desk: Desk) -> None:
    found = desk.raised()
    doing, about = desk.doing("manager", found, "k"), f"answer:{found.id}"
    for _ in range(2):
        kept_drafts.keep(desk.office, "manager", about, dict(DONE))
        answer(desk.office, found.id, DONE, doing)
        assert kept_drafts.kept(desk.office, "manager", about) == {}


def test_nobody_stops_dates_from_moving_by_the_key_that_the_product_would_take(desk: Desk) -> None:
    found, other = desk.raised(), desk.raised()
    due = desk.dates(found)[0]
    assert due is not None
    with desk.office.database.writing() as tx:
        closures.put_down(tx, [closures.Closure("lambeth", due, "The offices are shut.")])
    calendar = desk.office.calendar("lambeth").version
    key = f"redated:{found.id}:{found.alert.version}:{calendar}"
    note(desk, other, desk.doing("iro", other, key))
    recalculate.redate(desk.office, "lambeth")
    moved = desk.see("iro", found).known.alert.happened[-1].what
    assert isinstance(moved, Redated)
    assert moved.moved[0].was == due
