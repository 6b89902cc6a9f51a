"""Any small council: one to four stages with whomever they name, any people in its posts, and one alert of it.

Every choice comes from one `Random`: its seed tells the whole story again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import escalate
from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import Raising, prepare, raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.who_gets_it import Recipients, by_hand
from practice_alerts.domain.acts.act_forms import WHOSE
from practice_alerts.domain.acts.acts import offers
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.directory.meant import Seat
from practice_alerts.domain.forms.form import NOBODY
from practice_alerts.office import Settings
from tests.helpers.alerts import act_answers
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, OFFICE, TEAM, Desk, desk_over
from tests.helpers.stories.any_procedure import ID, OF_CHILD, OTHERS, RAISING, ROLES

TEAMS = (TEAM, "Sample Team South", "Sample Team East")
OUTSIDER = "Robin Outside"
BESIDE = "beside"
"""Another council in the same store: its people bear the names of ours, and hold posts of the same ids and teams."""


def desk_of(data: Path, files: CouncilFiles) -> Desk:
    """The council's office with nobody in it but those who run it."""
    settings = Settings(ROOT / "procedures", ROOT / "form_templates", data)
    return desk_over(settings, {ID: files}, (ID, OFFICE), "Mon 2025-06-02")


def take_on(tx: Tx, who: str, *posts: tuple[str, str]) -> None:
    """Somebody comes to work in these posts, each with its team."""
    one = DirectoryPerson(who, f"{who} Sample", f"{who}@practice.invalid")
    directory.add_person(tx, one, [(ID, post, team) for post, team in posts], LONG_AGO)


def any_office(rng: Random, data: Path, files: CouncilFiles) -> Desk:
    """Two who raise in each post, nobody to three in any other, for a team or not, and who stands in for whom."""
    desk = desk_of(data, files)
    people = [f"{post}-{number}" for post in ROLES for number in range(_holders(rng, post))]
    with desk.office.database.writing() as tx:
        for who in people:
            posts = [who.partition("-")[0]]
            if posts[0] in OTHERS and rng.random() < 0.15:
                posts.append(rng.choice([*OF_CHILD, *OTHERS]))
            held = [(post, rng.choice([*TEAMS, ""])) for post in dict.fromkeys(posts)]
            take_on(tx, who, *held)
        for post in ROLES:
            name, mail = f"{post}-0 Sample", f"{BESIDE}-{post}@practice.invalid"
            one = DirectoryPerson(f"{BESIDE}-{post}", name, mail)
            directory.add_person(tx, one, [(BESIDE, post, rng.choice([*TEAMS, ""]))], LONG_AGO)
        for _ in range(rng.randrange(4)):
            away, cover = rng.sample(people, 2)
            directory.add_cover(tx, away, cover, LONG_AGO, day("Wed 2025-12-31"))
    return desk


def _holders(rng: Random, post: str) -> int:
    if post in OF_CHILD:
        return rng.randrange(7)
    return 2 if post in RAISING else rng.randrange(4)


# ------------------------------------------------------------------------------------------- an alert of it


