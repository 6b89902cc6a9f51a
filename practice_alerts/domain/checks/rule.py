"""What the linter looks at, what a rule is, and what it finds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.files.faults import dotted
from practice_alerts.domain.files.references import ladders_of
from practice_alerts.domain.files.schema import Path
from practice_alerts.domain.files.worked_cases import WorkedCase
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.procedure.ladder import Consult, Ladder, Stage
from practice_alerts.domain.procedure.law_book import NO_LAW, LawBook
from practice_alerts.domain.procedure.procedure import PARTNERS, Procedure, Reading

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

PROCEDURE = "procedure.yml"
EXAMPLES = "examples.yml"

ROOMS = {
    "forms": "the forms, form_templates/{}/NAME.yml",
    "templates": "the Word templates, form_templates/{}/NAME.docx",
    "pages": "the manual's pages, procedures/{}/NAME.md",
    "examples": "the worked cases, procedures/{}/examples.yml",
}
"""The rooms beside procedure.yml that each council's name must lead to."""


@dataclass(frozen=True)
class Subject:
    """One council's files, as the rules see them.

    `texts` and `lines` go by file name: procedure.yml, practice_alert.yml, a page's name. `tags` go
    by form: the paths its Word template asks for, such as ``stages[].actions``. `offered` is what a
    document gets from the acts, beside the form's fields; `offered_to_acts` the same for the
    documents of later acts, whose forms stand in `acts`. `left_behind` goes by form too: what the
    authors of its Word template left in it, each with the way to take it out. `cases` are replayed by `calendar`, where
    there is one. `taken` are the first words of addresses that the product has for itself. `book` is the law as it stands.
    """

    council: str
    procedure: Procedure
    today: date
    forms: Mapping[str, Form] = field(default_factory=dict)
    acts: Mapping[str, Form] = field(default_factory=dict)
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)
    left_behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offered: frozenset[str] = frozenset()
    offered_to_acts: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset(ROOMS)
    texts: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, Mapping[Path, int]] = field(default_factory=dict)
    cases: tuple[WorkedCase, ...] = ()
    calendar: Calendar | None = None
    taken: frozenset[str] = frozenset()
    book: LawBook = NO_LAW

    @property
    def ladders(self) -> Iterator[tuple[Path, Ladder]]:
        return ladders_of(self.procedure)

    @property
    def stages(self) -> Iterator[tuple[Path, Ladder, Stage]]:
        """Every stage with its path and the ladder it stands on."""
        for path, ladder in self.ladders:
            for place, stage in enumerate(ladder.stages):
                yield (*path, "stages", place), ladder, stage

    def line(self, file: str, path: Path) -> int:
        """The line of a key, or of the nearest above it; 1 where lines are not known."""
        known = self.lines.get(file, {})
        while path and path not in known:
            path = path[:-1]
        return known.get(path, 1)

    def places(self, path: Path, *about: str) -> tuple[str, ...]:
        """Where a reading about these places may stand, the likeliest first, each once.

        A stage's id is enough where the council's own ladders have it once, or only one ladder has
        it; else the ladder must be said, as it may be anywhere: ``main.stage-1.answer``.
        """
        is_on_ladder = len(path) > 1 and path[0] in ("ladders", PARTNERS)
        ladder = str(path[1]) if is_on_ladder else ""
        found: list[str] = []
        for place in about:
            is_shared = ladder and self._is_shared(place.partition(".")[0], path[0])
            found += () if is_shared else (place,)
            found += (f"{ladder}.{place}",) if ladder and self._is_stage(place) else ()
        return tuple(dict.fromkeys(found))

    def _is_stage(self, place: str) -> bool:
        head = place.partition(".")[0]
        return any(stage.id == head for _, _, stage in self.stages)

    def _is_shared(self, stage_id: str, room: str | int) -> bool:
        """Would the id alone mean a stage of another ladder as well, or rather?"""
        rooms = [path[0] for path, _, stage in self.stages if stage.id == stage_id]
        own = rooms.count("ladders")
        return own > 1 or (room == PARTNERS and len(rooms) > 1)

    def reading_of(self, path: Path, *about: str) -> Reading | None:
        """The first reading about one of these places, else about something inside one.

        From what a clock is counted is another matter than how long it is.
        """
        about = self.places(path, *about)
        readings = self.procedure.readings
        exact = (one for place in about for one in readings if one.about == place)
        inside = (
            one
            for place in about
            for one in readings
            if "." in place and one.about.startswith(f"{place}.")
            if not one.about.endswith(".counted_from")
        )
        return next(exact, None) or next(inside, None)


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found. `about`: where a reading would answer it, the likeliest place first."""

    path: Path
    says: str
    about: tuple[str, ...] = ()
    file: str = PROCEDURE
    line: int | None = None


@dataclass(frozen=True)
class LintRule:
    """One check. `needs_reading`: what it finds must be answered by a reading."""

    id: str
    title: str
    severity: Severity
    clause: str
    why: str
    find: Callable[[Subject], Iterable[Hit]]
    needs_reading: bool = False


def lint_rule(
    rule_id: str, severity: Severity, clause: str, *, needs_reading: bool = False
) -> Callable[[Callable[[Subject], Iterable[Hit]]], LintRule]:
    """Makes a rule of what finds it: the first line of its docstring is the title, the rest says why."""

    def made(find: Callable[[Subject], Iterable[Hit]]) -> LintRule:
        title, _, why = (find.__doc__ or "").partition(".\n")
        return LintRule(
            rule_id, title, severity, clause, " ".join(why.split()), find, needs_reading
        )

    return made


@dataclass(frozen=True, slots=True)
class Finding:
    """`answered_by` is the id of the reading that says what is used in spite of it."""

    rule: str
    severity: Severity
    council: str
    file: str
    line: int
    where: str
    says: str
    answered_by: str | None


def judged(rule: LintRule, subject: Subject) -> Iterator[Finding]:
    """Everything one rule finds."""
    for hit in rule.find(subject):
        reading = subject.reading_of(hit.path, *hit.about)
        yield Finding(
            rule.id,
            rule.severity,
            subject.council,
            hit.file,
            hit.line or subject.line(hit.file, hit.path),
            dotted(hit.path),
            hit.says,
            None if reading is None else reading.id,
        )


def consults(subject: Subject) -> Iterator[tuple[Path, tuple[str, ...], Consult]]:
    """Wherever somebody is to be spoken to first, with what a reading about it may be about."""
    for path, _, stage in subject.stages:
        if stage.consult is not None:
            yield (*path, "consult"), (f"{stage.id}.consult",), stage.consult
    for route, referral in subject.procedure.referrals.items():
        if referral.consult is not None:
            about = (f"referrals.{route}.consult", "referrals", f"referrals.{route}")
            yield ("referrals", route, "consult"), about, referral.consult
