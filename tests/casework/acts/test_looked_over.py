"""What is shown of going up the ladder before it is sent."""

import pytest

from practice_alerts.casework.acts import escalate
from practice_alerts.domain.alert.events import Escalated, Sent
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.standing.running_clocks import if_escalated
from tests.helpers.alerts import act_answers
from tests.helpers.days import day
from tests.helpers.product.office import Desk


def test_a_total_that_runs_is_not_begun_anew_by_going_further(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    desk.at("Tue 2025-06-10")
    ladder, calendar = found.ladder, desk.office.calendar(found.files.id)
    assert ladder is not None
    ahead = if_escalated(found.alert, ladder, "stage-2", desk.office.now(), calendar)
    assert ahead.time_limit is not None
    assert ahead.time_limit.by_day == day("Mon 2025-06-30")
    assert [one.stage.id for one in ahead.stages][:2] == ["stage-2", "stage-3"]
    due = ahead.stages[0].due
    assert due is not None
    assert due.by_day == day("Mon 2025-06-16")


def test_looking_it_over_finds_what_is_missing_and_records_nothing(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    with desk.office.database.reading() as tx:
        with pytest.raises(BadAnswers):
            escalate.check(desk.office, tx, found, act_answers.climb("stage-2", ""), "iro")
        whole = act_answers.climb("stage-2", "Nobody answered.")
        went, sent = escalate.check(desk.office, tx, found, whole, "iro")
    assert isinstance(went, Escalated)
    assert went.to == "stage-2"
    assert isinstance(sent, Sent)
    assert [one.id for one in sent.asked] == ["service"]
    assert len(found.alert.happened) == 2