@dataclass
class Played:
    """One alert as it goes its way; `chosen` are those whom somebody chose when it was sent last."""

    desk: Desk
    rng: Random
    chosen: set[str] = field(default_factory=set)
    found: Known | None = None

    @property
    def known(self) -> Known:
        assert self.found is not None
        return self.found

    def raised(self) -> None:
        files = self.desk.office.council(ID)
        kind = self.rng.choice(["concern", "concern", "concern", "praise"])
        case = self.rng.choice(list(files.procedure.raised_by))
        officer = f"{self.rng.choice(files.procedure.raised_by[case])}-{self.rng.randrange(2)}"
        stages = files.procedure.main_ladder.stages
        wanted = Raising(
            council=ID,
            kind=kind,
            answers={"raised_as": case, "child_name": "Kit", **self._named()},
            entry_stage=self.rng.choice(stages).id if kind == "concern" else None,
            entry_reason="It is urgent.",
        )
        doing = self.desk.doing(officer)
        if kind == "concern":
            with self.desk.office.database.reading() as tx:
                reached = prepare(self.desk.office, tx, doing.actor, wanted).reached
            wanted = replace(wanted, **self._choice(reached))
        self.found = raise_alert(self.desk.office, wanted, doing)

    def _named(self) -> dict[str, str]:
        """The child's team, and whom the form names for two posts."""
        with self.desk.office.database.reading() as tx:
            held = {
                post: [
                    one.name
                    for one, _ in directory.holders_by_team(tx, ID, post, self.desk.office.today)
                ]
                for post in OF_CHILD
            }
        able = {
            post: [
                *(self.rng.choice(names) for _ in range(4 if names else 0)),
                *("", NOBODY, f"{OUTSIDER} as {post}", self._of_another_post(post)),
            ]
            for post, names in held.items()
        }
        named = {post: self.rng.choice(names) for post, names in able.items()}
        return {"team": self.rng.choice(TEAMS), **named}

    def _of_another_post(self, post: str) -> str:
        """The name of somebody who is in the directory, and not in this post."""
        with self.desk.office.database.reading() as tx:
            everybody = [one.name for one in directory.everybody(tx, ID)]
            held = {one.name for one, _ in directory.holders_by_team(tx, ID, post, LONG_AGO)}
        return self.rng.choice([one for one in everybody if one not in held])

    def _choice(self, reached: Recipients) -> dict[str, Any]:
        """Those meant, and somebody wherever that is open; now and then somebody else, with a reason."""
        self.chosen = set()
        asked = [line for line in reached.lines if line.is_asked]
        copied = self._copies([line.seat for line in reached.lines if not line.is_asked])
        elsewhere = self.rng.random() < 0.2
        if all(line.people for line in asked) and not elsewhere:
            return {"copied": copied}
        ids = []
        for line in asked:
            able = line.seat.options or line.seat.candidates
            people = (self.rng.choice(able),) if able and not line.people else line.people
            if elsewhere and able and len(line.people) < 2:
                people = (self.rng.choice(able),)
            here = [one.id or by_hand(one.name) for one in people] or [by_hand(OUTSIDER)]
            self.chosen |= set(here) if not people or people != line.people else set()
            ids += here
        return {"asked": tuple(ids), "copied": copied, "instead_reason": "They know the child."}

    def _copies(self, seats: Sequence[Seat]) -> tuple[str, ...]:
        """Now and then one of those who may get a copy where that is open, and who gets none in any other place."""
        ids = []
        for seat in seats:
            others = {one.id for other in seats if other is not seat for one in other.candidates}
            able = [one.id for one in seat.options or seat.candidates if one.id not in others]
            if seat.is_open and able and self.rng.random() < 0.5:
                ids.append(self.rng.choice(able))
        self.chosen |= set(ids)
        return tuple(ids)

    def goes_on(self) -> str:
        """One more thing happens to it, by somebody who may; gives which."""
        self.desk.clock[0] += timedelta(days=self.rng.choice([1, 3, 9]))
        officer = self.known.alert.officer.id
        possible = self._possible(officer)
        asked = self._asked()
        if asked and Act.ANSWER in self._possible(asked):
            possible.add(Act.ANSWER)
        act = self.rng.choice([one for one in _ACTS if one in possible])
        if act is Act.ESCALATE:
            self._escalated(officer)
            return act
        who = asked if act is Act.ANSWER and asked else officer
        typed = {**_ACTS[act](self), **(self._whose(who) if act is Act.ANSWER else {})}
        self.found = VERBS[act](
            self.desk.office, self.known.id, typed, self.desk.doing(who, self.known)
        )
        return act

    def _whose(self, who: str) -> dict[str, str]:
        """For which of several they answer, where the form asks it."""
        with self.desk.office.database.reading() as tx:
            form = act_form(self.desk.office, tx, self.known, Act.ANSWER, self.desk.actor(who))
        asked = [list(one.options or ()) for one in form.fields() if one.id == WHOSE]
        return {WHOSE: self.rng.choice(asked[0])} if asked else {}

    def _possible(self, who: str) -> set[Act]:
        offered = offers(self.desk.actor(who), self.known.alert, self.known.rules)
        return {one.act for one in offered if one.possible}

    def _asked(self) -> str:
        run = self.known.alert.run
        return next((one.id for one in run.sent.asked if one.id), "") if run else ""

    def _escalated(self, officer: str) -> None:
        to = self.rng.choice(self.known.ways_up)
        climb = escalate.Climb(to.id, {"rationale": "It is not settled.", "ground": "not_settled"})
        with self.desk.office.database.reading() as tx:
            reached = escalate.reached(self.desk.office, tx, self.known, climb)
        climb = replace(climb, **self._choice(reached))
        doing = self.desk.doing(officer, self.known)
        self.found = escalate.escalate(self.desk.office, self.known.id, climb, doing)

    def _step(self) -> dict[str, Any]:
        able = self.known.rules.doers(self.known.alert).to_record()
        one = self.rng.choice([one for one in able if one.is_open] or able)
        at = {"on": self.desk.office.today.isoformat(), "at": "08:59", "text": "It was held."}
        outcomes = one.step.outcomes
        result = {"outcome": self.rng.choice(outcomes)} if outcomes else {}
        return {"step": one.key, "took_place": "yes", **at, **result}


_ACTS: Mapping[Act, Callable[[Played], dict[str, Any]]] = {
    Act.ANSWER: lambda _: act_answers.reply("It will be looked into.", "other"),
    Act.REVIEW_RESPONSE: lambda _: act_answers.outcome("not_satisfactory", "No date."),
    Act.ESCALATE: lambda _: {},
    Act.STEP: Played._step,
    Act.REFER: lambda _: act_answers.way_out("legal_advice", "It takes too long."),
    Act.CLOSE: lambda _: act_answers.ending("withdrawn", "Nothing."),
    Act.NOTE: lambda _: {"text": "Rang."},
    Act.REOPEN: lambda _: {"reason": "It was closed too early."},
    Act.RECORD_CHANGE: lambda _: {"changes": ["safer"], "text": "It was seen."},
}
