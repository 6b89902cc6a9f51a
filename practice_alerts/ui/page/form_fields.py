"""A form's field as a widget: one way for each kind, with its hint, its fault and what was kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st

from practice_alerts.casework.views import alert_view
from practice_alerts.casework.views.alert_view import KnownPerson
from practice_alerts.domain.complete import complete
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import (
    ADDRESSEE,
    NOBODY,
    TEAM,
    FormField,
    OptionsFrom,
    beside,
    id_key,
)
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.procedure.categories import Category
from practice_alerts.domain.text import sentences
from practice_alerts.ui.page import html, session
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.question import asking, choices_shown, place_of
from practice_alerts.ui.page.text_field import saving_day, saving_text

_LINES = 6
_OFFERED = "Choose from the list, or type."
_FEW = 7  # as many choices as one sees at a glance; more go into a list that can be searched


def _first_turn(_: str) -> int:
    return 0


def _nobody_asks(_: str) -> None:
    return None


@dataclass(frozen=True)
class Filling:
    """A form being filled: what is kept so far, what is wrong with it, and whose form it is."""

    key: str
    """Begins the key of every widget, so that two drafts never share one."""
    council: str
    answers: Mapping[str, Any]
    faults: Faults
    categories: Sequence[Category] = ()
    turn_of: Callable[[str], int] = _first_turn
    """How often the answer to this field was changed elsewhere: Streamlit's fields show that only under
    a new key. Ours for text shows it by itself."""
    touched: Callable[[str], None] = _nobody_asks
    """Told the id of a field in which somebody chooses or types, before the page runs."""
    lists: dict[str, Sequence[str]] = field(default_factory=dict)
    """What the directory said of the teams, asked once for all fields."""
    directory: list[KnownPerson] = field(default_factory=list)
    also: dict[str, str] = field(default_factory=dict)
    """What is kept beside the answer just given."""
    contacts: Sequence[str] = ()
    """Whom to write to in a partner agency, for the question that names the addressee."""

    def put(self, field: FormField, into: dict[str, Any]) -> None:
        """Ask, and keep the answer, with who is meant where it names somebody."""
        into[field.id] = self.ask(field)
        into.update(self.also)
        self.also.clear()

    def ask(self, field: FormField) -> Any:
        """Show the field and give what stands in it now."""
        widget = _WIDGETS[field.type]
        if widget in _ASK_THEMSELVES:
            return widget(self, field)
        key, fault = self.widget_key(field), self.faults.get(field.id, "")
        with asking(label_of(field), key, hint=self.hint_of(field), error=fault):
            return widget(self, field)

    def hint_of(self, field: FormField) -> str:
        """All that helps to answer it."""
        return sentences(filter(None, (field.hint, field.help)))

    def kept(self, field: FormField) -> Any:
        return self.answers.get(field.id)

    def widget_key(self, field: FormField) -> str:
        turn = 0 if _WIDGETS[field.type] in _ASK_THEMSELVES else self.turn_of(field.id)
        return f"{self.key}:{field.id}:{turn}" if turn else f"{self.key}:{field.id}"

    def touch(self, field: FormField) -> Callable[[], None]:
        """For a field of Streamlit's, to call when somebody chooses in it."""
        return partial(self.touched, field.id)

    def teams(self) -> Sequence[str]:
        if "" not in self.lists:
            self.lists[""] = alert_view.teams(session.office(), self.council)
        return self.lists[""]

    def people(self) -> Sequence[KnownPerson]:
        """Everybody of the directory, asked once for all fields."""
        if not self.directory:
            self.directory.extend(alert_view.people_of(session.office(), self.council))
        return self.directory


def label_of(field: FormField) -> str:
    """The question, with what a sighted reader would see as a star in words."""
    is_optional = not field.required and field.required_from is None
    return f"{field.label} (optional)" if is_optional else field.label


def _text(filling: Filling, field: FormField) -> str:
    return saving_text(
        label_of(field),
        str(filling.kept(field) or ""),
        key=filling.widget_key(field),
        lines=_LINES if field.type.facts.is_tall else 1,
        hint=filling.hint_of(field),
        error=filling.faults.get(field.id, ""),
        most=field.limit,
        required=field.required,
        save=lambda _: filling.touched(field.id),
    )


def _date(filling: Filling, field: FormField) -> str:
    """Typed, since a calendar to click on bends a day that is none to another one, and tells nobody."""
    return saving_day(
        label_of(field),
        str(filling.kept(field) or ""),
        key=filling.widget_key(field),
        hint=filling.hint_of(field),
        error=filling.faults.get(field.id, ""),
        required=field.required,
        save=lambda _: filling.touched(field.id),
    )


def _choose(filling: Filling, field: FormField) -> str:
    names, kept = list(field.choices), filling.kept(field)
    widget: Callable[..., str | None] = st.selectbox
    if len(names) <= _FEW:
        widget = st.radio
    shown = choices_shown(widget)
    chosen = widget(
        label_of(field),
        names,
        place_of(kept, names, None),
        lambda name: shown(field.choices[name]),
        key=filling.widget_key(field),
        on_change=filling.touch(field),
        label_visibility="collapsed",
    )
    # A choice that a newer edition has dropped stays until another is made: it is a fault to put right.
    return chosen or (kept if kept and kept not in names else "")


