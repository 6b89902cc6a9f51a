"""Who may do what: one table of relation to the alert, act and condition.

Deny by default: what no row allows is refused. The independence of the reviewing officer is in here too:
nobody of the challenged chain has a row that edits, reviews, escalates or closes; they answer, and record their own steps.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from practice_alerts.domain.acts.act_rows import ACTS, Act
from practice_alerts.domain.acts.act_shape import NOBODY, READERS_ONLY, NamedPosts, Phase, Relation
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.procedure.directions import MANAGER
from practice_alerts.domain.procedure.posts import AUDITOR
from practice_alerts.domain.standing.case_moves import former
from practice_alerts.domain.standing.how_long_kept import is_disputed
from practice_alerts.domain.standing.let_in import is_let_in

__all__ = ["NOBODY", "Act", "NamedPosts", "Phase", "Relation"]  # everybody takes these from here


@dataclass(frozen=True, slots=True)
class PermissionRule:
    relation: Relation
    act: Act
    condition: Phase


RULES: tuple[PermissionRule, ...] = (
    PermissionRule(Relation.MAY_RAISE, Act.RAISE, Phase.ALWAYS),
    *(
        PermissionRule(relation, Act.FROM_PAPER, Phase.BEFORE)
        for relation in (Relation.MAY_RAISE, Relation.COVERS_RAISER, Relation.IRO_SUPPORT)
    ),
    *(
        PermissionRule(relation, Act.SEE, Phase.ALWAYS)
        for relation in Relation
        if relation is not Relation.MAY_RAISE
    ),
    *(PermissionRule(relation, act, row.when) for act, row in ACTS.items() for relation in row.who),
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a person, the posts they hold and whom they cover for today.

    `posts` are role ids of one council's procedure, or of the office (`iro_manager`, `qa_lead`,
    `administrator`). `covers_for` are ids of people.
    """

    id: str
    name: str
    council: str
    posts: frozenset[str]
    covers_for: frozenset[str] = frozenset()
    covered_posts: frozenset[str] = frozenset()
    """Those held there by the people they cover for."""
    has_covered: frozenset[tuple[str, date]] = frozenset()
    """Whom they ever stood in for, each with the last day of it."""
    reads_closed_since: date | None = None
    """Of what was closed before this day they read nothing for having been asked or told; None: however long ago."""
    relieves: tuple["Actor", ...] | None = None
    """Of whoever is in reserve for them: the managers of the service today; None for everybody else."""
    audits: frozenset[str] = frozenset()
    """References of the alerts drawn for them as an audit sample that still runs."""
    shut_out_of: frozenset[str] = frozenset()
    """References of the alerts about a child in whom they have an interest."""
    must_prove_again: bool = False
    """They have not lately proved who they are, which changing addresses and posts of others takes."""


OFFICES_RELATION: Mapping[str, Relation] = {
    MANAGER: Relation.IRO_MANAGER,
    "qa_lead": Relation.AUDIT_SAMPLE,
    AUDITOR: Relation.AUDITOR,
    "iro_support": Relation.IRO_SUPPORT,
}
"""Posts of running the office whose holders stand so to alerts; the others stand in no way for holding them."""


def relations(actor: Actor, alert: Alert, named: NamedPosts = NOBODY) -> frozenset[Relation]:
    """How this person stands to this alert; empty for a stranger or another council's people.

    Empty, too, for whoever holds no post in the council today: what they were once asked, or raised, or
    cover, gives no right of its own. Empty, as well, for whoever is shut out.
    """
    if actor.council != alert.raised.council or not actor.posts or is_shut_out(actor, alert):
        return frozenset()
    between = _Between(actor, alert, named)
    if between.in_post(Relation.AUDITOR):
        return frozenset({Relation.AUDITOR})  # and nothing else, whatever they are besides
    found = {relation for relation, holds in _HOLDS.items() if holds(between)}
    if reading_is_over(actor, alert):
        found -= _UNTIL_LONG_CLOSED
    if is_disputed(alert):
        found -= READERS_ONLY
    if found & {Relation.ASKED, Relation.COVERS_ASKED, Relation.WAS_ASKED}:
        found -= _NOT_FOR_THE_CHALLENGED
    if actor.id in {alert.officer.id, alert.raiser.id}:  # nobody answers what they raised or have
        found -= {Relation.COVERS_ASKED}
    if found & {Relation.RAISER, Relation.COVERS_RAISER} and "" in between.now_asked:
        found.add(Relation.HEARS_OUTSIDE)
    return frozenset(found)


def is_shut_out(actor: Actor, alert: Alert) -> bool:
    """Have they an interest in its child, or is it restricted to others? Then no post, cover or copy counts."""
    return alert.reference in actor.shut_out_of or not is_let_in(actor.id, actor.posts, alert)


