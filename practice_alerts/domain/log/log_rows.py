"""One alert as the log holds it: what a QA lead needs, and nothing that says who the child is.

Every text comes from a closed list (the procedure, the form's choices, the words of this product) but one:
the summary, which the form refuses and `redaction` withholds when it names somebody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from practice_alerts.domain.acts.options import with_choices
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.choices import AroseAt, as_logged
from practice_alerts.domain.alert.events import Reassigned
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.deadlines.stage_clocks import Times
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.forms.form import AROSE, CATEGORY, Form, FormField
from practice_alerts.domain.log.cells import (
    NOT_ANSWERED,
    NOT_ASKED,
    as_day,
    due_on,
    iso,
    working_days,
    yes,
)
from practice_alerts.domain.log.event_rows import happenings
from practice_alerts.domain.log.life_rows import LifeRows, clocks_at
from practice_alerts.domain.log.pseudonyms import NOT_GIVEN, age_band
from practice_alerts.domain.log.redaction import DISPUTED_LINE, LogRow, LogRows, identifying
from practice_alerts.domain.log.stay_rows import StayRows
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.anchors import first_on_paper
from practice_alerts.domain.standing.how_long_kept import is_disputed
from practice_alerts.domain.standing.running_clocks import Clocks, time_limit_due
from practice_alerts.domain.standing.status import where

_CASES = "case_status"
CHILD_VIEW = "child_view"


def case_number(alert: Alert, form: Form) -> str:
    """What the form asks as the child's number; empty where nothing was given."""
    return _of_the_child(alert, form, "reference")


def log_rows(
    alert: Alert, procedure: Procedure, form: Form, calendar: Calendar, pseudonym: str
) -> LogRows:
    """The alert's rows. They change only with its events and the calendar, never with the day they are made."""
    form = with_choices(form, procedure, alert.form)
    ladder = procedure.ladder_of(alert.raised.alert_kind, alert.raised.partner)
    stays = range(1, len(alert.runs) + 1)
    clocks = tuple(clocks_at(alert, order, ladder, calendar) for order in stays)
    made = _Rows(alert, procedure, form, ladder, calendar, clocks)
    each = [StayRows(alert, procedure, ladder, calendar, n, clocks[n - 1]) for n in stays]
    tables = {
        "alerts": (made.alert_row(pseudonym),),
        "stages": tuple(stay.row() for stay in each),
        "posts_asked": tuple(row for stay in each for row in stay.post_rows()),
        "categories": tuple(made.categories()),
        "case_types": tuple(made.case_types()),
        "steps": tuple(row for stay in each for row in stay.step_rows()),
        **LifeRows(alert, procedure, form, ladder, calendar).tables(),
        "happenings": tuple(happenings(alert, procedure, ladder)),
    }
    return LogRows(alert.reference, tables, identifying(alert, form, procedure))


