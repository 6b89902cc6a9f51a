"""Every kind of alert of every council: raised, answered, escalated, put right, closed, and on paper."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.acts.review_response import review
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import document_on_screen, word_document
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.procedure.entry import may_enter
from practice_alerts.domain.standing.standings import Standing
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import climbing, wanted
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.product.office import Desk, open_desk

KINDS = [(name, kind) for name in IDS for kind in council(name).procedure.kinds]
WITH_LADDER = [
    (name, kind) for name, kind in KINDS if council(name).procedure.kinds[kind].ladder is not None
]
STAGES = [
    (name, kind, stage.id)
    for name, kind in WITH_LADDER
    if (
        ladder := council(name).procedure.ladders.get(
            council(name).procedure.kinds[kind].ladder or ""
        )
    )
    for stage in ladder.stages
]
PARTNERS = tuple(council("lambeth").procedure.partners)


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", council=request.param)
    yield opened
    opened.office.database.close()


def raiser(desk: Desk, kind: str) -> str:
    procedure = desk.office.council(desk.council).procedure
    return next(iter(procedure.kinds[kind].raised_by or procedure.raising_posts))


def raised(desk: Desk, kind: str, stage: str | None = None) -> Known:
    changes = {"partner": PARTNERS[0]} if kind == "partner" else {}
    if kind == "good_practice" and desk.council == "unnamed-2015":
        changes = {"about": "excellent"}
    wish = wanted(desk, kind, stage, **changes)
    procedure = desk.office.council(desk.council).procedure
    case = procedure.cases_of_kind(procedure.kinds[kind])[0]
    wish = replace(wish, answers={**wish.answers, "raised_as": case})
    return raise_alert(desk.office, wish, desk.doing(raiser(desk, kind)))


def answered(desk: Desk, kind: str, found: Known) -> Known:
    """By each of those awaited; for an agency outside, whoever asked it records what came."""
    for one in found.run.yet_to_answer if found.run.sent.each else found.run.sent.asked[:1]:
        reply = act_answers.reply("It will be looked into.", "other")
        who = one.id or raiser(desk, kind)
        found = answer(desk.office, found.id, reply, desk.doing(who, found))
    return found


def on_paper(desk: Desk, found: Known) -> str:
    """The text of the Word document; that it can be read on the screen is seen to as well."""
    body = word_document(desk.office, found).body
    assert found.alert.reference in document_on_screen(desk.office, found)
    tables = [cell.text for table in Document(BytesIO(body)).tables for cell in table._cells]
    return "\n".join([one.text for one in Document(BytesIO(body)).paragraphs] + tables)


@pytest.mark.parametrize(("desk", "kind"), WITH_LADDER, indirect=["desk"])
def test_an_alert_goes_its_whole_way(desk: Desk, kind: str) -> None:
    found = raised(desk, kind)
    who = raiser(desk, kind)
    found = answered(desk, kind, found)
    assert desk.see(who, found).where.standing is Standing.TO_REVIEW
    reason = "It names nobody and no day."
    found = review(
        desk.office,
        found.id,
        act_answers.outcome("not_satisfactory", reason),
        desk.doing(who, found),
    )
    named = {"sent_to": "Sasha Outside"} if kind == "partner" else {}
    why = "The first answer settles nothing."
    climb = climbing(desk, found, found.ways_up[0].id, why, **named)
    climb = replace(climb, asked=climb.asked or someone(found))
    found = escalate(desk.office, found.id, climb, desk.doing(who, found))
    found = answered(desk, kind, found)
    found = review(
        desk.office, found.id, act_answers.outcome("put_right", "Seen."), desk.doing(who, found)
    )
    ending = act_answers.ending("put_right", "There is a plan now.")
    found = close(desk.office, found.id, ending, desk.doing(who, found))
    assert desk.see(who, found).where.standing is Standing.CLOSED
    text = on_paper(desk, found)
    assert "It will be looked into." in text
    assert "There is a plan now." in text
    assert "concerns as typed" in text
    with desk.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []


def someone(found: Known) -> tuple[str, ...]:
    """Whom the raiser chooses where the procedure names nobody at the next stage."""
    return () if found.files.procedure.asked_at(found.ways_up[0]).posts else ("service_manager",)


@pytest.mark.parametrize(("desk", "kind", "stage"), STAGES, indirect=["desk"])
def test_an_alert_may_come_in_wherever_the_procedure_opens(
    desk: Desk, kind: str, stage: str
) -> None:
    procedure = desk.office.council(desk.council).procedure
    ladder = procedure.ladder_of(kind)
    assert ladder is not None
    asked = wanted(desk, kind, stage)
    if not procedure.asked_at(ladder.stage(stage)).posts:
        with pytest.raises(BadAnswers, match="names nobody at"):
            raise_alert(desk.office, asked, desk.doing(raiser(desk, kind)))
        asked = replace(asked, asked=("service_manager",))
    if ladder.stage(stage) not in may_enter(ladder, procedure.gate, "no"):
        with pytest.raises(BadAnswers, match="the procedure opens"):
            raise_alert(desk.office, asked, desk.doing(raiser(desk, kind)))
        asked = replace(asked, gate="yes", gate_told="The operational deputy head, by telephone.")
    found = raise_alert(desk.office, asked, desk.doing(raiser(desk, kind)))
    assert found.run.stage == stage


@pytest.mark.parametrize(
    ("desk", "kind"), [one for one in KINDS if one not in WITH_LADDER], indirect=["desk"]
)
def test_good_practice_is_sent_and_closed_without_a_ladder(desk: Desk, kind: str) -> None:
    found = raised(desk, kind)
    who = raiser(desk, kind)
    assert found.alert.run is None
    ending = act_answers.ending("shared", "They know that it was seen.")
    found = close(desk.office, found.id, ending, desk.doing(who, found))
    assert "good_work as typed" in on_paper(desk, found)