_UNTIL_LONG_CLOSED = frozenset(
    {
        *(Relation.ASKED, Relation.COVERS_ASKED, Relation.WAS_ASKED, Relation.COPIED),
        *(Relation.DOES_STEP, Relation.COVERS_DOER),
    }
)
"""What lets somebody read for a time after it is closed, and not for ever."""


def reading_is_over(actor: Actor, alert: Alert) -> bool:
    """Was it closed so long ago that having been asked or told lets this person read nothing of it?"""
    since = actor.reads_closed_since
    return (
        since is not None and alert.closed_at is not None and london_date(alert.closed_at) < since
    )


@dataclass(frozen=True)
class _Between:
    """A person, an alert, and what the procedure says of both."""

    actor: Actor
    alert: Alert
    named: NamedPosts

    @cached_property
    def now_asked(self) -> set[str]:
        run = self.alert.run
        return {person.id for person in run.sent.asked} if run else set()

    def drafts(self) -> bool:
        run = self.alert.run if self.alert.is_open else None
        return run is not None and self.actor.id in {one.to.id for one in run.drafters}

    def covers_officer(self) -> bool:
        """Only somebody of the IRO service acts as an officer's cover; while it is restricted, the stand-in named."""
        restriction = self.alert.restriction
        covers = (
            self.actor.id == restriction.what.stand_in.id != self.alert.officer.id
            if restriction
            else self.alert.officer.id in self.actor.covers_for
        )
        return covers and self._is_of_own_side

    @property
    def _is_of_own_side(self) -> bool:
        own_side = self.named.own_side
        return own_side is None or bool(own_side & self.actor.posts)

    def manages_officer(self) -> bool:
        """The manager of the IRO service has no say over an alert about that service."""
        return self._is_the_services and (
            self.in_post(Relation.IRO_MANAGER) or self._relieves_all()
        )

    def supports_officer(self) -> bool:
        """Nor has its support."""
        return self.in_post(Relation.IRO_SUPPORT) and self._is_the_services

    @property
    def _is_the_services(self) -> bool:
        return self.named.own_side is None or MANAGER in self.named.own_side

    def _relieves_all(self) -> bool:
        """In reserve one has a say where no manager is left whom the alert does not challenge."""
        managers = self.actor.relieves
        if managers is None or is_challenged(self.actor, self.alert, self.named):
            return False
        return all_challenged(managers, self.alert, self.named)

    def in_post(self, relation: Relation) -> bool:
        """Do they hold a post of running the office that stands so to alerts?"""
        return any(OFFICES_RELATION.get(post) is relation for post in self.actor.posts)

    def audits(self) -> bool:
        drawn = self.alert.reference in self.actor.audits
        return drawn and self.in_post(Relation.AUDIT_SAMPLE)

    def is_unmanaged(self) -> bool:
        """Has the officer no manager with a say? Then they, or their cover, give it on themselves."""
        is_theirs = self.actor.id == self.alert.officer.id or self.covers_officer()
        return is_theirs and not self._is_the_services

    def was_asked(self) -> bool:
        ever = {person.id for person in self.alert.people_asked}
        return self.actor.id in ever - self.now_asked - self._former

    def copied(self) -> bool:
        return self.actor.id in {one.id for one in self.alert.people_told} - self._former

    def is_named_reader(self) -> bool:
        restriction = self.alert.restriction
        if restriction is None:
            return False
        return restriction.is_locked or self.actor.id in restriction.named_ids

    def is_second(self) -> bool:
        """Whoever is to confirm the restriction: of the officer's own side, as a cover is."""
        restriction = self.alert.restriction
        is_named = restriction is not None and self.actor.id == restriction.what.second.id
        return is_named and self._is_of_own_side

    @property
    def _former(self) -> set[str]:
        """Once the case is no longer theirs, they read on the answer page what they were asked, and no more."""
        return set(former(self.alert))


_HOLDS: Mapping[Relation, Callable[[_Between], bool]] = complete(
    Relation,
    {
        Relation.RAISER: lambda it: it.actor.id == it.alert.officer.id,
        Relation.COVERS_RAISER: _Between.covers_officer,
        Relation.NAMED_FOR_STEP: lambda it: bool(it.named.for_steps & it.actor.posts),
        Relation.GAVE_AWAY: lambda it: it.actor.id == it.alert.raiser.id != it.alert.officer.id,
        Relation.NAMED_TO_REVIEW: lambda it: bool(it.named.reviewing & it.actor.posts),
        Relation.NAMED_TO_ESCALATE: lambda it: bool(it.named.escalating & it.actor.posts),
        Relation.ASKED: lambda it: it.actor.id in it.now_asked,
        Relation.COVERS_ASKED: lambda it: bool(it.now_asked & it.actor.covers_for),
        Relation.DRAFTS: _Between.drafts,
        Relation.DOES_STEP: lambda it: (
            it.actor.id in it.named.doers or bool(it.named.doing & it.actor.posts)
        ),
        Relation.COVERS_DOER: lambda it: bool(it.named.covered_doers & it.actor.covers_for),
        Relation.WAS_ASKED: _Between.was_asked,
        Relation.COPIED: _Between.copied,
        Relation.IRO_MANAGER: _Between.manages_officer,
        Relation.UNMANAGED: _Between.is_unmanaged,
        Relation.AUDIT_SAMPLE: _Between.audits,
        Relation.AUDITOR: lambda it: it.in_post(Relation.AUDITOR),
        Relation.NAMED_READER: _Between.is_named_reader,
        Relation.SECOND_PERSON: _Between.is_second,
        Relation.IRO_SUPPORT: _Between.supports_officer,
    },
    without=(Relation.HEARS_OUTSIDE, Relation.MAY_RAISE),
)
"""The one follows from others, and the other needs no alert."""


