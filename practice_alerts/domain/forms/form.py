"""Forms as data: what is asked, of whom, when. One validation for every face."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import Field, model_validator

from practice_alerts.domain.dates import on_the_day
from practice_alerts.domain.definition import CaseType, Definition, Id, Said, Words
from practice_alerts.domain.forms.field_types import Choices, FieldType, day_in_words
from practice_alerts.domain.text import can_be_seen


class OptionsFrom(Said):
    """Where choices come from: the procedure, the words of this product, or the alert at the time."""

    CATEGORIES = "categories", "the categories"
    RAISED_BY = "raised_by", "how it can be raised"
    AROSE = "arose", "where a concern can come up"
    CRITERIA = "criteria", "the grounds of the stage"
    STAGES = "stages", "the stages"
    PARTNERS = "partners", "the partner agencies"
    RESPONSES = "responses", "what can be answered"
    CHANNELS = "channels", "how an answer can come"
    LATE_REASONS = "late_reasons", "why an answer can come late"
    RESPONSE_OUTCOMES = "verdicts", "what can be made of an answer"
    ENDINGS = "endings", "how an alert can end"
    CHANGES = "changes", "what can have changed for the child"
    FOLLOW_UPS = "follow_ups", "what can become of a referral"
    ROUTES = "routes", "the ways out of the authority"
    OVERRIDES = "overrides", "what goes before the procedure"
    CONSULTATION = "consultation", "who can be spoken to first"
    STEPS = "steps", "the steps of the stage"
    STEP_RESULTS = "outcomes", "the results of the step"
    REFERRALS = "referrals", "the referrals of the alert"
    GROUNDS = "grounds", "what sends an alert on"
    OFFICERS = "officers", "the reviewing officers"
    QUESTIONS = "questions", "the questions of the form"
    BY_HAND = "by_hand", "those to be written to by hand"
    PARTS = "parts", "the parts of the record"
    READERS = "readers", "those who can be named to read legal advice"
    OWN_SIDE = "own_side", "those of the reviewing officer's side"
    COLLEAGUES = "colleagues", "those who hold a post here"
    OPEN_QUESTIONS = "open_questions", "the questions without an answer"
    NOT_THEIRS = "not_theirs", "those who say that it is not theirs"
    SAME_POST = "same_post", "those who hold the same post"
    ASKED = "asked", "those who are asked at the stage"


class Test(Said):
    IS = "is", "is"
    IS_NOT = "is_not", "is not"
    ANY_OF = "any_of", "is"
    INCLUDES = "includes", "includes"
    ANSWERED = "answered", "is answered:"


class FilledBy(Said):
    RAISER = "raiser", "whoever raises the alert"
    ANSWERER = "answerer", "whoever answers"
    REVIEWER = "judge", "whoever reviews the response"


Answers = Mapping[str, Any]
"""Field id -> text, list of texts (many_of) or list of answers (group). Dates are ISO texts, yes/no is "yes"/"no"."""
ADDRESSEE = "sent_to"
"""The id of the field that names whom an escalation to a partner agency goes to, in or out of the directory."""
NOBODY = "Nobody is allocated"
"""The answer to a question for a person that says that there is none: nobody is guessed in their place."""


def id_key(field_id: str) -> str:
    """Under what a form keeps who in the directory is meant by the name in this field."""
    return f"{field_id}.id"


MARK = "@"
"""What stands between the id of a question and the child it is put about, where several are on one form."""


def of_child(field_id: str, child: str) -> str:
    """Where the answer about this further child stands; about the first, in its usual place."""
    return f"{field_id}{MARK}{child}" if child else field_id


def mark_of(name: str) -> str:
    """About which further child this is; empty for the first, and for all."""
    return name.partition(MARK)[2].partition(".")[0]


def beside(field_id: str, other: str) -> str:
    """The id of another question about the same child."""
    return of_child(other, mark_of(field_id))


_NOT_PASSED_ON = "_not_passed_on"


def not_passed_on(field_id: str) -> str:
    """The id of the question beside this one whose "yes" keeps what is said there on the officer's own side."""
    return f"{field_id}{_NOT_PASSED_ON}"


def kept_by(field_id: str) -> str:
    """The id of the question that this one stands beside to keep it on the own side; empty for any other."""
    return field_id.removesuffix(_NOT_PASSED_ON) if field_id.endswith(_NOT_PASSED_ON) else ""


