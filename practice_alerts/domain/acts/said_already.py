"""What somebody has said and need not say again: it is offered no more, and refused where it comes all the same."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from practice_alerts.domain.acts.act_forms import may_answer_for
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import DrafterNamed, Person
from practice_alerts.domain.alert.stage_run import StageRun


@dataclass(frozen=True, slots=True)
class _Limit:
    """How often one person who is asked says so at a stage, or somebody for them; each writes to somebody."""

    most: int
    said: Callable[[StageRun], Iterable[Person]]
    """Whose it was, each time."""
    sentence: str


_NOT_THEIRS: Final = _Limit(
    1,
    lambda run: (one.whose for one in run.not_theirs),
    "It is said already that this is not theirs, and the officer has been told. What there is to add, ask"
    " as a question.",
)
_QUESTIONS: Final = _Limit(
    3,
    lambda run: (one.whose for _, one in run.open_questions.values()),
    "3 questions asked here have no answer yet, and the officer has been told of each. Wait for an answer,"
    " then ask again.",
)
_DRAFTERS: Final = _Limit(
    5,
    lambda run: (one.whose for _, one in run.talk if isinstance(one, DrafterNamed)),
    "5 people have been named to draft this answer at this stage. Write it yourself, or with whoever was"
    " named last.",
)


def _limit_of(act: Act) -> _Limit | None:
    match act:
        case Act.NOT_THEIRS:
            return _NOT_THEIRS
        case Act.ASK_QUESTION:
            return _QUESTIONS
        case Act.NAME_DRAFTER:
            return _DRAFTERS
        case _:
            return None


def said_already(actor: Actor, act: Act, alert: Alert) -> str | None:
    """Why this person has nothing left to say so; None where they have."""
    restriction = alert.restriction
    if act is Act.LIFT_RESTRICTION and restriction and restriction.lifted_by == actor.id:
        return "You have said so already. It ends once a second person has said the same."
    if _limit_of(act) is None:
        return None
    each = [said_for(act, alert, one) for one in may_answer_for(actor, alert)]
    return each[0] if each and all(each) else None


def said_for(act: Act, alert: Alert, whose: Person | None) -> str | None:
    """The same of one person who is asked."""
    limit = _limit_of(act)
    if limit is None or alert.run is None or whose is None:
        return None
    often = sum(_known_by(one) == _known_by(whose) for one in limit.said(alert.run))
    return limit.sentence if often >= limit.most else None


def _known_by(one: Person) -> tuple[str, str]:
    """Outside the directory one is known by the post alone."""
    return one.id, one.id or one.post


_OF_RESTRICTION = frozenset({Act.CONFIRM_RESTRICTION, Act.LIFT_RESTRICTION})


def of_restriction(act: Act, alert: Alert) -> str | None:
    if act in _OF_RESTRICTION and alert.restriction is None:
        return "The alert is not restricted."
    confirmed = alert.restriction is not None and alert.restriction.confirmed_at is not None
    if act is Act.CONFIRM_RESTRICTION and confirmed:
        return "The restriction is confirmed already."
    return None
