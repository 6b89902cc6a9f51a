"""Each rule of the linter: once where it finds something, once where it keeps silent."""

from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from typing import Any

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.files.law_file import read_law
from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.checks import RULES, as_plain, as_text, check, explain, fails
from practice_alerts.domain.checks.rule import Finding, Subject
from practice_alerts.domain.deadlines.ladder_in_days import figures, is_longer
from practice_alerts.domain.deadlines.stage_clocks import RAISED
from practice_alerts.domain.errors import NoSuchRule
from practice_alerts.domain.files.named_figures import names_in
from practice_alerts.domain.files.references import problems_of
from practice_alerts.domain.files.worked_cases import WorkedCase
from practice_alerts.domain.forms.form import Form, OptionsFrom
from practice_alerts.domain.procedure.clock import parse_clock
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Reading
from practice_alerts.domain.standing.anchors import RECORDED
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day
from tests.helpers.files.real_councils import council, ladder_of, procedure_of

TODAY = day("Sat 2026-11-21")
FIVE_DAYS = ["5 working days"] * 4

CONCERN = Form.model_validate(
    {
        "title": "Concern",
        "sections": [
            {
                "title": "The child",
                "fields": [
                    {
                        "id": "child_name",
                        "label": "Name",
                        "type": "text",
                        "required": True,
                        "identifies": "child",
                    },
                    {"id": "team", "label": "Team", "type": "team"},
                    {
                        "id": "summary_for_log",
                        "label": "In one line",
                        "type": "text",
                        "required": True,
                        "goes_to": "log",
                    },
                ],
            }
        ],
    }
)


BOOK = read_law(ROOT / "procedures")


def subject(ladder: Ladder | None = None, **changes: Any) -> Subject:
    """A council of one ladder; `changes` go to the subject where it has them, else to the procedure."""
    known = {one.name for one in dataclass_fields(Subject)} - {"procedure"}
    own = {name: changes.pop(name) for name in known & set(changes)}
    readings = changes.pop("readings", ())
    procedure = procedure_of(ladder, **changes, readings=[reading(*one) for one in readings])
    return Subject("sampleford", procedure, TODAY, **{"book": BOOK, **own})


def ending(**choices: Any) -> Form:
    """A council's own form of closing."""
    field = {"id": "ending", "label": "How does it end?", "type": "one_of", **choices}
    return Form.model_validate(
        {"title": "Closing", "sections": [{"title": "How", "fields": [field]}]}
    )


def reading(number: int, about: str, used: str = "as it stands") -> Reading:
    return Reading(id=f"S{number}", about=about, says="It contradicts itself.", used=used)


def stages(*written: dict[str, Any], **more: Any) -> Ladder:
    numbered = [
        {"id": f"stage-{number}", "label": f"Stage {number}", **stage}
        for number, stage in enumerate(written, start=1)
    ]
    return Ladder.model_validate({"stages": numbered, **more})


def kinds(**good: Any) -> dict[str, Any]:
    concern = {"title": "Concern", "ladder": "main"}
    return {"concern": concern, "good_practice": {"title": "Good practice", **good}}


def posts(**more: dict[str, Any]) -> dict[str, Any]:
    """The raiser's, the manager's, and whatever is said of these or others."""
    iro = {"title": "Independent Reviewing Officer", "in_iro_service": True}
    written: dict[str, dict[str, Any]] = {"iro": iro, "manager": {"title": "Team Manager"}}
    return {name: {**written.get(name, {}), **more.get(name, {})} for name in {**written, **more}}


def duty(within: str) -> dict[str, str]:
    return {"id": "papers", "what": "Send the papers", "within": within}


def sent_on_a_monday(response_due: str) -> tuple[WorkedCase, ...]:
    story = [{"on": "Mon 2025-06-02", "do": "send", "stage": "stage-1"}]
    written = {"name": "Sent", "story": story, "expect": {"response_due": response_due}}
    return (WorkedCase.model_validate(written),)


CAFCASS = {"cafcass": {"raised_as": ["looked_after"]}}
DAYS_20 = {"cap": {"within": "20 working days"}}
OFF_THE_PATH = [{"then": ["cafcass", "stage-2"]}, {}]


BOTH = {"looked_after": "iro", "child_protection": ["iro", "chair"]}
ROLES = {
    "iro": {"title": "Independent Reviewing Officer", "in_iro_service": True},
    "chair": {"title": "Chair", "in_iro_service": True},
    "manager": {"title": "Team Manager"},
}
TO_POLICE: dict[str, Any] = {
    "kinds": {"concern": {"title": "Concern", "ladder": "partners", "form": "concern"}},
    "partners": {"police": stages({}, title="Police")},
}


def asking(field: str, **more: Any) -> Form:
    """A form of one question."""
    asked = {"id": field, "label": field, "type": "one_of", "options_from": "raised_by", **more}
    if more.get("type"):
        del asked["options_from"]
    return Form.model_validate(
        {"title": "Concern", "sections": [{"title": "The concern", "fields": [asked]}]}
    )


def asking_like(pattern: str) -> Form:
    return asking("number", type="reference", pattern=pattern)


def offering(*categories: str) -> Form:
    """A form that offers these in place of a procedure's categories."""
    return asking("category", type="many_of", options={one: one for one in categories})


def of_manager(**more: Any) -> Form:
    """A form that asks who the child is, and in which cases who the manager is."""
    child = {"id": "name", "label": "Name", "type": "text", "identifies": "child"}
    case = {"id": "raised_as", "label": "As", "type": "one_of", "options_from": "raised_by"}
    who = {"id": "who", "label": "Manager", "type": "person", "role": "manager", **more}
    return Form.model_validate(
        {"title": "Concern", "sections": [{"title": "The child", "fields": [child, case, who]}]}
    )


def waiting(said: object) -> Form:
    """A form whose last question waits for that answer to another."""
    told = {"id": "told", "label": "Was it talked over?", "type": "yes_no", "identifies": "child"}
    whom = {"id": "whom", "label": "With whom", "type": "text", "when": {"told": said}}
    return Form.model_validate(
        {"title": "Concern", "sections": [{"title": "The child", "fields": [told, whom]}]}
    )


TALKED = {"id": "talk", "what": "Talk", "by": "manager", "outcomes": ["settled", "not settled"]}
NOTED = {"id": "note", "what": "Note", "by": "manager"}


@dataclass(frozen=True)
class Case:
    finds: Subject
    silent: Subject
    says: str
    line: int = 1


