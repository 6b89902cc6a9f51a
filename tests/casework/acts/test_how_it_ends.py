"""What closing asks follows from how it ends."""

from collections.abc import Mapping

import pytest

from practice_alerts.casework.acts import close, raise_alert
from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.casework.views.work_tray import to_do, tray
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.choices import CHANGES_ALONE, ENDINGS, ChangeForChild
from practice_alerts.domain.alert.events import Closed, EndingKind
from practice_alerts.domain.complete import complete
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.forms.form import Form
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.product.office import Desk

CHANGE = {"changes", "what_changed"}
CHILD = {"child_view", "child_view_how", "advocacy_told", "complaints_told", "against_wishes"}
WHY = {"ending_why"}
ASKED: Mapping[EndingKind, set[str]] = complete(
    EndingKind,
    {
        EndingKind.PUT_RIGHT: CHANGE | CHILD,
        EndingKind.EXPLANATION_ACCEPTED: CHANGE | CHILD | WHY,
        EndingKind.DECIDED_NOT_SATISFIED: CHANGE | CHILD | {"not_satisfied_why"},
        EndingKind.DECIDED_BY_COURT: CHANGE | CHILD | WHY,
        EndingKind.TAKEN_ON: CHANGE | CHILD | {"taken_on_by"},
        EndingKind.SHARED: {"what_changed"} | CHILD,
        EndingKind.NO_LONGER_OURS: {"what_changed"} | CHILD,
        EndingKind.MOVED_AUTHORITY: {"what_changed"} | CHILD | WHY,
        EndingKind.DIED: set(),
        EndingKind.WITHDRAWN: WHY,
        EndingKind.RAISED_IN_ERROR: WHY,
    },
)


def form_of(desk: Desk, found: Known) -> Form:
    with desk.office.database.reading() as tx:
        return act_form(desk.office, tx, found, Act.CLOSE)


def closed(desk: Desk, **answers: object) -> Closed:
    found = desk.raised("stage-1")
    told = close.close(desk.office, found.id, answers, desk.doing("iro", found)).alert.closed
    assert told is not None
    return told.model_copy(update={"heard": ()})


def test_each_ending_asks_just_what_can_be_said_of_it(desk: Desk) -> None:
    form = form_of(desk, desk.raised("stage-1"))
    for ending, wanted_ in ASKED.items():
        asked = {one.id for one in form.fields() if one.asked({"ending": ending.value})}
        assert asked - {"ending"} == wanted_, ending
        assert ("changes" in asked) == (ENDINGS[ending].asks == "change")
        assert ("what_changed" in asked) == (ENDINGS[ending].asks != "nothing")


def test_a_concern_and_good_practice_are_offered_their_own_endings(desk: Desk) -> None:
    praise = raise_alert.raise_alert(desk.office, wanted(desk, "good_practice"), desk.doing("iro"))
    offered = [
        set(form_of(desk, found).field("ending").choices)
        for found in (desk.raised("stage-1"), praise)
    ]
    assert offered[0] == set(EndingKind) - {EndingKind.SHARED}
    assert offered[1] == {"shared", "died", "withdrawn", "raised_in_error"}
    for ending, wrong in (("put_right", praise), ("shared", desk.raised("stage-1"))):
        told = act_answers.ending(ending, "Much.")
        with pytest.raises(BadAnswers, match="How does it end"):
            close.close(desk.office, wrong.id, told, desk.doing("iro", wrong))


@pytest.mark.parametrize("ending", [EndingKind.WITHDRAWN, EndingKind.RAISED_IN_ERROR])
def test_what_should_not_have_been_raised_asks_why_and_nothing_of_the_child(
    desk: Desk, ending: EndingKind
) -> None:
    told = closed(desk, ending=ending.value, ending_why="Twice.", what_changed="x", child_view="x")
    assert told == Closed(ending=ending, answers={"ending_why": "Twice."})


def test_after_a_death_nothing_is_asked(desk: Desk) -> None:
    assert closed(desk, ending="died", changes=["safer"]) == Closed(ending=EndingKind.DIED)


@pytest.mark.parametrize("change", ChangeForChild)
def test_what_nothing_else_can_be_true_beside_stands_alone(
    desk: Desk, change: ChangeForChild
) -> None:
    told = {**act_answers.ending("put_right", "Seen."), "look_again": "2025-07-01"}
    alone = closed(desk, **{**told, "changes": [change.value]})
    assert alone.changes == (change,)
    assert (alone.look_again is not None) == (change is ChangeForChild.NOT_KNOWN)
    other = next(one for one in ChangeForChild if one not in (change, *CHANGES_ALONE))
    both = {**told, "changes": [change.value, other.value]}
    if change in CHANGES_ALONE:
        with pytest.raises(BadAnswers, match="stands alone"):
            closed(desk, **both, case_number="S-9")
    else:
        assert closed(desk, **both).changes == (change, other)


def test_the_day_to_look_again_is_asked_and_lies_ahead(desk: Desk) -> None:
    told = {**act_answers.ending("put_right", "Seen."), "changes": ["not_known"]}
    with pytest.raises(BadAnswers, match="The day to look again"):
        closed(desk, **told)
    with pytest.raises(BadAnswers, match="today or a later day"):
        closed(desk, **told, look_again="2025-05-30")


def waits(desk: Desk, who: str = "iro") -> tuple[int, int, list[str]]:
    """How many they are to look at again, how many were closed lately, and who is written to."""
    sent = len(desk.mails())
    remind(desk.office)
    remind(desk.office)
    lists = tray(desk.office, desk.actor(who))
    parts = lists.part("look-again"), lists.part("closed")
    assert to_do(desk.office, desk.actor(who)) == parts[0].count
    written = [to for to, name, _ in desk.mails()[sent:] if name == "change_look_again"]
    return parts[0].count, parts[1].count, written


def test_what_is_not_known_yet_comes_back_on_its_day_until_it_is(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    told = {**act_answers.ending("put_right", "Seen."), "changes": ["not_known"]}
    said = {**told, "look_again": "2025-06-16"}
    found = close.close(desk.office, found.id, said, desk.doing("iro", found))
    assert waits(desk) == (0, 1, [])
    assert waits(desk.at("Mon 2025-06-16")) == (1, 0, ["iro"])
    assert waits(desk, "other_iro") == (0, 0, [])
    assert waits(desk.at("Fri 2025-06-20")) == (1, 0, [])
    assert waits(desk.at("Mon 2025-06-23")) == (1, 0, ["iro"])
    later = {"changes": ["not_known"], "look_again": "2025-07-07", "text": "The move is not over."}
    found = VERBS[Act.RECORD_CHANGE](desk.office, found.id, later, desk.doing("iro", found))
    assert waits(desk) == (0, 1, [])
    assert waits(desk.at("Mon 2025-07-07")) == (1, 0, ["iro"])
    known = {"changes": ["safer"], "text": "She lives with her aunt."}
    VERBS[Act.RECORD_CHANGE](desk.office, found.id, known, desk.doing("iro", found))
    assert waits(desk) == (0, 1, [])
    assert waits(desk.at("Mon 2025-07-14")) == (0, 1, [])