def _many_of(filling: Filling, field: FormField) -> list[str]:
    """Boxes to tick, each with the procedure's own examples under it; a whole council is looked through by name."""
    kept = filling.kept(field) or ()
    if field.options_from is OptionsFrom.COLLEAGUES:
        return _several_of(filling, field, kept)
    examples = {category.id: category for category in filling.categories}
    chosen: list[str] = []
    for name, words in (field.options or {}).items():
        key = f"{filling.widget_key(field)}:{name}"
        if st.checkbox(
            as_written(words), value=name in kept, key=key, on_change=filling.touch(field)
        ):
            chosen.append(name)
        if (
            field.options_from is OptionsFrom.CATEGORIES
            and name in examples
            and examples[name].examples
        ):
            known = "; ".join(example.text for example in examples[name].examples)
            html.paragraph(f"For example: {known}", "pa-examples")
    return chosen


def _several_of(filling: Filling, field: FormField, kept: Iterable[str]) -> list[str]:
    return st.multiselect(
        label_of(field),
        list(field.choices),
        [one for one in kept if one in field.choices],
        field.choices.__getitem__,
        key=filling.widget_key(field),
        on_change=filling.touch(field),
        placeholder="Type a name",
        label_visibility="collapsed",
    )


def _person(filling: Filling, field: FormField) -> str:
    if field.id == ADDRESSEE:
        return _name(filling, field, filling.contacts)
    if field.role is None:
        return _name(filling, field, ())
    return _named(filling, field, field.role)


def _named(filling: Filling, field: FormField, post: str) -> str:
    """Somebody who holds the post, those of the team first; nobody; or a name that is typed.

    Who it is, of two of one name, is kept beside the name. Anybody else in the directory is found by the name.
    """
    people, team = filling.people(), str(filling.answers.get(beside(field.id, TEAM)) or "")
    holders = alert_view.offered_for(people, post, team)
    kept, known = filling.kept(field), filling.answers.get(id_key(field.id))
    if kept is None and len(holders) == 1:
        kept, known = holders[0].name, holders[0].id
    label = next((one.label for one in people if one.id == known), kept)
    if label == kept:
        same = [one.label for one in holders if one.name == kept]
        label = same[0] if len(same) == 1 else kept
    offers = [*(one.label for one in holders), NOBODY]
    typed = _name(filling, field, offers, label, partial(_label_of, people))
    person = alert_view.chosen_of(people, typed)
    filling.also[id_key(field.id)] = person.id if person else ""
    if person is None and alert_view.are_several(people, typed):
        html.quiet(f"Several people are called {typed}. Choose one of them from the list.")
    return person.name if person else typed


def _label_of(people: Sequence[KnownPerson], typed: str) -> str:
    person = alert_view.chosen_of(people, typed)
    return person.label if person else typed.strip()


def _team(filling: Filling, field: FormField) -> str:
    return _name(filling, field, filling.teams())


def _name(
    filling: Filling,
    field: FormField,
    offers: Sequence[str],
    now: str | None = None,
    means: Callable[[str], str] = str.strip,
) -> str:
    """A name from the directory, or one typed in that the directory does not hold."""
    kept = now or filling.kept(field)
    if kept is None and len(offers) == 1:
        kept = offers[0]  # there is only one to choose; whoever empties the field keeps it empty
    hint = sentences((filling.hint_of(field), _OFFERED if offers else ""))
    return saving_text(
        label_of(field),
        str(kept or ""),
        key=filling.widget_key(field),
        hint=hint,
        error=filling.faults.get(field.id, ""),
        most=field.limit,
        required=field.required,
        offers=offers,
        means=means,
        save=lambda _: filling.touched(field.id),
    ).strip()


def _group(filling: Filling, field: FormField) -> list[dict[str, Any]]:
    """A block that may stand several times; a new one is added at the end."""
    kept = list(filling.kept(field) or [])
    count_key = f"{filling.widget_key(field)}:count"
    count = max(len(kept), int(st.session_state.get(count_key, 1)), 1)
    html.heading(label_of(field), level=4)
    found: list[dict[str, Any]] = []
    for place in range(count):
        inner = _one_block(filling, field, place, kept[place] if place < len(kept) else {})
        with st.container(border=True):
            html.quiet(f"Number {place + 1}")
            found.append({one.id: inner.ask(one) for one in field.fields})
    st.button("Add another", key=f"{count_key}:more", on_click=_count, args=(count_key, count + 1))
    return found


def _count(key: str, number: int) -> None:
    st.session_state[key] = number


def _one_block(
    filling: Filling, field: FormField, place: int, answers: Mapping[str, Any]
) -> Filling:
    """What is asked in one of the blocks; a choice in it is a choice in the group."""
    return Filling(
        f"{filling.widget_key(field)}:{place}",
        filling.council,
        answers,
        {},
        turn_of=lambda _: filling.turn_of(field.id),
        touched=lambda _: filling.touched(field.id),
        lists=filling.lists,
        directory=filling.directory,
    )


_Widget = Callable[[Filling, FormField], Any]
_WIDGETS: Mapping[FieldType, _Widget] = complete(
    FieldType,
    {
        FieldType.TEXT: _text,
        FieldType.LONG_TEXT: _text,
        FieldType.REFERENCE: _text,
        FieldType.NUMBER: _text,
        FieldType.DATE: _date,
        FieldType.YES_NO: _choose,
        FieldType.ONE_OF: _choose,
        FieldType.MANY_OF: _many_of,
        FieldType.PERSON: _person,
        FieldType.TEAM: _team,
        FieldType.GROUP: _group,
    },
)
_ASK_THEMSELVES: frozenset[_Widget] = frozenset({_text, _date, _person, _team, _group})
