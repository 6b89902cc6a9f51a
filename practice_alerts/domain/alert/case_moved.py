"""The event of a case that moved: who has the child now, and who has no more."""

from datetime import date
from typing import Any, Literal

from practice_alerts.domain.alert.hearers import Heard, Person
from practice_alerts.domain.definition import Definition


class Replaced(Definition):
    """One answer on the form before and after the case moved, under the question's own words."""

    label: str
    was: str
    now: str


class CaseMoved(Heard):
    """Another worker, manager or team has the child from a day on. Clocks, stage and officer stay."""

    kind: Literal["case_moved"] = "case_moved"
    since: date
    replaced: tuple[Replaced, ...]
    answers: dict[str, Any]
    """What stands on the form from now on."""
    asked: tuple[Person, ...] = ()
    """Everybody who is asked at the present stage from now on."""
    copied: tuple[Person, ...] = ()
    """Everybody who has a copy at the present stage from now on."""
    gone: tuple[Person, ...] = ()
    """Those who have nothing to do with it any more: they keep what they were asked, and no more."""
    reason: str
