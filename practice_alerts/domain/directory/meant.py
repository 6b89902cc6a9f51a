"""Who is meant by a post, for this child and this raiser: whoever is named for it, else whoever holds it.

Never everybody who holds such a post. Where it cannot be known which of several is meant, somebody has to
choose; where nobody is there at all, the matter is taken to the post by hand.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.complete import complete
from practice_alerts.domain.procedure.posts import RAISER, Of, Post, Who


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post; without a team, for the whole council."""

    person: Person
    team: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What decides who is meant: the child's form, the raiser, and what the directory says today."""

    holders: Callable[[str], tuple[Holder, ...]]
    """Everybody who holds a post today, whatever the team."""
    title: Callable[[str], str]
    raiser: Person
    raiser_teams: frozenset[str] = frozenset()
    """Empty where the directory does not say in which team the raiser is."""
    team: str = ""
    """The child's."""
    area: str = ""
    """Where the child is placed."""
    named: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    """By post, whom the form names: nobody, one, or several of one name. Posts it does not ask for are left out."""
    stands_in: Mapping[str, str] = field(default_factory=dict)
    services: frozenset[str] = frozenset()
    """Posts that are a team of people, who are meant together."""
    outside: Callable[[str], tuple[str, ...]] = lambda _: ()
    """By post, the names of those in partner agencies to whom one writes."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One post that the procedure names, or several of which one is meant, and who is meant by it here.

    `people` and `by_hand` say who it is. Where both are empty it is nobody's, as the form says (`nobody`),
    or one of the `candidates` has to be chosen.
    """

    posts: tuple[Post, ...]
    title: str
    people: tuple[Person, ...] = ()
    by_hand: tuple[Person, ...] = ()
    candidates: tuple[Person, ...] = ()
    """Everybody who can be put here, whoever is meant first in line."""
    options: tuple[Person, ...] = ()
    """Of several posts of which one is meant, everybody whom form and procedure allow."""
    nobody: bool = False
    empty: bool = False
    """Nobody holds the post: it is reached by hand, under its title."""
    note: str = ""

    @property
    def is_open(self) -> bool:
        return not (self.people or self.by_hand or self.nobody)


