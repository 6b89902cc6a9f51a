"""The small signs that lead from a number to the reading that stands behind it."""

from dataclasses import dataclass

from practice_alerts.domain.guide.parts.markup import Markup, link, listed, text
from practice_alerts.domain.guide.parts.page import Links, calculator
from practice_alerts.domain.procedure.clock import Clock, Span, Untimed, in_words
from practice_alerts.domain.procedure.ladder import TimeLimit
from practice_alerts.domain.procedure.procedure import Procedure, Reading
from practice_alerts.domain.text import sentence
from practice_alerts.domain.wording.definitions import EXCEPTIONAL, clock_in_words


@dataclass(frozen=True)
class Marks:
    """Finds the readings about a part of the procedure and writes the signs that lead to them."""

    procedure: Procedure
    links: Links

    def about(self, *paths: str) -> tuple[Reading, ...]:
        """The readings about these parts or anything below them (`stage-5` has `stage-5.then`)."""
        within = tuple(f"{path}." for path in paths)
        return tuple(one for one in self.procedure.readings if f"{one.about}.".startswith(within))

    def on(self, *paths: str) -> Markup:
        """A sign for each reading about these parts; nothing where there is none."""
        return "".join(self._sign(reading) for reading in self.about(*paths))

    def how_read(self, *paths: str) -> Markup:
        """What the source leaves open in these parts and what is used, each with its sign."""
        return listed(
            f"{text(sentence(one.says))} <strong>Used here:</strong> {text(one.used)}{self._sign(one)}"
            for one in self.about(*paths)
        )

    def on_who(self, stage: str) -> Markup:
        """Signs for the readings about who answers at a stage."""
        about = {f"{stage}.answer{part}" for part in ("", ".from", ".by", ".to")}
        return "".join(self._sign(one) for one in self.procedure.readings if one.about in about)

    def clock(self, clock: Clock, *paths: str) -> Markup:
        """A clock in words, leading to the date calculator, followed by its readings."""
        said = text(clock_in_words(clock))
        if isinstance(clock, Span):
            said = link(said, calculator(in_words(clock)), class_="clock")
        return said + self.on(*paths)

    def total(self, limit: TimeLimit, ladder_id: str) -> Markup:
        """The clock of the whole with its readings, and the longer one beside it where there are two."""
        said = self.clock(limit.within, f"{ladder_id}.cap", f"{ladder_id}.counted_from")
        if limit.exceptional is Untimed.NOT_STATED:
            return said
        return f"{said}, or {self.clock(limit.exceptional)} {EXCEPTIONAL}"

    def _sign(self, reading: Reading) -> Markup:
        return " " + link(
            f'<span class="unseen">reading </span>{reading.id}',
            self.links.to("readings", reading.id.lower()),
            class_="reading",
            data_search_exclude="",
        )
