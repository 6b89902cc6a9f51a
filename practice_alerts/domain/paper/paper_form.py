"""What is asked of an alert that was sent on paper, what is wrong with its days, and what is kept of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from practice_alerts.domain.dates import LONDON, in_full, london_date, read_day
from practice_alerts.domain.deadlines.stage_clocks import is_in_hours, timed_in
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import (
    ADDRESSEE,
    AGENCY,
    RAISED_AS,
    TEAM,
    Answers,
    Form,
    FormField,
    is_answered,
)
from practice_alerts.domain.forms.validation import Faults, faults_in, says
from practice_alerts.domain.paper.on_paper import (
    EarlierAnswer,
    EarlierStage,
    OnPaper,
    PaperWay,
    beginning,
)
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.text import capital

PAPER: Final = "paper"
"""Begins the id of every question asked here, so that none is taken for one of a council's form."""
REFERENCE, RAISED_ON, WAY = f"{PAPER}_reference", f"{PAPER}_raised_on", f"{PAPER}_way"
SENT_ON, AT, DUE, ANSWERS = f"{PAPER}_sent_on", f"{PAPER}_at", f"{PAPER}_due", f"{PAPER}_answers"

_ALWAYS_ASKED = frozenset({RAISED_AS, TEAM, ADDRESSEE, AGENCY})
_TIME = "([01]?[0-9]|2[0-3]):[0-5][0-9]"


def entered_id(stage: Stage) -> str:
    return f"{PAPER}_entered_{stage.id}"


def due_id(stage: Stage) -> str:
    return f"{PAPER}_due_{stage.id}"


def as_far_as_known(form: Form) -> Form:
    """Without an answer wanted that the paper may not have; but who the child is, which team, and what for."""

    def eased(field: FormField) -> FormField:
        is_wanted = field.identifies == "child" or field.goes_to == "log"
        if is_wanted or field.id in _ALWAYS_ASKED:
            return field
        return field.model_copy(update={"required": False, "required_from": None})

    return form.changed(eased)


@dataclass(frozen=True, slots=True)
class PaperForm:
    """The questions about an alert that stands at `stage` of its ladder."""

    ladder: Ladder
    stage: Stage

    @property
    def before(self) -> tuple[Stage, ...]:
        """The stages where it may have been earlier."""
        return self.ladder.stages[: self.ladder.place(self.stage.id)]

    @property
    def fields(self) -> tuple[FormField, ...]:
        return (*self._raised, *self._earlier, *self._sent, *self._answers)

    @property
    def _raised(self) -> tuple[FormField, ...]:
        return (
            FormField(
                id=REFERENCE,
                label="The reference it bore on paper",
                hint="No two alerts of a council bear the same. Leave it empty if it bore none.",
                type=FieldType.REFERENCE,
                most=60,
            ),
            FormField(
                id=RAISED_ON,
                label="The day on which it was raised",
                hint="As it stands on the paper.",
                type=FieldType.DATE,
                required=True,
            ),
        )

    @property
    def _earlier(self) -> tuple[FormField, ...]:
        found: list[FormField] = []
        for one in self.before:
            found += (
                FormField(
                    id=entered_id(one),
                    label=f"{one.label}: the day on which it came there",
                    hint="Leave it empty if it was never there.",
                    type=FieldType.DATE,
                ),
                FormField(
                    id=due_id(one),
                    label=f"{one.label}: the day given for the answer",
                    type=FieldType.DATE,
                ),
            )
        return tuple(found)

    @property
    def _sent(self) -> tuple[FormField, ...]:
        label = self.stage.label
        return (
            FormField(
                id=SENT_ON,
                label=f"{label}: the day on which it was sent",
                hint="The clocks run from this day.",
                type=FieldType.DATE,
                required=True,
            ),
            *((self._time_of_day,) if self.counts_hours else ()),
            FormField(
                id=WAY,
                label="How it was sent",
                type=FieldType.ONE_OF,
                options={one.value: one.words for one in PaperWay},
                required=True,
            ),
            FormField(
                id=DUE,
                label=f"{label}: the day given for the answer",
                hint="As it stands on the paper, and it holds whatever would be counted here."
                " Left empty, the clock gives the day.",
                type=FieldType.DATE,
            ),
        )

    @property
    def _time_of_day(self) -> FormField:
        return FormField(
            id=AT,
            label=f"{self.stage.label}: at what time it was sent",
            hint="Such as 14:30; clocks of hours go by it.",
            type=FieldType.TEXT,
            required=True,
            pattern=_TIME,
            pattern_says="give the time with a colon, such as 14:30",
        )

    @property
    def _answers(self) -> tuple[FormField, ...]:
        if not self.before:
            return ()
        each = (
            FormField(id="on", label="The day", type=FieldType.DATE, required=True),
            FormField(id="who", label="Who answered", type=FieldType.TEXT, required=True),
            FormField(
                id="text", label="What they said, in brief", type=FieldType.LONG_TEXT, required=True
            ),
        )
        return (
            FormField(
                id=ANSWERS,
                label="Answers that came at earlier stages",
                hint=f"An answer to {self.stage.label} is recorded once the alert stands here.",
                type=FieldType.GROUP,
                fields=each,
            ),
        )

    @property
    def counts_hours(self) -> bool:
        return any(is_in_hours(one.within) for one in timed_in(self.stage))

    def faults(self, given: Answers, now: datetime, first: date, last: date) -> Faults:
        """What is wrong; `first` and `last` are the days between which a calendar knows which are worked."""
        typed = faults_in(self.fields, {**given, ANSWERS: _items(given)})
        return typed or _Days(self, given, now, first, last).faults()

    def kept(self, given: Answers, by: str) -> OnPaper:
        """Of answers in which nothing is at fault."""
        entered = ((one, _day(given, entered_id(one))) for one in self.before)
        return OnPaper(
            by=by,
            reference=_text(given, REFERENCE),
            raised_on=_must_be(_day(given, RAISED_ON)),
            stage=self.stage.id,
            way=PaperWay(_text(given, WAY)),
            sent=self.sent(given),
            at=_text(given, AT) if self.counts_hours else "",
            due=_day(given, DUE),
            earlier=tuple(
                EarlierStage(stage=one.id, entered=day, due=_day(given, due_id(one)))
                for one, day in entered
                if day is not None
            ),
            answers=tuple(self._answers_kept(given)),
        )

    def _answers_kept(self, given: Answers) -> Iterator[EarlierAnswer]:
        for one in _items(given) if self.before else ():
            yield EarlierAnswer(
                on=_must_be(_day(one, "on")), who=_text(one, "who"), text=_text(one, "text")
            )

    def sent(self, given: Answers) -> datetime:
        """When it went to this stage; of a day alone its beginning."""
        day, at = _must_be(_day(given, SENT_ON)), _text(given, AT)
        if not (self.counts_hours and at):
            return beginning(day)
        return datetime.combine(day, time.fromisoformat(at.zfill(len("00:00"))), tzinfo=LONDON)


