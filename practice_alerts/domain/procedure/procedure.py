"""A council's procedure: everything site, form, clocks, document, notices and log follow from."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from practice_alerts.domain.definition import CaseType, Definition, Id, Said, Words
from practice_alerts.domain.once import once
from practice_alerts.domain.procedure.case_types import CASE_TYPES, OwnCaseType
from practice_alerts.domain.procedure.categories import Category, SharedTheme, SignificantChanges
from practice_alerts.domain.procedure.file_name import FileName
from practice_alerts.domain.procedure.keeping import Keeping
from practice_alerts.domain.procedure.ladder import Consult, Ladder, Stage, Timed
from practice_alerts.domain.procedure.law_book import LawBook
from practice_alerts.domain.procedure.posts import (
    NOBODY_NAMED,
    RAISER,
    RaisingPosts,
    Role,
    Side,
    Who,
    WhoField,
)
from practice_alerts.domain.site_words import Site

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
    amended: Words | None = None
    """What the document itself says that it changed."""
    overtaken: Words | None = None
    """What has come since, where the council or this document is no longer what it was; stands at the head."""

    def past_review(self, today: date) -> bool:
        return self.review_by is not None and self.review_by < today


class AlertKind(Definition):
    """A kind of alert: what it is called, which form it takes, which ladder it climbs (if any)."""

    title: Words
    about: Words | None = None
    ladder: Id | None = None
    """A ladder's id, ``partners`` for a choice among the partner ladders, or none: no stages, no clock."""
    form: Id | None = None
    goes_to: WhoField | None = None
    raised_by: tuple[Id, ...] = ()
    cases: tuple[CaseType, ...] = ()
    """The case types it is for; none said: those for which the posts that raise it raise."""
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
    """A legal basis, by its id in the book of law or in words, and how the document prints it."""

    id: Id | None = None
    now: Words | None = None
    as_printed: Words | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.id is None) == (self.now is None):
            raise ValueError("give either id, as law.yml has it, or now, in words")
        return self

    def today(self, book: LawBook) -> str:
        """What it is called today."""
        return self.now or book.now(self.id or "")


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
    reference_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,5}$")] = "PA"
    marking: Words = "OFFICIAL-SENSITIVE"
    file_name: FileName = "{reference}"
    edition: Printing
    raised_by: dict[CaseType, RaisingPosts] = Field(min_length=1)
    case_types: dict[CaseType, OwnCaseType] = {}
    keep: Keeping = Keeping()
    case_system: Words = "not stated"
    about: Words | None = None
    roles: dict[Id, Role]
    kinds: dict[Id, AlertKind]
    gate: Gate | None = None
    ladders: dict[Id, Ladder] = {}
    partners: dict[Id, Ladder] = {}
    referrals: dict[Id, OutsideRoute] = {}
    overrides: Overrides | None = None
    categories: tuple[Category, ...] = ()
    themes: dict[Id, SharedTheme] = {}
    """By the id of a category, a ground or whatever a form offers in their place; an example's goes before its category's."""
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
    site: Site = Site()

    @property
    def raising_posts(self) -> tuple[str, ...]:
        """Every role that raises alerts, for whatever case type, each once."""
        return tuple(dict.fromkeys(role for roles in self.raised_by.values() for role in roles))

    def cases_of(self, roles: Iterable[str]) -> tuple[str, ...]:
        """The case types that these roles raise."""
        held = set(roles)
        return tuple(case for case, posts in self.raised_by.items() if held & set(posts))

    def cases_of_kind(
        self, kind: AlertKind, ladder: Ladder | None = None, held: Iterable[str] | None = None
    ) -> tuple[str, ...]:
        """The case types of alerts of this kind, on that ladder if it climbs one; by whoever holds these posts."""
        return tuple(
            case
            for case in self.raised_by
            if self.raisers_of(kind, ladder, case).intersection(
                self.roles if held is None else held
            )
        )

    def raisers_of(self, kind: AlertKind, ladder: Ladder | None, case: str) -> frozenset[str]:
        """The posts that raise alerts of this kind, on that ladder if it climbs one, of this case type.

        A post that raises the kind and stands under no case type raises it for any.
        """
        if kind.cases and case not in kind.cases:
            return frozenset()
        posts = set(kind.raised_by or self.raising_posts)
        if ladder is not None and ladder.raised_by:
            posts &= set(ladder.raised_by)
        return frozenset(
            one
            for one in posts
            if one in self.raised_by.get(case, ()) or one not in self.raising_posts
        )

    def cases_on(self, ladder: str) -> tuple[str, ...]:
        """The case types of the alerts that climb this ladder; none where no kind does."""
        kinds = [kind for kind in self.kinds.values() if kind.ladder == ladder]
        found = {case for one in kinds for case in self.cases_of_kind(one, self.ladders[ladder])}
        return tuple(case for case in self.raised_by if case in found)

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

    def partner_title(self, name: str) -> str:
        """The title of a ladder into an agency; its id in words where it has none."""
        return self.partners[name].title or name.replace("-", " ").replace("_", " ").capitalize()

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

    @property
    def case_titles(self) -> dict[str, str]:
        """Every case type an alert may be of, as said after "for": ``a looked-after child``."""
        own = {name: one.title for name, one in self.case_types.items()}
        return {**CASE_TYPES, **own}

    @property
    def own_side(self) -> frozenset[str]:
        """The posts of the side that challenges: those of the file, and whichever raise its alerts.

        But not one that is said to be challenged and raises all the same, from there (`directions`).
        """
        return _own_side(self)

    def asked_at(self, stage: Stage) -> Who:
        """Who must act first at a stage: those who answer, else the first of the other side with a task there.

        Never whoever raises alerts, nor anybody of their side where others are left. A ladder that is climbed
        from the other side is asked of the procedure as its raisers have it (`directions`).
        """
        answering = stage.answer.by if stage.answer is not None else NOBODY_NAMED
        if answering.posts:
            others = answering.without({RAISER, *self.own_side})
            raising = self.own_side.intersection(self.raising_posts)
            return others if others.posts else answering.without({RAISER, *raising})
        theirs = (who.without({RAISER, *self.own_side}) for who in stage.with_a_task)
        return next((who for who in theirs if who.posts), NOBODY_NAMED)

    def stand_in_of(self, role: str) -> str | None:
        """The post that acts where this one is empty: of the same side, so that nobody answers for the other."""
        other = self.roles[role].stands_in if role in self.roles else None
        same_side = (role in self.own_side) is (other in self.own_side)
        return other if same_side else None

    def title_of(self, role: str) -> str:
        """The post's title; ``raiser`` is the one word that is no post of the catalogue."""
        return "whoever raised the alert" if role == "raiser" else self.roles[role].title


@once
def _own_side(procedure: Procedure) -> frozenset[str]:
    roles = procedure.roles.items()
    back = {name for name, role in roles if role.side is Side.CHALLENGED}
    ours = (name for name, role in roles if role.own_side)
    return frozenset({*ours, *procedure.raising_posts} - back)
