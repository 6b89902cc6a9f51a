"""Clocks and duties that belong to no alert, recording, oversight and rules that hold throughout."""

from practice_alerts.domain.guide.pages.stages import if_assumed
from practice_alerts.domain.guide.parts.ladder_figure import stage_anchor
from practice_alerts.domain.guide.parts.markup import (
    Markup,
    heading,
    link,
    listed,
    silent,
    table,
    text,
)
from practice_alerts.domain.guide.parts.only_shown import all_only_shown, only_shown
from practice_alerts.domain.guide.parts.stage_times import times
from practice_alerts.domain.guide.parts.writing import GuideWriter, tag
from practice_alerts.domain.procedure.clock import Direction, Span
from practice_alerts.domain.procedure.procedure import Duty
from practice_alerts.domain.standing.how_long_kept import rules_in_words
from practice_alerts.domain.text import capital, sentence
from practice_alerts.domain.wording.definitions import total_start_in_words


def clocks_page(writing: GuideWriter) -> str:
    return "\n".join(
        (
            heading(2, "Every clock of the ladder", "every-clock"), _every_clock(writing),
            heading(2, "Other clocks and duties", "duties"), _duties(writing),
            heading(2, "What is recorded", "recording"), _recording(writing),
            heading(2, "How the whole is watched over", "oversight"), _oversight(writing),
            heading(2, "Rules that hold throughout", "rules"), _rules(writing),
        )
    )  # fmt: skip


def _every_clock(writing: GuideWriter) -> Markup:
    rows = []
    for ladder_id, ladder in writing.procedure.ladders.items():
        for stage in ladder.stages:
            to = writing.links.to("stages", stage_anchor(writing.procedure, ladder_id, stage))
            for time in times(ladder_id, ladder, stage):
                keys = ("Answer.assumed", "Settle.assumed", "Step.assumed")
                start = text(time.start + time.instead) + if_assumed(*keys, assumed=time.assumed)
                clock = writing.marks.clock(time.clock, *time.paths)
                rows.append((link(text(stage.label), to), text(capital(time.called)), clock, start))
        if ladder.cap is not None:
            clock = writing.marks.total(ladder.cap, ladder_id)
            assumed = if_assumed("TimeLimit.assumed", assumed=ladder.cap.assumed)
            start = text(total_start_in_words(ladder.cap, ladder)) + assumed
            over = text(capital(ladder.cap.over)) + only_shown("TimeLimit.over")
            rows.append(("In all", over, clock, start))
    return table("Clocks of the ladder", ("Stage", "What", "How long", "Counted from"), rows)


def _duties(writing: GuideWriter) -> Markup:
    duties = writing.procedure.duties
    if not duties:
        return silent("other clocks, such as papers before a review or records after it")
    rows = (duty_row(writing, duty) for duty in duties)
    above = all_only_shown("these clocks.", "Procedure.duties")
    return above + table("Clocks that belong to no alert", ("What", "Who to whom", "By when"), rows)


def duty_row(writing: GuideWriter, duty: Duty) -> tuple[Markup, ...]:
    by = capital(writing.who(duty.by, "not said by whom"))
    between = f"{by} to {writing.who(duty.to)}" if duty.to is not None else by
    clock = writing.marks.clock(duty.within) + text(_from(duty)) + " (assumed)" * duty.assumed
    signs = writing.marks.on(f"duties.{duty.id}")
    unused = "<br>Printed, but not used: another clock overrules it." * (not duty.used)
    note = f"<br>{text(sentence(duty.note))}" if duty.note else ""
    by_when = clock + signs + unused + note
    return text(capital(duty.what)) + tag(duty.cases, writing.procedure), between, by_when


def _from(duty: Duty) -> str:
    if duty.counted_from == "not stated":
        return ""
    backwards = isinstance(duty.within, Span) and duty.within.direction is Direction.BEFORE
    return f" {duty.counted_from}" if backwards else f", counted from {duty.counted_from}"


def _recording(writing: GuideWriter) -> Markup:
    kept = [
        (text(capital(about)), text(capital(how_long)))
        for about, how_long in rules_in_words(writing.procedure)
    ]
    rows = []
    for one in writing.procedure.recording:
        what, where = text(capital(one.what)), text(capital(one.where))
        rows.append((what, where, capital(writing.who(one.by)), writing.within(one.within)))
    heads = ("What is recorded about", "How long it is kept")
    how_long = table("How long records are kept", heads, kept) if kept else ""
    if not rows:
        return how_long or silent("where things are recorded")
    above = all_only_shown("what is recorded where.", "Procedure.recording")
    columns = ("What", "Where", "By whom", "By when")
    return above + table("Records to be kept", columns, rows) + how_long


def _oversight(writing: GuideWriter) -> Markup:
    rows = []
    for one in writing.procedure.oversight:
        by, to = writing.who(one.by, "not said by whom"), writing.who(one.to, "–")
        often = "Not said" if one.how_often == "not stated" else capital(one.how_often)
        rows.append((text(capital(one.what)), capital(by), capital(to), text(often)))
    if not rows:
        return silent("watching over the whole by reports, copies or audits")
    above = all_only_shown("reports, copies and audits.", "Procedure.oversight")
    return above + table("Oversight", ("What", "By whom", "To whom", "How often"), rows)


def _rules(writing: GuideWriter) -> Markup:
    procedure = writing.procedure
    named = [(f"standing_rules.{rule.id}", rule) for rule in procedure.standing_rules]
    named += [(f"rules_in_words.{rule.id}", rule) for rule in procedure.rules_in_words]
    if not named:
        return silent("rules of this kind")
    keys = ("StandingRule.text", "Procedure.rules_in_words")
    said = "the words of these rules."
    rules = listed(text(rule.text) + writing.marks.on(where) for where, rule in named)
    return all_only_shown(said, *keys) + rules