TALK = {"id": "talk", "what": "Talk"}
WITHIN_5 = {"within": "5 working days"}
FROM_BOTH_SIDES: dict[str, Any] = {
    "raised_by": {"looked_after": ["iro", "manager"]},
    "roles": {
        "iro": {"title": "Independent Reviewing Officer", "in_iro_service": True},
        "manager": {"title": "Team Manager", "side": "challenged"},
    },
}
TO_TWO = {"question": "Urgent?", "yes": {"then": "stage-2"}, "no": {"then": "any stage"}}
TWO_LADDERS = {"main": stages({}, {}), "back": stages({})}
TWO_KINDS = {
    "concern": {"title": "Concern", "ladder": "main"},
    "return": {"title": "Return", "ladder": "back"},
}
SPAN = {"from": "manager", "within": "5 working days"}
ANSWERED = {"answer": SPAN}

CASES = {
    "PA101": Case(
        subject(raised_by={"looked_after": "irro"}), subject(), "'irro' is not in the catalogue"
    ),
    "PA102": Case(
        subject(taken=frozenset({"sampleford"})),
        subject(taken=frozenset({"log"})),
        "/sampleford/ is an address of the product's own: give the folder another name",
    ),
    "PA108": Case(
        subject(ladder_of("4 working days"), texts={"10-a.md": "They have {tme of stage-1}."}),
        subject(
            ladder_of("4 working days"), texts={"10-a.md": "# They {#have}\n{time of stage-1}"}
        ),
        "the procedure has no “tme of stage-1” (did you mean time of stage-1?)",
    ),
    "PA109": Case(
        subject(ladder_of("4 working days"), texts={"10-a.md": "They have four working days."}),
        subject(
            ladder_of("4 working days"), texts={"10-a.md": "Its words: “within 4 working days”."}
        ),
        "“four working days” is a clock of the procedure; {time of stage-1} follows the file",
    ),
    "PA110": Case(
        subject(ladder_of("4 working days"), texts={"10-a.md": "The Group Manager has 9 days."}),
        subject(
            ladder_of("4 working days"),
            texts={"10-a.md": "Its words: “Group Manager”. The {title of iro}s wait."},
        ),
        "“Group Manager” is no post of the procedure",
    ),
    "PA111": Case(
        subject(texts={"10-a.md": "Press <form action='/x'>"}),
        subject(
            texts={
                "10-a.md": "# A\n<!-- formerly b -->\n3 < 4, <https://council.example>, <a.b@c.example>"
            }
        ),
        "“<form” is HTML, and is printed as text",
    ),
    "PA201": Case(
        subject(ladder_of(*["4 working days"] * 6)),
        subject(ladder_of(*["4 working days"] * 5)),
        "6 formal stages take 24 working days, the time limit allows 20",
    ),
    "PA202": Case(
        subject(ladder_of(*FIVE_DAYS)),
        subject(ladder_of(*FIVE_DAYS[:3])),
        "take 20 of 20 working days, and 23 when each answer is read the next working day",
    ),
    "PA203": Case(
        subject(ladder_of(*FIVE_DAYS, time_limit="not stated")),
        subject(),
        "no time limit is stated",
    ),
    "PA204": Case(
        subject(ladder_of("5 working days", time_limit="30 working days")),
        subject(),
        "the time limit is 30 working days, the Handbook's is 20",
    ),
    "PA211": Case(
        subject(stages({}, cap={"within": "20 working days", "moved_by_closures": True})),
        subject(),
        "days on which the council is closed make the time limit longer",
    ),
    "PA213": Case(
        subject(stages({}, cap={"within": "20 working days", "exceptional": "4 weeks"})),
        subject(stages({}, cap={"within": "20 working days", "exceptional": "30 working days"})),
        "the exceptional time limit, 4 weeks, is not longer than the usual one, 20 working days",
    ),
    "PA205": Case(
        subject(ladder_of(*["aim 5 working days"] * 3)),
        subject(ladder_of("aim 5 working days", "5 working days")),
        "the aims add up to 15 working days and fit inside the limit of 20",
    ),
    "PA206": Case(
        subject(ladder_of("72 hours", "5 working days")),
        subject(ladder_of("2 working days", "5 working days")),
        "timed in hours and working days",
    ),
    "PA207": Case(
        subject(duties=[duty("5 days before (unit not stated)")]),
        subject(duties=[duty("5 working days before")]),
        "1 duty is timed in days, working or not",
    ),
    "PA208": Case(
        subject(stages({"answer": {"from": "manager", "counted_from": "jugded"}})),
        subject(stages({"answer": {"from": "manager", "counted_from": "judged"}})),
        "nothing records 'jugded', so a clock counted from it never starts (did you mean judged?)",
    ),
    "PA209": Case(
        subject(ladder_of("5 days")),
        subject(ladder_of("5 calendar days", "5 days (unit not stated)")),
        "write '5 working days', '5 calendar days', or '5 days (unit not stated)'",
    ),
    "PA210": Case(
        subject(ladder_of("5 working days before")),
        subject(duties=[duty("5 working days before")]),
        "it is counted back from what is known only once it has happened",
    ),
    "PA212": Case(
        subject(stages({"steps": [{**TALKED, "id": "answered"}]})),
        subject(stages({"steps": [{**TALKED, "id": "acknowledged"}]})),
        "'answered' is what acts record of every alert",
    ),
    "PA301": Case(
        subject(stages({"then": ["cafcass"]}, {}, entry={"any_stage": False})),
        subject(stages({}, {}, entry={"any_stage": False})),
        "Stage 2 cannot be entered, and no stage leads to it",
    ),
    "PA302": Case(
        subject(stages(*OFF_THE_PATH)),
        subject(stages({"then": ["stage-2"]}, {})),
        "Stage 2 is not reached by going on: Stage 1 leads to Referral to CAFCASS, Stage 2",
    ),
    "PA303": Case(
        subject(stages({"goes_on_when": []}, {})),
        subject(stages({"goes_on_when": ["no_answer"]}, {"goes_on_when": []})),
        "nothing sends an alert on from Stage 1",
    ),
    "PA304": Case(
        subject(),
        subject(referrals=CAFCASS),
        "after Stage 2 there is no way out of the authority for a looked-after child",
    ),
    "PA215": Case(
        subject(stages(ANSWERED, {"answer": {**SPAN, "counted_from": "stage-1.answered"}})),
        subject(stages(ANSWERED, {"answer": {**SPAN, "counted_from": "stage-1.escalated"}})),
        "begins at Stage 2 was never at what 'stage-1.answered' belongs to",
    ),
    "PA222": Case(
        subject(
            stages(
                {
                    **ANSWERED,
                    "settle": {**WITHIN_5, "counted_from": {"earlier_of": ["answered", "sent"]}},
                }
            )
        ),
        subject(
            stages(
                ANSWERED,
                {
                    **ANSWERED,
                    "settle": {
                        **WITHIN_5,
                        "counted_from": {"earlier_of": ["stage-1.answered", "sent"]},
                    },
                },
            )
        ),
        "'sent' always comes before 'answered', so this clock runs from sent: write sent alone",
    ),
    "PA216": Case(
        subject(stages({"answer": {**SPAN, "counted_from": "judged"}})),
        subject(stages({"answer": SPAN, "settle": {**WITHIN_5, "counted_from": "judged"}})),
        "'judged' comes too late",
    ),
    "PA217": Case(
        subject(stages(ANSWERED, {"answer": {**SPAN, "counted_from": "stage-1.answered"}})),
        subject(stages(ANSWERED, {"answer": {**SPAN, "counted_from": "stage-1.sent"}})),
        "an alert that goes on before 'stage-1.answered' gets no day here",
    ),
    "PA218": Case(
        subject(stages({"answer": {**SPAN, "counted_from": "talk"}, "steps": [TALK]})),
        subject(
            stages({"answer": {**SPAN, "counted_from": "talk"}, "steps": [{**TALK, **WITHIN_5}]})
        ),
        "no time is set for 'talk', so the clock of answer may never start",
    ),
    "PA219": Case(
        subject(stages(ANSWERED, hold={"until": "aim 10 working days"})),
        subject(stages(ANSWERED, hold={"until": "at most 10 working days"})),
        "'aim 10 working days' ends no hold",
    ),
    "PA221": Case(
        subject(stages(ANSWERED, **DAYS_20, hold={"until": "5 weeks"})),
        subject(stages(ANSWERED, **DAYS_20, hold={"until": "20 working days"})),
        "a hold of '5 weeks' may outlast the time limit, '20 working days': write a shorter one",
    ),
    "PA315": Case(
        subject(stages({}, {}), gate=TO_TWO),
        subject(stages({}, {}, entry={"any_stage": False}), gate=TO_TWO),
        "on the ladder main yes and no at the gate open the same stages: write entry: {any_stage: false}",
    ),
    "PA317": Case(
        subject(
            stages({}, {}, {"entry": {"direct": True}}, entry={"any_stage": False}),
            gate={**TO_TWO, "no": {"then": "stage-2"}},
        ),
        subject(
            stages({}, {}, {"entry": {"direct": True}}, entry={"any_stage": False}), gate=TO_TWO
        ),
        "both answers at the gate lead past Stage 3, so no alert begins there: leave entry out",
    ),
    "PA220": Case(
        subject(stages({**ANSWERED, "settle": {**WITHIN_5, "set_by": "raiser"}})),
        subject(stages({**ANSWERED, "settle": {"within": "by agreement", "set_by": "raiser"}})),
        "'5 working days' gives the day, so nobody is asked to set one",
    ),
    "PA313": Case(
        subject(stages({}, {"then": ["stage-1"]})),
        subject(stages({}, {"then": ["stage-1", "cafcass"]}), referrals=CAFCASS),
        "Stage 2 leads back to Stage 1 and nowhere else",
    ),
    "PA316": Case(
        subject(stages({}, {"consult": {"with": "manager", "before": "leaving the stage"}})),
        subject(
            stages(
                {"consult": {"with": "manager", "before": "leaving"}},
                {"consult": {"with": "manager"}},
            )
        ),
        "nobody goes on from Stage 2, so it is never asked who was spoken to",
    ),
    "PA314": Case(
        subject(
            stages({"judged_by": {"all_of": ["raiser", "chair"]}}), raised_by=BOTH, roles=ROLES
        ),
        subject(
            stages({"judged_by": {"all_of": ["raiser", "chair"]}}),
            roles=ROLES,
        ),
        "Chair raises alerts, and here means whoever raised this one",
    ),
    "PA509": Case(
        subject(
            ladders={"main": stages({}), "other": stages({"id": "high"})},
            forms={"concern": asking("why", type="text", required_from="high")},
        ),
        subject(forms={"concern": asking("why", type="text", required_from="stage-2")}),
        "why: no alert on this form comes to 'high'",
    ),
    "PA510": Case(
        subject(acts={"closing": ending(options={"put_right": "Done", "put_rigth": "Done"})}),
        subject(acts={"closing": ending(options={"put_right": "Done", "withdrawn": "Taken back"})}),
        "How does it end?: the act knows no 'put_rigth' (did you mean put_right?)",
    ),
    "PA511": Case(
        subject(forms={"concern": asking("arose", type="one_of", options={"reveiw": "Reviewing"})}),
        subject(forms={"concern": asking("arose", type="one_of", options={"review": "Reviewing"})}),
        "arose: the log knows no 'reveiw' (did you mean review?)",
    ),
    "PA512": Case(
        subject(themes={"drift": "plan"}, forms={"concern": offering("delay")}),
        subject(themes={"delay": "plan"}, forms={"concern": offering("delay")}),
        "nothing that can be ticked has the id 'drift'",
    ),
    "PA513": Case(
        subject(themes={"delay": "plan"}, forms={"concern": offering("delay", "visits")}),
        subject(forms={"concern": offering("delay", "visits")}),
        "'visits' is counted under no shared theme",
    ),
    "PA514": Case(
        subject(forms={"concern": asking_like("(?=.*[0-9])[a-z0-9]+")}),
        subject(forms={"concern": asking_like("([a-z]+)+[0-9]{1,3}")}),
        "'(?=.*[0-9])[a-z0-9]+' looks ahead or behind, or repeats what it found",
    ),
    "PA308": Case(
        subject(stages({"steps": [{**TALK, "if": "the child is moved"}]})),
        subject(stages({"steps": [TALK]})),
        "people decide whether 'the child is moved', so talk is awaited of nobody",
    ),
    "PA309": Case(
        subject(ladders={"main": stages({}), "mian": stages({})}),
        subject(),
        "no kind climbs the ladder 'mian', so no alert does",
    ),
    "PA310": Case(
        subject(
            stages({"then": ["lscp"]}), referrals={"lscp": {"raised_as": ["child_protection"]}}
        ),
        subject(stages({"then": ["lscp"]}), referrals={"lscp": {}}),
        "is for none of those whose alerts climb this ladder",
    ),
    "PA311": Case(
        subject(stages({"steps": [{**TALK, "outcomes": ["agreed", "Agreed"]}]})),
        subject(stages({"steps": [{**TALK, "outcomes": ["agreed", "not agreed"]}]})),
        "'agreed' stands more than once",
    ),
    "PA312": Case(
        subject(standing_rules=[{"id": "standstil", "text": "Nothing changes."}]),
        subject(standing_rules=[{"id": "dialogue", "text": "All talk."}]),
        "so the rule is only shown (did you mean standstill?)",
    ),
    "PA411": Case(
        subject(stages({"answer": {"from": ["manager", "iro"]}})),
        subject(stages({"answer": {"from": ["manager"]}, "copy": "iro"})),
        "Independent Reviewing Officer is of the side that raises, and is left out of those asked",
    ),
    "PA412": Case(
        subject(stages({"answer": {"from": ["manager", "iro"]}}), **FROM_BOTH_SIDES),
        subject(stages({"answer": {"from": {"any_of": ["manager", "iro"]}}}), **FROM_BOTH_SIDES),
        "is asked only where the other side raised it, though all are to answer",
    ),
    "PA706": Case(
        subject(raised_by={"looked_after": "iro", "child_protection": "iro"}),
        subject(
            raised_by={"looked_after": "iro", "child_protection": "iro"},
            keep={"child_protection": "for good"},
        ),
        "how long records about a child on a child protection plan are kept is not said",
    ),
    "PA305": Case(
        subject(
            gate={"question": "Urgent?", "yes": {"then": "stage-9"}, "no": {"then": "stage-1"}}
        ),
        subject(
            gate={"question": "Urgent?", "yes": {"then": "any stage"}, "no": {"then": "stage-1"}}
        ),
        "after yes the gate leads to 'stage-9', which is no stage",
    ),
    "PA307": Case(
        subject(gate=TO_TWO, ladders=TWO_LADDERS, kinds=TWO_KINDS),
        subject(gate=TO_TWO),
        "which is no stage of the ladder back: there an alert begins at the first stage",
    ),
    "PA306": Case(
        subject(stages({"steps": [TALKED, {**NOTED, "if": "talk.not setled"}]})),
        subject(stages({"steps": [TALKED, {**NOTED, "if": "talk.not settled"}]})),
        "talk does not end in 'not setled', but in settled or not settled (did you mean not settled?)",
    ),
    "PA401": Case(
        subject(stages({"then": ["cafcass"]})),
        subject(stages({"then": ["cafcass"]}), referrals=CAFCASS),
        "cafcass is open only after Stage 1: it is not among the referrals",
    ),
    "PA402": Case(
        subject(stages({"consult": {"with": "manager", "record": ["agreed", "not agreed"]}})),
        subject(stages({"consult": {"with": "manager", "record": ["discussed"]}})),
        "a consultation may be recorded as 'agreed', 'not agreed'; it is a record",
    ),
    "PA403": Case(
        subject(stages({"judged_by": "manager"})),
        subject(stages({"judged_by": "iro"})),
        "Team Manager is of the side that is challenged; side: challenging, or in_iro_service: true",
    ),
    "PA404": Case(
        subject(stages({"answer": {"from": "iro"}})),
        subject(stages({"answer": {"from": {"any_of": ["iro", "manager"]}}})),
        "Stage 1 is answered by those who raise alerts",
    ),
    "PA406": Case(
        subject(roles=posts(iro={"side": "challenged"})),
        subject(roles=posts(iro={"side": "challenging"})),
        "looked-after children are raised by Independent Reviewing Officer alone, of the challenged side",
    ),
    "PA407": Case(
        subject(roles=posts(administrator={"title": "Designated administrator"})),
        subject(roles=posts(qa_administrator={"title": "Designated administrator"})),
        "administrator is a post of the office, and whoever holds it has its rights; choose another id",
    ),
    "PA410": Case(
        subject(roles=posts(head={"title": "Head", "stands_in": "iro"})),
        subject(roles=posts(head={"title": "Head", "stands_in": "manager"})),
        "is of the other side than Head, and cannot act for it",
    ),
    "PA408": Case(
        subject(
            stages(
                {"steps": [{"id": "talk", "what": "Talk", "outcomes": ["accepted if no reply"]}]}
            )
        ),
        subject(
            stages(
                {"steps": [{"id": "talk", "what": "Talk", "outcomes": ["no reply, not accepted"]}]}
            )
        ),
        "Stage 1 lets silence settle the matter; silence is no acceptance",
    ),
    "PA409": Case(
        subject(referrals={"cafcass": {"raised_as": ["child_protection"]}}),
        subject(referrals={"cafcass": {"raised_as": ["looked_after"]}}),
        "looked-after children are raised here, and the referral to CAFCASS is not for them",
    ),
    "PA405": Case(
        subject(kinds=kinds(ladder="main")),
        subject(kinds=kinds(form="good_practice")),
        "Good practice climbs the ladder 'main'",
    ),
    "PA501": Case(
        subject(raised_by=BOTH, roles=ROLES, forms={"concern": CONCERN}),
        subject(raised_by=BOTH, roles=ROLES, forms={"concern": asking("raised_as")}),
        "for a looked-after child and a child on a child protection plan, and no field raised_as",
    ),
    "PA502": Case(
        subject(forms={"concern": asking("category", options_from="categories", required=True)}),
        subject(
            forms={"concern": asking("category", options_from="categories", required=True)},
            categories=[{"id": "drift", "title": "Drift"}],
        ),
        "category: the procedure has no categories to choose from, and it must be answered",
    ),
    "PA503": Case(
        subject(forms={"concern": CONCERN, "other": CONCERN}),
        subject(forms={"concern": CONCERN}),
        "no kind and no stage uses the form other",
    ),
    "PA504": Case(
        subject(**TO_POLICE, forms={"concern": CONCERN}),
        subject(**TO_POLICE, forms={"concern": asking("sent_to", type="text")}),
        "no field sent_to names whom it goes to",
    ),
    "PA505": Case(
        subject(forms={"concern": asking("about", type="text")}),
        subject(forms={"concern": asking("number", type="reference")}),
        "it asks neither for the child nor for the number of the case",
    ),
    "PA506": Case(
        subject(
            kinds={"concern": {"title": "Concern", "ladder": "main", "cases": ["child_in_need"]}}
        ),
        subject(
            kinds={"concern": {"title": "Concern", "ladder": "main", "cases": ["looked_after"]}}
        ),
        "it is for a child in need, and none of those who raise it raises for that",
    ),
    "PA507": Case(
        subject(raised_by=BOTH, roles=ROLES, forms={"concern": of_manager(cases=["looked_after"])}),
        subject(raised_by=BOTH, roles=ROLES, forms={"concern": of_manager()}),
        "Manager: not asked for a child on a child protection plan, where whoever holds the post is meant",
    ),
    "PA508": Case(
        subject(forms={"concern": waiting("nein")}),
        subject(forms={"concern": waiting(["yes", "no"])}),
        "With whom: 'nein' is no answer to told, expected yes or no",
    ),
    "PA601": Case(
        subject(texts={"procedure.yml": "a: b\nwrite_to: sample.person@example.org"}),
        subject(
            site={"mistakes_to": "standards@council.example"},
            texts={
                "procedure.yml": "mistakes_to: standards@council.example, the team @ the office"
            },
        ),
        "the e-mail address sam…",
        line=2,
    ),
    "PA602": Case(
        subject(texts={"page.md": "Ring 01632 960 123 at once."}),
        subject(
            site={"ring": [{"who": "Duty team", "number": "01632 960 123"}]},
            texts={"page.md": "SI 2010/959, 2021-02-18, 24 hours. Ring 01632 960 123 at once."},
        ),
        "the telephone number 016…",
    ),
    "PA603": Case(
        subject(texts={"procedure.yml": "Speak to Sarah Sampleford or Dr Example first."}),
        subject(texts={"procedure.yml": "Speak to the Team Manager at Mary Example Centre."}),
        "what looks like a person's name, Sarah Sampleford",
    ),
    "PA701": Case(
        subject(edition={"version": "1", "review_by": day("Fri 2026-11-20")}),
        subject(edition={"version": "1", "review_by": TODAY}),
        "the review was due by Friday 20 November 2026",
    ),
    "PA702": Case(
        subject(law=[{"now": "Section 118 of the Adoption and Children Act 2002"}]),
        subject(law=[{"now": "Children Act 1989, section 25B(3)", "as_printed": "section 118"}]),
        "'Section 118' is given as present law; read Children Act 1989, section 25B(3)",
    ),
    "PA703": Case(
        subject(law=[{"now": "The safeguarding partners", "as_printed": "The LSCB"}]),
        subject(law=[{"now": "Children Act 2004", "as_printed": "2004 Children Act"}]),
        "'LSCB' is kept as the document prints it, after the present basis",
    ),
    "PA704": Case(
        subject(law=[{"id": "cafcass-referal"}]),
        subject(law=[{"id": "cafcass-referral", "as_printed": "The power to refer"}]),
        "'cafcass-referal' is not in law.yml; did you mean cafcass-referral?",
    ),
    "PA705": Case(
        subject(keep={"child_protection": "a long while"}),
        subject(keep={"child_protection": "until their 25th birthday"}),
        "“a long while” cannot be worked out",
    ),
    "PA801": Case(
        subject(ladder_of(*["4 working days"] * 6)),
        subject(ladder_of(*FIVE_DAYS), referrals=CAFCASS, readings=[(1, "main.cap")]),
        "PA201, 6 formal stages take 24 working days, the time limit allows 20: no reading about main.cap",
    ),
    "PA802": Case(
        subject(stages({"answer": {"from": "manager", "assumed": True}})),
        subject(
            stages({"answer": {"from": "manager", "assumed": True}}),
            readings=[(1, "main.stages.counted_from")],
        ),
        "what Stage 1 counts from is assumed, and no reading about stage-1.answer says so",
    ),
    "PA803": Case(
        subject(readings=[(1, "stagee-1.answer")]),
        subject(readings=[(1, "stage-1.answer"), (2, "what the source leaves out")]),
        "S1 is about 'stagee-1.answer', which is no part of the procedure (did you mean stage-1?)",
    ),
    "PA901": Case(
        subject(forms={"concern": CONCERN}, tags={"concern": frozenset({"child_nmae"})}),
        subject(
            forms={"concern": CONCERN},
            tags={"concern": frozenset({"child_name", "stages[].label"})},
            offered=frozenset({"stages", "label"}),
        ),
        "the tag 'child_nmae' has no field (did you mean child_name?)",
    ),
    "PA902": Case(
        subject(forms={"concern": CONCERN}, tags={"concern": frozenset({"team"})}),
        subject(forms={"concern": CONCERN}, tags={"concern": frozenset({"child_name"})}),
        "the required field 'child_name' does not stand in the Word template",
    ),
    "PA903": Case(
        subject(forms={"concern": CONCERN}),
        subject(forms={"concern": CONCERN}, tags={"concern": frozenset({"child_name"})}),
        "the form has no Word template concern.docx",
    ),
    "PA904": Case(
        subject(rooms=frozenset({"forms", "templates", "examples"})),
        subject(),
        "not found: the manual's pages, procedures/sampleford/NAME.md",
    ),
    "PA907": Case(
        subject(left_behind={"concern": ("1 comment by A Colleague. Delete it",)}),
        subject(left_behind={"concern": ()}),
        "the Word template holds 1 comment by A Colleague. Delete it",
    ),
    "PA906": Case(
        subject(rooms=frozenset({"pages"})),
        subject(),
        "no alert can be raised yet: the forms, form_templates/sampleford/NAME.yml",
    ),
    "PA905": Case(
        subject(cases=sent_on_a_monday("Tue 2025-06-10"), calendar=CALENDAR_2025),
        subject(cases=sent_on_a_monday("Mon 2025-06-09"), calendar=CALENDAR_2025),
        "Sent: response_due comes out as Mon 2025-06-09, expected Tue 2025-06-10",
    ),
}