_NOT_FOR_THE_CHALLENGED = frozenset(
    {
        Relation.COVERS_RAISER,
        Relation.NAMED_TO_REVIEW,
        Relation.NAMED_TO_ESCALATE,
        Relation.IRO_MANAGER,
        Relation.UNMANAGED,
        Relation.AUDITOR,
        Relation.SECOND_PERSON,
        Relation.IRO_SUPPORT,
    }
)
"""Nobody decides on what they themselves were asked: neither as cover, nor by post, nor as a manager."""


OFFICERS_SIDE = frozenset(
    {
        *(Relation.RAISER, Relation.COVERS_RAISER),
        *(Relation.NAMED_TO_REVIEW, Relation.NAMED_TO_ESCALATE),
    }
)
"""Who records whatever takes place at a stage, be it theirs or somebody else's to do."""


def is_challenged(actor: Actor, alert: Alert, named: NamedPosts = NOBODY) -> bool:
    """Is this person, or was or will they be, of those whom this alert challenges?

    They were asked, or answered, or drafted an answer, or stood in for somebody asked while it ran; or they hold, or
    stand in for somebody in, a post of the other side that its ladder asks. To attend, advise or record does not count.
    """
    ever_asked = {person.id for person in alert.people_asked} - {""}
    answered = {who for run in alert.runs for who in run.had_a_hand}
    since = alert.raised_at.date()
    covered = {who for who, last in actor.has_covered if last >= since} | actor.covers_for
    posts = actor.posts | actor.covered_posts
    return actor.id in ever_asked | answered or bool(
        ever_asked & covered or named.challenged & posts
    )


def all_challenged(managers: Iterable[Actor], alert: Alert, named: NamedPosts = NOBODY) -> bool:
    """Is none of them left who could manage this alert? So it is where there is nobody at all."""
    return all(cannot_manage(one, alert, named) for one in managers)


def cannot_manage(actor: Actor, alert: Alert, named: NamedPosts = NOBODY) -> bool:
    """Does it challenge them, or are they shut out for an interest in the child?"""
    return alert.reference in actor.shut_out_of or is_challenged(actor, alert, named)


class Stands(NamedTuple):
    """How somebody stands to an alert, and as which of it they decide."""

    every: frozenset[Relation]
    deciding: frozenset[Relation]
    """Without what being challenged takes: no quality then lets them decide, or read what is kept apart."""


def stands(actor: Actor, alert: Alert, named: NamedPosts = NOBODY) -> Stands:
    found = relations(actor, alert, named)
    if not found or not is_challenged(actor, alert, named):
        return Stands(found, found)
    left = found - _NOT_FOR_THE_CHALLENGED
    return Stands(found, left if Relation.RAISER in left else left - {Relation.HEARS_OUTSIDE})


def may(actor: Actor, act: Act, alert: Alert, named: NamedPosts = NOBODY) -> bool:
    """Does any row of the table allow this act?

    Whoever is challenged reads as they may, and decides nothing in any other quality.
    """
    every, deciding = stands(actor, alert, named)
    return is_allowed(every if act is Act.SEE else deciding, act, alert)


def is_allowed(held: Collection[Relation], act: Act, alert: Alert) -> bool:
    """Does any row allow it to whoever stands so to the alert?"""
    return any(it.relation in held and _IS_THEN[it.condition](alert) for it in ROWS_OF[act])


ROWS_OF = {act: tuple(one for one in RULES if one.act is act) for act in Act}
_IS_THEN: Mapping[Phase, Callable[[Alert], bool]] = complete(
    Phase,
    {
        Phase.BEFORE: lambda _: False,
        Phase.ALWAYS: lambda _: True,
        Phase.WHILE_OPEN: lambda alert: alert.is_open,
        Phase.WHEN_CLOSED: lambda alert: not alert.is_open,
    },
)


def may_raise(actor: Actor, raising_posts: frozenset[str]) -> bool:
    """May this person raise an alert of a kind that these posts raise?"""
    return AUDITOR not in actor.posts and bool(actor.posts & raising_posts)
