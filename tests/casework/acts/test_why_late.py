"""Why an answer came late is asked of late answers alone, and left to whoever answers."""

from typing import Any

import pytest

from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import document_on_screen
from practice_alerts.domain.acts.act_forms import LATE_WHY
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.choices import LateReason
from practice_alerts.domain.alert.events import AnswerGiven
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.log.log_rows import log_rows
from tests.helpers.product.office import Desk

SAID: dict[str, Any] = {"text": "A worker is named.", "response": "done"}
IN_TIME, TOO_LATE = "Wed 2025-06-04 12:00", "Tue 2025-06-17 12:00"


def asks(desk: Desk, found: Known, act: Act) -> bool:
    with desk.office.database.reading() as tx:
        fields = act_form(desk.office, tx, found, act).fields()
    return any(one.id == LATE_WHY and set(one.choices) == set(LateReason) for one in fields)


def answered(desk: Desk, found: Known, act: Act, **more: str) -> Known:
    who = "iro" if act is Act.RECORD_ANSWER else "manager"
    return VERBS[act](desk.office, found.id, {**SAID, **more}, desk.doing(who, found))


def logged(desk: Desk, found: Known) -> object:
    files = found.files
    form = files.forms[found.alert.form]
    calendar = desk.office.calendar(files.id)
    row = log_rows(found.alert, files.procedure, form, calendar, "x").tables["stages"][0]
    return row["late_why"]


@pytest.mark.parametrize("act", [Act.ANSWER, Act.RECORD_ANSWER])
def test_it_is_asked_once_the_day_has_passed(desk: Desk, act: Act) -> None:
    found = desk.raised("stage-1")
    assert not asks(desk.at(IN_TIME), found, act)
    assert asks(desk.at(TOO_LATE), found, act)


def test_what_was_chosen_is_read_on_the_record_and_in_the_log(desk: Desk) -> None:
    found = answered(desk, desk.raised("stage-1"), Act.ANSWER, late_why="vacant")
    assert logged(desk, found) is None
    late = desk.raised("stage-1", case_number="S-2")
    desk.at(TOO_LATE)
    with pytest.raises(BadAnswers):
        answered(desk, late, Act.ANSWER, late_why="ill")
    found = answered(desk, late, Act.ANSWER, late_why="nobody_covered")
    assert logged(desk, found) == "Nobody stood in for the post"
    said = "Why it came after its day: nobody stood in for the post."
    assert said in str(document_on_screen(desk.office, found))


def test_whoever_does_not_say_it_has_not_said_it(desk: Desk) -> None:
    found = desk.raised("stage-1")
    assert logged(desk, answered(desk.at(TOO_LATE), found, Act.ANSWER)) == "not said"


@pytest.mark.parametrize(
    ("came", "said"), [("2025-06-03", None), ("2025-06-16", "The post was vacant")]
)
def test_of_an_answer_written_down_later_the_day_on_which_it_came_decides(
    desk: Desk, came: str, said: str | None
) -> None:
    found = desk.raised("stage-1")
    more = {"channel": "telephone", "on": came, "late_why": "vacant"}
    found = answered(desk.at(TOO_LATE), found, Act.RECORD_ANSWER, **more)
    what = found.alert.happened[-1].what
    assert isinstance(what, AnswerGiven)
    assert (what.late_why and what.late_why.words) == said
    assert logged(desk, found) == said
