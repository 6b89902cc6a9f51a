"""What every page of a council is written with: its procedure, the way to its other pages, the day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import NotAClock
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.guide.parts.marks import Marks
from practice_alerts.domain.guide.parts.markup import Markup, element, text
from practice_alerts.domain.guide.parts.only_shown import only_shown
from practice_alerts.domain.guide.parts.page import Council, Links
from practice_alerts.domain.procedure.clock import parse_clock
from practice_alerts.domain.procedure.ladder import Consult
from practice_alerts.domain.procedure.posts import Who
from practice_alerts.domain.procedure.procedure import Printing, Procedure
from practice_alerts.domain.text import capital
from practice_alerts.domain.wording.definitions import cases_in_words, clock_in_words, who_in_words

_MONTH = re.compile(r"^[0-9]{4}-(0[1-9]|1[0-2])$")


@dataclass(frozen=True)
class GuideWriter:
    """Handed to each function that writes a page. `today` decides whether a review date has passed."""

    council: Council
    links: Links
    today: date

    @property
    def procedure(self) -> Procedure:
        return self.council.procedure

    @cached_property
    def marks(self) -> Marks:
        return Marks(self.procedure, self.links)

    def at(self, page: str) -> GuideWriter:
        """The same for another page of the council."""
        return replace(self, links=replace(self.links, here=page))

    def of(self, procedure: Procedure, forms: Mapping[str, Form] | None = None) -> GuideWriter:
        """The same for another edition of the council's; without `forms` with the same ones."""
        asked = self.council.forms if forms is None else forms
        return replace(self, council=replace(self.council, procedure=procedure, forms=asked))

    def who(self, who: Who | None, silent: str = "not named in the source") -> Markup:
        return text(who_in_words(who, self.procedure, silent=silent))

    def within(self, written: str, *paths: str) -> Markup:
        """A time written in words, leading to the calculator where it is a clock."""
        try:
            clock = parse_clock(written)
        except NotAClock:
            return text(written) + self.marks.on(*paths)
        return self.marks.clock(clock, *paths)


def issued_in_words(edition: Printing) -> str:
    """The day, the month or the words of its issue; empty where the source gives none."""
    if isinstance(edition.issued, date):
        return in_full(edition.issued)
    said = edition.issued or ""
    return date.fromisoformat(f"{said}-01").strftime("%B %Y") if _MONTH.match(said) else said


def edition_in_words(edition: Printing) -> str:
    """``3.1, issued March 2025, status: in force``."""
    issued = issued_in_words(edition)
    return f"{edition.version}{issued and f', issued {issued}'}, status: {edition.status}"


def tag(cases: tuple[str, ...], procedure: Procedure) -> Markup:
    """The case types an item holds for, as a small label; nothing where it holds for all."""
    said = text(cases_in_words(cases, procedure))
    return " " + element("span", said, class_="tag") if cases else ""


ASKED_OF = {
    False: " Asked of whoever raises the alert here or takes it here.",
    True: " Asked of whoever takes the alert on from here.",
}
"""With which form it is asked, by whether it is on leaving the stage."""


def consult_in_words(writing: GuideWriter, consult: Consult) -> Markup:
    """Whom to speak to, who is told, what is kept: recorded, never a condition."""
    said = capital(writing.who(consult.with_))
    if consult.before:
        leaving = " this stage" if consult.before == "leaving" else ""
        said += f", before {text(consult.before)}{leaving}"
    when = clock_in_words(consult.within)
    said += f", {when}{only_shown('Consult.within')}" if when != "no time stated" else ""
    if consult.tell is not None:
        said += f"; told: {writing.who(consult.tell)}"
    return said + ". It is recorded and stops nothing."
