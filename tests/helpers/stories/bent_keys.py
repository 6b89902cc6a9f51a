"""For each key of a council's files, the same made-up council with another value of it: what must come out otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Bend:
    """Another value at one place: of the procedure, or of the form named. None takes the key away."""

    path: Path
    value: Any
    form: str = ""


MAIN: Path = ("ladders", "main")
TALK, STEP_1, STEP_2, STEP_3 = ((*MAIN, "stages", place) for place in range(4))
NOTE, MEETING = ((*STEP_2, "steps", place) for place in (1, 2))
DECISION: Path = (*STEP_3, "steps", 0)
CAFCASS: Path = ("referrals", "cafcass")
DUTY: Path = ("duties", 0)
CHANGES: Path = ("significant_changes", 0)
EXAMPLE: Path = ("categories", 0, "examples", 1)
CHILD: Path = ("sections", 0, "fields")
CONCERN: Path = ("sections", 1, "fields")


def _at(place: Path, **values: Any) -> dict[str, Bend]:
    return {key: Bend((*place, key), value) for key, value in values.items()}


def _of(model: str, bends: Mapping[str, Bend]) -> dict[str, Bend]:
    return {f"{model}.{key}": bend for key, bend in bends.items()}


def _field(place: int, key: str, value: Any, section: Path = CHILD) -> Bend:
    return Bend((*section, place, key), value, "concern")


_PROCEDURE = _at(
    (),
    council="Othertown",
    title="Another title",
    also_called=["Other name"],
    reference_prefix="OTH",
    marking="SECRET",
    file_name="{initials} {kind} {reference} {date}",
    edition={"version": "5"},
    raised_by={"looked_after": "iro", "child_protection": "iro"},
    case_system="Otherbook",
    about="Something else.",
    gate=None,
    partners={"health": {"title": "Hospital", "stages": [{"id": "health-1", "label": "Stage 1"}]}},
    referrals={"cafcass": {}},
    overrides=None,
    categories=[{"id": "plan", "title": "Care plan"}],
    themes={},
    duties=[],
    significant_changes=[],
    reviews_required=["when a child asks"],
    recording=[],
    oversight=[],
    standing_rules=[],
    rules_in_words=[],
    law=[],
    readings=[],
    ours=[],
    site={},
)
_STAGE = {
    **_at(
        STEP_1, label="STEP ONE", formal=False, form="concern", copy="solicitor", tell="solicitor"
    ),
    **_at(
        STEP_1,
        answer={"from": "head"},
        settle=None,
        consult=None,
        entry={"direct": False},
        rationale="not asked",
    ),
    **_at(TALK, what="Another talk", criteria=[], note="Used last."),
    **_at(STEP_2, steps=[], judged_by="raiser", goes_on_when=["repeated"]),
    **_at(STEP_3, then=["cafcass"], escalated_by={"any_of": ["raiser", "iro_lead"]}),
    "id": Bend((*STEP_3, "id"), "step-three"),
}
_STEP = {
    **_at(
        (*STEP_2, "steps", 0),
        what="Another talk",
        outcomes=["settled", "not settled", "unclear"],
    ),
    **_at((*STEP_2, "steps", 0), within="3 working days", id="talked", **{"with": "director"}),
    **_at(NOTE, counted_from="sent", assumed=False),
    **_at(
        MEETING,
        decides="head",
        ask="Is one wanted?",
        **{"if": "discussion.settled"},
    ),
    **_at(DECISION, final=False, by="iro_lead", chair="director", attend=["social_worker"]),
}
_FORM_FIELD = {
    "id": _field(1, "id", "name_of_child"),
    "label": _field(1, "label", "Name of the child"),
    "type": _field(5, "type", "long_text"),
    "hint": _field(1, "hint", "Another hint"),
    "help": _field(1, "help", "Another help."),
    "options": _field(1, "options", {"low": "little", "high": "high"}, CONCERN),
    "options_from": _field(0, "options_from", "stages", CONCERN),
    "examples_of": _field(6, "examples_of", "rights", CONCERN),
    "role": _field(4, "role", "team_manager"),
    "required": _field(4, "required", value=True),
    "required_from": Bend(("sections", 2, "fields", 2, "required_from"), "talk", "concern"),
    "optional_from": Bend(("sections", 2, "fields", 0, "optional_from"), "talk", "concern"),
    "when": _field(2, "when", {"risk": "low"}, CONCERN),
    "cases": _field(3, "cases", ["child_protection"], CONCERN),
    "identifies": _field(1, "identifies", None),
    "each_child": _field(1, "each_child", True, CONCERN),
    "goes_to": _field(5, "goes_to", None, CONCERN),
    "ours": _field(3, "ours", False, CONCERN),
    "pattern": _field(2, "pattern", "[0-9]{9}"),
    "pattern_says": _field(2, "pattern_says", "give four figures."),
    "most": _field(2, "most", 5, CONCERN),
    "prefill": _field(5, "prefill", "raiser"),
    "fields": _field(4, "fields", [{"id": "which", "label": "Which", "type": "text"}], CONCERN),
}

KEYS: Mapping[str, Bend] = {
    **_of("Procedure", _PROCEDURE),
    "Procedure.roles": Bend(("roles", "qa_service", "title"), "Service of Quality"),
    "Procedure.kinds": Bend(("kinds", "concern", "title"), "Other concern"),
    "Procedure.ladders": Bend((*TALK, "label"), "Other talk"),
    **_of(
        "Printing",
        _at(
            ("edition",),
            version="5",
            issued="2026-02-01",
            review_by="2026-02-28",
            status="draft",
            note="Other.",
            overtaken="Something else came.",
            amended="Other things were changed.",
        ),
    ),
    **_of("Role", _at(("roles", "iro"), short="RO", also_printed=["Officer"])),
    **_of("Role", _at(("roles", "team_manager"), title="Manager of the team")),
    **_of("Role", _at(("roles", "empty_post"), stands_in="head")),
    **_of("Role", _at(("roles", "iro_lead"), in_iro_service=False, note="Named once.")),
    **_of("Role", _at(("roles", "qa_service"), team=False)),
    **_of("Role", _at(("roles", "head"), held_by="people")),
    "Role.side": Bend(("roles", "iro_lead", "side"), "challenged"),
    "Procedure.case_types": Bend(("case_types",), {"leaver": {"title": "somebody who left"}}),
    **_of("OwnCaseType", _at(("case_types", "leaver"), title="somebody who left", keep="for ever")),
    "Procedure.keep": Bend(("keep",), {}),
    **_of(
        "Keeping",
        _at(
            ("keep",),
            child_protection="until their 26th birthday",
            child_in_need="7 years after closing",
            filed="2 years after closing",
        ),
    ),
    "OwnCaseType.about": Bend(("case_types", "leaver", "about"), "adult"),
    "TimeLimit.moved_by_closures": Bend((*MAIN, "cap", "moved_by_closures"), True),
    "Stage.resolutions_to": Bend((*STEP_1, "resolutions_to"), "solicitor"),
    "Ladder.resolutions_to": Bend((*MAIN, "resolutions_to"), "solicitor"),
    **_of("Post", _at((*STEP_1, "copy"), role="director", ask="Is there another risk?")),
    "Post.of": Bend((*STEP_1, "answer", "from"), {"role": "team_manager", "of": "raiser"}),
    **_of(
        "AlertKind",
        _at(
            ("kinds", "concern"),
            title="Other",
            about="Other.",
            ladder="short",
            form="formal",
            mandatory=False,
        ),
    ),
    "AlertKind.goes_to": Bend(("kinds", "praise", "goes_to"), "head"),
    "AlertKind.raised_by": Bend(("kinds", "chairs_concern", "raised_by"), ["iro"]),
    "AlertKind.cases": Bend(("kinds", "concern", "cases"), ["leaver"]),
    **_of(
        "Gate",
        _at(("gate",), question="Is it urgent?", yes={"then": "step-1"}, no={"then": "step-1"}),
    ),
    **_of("GateAnswer", _at(("gate", "yes"), tell="iro_lead", then="step-2")),
    **_of(
        "Ladder",
        _at(
            MAIN,
            title="The steps",
            cap={"within": "30 working days"},
            hold={"until": "3 working days"},
            note="Other.",
        )
        | _at(
            MAIN, entry={"any_stage": True}, copy="solicitor", action_dates=None, raised_by=["iro"]
        )
        | _at(MAIN, goes_on_when=["repeated"]),
    ),
    "Ladder.title": Bend(("partners", "health", "title"), "Hospital"),
    "Ladder.stages": Bend((*TALK, "label"), "Other talk"),
    **_of(
        "TimeLimit",
        _at(
            (*MAIN, "cap"),
            within="15 working days",
            exceptional="40 working days",
            over="all stages",
            counted_from="the talk",
            assumed=False,
        ),
    ),
    **_of("Hold", _at((*MAIN, "hold"), until="3 working days", task_owner="head")),
    **_of("Entry", _at((*MAIN, "entry"), any_stage=True, reason="never")),
    **_of("ActionDates", _at((*MAIN, "action_dates"), set_by="team_manager")),
    **_of("Stage", _STAGE),
    **_of("StageEntry", _at((*STEP_1, "entry"), direct=False, ask="Is it about the plan?")),
    **_of(
        "Answer",
        _at(
            (*TALK, "answer"), to=["head"], within="1 working day", how="in writing", assumed=False
        ),
    ),
    "Answer.from": Bend((*TALK, "answer", "from"), "team_manager"),
    "Answer.counted_from": Bend((*STEP_1, "answer", "counted_from"), "talk.answered"),
    **_of(
        "Settle",
        _at((*STEP_1, "settle"), within="aim 9 working days", counted_from="sent", assumed=True),
    ),
    "Settle.set_by": Bend((*TALK, "settle", "set_by"), ["team_manager"]),
    **_of("Step", _STEP),
    "EarlierOf.earlier_of": Bend(
        (*STEP_1, "settle", "counted_from", "earlier_of"), ["sent", "step-2.discussion"]
    ),
    **_of(
        "Criterion",
        _at(
            (*TALK, "criteria", 0),
            id="visited",
            title="Visits left out",
            examples=["none"],
            mandatory=False,
        )
        | _at((*TALK, "criteria", 0), cases=["child_protection"]),
    ),
    **_of(
        "Consult",
        _at(
            (*CAFCASS, "consult"),
            before="going",
            within="2 working days",
            tell="head",
            record=["talked"],
        ),
    ),
    "Consult.with": Bend((*CAFCASS, "consult", "with"), "head"),
    **_of(
        "OutsideRoute",
        _at(CAFCASS, raised_as=["child_protection"], prompted_after="talk", consult=None),
    ),
    **_of("OutsideRoute", _at(CAFCASS, test="Other.", wording="Other words.")),
    **_of("OutsideRoute", _at(("referrals", "legal_advice"), asked_by="head", independent=False)),
    **_of(
        "Overrides",
        _at(
            ("overrides",),
            events=["death of a child", "fire"],
            tell="head",
            by="the head",
            within="soon",
        ),
    ),
    **_of(
        "Category",
        _at(("categories", 0), id="plans", title="The plan", note="Other.", examples=["another"]),
    ),
    **_of(
        "Example",
        _at(
            EXAMPLE,
            id="none_seen",
            text="other",
            cases=[],
            responsible="head",
            examples=["other"],
            note="Other.",
        ),
    ),
    **_of(
        "Duty",
        _at(
            DUTY,
            within="4 working days before",
            counted_from="the meeting",
            assumed=False,
            id="paper",
        ),
    ),
    **_of(
        "Duty", _at(DUTY, what="Send all", by="head", to="head", cases=[], used=True, note="Other.")
    ),
    **_of("SignificantChanges", _at(CHANGES, by="head", to="head", within="soon", items=["other"])),
    **_of(
        "Change",
        _at((*CHANGES, "items", 1), text="gone", threshold="two days", cases=[], note="Other."),
    ),
    **_of(
        "Recording", _at(("recording", 0), what="All", where="the file", by="head", within="a week")
    ),
    **_of(
        "Oversight", _at(("oversight", 0), what="Paper", by="head", to="head", how_often="yearly")
    ),
    "StandingRule.id": Bend(("standing_rules", 0, "id"), "other"),
    "StandingRule.text": Bend(("standing_rules", 0, "text"), "Nothing."),
    **_of(
        "Law",
        _at(
            ("law", 0), now="Section 118 of the Adoption and Children Act 2002", as_printed="Other."
        ),
    ),
    **_of(
        "Site", _at(("site",), synonyms=[], mistakes_to="https://o.example", ring=[], related=[])
    ),
    **_of("Ring", _at(("site", "ring", 0), who="Others", when="at night", number="101")),
    **_of("Related", _at(("site", "related", 0), title="Others", at="https://o.example/r")),
    "Law.id": Bend(("law", 1, "id"), "no-such-law"),
    **_of(
        "Reading",
        _at(
            ("readings", 0),
            id="T9",
            about="step-1",
            says="Other.",
            used="Other.",
            why="Other.",
            ask=False,
        ),
    ),
    **{
        f"Form.{key}": Bend((key,), value, "concern")
        for key, value in {"title": "Other", "paper": "Form B", "paper_seen": True}.items()
    },
    "Form.shows": Bend(("shows",), ["level"], "concern"),
    "Form.sections": Bend(("sections", 1, "title"), "Another concern", "concern"),
    "FormSection.title": Bend(("sections", 1, "title"), "Another concern", "concern"),
    "FormSection.help": Bend(("sections", 0, "help"), "Other.", "concern"),
    "FormSection.repeats": Bend(("sections", 2, "repeats"), None, "concern"),
    "FormSection.filled_by": Bend(("sections", 3, "filled_by"), "raiser", "concern"),
    "FormSection.shows": Bend(("sections", 4, "shows"), ["settled_on"], "concern"),
    "FormSection.fields": Bend(
        ("sections", 0, "fields", 1, "label"), "Name of the child", "concern"
    ),
    **{f"FormField.{key}": bend for key, bend in _FORM_FIELD.items()},
}
