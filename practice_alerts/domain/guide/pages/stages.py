"""The page of stages: one section a stage, with everything the procedure says of it."""

from collections.abc import Iterator

from practice_alerts.domain.deadlines.branches import left_out_in_words
from practice_alerts.domain.guide.parts.ladder_figure import (
    ladder_called,
    leads_on,
    onward,
    stage_anchor,
)
from practice_alerts.domain.guide.parts.markup import (
    Markup,
    element,
    facts,
    heading,
    listed,
    paragraph,
    table,
    text,
)
from practice_alerts.domain.guide.parts.only_shown import only_shown
from practice_alerts.domain.guide.parts.stage_times import StageTime, times
from practice_alerts.domain.guide.parts.writing import ASKED_OF, GuideWriter, consult_in_words, tag
from practice_alerts.domain.procedure.beside_text import entry_reason, is_ours, said_of_ours
from practice_alerts.domain.procedure.directions import as_climbed, raisers_on, raising_back
from practice_alerts.domain.procedure.entry import any_stage_open, may_enter
from practice_alerts.domain.procedure.ladder import (
    Ladder,
    Rationale,
    Stage,
    Step,
    label_of,
)
from practice_alerts.domain.procedure.procedure import Gate, GateAnswer, Ours, Procedure
from practice_alerts.domain.text import capital, joined, sentence
from practice_alerts.domain.wording.definitions import (
    clock_in_words,
    everybody_in_words,
    grounds_in_words,
    total_start_in_words,
)
from practice_alerts.domain.wording.step_words import condition_in_words


def stages_page(writing: GuideWriter) -> str:
    return _gate(writing) + "".join(
        _ladder(writing, ladder_id, ladder)
        for ladder_id, ladder in writing.procedure.ladders.items()
    )


def _gate(writing: GuideWriter) -> str:
    gate = writing.procedure.gate
    if gate is None:
        return ""
    answers = (("Yes", "yes", gate.yes), ("No", "no", gate.no))
    said = facts(
        (word, after_gate(writing, answer) + writing.marks.on(f"gate.{key}"))
        for word, key, answer in answers
    )
    question = paragraph(text(gate.question), "lead")
    return heading(2, "Before the ladder", "gate") + question + said


def after_gate(writing: GuideWriter, answer: GateAnswer) -> Markup:
    told = f"{capital(writing.who(answer.tell))} is told. " if answer.tell is not None else ""
    return f"{told}Then: {text(label_of(writing.procedure.main_ladder, answer.then))}."


def _ladder(writing: GuideWriter, ladder_id: str, ladder: Ladder) -> str:
    called = ladder_called(writing.procedure, ladder_id)
    title = f"{called.replace('The ladder', 'The whole ladder')}: what holds for every stage"
    whole = facts(whole_facts(writing, ladder_id, ladder)) + ladder_note(ladder)
    parts = [heading(2, title, f"{ladder_id}-whole") + whole]
    for stage in ladder.stages:
        anchor = stage_anchor(writing.procedure, ladder_id, stage)
        parts.append(heading(2, stage.label, anchor) + _stage(writing, ladder_id, ladder, stage))
    return "\n".join(parts)


def ladder_note(ladder: Ladder) -> Markup:
    note = text(ladder.note or "") + only_shown("Ladder.note")
    return paragraph(note, "aside") if ladder.note else ""


def _total(writing: GuideWriter, ladder_id: str, ladder: Ladder) -> Iterator[tuple[str, Markup]]:
    marks = writing.marks
    if ladder.cap is None:
        yield "Time limit", "No time limit is stated." + marks.on(f"{ladder_id}.cap")
    else:
        clock, over = marks.total(ladder.cap, ladder_id), text(ladder.cap.over)
        over += only_shown("TimeLimit.over")
        assumed = if_assumed("TimeLimit.assumed", assumed=ladder.cap.assumed)
        start = f"{over}, counted from {text(total_start_in_words(ladder.cap, ladder))}{assumed}"
        closed = "make" if ladder.cap.moved_by_closures else "do not make"
        days = f"Days on which the council is closed {closed} it longer."
        yield "Time limit", f"{clock}<br>over the {start}<br>{days}"
    if branches := left_out_in_words(ladder.stages):
        yield "Branches", text(branches)


