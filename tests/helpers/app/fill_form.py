"""A form filled in the app, question by question, by its own definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from practice_alerts.domain.forms.form import FormField
from tests.helpers.app.screen_actions import AppPage
from tests.helpers.days import day

HOSTILE = "< & > “so” {{ 7*7 }} {% raw %} \N{GIRL} été"
"""Ends each text that is typed: whatever a document could take for something else than text."""
_FOR_THE_LOG = "Nothing has moved on"
_DAY = day("Mon 2026-03-02").isoformat()
_FEW = 7  # as many choices as stand one below the other; more are in a list


@dataclass
class FormMoves:
    """The questions of a form, answered one after the other; `typed` is what stands there by now."""

    app: AppPage
    typed: dict[str, Any] = field(default_factory=dict)

    def fill(self, fields: Iterable[FormField], **given: Any) -> dict[str, Any]:
        """Answer every question that is asked, as given or with something of its kind."""
        for one in fields:
            if one.id not in self.typed and one.asked(self.typed):
                wanted = given.get(one.id, _something_for(one))
                self.typed[one.id] = _KINDS[one.type](self, one, wanted)
        return self.typed

    def _text(self, one: FormField, wanted: str) -> str:
        self.app.write(_label(one), wanted)
        return wanted

    def _date(self, one: FormField, wanted: str) -> str:
        self.app.date(_label(one), date.fromisoformat(wanted))
        return wanted

    def _yes_no(self, one: FormField, wanted: str) -> str:
        self.app.answer(_label(one), {"yes": "Yes", "no": "No"}[wanted])
        return wanted

    def _one_of(self, one: FormField, wanted: str) -> str:
        options = one.options or {}
        if len(options) > _FEW:
            self.app.pick(_label(one), options[wanted])
        else:
            self.app.answer(_label(one), options[wanted])
        return wanted

    def _many_of(self, one: FormField, wanted: list[str]) -> list[str]:
        for name in wanted:
            self.app.tick(_label(one), (one.options or {})[name])
        return wanted

    def _person(self, one: FormField, wanted: str) -> str:
        """Whoever the directory has put there, else a name that it does not hold."""
        known = self.app.page.get_by_label(_label(one), exact=True).first.input_value()
        if known:
            return known.partition(" (")[0]  # post and team stand beside the name
        self.app.pick(_label(one), wanted)
        return wanted


def _label(one: FormField) -> str:
    """The question as the screen puts it."""
    needed = one.required or one.required_from is not None
    return one.label if needed else f"{one.label} (optional)"


def _something_for(one: FormField) -> Any:
    if one.goes_to == "log":
        return _FOR_THE_LOG
    options = list(one.options or {})
    fitting: Mapping[str, Any] = {
        "yes_no": "yes",
        "one_of": options[:1],
        "many_of": options[:2],
        "date": _DAY,
        "long_text": f"{one.id} {HOSTILE}\nand a second line",
        "person": "Robin Erfunden",
        "team": "Team of nobody",
    }
    found = fitting.get(one.type, f"{one.id} {HOSTILE}")
    return found[0] if one.type == "one_of" else found


_KINDS: Mapping[str, Callable[[FormMoves, FormField, Any], Any]] = {
    "text": FormMoves._text,
    "long_text": FormMoves._text,
    "reference": FormMoves._text,
    "number": FormMoves._text,
    "date": FormMoves._date,
    "yes_no": FormMoves._yes_no,
    "one_of": FormMoves._one_of,
    "many_of": FormMoves._many_of,
    "person": FormMoves._person,
    "team": FormMoves._person,
}
"""A group of questions is not among them: no council's form has one."""
