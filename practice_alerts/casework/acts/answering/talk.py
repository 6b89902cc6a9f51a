"""What passes beside the answer: it is not theirs, a question, and the officer's answer to it."""

from practice_alerts.casework.acts.answer import as_asked
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.acts.said_already import said_for
from practice_alerts.domain.alert.events import Event, Person
from practice_alerts.domain.errors import NotPossible


@verb(Act.NOT_THEIRS)
def not_theirs(doing: Deciding) -> Event:
    """Say that it is somebody else's to answer. They are asked, and the clock runs, until it is redirected."""
    return doing.event(**_who(doing, Act.NOT_THEIRS))


@verb(Act.ASK_QUESTION)
def ask_question(doing: Deciding) -> Event:
    """Ask the officer something, in the post that is asked."""
    return doing.event(**_who(doing, Act.ASK_QUESTION))


def _who(doing: Deciding, act: Act) -> dict[str, Person | None]:
    """Whoever says it, and whoever was asked, who may be the same. Raises NotPossible where it is said already."""
    said = as_asked(doing)
    whose = said["whose"] or said["by"]
    if why_not := said_for(act, doing.found.alert, whose):
        raise NotPossible(why_not)
    return {**said, "whose": whose}


@verb(Act.ANSWER_QUESTION)
def answer_question(doing: Deciding) -> Event:
    """Answer the question that was chosen; of one alone, that."""
    return doing.event(question=int(doing.text("question")))
