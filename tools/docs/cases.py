"""The keys of a worked case, as tables: of the case, of a line of its story, and of what it may expect."""

from collections.abc import Iterator, Mapping

Rows = Mapping[str, tuple[str, str]]

OF_CASE: Rows = {
    "name": ("What the case shows, in a sentence.", "Silence at Stage One"),
    "kind": ("The kind of alert; left out: the first that climbs a ladder.", "concern"),
    "partner": ("The agency, where the kind's ladder is chosen among `partners`.", "police"),
    "raised_as": (
        "The case type; left out: the first for which its kind is raised on its ladder.",
        "child_protection",
    ),
    "closed": (
        "Days on which the office is closed as well, each with its weekday.",
        "[Tue 2025-03-04]",
    ),
    "story": (
        "What happened, a line each, in its order.",
        "[{on: Mon 2025-03-03, do: send, stage: stage-1}]",
    ),
    "expect": ("How the alert stands after the last line.", "{response_due: Mon 2025-03-10}"),
}
OF_STORY: Rows = {
    "on": (
        "The day, with its weekday; a time of day after it where hours matter, else 9 in the morning.",
        "Mon 2025-03-03 16:45",
    ),
    "do": (
        (
            "`send`, `answer`, `judge`, `hold`, `step` (one is recorded), `gate` (its question is answered), or "
            "`exceptional` (the longer time limit is agreed)."
        ),
        "send",
    ),
    "stage": ("With `send`: the stage. Later lines are about the stage sent last.", "stage-1"),
    "reason": ("With `send` or `judge`: why. For readers.", "The move is next week."),
    "settle_by": (
        "With `send`: the day set by whoever raised it, for putting it right.",
        "Fri 2025-03-14",
    ),
    "promise_by": ("With `answer`: it will be done by that day.", "Fri 2025-03-14"),
    "until": ("With `hold`: the agreed day. Must be given.", "Fri 2025-03-14"),
    "verdict": ("With `judge`: `not_satisfactory` (left out: this) or `put_right`.", "put_right"),
    "by": (
        (
            "With `answer`: the post that answers, where each of several has to (`all_of`); left out: each has"
            " answered."
        ),
        "team_manager",
    ),
    "step": (
        "With `step`: its id. What `consult` asks for is no step, and starts no clock.",
        "meeting",
    ),
    "outcome": (
        "With `step`: its result, one of its `outcomes`. Must be given where an `if` follows from it.",
        "not agreed",
    ),
    "needed": ("With `step`: `no` where its `ask` was answered with no.", "no"),
    "answer": ("With `gate`: `yes` or `no`.", "yes"),
    "told": ("With `gate`: the role that was told. For readers.", "head_of_service"),
    "after_gate": ("With `send`: the answer at the gate, in place of a line of its own.", "yes"),
}
OF_EXPECT: Rows = {
    "response_due": ("The last day, or the moment, for the answer.", "Mon 2025-03-10"),
    "falls_on": ("Why nobody works on that day.", "Easter Monday"),
    "settle_by": ("The day by which it is to be put right.", "Mon 2025-03-10"),
    "hold_until": ("The day until which it is on hold.", "Fri 2025-03-14"),
    "cap": ("The last day of the time limit.", "Mon 2025-03-31"),
    "yardstick": ("Twenty working days from the first formal stage.", "Mon 2025-03-31"),
    "escalate_by": ("The last day to go on and keep the time limit.", "Mon 2025-03-17"),
    "slack": ("Working days to spare on the usual way up.", "7"),
    "warns": ("What is warned of.", "[the time limit has passed]"),
    "ways_on": ("What follows by rule: stages and ways out.", "[stage-2, cafcass]"),
    "may_enter": ("The stages at which an alert may begin.", "[stage-1]"),
    "needs_reason": ("Is a reason asked for where it began?", "yes"),
    "stands": ("Where it stands, in the words of the alerts page.", "waiting for an answer"),
    "awaits": ("The steps that the stage still waits for, by id.", "[meeting, minutes]"),
    "steps": (
        "When each step is due, by stage and step; those left out are not compared.",
        "{stage-2.meeting: Mon 2025-03-10}",
    ),
    "steps_fall_on": ("Why nobody works on those days.", "{stage-2.meeting: Easter Monday}"),
}


def cases_tables() -> str:
    """The three of them, as Markdown."""
    parts = (
        ("A case", OF_CASE),
        ("A line of `story`", OF_STORY),
        ("`expect`: `not stated` where there is no such day, or leave the key out", OF_EXPECT),
    )
    return "\n".join(line for title, rows in parts for line in _table(title, rows))


def _table(title: str, rows: Rows) -> Iterator[str]:
    yield from (f"| {title} | holds | example |", "|---|---|---|")
    yield from (
        f"| `{key}` | {holds} | `{key}: {example}` |" for key, (holds, example) in rows.items()
    )
    yield ""