def whole_facts(
    writing: GuideWriter, ladder_id: str, ladder: Ladder
) -> Iterator[tuple[str, Markup]]:
    """What holds for every stage: the time limit, who raises, where it may start, who hears of it."""
    marks = writing.marks
    yield from _total(writing, ladder_id, ladder)
    yield from _raisers(writing, ladder)
    yield "Where it may start", _entry(writing.procedure, ladder) + marks.on(f"{ladder_id}.entry")
    if ladder.hold is not None:
        until = capital(clock_in_words(ladder.hold.until))
        owner = writing.who(ladder.hold.task_owner)
        said = f"{text(until)} for the task to be done, by {owner}. It moves neither the time to answer nor the time limit."
        yield "Hold", said + marks.on(f"{ladder_id}.hold")
    if ladder.action_dates is not None:
        said = f"Set by {writing.who(ladder.action_dates.set_by)}. They move no other date."
        yield "Dates for actions", said + marks.on(f"{ladder_id}.action_dates")
    yield from _everywhere(writing, ladder_id, ladder)
    yield from _ours(writing, ladder)
    every = marks.on(
        f"{ladder_id}.stages", f"{ladder_id}.counted_from", f"{ladder_id}.goes_on_when"
    )
    if any(stage.goes_on_when is None for stage in ladder.stages):
        ours = "" if ladder.has_grounds_of_its_own else ' <span class="tag">ours</span>'
        yield (
            "It goes on when",
            text(sentence(grounds_in_words(ladder.goes_on_when))) + ours + every,
        )


def _everywhere(
    writing: GuideWriter, ladder_id: str, ladder: Ladder
) -> Iterator[tuple[str, Markup]]:
    """Who hears of it at whichever stage."""
    marks = writing.marks
    if ladder.copy_ is not None:
        who = writing.who(ladder.copy_) + marks.on(f"{ladder_id}.copy")
        yield "Copied at each formal stage", who
    if ladder.resolutions_to is not None:
        who = writing.who(ladder.resolutions_to) + marks.on(f"{ladder_id}.resolutions_to")
        yield "Sent each answer and the outcome", who


def _raisers(writing: GuideWriter, ladder: Ladder) -> Iterator[tuple[str, Markup]]:
    titles = [writing.procedure.title_of(role) for role in ladder.raised_by]
    if titles:
        yield "Raised here by", text(joined(titles, "or"))
    back = raising_back(writing.procedure).intersection(raisers_on(writing.procedure, ladder))
    if back:
        said = joined([writing.procedure.title_of(role) for role in sorted(back)], "or")
        yield "From the other side", text(f"{said}: {EXCHANGED}")


EXCHANGED = (
    "for alerts that they raise the sides are exchanged. Their side reviews the response and takes it further,"
    " and the reviewing service is asked."
)


def _ours(writing: GuideWriter, ladder: Ladder) -> Iterator[tuple[str, Markup]]:
    ours = [said for one in Ours if (said := said_of_ours(writing.procedure, ladder, one))]
    if ours:
        yield "Ours, and not in the text", listed(map(text, ours))


def _entry(procedure: Procedure, ladder: Ladder) -> Markup:
    said = text(f"{_begins_at(procedure, ladder)}{entry_reason(procedure, ladder).words}")
    ours = is_ours(procedure, ladder, Ours.ENTRY_REASON)
    return said + (' <span class="tag">ours</span>.' if ours else ".")


