"""The guide prints what happens: copies of whole ladders, titles of ladders, and no hold where there is none."""

import re
from typing import Any

import pytest

from practice_alerts.domain.guide.pages.council import council_section
from practice_alerts.domain.guide.parts.page import Council, GuidePage, GuideSection
from practice_alerts.domain.procedure.procedure import Procedure
from tests.helpers.days import day
from tests.helpers.files.real_councils import council

RULES: dict[str, Any] = {
    "council": "Sampleford",
    "title": "Concerns",
    "edition": {"version": "1"},
    "raised_by": {"looked_after": "iro"},
    "roles": {
        "iro": {"title": "Reviewing Officer", "in_iro_service": True},
        "team_manager": {"title": "Team Manager"},
        "head": {"title": "Head of Service"},
        "nurse": {"title": "Named Nurse"},
        "qa": {"title": "Quality Team", "team": True},
    },
    "kinds": {
        "concern": {"title": "Concern", "ladder": "main"},
        "quick": {"title": "Urgent concern", "ladder": "quick"},
        "agency": {"title": "To an agency", "ladder": "partners"},
    },
    "ladders": {
        "main": {
            "title": "The long way",
            "stages": [{"id": "one", "label": "One", "answer": {"from": "team_manager"}}],
        },
        "quick": {
            "stages": [{"id": "one", "label": "At once", "answer": {"from": "head"}}],
        },
    },
    "partners": {
        "health": {
            "title": "Health",
            "copy": {"role": "qa", "of": "council"},
            "stages": [
                {
                    "id": "talk",
                    "label": "Talk",
                    "formal": False,
                    "answer": {"from": {"role": "nurse", "of": "agency"}},
                },
                {
                    "id": "letter",
                    "label": "Letter",
                    "answer": {
                        "from": {"role": "nurse", "of": "agency"},
                        "within": "24 hours",
                    },
                    "tell": "head",
                },
            ],
        }
    },
    "ours": [],
}


def pages(rules: dict[str, Any]) -> dict[str, str]:
    real = council("lambeth")
    one = Council("sampleford", Procedure.model_validate(rules), real.forms, {}, real.act_forms)
    found: dict[str, str] = {}

    def down(entry: GuidePage | GuideSection) -> None:
        if isinstance(entry, GuidePage):
            found[entry.path.removeprefix("sampleford").strip("/")] = entry.text
            return
        for inner in entry.entries:
            down(inner)

    down(council_section(one, [one], day("Mon 2026-06-01")))
    return found


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def rows(page: str) -> dict[str, str]:
    each = re.findall(r"<tr[^>]*>(.*?)</tr>", page, flags=re.DOTALL)
    cells = [[plain(one) for one in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in each]
    return {one[0]: one[-1] for one in cells if one}


def test_a_partner_ladder_that_copies_says_so_at_each_formal_stage() -> None:
    page = pages(RULES)["partner-agencies"]
    assert rows(page)["Letter"] == "Head of Service and Quality Team"
    assert rows(page)["Talk"] == "Nobody"
    assert "Copied at each formal stage Quality Team" in plain(page)
    assert "24 hours" in plain(page)


def test_a_formal_stage_of_our_own_ladders_names_those_whom_the_ladder_copies() -> None:
    rules = {**RULES, "ladders": {**RULES["ladders"]}}
    rules["ladders"]["main"] = {**RULES["ladders"]["main"], "copy": "head"}
    page = plain(pages(rules)["stages"])
    assert "Copied Head of Service" in page.partition("One {#one}")[2]


def test_the_first_page_tells_each_ladder_by_its_title_or_by_the_kinds_that_climb_it() -> None:
    page = plain(pages(RULES)[""])
    assert "The long way: one formal stage" in page
    assert "Urgent concern: one formal stage" in page
    assert "The ladder: " not in page


@pytest.mark.parametrize("offered", [True, False])
def test_no_page_speaks_of_a_hold_where_none_is_offered(*, offered: bool) -> None:
    rules = {**RULES, "ours": ["hold"] if offered else []}
    said = " ".join(map(plain, pages(rules).values()))
    assert bool(re.search(r"\b(?:an?|on|the) hold\b|\bHold\b", said)) is offered


def test_the_ladder_at_the_front_says_from_what_a_time_is_counted() -> None:
    receipt = {"id": "receipt", "what": "Receipt", "by": "team_manager", "within": "24 hours"}
    answer = {"from": "team_manager", "within": "5 working days", "counted_from": "receipt"}
    stage = {"id": "one", "label": "One", "answer": answer, "steps": [receipt]}
    ladders = {**RULES["ladders"], "main": {"title": "The long way", "stages": [stage]}}
    found = pages({**RULES, "ladders": ladders})
    front = plain(found[""])
    assert "5 working days , counted from “Receipt”" in front
    assert "Receipt: 24 hours" in front
    assert "Receipt: 24 hours , counted from" not in front  # of sending nothing is said
    assert "5 working days, counted from “Receipt”" in front  # and so in words


def test_the_ladder_at_the_front_leads_to_the_ways_out_of_those_who_climb_it() -> None:
    rules = {
        **RULES,
        "raised_by": {"looked_after": "iro", "child_protection": "chair"},
        "roles": {**RULES["roles"], "chair": {"title": "Chair", "in_iro_service": True}},
        "kinds": {
            "concern": {"title": "Concern", "ladder": "main", "cases": ["looked_after"]},
            "quick": {"title": "Urgent", "ladder": "quick", "cases": ["child_protection"]},
        },
        "partners": {},
        "referrals": {
            "cafcass": {"raised_as": ["looked_after"]},
            "lscp": {"raised_as": ["child_protection"]},
            "complaints": {},
        },
    }
    front = pages(rules)[""]
    own, other = (front.split("ladder__beside")[place] for place in (1, 2))
    routes = [re.findall(r"outside-routes/#(\w+)", one.split("</dl>")[0]) for one in (own, other)]
    assert routes == [["cafcass", "complaints"], ["lscp", "complaints"]]


def test_a_hint_of_ours_is_marked_beside_a_question_of_theirs() -> None:
    page = pages(RULES)["forms"]
    mark = ' <span class="tag">ours</span>'
    assert f"number in Mosaic{mark}" in page
    own = "This line goes into the alert log, so it must not say who the child is"
    assert own in page
    assert f"{own}{mark}" not in page  # of a question of ours it is said once


def test_a_step_that_is_not_always_taken_says_when_wherever_its_time_stands() -> None:
    meeting = {
        "id": "meeting",
        "what": "meeting",
        "within": "3 working days",
        "outcomes": ["agreed", "not agreed"],
    }
    steps = [
        meeting,
        {"id": "second", "what": "second meeting", "within": "2 working days", "if": "meeting.not agreed"},
        {"id": "note", "what": "note", "within": "5 working days", "ask": "Is a note needed?"},
    ]  # fmt: skip
    answered = {"id": "one", "label": "One", "answer": {"from": "team_manager"}, "steps": steps}
    main = RULES["ladders"]["main"] | {"stages": [answered]}
    said = pages(RULES | {"ladders": RULES["ladders"] | {"main": main}})
    for page in ("", "clocks"):
        text = re.sub(r"<[^>]+>", "", said[page])
        assert "Meeting (" not in text
        assert "Second meeting (only if “meeting” ends in “not agreed”)" in text
        assert "Note (where it is needed: Is a note needed?)" in text
    words = re.sub(r"<[^>]+>", "", said[""])
    assert "second meeting (only if “meeting” ends in “not agreed”): 2 working days" in words
