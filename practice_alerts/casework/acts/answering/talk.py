"""What passes beside the answer: it is not theirs, a question, and the officer's answer to it."""

from practice_alerts.casework.acts.answer import as_asked
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Event, Person


@verb(Act.NOT_THEIRS)
def not_theirs(doing: Deciding) -> Event:
    """Say that it is somebody else's to answer. They are asked, and the clock runs, until it is redirected."""
    return doing.event(**_who(doing))


@verb(Act.ASK_QUESTION)
def ask_question(doing: Deciding) -> Event:
    """Ask the officer something, in the post that is asked."""
    return doing.event(**_who(doing))


def _who(doing: Deciding) -> dict[str, Person | None]:
    """Whoever says it, and whoever was asked, who may be the same."""
    said = as_asked(doing)
    return {**said, "whose": said["whose"] or said["by"]}


@verb(Act.ANSWER_QUESTION)
def answer_question(doing: Deciding) -> Event:
    """Answer the question that was chosen; of one alone, that."""
    return doing.event(question=int(doing.text("question")))