def _begins_at(procedure: Procedure, ladder: Ladder) -> str:
    gate = procedure.gate if ladder in procedure.ladders.values() else None
    no, yes = (_begins_where(ladder, gate, answer) for answer in ("no", "yes"))
    by_gate = f"After no at the question before the ladder: {no}; after yes: {yes}"
    return capital(no) if no == yes else by_gate


def _begins_where(ladder: Ladder, gate: Gate | None, answer: str) -> str:
    if any_stage_open(ladder, gate, answer) and len(ladder.stages) > 1:
        return "at any stage"
    first, *straight = may_enter(ladder, gate, answer)
    asked = [
        f"{one.label}{' (see there)' if one.entry and one.entry.ask else ''}" for one in straight
    ]
    return f"at {first.label}" + (f", and straight at {joined(asked, 'or')}" if asked else "")


def _stage(writing: GuideWriter, ladder_id: str, ladder: Ladder, stage: Stage) -> Markup:
    found = writing.marks.how_read(stage.id, f"{ladder_id}.{stage.id}")
    parts = (
        _said(stage.what, "Stage.what", "lead"),
        facts(stage_facts(writing, ladder_id, ladder, stage)),
        _steps(writing, ladder_id, ladder, stage),
        _criteria(stage, writing.procedure),
        _said(stage.note, "Stage.note", "aside"),
        paragraph(element("strong", "How we read it")) + found if found else "",
    )
    return "".join(parts)


def _said(words: str | None, key: str, look: str) -> Markup:
    return paragraph(text(sentence(words)) + only_shown(key), look) if words else ""


def stage_facts(
    writing: GuideWriter, ladder_id: str, ladder: Ladder, stage: Stage
) -> Iterator[tuple[str, Markup]]:
    yield "Kind of stage", "Formal" if stage.formal else "Informal"
    yield from _answer_facts(writing, ladder, stage)
    for time in times(ladder_id, ladder, stage):
        if not time.is_step:
            yield f"Time {time.what}", _time(writing, time)
    yield from _told(writing, ladder, stage)
    yield "Goes on to", text(capital(onward(ladder, stage)))
    if leads_on(ladder, stage):
        yield "Goes on when", text(sentence(grounds_in_words(ladder.grounds(stage))))
    yield from _reviewers(writing, stage)
    rationale = stage.rationale if stage.formal else Rationale.NOT_ASKED
    yield "Reason for going here", rationale.words
    if stage.entry is not None and stage.entry.ask:
        asked = text(stage.entry.ask) + only_shown("StageEntry.ask")
        yield "May start here if the answer is yes", asked
    if stage.consult is not None:
        said = consult_in_words(writing, stage.consult)
        yield "Spoken to beforehand", said + text(ASKED_OF[stage.consult.is_on_leaving])


TOGETHER = (
    "Each of them is asked by e-mail for their word, which is kept and shown beside that of whoever has the"
    " alert. Theirs stands at once and is undone by nobody else’s, and they may take it further or refer it"
    " whatever the others say; said by others, “put right” stands once each of them has said so."
)
"""What reviewing together means."""


def _reviewers(writing: GuideWriter, stage: Stage) -> Iterator[tuple[str, Markup]]:
    reviewers = capital(writing.who(stage.judged_by))
    escalated = capital(writing.who(stage.escalated_by))
    if stage.judged_by.how == "all_of":
        reviewers += text(f". {TOGETHER}")
    if reviewers == escalated:
        yield "Response reviewed, and taken further, by", reviewers
    else:
        yield "Response reviewed by", reviewers
        yield "Taken further by", escalated


def _answer_facts(
    writing: GuideWriter, ladder: Ladder, stage: Stage
) -> Iterator[tuple[str, Markup]]:
    if stage.answer is None:
        asked = as_climbed(writing.procedure, ladder).asked_at(stage)
        yield "Asked to answer", writing.who(asked, "Nobody is named in the source.")
        return
    how = f", {text(stage.answer.how)}{only_shown('Answer.how')}" if stage.answer.how else ""
    named = writing.who(stage.answer.by, "Nobody is named in the source")
    yield "Answered by", named + how + writing.marks.on_who(stage.id)
    if stage.answer.to is not None:
        yield "Sent to", writing.who(stage.answer.to)