CASE_STATUS = "case_status"
"""The id of the field whose choices may be case types; a question's `cases` go by it as well."""
PLACEMENT_AREA = "placement_area"
"""The id of the field that says in which council's or force's area the child is placed."""
CATEGORY = "category"
"""The id of the field that says what an alert is about; its choices are counted as themes."""
AROSE = "arose"
"""The id of the field that says where a concern came up."""
AGENCY = "partner"
"""The id of the field that names a partner agency. It is chosen before the form and not asked on it again."""
RAISED_AS = "raised_as"
"""The id of the field that says for which case type it is raised; without it that follows from the raiser's post."""
TEAM = "team"
"""The id of the field that says in which team the child is."""

UNSEEN = "Asked by this product"
"""What is said of a question of ours while nobody can know whether the paper form has it."""
TEXT_LIMIT, LONG_TEXT_LIMIT = 300, 20_000


class Condition(Definition):
    """Asked only when another answer passes one test. The closed set of tests is `Test`."""

    field: Id
    test: Test
    value: str | tuple[str, ...] | bool

    def holds(self, answers: Answers) -> bool:
        given = answers.get(self.field)
        match self.test:
            case Test.IS | Test.ANY_OF:
                return self._is_one_of_them(given)
            case Test.IS_NOT:
                return not self._is_one_of_them(given)
            case Test.INCLUDES:
                return isinstance(given, list | tuple) and self.value in given
            case Test.ANSWERED:
                return is_answered(given) == (self.value is True or self.value == "yes")

    @property
    def answers(self) -> tuple[str | bool, ...]:
        """Those that it looks for: of a list any one, whatever the test is called."""
        if self.test is Test.ANSWERED:
            return ()
        return self.value if isinstance(self.value, tuple) else (self.value,)

    def _is_one_of_them(self, given: Any) -> bool:
        return any(bool(given == one) for one in self.answers)


def read_when(written: Any) -> Any:
    """Turn ``{discussed: "yes"}`` and ``{category: {includes: drift}}`` into conditions."""
    if not isinstance(written, Mapping):
        return written
    found = []
    for name, said in written.items():
        tests = said if isinstance(said, Mapping) else {"is": said}
        found += [{"field": name, "test": word, "value": value} for word, value in tests.items()]
    return tuple(found)


class FormField(Definition):
    """One question."""

    id: Id
    label: Words
    type: FieldType
    hint: Words | None = None
    help: Words | None = None
    options: dict[str, Words] | None = None
    options_from: OptionsFrom | None = None
    examples_of: Id | None = None
    """Its choices are those examples of this category that have an id."""
    role: Id | None = None
    """For a person: whose post it is, to fill it from the directory."""
    required: bool = False
    required_from: Id | None = None
    """Required from this stage on."""
    optional_from: Id | None = None
    """Required before this stage only: from it on it may be left empty."""
    when: tuple[Condition, ...] = ()
    cases: tuple[CaseType, ...] = ()
    identifies: Literal["child", "adult"] | None = None
    """Names the child or somebody else: never leaves the identifiable store."""
    each_child: bool = False
    """Asked of each child, where brothers or sisters are raised together (see `each_child`)."""
    goes_to: Literal["log"] | None = None
    ours: bool = False
    """Not on the council's paper form; where that was not seen (`Form.paper_seen`), not named in the text."""
    pattern: Words | None = None
    pattern_says: Words | None = None
    """What the pattern asks for, in words, for the message."""
    most: int | None = Field(default=None, gt=0)
    """Most characters (text), or greatest number."""
    prefill: Literal["raiser", "today", "council"] | None = None
    fields: tuple[FormField, ...] = ()
    """For a group: what is asked each time."""

    @model_validator(mode="before")
    @classmethod
    def _read_when(cls, written: Any) -> Any:
        if isinstance(written, Mapping) and "when" in written:
            return {**written, "when": read_when(written["when"])}
        return written

    @model_validator(mode="after")
    def _whole(self) -> FormField:
        facts = self.type.facts
        if facts.needs_options and not (self.options or self.options_from or self.examples_of):
            raise ValueError(f"a field of type {self.type} needs options or options_from")
        if facts.has_fields != bool(self.fields):
            raise ValueError("fields belong to a field of type group, and only there")
        return self

    def asked(self, answers: Answers) -> bool:
        """Is the question put, given the other answers?"""
        if not all(condition.holds(answers) for condition in self.when):
            return False
        status = answers.get(beside(self.id, CASE_STATUS))
        return not self.cases or any(case in self.cases for case in _cases(answers, status))

    def in_words(self, value: Any) -> str:
        """The answer as it is read. A day that tells who somebody is, is a birthday, and bears no weekday."""
        if self.type is FieldType.DATE and self.identifies is not None:
            return day_in_words(str(value), on_the_day)
        return self.type.facts.in_words(value, self.choices)

    @property
    def limit(self) -> int:
        if self.most is not None:
            return self.most
        return LONG_TEXT_LIMIT if self.type.facts.is_tall else TEXT_LIMIT

    @property
    def is_person(self) -> bool:
        """Does the answer name somebody, or lead to them as a case number does?"""
        return self.identifies is not None or self.type.facts.names_somebody

    @property
    def is_printed(self) -> bool:
        """Neither for the log alone, nor told with the answer that it keeps back."""
        return self.goes_to is None and not kept_by(self.id)

    @property
    def names_child(self) -> bool:
        """Does the file say so of it, or of something that it asks for each time?"""
        return self.identifies == "child" or any(one.names_child for one in self.fields)

    @property
    def choices(self) -> Choices:
        return self.type.facts.offers or self.options or {}

    @property
    def is_ticked(self) -> bool:
        """Printed with every choice that the procedure offers, ticked or not?"""
        return self.type.facts.is_several and self.options_from is not None