def found_by(rule: str, given: Subject) -> list[Finding]:
    return [one for one in check(given) if one.rule == rule]


def test_every_rule_has_its_two_cases() -> None:
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_finds_what_it_is_there_for(rule: str) -> None:
    case = CASES[rule]
    found = found_by(rule, case.finds)
    assert any(case.says in one.says and one.line == case.line for one in found), found


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_keeps_silent_where_nothing_is_wrong(rule: str) -> None:
    assert found_by(rule, CASES[rule].silent) == []


ASSUMED = {"answer": {"from": "manager", "assumed": True}}


@pytest.mark.parametrize(
    ("about", "used", "counts"),
    [
        ("stage-1.answer", "as it stands", True),
        ("stage-1.answer.counted_from", "as it stands", True),
        ("main.stage-1.answer", "as it stands", True),
        ("stage-1", "as it stands", True),
        ("main.stages", "as it stands", True),
        ("main.counted_from", "as it stands", True),
        ("stage-1.answer.from", "Either of them; assumed.", False),
        ("stage-2.answer", "as it stands", False),
        ("main.cap.counted_from", "as it stands", False),
        ("what the source leaves out", "It is assumed.", False),
    ],
)
def test_an_assumption_is_told_at_its_place_and_nowhere_else(
    about: str, used: str, *, counts: bool
) -> None:
    found = found_by("PA802", subject(stages(ASSUMED, {}), readings=[(1, about, used)]))
    assert (found == []) is counts


