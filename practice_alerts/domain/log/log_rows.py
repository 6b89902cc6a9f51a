"""One alert as the log holds it: what a QA lead needs, and nothing that says who the child is.

Every text comes from a closed list (the procedure, the form's choices, the words of this product) but one:
the summary, which the form refuses and `log_guard` withholds when it names somebody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from practice_alerts.domain.acts.options import with_choices
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.deadlines.due_date import Calendar, Due, working_days_between
from practice_alerts.domain.errors import BeforeCalendar, BeyondCalendar
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.log.event_rows import happenings
from practice_alerts.domain.log.pseudonyms import NOT_GIVEN, age_band
from practice_alerts.domain.log.redaction import LogRow, LogRows, identifying
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.posts import RAISER
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.anchors import first_on_paper
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks, set_by_people
from practice_alerts.domain.standing.status import where

_CASES = "case_status"


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
    clocks = tuple(_clocks(alert, order, ladder, calendar) for order in stays)
    made = _Rows(alert, procedure, form, ladder, calendar, clocks)
    return LogRows(
        alert.reference,
        {
            "alerts": (made.alert_row(pseudonym),),
            "stages": tuple(made.stage_row(order) for order in stays),
            "posts_asked": tuple(made.posts()),
            "categories": tuple(made.categories()),
            "happenings": tuple(happenings(alert, procedure, ladder)),
        },
        identifying(alert, form, procedure),
    )


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
        raised, run = self.alert.raised, self.alert.run
        kind = self.procedure.kinds[raised.alert_kind]
        return {
            "reference": raised.reference,
            "council": self.procedure.council,
            "kind": raised.alert_kind,
            "kind_title": kind.title,
            "partner": self.ladder.title if self.ladder and raised.partner else None,
            "raised_as": self._choices("raised_as").get(raised.raised_as, NOT_GIVEN),
            "case_types": self._case_types(),
            "pseudonym": pseudonym,
            "age_band": self._age_band(),
            "raised_on": _day(self.alert.raised_at),
            "from_paper": _yes(raised.paper is not None),
            "entered_on": _day(self.alert.happened[0].at),
            "entry_stage": self._label(raised.entry_stage),
            "stage": self._label(run.stage if run else None),
            "stage_place": self._place(run.stage) if run else None,
            **self._clocks_row(),
            **self._ending_row(),
            "stages_used": len(first_on_paper(self.alert)) + len(self.alert.runs),
            "referrals": len(self.alert.referrals),
            "summary": self._summary(),
            "edition": self.procedure.edition.version,
        }

    def _clocks_row(self) -> LogRow:
        """What runs now. Of a closed alert nothing is due, but how it kept the time limit is still asked."""
        clocks, run = self.present, self.alert.run
        standing = where(self.alert, self.ladder, clocks, self.alert.happened[-1].at).standing
        answer = self.ladder.stage(run.stage).answer if self.ladder and run else None
        step = clocks.step.due if clocks.step else None
        row: LogRow = {
            "standing": (standing.facts.without_today or standing).value,
            "response_clock": in_words(answer.within) if answer else None,
            "response_due": _iso(clocks.agreed) or _due_on(clocks.response or step),
            "put_right_by": _put_right_by(clocks),
            "hold_until": _iso(clocks.hold),
        }
        if self.alert.closed is not None:
            row = {**row, **dict.fromkeys(("response_due", "put_right_by", "hold_until"))}
        return {**row, "cap_due": _due_on(clocks.time_limit)}

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
            ending, closed_on = closed.ending.words, _day(at)
            took = self._working_days(self.alert.raised_at, at)
        return {
            "closed_on": closed_on,
            "closed_within_cap": within,
            "working_days_to_close": took,
            "ending": ending,
        }

    def stage_row(self, order: int) -> LogRow:
        run, clocks = self.alert.runs[order - 1], self.clocks[order - 1]
        answer = self.ladder.stage(run.stage).answer if self.ladder else None
        first = run.all_answered_at
        reviewed_on, outcome = _outcome(run)
        return {
            "reference": self.alert.reference,
            "stage_order": order,
            "stage": run.stage,
            "label": self._label(run.stage),
            "place": self._place(run.stage),
            "formal": _yes(self.ladder is not None and self.ladder.stage(run.stage).formal),
            "posts_asked": "; ".join(self._post_titles(run)),
            "sent_on": _day(run.sent_at),
            "clock": in_words(answer.within) if answer else "not stated",
            "due_on": _iso(clocks.agreed) or _due_on(clocks.response),
            "answered_on": _day(first) if first else None,
            "response": run.answers[-1].answer.response.words if run.answers else None,
            "answered_in_time": self._in_time(run, clocks),
            "working_days_to_answer": self._working_days(run.sent_at, first) if first else None,
            "put_right_by": _put_right_by(clocks),
            "verdict": outcome,
            "judged_on": reviewed_on,
            "hold_until": _iso(run.holds[-1].until) if run.holds else None,
            "holds": len(run.holds),
            "left_on": _day(run.left_at) if run.left_at else None,
            "went_to": self._label(run.escalated.to) if run.escalated else None,
        }

    def posts(self) -> Iterator[LogRow]:
        reference = self.alert.reference
        for order, run in enumerate(self.alert.runs, start=1):
            for number, post in enumerate(self._post_titles(run), start=1):
                yield {"reference": reference, "stage_order": order, "number": number, "post": post}

    def categories(self) -> Iterator[LogRow]:
        """Everything ticked in a list of the form, but why the council is involved, which has its column."""
        for question in self.form.fields(repeats="never"):
            if not question.type.facts.is_several or question.id == _CASES:
                continue
            given = self.alert.answers.get(question.id) or ()
            for category, title in (question.options or {}).items():
                if category in given:
                    yield {
                        "reference": self.alert.reference,
                        "question": question.id,
                        "category": category,
                        "title": title,
                    }

    def _in_time(self, run: StageRun, clocks: Clocks) -> str:
        if clocks.response is None and clocks.agreed is None:
            return "no clock"
        if (at := run.all_answered_at) is not None:
            if clocks.agreed is not None:
                return _yes(london_date(at) <= clocks.agreed)
            return _yes(clocks.response is not None and not clocks.response.is_past(at))
        return "no answer" if run.left_at or self.alert.closed else "not yet"

    def _working_days(self, since: datetime, until: datetime) -> int | None:
        try:
            days = self.calendar.as_known(since)  # a closure put down late shortens nothing
            return working_days_between(london_date(since), london_date(until), days)
        except (BeyondCalendar, BeforeCalendar):
            return None

    def _post_titles(self, run: StageRun) -> tuple[str, ...]:
        """Titles of the procedure only: what else stands in a post's place might be a name."""
        known = {role.title for role in self.procedure.roles.values()}
        known.add(self.procedure.title_of(RAISER))
        posts = (person.post for person in run.sent.asked)
        return tuple(dict.fromkeys(post if post in known else "another post" for post in posts))

    def _label(self, stage: str | None) -> str | None:
        return self.ladder.stage(stage).label if self.ladder and stage else None

    def _place(self, stage: str) -> int:
        return self.ladder.place(stage) + 1 if self.ladder else 0

    def _choices(self, question: str) -> Mapping[str, str]:
        fields = (one for one in self.form.fields() if one.id == question)
        return next((one.options for one in fields if one.options), {})

    def _case_types(self) -> str:
        given = self.alert.answers.get(_CASES) or ()
        said = (words for case, words in self._choices(_CASES).items() if case in given)
        return "; ".join(said) or NOT_GIVEN

    def _age_band(self) -> str:
        try:
            born = date.fromisoformat(_of_the_child(self.alert, self.form, "date"))
        except ValueError:
            return NOT_GIVEN
        return age_band(born, london_date(self.alert.raised_at))

    def _summary(self) -> str:
        lines = [one.id for one in self.form.fields() if one.goes_to == "log"]
        said = (str(self.alert.answers.get(line) or "") for line in lines)
        return " ".join(" ".join(said).split())


