"""Years of a service, as many alerts as wanted: each goes its own way, by the same verbs as a real one.

The same seed tells the same years. What a council's procedure does not have is not told there: an alert that can go
no further this way is closed another. Of very many the verbs tell some, whose decisions are told again of other children
on other days (`told_again.py`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core.database import Tx, Within
from practice_alerts.adapters.store.office import outbox
from practice_alerts.casework.sample import told_again
from practice_alerts.casework.sample.made_up_children import MadeUpChild, made_up_child
from practice_alerts.casework.sample.past_office import PastOffice
from practice_alerts.casework.sample.sample_people import SamplePerson
from practice_alerts.casework.sample.tales import CouncilAtWork, NoSuchState, Tale
from practice_alerts.casework.sample.told_again import Again, Model
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import EndingKind
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.procedure.procedure import PARTNERS
from practice_alerts.office import Office

_AT_ONCE, _AGAIN_AT_ONCE = 250, 1000
"""Alerts told in one transaction."""
_BY_VERBS, _MODELS = 10_000, 2_000
"""So many are told by the verbs at most; of more, so many, and all others after these."""
_WORKING_DAYS = 252
"""Of a year, about."""
_WEEK, _WEEKS, _MINUTES = 7, 52, 300
"""Days; of a year; after its model's time of day at most."""
_MOST_ROUNDS = 6
_LATELY, _OF_LATE = 20, 0.12
"""Working days, and the part of all alerts that were raised in them: so many more are open than would be else."""
_ASIDE = 0.08
"""The part that is good practice, or goes to a partner agency."""
_AT_THE_FIRST, _KEPT, _VIEW_SAID = 0.7, 0.7, 0.5
"""Of the others begin at the first stage; of promises are kept; of children's views stand in their own words."""

_ANSWERED_AFTER: Mapping[int, int] = {1: 4, 2: 6, 3: 6, 4: 5, 5: 5, 6: 2, 8: 2, 12: 1, 20: 1}
"""Working days, and how often so many."""
_SEEN_AFTER: Mapping[int, int] = {0: 3, 1: 5, 2: 4, 3: 2, 5: 1, 9: 1}
_SETTLED = (
    *(EndingKind.PUT_RIGHT,) * 7,
    *(EndingKind.EXPLANATION_ACCEPTED, EndingKind.NO_LONGER_OURS),
)
_WHY = {"ending_why": "It had been done the week before."}


@dataclass(frozen=True, slots=True)
class Years:
    """How many alerts over how many years before today; the seed says which."""

    alerts: int
    years: int
    seed: int


def tell_years(
    office: Office,
    people: Sequence[SamplePerson],
    wanted: Years,
    told: Callable[[int], None] = lambda _: None,
) -> None:
    """Raise them in all councils of the office in turn; `told` hears after each few hundred how many there are."""
    chance = random.Random(wanted.seed)  # noqa: S311 - made-up lives, and no secret among them
    counts: dict[str, int] = {}
    by_verbs = wanted.alerts if wanted.alerts <= _BY_VERBS else _MODELS
    for first in range(0, by_verbs, _AT_ONCE):
        last = min(first + _AT_ONCE, by_verbs)
        with office.database.writing() as tx:
            past = PastOffice.of(replace(office, database=Within(tx)))
            councils = list(_councils(past, people, counts))
            for place in range(first, last):
                _tell(councils[place % len(councils)], wanted.years * _WORKING_DAYS, chance)
            counts = {one.files.id: one.told for one in councils}
            outbox.all_went_out(tx, office.now())
        told(last)
    if by_verbs < wanted.alerts:
        _tell_again(office, wanted, by_verbs, chance, told)


def _tell_again(
    office: Office, wanted: Years, first: int, chance: random.Random, told: Callable[[int], None]
) -> None:
    with office.database.reading() as tx:
        every = [
            told_again.models(office, tx, current_state.ids(tx, one)) for one in office.councils
        ]
    some = [(place, models) for place, models in enumerate(every) if models]
    for begin in range(first, wanted.alerts, _AGAIN_AT_ONCE):
        last = min(begin + _AGAIN_AT_ONCE, wanted.alerts)
        with office.database.writing() as tx:
            another = _Another(tx, office.today, wanted, chance)
            turns = (some[number % len(some)] for number in range(begin, last))
            lives = [another.life(place, chance.choice(models)) for place, models in turns]
            told_again.tell(office, tx, lives)
        told(last)


