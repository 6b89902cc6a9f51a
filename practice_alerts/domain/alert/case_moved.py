"""The events by which others are asked: of a case that moved, and of an alert sent on to whoever it is for."""

from datetime import date
from typing import Any, Literal

from practice_alerts.domain.alert.hearers import Heard, Person
from practice_alerts.domain.definition import Definition


class Replaced(Definition):
    """One answer on the form before and after the case moved, under the question's own words."""

    label: str
    was: str
    now: str


class AskedAnew(Heard):
    """Others are asked at the present stage, in place of those before. Clocks, stage and officer stay."""

    asked: tuple[Person, ...] = ()
    """Everybody who is asked at the present stage from now on."""
    copied: tuple[Person, ...] = ()
    """Everybody who has a copy at the present stage from now on."""
    gone: tuple[Person, ...] = ()
    """Those who have nothing to do with it any more: they keep what they were asked, and no more."""


class CaseMoved(AskedAnew):
    """Another worker, manager or team has the child from a day on."""

    kind: Literal["case_moved"] = "case_moved"
    since: date
    replaced: tuple[Replaced, ...]
    answers: dict[str, Any]
    """What stands on the form from now on."""
    reason: str


class Redirected(AskedAnew):
    """Somebody who says that it is not theirs is asked no more, and somebody else is. The form stays as it is."""

    kind: Literal["redirected"] = "redirected"
    whose: Person
    """Whoever was asked before."""
    to: Person
    reason: str = ""
    answers: dict[str, Any] = {}
    """What the council's form of the act asks beyond what every council's does."""

    @property
    def in_words(self) -> str:
        return f"Redirected: {self.to.in_words} is asked in place of {self.whose.in_words}"