def _clocks(alert: Alert, order: int, ladder: Ladder | None, calendar: Calendar) -> Clocks:
    """The clocks of the stay number `order`; without dates where the calendar does not reach."""
    run = alert.runs[order - 1]
    try:
        return running_clocks(replace(alert, runs=alert.runs[:order]), ladder, calendar)
    except (BeyondCalendar, BeforeCalendar):
        return Clocks(awaited=set_by_people(run), hold=run.hold.until if run.hold else None)


def _of_the_child(alert: Alert, form: Form, kind: str) -> str:
    for one in form.fields():
        if one.identifies == "child" and one.type == kind:
            return str(alert.answers.get(one.id) or "")
    return ""


def _outcome(run: StageRun) -> tuple[str | None, str]:
    """The day and words of the latest outcome, a hold being one of them."""
    said = [(one.at, one.reviewed.verdict.words) for one in run.response_reviews]
    said += [(one.at, "Accepted until a date") for one in run.holds]
    if not said:
        return None, "Not reviewed"
    at, words = max(said)
    return _day(at), words


def _put_right_by(clocks: Clocks) -> str | None:
    return _due_on(clocks.settle) or _iso(clocks.settle_by)


def _due_on(due: Due | None) -> str | None:
    return due.by_day.isoformat() if due else None


def _day(moment: datetime) -> str:
    return london_date(moment).isoformat()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _yes(true: bool) -> str:  # noqa: FBT001 - it is only ever the answer to a question
    return "yes" if true else "no"
