"""What goes to whom at a stage: who is asked and who gets a copy, by which line, and what was chosen otherwise."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from practice_alerts.casework.core.who_is_meant import (
    Scene,
    asked_of,
    meant,
    named_copies,
    question_of,
)
from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.directory.meant import Seat, seat_without
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.posts import Post, Who
from practice_alerts.domain.standing.steps_by import doer_asked
from practice_alerts.domain.text import small


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom somebody wants to ask and to copy: by id, or by hand (see `by_hand`)."""

    ids: tuple[str, ...] = ()
    """Empty for whoever is meant."""
    addressee: str = ""
    """By name, where a partner agency is asked; several with a semicolon between."""
    copied: tuple[str, ...] = ()
    """Those chosen where it is open who is meant, or instead of whoever is."""
    reason: str = ""
    """Why others than those meant."""


_BY_HAND = "by-hand:"


def by_hand(name: str) -> str:
    """What stands in a choice for somebody outside the directory."""
    return f"{_BY_HAND}{name.strip()}"


@dataclass(frozen=True, slots=True)
class Addressed:
    """One place that the procedure fills at a stage: who is in it, and by which line of the procedure."""

    seat: Seat
    people: tuple[Person, ...]
    why: str
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Recipients:
    """Everybody who is asked and copied at a stage, and what still stands in the way."""

    lines: tuple[Addressed, ...]
    faults: Faults = field(default_factory=dict)
    instead_of: tuple[Person, ...] = ()
    """Those meant in whose place others were chosen."""
    reason: str = ""
    each: bool = False
    """Has each of those asked to answer, and not one for all?"""
    teams: tuple[str, ...] = ()
    """The titles of posts asked that are a team of people."""

    @property
    def asking(self) -> dict[str, Any]:
        """What is kept with the sending of those asked: who they are, and whose answer is enough."""
        return {"asked": self.asked, "each": self.each, "teams": self.teams}

    @property
    def asked(self) -> tuple[Person, ...]:
        return _each(line.people for line in self.lines if line.is_asked)

    @property
    def copied(self) -> tuple[Person, ...]:
        """Whoever is asked needs no copy as well."""
        reached = set(map(_key, self.asked))
        found = _each(line.people for line in self.lines if not line.is_asked)
        return tuple(one for one in found if _key(one) not in reached)

    @property
    def replaced(self) -> dict[str, Any]:
        """What is kept of it with the sending; nothing where those meant are reached."""
        if not self.instead_of:
            return {}
        names = tuple(f"{one.name}, {one.post}" for one in self.instead_of)
        return {"instead_of": names, "instead_reason": self.reason}


def _key(person: Person) -> tuple[str, str, str]:
    return (person.id, "", "") if person.id else ("", person.name, person.post)


def _each(groups: Iterable[tuple[Person, ...]]) -> tuple[Person, ...]:
    return tuple({_key(one): one for group in groups for one in reversed(group)}.values())


def at_stage(scene: Scene, ladder: Ladder | None, stage: Stage, choice: Choice) -> Recipients:
    """Who is asked and copied at this stage: those meant, or others where somebody chose them."""
    asks, seats, note = _asked_seats(scene, ladder, stage)
    asked = _filled(seats, choice.ids, choice.addressee)
    told = {one.id for _, people in asked for one in people if one.id}
    copied = [
        (seat, why, _copy(seat, choice.copied, told))
        for seat, why in _copied_seats(scene, ladder, stage)
    ]
    if scene.let_in is not None:
        copied = list(_by_name_alone(copied, scene.let_in | {*choice.copied}))
    lines = _lines(stage, asked, copied, note)
    chosen = [(seat, people) for seat, _, people in copied if not seat.is_open or people[0].id]
    chosen = chosen if scene.let_in is None else []
    instead = _passed_over(asked if choice.ids else [], chosen, lines)
    services = {one.title for one in scene.files.procedure.roles.values() if one.team}
    return Recipients(
        lines,
        _faults(asks, stage, asked, instead, choice),
        instead,
        choice.reason.strip(),
        each=asks.how == "all_of" and len(asked) > 1,
        teams=tuple(dict.fromkeys(seat.title for seat, _ in asked if seat.title in services)),
    )


