"""A server whose clock is set back: what happened keeps its order, and what is reviewed stays reviewed."""

from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.review_response import review
from practice_alerts.domain.standing.standings import Standing
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import Desk


def test_an_answer_reviewed_by_a_clock_that_was_set_back_is_reviewed(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02 09:00").raised("stage-1")
    desk.at("Tue 2025-06-03 11:00")
    reply = act_answers.reply("We shall see.", "other")
    found = answer(desk.office, found.id, reply, desk.doing("manager", found))
    desk.at("Tue 2025-06-03 10:00")
    said = act_answers.outcome("not_satisfactory", "It names no day.")
    found = review(desk.office, found.id, said, desk.doing("iro", found))
    assert desk.stands(found) is Standing.TO_ESCALATE
    at = [event.at for event in found.alert.happened]
    assert at == sorted(at)