TWICE = {
    "main": stages({"answer": {"from": "manager", "within": "5 working days"}}, **DAYS_20),
    "other": stages(ASSUMED, **DAYS_20),
}


def test_where_two_ladders_share_a_stages_id_a_reading_says_which_is_meant() -> None:
    (found,) = found_by("PA802", subject(ladders=TWICE, readings=[(1, "stage-1.answer")]))
    assert found.says.endswith("no reading about other.stage-1.answer says so")
    assert found_by("PA802", subject(ladders=TWICE, readings=[(1, "main.stage-1.answer")]))
    assert not found_by("PA802", subject(ladders=TWICE, readings=[(1, "other.stage-1.answer")]))


def test_a_stage_of_the_councils_own_ladder_needs_no_ladder_beside_one_of_an_agency() -> None:
    own = subject(stages(ASSUMED), partners={"police": stages(ASSUMED, title="Police")})
    places = {found.says.partition("about ")[2] for found in found_by("PA802", own)}
    assert places == {"stage-1.answer says so", "police.stage-1.answer says so"}


def test_a_finding_that_a_reading_answers_names_the_reading() -> None:
    (found,) = found_by("PA202", subject(ladder_of(*FIVE_DAYS), readings=[(4, "main.cap")]))
    assert found.answered_by == "S4"


