"""Closing, which only the officer's side does."""

from dataclasses import asdict

from practice_alerts.casework.acts.review_response import as_reviewer, voice_of
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import EndingKind, Event, Outcome, ResponseReviewed
from practice_alerts.domain.errors import NotPossible
from practice_alerts.domain.text import capital, joined


@verb(Act.CLOSE)
def close(doing: Deciding) -> tuple[Event, ...]:
    """End the alert. "Put right" is an outcome too, and is recorded as one.

    Raises NotPossible for one of several who review the response together while the others have not said the same.
    """
    run = doing.found.alert.run
    review = run.review if run is not None else None
    if run is None or (review is not None and review.reviewed.verdict is Outcome.PUT_RIGHT):
        return (doing.event(),)
    voice = voice_of(doing, Outcome.PUT_RIGHT)
    if not voice.stands:
        raise NotPossible(
            f"{capital(joined(list(voice.awaited)))} has not said yet that it is put right. Until then"
            " only whoever has the alert closes it. Record your own outcome instead."
        )
    if doing.given["ending"] != EndingKind.PUT_RIGHT:
        return (doing.event(),)
    said = ResponseReviewed(
        stage=run.stage,
        by=as_reviewer(doing),
        verdict=Outcome.PUT_RIGHT,
        reason=doing.text("what_changed"),
        **asdict(voice),
    )
    return (said, doing.event())
