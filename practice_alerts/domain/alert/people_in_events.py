"""Everybody whom an event names."""

from practice_alerts.domain.alert.events import Event, Person, heard_of


def people_in(event: Event) -> tuple[Person, ...]:
    """Everybody whom the event names; whoever is asked comes after those who get a copy."""
    values = [getattr(event, name) for name in reversed(type(event).model_fields)]
    each = (one for value in values for one in (value if isinstance(value, tuple) else (value,)))
    heard = (one for told in heard_of(event) for one in told.people)
    return (*heard, *(one for one in each if isinstance(one, Person)))
