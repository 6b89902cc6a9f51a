"""Somebody as an event names them, and who is told of it beside those it is about, or written to once more."""

from typing import Any, Literal

from practice_alerts.domain.definition import Definition, Said


class Person(Definition):
    """Somebody as they were named at the time, and the post in which they act."""

    id: str
    """Empty for somebody outside the directory: no mail reaches them, and they cannot sign in."""
    name: str
    post: str = ""
    """The post's title as the procedure gives it; empty where it does not matter."""

    @property
    def in_words(self) -> str:
        """The name with its post, unless the post is all that is known of them."""
        return ", ".join(dict.fromkeys(filter(None, (self.name, self.post))))


class Occasion(Said):
    """Of what the procedure has somebody told who is not asked."""

    LEARNING = "learning", "Sent to"
    GATE = "gate", "Told at once, before the ladder"
    CONSULTED = "consulted", "Told before the stage is used"
    MEETING = "meeting", "Invited"
    STEP = "step", "Asked to see to"
    OVERRIDE = "override", "Told at once, past every stage"
    REFERRAL = "referral", "Told of the referral"
    ANSWER = "answer", "Sent a copy of the answer"
    JUDGING = "judging", "Asked to review the response with the reviewing officer"
    ENDING = "ending", "Told how it ended"


class Told(Definition):
    """Whom the procedure wants told beside those asked."""

    occasion: Occasion
    people: tuple[Person, ...]
    """Whoever has no id here is not reached by the product: somebody tells them by hand."""
    step: str = ""
    """The step they are invited to, or are to do."""


class Heard(Definition):
    """An event of which others are told."""

    heard: tuple[Told, ...] = ()


class AtGate(Definition):
    """What was answered to the question before the ladder, and who was told at once."""

    answer: Literal["yes", "no"]
    told: str = ""


class ReminderSent(Heard):
    """By somebody of the IRO service, who says why. Nothing of it stands in the e-mail."""

    kind: Literal["reminded"] = "reminded"
    people: tuple[Person, ...]
    text: str
    answers: dict[str, Any] = {}
    """What the council's form of the act asks beyond what every council's does."""
