"""What is typed into a form of any council: the theme's words where they fit, and something true to type elsewhere."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from practice_alerts.casework.sample.themes import Theme
from practice_alerts.domain.complete import complete
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import AROSE, FormField

_ALWAYS_SAID = frozenset({"actions", "actions_by", "rationale"})
"""Anew at each stage."""
_BY_THEME = frozenset({"category", "good_about"})


@dataclass(frozen=True)
class Typist:
    """Fills forms about one child and one matter."""

    theme: Theme
    praise: tuple[str, str, str]
    child: str
    case_number: str
    born: str
    raised_as: str
    is_praise: bool
    team: str
    named: Callable[[str], str]
    """Who holds a post for this child."""
    by: str
    """The day by which things are to be done."""

    def fill(
        self,
        fields: Iterable[FormField],
        changes: Mapping[str, Any],
        stood: Mapping[str, Any] = {},
    ) -> dict[str, Any]:
        """An answer to each question that has to be answered, or for which there are words; `stood` are kept."""
        answers: dict[str, Any] = {}
        for one in fields:
            if not one.asked({**stood, **answers}) or (
                one.id in stood and one.id not in _ALWAYS_SAID
            ):
                continue
            said = changes.get(one.id, self._answer(one))
            if said:
                answers[one.id] = said
        return answers

    def _answer(self, one: FormField) -> Any:
        if one.id in _BY_THEME:
            return self._fitting(one)
        if one.examples_of or one.id == AROSE:
            return self._now_and_then(one)
        known = self._words.get(one.id)
        if known is not None:
            return known
        if one.type is FieldType.PERSON and one.role:
            return self.named(one.role)
        needed = one.required or one.required_from is not None
        return _BY_TYPE[one.type](self, one) if needed else None

    def _fitting(self, one: FormField) -> Any:
        options = one.options or {}
        found = next((name for name in self.theme.fits if name in options), None)
        chosen = found or next(iter(options), "")
        return [chosen] if one.type is FieldType.MANY_OF else chosen

    def _now_and_then(self, one: FormField) -> Any:
        """What is asked and need not be answered: of every fourth case number it is not."""
        options, turn = list(one.options or {}), int(self.case_number[-2:])
        if not options or turn % 4 == 0:
            return None
        chosen = options[turn % len(options)]
        return [chosen] if one.type is FieldType.MANY_OF else chosen

    @cached_property
    def _words(self) -> Mapping[str, Any]:
        line, work, difference = self.praise
        of_theme = {
            "child_name": self.child,
            "case_number": self.case_number,
            "date_of_birth": self.born,
            "raised_as": self.raised_as,
            "case_status": [self.raised_as],
            "team": self.team,
            "concerns": self.of_child(self.theme.found),
            "summary_for_log": line if self.is_praise else self.theme.line,
            "child_view": self.of_child(self.theme.view) or None,
            "actions": self.of_child(self.theme.asked),
            "actions_by": self.by,
            "rationale": self.of_child(self.theme.why_poor),
            "good_work": self.of_child(work),
            "difference": self.of_child(difference),
            "about": "excellent" if self.is_praise else "concern",
        }
        return {**_OF_ANY_MATTER, **of_theme}

    def of_child(self, text: str) -> str:
        return text.format(child=self.child.split()[0])


_OF_ANY_MATTER: Mapping[str, Any] = {
    "discussed": "yes",
    "discussed_how": "telephone",
    "discussed_with": "By telephone with the worker and later with the manager, both in the week before.",
    "before": "no",
    "impact": "no",
    "why_formal": ["significant"],
    "early_review": "no",
    "operations_manager_asked": "yes",
    "consulted": "Last week; the Operations Manager sees it the same way.",
    "sent_to": "Sascha Platzhalter",
}

_BY_TYPE: Mapping[FieldType, Callable[[Typist, FormField], Any]] = complete(
    FieldType,
    {
        FieldType.TEXT: lambda typist, _: typist.theme.line,
        FieldType.LONG_TEXT: lambda typist, _: typist.of_child(typist.theme.found),
        FieldType.REFERENCE: lambda typist, _: typist.case_number,
        FieldType.NUMBER: lambda *_: "1",
        FieldType.DATE: lambda typist, one: typist.born if one.identifies else typist.by,
        FieldType.YES_NO: lambda *_: "no",
        FieldType.ONE_OF: lambda _, one: next(iter(one.options or {}), ""),
        FieldType.MANY_OF: lambda _, one: list(one.options or {})[:1],
        FieldType.PERSON: lambda *_: "Sascha Platzhalter",
        FieldType.TEAM: lambda typist, _: typist.team,
        FieldType.GROUP: lambda *_: None,
    },
)
