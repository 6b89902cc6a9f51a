"""What passes beside the answer: it is not theirs, a question, and the officer's answer to it."""

from typing import Final

from practice_alerts.casework.acts.answer import as_asked
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Event, Person
from practice_alerts.domain.errors import NotPossible

MOST_OPEN: Final = 3
"""Questions of one person without an answer: each writes to the officer, and whoever stands in."""


@verb(Act.NOT_THEIRS)
def not_theirs(doing: Deciding) -> Event:
    """Say that it is somebody else's to answer. They are asked, and the clock runs, until it is redirected."""
    who = _who(doing)
    if any(_is_same(one.whose, who["whose"]) for one in doing.found.run.not_theirs):
        raise NotPossible(
            "It is said already that this is not theirs, and the officer has been told. What there is to add, ask"
            " as a question."
        )
    return doing.event(**who)


@verb(Act.ASK_QUESTION)
def ask_question(doing: Deciding) -> Event:
    """Ask the officer something, in the post that is asked."""
    who = _who(doing)
    every = doing.found.run.open_questions.values()
    if sum(_is_same(one.whose, who["whose"]) for _, one in every) >= MOST_OPEN:
        raise NotPossible(
            f"{MOST_OPEN} questions asked here have no answer yet, and the officer has been told of each. Wait for"
            " an answer, then ask again."
        )
    return doing.event(**who)


def _is_same(one: Person, other: Person | None) -> bool:
    """Outside the directory one is known by the post alone."""
    return other is not None and (one.id, one.id or one.post) == (other.id, other.id or other.post)


def _who(doing: Deciding) -> dict[str, Person | None]:
    """Whoever says it, and whoever was asked, who may be the same."""
    said = as_asked(doing)
    return {**said, "whose": said["whose"] or said["by"]}


@verb(Act.ANSWER_QUESTION)
def answer_question(doing: Deciding) -> Event:
    """Answer the question that was chosen; of one alone, that."""
    return doing.event(question=int(doing.text("question")))