def test_a_reading_about_something_else_answers_nothing() -> None:
    (found,) = found_by("PA202", subject(ladder_of(*FIVE_DAYS), readings=[(4, "stage-1.answer")]))
    assert found.answered_by is None


def test_a_reading_about_where_a_clock_begins_does_not_say_how_long_it_is() -> None:
    given = subject(ladder_of(*FIVE_DAYS), readings=[(4, "main.cap.counted_from")])
    (found,) = found_by("PA202", given)
    assert found.answered_by is None


STEP = {"id": "receipt", "what": "Receipt", "chair": "manager", "within": "1 working day"}
ANSWER_AFTER = {"answer": {**SPAN, "counted_from": "receipt"}, "steps": [STEP]}


@pytest.mark.parametrize(
    ("first", "name", "says"),
    [
        (ANSWERED, "time of stage-1 to stage-2", "10 working days"),
        (ANSWER_AFTER, "time of stage-1 to stage-2", "11 working days"),
        ({**ANSWERED, "steps": [STEP]}, "time of stage-1 to stage-2", "10 working days"),
        (
            {**ANSWERED, "steps": [{**STEP, "within": "9 working days"}]},
            *("time of stage-1 to stage-2", None),
        ),
        (ANSWER_AFTER, "post of stage-1 receipt", "Team Manager"),
    ],
)
def test_a_figure_in_the_manual_is_what_the_clocks_come_to(
    first: dict[str, Any], name: str, says: str | None
) -> None:
    taken = names_in(subject(stages(first, ANSWERED)).procedure).get(name)
    assert (taken.words if taken else None) == says


