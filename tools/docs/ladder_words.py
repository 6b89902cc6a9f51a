"""What each key of a ladder holds, with an example of its value."""

from typing import Final

LADDER_WORDS: Final[dict[str, tuple[str, str]]] = {
    "Timed.within": ("The clock.", "5 working days"),
    "Timed.counted_from": (
        (
            "The event the clock starts from: `sent`, `answered`, `judged`, `held`, `raised`, a step's id, "
            "`stage-2.meeting`, `stage-1.escalated` (where an alert begins above that stage: its sending), or the "
            "earlier of several. What no act records, such as being received, is a step of its own."
        ),
        "sent",
    ),
    "Timed.assumed": ("True where the document does not say what it starts from.", "true"),
    "EarlierOf.earlier_of": ("The events; the first to happen counts.", "[meeting, note]"),
    "Ladder.title": ("Its title; needed for partner ladders.", "Police"),
    "Ladder.cap": (
        "The time limit, or `not stated`. Never bent to fit the stages.",
        "{within: 20 working days}",
    ),
    "Ladder.hold": (
        "May a task be put on hold until an agreed day? Left out: the document says nothing, and `ours` decides.",
        "{until: by agreement, task_owner: social_worker}",
    ),
    "Ladder.entry": ("Where an alert may come in.", "{any_stage: true, reason: always}"),
    "Ladder.copy": (
        "Who gets a copy at every formal stage; an informal stage says for itself who does.",
        "qa_service",
    ),
    "Ladder.resolutions_to": (
        "Who gets each written resolution of a formal stage: each answer, and how it ended.",
        "qa_service",
    ),
    "Ladder.action_dates": (
        "Who sets dates for the actions asked for; they move no other clock.",
        "{set_by: raiser}",
    ),
    "Ladder.raised_by": ("Roles that may use this ladder, where not all may.", "[iro]"),
    "Ladder.goes_on_when": (
        "What sends an alert on from every stage that says nothing else; the words stand under *What sends an alert on*.",
        "[no_answer, not_satisfactory]",
    ),
    "Ladder.stages": ("The stages, lowest first.", "[{id: stage-1, label: Stage 1}]"),
    "Ladder.note": ("A remark for readers.", "Any stage may be passed over."),
    "TimeLimit.within": (
        "The clock of the whole; an aim limits nothing, and nothing is late by it.",
        "20 working days",
    ),
    "TimeLimit.exceptional": (
        (
            "A longer time limit, where the text has one by agreement. All figures use `within`, until it is recorded of "
            "an alert, with a reason, that it is exceptional."
        ),
        "30 working days",
    ),
    "TimeLimit.over": ('What it spans; it is printed after "over the".', "formal stages"),
    "TimeLimit.counted_from": (
        "What it starts from: the first formal stage sent or entered, `raised`, `stage-1.sent`, or a step, `stage-1.talk`.",
        "first formal stage sent",
    ),
    "TimeLimit.moved_by_closures": (
        "True where days on which the council is closed make the time limit longer as well; a reading says why.",
        "true",
    ),
    "TimeLimit.assumed": ("True where the document does not say what it starts from.", "true"),
    "Hold.until": (
        "How the day is set; with a time, no hold goes beyond it, counted from the day it is agreed.",
        "by agreement",
    ),
    "Hold.task_owner": ("Whose task it is.", "{any_of: [social_worker, team_manager]}"),
    "Entry.any_stage": (
        "May an alert begin at any stage? If not, at the first, and at stages that say `entry`.",
        "false",
    ),
    "Entry.reason": (
        "When a reason is asked for. Left out: the document says nothing, and `ours` decides.",
        "when not the first",
    ),
    "ActionDates.set_by": ("Who sets them.", "raiser"),
    "Stage.id": ("Its id within the ladder.", "stage-1"),
    "Stage.label": ("As printed: Stage One, Level 1, STAGE 2.", "Stage One"),
    "Stage.formal": (
        (
            "Is it formal? The time limit starts at the first that is. Label, place in the order and "
            "formality are three things."
        ),
        "false",
    ),
    "Stage.what": ("What happens here, in a few words.", "A talk with those who know the child"),
    "Stage.form": ("The form used here, where it is not the kind's.", "issue_notification"),
    "Stage.answer": (
        "The written answer asked for: the short way for a stage that is nothing else.",
        "{from: team_manager, within: 5 working days}",
    ),
    "Stage.settle": (
        "The clock on putting it right, beside or instead of answering.",
        "{within: aim 5 working days}",
    ),
    "Stage.steps": (
        "What must happen inside the stage: the long way.",
        "[{id: meeting, what: meeting, chair: head_of_service}]",
    ),
    "Stage.copy": ("Who gets a copy here.", "assistant_director"),
    "Stage.resolutions_to": (
        "Who gets the answer and the outcome here, where it is not as for the whole ladder.",
        "qa_service",
    ),
    "Stage.tell": ("Who else is told when the alert comes here.", "service_director"),
    "Stage.escalated_by": (
        "Who brings the alert here, beside whoever raised it, who always may.",
        "{any_of: [raiser, deputy_head_iro]}",
    ),
    "Stage.judged_by": (
        (
            "Who reviews the response, beside whoever raised it, who always may: posts of the side that challenges. "
            "With all_of each is asked for their word by e-mail; it is shown beside that of whoever raised it, which "
            "stands at once. Said by the others, put right stands once each has said so."
        ),
        "raiser",
    ),
    "Stage.goes_on_when": (
        "What sends it on, in the words under *What sends an alert on*; left out: what the ladder says.",
        "[no_answer, not_satisfactory, repeated]",
    ),
    "Stage.rationale": ("Is a reason for escalating asked for?", "not stated"),
    "Stage.criteria": ("Grounds for using the stage.", "[{id: drift, title: Drift or delay}]"),
    "Stage.consult": ("Whom to speak to first.", "{with: line_manager, before: leaving}"),
    "Stage.entry": ("May an alert begin here, although not at any stage?", "{direct: true}"),
    "Stage.then": (
        "What follows, where it is not simply the next stage: stages and outside routes.",
        "[cafcass, stage-6]",
    ),
    "Stage.note": ("A remark for readers.", "The top."),
    "StageEntry.direct": ("May an alert begin here?", "true"),
    "StageEntry.ask": ("Only when this is answered with yes.", "Is it a significant concern?"),
    "Answer.from": (
        "Who answers. Of a list, or all_of, each.",
        "{any_of: [social_worker, team_manager]}",
    ),
    "Answer.to": ("Who receives it, where others do too.", "[social_worker, team_manager]"),
    "Answer.how": ("How, in words.", "in writing"),
    "Settle.set_by": ("Who sets the day, where it is by agreement.", "raiser"),
    "Consult.with": ("Whom.", "line_manager"),
    "Consult.before": (
        "Before what, in words. What begins with `leaving` or `going on` is asked of whoever goes on from the stage.",
        "leaving",
    ),
    "Consult.within": (
        "How soon. No day is worked out and nobody is reminded.",
        "immediately",
    ),
    "Consult.tell": ("Who else is told, by e-mail too.", "director"),
    "Consult.record": ("What may be recorded of it.", "[discussed, not discussed]"),
    "Step.id": ("Its id within the stage; other clocks may start from it.", "discussion"),
    "Step.what": ("What happens.", "Discussion recorded on the child's file"),
    "Step.by": ("Who does it, and may record it.", "deputy_head_iro"),
    "Step.with": ("With whom.", "{any_of: [head_operational, deputy_head_operational]}"),
    "Step.chair": ("Who chairs it; left out, it is not asked.", "head_quality"),
    "Step.attend": (
        "Who attends: they are invited once the stage is reached.",
        "[raiser, social_worker]",
    ),
    "Step.decides": ("Who decides.", "director"),
    "Step.final": ("Is the decision the authority's last?", "true"),
    "Step.ask": ("Needed only when this is answered with yes.", "Is a meeting needed?"),
    "Step.outcomes": (
        "How it may end; must be said where an if hangs on it.",
        "[agreed, not agreed]",
    ),
    "Step.if": ("Only after this result of another step.", "discussion.not agreed"),
    "Criterion.id": ("Its id.", "drift"),
    "Criterion.title": ("The ground.", "Drift or delay in the plan"),
    "Criterion.examples": ("Examples.", "[a decision not followed up]"),
    "Criterion.mandatory": ("Must the stage be used then?", "true"),
    "Criterion.cases": ("The case types it is for; left out: all.", "[looked_after]"),
    "Post.role": ("A role of the catalogue, or `raiser`.", "team_manager"),
    "Post.of": (
        (
            "Whose: the child's own, that of whoever raised it, the council's, another part's, the placement "
            "area's, an agency's."
        ),
        "raiser",
    ),
    "Post.ask": ("Meant only when this is answered with yes.", "Is another part concerned?"),
}
