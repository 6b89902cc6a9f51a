"""Whoever is outside the directory and is to be told of a referral, an override or an ending stays a task."""

from pathlib import Path

import pytest

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.ui.alert import alert_screen
from practice_alerts.ui.page import html
from tests.helpers.alerts import act_answers
from tests.helpers.files.small_council import FORM, furnished
from tests.helpers.product.office import LONG_AGO, Desk, open_desk

PROCEDURE = """\
council: Sampleford
title: Concerns
reference_prefix: SAM
edition: {version: "1", issued: 2026-01-05, review_by: 2028-01-05}
raised_by: {looked_after: iro}
roles:
  iro: {title: Independent Reviewing Officer, in_iro_service: true}
  team_manager: {title: Team Manager}
  director: {title: Director}
  board: {title: Board Office}
  lawyer: {title: Council Solicitor}
kinds:
  concern: {title: Concern, ladder: main, form: concern}
ladders:
  main:
    cap: {within: 20 working days}
    resolutions_to: {role: board, of: council}
    stages:
      - {id: stage-1, label: Stage 1, answer: {from: team_manager, within: 5 working days}, then: [cafcass]}
referrals:
  cafcass:
    raised_as: [looked_after]
    consult: {with: team_manager, tell: {role: lawyer, of: council}, record: [discussed]}
overrides: {events: [death of a child], tell: {role: director, of: council}, by: whoever first knows}
"""
HELD = {"a": "Team North", "b": "Team South", "c": "Team West"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Nobody holds the posts of director, board and solicitor; two and more hold each of the others."""
    furnished(tmp_path, PROCEDURE, FORM)
    desk = open_desk(tmp_path / "data", council="sampleford", rooms=tmp_path)
    held = tables.holdings.c
    with desk.office.database.writing() as tx:
        empty = held.post.in_(("director", "board", "lawyer"))
        tx.execute(tables.holdings.delete().where(empty))
        for one, team in HELD.items():
            somebody = DirectoryPerson(
                f"tm_{one}", f"Tm_{one} Sample", f"tm_{one}@practice.invalid"
            )
            directory.add_person(tx, somebody, [("sampleford", "team_manager", team)], LONG_AGO)
    return desk


def raised(desk: Desk) -> Known:
    answers = {"child_name": "Anna Berg", "team_manager": "Tm_a Sample"}
    return raise_alert(desk.office, Raising("sampleford", "concern", answers), desk.doing("iro"))


def did(desk: Desk, found: Known, act: Act, **answers: str) -> Known:
    return VERBS[act](desk.office, found.id, answers, desk.doing("iro", found))


def left(found: Known) -> list[tuple[str, str]]:
    return [(why.of_what, person.name) for why, person in to_do_by_hand(found.alert)]


def offered(desk: Desk, found: Known) -> dict[str, str]:
    with desk.office.database.reading() as tx:
        form = act_form(desk.office, tx, found, Act.BY_HAND)
    return form.field("whom").options or {}


def referred(desk: Desk) -> Known:
    found = raised(desk)
    assert left(found) == []
    way = act_answers.way_out("cafcass", "Nothing came.")
    return VERBS[Act.REFER](desk.office, found.id, way, desk.doing("iro", found))


def overridden(desk: Desk) -> Known:
    grave = {"event": "death of a child", "told": "Nobody yet", "by": "The officer"}
    today = desk.office.today.isoformat()
    return did(desk, raised(desk), Act.OVERRIDE, **grave, on=today, at="08:30")


def closed(desk: Desk) -> Known:
    ending = act_answers.ending("put_right", "A plan is there.")
    found = raised(desk)
    return VERBS[Act.CLOSE](desk.office, found.id, ending, desk.doing("iro", found))


TASKS = {
    "referral": (referred, "the referral", "Council Solicitor"),
    "override": (overridden, "what goes past every stage", "Director"),
    "ending": (closed, "how it ended", "Board Office"),
}


@pytest.mark.parametrize("occasion", TASKS)
def test_whoever_is_told_by_hand_is_a_task_until_it_is_recorded(desk: Desk, occasion: str) -> None:
    happen, what, who = TASKS[occasion]
    found = happen(desk)
    assert left(found) == [(what, who)]
    ((whom, words),) = offered(desk, found).items()
    assert words == f"{who}, {who}, of {what}"
    offer = {one.act: one for one in desk.see("iro", found).offers}
    assert offer[Act.BY_HAND].possible
    day = desk.office.today.isoformat()
    found = did(desk, found, Act.BY_HAND, whom=whom, on=day, text="By telephone.")
    assert left(found) == []


def test_the_page_lists_the_task(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(html, "heading", said.append)
    monkeypatch.setattr(html, "quiet", said.append)
    monkeypatch.setattr(html, "bullets", said.extend)
    alert_screen.by_hand(desk.see("iro", closed(desk)))
    assert said[-1] == "Tell Board Office, by hand, of how it ended"


def test_whoever_has_come_into_the_directory_is_written_to_there(desk: Desk) -> None:
    found = referred(desk)
    with desk.office.database.writing() as tx:
        new = DirectoryPerson("new", "Council Solicitor", "new@practice.invalid")
        directory.add_person(tx, new, [("sampleford", "lawyer", "")], LONG_AGO)
    ((whom, _),) = offered(desk, found).items()
    day = desk.office.today.isoformat()
    found = did(desk, found, Act.BY_HAND, whom=whom, on=day, entered="yes")
    assert left(found) == []
    assert [notice for who, notice, _ in desk.mails() if who == "new"] == ["told"]
    assert desk.can_open("new", found)