def test_a_time_limit_that_stages_just_fit_must_be_answered_by_a_reading() -> None:
    (found,) = found_by("PA801", subject(ladder_of(*FIVE_DAYS), referrals=CAFCASS))
    assert found.severity == "error"
    assert "PA202" in found.says


def test_an_address_is_not_repeated_in_the_report() -> None:
    assert "example.org" not in as_text(check(CASES["PA601"].finds))


@pytest.mark.parametrize("said", ["a.standards@council.example", "standards@council.example.org"])
def test_no_other_address_passes_for_the_one_that_readers_write_to(said: str) -> None:
    given = {"mistakes_to": "standards@council.example"}
    assert found_by("PA601", subject(site=given, texts={"page.md": said}))


def test_what_only_the_alert_decides_is_taken_from_it() -> None:
    form = ending(options={"stage-1": "One"}).model_copy(update={"title": "A step"})
    field = form.fields()[0].model_copy(update={"id": "step"})
    steps = form.changed(lambda _: field)
    (found,) = found_by("PA510", subject(acts={"step": steps}))
    assert "the act needs options_from: steps" in found.says
    taken = field.model_copy(update={"options": None, "options_from": OptionsFrom.STEPS})
    assert not found_by("PA510", subject(acts={"step": form.changed(lambda _: taken)}))


def test_the_choices_of_acts_are_those_that_the_common_forms_ask_for() -> None:
    for name, form in council("lambeth").act_forms.items():
        act = ACT_FORMS[name]
        asked = {
            field.id: field.options_from
            for field in form.fields()
            if field.options_from and field.id in {**act.needs, **act.may}
        }
        assert asked == act.chosen, name


def test_an_error_fails_the_check_and_a_warning_does_not() -> None:
    assert fails(check(CASES["PA601"].finds))
    assert not fails(found_by("PA203", CASES["PA203"].finds))


@pytest.mark.parametrize("key", ["judged_by", "escalated_by"])
def test_no_reading_lets_the_challenged_side_judge_or_escalate(key: str) -> None:
    of_the_chain = subject(stages({key: "manager"}), readings=[(1, f"stage-1.{key}")])
    assert fails(found_by("PA403", of_the_chain))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, True),
        ({"in_iro_service": True}, False),
        ({"side": "challenging"}, False),
        ({"in_iro_service": True, "side": "challenged"}, True),
    ],
)
@pytest.mark.parametrize("key", ["judged_by", "escalated_by"])
def test_the_side_of_a_post_decides_whether_it_may_judge_or_escalate(
    key: str, said: dict[str, Any], wrong: bool
) -> None:
    roles = posts(head={"title": "Head of Service", **said})
    assert bool(found_by("PA403", subject(stages({key: "head"}), roles=roles))) is wrong


