"""Any small council: one to four stages with whomever they name, any people in its posts, and one alert of it.

Every choice comes from one `Random`: its seed tells the whole story again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import CouncilFiles, load_edition
from practice_alerts.adapters.keys import keys
from practice_alerts.adapters.store.core.database import Database, sqlite_url
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import escalate
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import Raising, prepare, raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.sending import Recipients, by_hand
from practice_alerts.domain.acts.acts import offers
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.forms.form import NOBODY
from practice_alerts.office import Office, Settings
from tests.helpers.alerts import act_answers
from tests.helpers.days import day, moment
from tests.helpers.product.office import LONG_AGO, OFFICE, TEAM, Desk, _store_with
from tests.helpers.stories.tarnbrook import common_forms

ID = "anyford"
TEAMS = (TEAM, "Sample Team South", "Sample Team East")
OUTSIDER = "Robin Outside"
_RAISING = ("iro", "chair")
_OWN_SIDE = ("lead", "second_lead")
_OF_CHILD = ("social_worker", "team_manager")
_OTHERS = ("service_manager", "head", "director", "solicitor", "service")

_ROLES: Mapping[str, Any] = {
    "iro": {"title": "Reviewing Officer", "in_iro_service": True},
    "chair": {"title": "Conference Chair", "in_iro_service": True},
    "lead": {"title": "Reviewing Lead", "in_iro_service": True},
    "second_lead": {"title": "Second Lead", "side": "challenging"},
    "social_worker": {"title": "Social Worker"},
    "team_manager": {"title": "Team Manager"},
    "service_manager": {"title": "Service Manager"},
    "head": {"title": "Head of Care"},
    "director": {"title": "Director"},
    "solicitor": {"title": "Solicitor"},
    "service": {"title": "Quality Service", "team": True},
}

_FORM = {
    "title": "Concern",
    "sections": [
        {
            "title": "The child",
            "fields": [
                {"id": "raised_as", "label": "As", "type": "one_of", "options_from": "raised_by"},
                {"id": "child_name", "label": "Name", "type": "text", "identifies": "child"},
                {"id": "team", "label": "Team", "type": "team"},
                *(
                    {"id": post, "label": post, "type": "person", "role": post}
                    for post in _OF_CHILD
                ),
            ],
        }
    ],
}


# ------------------------------------------------------------------------------------------- procedures


def any_procedure(rng: Random) -> dict[str, Any]:
    """Legal, and small."""
    roles = deepcopy(dict(_ROLES))
    for post in (*_OF_CHILD, *_OTHERS):
        if rng.random() < 0.2:
            roles[post]["stands_in"] = rng.choice([one for one in _OTHERS if one != post])
    stages = [_stage(rng, number) for number in range(1, rng.randint(1, 4) + 1)]
    ladder: dict[str, Any] = {"stages": stages, "goes_on_when": ["no_answer", "not_settled"]}
    for key in ("copy", "resolutions_to"):
        if rng.random() < 0.3:
            ladder[key] = _who(rng)
    cases = {"looked_after": "iro", "child_protection": "chair", "leaver": ["iro", "chair"]}
    return {
        "council": "Anyford",
        "title": "Concerns",
        "reference_prefix": "ANY",
        "edition": {"version": "1"},
        "raised_by": {case: cases[case] for case in list(cases)[: rng.randint(1, 3)]},
        "case_types": {"leaver": {"title": "a care leaver", "keep": "for ever"}},
        "roles": roles,
        "kinds": {
            "concern": {"title": "Concern", "ladder": "main", "form": "concern"},
            "praise": {"title": "Praise", "form": "concern", "goes_to": _who(rng)},
        },
        "ladders": {"main": ladder},
        "referrals": {"legal_advice": {"consult": {"with": "lead", "tell": _who(rng)}}},
    }


def _stage(rng: Random, number: int) -> dict[str, Any]:
    found: dict[str, Any] = {"id": f"stage-{number}", "label": f"Stage {number}"}
    steps = [_step(rng, place) for place in range(rng.randrange(3))]
    if steps:
        found["steps"] = steps
    if not steps or rng.random() < 0.6:
        found["answer"] = _answer(rng)
    for key in ("copy", "tell", "resolutions_to"):
        if rng.random() < 0.3:
            found[key] = _who(rng)
    if rng.random() < 0.3:
        found["consult"] = {"with": "lead", "tell": _who(rng)}
    for key in ("judged_by", "escalated_by"):
        if rng.random() < 0.3:
            group = rng.choice(["any_of", "all_of"])
            found[key] = {group: ["raiser", rng.choice(_OWN_SIDE)]}
    return found


def _answer(rng: Random) -> dict[str, Any]:
    asks = "not stated" if rng.random() < 0.1 else _who(rng)
    found = {"from": asks, "within": rng.choice(["5 working days", "not stated"])}
    return {**found, "to": _who(rng)} if rng.random() < 0.2 else found


def _step(rng: Random, place: int) -> dict[str, Any]:
    found: dict[str, Any] = {"id": f"step-{place}", "what": f"talk {place}"}
    for key in ("by", "with", "chair", "attend"):
        if rng.random() < 0.4:
            found[key] = _who(rng, (*_OWN_SIDE, "iro"))
    if rng.random() < 0.3:
        found["ask"] = "Is it needed?"
    if place == 0:
        found["outcomes"] = ["settled", "not settled"]
    elif rng.random() < 0.3:
        found["if"] = "step-0.not settled"
    return found


def _who(rng: Random, also: Sequence[str] = ()) -> Any:
    """One post, or several in any of the ways in which a file may group them."""
    shape = rng.choice(["one", "all_of", "any_of", "normally", "nested"])
    if shape == "one":
        return _post(rng, also)
    posts = [_post(rng, also) for _ in range(2)]
    if shape == "nested":
        return [posts[0], {"any_of": [posts[1], _post(rng, also)]}]
    return {shape: posts}


def _post(rng: Random, also: Sequence[str]) -> Any:
    role = rng.choice((*_OF_CHILD, *_OTHERS, *also))
    of = rng.choice(["child", "child", "raiser", "council", "other_part"])
    return role if of == "child" else {"role": role, "of": of}


def files_of(procedure: Mapping[str, Any]) -> CouncilFiles:
    """Raises BadDefinition."""
    own = {
        f"procedures/{ID}/procedure.yml": procedure,
        f"form_templates/{ID}/concern.yml": _FORM,
    }
    return load_edition({**common_forms(), **{name: _bytes(one) for name, one in own.items()}})


def _bytes(written: Mapping[str, Any]) -> bytes:
    return json.dumps(written).encode()


# ------------------------------------------------------------------------------------------- its people


def any_office(rng: Random, data: Path, files: CouncilFiles) -> Desk:
    """Two who raise in each post, nobody to three in any other, for a team or not, and who stands in for whom."""
    (data / "practice-alerts.db").write_bytes(_store_with(ID, tuple(OFFICE.items())))
    settings = Settings(ROOT / "procedures", ROOT / "form_templates", data)
    clock = [moment("Mon 2025-06-02 09:00")]
    office = Office(
        settings,
        {ID: files},
        Database(sqlite_url(data)),
        keys(data / "keys", {}),
        lambda: clock[0],
    )
    desk = Desk(office, clock, ID)
    with office.database.writing() as tx:
        people = [f"{post}-{number}" for post in _ROLES for number in range(_holders(rng, post))]
        for who in people:
            team = rng.choice([*TEAMS, ""])
            one = DirectoryPerson(who, f"{who} Sample", f"{who}@practice.invalid")
            directory.add_person(tx, one, [(ID, who.partition("-")[0], team)], LONG_AGO)
        for _ in range(rng.randrange(4)):
            away, cover = rng.sample(people, 2)
            directory.add_cover(tx, away, cover, LONG_AGO, day("Wed 2025-12-31"))
    return desk


def _holders(rng: Random, post: str) -> int:
    return 2 if post in _RAISING else rng.randrange(4)


# ------------------------------------------------------------------------------------------- an alert of it


@dataclass
class Played:
    """One alert as it goes its way; `chosen` are those whom somebody chose."""

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
        reached = Recipients(())
        if kind == "concern":
            with self.desk.office.database.reading() as tx:
                reached = prepare(self.desk.office, tx, doing.actor, wanted).reached
            wanted = replace(wanted, **self._choice(reached))
        try:
            self.found = raise_alert(self.desk.office, wanted, doing)
        except BadAnswers:  # one of several, and all of a service are meant by it
            wanted = replace(wanted, **self._one_each(reached))
            self.found = raise_alert(self.desk.office, wanted, doing)

    def _named(self) -> dict[str, str]:
        """The child's team, and whom the form names for two posts."""
        with self.desk.office.database.reading() as tx:
            held = {
                post: [
                    one.name
                    for one, _ in directory.holders_by_team(tx, ID, post, self.desk.office.today)
                ]
                for post in _OF_CHILD
            }
        able = {p: [*names, "", NOBODY, f"{OUTSIDER} as {p}"] for p, names in held.items()}
        named = {post: self.rng.choice(names) for post, names in able.items()}
        return {"team": self.rng.choice(TEAMS), **named}

    def _choice(self, reached: Recipients) -> dict[str, Any]:
        """Those meant, and somebody wherever that is open; now and then somebody else, with a reason."""
        asked = [line for line in reached.lines if line.is_asked]
        elsewhere = self.rng.random() < 0.2
        if all(line.people for line in asked) and not elsewhere:
            return {}
        ids = []
        for line in asked:
            able = line.seat.options or line.seat.candidates
            people = (self.rng.choice(able),) if able and not line.people else line.people
            if elsewhere and able and len(line.people) < 2:
                people = (self.rng.choice(able),)
            ids += [one.id or by_hand(one.name) for one in people] or [by_hand(OUTSIDER)]
        self.chosen |= set(ids)
        return {"asked": tuple(ids), "instead_reason": "They know the child."}

    def _one_each(self, reached: Recipients) -> dict[str, Any]:
        seats = [line.seat for line in reached.lines if line.is_asked]
        first = [(*one.people, *one.options, *one.candidates, *one.by_hand)[:1] for one in seats]
        ids = tuple(one.id or by_hand(one.name) for people in first for one in people)
        self.chosen |= set(ids)
        return {"asked": ids, "instead_reason": "They know the child."}

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
        self.found = VERBS[act](
            self.desk.office, self.known.id, _ACTS[act](self), self.desk.doing(who, self.known)
        )
        return act

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
        try:
            self.found = escalate.escalate(self.desk.office, self.known.id, climb, doing)
        except BadAnswers:
            climb = replace(climb, **self._one_each(reached))
            self.found = escalate.escalate(self.desk.office, self.known.id, climb, doing)

    def _step(self) -> dict[str, Any]:
        stage, run = self.known.stage, self.known.run
        open_ones = [one for one in stage.steps if run.done(one.id) is None] if stage else []
        step = self.rng.choice(open_ones or list(stage.steps if stage else ()))
        at = {"on": self.desk.office.today.isoformat(), "at": "08:59", "text": "It was held."}
        result = {"outcome": self.rng.choice(step.outcomes)} if step.outcomes else {}
        return {"step": step.id, "took_place": "yes", **at, **result}


_ACTS: Mapping[Act, Callable[[Played], dict[str, Any]]] = {
    Act.ANSWER: lambda _: act_answers.reply("It will be looked into.", "other"),
    Act.REVIEW_RESPONSE: lambda _: act_answers.outcome("not_satisfactory", "No date."),
    Act.ESCALATE: lambda _: {},
    Act.STEP: Played._step,
    Act.REFER: lambda _: act_answers.way_out("legal_advice", "It takes too long."),
    Act.CLOSE: lambda _: act_answers.ending("withdrawn", "Nothing."),
    Act.NOTE: lambda _: {"text": "Rang."},
    Act.REOPEN: lambda _: {"reason": "It was closed too early."},
}