@dataclass(frozen=True, slots=True)
class _Another:
    """Lives of other children, or of some who were told of before, on days within the years."""

    tx: Tx
    today: date
    wanted: Years
    chance: random.Random

    def life(self, council: int, model: Model) -> tuple[Model, Again]:
        weeks = self._weeks(model)
        most = self.wanted.alerts
        child = made_up_child(council, most + self.chance.randrange(most))
        year = (model.days[0] - timedelta(weeks=weeks)).year
        prefix = model.found.files.procedure.reference_prefix
        reference = current_state.next_reference(self.tx, prefix, year)
        texts = {**_texts_of(model, child), model.found.alert.reference: reference}
        return model, Again(texts, weeks * _WEEK, self.chance.randrange(_MINUTES))

    def _weeks(self, model: Model) -> int:
        """Before its model, or after where less than nothing; of one still open few: nobody leaves an alert for years."""
        first, last = model.days
        latest = -(((self.today - last).days - 1) // _WEEK)
        earliest = _WEEKS * self.wanted.years - (self.today - first).days // _WEEK
        if model.found.alert.is_open:
            latest, earliest = max(latest, 0), latest + 1
        return self.chance.randint(latest, max(latest, earliest))


def _texts_of(model: Model, child: MadeUpChild) -> dict[str, str]:
    was = model.found.alert.answers
    born = child.born.isoformat()
    name = str(was.get("child_name", ""))
    every = {
        name: child.name,
        name.partition(" ")[0]: child.first_name,
        str(was.get("case_number", "")): child.case_number,
        str(was.get("date_of_birth", "")): born,
    }
    return {one: now for one, now in every.items() if one}


def _councils(
    past: PastOffice, people: Sequence[SamplePerson], counts: Mapping[str, int]
) -> Iterator[CouncilAtWork]:
    for place, files in enumerate(past.office.councils.values()):
        there = [one for one in people if one.council == files.id]
        yield CouncilAtWork(past, files, there, place, counts.get(files.id, 0))


def _tell(council: CouncilAtWork, days: int, chance: random.Random) -> None:
    ago = chance.randrange(_LATELY if chance.random() < _OF_LATE else days)
    with suppress(Expected):  # as far as this council's procedure has it
        _raised(council, ago, chance).tell()


@dataclass
class _Life:
    """One alert, told until it is closed or today has come. `left`: working days until today."""

    tale: Tale
    left: int
    chance: random.Random
    rounds: int = 0

    def tell(self) -> None:
        while self.left >= 0 and self.rounds < _MOST_ROUNDS:
            self.rounds += 1
            try:
                self._goes_on()
            except Expected:
                self._withdrawn()

    def _pass(self, after: Mapping[int, int]) -> None:
        """Let a few days go by. Raises _Today where there are not so many."""
        (days,) = self.chance.choices(tuple(after), tuple(after.values()))
        self.left -= days
        if self.left < 0:
            raise _Today

    def _goes_on(self) -> None:
        ways = (self._silent, self._done, self._promised, self._poor, self._withdrawn)
        (way,) = self.chance.choices(ways, (10, 45, 15, 25, 5))
        with suppress(_Today):
            self._pass(_ANSWERED_AFTER)
            way()

    def _silent(self) -> None:
        self.tale.do(Act.NOTE, self.left, text="Rang, and left word that no answer has come.")
        self._pass(_ANSWERED_AFTER)
        self._up()

    def _done(self) -> None:
        self.tale.answered(self.left, self.tale.theme.done, "done")
        self._pass(_SEEN_AFTER)
        self._settled()

    def _promised(self) -> None:
        until = self.left - self.chance.randrange(5, 25)
        self.tale.promised(self.left, until)
        self._pass(_SEEN_AFTER)
        if self.left > until:
            self.tale.held(self.left, until)
        self.left = min(self.left, until)
        if self.chance.random() < _KEPT:
            self._pass(_SEEN_AFTER)
            self._settled()

    def _poor(self) -> None:
        self.tale.answered(self.left, self.tale.theme.poor)
        self._pass(_SEEN_AFTER)
        self.tale.not_satisfactory(self.left)
        self._up()

    def _withdrawn(self) -> None:
        self._ends(EndingKind.WITHDRAWN, **_WHY)

    def _settled(self) -> None:
        self.tale.put_right(self.left)
        self._pass(_SEEN_AFTER)
        how = self.chance.choice(_SETTLED)
        if how != EndingKind.PUT_RIGHT:
            self._ends(how, **_WHY)
        elif self.chance.random() < _VIEW_SAID:
            self._ends(how, child_view=self.tale.said(self.tale.theme.view))
        else:
            self._ends(how)

    def _up(self) -> None:
        """To the next stage; from the last one out of the authority, where there is a way."""
        try:
            self.tale.escalated(self.left)
        except NoSuchState:
            self._out()

    def _out(self) -> None:
        poor = self.tale.said(self.tale.theme.why_poor)
        if not self.tale.found.routes:
            self._ends(EndingKind.DECIDED_NOT_SATISFIED, not_satisfied_why=poor)
            return
        self.tale.do(Act.REFER, self.left, route=self.tale.found.routes[0], reason=poor)
        self._pass(_ANSWERED_AFTER)
        self._ends(EndingKind.TAKEN_ON, taken_on_by="A named officer there")

    def _ends(self, how: EndingKind, **more: str) -> None:
        left, self.left = self.left, -1
        self.tale.closed(left, how, **more)


class _Today(Expected):
    """The next thing has not happened yet."""


def _raised(council: CouncilAtWork, ago: int, chance: random.Random) -> _Life:
    stages = council.stages(lambda one: one.answer is not None)
    kinds = council.procedure.kinds.items()
    aside = [name for name, one in kinds if one.ladder is None or one.ladder == PARTNERS]
    tale = council.begin()
    if aside and chance.random() < _ASIDE:
        return _Life(tale.raised(ago, kind=chance.choice(aside)), ago, chance)
    stage = stages[0] if chance.random() < _AT_THE_FIRST else chance.choice(stages)
    return _Life(tale.raised(ago, stage), ago, chance)
