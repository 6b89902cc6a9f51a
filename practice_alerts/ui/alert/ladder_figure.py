"""The ladder of one alert, drawn: what is past, where it stands, what lies ahead."""

from collections.abc import Sequence

from markupsafe import Markup

from practice_alerts.casework.views.alert_view import Seen
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.deadlines.forecast import Forecast
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.standing.anchors import first_on_paper
from practice_alerts.domain.standing.running_clocks import ahead_from
from practice_alerts.ui.page import html, session

_Ahead = tuple[Forecast | None, str]
"""What lies ahead, and on which condition."""


def ladder_figure(seen: Seen, calendar: Calendar) -> None:
    """An ordered list; the marks only repeat what the words say."""
    ladder, run = seen.known.ladder, seen.known.alert.run
    if ladder is None or run is None:
        return
    ahead = ahead_from(seen.known.alert, ladder, session.office().now(), calendar)
    items = (_item(seen, ladder, stage, ahead) for stage in ladder.stages)
    html.html(Markup('<ol class="pa-ladder">{}</ol>').format(Markup().join(items)))


def _item(seen: Seen, ladder: Ladder, stage: Stage, ahead: _Ahead) -> Markup:
    alert, present = seen.known.alert, seen.known.alert.run
    run = alert.run_at(stage.id)
    stands_here = present is not None and run is present and alert.is_open
    if stands_here:
        kind, mark, says = "here", "●", seen.where.sentence.partition(": ")[2]
    elif run is not None:
        left = f", left {in_full(london_date(run.left_at))}" if run.left_at else ""
        kind, mark = "past", "✓"
        says = f"sent {in_full(london_date(run.sent_at))}{left}"
    elif present is not None and ladder.place(stage.id) < ladder.place(present.stage):
        came = first_on_paper(alert).get(stage.id)
        kind, mark, says = "past", "–", _not_used(alert.runs, ladder, stage)
        if came is not None:
            mark, says = "✓", f"on paper, {in_full(london_date(came))}"
    else:
        kind, mark = "ahead", "○"
        says = _ahead(seen, stage, ahead) if alert.is_open else "not reached"
    current = Markup(' aria-current="step"') if stands_here else ""
    return Markup(
        '<li class="pa-{}"{}><span class="pa-mark" aria-hidden="true">{}</span>'
        '<span><span class="pa-name">{}:</span> {}</span></li>'
    ).format(kind, current, mark, stage.label, says)


def _not_used(runs: Sequence[StageRun], ladder: Ladder, stage: Stage) -> str:
    """Passed over half way up, or below where it came in."""
    place = ladder.place(stage.id)
    over = any(
        ladder.place(run.stage) < place < ladder.place(run.escalated.to)
        and not ladder.is_led_to(run.stage, run.escalated.to)
        for run in runs
        if run.escalated is not None
    )
    return "passed over, out of turn" if over else "not used"


def _ahead(seen: Seen, stage: Stage, from_here: _Ahead) -> str:
    ahead, when = from_here
    stages = ahead.stages if ahead else ()
    one = next((one for one in stages if one.stage.id == stage.id), None)
    if one is None or one.due is None:
        return "ahead"
    time_limit = seen.clocks.time_limit
    past = "; past the time limit" if time_limit and one.due.by_day > time_limit.by_day else ""
    choice = "; only by choice" if one.by_choice else ""
    return f"{when}, answer due there by {in_full(one.due.by)}{past}{choice}"
