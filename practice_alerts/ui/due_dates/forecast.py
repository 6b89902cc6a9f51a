"""What if nobody answers: a ladder, a stage and a day are chosen, and the dates follow. Nothing is kept."""

from datetime import time
from typing import Any

import streamlit as st

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.casework.calendar.date_answers import At, DateQuestion, Worked, work_out
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.guide.parts.clause_links import stage_page
from practice_alerts.domain.procedure.clock import Hours, Span, in_words
from practice_alerts.domain.procedure.entry import gate_before, may_enter, usual_entry
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import PARTNERS, Gate, Procedure
from practice_alerts.domain.wording import forecast_words as words
from practice_alerts.domain.wording.warnings import forecast_cautions
from practice_alerts.ui.due_dates import receipts
from practice_alerts.ui.page import html, session
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.question import asking, choose, place_of
from practice_alerts.ui.page.text_field import field_id, saving_day

_BEGIN = "practice_alerts.what_if"
_KEY = "what-if"


def begin_with(kind: str, partner: str | None, stage: str | None) -> None:
    """What stands chosen when the page is opened next: not by the address, which says nothing of a case."""
    st.session_state[_BEGIN] = {"kind": kind, "partner": partner, "stage": stage}


def ask(files: CouncilFiles) -> DateQuestion | None:
    """The questions of the page; None where the procedure has no ladder to ask about."""
    procedure = files.procedure
    begun: dict[str, Any] = st.session_state.get(_BEGIN, {})
    kind = _kind(procedure, begun)
    if kind is None:
        html.quiet("This procedure has no ladder: nothing has to be answered.")
        return None
    ladder_id, ladder = _ladder(procedure, kind, begun)
    gate = gate_before(procedure, kind)
    stage = _stage(ladder, ladder_id, gate, begun)
    day, at = _when(ladder)
    return DateQuestion(council=files.id, stage=stage, ladder=ladder_id, start=day, time=at)


def _kind(procedure: Procedure, begun: dict[str, Any]) -> str | None:
    titles = {name: kind.title for name, kind in procedure.kinds.items() if kind.ladder}
    if len(titles) < 2:  # noqa: PLR2004 - one is no choice
        return next(iter(titles), None)
    return _one("What would you raise?", "kind", titles, begun.get("kind"))


def _ladder(procedure: Procedure, kind: str, begun: dict[str, Any]) -> tuple[str, Ladder]:
    name = procedure.kinds[kind].ladder or ""
    if name != PARTNERS:
        return name, procedure.ladders[name]
    titles = {one: procedure.partner_title(one) for one in procedure.partners}
    label, key = "Which agency?", f"{_KEY}:partner"
    first = place_of(begun.get("partner"), titles)
    chosen: str = choose(st.selectbox, label, key, titles, index=first)
    return f"{PARTNERS}.{chosen}", procedure.partners[chosen]


def _stage(ladder: Ladder, ladder_id: str, gate: Gate | None, begun: dict[str, Any]) -> str:
    answer = "no"
    if gate is not None:
        answer = _one(gate.question, "gate", {"no": "No", "yes": "Yes"}, "no")
    opened = may_enter(ladder, gate, answer)
    labels = {stage.id: _with_clock(stage) for stage in opened}
    # Another ladder, or another answer at the gate, is another question.
    return _one(
        "At which stage would it start?",
        f"stage:{ladder_id}:{answer}:{len(labels)}",
        labels,
        begun.get("stage") or usual_entry(ladder, gate, opened, answer).id,
    )


def _with_clock(stage: Stage) -> str:
    clock = in_words(stage.clock) if isinstance(stage.clock, Span) else "no days counted"
    return f"{stage.label}: {clock}"


def _one(label: str, name: str, options: dict[str, str], first: str | None) -> str:
    key, place = f"{_KEY}:{name}", place_of(first, options)
    chosen: str = choose(st.radio, label, key, options, index=place)
    return chosen


def _when(ladder: Ladder) -> tuple[str, str]:
    """The day, and the time of day where hours are counted somewhere on the ladder."""
    here = session.office()
    day_key, time_key = f"{_KEY}:from", f"{_KEY}:time"
    today = here.today.isoformat()
    typed = saving_day("On which day would it be sent?", today, key=day_key)
    day = typed if typed.strip() else today
    if not any(_in_hours(stage) for stage in ladder.stages):
        return day, ""
    label, now = "At what time?", here.now().astimezone(LONDON)
    with asking(label, time_key, hint="This ladder counts hours."):
        at = st.time_input(
            label, time(now.hour, now.minute), key=time_key, label_visibility="collapsed"
        )
    return day, f"{at:%H:%M}"


def _in_hours(stage: Stage) -> bool:
    return isinstance(stage.clock, Span) and isinstance(stage.clock.facts.way, Hours)


def answer(asked: DateQuestion, files: CouncilFiles) -> None:
    """The forecast, or in words what stands in its way."""
    try:
        worked = work_out(session.office(), asked)
    except BadAnswers as error:
        places = {"from": field_id(f"{_KEY}:from"), "time": field_id(f"{_KEY}:time")}
        html.faults((places.get(name, ""), said) for name, said in error.faults.items())
        return
    if worked.at is not None:
        _forecast(worked, worked.at, files)


def _forecast(worked: Worked, at: At, files: CouncilFiles) -> None:
    html.heading("If nobody answers")
    html.lead(f"Sent {words.sent(worked.start)}, starting at {at.stage.label}.")
    html.bullets(forecast_cautions(at.ahead), "What to beware of")
    rows = (words.row(one, at.ladder) for one in at.ahead.stages)
    html.table("Every stage, if nobody answers", words.HEADINGS, rows)
    for line in (words.time_limit(at.ladder, at.ahead), *words.days_to_spare(at.ahead)):
        st.write(as_written(line))
    steps = words.steps(at.ahead, at.ladder)
    if steps:
        html.heading("Steps inside the stages", level=3)
        html.bullets(steps)
    html.heading("How each day was arrived at", level=3)
    _receipts(at, files)


def _receipts(at: At, files: CouncilFiles) -> None:
    procedure = files.procedure
    title = at.ladder.title or procedure.title
    for one in at.ahead.stages:
        if one.due is not None:
            clause = f"{procedure.council}, {title}, {one.stage.label}"
            receipts.receipt(f"{one.stage.label}: the days", one.due, clause, of=one.stage.label)
    if at.ahead.time_limit is not None:
        clause = f"{procedure.council}, {title}, the time limit"
        receipts.receipt(
            "The time limit: the days", at.ahead.time_limit, clause, of="The time limit"
        )
    page = stage_page(files.id, procedure, at.ladder_id, at.stage)
    html.paragraph(html.link(f"What the procedure says about {at.stage.label}", page))