@dataclass(frozen=True, slots=True)
class _Rows:
    alert: Alert
    procedure: Procedure
    form: Form
    ladder: Ladder | None
    calendar: Calendar
    clocks: tuple[Clocks, ...]
    """Of each stay, as they ran while it lasted."""

    @property
    def present(self) -> Clocks:
        return self.clocks[-1] if self.clocks else Clocks()

    def alert_row(self, pseudonym: str) -> LogRow:
        raised = self.alert.raised
        kind = self.procedure.kinds[raised.alert_kind]
        return {
            "reference": raised.reference,
            "council": self.procedure.council,
            "kind": raised.alert_kind,
            "kind_title": kind.title,
            "partner": self.ladder.title if self.ladder and raised.partner else None,
            "counts_as": self._counts_as,
            "raised_as": self._choices("raised_as").get(raised.raised_as, NOT_GIVEN),
            "raised_as_id": raised.raised_as or NOT_GIVEN,
            "case_types": "; ".join(str(row["title"]) for row in self.case_types()) or NOT_GIVEN,
            "pseudonym": pseudonym,
            "age_band": self._age_band(),
            "view_given": self._view_given(),
            "arose": self._arose(),
            "raised_on": as_day(self.alert.raised_at),
            "from_paper": yes(raised.paper is not None),
            "entered_on": as_day(self.alert.happened[0].at),
            "entry_stage": self._label(raised.entry_stage),
            **self._climbed(),
            **self._clocks_row(),
            **self._ending_row(),
            "stages_used": len(first_on_paper(self.alert)) + len(self.alert.runs),
            "referrals": len(self.alert.referrals),
            "officers_before": sum(isinstance(what, Reassigned) for _, what in self.alert.beside),
            "summary": self._summary(),
            "edition": self.procedure.edition.version,
        }

    def _clocks_row(self) -> LogRow:
        """What runs now. Of a closed alert nothing is due, but how it kept the time limit is still asked."""
        clocks, run = self.present, self.alert.run
        standing = where(self.alert, self.ladder, clocks, self.alert.happened[-1].at).standing
        answer = self.ladder.stage(run.stage).answer if self.ladder and run else None
        step = clocks.step.due if clocks.step else None
        settle = clocks.of(Times.SETTLE)
        row: LogRow = {
            "stage": self._label(run.stage if run else None),
            "stage_place": self._place(run.stage) if run else None,
            "standing": (standing.facts.without_today or standing).value,
            "response_clock": in_words(answer.within) if answer else None,
            "response_due": iso(clocks.agreed) or due_on(clocks.response or step),
            "put_right_by": iso(settle.day) if settle else None,
            "hold_until": iso(clocks.hold),
        }
        if self.alert.closed is not None:
            row = {**row, **dict.fromkeys(("response_due", "put_right_by", "hold_until"))}
        return {**row, "cap_due": due_on(clocks.time_limit), **self._limit_that_held()}

    def _limit_that_held(self) -> LogRow:
        """The limit by which it is counted: a longer one that was recorded when it was over undoes nothing."""
        limit, longer_from = self.present.time_limit, None
        agreed = (one for run in self.alert.runs for one in run.agreed)
        at = min((when for when, what in agreed if what.exceptional), default=None)
        if limit is not None and at is not None:
            before = fold(one for one in self.alert.happened if one.at < at)
            shorter = time_limit_due(before, self.ladder, self.calendar)
            if shorter is not None and shorter.is_past(at):
                limit, longer_from = shorter, as_day(at)
        return {"cap_held": due_on(limit), "cap_longer_from": longer_from}

    def _ending_row(self) -> LogRow:
        closed, at = self.alert.closed, self.alert.closed_at
        limit = self.present.time_limit
        if closed is None or at is None:
            within, ending, closed_on, took = (
                ("still open" if limit else "no time limit"),
                None,
                None,
                None,
            )
        else:
            within = "no time limit" if limit is None else "no" if limit.is_past(at) else "yes"
            ending, closed_on = as_logged(closed.ending).words, as_day(at)
            took = working_days(self.alert.raised_at, at, self.calendar)
        return {
            "closed_on": closed_on,
            "closed_within_cap": within,
            "working_days_to_close": took,
            "ending": ending,
        }

    def categories(self) -> Iterator[LogRow]:
        """Everything ticked in a list of the form, but why the council is involved, which has its column."""
        titles = {one.id: one.title for one in self.procedure.categories}
        for question in self.form.fields(repeats="never"):
            if not question.type.facts.is_several or question.id == _CASES:
                continue
            for category, title in self._ticked(question):
                is_theme, of = question.id == CATEGORY, question.examples_of
                yield {
                    "reference": self.alert.reference,
                    "question": question.id,
                    "category": category,
                    "title": title,
                    "is_theme": yes(is_theme),
                    "part_of": titles.get(of, of) if of else None,
                    "shared_theme": self._shared_theme(category, of) if is_theme or of else None,
                }

    def _ticked(self, question: FormField) -> list[tuple[str, str]]:
        """None where the question is not put, as of examples of a category that was taken back."""
        given = self.alert.answers.get(question.id) or ()
        is_put = question.examples_of is None or question.asked(self.alert.answers)
        return [one for one in (question.options or {}).items() if is_put and one[0] in given]

    def _shared_theme(self, ticked: str, category: str | None) -> str | None:
        """Said once: by the examples where each that was ticked has its own, else by their category."""
        themes = self.procedure.themes
        if category is None:
            below = (one for one in self.form.fields(repeats="never") if one.examples_of == ticked)
            each = [name for one in below for name, _ in self._ticked(one)]
            if each and all(name in themes for name in each):
                return None
        return themes[ticked].words if ticked in themes else None

    def _label(self, stage: str | None) -> str | None:
        return self.ladder.stage(stage).label if self.ladder and stage else None

    def _place(self, stage: str) -> int:
        return self.ladder.place(stage) + 1 if self.ladder else 0

    def _choices(self, question: str) -> Mapping[str, str]:
        fields = (one for one in self.form.fields() if one.id == question)
        return next((one.options for one in fields if one.options), {})

    def case_types(self) -> Iterator[LogRow]:
        given = self.alert.answers.get(_CASES) or ()
        for case, words in self._choices(_CASES).items():
            if case in given:
                yield {"reference": self.alert.reference, "case_type": case, "title": words}

    @property
    def _counts_as(self) -> str:
        """Which figures it belongs to. A partner's ladder is none of the council's own."""
        if self.ladder is None:
            return "good practice"
        return "partner" if self.alert.raised.partner else "concern"

    def _climbed(self) -> LogRow:
        ladder, entry = self.ladder, self.alert.raised.entry_stage
        formal = "no ladder"
        if ladder is not None and entry:
            formal = yes(ladder.stage(entry).formal)
        paper = first_on_paper(self.alert).items()
        stood = [*paper, *((run.stage, run.sent_at) for run in self.alert.runs)]
        first = min(
            (
                at
                for stage, at in stood
                if ladder and ladder.has(stage) and ladder.stage(stage).formal
            ),
            default=None,
        )
        life = LifeRows(self.alert, self.procedure, self.form, ladder, self.calendar)
        highest = life.highest(len(self.alert.runs))
        return {
            "entered_formal": formal,
            "first_formal_on": as_day(first) if first else None,
            "highest_stage": highest[1] if highest else None,
            "highest_place": highest[0] if highest else None,
        }

    def _view_given(self) -> str:
        if all(one.id != CHILD_VIEW for one in self.form.fields()):
            return NOT_ASKED
        return yes(bool(str(self.alert.answers.get(CHILD_VIEW, "")).strip()))

    def _arose(self) -> str:
        if all(one.id != AROSE for one in self.form.fields()):
            return NOT_ASKED
        given = str(self.alert.answers.get(AROSE, ""))
        return AroseAt(given).words if given in {*AroseAt} else NOT_ANSWERED

    def _age_band(self) -> str:
        try:
            born = date.fromisoformat(_of_the_child(self.alert, self.form, "date"))
        except ValueError:
            return NOT_GIVEN
        return age_band(born, london_date(self.alert.raised_at))

    def _summary(self) -> str:
        if is_disputed(self.alert):
            return DISPUTED_LINE
        lines = [one.id for one in self.form.fields() if one.goes_to == "log"]
        said = (str(self.alert.answers.get(line, "")) for line in lines)
        return " ".join(" ".join(said).split())


def _of_the_child(alert: Alert, form: Form, kind: str) -> str:
    for one in form.fields():
        if one.identifies == "child" and one.type == kind:
            return str(alert.answers.get(one.id, ""))
    return ""