class FormSection(Definition):
    """Questions under one heading."""

    title: Words
    help: Words | None = None
    repeats: Literal["stage"] | None = None
    """Asked anew at each stage: the block a paper form prints several times."""
    filled_by: FilledBy = FilledBy.RAISER
    shows: tuple[Id, ...] = ()
    fields: tuple[FormField, ...] = ()


class Form(Definition):
    """A council's form: its sections, and what is printed on it but never typed."""

    title: Words
    paper: Words | None = None
    paper_seen: bool = False
    """Was the paper form itself at hand? What it lacks is said of such a form only."""
    shows: tuple[Id, ...] = ()
    sections: tuple[FormSection, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_once(self) -> Form:
        seen: set[str] = set()
        for field in self.fields():
            if field.id in seen:
                raise ValueError(f"the field id '{field.id}' stands twice")
            seen.add(field.id)
        return self

    @property
    def said_of_ours(self) -> str:
        """What a question marked as ours says of itself."""
        return "Not on the paper form" if self.paper_seen else UNSEEN

    def fields(
        self,
        *,
        filled_by: str | None = None,
        repeats: Literal["stage", "never", "either"] = "either",
    ) -> tuple[FormField, ...]:
        """The fields, in order: all, or those one side fills, or those of (not) repeating sections."""
        return tuple(
            field
            for section in self.sections
            if filled_by in (None, section.filled_by)
            if repeats == "either" or (section.repeats == "stage") == (repeats == "stage")
            for field in section.fields
        )

    def changed(self, change: Callable[[FormField], FormField | None]) -> Form:
        """The form with each field as `change` gives it back, and without those it gives none for."""
        sections = tuple(
            one.model_copy(update={"fields": tuple(filter(None, map(change, one.fields)))})
            for one in self.sections
        )
        return self.model_copy(update={"sections": sections})

    def field(self, field_id: str) -> FormField:
        for field in self.fields():
            if field.id == field_id:
                return field
        raise KeyError(field_id)


def is_answered(value: Any) -> bool:
    """Has anything been given? Spaces alone are nothing, nor is what nobody can see."""
    given = value is not None and value not in ([], (), False)
    return can_be_seen(value) if isinstance(value, str) else given


def with_new(before: Answers, now: Answers) -> dict[str, Any]:
    """The new answers over those before, without what was taken back; whom an old name meant a new one does not."""
    renamed = {id_key(name) for name, value in now.items() if before.get(name) != value}
    every = {**{name: value for name, value in before.items() if name not in renamed}, **now}
    return {name: value for name, value in every.items() if is_answered(value)}


def _cases(answers: Answers, status: Any) -> tuple[str, ...]:
    raised_as = answers.get(RAISED_AS)
    return (*(status or ()), *((raised_as,) if raised_as else ()))