def _time(writing: GuideWriter, time: StageTime) -> Markup:
    clock = writing.marks.clock(time.clock, *time.paths)
    if clock_in_words(time.clock) in {"no time stated", "by an agreed date"}:
        return clock
    assumed = if_assumed("Answer.assumed", "Settle.assumed", "Step.assumed", assumed=time.assumed)
    return f"{clock}, counted from {text(time.start + time.instead)}{assumed}"


def if_assumed(*keys: str, assumed: bool) -> Markup:
    """Behind a start that the text does not say."""
    return f" (assumed){only_shown(*keys)}" if assumed else ""


def _steps(writing: GuideWriter, ladder_id: str, ladder: Ladder, stage: Stage) -> Markup:
    rows = [*step_rows(writing, ladder_id, ladder, stage)]
    said = f"What happens at {stage.label}"
    return table(said, ("Step", "Who", "Time", "Also"), rows) if rows else ""


def step_rows(
    writing: GuideWriter, ladder_id: str, ladder: Ladder, stage: Stage
) -> Iterator[tuple[Markup, ...]]:
    if not stage.steps:
        return
    clocks = [time for time in times(ladder_id, ladder, stage) if time.is_step]
    every = zip(stage.steps, clocks[-len(stage.steps) :], strict=True)
    for step, time in every:
        people, when = _people(writing, step), _time(writing, time)
        yield text(capital(step.what)), people, when, _conditions(step, stage)


def _people(writing: GuideWriter, step: Step) -> Markup:
    named = (
        ("", step.by),
        ("with ", step.with_),
        ("chaired by ", step.chair),
        ("attended by ", step.attend),
        ("decided by ", step.decides),
    )
    told = [(word, who) for word, who in named if who is not None and who.how != "not_stated"]
    said = [
        word + writing.who(who) + only_shown("Step.decides") * (who is step.decides)
        for word, who in told
    ]
    return capital("<br>".join(said)) or "Not named in the source"


def _conditions(step: Step, stage: Stage) -> Markup:
    said = []
    if step.ask:
        said.append(f"Only if the answer to “{step.ask}” is yes")
    if step.if_:
        said.append(condition_in_words(step, stage))
    if step.outcomes:
        said.append(f"Recorded as {joined(step.outcomes, 'or')}")
    if step.final:
        said.append("Final within the authority")
    return "<br>".join(map(text, said)) or "–"


def _told(writing: GuideWriter, ladder: Ladder, stage: Stage) -> Iterator[tuple[str, Markup]]:
    """Who hears of it here without being asked."""
    if stage.copy_ is not None or (ladder.copy_ is not None and stage.formal):
        copied = [who for who in (stage.copy_, ladder.copy_ if stage.formal else None) if who]
        yield "Copied", text(everybody_in_words(copied, writing.procedure))
    elif ladder.copy_ is not None and not stage.formal:
        yield "Copied", Markup("Nobody: an informal stage")
    if stage.resolutions_to is not None:
        yield "Sent the answer and the outcome", writing.who(stage.resolutions_to)
    if stage.tell is not None:
        yield "Told when it comes here", writing.who(stage.tell)


def _criteria(stage: Stage, procedure: Procedure) -> Markup:
    if not stage.criteria:
        return ""
    items = []
    for criterion in stage.criteria:
        must = ' <span class="tag">must</span>' if criterion.mandatory else ""
        mark = only_shown("Criterion.examples")
        examples = listed(text(one) + mark for one in criterion.examples)
        items.append(
            text(capital(criterion.title)) + must + tag(criterion.cases, procedure) + examples
        )
    return paragraph(element("strong", "Grounds for using this stage")) + listed(items)