STEP = {"id": "talk", "what": "Talk"}


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ({"by": "manager", "with": "raiser"}, False),
        ({"by": "raiser", "with": "manager"}, False),
        ({"by": "raiser", "with": "iro"}, True),
        ({"by": "iro"}, True),
        ({"chair": "iro", "attend": ["raiser", "manager"]}, False),
        ({"chair": "iro", "attend": ["raiser"]}, True),
        ({}, False),
    ],
)
def test_a_stage_whose_steps_name_the_raisers_side_alone_is_refused(
    step: dict[str, Any], wrong: bool
) -> None:
    found = found_by("PA404", subject(stages({"steps": [{**STEP, **step}]})))
    assert bool(found) is wrong
    assert fails(found) is wrong


def test_a_stage_may_say_that_the_raiser_chooses_whom_to_ask() -> None:
    left_open = stages({"answer": {"from": "not stated"}, "steps": [{**STEP, "by": "iro"}]})
    assert not found_by("PA404", subject(left_open))


def test_the_manager_of_the_reviewing_service_may_be_the_office_s_own_where_a_reading_says_so() -> (
    None
):
    roles = posts(iro_manager={"title": "IRO Manager", "side": "challenging"})
    said = [(1, "roles.iro_manager")]
    assert fails(found_by("PA407", subject(roles=roles)))
    assert not fails(found_by("PA407", subject(roles=roles, readings=said)))


def test_no_post_is_called_as_whoever_raised_the_alert() -> None:
    (found,) = found_by("PA407", subject(roles=posts(raiser={"title": "Raiser"})))
    assert "means whoever raised the alert" in found.says


def test_nobody_stands_in_for_themselves() -> None:
    (found,) = found_by("PA410", subject(roles=posts(head={"title": "Head", "stands_in": "head"})))
    assert found.says == "Head stands in for itself"


@pytest.mark.parametrize("name", ["iro_manager", "qa_lead", "administrator"])
def test_no_reading_gives_the_office_to_a_post_that_is_challenged(name: str) -> None:
    roles = posts(**{name: {"title": "Somebody"}})
    assert fails(found_by("PA407", subject(roles=roles, readings=[(1, f"roles.{name}")])))


@pytest.mark.parametrize(
    "outcome",
    [
        "no answer: taken as accepted",
        "silence counts as agreement",
        "settled when there is no response",
        "not answered, so the matter is closed",
        "deemed resolved after no reply",
    ],
)
def test_silence_is_no_outcome_that_settles_anything(outcome: str) -> None:
    said = stages({"steps": [{**STEP, "by": "manager", "outcomes": ["put right", outcome]}]})
    assert fails(found_by("PA408", subject(said, readings=[(1, "stage-1.talk")])))


@pytest.mark.parametrize(
    "outcome", ["no answer yet", "silence is no acceptance", "not agreed", "closed"]
)
def test_words_about_silence_that_settle_nothing_are_let_be(outcome: str) -> None:
    said = stages({"steps": [{**STEP, "by": "manager", "outcomes": [outcome]}]})
    assert not found_by("PA408", subject(said))


def test_an_error_that_a_reading_answers_does_not_fail_the_check() -> None:
    locked = stages({"then": ["cafcass"]})
    assert fails(found_by("PA401", subject(locked)))
    assert not fails(found_by("PA401", subject(locked, readings=[(1, "stage-1.then")])))


def test_the_report_gives_a_line_to_each_finding_and_counts_them() -> None:
    found = found_by("PA202", subject(ladder_of(*FIVE_DAYS), readings=[(4, "main.cap")]))
    line, count = as_text(found).split("\n")
    assert line.startswith("sampleford/procedure.yml:1: ladders.main.cap: PA202 warning: ")
    assert line.endswith("[reading S4]")
    assert count == "1 warning; 1 answered by a reading"
    assert as_text(()) == "nothing found"


def test_findings_can_be_read_by_a_program() -> None:
    (plain,) = as_plain(found_by("PA203", CASES["PA203"].finds))
    assert plain["rule"] == "PA203"
    assert plain["where"] == "ladders.main.cap"
    assert plain["answered_by"] is None


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_explains_itself_and_names_the_clause_it_rests_on(rule: str) -> None:
    said = explain(rule.lower())
    assert said.startswith(f"{rule} ({RULES[rule].severity}): {RULES[rule].title}")
    assert said.endswith(f"Rests on: {RULES[rule].clause}.")


def test_an_unknown_rule_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(NoSuchRule, match=r"There is no rule PA2O4.*did you mean PA204"):
        explain("PA2O4")


def test_figures_count_hours_days_and_weeks_as_working_days() -> None:
    found = figures(ladder_of("72 hours", "1 week", "7 days", "2 working days", "immediately"))
    assert (found.formal, found.usual, found.read_next_day) == (15, 15, 19)
    assert found.time_limit == 20


@pytest.mark.parametrize(
    ("clocks", "limit", "rule", "says"),
    [
        (["10 calendar days"] * 3, "30 calendar days", "PA201", None),
        (["10 calendar days"] * 3, "29 calendar days", "PA201", "30 calendar days, the time limit allows 29"),
        (["1 week", "72 hours", "10 calendar days"], "2 weeks", "PA201", "20 calendar days, the time limit allows 14"),
        (["10 calendar days"] * 3, "30 calendar days", "PA202", "30 of 30 calendar days, and 32 when each answer is read the next calendar day"),
        (["10 calendar days"] * 3, "not stated", "PA203", "takes 30 calendar days beside the Handbook's 20 working days"),
        (["10 calendar days"] * 2, "30 calendar days", "PA204", "the time limit is 30 calendar days, the Handbook's is 20 working days"),
        (["10 calendar days"] * 2, "28 calendar days", "PA204", None),
        (["10 calendar days", "5 working days"], "20 calendar days", "PA202", None),
        (["10 calendar days"] * 3, "aim 20 calendar days", "PA201", "30 calendar days, the aim for the whole allows 20"),
        (["aim 10 calendar days"] * 2, "30 calendar days", "PA205", "add up to 20 calendar days"),
    ],
)  # fmt: skip
def test_a_ladder_that_counts_no_working_days_is_told_in_days_of_the_calendar(
    clocks: list[str], limit: str, rule: str, says: str | None
) -> None:
    found = found_by(rule, subject(ladder_of(*clocks, time_limit=limit)))
    assert says in found[0].says if says else not found


@pytest.mark.parametrize(
    ("clock", "than", "longer"),
    [
        ("25 calendar days", "24 calendar days", True),  # both at most 18 working days
        ("24 calendar days", "25 calendar days", False),
        ("4 weeks", "28 calendar days", False),
        ("21 working days", "28 calendar days", True),
        ("not stated", "5 working days", False),
    ],
)
def test_the_longer_of_two_times(clock: str, than: str, *, longer: bool) -> None:
    assert is_longer(parse_clock(clock), parse_clock(than)) is longer


