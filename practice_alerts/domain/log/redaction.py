"""The last guard before the log: a line that names somebody is withheld, whatever let it through before."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import CaseMoved
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Answers, Form, FormField, is_answered
from practice_alerts.domain.forms.names_in_text import plain_words, what_identifies
from practice_alerts.domain.log.log_tables import OF_AN_ALERT
from practice_alerts.domain.procedure.procedure import Procedure

Value = str | int | None
LogRow = Mapping[str, Value]

DISPUTED_LINE = "(withheld: its accuracy is disputed)"
WITHHELD = "(withheld: it named somebody)"
_SUMMARY = "summary"
_SHORTEST_WHOLE = 5  # characters: a shorter text stands in ordinary words and dates by chance
_NOT_SPOKEN = {
    "pseudonym",
    *(column for table in OF_AN_ALERT for column in table.key),
    *(column.name for table in OF_AN_ALERT for column in table.columns if column.is_day),
}
"""Columns that are worked out and say nothing that anybody typed."""


@dataclass(frozen=True, slots=True)
class Identifying:
    """What must not be said. Of `names` not one word may stand in the summary; `whole` nowhere, as a whole.

    `on_form`: those of them whose initials may not stand there either.
    """

    names: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    on_form: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LogRows:
    """One alert's rows, by table; `identifying` is what they were guarded against, and is never written."""

    reference: str
    tables: Mapping[str, tuple[LogRow, ...]]
    identifying: Identifying = field(default_factory=Identifying, repr=False)


def identifying(alert: Alert, form: Form, procedure: Procedure) -> Identifying:
    """Person fields, case number, date of birth and team of the form, and everybody who was asked."""
    names, teams, later = set[str](), set[str](), set[str]()
    each = (
        alert.answers,
        *(run.sent.answers for run in alert.runs),
        *({one.field: one.was} for _, one in alert.corrections),
    )
    for place, answers in enumerate(each):
        for one, said in _said(form.fields(), answers):
            if one.type is FieldType.TEAM:
                teams.add(said)
            elif one.is_person:
                # Only what the form's own check saw is taken word by word. A post typed at a later stage
                # would otherwise take its ordinary words out of a line that was sound.
                (names if place <= 1 else later).add(said)
    on_form = frozenset(names)
    names |= {alert.raiser.name, alert.officer.name}
    for run in alert.runs:
        names |= {person.name for person in (*run.sent.asked, *run.sent.copied)}
        names |= {given.answer.by.name for given in run.answers}
    for _, moved in alert.moves:
        names |= {person.name for person in moved.gone}
        later |= {one.was for one in moved.replaced} if isinstance(moved, CaseMoved) else set()
    own = " ; ".join(_own_words(form, procedure))
    whole = {plain_words(text) for text in names | teams | later}
    telling = {one for one in whole if len(one) >= _SHORTEST_WHOLE}
    ordinary = {one for one in telling if _stands_in(own, (one,))}
    return Identifying(frozenset(filter(None, names)), frozenset(telling - ordinary), on_form)


def withheld(rows: LogRows) -> tuple[LogRows, list[str]]:
    """The rows with every leaking text replaced by WITHHELD, and where that was, as table.column.

    The summary is judged by the rule of the form itself, so that no address and no long number passes.
    """
    hits = set(_leaking(rows, rows.identifying))
    if not hits:
        return rows, []
    tables = {
        name: tuple(
            {c: WITHHELD if (f"{name}.{c}", n) in hits else v for c, v in row.items()}
            for n, row in enumerate(table)
        )
        for name, table in rows.tables.items()
    }
    return LogRows(rows.reference, tables, rows.identifying), sorted({w for w, _ in hits})


def _leaking(rows: LogRows, must_not_say: Identifying) -> Iterator[tuple[str, int]]:
    for name, table in rows.tables.items():
        for number, row in enumerate(table):
            for column, value in row.items():
                if not isinstance(value, str) or column in _NOT_SPOKEN:
                    continue
                said = _stands_in(plain_words(value), must_not_say.whole)
                if column == _SUMMARY and value != WITHHELD:
                    said = said or bool(
                        what_identifies(value, must_not_say.names, must_not_say.on_form)
                    )
                if said:
                    yield f"{name}.{column}", number


def _said(fields: Collection[FormField], answers: Answers) -> Iterator[tuple[FormField, str]]:
    """Every single text that was answered, groups and lists opened."""
    for one in fields:
        given: Any = answers.get(one.id)
        if not is_answered(given):
            continue
        for item in given if isinstance(given, list | tuple) else (given,):
            if isinstance(item, Mapping):
                yield from _said(one.fields, item)
            else:
                yield one, str(item)


def _own_words(form: Form, procedure: Procedure) -> tuple[str, ...]:
    """The procedure's and the form's own texts: in them, a name is a coincidence."""
    texts = [role.title for role in procedure.roles.values()]
    texts += [kind.title for kind in procedure.kinds.values()]
    texts += [category.title for category in procedure.categories]
    for _, ladder in procedure.all_ladders():
        texts += [ladder.title or "", *(stage.label for stage in ladder.stages)]
    texts += [label for one in form.fields() for label in (one.options or {}).values()]
    return tuple(map(plain_words, [procedure.council, *texts]))


def _stands_in(words: str, whole: Collection[str]) -> bool:
    padded = f" {words} "
    return any(f" {text} " in padded for text in whole)
