"""Whoever may open an alert that is restricted: by name, and nobody by post."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import (
    AskedAnew,
    DoneByHand,
    Event,
    Person,
    Reopened,
    Sent,
    heard_of,
)
from practice_alerts.domain.alert.restricted import Restriction
from practice_alerts.domain.standing.case_moves import former


class LetIn(StrEnum):
    """On what account somebody may open a restricted alert."""

    NAMED = "named"
    STANDS_IN = "stands_in"
    ASKED = "asked"
    """Or told, or its officer: while that lasts."""


KEEPS_RECORDS: Final = "information_officer"
"""The post whose holders open what is locked apart."""


def is_let_in(who: str, posts: Collection[str], alert: Alert) -> bool:
    """Is it not restricted, or to them? A record that is locked apart opens for a post, so that it outlives its holder."""
    if alert.restriction is None:
        return True
    if alert.restriction.is_locked:
        return KEEPS_RECORDS in posts
    return who in who_is_let_in(alert)


def who_is_let_in(alert: Alert) -> dict[str, LetIn]:
    """Everybody who is, by id, and on what account; nobody where the alert is not restricted.

    Its officer, those named, those asked when it was restricted, and those asked or told since. Where a closed one goes on,
    whoever was to answer at that stage is to answer again. Whoever was asked at an earlier stage, told or copied before
    has to be named.
    """
    if alert.restriction is None:
        return {}
    if alert.restriction.is_locked:
        return {alert.restriction.entry.by: LetIn.NAMED}
    named = dict.fromkeys(alert.restriction.named_ids, LetIn.NAMED)
    stands_in = {alert.restriction.what.stand_in.id: LetIn.STANDS_IN}
    has_to_do = dict.fromkeys(
        {alert.officer.id, *_asked(alert, alert.restriction)} - {""}, LetIn.ASKED
    )
    return has_to_do | named | stands_in


def _asked(alert: Alert, restriction: Restriction) -> frozenset[str]:
    """Those asked when it was restricted, and those asked or told since."""
    since = restriction.entry.number
    reached = {
        person.id
        for event in alert.happened
        if event.number > since and event.what is not None
        for person in _reached_by(event.what)
    }
    return (restriction.asked | reached | _asked_again(alert, since)) - {*former(alert)}


def _asked_again(alert: Alert, since: int) -> frozenset[str]:
    """Whoever has to answer since it was reopened."""
    found: set[str] = set()
    for event in alert.happened:
        if event.number > since and isinstance(event.what, Reopened):
            before = [run for run in alert.runs if run.number < event.number]
            found |= {one.id for run in before[-1:] for one in run.sent.asked}
    return frozenset(found)


def _reached_by(what: Event) -> tuple[Person, ...]:
    heard = tuple(person for told in heard_of(what) for person in told.people)
    match what:
        case Sent() | AskedAnew():
            return (*heard, *what.asked, *what.copied)
        case DoneByHand() if what.joined is not None:
            return (what.joined,)
        case _:
            return heard