@dataclass(frozen=True, slots=True)
class Meant:
    """Everybody who is meant by what the procedure says, each once."""

    seats: tuple[Seat, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        """Those in the directory."""
        return _once(one for seat in self.seats for one in seat.people)

    @property
    def by_hand(self) -> tuple[Person, ...]:
        """Those whom only somebody's own letter or call reaches: typed on a form, or an empty post by its title."""
        return tuple(dict.fromkeys(one for seat in self.seats for one in seat.by_hand))

    @property
    def to_choose(self) -> tuple[Seat, ...]:
        """What somebody has to choose."""
        return tuple(seat for seat in self.seats if seat.is_open)


def meant(who: Who | None, here: Surroundings) -> Meant:
    """Whom these posts mean here."""
    return Meant(tuple(_seats(who, here))) if who is not None else Meant()


def _seats(who: Who, here: Surroundings) -> Iterable[Seat]:
    if who.how == "any_of":
        yield _one_of(who, here)
        return
    for one in who.posts:
        if isinstance(one, Who):
            yield from _seats(one, here)
        else:
            yield seat_of(one, here)


def _one_of(who: Who, here: Surroundings) -> Seat:
    """One of these posts. Decided only where there is but one whom it can be."""
    every = [seat_of(post, here) for post in who.each]
    title = " or ".join(dict.fromkeys(seat.title for seat in every))
    whole = Seat(tuple(who.each), title, candidates=_once(p for s in every for p in s.candidates))
    note = "; ".join(seat.note.rstrip(".") for seat in every if seat.note)
    note = f"{note}." if note else ""
    able = [seat for seat in every if not (seat.nobody or seat.empty)]
    if not able:
        if any(seat.nobody for seat in every):
            return replace(whole, nobody=True, note=note)
        return _empty(whole)
    people = _once(
        one for seat in able for one in (seat.candidates if seat.is_open else seat.people)
    )
    by_hand = tuple(dict.fromkeys(one for seat in able for one in seat.by_hand))
    meant_already = {one.id for one in people}
    others = tuple(one for one in whole.candidates if one.id not in meant_already)
    options = (*people, *by_hand)
    whole = replace(whole, candidates=(*options, *others), options=options, note=note)
    if len(options) > 1 or any(seat.is_open for seat in able):
        return whole
    return replace(whole, people=people, by_hand=by_hand)


def seat_of(post: Post, here: Surroundings, tried: frozenset[str] = frozenset()) -> Seat:
    """Who is meant by one post."""
    if post.role == RAISER:
        return Seat((post,), here.title(RAISER), people=(here.raiser,))
    title = here.title(post.role)
    own, rest = _OWN[post.of](post, here)
    seat = Seat((post,), title, candidates=_once((*own, *rest)))
    if post.of is Of.CHILD and post.role in here.named:
        return _as_named(seat, here.named[post.role], post, here, tried)
    if own:
        is_known = len(own) == 1 or post.role in here.services
        return replace(seat, people=own if is_known else ())
    return _stand_in(seat, post, here, tried) or _unheld(seat, post, here)


def seat_without(person: Person, seat: Seat) -> Seat:
    """The same with anybody but this person in it; an empty post where they alone could be meant."""
    if all(one.id != person.id for one in (*seat.people, *seat.candidates, *seat.options)):
        return seat
    people, candidates, options = (
        tuple(one for one in them if one.id != person.id)
        for them in (seat.people, seat.candidates, seat.options)
    )
    said = f"{person.name} raised it and is not asked."
    left = replace(seat, people=people, candidates=candidates, options=options, note=said)
    if candidates or people or seat.by_hand or seat.nobody:
        return left
    return _empty(left)


def _empty(seat: Seat) -> Seat:
    return replace(seat, by_hand=(Person(id="", name=seat.title, post=seat.title),), empty=True)


def _unheld(seat: Seat, post: Post, here: Surroundings) -> Seat:
    """Nobody holds it here: one of those elsewhere is to be chosen; else it is reached by hand."""
    if seat.candidates:
        return replace(seat, note=f"Nobody holds the post of {seat.title} here.")
    names = here.outside(post.role)
    person = Person(id="", name=names[0] if names else seat.title, post=seat.title)
    return replace(seat, by_hand=(person,), empty=not names)


def _as_named(
    seat: Seat,
    named: tuple[Person, ...],
    post: Post,
    here: Surroundings,
    tried: frozenset[str],
) -> Seat:
    if len(named) > 1:
        return replace(seat, candidates=named, note=f"Several are called {named[0].name}.")
    if named:
        (person,) = named
        others = (one for one in seat.candidates if one.id != person.id)
        if not person.id:
            return replace(seat, by_hand=named)
        return replace(seat, people=named, candidates=(person, *others))
    said = f"Nobody is named as {seat.title}."
    other = _stand_in(seat, post, here, tried)
    return replace(seat, nobody=True, note=said) if other is None else other


def _stand_in(seat: Seat, post: Post, here: Surroundings, tried: frozenset[str]) -> Seat | None:
    """Whoever acts where the post is empty, if the procedure says so and there is somebody."""
    role = here.stands_in.get(post.role)
    if role is None or role in tried:
        return None
    other = seat_of(post.model_copy(update={"role": role}), here, tried | {post.role, role})
    if other.nobody or other.empty:
        return None
    return replace(other, note=f"{other.title} stands in for {seat.title}.")


OwnAndRest = tuple[tuple[Person, ...], tuple[Person, ...]]
"""Those whom the post means, and those who hold it elsewhere."""


def _childs(post: Post, here: Surroundings) -> OwnAndRest:
    return _of_teams(post, here, frozenset({here.team} - {""}))


def _raisers(post: Post, here: Surroundings) -> OwnAndRest:
    """The raiser's own; nobody is above themselves."""
    own, rest = _of_teams(post, here, here.raiser_teams, known=True)
    me = here.raiser.id
    return tuple(p for p in own if p.id != me), tuple(p for p in rest if p.id != me)


def _of_teams(
    post: Post, here: Surroundings, teams: frozenset[str], *, known: bool = False
) -> OwnAndRest:
    """Those of the team, else those of the whole council; else, where no team is known, any."""
    every = here.holders(post.role)
    in_team = [one for one in every if one.team and one.team in teams]
    general = [one for one in every if not one.team]
    return _split(every, in_team or general or ([] if teams or known else every))


def _councils(post: Post, here: Surroundings) -> OwnAndRest:
    every = here.holders(post.role)
    return _split(every, [one for one in every if not one.team] or every)


def _other_parts(post: Post, here: Surroundings) -> OwnAndRest:
    """Any but the child's own."""
    own, _ = _childs(post, here)
    return tuple(
        p for p in _once(one.person for one in here.holders(post.role)) if p not in own
    ), ()


def _areas(post: Post, here: Surroundings) -> OwnAndRest:
    """Whoever is entered for the area in which the child is placed; our own are somebody else."""
    found = [one for one in here.holders(post.role) if here.area and one.team == here.area]
    return _split(found, found)


def _agencys(post: Post, here: Surroundings) -> OwnAndRest:
    every = here.holders(post.role)
    return _split(every, every)


def _split(every: Iterable[Holder], own: Iterable[Holder]) -> OwnAndRest:
    first = _once(one.person for one in own)
    return first, tuple(one for one in _once(h.person for h in every) if one not in first)


_OWN: Mapping[Of, Callable[[Post, Surroundings], OwnAndRest]] = complete(
    Of,
    {
        Of.CHILD: _childs,
        Of.RAISER: _raisers,
        Of.COUNCIL: _councils,
        Of.OTHER_PART: _other_parts,
        Of.PLACEMENT_AREA: _areas,
        Of.AGENCY: _agencys,
    },
)


def _once(people: Iterable[Person]) -> tuple[Person, ...]:
    """Each person of the directory once, under the first post in which they are met."""
    found: dict[tuple[str, str], Person] = {}
    for one in people:
        found.setdefault((one.id, "" if one.id else f"{one.name}/{one.post}"), one)
    return tuple(found.values())
