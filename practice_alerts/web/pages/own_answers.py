"""What has been answered at a stage, as the answer page tells it: first of all what was answered for its reader."""

from collections.abc import Iterable
from dataclasses import dataclass

from practice_alerts.casework.acts.answer import AskedView
from practice_alerts.domain.alert.events import AnswerRecorded
from practice_alerts.domain.alert.stage_run import Given
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.wording.answer_words import given_by, with_evidence


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer in words. `is_recorded`: the officer wrote it down, so that it may be put in one's own words."""

    on: str
    by: str
    what: str
    text: str
    is_own: bool
    is_recorded: bool


def given_answers(asked: AskedView) -> tuple[GivenAnswer, ...]:
    """All at the stage to which the page belongs, the earliest first."""
    run = asked.known.alert.run_at(asked.asking.stage)
    return tuple(_told(one, asked) for one in run.answers) if run else ()


def answered_on(answers: Iterable[GivenAnswer]) -> str:
    """The day of the reader's own latest answer; empty while there is none."""
    return next((one.on for one in reversed(tuple(answers)) if one.is_own), "")


def _told(given: Given, asked: AskedView) -> GivenAnswer:
    answer, theirs = given.answer, {asked.asking.person_id, asked.actor.id}
    whose = {answer.by.id, answer.whose.id if answer.whose else ""}
    promise = f" ({in_full(answer.promise_by)})" if answer.promise_by else ""
    return GivenAnswer(
        in_full(london_date(given.at)),
        given_by(answer),
        f"{answer.response.words}{promise}",
        with_evidence(answer),
        bool(whose & theirs),
        isinstance(answer, AnswerRecorded),
    )