def _asked_seats(
    scene: Scene, ladder: Ladder | None, stage: Stage
) -> tuple[Who, tuple[Seat, ...], str]:
    """Whom the stage means; where there is nobody, as the form says, whom the next stage with somebody means.

    With the words of the procedure that mean them, and why they are those of a later stage.
    """
    asks = _who(scene, stage)
    seats = _seats(scene, asked_of(scene, asks))
    if not all(seat.nobody for seat in seats):
        return asks, tuple(seat for seat in seats if not seat.nobody), ""
    later = ladder.stages[ladder.place(stage.id) + 1 :] if ladder and ladder.has(stage.id) else ()
    for one in later:
        who = _who(scene, one)
        further = _seats(scene, who)
        if who.posts and not all(seat.nobody for seat in further):
            empty = " or ".join(seat.title for seat in seats)
            note = f"Nobody is named as {empty}, so whoever {one.label} names is asked"
            return who, tuple(seat for seat in further if not seat.nobody), note
    return asks, tuple(replace(seat, nobody=False) for seat in seats), ""


def _seats(scene: Scene, who: Who) -> tuple[Seat, ...]:
    """Whom these posts mean. Nobody is asked to answer their own alert, whatever other post they hold."""
    return tuple(seat_without(scene.raiser, seat) for seat in meant(scene, who).seats)


def _who(scene: Scene, stage: Stage) -> Who:
    return scene.files.procedure.asked_at(stage)


Filled = list[tuple[Seat, tuple[Person, ...]]]


def _filled(seats: tuple[Seat, ...], ids: tuple[str, ...], addressee: str) -> Filled:
    """Each seat with who is in it."""
    if not ids:
        return _addressed(seats, addressee)
    named = [one.removeprefix(_BY_HAND) for one in ids if one.startswith(_BY_HAND)]
    found: Filled = []
    for seat in seats:
        able = dict.fromkeys((*seat.people, *seat.candidates))
        chosen = tuple(one for one in able if one.id and one.id in ids)
        every = dict.fromkeys((*able, *seat.by_hand))
        outside = tuple(one for one in every if not one.id and one.name in named)
        for one in outside:
            named.remove(one.name)
        chosen = tuple(dict.fromkeys((*chosen, *outside)))
        if not chosen and named:
            chosen = (Person(id="", name=named.pop(0) or seat.title, post=seat.title),)
        found.append((seat, chosen))
    return found


def _addressed(seats: tuple[Seat, ...], addressee: str) -> Filled:
    """Those meant; the names given, each to the seat that knows it, else to the next without one."""
    names = [one.strip() for one in addressee.split(";") if one.strip()]
    found: Filled = []
    for seat in seats:
        able = (*seat.people, *seat.candidates, *seat.by_hand)
        known = next((one for one in able if one.name in names), None)
        if known is not None:
            names.remove(known.name)
        found.append((seat, (known,) if known else ()))
    return [(seat, people or _next(seat, names)) for seat, people in found]


def _next(seat: Seat, names: list[str]) -> tuple[Person, ...]:
    if names:
        return (Person(id="", name=names.pop(0), post=seat.title),)
    return (*seat.people, *seat.by_hand)


def _copy(seat: Seat, ids: tuple[str, ...], told: Container[str]) -> tuple[Person, ...]:
    """Who gets the copy of this seat; where nobody chose one of several, it is a copy by hand.

    Where one of several is to get it, and is asked anyhow, nobody else needs to.
    """
    chosen = tuple(one for one in dict.fromkeys(seat.candidates) if one.id and one.id in ids)
    outside = Person(id="", name=seat.title, post=seat.title)
    if by_hand(seat.title) in ids:
        return (outside,)
    if seat.is_open:
        known = tuple(one for one in seat.options if one.id in told)
        return (chosen or known)[:1] or (outside,)
    return chosen or (*seat.people, *seat.by_hand)


def _by_name_alone(
    copied: Iterable[tuple[Seat, str, tuple[Person, ...]]], able: Container[str]
) -> Iterator[tuple[Seat, str, tuple[Person, ...]]]:
    """While it is restricted: copies for whoever may open it or was chosen, and none for a post."""
    for seat, why, people in copied:
        if known := tuple(one for one in people if one.id and one.id in able):
            yield seat, why, known


