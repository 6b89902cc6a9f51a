"""Who is still to be reached: by hand, because nobody outside the directory gets mail or a link; and by a reminder."""

from collections.abc import Iterator
from dataclasses import dataclass

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import (
    AnswerGiven,
    AskedAnew,
    DoneByHand,
    Occasion,
    Person,
    Sent,
    StepDone,
    heard_of,
)
from practice_alerts.domain.complete import complete

_IN_A_STAGE = (Sent, AnswerGiven, StepDone, AskedAnew)
"""Of these the stay at a stage knows who hears, also once others are asked."""

_OF_WHAT = complete(
    Occasion,
    {
        Occasion.LEARNING: "what was raised",
        Occasion.GATE: "the answer to the first question",
        Occasion.CONSULTED: "the stage that is used",
        Occasion.MEETING: "what they are to attend",
        Occasion.STEP: "the step they are to see to",
        Occasion.OVERRIDE: "what goes past every stage",
        Occasion.REFERRAL: "the referral",
        Occasion.ANSWER: "the answer",
        Occasion.JUDGING: "the response that is to be reviewed",
        Occasion.ENDING: "how it ended",
    },
)


@dataclass(frozen=True, slots=True)
class ToReach:
    """On what account somebody is to be reached: the number of the event that says so, at a stage or beside all."""

    number: int
    stage: str = ""
    occasion: Occasion | None = None

    @property
    def of_what(self) -> str:
        """Of what they are to be told; empty for what is sent at a stage."""
        return _OF_WHAT[self.occasion] if self.occasion else ""


def to_do_by_hand(alert: Alert) -> tuple[tuple[ToReach, Person], ...]:
    """Each who is asked, copied, told or invited, and has not been reached; whoever answered was reached."""
    done = {
        (one.sent, one.name, one.post) for _, one in alert.beside if isinstance(one, DoneByHand)
    }
    return tuple(
        (why, person)
        for why, person in dict.fromkeys((*_at_stages(alert), *_beside(alert)))
        if not person.id and (why.number, person.name, person.post) not in done
    )


def _at_stages(alert: Alert) -> Iterator[tuple[ToReach, Person]]:
    for run in alert.runs:
        for person in dict.fromkeys((*run.sent.asked, *run.copied, *run.invited, *run.doing)):
            if all(given.answer.by != person for given in run.answers):
                yield ToReach(run.number, run.stage), person


def _beside(alert: Alert) -> Iterator[tuple[ToReach, Person]]:
    """Of raising, a referral, an event past every stage, the ending."""
    for event in alert.happened:
        if event.what is None or isinstance(event.what, _IN_A_STAGE):
            continue
        for told in heard_of(event.what):
            for person in told.people:
                yield ToReach(event.number, occasion=told.occasion), person


def to_remind(alert: Alert) -> tuple[Person, ...]:
    """Whoever of the directory owes an answer at the present stage."""
    return tuple(one for one in alert.run.yet_to_answer if one.id) if alert.run else ()