@dataclass(frozen=True, slots=True)
class _Days:
    """Every day in it is one by now; which of them cannot be?"""

    form: PaperForm
    given: Answers
    now: datetime
    first: date
    last: date

    def faults(self) -> Faults:
        found: Faults = {}
        for field, said in (
            *self._in_order(),
            *self._given_days(),
            *self._answers(),
        ):
            found.setdefault(field, said)
        return found

    def _in_order(self) -> Iterator[tuple[str, str]]:
        """Raised, then stage by stage, then sent to where it stands: none before the one it follows."""
        today, before, what = london_date(self.now), self.first, ""
        for field in self._path():
            day = _day(self.given, field.id)
            if day is None:
                continue
            if day > today:
                yield field.id, says(field, "choose today or a day that has been.")
            elif day < before:
                since = (
                    f"{what} on {in_full(before)}"
                    if what
                    else f"days are known here from {in_full(before)} on"
                )
                yield field.id, says(field, f"{since}; choose that day or a later one.")
            else:
                before, what = day, self._said(field)
        if self.form.counts_hours and self.form.sent(self.given) > self.now:
            field = self._field(AT)
            yield AT, says(field, "choose a time that has been.")

    def _path(self) -> Iterator[FormField]:
        yield self._field(RAISED_ON)
        yield from (self._field(entered_id(one)) for one in self.form.before)
        yield self._field(SENT_ON)

    def _said(self, field: FormField) -> str:
        if field.id == RAISED_ON:
            return "it was raised"
        return f"it came to {field.label.partition(':')[0]}"

    def _given_days(self) -> Iterator[tuple[str, str]]:
        """No answer is due before it was asked for; a day by itself says nothing of a stage."""
        pairs = [(entered_id(one), due_id(one)) for one in self.form.before]
        for since, by in (*pairs, (SENT_ON, DUE)):
            start, day, field = _day(self.given, since), _day(self.given, by), self._field(by)
            if day is None:
                continue
            if start is None:
                yield since, says(self._field(since), "give the day, or take out the answer's.")
            elif day < start:
                yield by, says(field, f"it came there on {in_full(start)}; check both days.")
            elif day > self.last:
                yield by, says(field, f"days are known here up to {in_full(self.last)}; check it.")

    def _answers(self) -> Iterator[tuple[str, str]]:
        raised = _must_be(_day(self.given, RAISED_ON))
        if not self.form.before:
            return
        for number, one in enumerate(_items(self.given), start=1):
            day = _must_be(_day(one, "on"))
            if day > london_date(self.now):
                said = "choose today or a day that has been."
            elif day < raised:
                said = f"it was raised on {in_full(raised)}; choose that day or a later one."
            else:
                continue
            yield ANSWERS, f"{self._field(ANSWERS).label}, number {number}. {capital(said)}"

    def _field(self, name: str) -> FormField:
        return next(one for one in self.form.fields if one.id == name)


def _day(given: Mapping[str, Any], name: str) -> date | None:
    return read_day(_text(given, name))


def _must_be(day: date | None) -> date:
    if day is None:
        raise ValueError("a day was at fault")
    return day


def _text(given: Mapping[str, Any], name: str) -> str:
    return str(given.get(name) or "").strip()


def _items(given: Answers) -> list[Mapping[str, Any]]:
    """Those in which anything was typed: a page shows an empty one."""
    return [one for one in given.get(ANSWERS) or () if any(map(is_answered, one.values()))]
