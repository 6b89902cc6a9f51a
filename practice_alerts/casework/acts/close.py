"""Closing, which only the officer's side does."""

from dataclasses import asdict
from typing import Any

from practice_alerts.casework.acts.review_response import as_reviewer, voice_of
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.choices import CHANGES_ALONE
from practice_alerts.domain.alert.events import (
    ChangeForChild,
    EndingKind,
    Event,
    Outcome,
    ResponseReviewed,
)
from practice_alerts.domain.errors import BadAnswers, NotPossible
from practice_alerts.domain.text import capital, joined


@verb(Act.CLOSE)
def close(doing: Deciding) -> tuple[Event, ...]:
    """End the alert. "Put right" is an outcome too, and is recorded as one.

    Raises NotPossible for one of several who review the response together while the others have not said the same.
    """
    closed = doing.event(**of_change(doing))
    run = doing.found.alert.run
    review = run.review if run is not None else None
    if run is None or (review is not None and review.reviewed.verdict is Outcome.PUT_RIGHT):
        return (closed,)
    voice = voice_of(doing, Outcome.PUT_RIGHT)
    if not voice.stands:
        raise NotPossible(
            f"{capital(joined(list(voice.awaited)))} has not said yet that it is put right. Until then"
            " only whoever has the alert closes it. Record your own outcome instead."
        )
    if doing.given["ending"] != EndingKind.PUT_RIGHT:
        return (closed,)
    said = ResponseReviewed(
        stage=run.stage,
        by=as_reviewer(doing),
        verdict=Outcome.PUT_RIGHT,
        reason=doing.text("what_changed"),
        **asdict(voice),
    )
    return (said, closed)


@verb(Act.RECORD_CHANGE)
def record_change(doing: Deciding) -> Event:
    """What is different for the child, once it is known; what was recorded before stays in the history."""
    return doing.event(**of_change(doing))


def of_change(doing: Deciding) -> dict[str, Any]:
    """What is ticked as changed for the child, and when to look again where that is not known. Raises BadAnswers."""
    ticked = tuple(map(ChangeForChild, doing.several("changes")))
    alone = next((one for one in ticked if one in CHANGES_ALONE), None)
    if alone is not None and len(ticked) > 1:
        raise BadAnswers({"changes": f"“{alone.words}” stands alone: take out the other ticks."})
    if ChangeForChild.NOT_KNOWN not in ticked:
        return {"changes": ticked, "look_again": None}
    return {
        "changes": ticked,
        "look_again": doing.day_to_come("look_again", "The day to look again"),
    }
