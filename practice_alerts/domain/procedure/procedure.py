"""A council's procedure: everything site, form, clocks, document, notices and log follow from."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from practice_alerts.domain.definition import CaseType, Definition, Id, Said, Words
from practice_alerts.domain.procedure.ladder import Consult, Ladder, Timed
from practice_alerts.domain.procedure.posts import NOBODY_NAMED, WhoField

CASE_TYPES = {
    "looked_after": "looked-after child",
    "child_protection": "child on a child protection plan",
    "child_in_need": "child in need",
}

PARTNERS = "partners"
"""What a kind names as its ladder when the choice is among the partner ladders."""


class Ours(Said):
    """What this product offers beside a council's own text. Where the text knows it, it is the text's."""

    HOLD = "hold", "a hold until an agreed day"
    AGREE_DATE = "agree_date", "another date for the answer by agreement"
    ENTRY_REASON = "entry_reason", "a reason for starting above the first stage"
    CHILD_RIGHTS = "child_rights", "the questions about advocate and complaints at closing"


class Printing(Definition):
    """Which printing of the procedure this is. A date the source does not give stays empty."""

    version: Words
    issued: date | Words | None = None
    review_by: date | None = None
    status: Words = "not stated"
    note: Words | None = None

    def past_review(self, today: date) -> bool:
        return self.review_by is not None and self.review_by < today


class Role(Definition):
    """A post, its title and how else the document prints it. Who holds it is kept elsewhere."""

    title: Words
    short: Words | None = None
    also_printed: tuple[Words, ...] = ()
    team: bool = False
    held_by: Literal["people", "a setting"] = "people"
    stands_in: Id | None = None
    """The post that acts when this one is empty, where the procedure says so."""
    in_iro_service: bool = False
    """The post belongs to the IRO's own side, not to the chain that is challenged."""
    note: Words | None = None


class AlertKind(Definition):
    """A kind of alert: what it is called, which form it takes, which ladder it climbs (if any)."""

    title: Words
    about: Words | None = None
    ladder: Id | None = None
    """A ladder's id, ``partners`` for a choice among the partner ladders, or none: no stages, no clock."""
    form: Id | None = None
    goes_to: WhoField | None = None
    raised_by: tuple[Id, ...] = ()
    mandatory: bool = False

    @property
    def in_short(self) -> str:
        """What is said below its title where somebody chooses; empty where nothing is."""
        must = "It must be raised whenever there is occasion." if self.mandatory else ""
        return " ".join(filter(None, (self.about, must)))


class GateAnswer(Definition):
    """What follows from one answer at the gate."""

    tell: WhoField | None = None
    then: Words


class Gate(Definition):
    """A triage question before the ladder."""

    question: Words
    yes: GateAnswer
    no: GateAnswer

    def after(self, answer: str) -> GateAnswer:
        """What follows from the answer; whatever is not yes is no."""
        return self.yes if answer == "yes" else self.no


class OutsideRoute(Definition):
    """A way out of the authority, open at any time beside the ladder; never locked behind a stage."""

    raised_as: tuple[CaseType, ...] = ()
    consult: Consult | None = None
    prompted_after: Id | None = None
    asked_by: WhoField | None = None
    independent: bool = False
    test: Words | None = None
    wording: Words | None = None
    """What the council says of this route, in our words."""


class Overrides(Definition):
    """Events that bypass the ladder, and the posts to tell at once."""

    events: tuple[Words, ...] = Field(min_length=1)
    tell: WhoField
    by: Words
    within: Timed | Words = "immediately"


class Example(Definition):
    """One thing that belongs to a category, with the case types and posts the source ties it to."""

    text: Words
    cases: tuple[CaseType, ...] = ()
    responsible: WhoField | None = None
    examples: tuple[Words, ...] = ()
    note: Words | None = None


def _read_text(written: Any) -> Any:
    return {"text": written} if isinstance(written, str) else written


def _text_or(keys: str) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "string"}, {"$ref": f"#/$defs/{keys}"}]})


class Category(Definition):
    """What an alert may be about."""

    id: Id
    title: Words
    examples: tuple[Annotated[Example, BeforeValidator(_read_text), _text_or("Example")], ...] = ()
    note: Words | None = None


class Change(Definition):
    """A significant change that must be told, with its threshold where one is printed."""

    text: Words
    threshold: Words | None = None
    cases: tuple[CaseType, ...] = ()
    note: Words | None = None


