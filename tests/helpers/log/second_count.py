"""The second count of each measure, by its name."""

from collections.abc import Callable

from practice_alerts.domain.log.measures.periods import Period
from tests.helpers.log import twin_of_acts, twin_of_alerts, twin_of_stays
from tests.helpers.log.twin import Row, Twin

COUNTED: dict[str, Callable[[Twin, Period], list[Row]]] = {
    one.__name__: one
    for one in (
        twin_of_alerts.raised,
        twin_of_alerts.raised_by_month,
        twin_of_alerts.ever_formal,
        twin_of_alerts.themes,
        twin_of_alerts.examples_ticked,
        twin_of_alerts.shared_themes,
        twin_of_alerts.highest_stage,
        twin_of_alerts.change_for_the_child,
        twin_of_alerts.childs_voice,
        twin_of_alerts.raised_again,
        twin_of_alerts.good_practice,
        twin_of_alerts.partner_alerts,
        twin_of_alerts.open_at_end,
        twin_of_stays.timeliness_by_stage,
        twin_of_stays.partner_timeliness,
        twin_of_stays.no_answer_by_post,
        twin_of_stays.why_answers_came_late,
        twin_of_stays.put_right_in_time,
        twin_of_stays.steps_in_time,
        twin_of_stays.what_is_timed,
        twin_of_stays.promises,
        twin_of_stays.within_the_time_limit,
        twin_of_stays.room_left,
        twin_of_acts.endings,
        twin_of_acts.time_to_put_right,
        twin_of_acts.referrals,
        twin_of_acts.standstills,
        twin_of_acts.overrides,
        twin_of_acts.our_own_side,
    )
}
