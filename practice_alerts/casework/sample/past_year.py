"""What was raised and closed in the year and more before: without it a report would have nothing to count."""

from collections.abc import Sequence
from contextlib import suppress

from practice_alerts.casework.sample.tales import CouncilAtWork, Tale
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import EndingKind, LateReason
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.procedure.ladder import Stage

_FIRST, _EVERY, _LAST = 32, 11, 420
"""Working days before today: past what is still open, and back beyond the beginning of last year."""
_WHY_LATE = (*LateReason, "")
_MISSED = 9
"""Working days after which an answer is late at any stage with a day for it."""


def tell_past_year(council: CouncilAtWork) -> None:
    """One every other week, with an ending of each kind; of those that ask for something none is open any more."""
    for place, ago in enumerate(range(_FIRST, _LAST, _EVERY)):
        with suppress(Expected):
            _WAYS[place % len(_WAYS)](council, ago)


def _at_first(council: CouncilAtWork, ago: int, which: int = 0) -> Tale:
    stages: Sequence[Stage] = council.stages(lambda one: one.answer is not None)
    return council.begin().raised(ago, stages[which % len(stages)])


def _put_right(council: CouncilAtWork, ago: int) -> None:
    tale = _at_first(council, ago, council.told)
    tale.answered(ago - 2, tale.theme.done, "done")
    tale.closed(ago - 5, EndingKind.PUT_RIGHT, child_view=tale.said(tale.theme.view))


def _put_right_late(council: CouncilAtWork, ago: int) -> None:
    tale = _at_first(council, ago, 1)
    why = _WHY_LATE[tale.number % len(_WHY_LATE)]
    tale.answered(ago - _MISSED, tale.theme.done, "done", late_why=why)
    tale.closed(ago - _MISSED - 2, EndingKind.PUT_RIGHT)


def _climbed(council: CouncilAtWork, ago: int) -> None:
    tale = _at_first(council, ago)
    tale.answered(ago - 2, tale.theme.poor).not_satisfactory(ago - 4).escalated(ago - 4)
    tale.answered(ago - 6, tale.theme.done, "done").put_right(ago - 8)
    tale.closed(ago - 9, EndingKind.PUT_RIGHT)


def _promised(council: CouncilAtWork, ago: int) -> None:
    tale = _at_first(council, ago).promised(ago - 2, ago - 10).held(ago - 3, ago - 10)
    kept = tale.number % 2
    tale.put_right(ago - 9 - 3 * kept)
    tale.closed(ago - 14, EndingKind.PUT_RIGHT)


def _never_answered(council: CouncilAtWork, ago: int) -> None:
    tale = _at_first(council, ago, 1).escalated(ago - _MISSED)
    tale.answered(ago - _MISSED - 1, tale.theme.done, "done")
    tale.closed(ago - _MISSED - 4, EndingKind.PUT_RIGHT)


def _taken_on(council: CouncilAtWork, ago: int) -> None:
    tale = _at_first(council, ago).answered(ago - 2, "It cannot be done.", "will_not_be_done")
    tale.not_satisfactory(ago - 4)
    if not tale.found.routes:
        tale.closed(ago - 6, EndingKind.NO_LONGER_OURS, "{child} lives with an aunt now.")
        return
    tale.do(Act.REFER, ago - 5, route=tale.found.routes[0], reason=tale.said(tale.theme.why_poor))
    taken = {"taken_on_by": "A named officer there"}
    tale.closed(ago - 12, EndingKind.TAKEN_ON, "{child} has somebody independent now.", **taken)


def _withdrawn(council: CouncilAtWork, ago: int) -> None:
    why = {"ending_why": "It had been done the day before."}
    _at_first(council, ago).closed(ago - 1, EndingKind.WITHDRAWN, **why)


def _praised(council: CouncilAtWork, ago: int) -> None:
    kinds = (name for name, one in council.procedure.kinds.items() if one.ladder is None)
    kind = next(kinds, "")
    if kind:
        tale = council.begin().raised(ago, kind=kind)
        tale.closed(ago - 6, EndingKind.SHARED, "Others work so by now.")


_WAYS = (
    *(_put_right, _climbed, _put_right_late, _promised, _put_right, _never_answered),
    *(_put_right, _taken_on, _climbed, _withdrawn, _put_right, _praised),
)
