"""What was answered on the form of an act, read back from the event that it became."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from practice_alerts.domain.acts.act_rows import ACT_OF_KIND, ACTS
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import (
    AnswerRecorded,
    Corrected,
    DateAgreed,
    DoneByHand,
    DrafterNamed,
    Event,
    Happened,
    Linked,
    Overridden,
    Part,
    Person,
    Redirected,
    StepDone,
)
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import LONDON


def printed_acts(alert: Alert) -> tuple[Happened, ...]:
    """The acts that have a document of their own, the earliest first."""
    return tuple(event for event in alert.happened if printed_form(event.kind))


def printed_form(kind: str) -> str:
    """The name of the form whose document tells of such an event; empty where there is none."""
    act = ACT_OF_KIND.get(kind)
    return act.form if act and act.printed else ""


def answers_of(event: Event) -> dict[str, Any]:
    """The answers under the ids of the act's form, as they were sent: days as ISO texts, "yes" and "no".

    What was not asked or not answered is left out. Empty for an event that no form leads to.
    """
    act = ACT_OF_KIND.get(event.kind)
    if act is None:
        return {}
    same = [name for name in (*act.needs, *act.may) if name in type(event).model_fields]
    own = {name: _written(getattr(event, name)) for name in same}
    if type(event) in _APART:
        own |= _APART[type(event)](event)
    return {
        **{name: value for name, value in own.items() if value},
        **getattr(event, "answers", {}),
    }


def _written(value: Any) -> str | list[str]:
    """As a form sends it."""
    if isinstance(value, tuple):
        return [str(_written(one)) for one in value]
    if value is Part.SHARED:  # as it is where nothing is said
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Person):
        return value.id
    return "" if value is None else str(value)


def _moment(when: datetime | None) -> dict[str, str]:
    """Day and time of day in London, as two questions ask for them."""
    if when is None:
        return {}
    here = when.astimezone(LONDON)
    return {"on": here.date().isoformat(), "at": f"{here:%H:%M}"}


_APART: Mapping[type[Event], Callable[[Any], dict[str, Any]]] = complete(
    [
        *(row.event for row in ACTS.values() if row.knows - set(row.event.model_fields)),
        DateAgreed,  # whose last question is asked only where a procedure has two totals
    ],
    {
        AnswerRecorded: lambda it: {
            "on": _moment(it.received)["on"],
            "answered_by": it.by.name if it.whose and it.by != it.whose else "",
        },
        StepDone: lambda it: {"took_place": _written(it.needed), **_moment(it.took_place)},
        Overridden: lambda it: _moment(it.told_at),
        DoneByHand: lambda it: {
            "whom": f"{it.sent}:{it.name}, {it.post}",
            "entered": _written(it.joined is not None),
        },
        DrafterNamed: lambda it: {"name": it.to.name},
        Redirected: lambda it: {"name": "" if it.to.id else it.to.name},
        # The other's reference stands with the other alone.
        Linked: lambda it: {"said": "linked" if it.stands else "apart"},
        DateAgreed: lambda it: {"exceptional": "yes" if it.exceptional else ""},
        Corrected: lambda it: {"question": f"{it.number}:{it.field}"},
    },
)
"""What an act knows and its event keeps in another way than under the name of the form's field."""
