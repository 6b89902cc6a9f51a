"""What is said of an alert that is restricted, or with which somebody disagrees."""

from collections.abc import Iterator
from datetime import date

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.restricted import (
    Restricted,
    RestrictionConfirmed,
    RestrictionEvent,
    RestrictionLifted,
)
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.standing.how_long_kept import is_disputed, statements
from practice_alerts.domain.text import joined

DISPUTED = (
    "Its accuracy is disputed: until that is settled it is used only to put things right for the child, and passed on"
    " to nobody who need not act."
)


def restriction_told(event: RestrictionEvent) -> tuple[str, str]:
    """What happened, and why."""
    match event:
        case Restricted():
            return f"Restricted who may open it. {_who(event)}", event.reason
        case RestrictionConfirmed():
            return "Confirmed that it is restricted", event.text
        case RestrictionLifted() if event.stands:
            return "Lifted the restriction: a second person has said so", event.reason
        case RestrictionLifted():
            return "Said that the restriction is no longer needed", event.reason


def restriction_warning(alert: Alert, today: date) -> tuple[str, ...]:
    """What whoever opens it has to know first; nothing of an alert that is open to all whom it concerns."""
    found = alert.restriction
    if found is None:
        return ()
    names = {one.id: one.name for one in alert.people_named.values()}
    state = "" if found.confirmed_at else f" {found.what.second.name} has not confirmed it yet."
    if found.lifted_by:
        who = names.get(found.lifted_by, "One person")
        state += f" {who} has said that it is no longer needed; a second person has to say so."
    says = (
        "Restricted: only the people named, the reviewing officer and those asked may open it."
        " Speak of it to nobody else."
    )
    if found.what.look_again <= today:
        state += " That day has come: restrict it anew with another day, or say that it is no longer needed."
    return (f"{says} {_who(found.what)}{state}",)


def _who(what: Restricted) -> str:
    named = [one.in_words for one in what.named]
    readers = f" Named to read it: {joined(named)}." if named else ""
    second, stand_in = what.second.in_words, what.stand_in.in_words
    return (
        f"Second person: {second}. Acts for the officer: {stand_in}.{readers}"
        f" To be looked at again on {in_full(what.look_again)}."
    )


def dispute_lines(alert: Alert) -> Iterator[str]:
    """That it is disputed, then what each said; nothing of an alert with which nobody disagrees."""
    if is_disputed(alert):
        yield DISPUTED
    for at, what in statements(alert):
        yield f"{what.reference} disagrees with what is written ({in_full(at)}): {what.reason}"
