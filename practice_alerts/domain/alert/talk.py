"""What passes between whoever is asked and the officer beside the answer. No clock stops for any of it."""

from typing import Any, Literal

from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.definition import Definition


class _Said(Definition):
    stage: str
    text: str
    answers: dict[str, Any] = {}
    """What the council's form of the act asks beyond what every council's does."""


class NotTheirs(_Said):
    """Whoever is asked, or their cover, says that it is somebody else's. They are asked until it is redirected."""

    kind: Literal["not_theirs"] = "not_theirs"
    by: Person
    whose: Person
    """Whoever was asked."""
    who_else: str = ""
    """Who it should be, as they have it."""


class QuestionAsked(_Said):
    """Whoever is asked, or their cover, asks the officer something."""

    kind: Literal["question_asked"] = "question_asked"
    by: Person
    whose: Person


class QuestionAnswered(_Said):
    """The officer answers it."""

    kind: Literal["question_answered"] = "question_answered"
    question: int
    """Which of the questions of this stay at the stage: the first is 1."""


class DrafterNamed(_Said):
    """Whoever is asked, or their cover, has somebody draft the answer. Only whoever is asked sends it."""

    kind: Literal["drafter_named"] = "drafter_named"
    text: str = ""
    """What they should know."""
    by: Person
    whose: Person
    """Whoever was asked."""
    to: Person
    """Whoever drafts it; the latest named in the place of the one before."""


Talk = NotTheirs | QuestionAsked | QuestionAnswered | DrafterNamed