def _left_out(seat: Seat, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Those who are meant and not in their place; a post that nobody holds misses nobody."""
    if seat.empty or (people and set(people) <= set(seat.options)):
        return ()
    meant_here = seat.options or (*seat.people, *seat.by_hand)
    return tuple(one for one in meant_here if one not in people)


def _lines(
    stage: Stage,
    asked: Iterable[tuple[Seat, tuple[Person, ...]]],
    copied: Iterable[tuple[Seat, str, tuple[Person, ...]]],
    note: str,
) -> tuple[Addressed, ...]:
    return (
        *(
            Addressed(
                seat,
                people,
                note or seat.note.rstrip(".") or f"{stage.label} asks {seat.title}",
                is_asked=True,
            )
            for seat, people in asked
        ),
        *(Addressed(seat, people, why) for seat, why, people in copied if not seat.nobody),
    )


def _passed_over(asked: Filled, copied: Filled, lines: Iterable[Addressed]) -> tuple[Person, ...]:
    """Everybody in whose place somebody else was chosen: a copy is no asking, and who is asked needs no copy."""
    lines = tuple(lines)
    reached = {_key(one) for line in lines for one in line.people}
    still_asked = {_key(one) for line in lines if line.is_asked for one in line.people}
    left = (
        one
        for seats, still in ((asked, still_asked), (copied, reached))
        for seat, people in seats
        for one in _left_out(seat, people)
        if _key(one) not in still
    )
    return _each((tuple(left),))


def _faults(
    asks: Who, stage: Stage, asked: Filled, instead: tuple[Person, ...], choice: Choice
) -> Faults:
    missing = [seat.title for seat, people in asked if not people]
    if not asks.posts and missing:
        sentence = f"Who must answer: the procedure names nobody at {stage.label}. Choose somebody."
        return {"asked": sentence}
    if missing and not (asks.how == "normally" and len(missing) < len(asked)):
        return {"asked": f"Who must answer: choose who is meant by {' and '.join(missing)}."}
    if asks.how == "any_of" and any(len(people) > 1 for _, people in asked):
        return {"asked": "Who must answer: choose one of them."}
    if instead and not choice.reason.strip():
        names = " and ".join(one.name for one in instead)
        return {"instead_reason": f"Say why it does not go to {names}."}
    return {}


def may_be_reached(scene: Scene, ladder: Ladder | None, stage: Stage) -> frozenset[str]:
    """The ids of all whom the stage asks or copies, and where somebody has to choose, of all who can be chosen."""
    _, asked, _ = _asked_seats(scene, ladder, stage)
    seats = (*asked, *(seat for seat, _ in _copied_seats(scene, ladder, stage)))
    able = (seat.options or seat.candidates if seat.is_open else seat.people for seat in seats)
    return frozenset(one.id for people in able for one in people)


def _copied_seats(scene: Scene, ladder: Ladder | None, stage: Stage) -> Iterable[tuple[Seat, str]]:
    """Each place once, however many lines of the procedure name its post, with all that they say."""
    found: dict[tuple[Any, ...], tuple[Seat, list[str]]] = {}
    for who, why in _copied(scene, ladder, stage):
        for seat in meant(scene, who).seats:
            place = (seat.title, seat.people, seat.by_hand, seat.candidates)
            found.setdefault(place, (seat, []))[1].append(f"{why} {seat.title}")
    return [(seat, "; ".join(dict.fromkeys(whys))) for seat, whys in found.values()]


def _copied(scene: Scene, ladder: Ladder | None, stage: Stage) -> Iterable[tuple[Who, str]]:
    """Whom the procedure sends it to, or wants copied or told, beside those asked; each with its line.

    A post that depends on a question (`in_question`) is meant only where that was answered with yes.
    """
    acting = Rules(scene.files.procedure, ladder).acting_at(stage)
    for role in sorted(acting):
        yield Who(how="one", posts=(Post(role=role),)), f"{stage.label} wants something of"
    yield from _to_do_a_step(scene, stage)
    for who, why in named_copies(ladder, stage):
        asked = [post for post in who.each if post.ask]
        if all(scene.answers.get(question_of(post)) == "yes" for post in asked):
            yield who, why
            continue
        for post in who.each:
            if post.ask is None or scene.answers.get(question_of(post)) == "yes":
                yield Who(how="one", posts=(post,)), why


def _to_do_a_step(scene: Scene, stage: Stage) -> Iterable[tuple[Who, str]]:
    """Whoever of the challenged side does a step in any case, but for the posts that are asked anyhow."""
    asked = tuple(_who(scene, stage).each)
    for step in stage.steps:
        who = doer_asked(step, scene.files.procedure)
        if step.ask is not None or step.if_ is not None:
            continue
        others = who.beside(asked)
        if others.posts:
            yield others, f"{stage.label}, {small(step.what)}, is for"
