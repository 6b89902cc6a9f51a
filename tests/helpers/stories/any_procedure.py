"""Any small procedure: one to four stages with whomever they name, in any of the ways in which a file may."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from random import Random
from typing import Any

from practice_alerts.adapters.files.procedures import CouncilFiles, load_edition
from tests.helpers.stories.tarnbrook import common_forms

ID = "anyford"
RAISING = ("iro", "chair")
_OWN_SIDE = ("lead", "second_lead")
OF_CHILD = ("social_worker", "team_manager")
OTHERS = ("service_manager", "head", "director", "solicitor", "service")

ROLES: Mapping[str, Any] = {
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
                *({"id": post, "label": post, "type": "person", "role": post} for post in OF_CHILD),
            ],
        }
    ],
}


def any_procedure(rng: Random) -> dict[str, Any]:
    """Legal, and small."""
    roles = deepcopy(dict(ROLES))
    for post in (*OF_CHILD, *OTHERS):
        if rng.random() < 0.2:
            roles[post]["stands_in"] = rng.choice([one for one in OTHERS if one != post])
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
        before = "leaving" if number % 2 else "entering"
        found["consult"] = {"with": "lead", "tell": _who(rng), "before": before}
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
    role = rng.choice((*OF_CHILD * 3, *OTHERS, *also))
    of = rng.choice([*["child"] * 5, "raiser", "council", "other_part"])
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
