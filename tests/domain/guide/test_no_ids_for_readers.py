"""No page for readers shows how a file names a stage, a step or an event."""

import re
from collections.abc import Iterator

import pytest

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.domain.alert.events import Corrected, read_event
from practice_alerts.domain.guide.pages.council import council_section
from practice_alerts.domain.guide.pages.forms import shown_in_words
from practice_alerts.domain.guide.parts.page import Council, GuidePage, GuideSection
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.anchors import RECORDED
from practice_alerts.domain.wording.history import told
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.stories.odd_councils import NAMES, files_of

EVERY = (*IDS, *NAMES)


def files(name: str) -> CouncilFiles:
    return council(name) if name in IDS else files_of(name)


def ladders(procedure: Procedure) -> Iterator[Ladder]:
    yield from (ladder for _, ladder in procedure.all_ladders())


def raw(procedure: Procedure) -> re.Pattern[str]:
    """Whatever the file writes with a dot between two ids: an event of a stage, an outcome of a step."""
    names = set(RECORDED)
    before: set[str] = set()
    for ladder in ladders(procedure):
        before |= {stage.id for stage in ladder.stages}
        for stage in ladder.stages:
            names |= {step.id for step in stage.steps}
            before |= {step.id for step in stage.steps}
            names |= {outcome for step in stage.steps for outcome in step.outcomes}
    dotted = f"(?:{'|'.join(map(re.escape, before))})\\.(?:{'|'.join(map(re.escape, names))})"
    return re.compile(rf"\b(?:{dotted}|[a-z0-9-]+\.(?:{'|'.join(RECORDED)}|agreed))\b")


def pages(name: str) -> Iterator[tuple[str, str]]:
    found = files(name)
    one = Council(found.id or name, found.procedure, found.forms, {}, found.act_forms)

    def down(entry: GuidePage | GuideSection) -> Iterator[GuidePage]:
        if isinstance(entry, GuidePage):
            yield entry
            return
        for inner in entry.entries:
            yield from down(inner)

    for page in down(council_section(one, [one], day("Mon 2026-06-01"))):
        yield page.path, plain(page.text)


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>|\]\([^)]*\)|\{#[^}]*\}", " ", markup).split())


@pytest.mark.parametrize("name", EVERY)
def test_no_page_of_the_guide_shows_an_id(name: str) -> None:
    pattern = raw(files(name).procedure)
    shown = [(path, found[0]) for path, text in pages(name) for found in pattern.finditer(text)]
    assert shown == []


def test_a_total_and_a_branch_are_told_by_the_councils_titles() -> None:
    text = dict(pages("moorfield"))["moorfield/stages"]
    assert "over the formal stages" in text
    assert "counted from being sent at First" in text
    assert "counted from being sent at First" in dict(pages("moorfield"))["moorfield/print"]
    branch = dict(pages("harbour"))["harbour/stages"]
    assert "Only if “Talk” ends in “not settled”" in branch


def test_a_correction_names_the_question_and_not_the_field() -> None:
    said = Corrected(number=1, field="child_name", label="Name", was="A", now="B", reason="Typed.")
    assert told(said, None)[0] == "Corrected an answer (Name)"
    before = read_event("corrected", {**said.model_dump(exclude={"label", "kind"})})
    assert told(before, None)[0] == "Corrected an answer"


def test_an_agency_without_a_title_is_called_in_words() -> None:
    procedure = files("agencies").procedure
    bare = procedure.partners["school"].model_copy(update={"title": None})
    named = procedure.model_copy(update={"partners": {"virtual-school": bare}})
    assert named.partner_title("virtual-school") == "Virtual school"


@pytest.mark.parametrize("name", EVERY)
def test_what_a_form_prints_or_asks_on_a_condition_is_told_in_words(name: str) -> None:
    """Names of the file's own (`raised_on`, a ground's id) stand on no page of forms."""
    found = files(name)
    shown = {one for form in found.forms.values() for one in form.shows}
    shown |= {one for form in found.forms.values() for each in form.sections for one in each.shows}
    assert {one for one in shown if shown_in_words(one) == one.replace("_", " ")} == set()


def test_a_condition_on_a_ground_names_the_ground() -> None:
    text = dict(pages("unnamed-2015"))["unnamed-2015/forms"]
    assert "Only if “Criteria” is “Statutory duty missed by any agency”" in text
    assert "the stage, who raised it and the day it was raised" in text


def test_copies_of_stage_and_ladder_are_one_list() -> None:
    assert (
        "Copied Assistant Director of Children's Services, Safeguarding Manager and Designated"
        in dict(pages("merton"))["merton/stages"]
    )
