"""How a step ended is asked and must be said where another follows from it, whatever the council's own form asks."""

from pathlib import Path

import pytest

from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import BadAnswers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.files.small_council import PROCEDURE, furnished
from tests.helpers.product.office import Desk, open_desk

FIRST = "        answer: {from: team_manager, within: 5 working days}\n"
STEPS = """\
        steps:
          - {id: talk, what: Talk, by: team_manager, outcomes: [settled, not settled]}
          - {id: tea, what: Tea, by: team_manager, outcomes: [good, bad]}
          - {id: meeting, what: Meeting, by: team_manager, if: talk.not settled}
"""
OWN = """\
title: Step
sections:
  - title: Step
    fields:
      - {id: step, label: Which, type: one_of, options_from: steps, required: true}
      - {id: took_place, label: "Did it take place?", type: yes_no, required: true}
      - {id: "on", label: On, type: date, required: true, when: {took_place: "yes"}}
      - {id: at, label: At, type: text, required: true, when: {took_place: "yes"}}
"""


def raised(tmp_path: Path, *, own: bool) -> tuple[Desk, Known]:
    furnished(tmp_path / "rooms", PROCEDURE.replace(FIRST, FIRST + STEPS))
    if own:
        (tmp_path / "rooms/form_templates/sampleford/step.yml").write_text(OWN, "utf-8")
    desk = open_desk(tmp_path / "data", council="sampleford", rooms=tmp_path / "rooms")
    return desk, raise_alert(desk.office, wanted(desk, "concern"), desk.doing("iro"))


def recorded(desk: Desk, found: Known, step: str, **more: str) -> Known:
    given = {"step": step, "took_place": "yes", "on": "2025-06-02", "at": "08:59", "text": "x"}
    return VERBS[Act.STEP](desk.office, found.id, {**given, **more}, desk.doing("iro", found))


@pytest.mark.parametrize("own", [False, True])
def test_a_step_from_which_another_follows_is_not_recorded_without_how_it_ended(
    tmp_path: Path, *, own: bool
) -> None:
    desk, found = raised(tmp_path, own=own)
    with desk.office.database.reading() as tx:
        assert act_form(desk.office, tx, found, Act.STEP).field("outcome").options
    for outcome in ("", "good"):
        with pytest.raises(BadAnswers) as refused:
            recorded(desk, found, "talk", outcome=outcome)
        assert set(refused.value.faults) == {"outcome"}
    found = recorded(desk, found, "tea")  # nothing follows from it
    found = recorded(desk, found, "talk", outcome="not settled")
    done = found.run.done("talk")
    assert done is not None
    assert done.outcome == "not settled"
