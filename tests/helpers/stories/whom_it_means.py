"""Whom a procedure means for one child and one raiser, worked out a second time, from the directory alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.alert.events import Told
from practice_alerts.domain.alert.hearers import Occasion
from practice_alerts.domain.forms.form import NOBODY
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Step
from practice_alerts.domain.procedure.posts import RAISER, Of, Post, Who
from practice_alerts.domain.procedure.procedure import Procedure
from tests.helpers.product.office import Desk
from tests.helpers.stories.any_procedure import OF_CHILD

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Place:
    """One place that the procedure fills: who is there for certain, or among whom somebody has to choose."""

    sure: frozenset[str] = _NONE
    open: frozenset[str] = _NONE
    by_hand: frozenset[str] = _NONE
    """Names, of those whom the directory does not hold."""
    is_empty: bool = False
    nobody: bool = False

    @property
    def is_open(self) -> bool:
        """Has somebody to choose? Also where several are typed."""
        return not (self.sure or self.by_hand or self.nobody)


@dataclass(frozen=True)
class Meaning:
    """For the child of this alert, and whoever raised it."""

    desk: Desk
    known: Known

    @property
    def procedure(self) -> Procedure:
        return self.known.files.procedure

    @property
    def raiser(self) -> str:
        return self.known.alert.officer.id

    @cached_property
    def ladder(self) -> Ladder:
        return self.procedure.main_ladder

    @cached_property
    def named(self) -> Mapping[str, str]:
        """By post, whom the form names for this child."""
        return {post: str(self.known.alert.answers.get(post) or "") for post in OF_CHILD}

    def places(self, who: Who | None) -> tuple[Place, ...]:
        return tuple(self._places(who)) if who is not None else ()

    def _places(self, who: Who) -> Iterator[Place]:
        if who.how == "any_of":
            yield self._one_of(tuple(who.each))
            return
        for one in who.posts:
            if isinstance(one, Who):
                yield from self._places(one)
            else:
                yield self._place(one)

    def _one_of(self, posts: tuple[Post, ...]) -> Place:
        every = [self._place(post) for post in posts]
        able = [one for one in every if not (one.nobody or one.is_empty)]
        if not able:
            title = " or ".join(dict.fromkeys(self.procedure.title_of(one.role) for one in posts))
            if any(one.nobody for one in every):
                return Place(nobody=True)
            return Place(by_hand=frozenset({title}), is_empty=True)
        people = _NONE.union(*(one.sure | one.open for one in able))
        typed = _NONE.union(*(one.by_hand for one in able))
        if len(people | typed) > 1 or any(one.open for one in able):
            return Place(open=people)
        return Place(sure=people, by_hand=typed)

    def _place(self, post: Post, tried: frozenset[str] = _NONE) -> Place:
        if post.role == RAISER:
            return Place(sure=frozenset({self.raiser}))
        title = self.procedure.title_of(post.role)
        if post.of is Of.CHILD and post.role in self.named:
            name = self.named[post.role]
            if name in {"", NOBODY}:
                return self._stand_in(post, tried) or Place(nobody=True)
            held = frozenset(who for who, _ in self.holders(post.role) if self._name(who) == name)
            return Place(sure=held) if held else Place(by_hand=frozenset({name}))
        own, rest = self._own_and_rest(post)
        if own:
            together = len(own) == 1 or self.procedure.roles[post.role].team
            return Place(sure=own) if together else Place(open=own)
        other = self._stand_in(post, tried)
        if other is not None:
            return other
        return Place(open=rest) if rest else Place(by_hand=frozenset({title}), is_empty=True)

    def _stand_in(self, post: Post, tried: frozenset[str]) -> Place | None:
        role = self.procedure.roles[post.role].stands_in
        if role is None or role in tried:
            return None
        found = self._place(post.model_copy(update={"role": role}), tried | {post.role, role})
        return None if found.nobody or found.is_empty else found

    def _own_and_rest(self, post: Post) -> tuple[frozenset[str], frozenset[str]]:
        every = self.holders(post.role)
        everybody = frozenset(who for who, _ in every)
        general = frozenset(who for who, team in every if not team)
        teams = (
            self._teams_of_raiser
            if post.of is Of.RAISER
            else {str(self.known.alert.answers["team"])}
        )
        own = frozenset(who for who, team in every if team and team in teams) or general
        if post.of is Of.COUNCIL:
            return general or everybody, _NONE
        if post.of is Of.OTHER_PART:
            return everybody - own, _NONE
        if post.of is Of.RAISER:
            return own - {self.raiser}, everybody - {self.raiser}
        return own, everybody

    def holders(self, role: str) -> tuple[tuple[str, str], ...]:
        desk = self.desk
        with desk.office.database.reading() as tx:
            held = directory.holders_by_team(tx, desk.council, role, desk.office.today)
        return tuple((one.id, team) for one, team in held)

    @cached_property
    def _teams_of_raiser(self) -> frozenset[str]:
        raising = (self.holders(post) for post in self.procedure.raising_posts)
        return frozenset(
            team for held in raising for who, team in held if who == self.raiser and team
        )

    def _name(self, who: str) -> str:
        return f"{who} Sample"

    # ------------------------------------------------------------------- what a stage wants of whom

    def asked(self, stage: Stage) -> tuple[Place, ...]:
        """Of this stage, else, where the form says that there is nobody, of the next one that has somebody."""
        later = self.ladder.stages[self.ladder.place(stage.id) :]
        for one in later:
            who = self.procedure.asked_at(one)
            if one is stage and not who.posts:
                return (self._one_of(self._posts_challenged()),)
            found = tuple(place for place in self.places(who) if not place.nobody)
            if found:
                return found
        return (Place(open=self._anybody_in(self.procedure.asked_at(stage))),)

    def _posts_challenged(self) -> tuple[Post, ...]:
        return tuple(
            Post(role=name) for name, role in self.procedure.roles.items() if not role.own_side
        )

    def _anybody_in(self, who: Who) -> frozenset[str]:
        return frozenset(one for post in who.each for one, _ in self.holders(post.role))

    def copied(self, stage: Stage) -> tuple[Place, ...]:
        """Where a copy goes: as the stage and the ladder say, and to whoever of our own has something to do there."""
        own = {name for name, role in self.procedure.roles.items() if role.own_side}
        own -= {*self.procedure.raising_posts}
        steps = [step for step in stage.steps if step.ask is None and step.if_ is None]
        acting = [
            stage.judged_by,
            *(who for one in steps for who in (one.by, one.with_, one.chair)),
        ]
        roles = {role for who in acting if who for role in who.roles} & own
        named = [stage.answer.to if stage.answer else None, stage.copy_, stage.tell]
        named.append(self.ladder.copy_ if stage.formal else None)
        doing = self._doing_beside(stage, steps)
        who_all = (*named, *doing, *map(_only, roles))
        return tuple(place for who in who_all for place in self.places(who))

    def _doing_beside(self, stage: Stage, steps: Iterable[Step]) -> Iterator[Who]:
        """Whoever of the challenged side does one of these steps, in a post that is not asked for the answer."""
        asked = tuple(self.procedure.asked_at(stage).each) or self._posts_challenged()
        for step in steps:
            whose = self.doer(step)
            groups = whose.posts if whose and whose.how != "any_of" else (whose,) if whose else ()
            for one in groups:
                each = tuple(one.each) if isinstance(one, Who) else (one,)
                if not set(each) & {*asked}:
                    yield Who(how="any_of" if len(each) > 1 else "one", posts=each)

    def told(self, told: Told, stage: Stage | None, route: str) -> tuple[Place, ...]:
        """Who hears of something beside those asked; where a post that raises is meant, whoever raised this one."""
        whom = _WHOM[told.occasion](self, told, stage, route)
        places = tuple(
            place for who in whom if who for place in self.places(self._with_raiser(who))
        )
        if told.occasion is not Occasion.LEARNING:
            return places
        praised = [post for post, name in self.named.items() if name not in {"", NOBODY}]
        return (*places, *(self._place(Post(role=post)) for post in praised))

    def able(self, told: Told, stage: Stage | None, route: str) -> frozenset[str]:
        """Whoever holds a post of those who hear of it, or stands in for one, for whichever team."""
        roles = {
            role
            for who in _WHOM[told.occasion](self, told, stage, route)
            if who
            for role in who.roles
        }
        for _ in self.procedure.roles:
            known = [self.procedure.roles[role] for role in roles if role in self.procedure.roles]
            roles |= {one.stands_in for one in known if one.stands_in}
        return frozenset(who for role in roles for who, _ in self.holders(role))

    def doer(self, step: Step) -> Who | None:
        """Whoever does it, else whoever chairs it, as far as they are of the side that is challenged."""
        whose = step.by if step.by.posts else step.chair
        return self._challenged_of(whose) if whose else None

    def _challenged_of(self, who: Who) -> Who | None:
        """Those of them who are not of the side that raised it, in the same groups."""
        posts = tuple(
            left
            for one in who.posts
            for left in ((self._challenged_of(one) if isinstance(one, Who) else one),)
            if left is not None and (isinstance(left, Who) or self._is_challenged(left.role))
        )
        how = "one" if who.how == "any_of" and len(posts) == 1 else who.how
        return who.model_copy(update={"how": how, "posts": posts}) if posts else None

    def _is_challenged(self, role: str) -> bool:
        return role != RAISER and not self.procedure.roles[role].own_side

    def _with_raiser(self, who: Who) -> Who:
        posts = tuple(
            self._with_raiser(one)
            if isinstance(one, Who)
            else Post(role=RAISER)
            if one.role in self.procedure.raising_posts
            else one
            for one in who.posts
        )
        return who.model_copy(update={"posts": posts})


def _only(role: str) -> Who:
    return Who(how="one", posts=(Post(role=role),))


Whom = Iterable[Who | None]


def _meeting(_: Meaning, told: Told, stage: Stage | None, __: str) -> Whom:
    assert stage is not None
    step = next(one for one in stage.steps if one.id == told.step)
    return step.chair, step.attend, step.with_


def _step(here: Meaning, told: Told, stage: Stage | None, __: str) -> Whom:
    assert stage is not None
    return (here.doer(next(one for one in stage.steps if one.id == told.step)),)


def _judging(here: Meaning, _: Told, stage: Stage | None, __: str) -> Whom:
    assert stage is not None
    own = {name for name, role in here.procedure.roles.items() if role.own_side}
    return map(_only, own & {*stage.judged_by.roles} - {*here.procedure.raising_posts})


def _resolution(here: Meaning, _: Told, stage: Stage | None, __: str) -> Whom:
    assert stage is not None
    return (here.ladder.resolutions_at(stage),)


def _referral(here: Meaning, _: Told, __: Stage | None, route: str) -> Whom:
    consult = here.procedure.referrals[route].consult
    return (consult.tell if consult else None,)


def _consulted(here: Meaning, _: Told, stage: Stage | None, __: str) -> Whom:
    """Before leaving the stage at which it was, where it was at one, and before coming to this one."""
    assert stage is not None
    runs = here.known.alert.runs
    left = [here.ladder.stage(run.stage) for run in runs[-2:-1]]
    return (
        one.consult.tell
        for one in (*left, stage)
        if one.consult and (one.consult.before == "leaving") is (one is not stage)
    )


def _learning(here: Meaning, *_: object) -> Whom:
    return (here.procedure.kinds[here.known.alert.raised.alert_kind].goes_to,)


_WHOM: Mapping[Occasion, Callable[..., Whom]] = {
    Occasion.LEARNING: _learning,
    Occasion.CONSULTED: _consulted,
    Occasion.MEETING: _meeting,
    Occasion.STEP: _step,
    Occasion.REFERRAL: _referral,
    Occasion.ANSWER: _resolution,
    Occasion.JUDGING: _judging,
    Occasion.ENDING: _resolution,
}
