"""Rules about worked cases: does the procedure come out as its own people say it does?"""

from collections.abc import Iterator
from typing import Any

from practice_alerts.domain.acts.worked_story import refused
from practice_alerts.domain.checks.rule import EXAMPLES, Hit, Subject, lint_rule
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.files.replay import differences
from practice_alerts.domain.files.worked_cases import WorkedCase, line_in_words, unknown_in_story

_FORMAT = "The format: docs/procedure-format.md, worked cases"


@lint_rule("PA905", "error", _FORMAT)
def _comes_out_otherwise(subject: Subject) -> Iterator[Hit]:
    """A worked case comes out otherwise.

    The rules, the case, or what somebody thought of the rules is wrong. What came out is said
    beside what the case expects. A line that the app would refuse is told with the app's sentence.
    """
    for place, case in enumerate(subject.cases if subject.calendar else ()):
        for path, says in _disagreements(subject, case):
            line = line_in_words(case, path)
            yield Hit((place, *path), f"{case.name}: {line}{says}", file=EXAMPLES)


def _disagreements(
    subject: Subject, case: WorkedCase
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    unknown = unknown_in_story(case, subject.procedure)
    for one in unknown:
        hint = f" ({one.hint})" if one.hint else ""
        yield one.path, f"found {one.found}, expected {one.expected}{hint}"
    if unknown or subject.calendar is None:
        return
    try:
        for refusal in refused(case, subject.procedure, subject.calendar):
            yield refusal.path, f"the app refuses this line: {refusal.says}"
            return
        found = differences(case, subject.procedure, subject.calendar)
    except Expected as told:  # a day that no calendar reaches
        yield ("story",), str(told)
        return
    for apart in found:
        came_out, expected = _shown(apart.found), _shown(apart.expected)
        says = f"{'.'.join(apart.path)} comes out as {came_out}, expected {expected}"
        yield ("expect", *apart.path), says


def _shown(value: Any) -> str:
    """As it would be written in the file."""
    match value:
        case list() | tuple():
            return f"[{', '.join(map(_shown, value))}]"
        case None:
            return "nothing"
        case _:
            return str(value)


RULES = (_comes_out_otherwise,)