OF_NO_LOOKED_AFTER_CHILD: dict[str, Any] = {"raised_by": {"child_in_need": "iro"}}


@pytest.mark.parametrize("rule", ["PA203", "PA204", "PA304"])
def test_the_handbook_measures_only_what_looked_after_children_climb(rule: str) -> None:
    untimed, long = (
        ladder_of("5 working days", time_limit=limit) for limit in ("not stated", "30 working days")
    )
    for ladder in (untimed, long):
        assert found_by(rule, subject(ladder, **OF_NO_LOOKED_AFTER_CHILD)) == []
    plans = {
        "raised_by": {"looked_after": "iro", "child_in_need": "chair"},
        "roles": ROLES,
        "kinds": {"plan": {"title": "Plan", "ladder": "main", "raised_by": ["chair"]}},
    }
    assert found_by(rule, subject(untimed, **plans)) == []
    assert found_by("PA203", subject(untimed))


def test_where_nothing_is_timed_no_figure_is_given() -> None:
    talk = {"id": "talk", "what": "Talk"}
    (found,) = found_by("PA203", subject(stages({"steps": [talk]})))
    assert "no formal stage states a time beside the Handbook's 20" in found.says
    assert found.says.endswith("on top come 1 step without a time of its own")


def test_days_of_a_kind_not_stated_are_told_as_they_are_written() -> None:
    before = {"formal": False, "answer": {"within": "1 day (unit not stated)"}}
    (found,) = found_by("PA203", subject(stages(before, {"answer": {"within": "5 working days"}})))
    assert found.says.endswith("on top come 1 day (unit not stated) at Stage 1")


NEVER = (
    "received",
    "issued",
    "entered",
    "notified",
    "recorded",
    "closed",
    "escalated",
    "discussion",
)


@pytest.mark.parametrize("event", NEVER)
@pytest.mark.parametrize("timed", ["answer", "settle", "step"])
def test_what_no_act_records_starts_no_clock_unless_it_is_a_step(event: str, timed: str) -> None:
    clock = {"within": "5 working days", "counted_from": event}
    step = {"id": "one", "what": "One", **clock}
    stage: dict[str, Any] = {"steps": [step]} if timed == "step" else {timed: clock}
    asked = {"with": "manager"} if event == "discussion" else None
    (found,) = found_by("PA208", subject(stages({**stage, "consult": asked})))
    assert f"nothing records '{event}'" in found.says
    named = {"id": event, "what": "It"}
    steps = [*stage.get("steps", []), named]
    assert found_by("PA208", subject(stages({**stage, "steps": steps}))) == []


@pytest.mark.parametrize("event", [*RECORDED, RAISED])
def test_what_acts_record_starts_a_clock_of_the_stage_after(event: str) -> None:
    start = event if event == RAISED else f"stage-1.{event}"
    clock = {"within": "5 working days", "counted_from": start}
    asked = {"answer": {"from": "manager"}}
    assert found_by("PA208", subject(stages(asked, {"answer": clock}))) == []


@pytest.mark.parametrize(
    ("first", "second", "ours", "says"),
    [
        ("stage-2.sent", "sent", ["hold"], "comes after Stage 1 is left"),
        ("answered", "sent", ["hold"], "it is counted from itself"),
        ("sent", "held", [], "this procedure has no holds"),
        ("sent", "stage-1.held", [], "this procedure has no holds"),
    ],
)
def test_a_clock_that_can_never_start_is_found(
    first: str, second: str, ours: list[str], says: str
) -> None:
    timed = (
        {"answer": {"from": "manager", "within": "5 working days", "counted_from": one}}
        for one in (first, second)
    )
    (found,) = found_by("PA208", subject(stages(*timed), ours=ours))
    assert says in found.says


def test_what_comes_later_starts_a_clock_where_the_ladder_leads_back() -> None:
    clock = {"from": "manager", "within": "5 working days", "counted_from": "stage-2.sent"}
    back = stages({"answer": clock}, {"then": ["stage-1"]})
    assert found_by("PA208", subject(back)) == []


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("talk.unclear", "talk does not end in 'unclear'"),
        ("note.done", "note has no results (outcomes)"),
        ("stage-1.talk.settled", "names no step of Stage 1"),
        ("elsewhere.settled", "names no step of Stage 1"),
        ("talk. Settled", ""),
        ("the child is moved", ""),
        ("the plan is changed. Then at once", ""),
    ],
)
def test_a_branch_follows_an_outcome_of_its_own_stage_or_what_people_say(
    condition: str, says: str
) -> None:
    steps = [TALKED, NOTED, {**NOTED, "id": "last", "if": condition}]
    other = {**TALKED, "id": "elsewhere"}
    found = [
        one.says for one in found_by("PA306", subject(stages({"steps": steps}, {"steps": [other]})))
    ]
    assert [says in one for one in found] == [True] * bool(says)


def test_steps_that_wait_for_one_another_never_start() -> None:
    steps = [
        {"id": "one", "what": "One", "counted_from": "two"},
        {"id": "two", "what": "Two", "counted_from": "one"},
    ]
    found = found_by("PA208", subject(stages({"steps": steps})))
    assert len(found) == len(steps)


def test_a_total_starts_from_what_is_recorded() -> None:
    cap = {"within": "20 working days", "counted_from": "when the child is seen"}
    (found,) = found_by("PA208", subject(stages({}, cap=cap)))
    assert "so the time limit never starts" in found.says


def test_the_total_counts_the_clocks_of_steps() -> None:
    steps = [{"id": "m", "what": "Meeting", "within": "25 working days"}]
    (found,) = found_by(
        "PA201", subject(stages({"steps": steps}, cap={"within": "20 working days"}))
    )
    assert "takes 25 working days, the time limit allows 20" in found.says


def test_examples_without_an_id_cannot_be_ticked_and_no_id_stands_twice() -> None:
    each = {"id": "delay", "title": "Delay", "examples": ["no plan"]}
    asks = {"concern": asking("which", type="many_of", examples_of="delay")}
    (found,) = found_by("PA502", subject(categories=[each], forms=asks))
    assert "no example of 'delay' has an id to be ticked by" in found.says
    able = {**each, "examples": [{"id": "no_plan", "text": "no plan"}]}
    assert not found_by("PA502", subject(categories=[able], forms=asks))
    twice = procedure_of(categories=[able, {**able, "id": "visits"}])
    assert any("no_plan" in one.found for one in problems_of(twice, ("concern",)))