class SignificantChanges(Definition):
    """The changes to be told to the IRO or chair, by whom and by when."""

    by: WhoField = NOBODY_NAMED
    to: WhoField
    within: Words = "not stated"
    items: tuple[Annotated[Change, BeforeValidator(_read_text), _text_or("Change")], ...] = Field(
        min_length=1
    )


class Duty(Timed):
    """A clock that belongs to no alert: papers before a review, a record after it."""

    id: Id
    what: Words
    by: WhoField = NOBODY_NAMED
    to: WhoField | None = None
    counted_from: Words = "not stated"
    cases: tuple[CaseType, ...] = ()
    used: bool = True
    """False for a time that the source prints and another clock overrules: shown, never run."""
    note: Words | None = None


class Recording(Definition):
    """Something to be recorded: what, where, by whom, by when."""

    what: Words
    where: Words
    by: WhoField = NOBODY_NAMED
    within: Words = "not stated"


class Oversight(Definition):
    """How the whole is watched over: copies, monthly and annual reports, audits."""

    what: Words
    by: WhoField = NOBODY_NAMED
    to: WhoField | None = None
    how_often: Words = "not stated"


class StandingRule(Definition):
    """A rule that holds throughout. Known ids change what the screens show; any other is shown as it is."""

    id: Id
    text: Words


class Law(Definition):
    """A legal basis: the one in force first, and how the document prints it."""

    now: Words
    as_printed: Words | None = None


class Reading(Definition):
    """Where the source is silent or contradicts itself: what it says, what we use, why."""

    id: Annotated[str, Field(pattern=r"^[A-Z][0-9]{1,3}$")]
    about: Words
    """The part it is about, as a path (``resolution.cap``, ``stage-5.then``) or in words."""
    says: Words
    used: Words
    why: Words | None = None
    ask: bool = False
    """True where the council is to be asked."""


class Procedure(Definition):
    """One council's rules in one edition."""

    council: Words
    title: Words
    also_called: tuple[Words, ...] = ()
    reference_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,5}$")]
    marking: Words = "OFFICIAL-SENSITIVE"
    edition: Printing
    raised_by: dict[CaseType, Id]
    case_system: Words
    about: Words | None = None
    roles: dict[Id, Role]
    kinds: dict[Id, AlertKind]
    gate: Gate | None = None
    ladders: dict[Id, Ladder] = {}
    partners: dict[Id, Ladder] = {}
    referrals: dict[Id, OutsideRoute] = {}
    overrides: Overrides | None = None
    categories: tuple[Category, ...] = ()
    duties: tuple[Duty, ...] = ()
    significant_changes: tuple[SignificantChanges, ...] = ()
    reviews_required: tuple[Words, ...] = ()
    recording: tuple[Recording, ...] = ()
    oversight: tuple[Oversight, ...] = ()
    standing_rules: tuple[StandingRule, ...] = ()
    rules_in_words: tuple[StandingRule, ...] = ()
    law: tuple[Law, ...] = ()
    ours: tuple[Ours, ...] = tuple(Ours)
    """What is offered although the text does not speak of it; marked so wherever it is met."""
    readings: tuple[Reading, ...] = ()

    def ladder_of(self, kind: str, partner: str | None = None) -> Ladder | None:
        """The ladder this kind climbs; none for good practice. `partner` chooses among partner ladders."""
        name = self.kinds[kind].ladder
        if name is None:
            return None
        if name == PARTNERS:
            return None if partner is None else self.partners[partner]
        return self.ladders[name]

    def ladders_of(self, kind: str) -> tuple[Ladder, ...]:
        """The one this kind climbs, or every partner ladder where that is a choice."""
        name = self.kinds[kind].ladder
        if name == PARTNERS:
            return tuple(self.partners.values())
        return () if name is None else (self.ladders[name],)

    @property
    def main_ladder(self) -> Ladder:
        """The ladder of the first kind that has one of the procedure's own."""
        for kind in self.kinds.values():
            if kind.ladder in self.ladders:
                return self.ladders[kind.ladder]
        raise KeyError("no kind climbs a ladder")

    def all_ladders(self) -> Iterator[tuple[str, Ladder]]:
        """Every ladder under its id, partner ladders as ``partners.NAME``."""
        yield from self.ladders.items()
        for name, ladder in self.partners.items():
            yield f"{PARTNERS}.{name}", ladder

    def title_of(self, role: str) -> str:
        """The post's title; ``raiser`` is the one word that is no post of the catalogue."""
        if role == "raiser":
            return "whoever raised the alert"
        return self.roles[role].title
