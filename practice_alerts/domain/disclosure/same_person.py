"""Is an alert about the child that is meant, or does the member of staff stand in it?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.dates import read_day
from practice_alerts.domain.disclosure.disclosed import PersonMeant
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Form, FormField
from practice_alerts.domain.forms.names_in_text import plain_words
from practice_alerts.domain.seeing.interests import is_same_name
from practice_alerts.domain.text import plain_number, texts_in

_Said = dict[FieldType, list[str]]


def is_about(meant: PersonMeant, alert: Alert, forms: Iterable[Form]) -> bool:
    """By any number, or any name with a birth date, that stands in a question which the form marks as the child's."""
    said = _of_the_child(alert, forms)
    number = plain_number(meant.case_number)
    if number and number in map(plain_number, said[FieldType.REFERENCE]):
        return True
    days = {read_day(day) for day in said[FieldType.DATE]}
    return meant.born is not None and meant.born in days and _has_name(meant, said)


def may_be_about(meant: PersonMeant, alert: Alert, forms: Iterable[Form]) -> bool:
    """Does the name alone agree, and nothing say that it is another child?"""
    said = _of_the_child(alert, forms)
    return _has_name(meant, said) and not (meant.born and said[FieldType.DATE])


def _has_name(meant: PersonMeant, said: _Said) -> bool:
    return any(is_same_name(meant.child, name) for name in said[FieldType.TEXT])


def _of_the_child(alert: Alert, forms: Iterable[Form]) -> _Said:
    said: _Said = {FieldType.REFERENCE: [], FieldType.DATE: [], FieldType.TEXT: []}
    answers = [alert.answers, *(run.sent.answers for run in alert.runs)]
    for form in forms:
        for each in answers:
            for field, text in _told(form.fields(), each):
                if field.type in said:
                    said[field.type].append(text)
    return said


def _told(
    fields: Iterable[FormField], answers: Mapping[str, Any]
) -> Iterator[tuple[FormField, str]]:
    for field in fields:
        given = answers.get(field.id)
        if field.fields and isinstance(given, list | tuple):
            for block in given:
                yield from _told(field.fields, block)
        elif field.identifies == "child" and given:
            yield field, str(given)


def stands_in(meant: PersonMeant, event: events.Happened) -> bool:
    """Did this member of staff do it, or is their name in it?"""
    if event.what is None:
        return False
    if event.by == meant.person or any(
        one.id == meant.person for one in events.people_in(event.what)
    ):
        return True
    name = f" {plain_words(meant.name)} "
    return bool(name.strip()) and any(
        name in f" {plain_words(text)} " for text in texts_in(events.written(event.what))
    )
