"""Closing, which only the officer's side does."""

from practice_alerts.casework.acts.review_response import as_reviewer
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import EndingKind, Event, Outcome, ResponseReviewed


@verb(Act.CLOSE)
def close(doing: Deciding) -> tuple[Event, ...]:
    """End the alert. "Put right" is an outcome too, and is recorded as one."""
    return (*_verified(doing), doing.event())


def _verified(doing: Deciding) -> tuple[Event, ...]:
    run = doing.found.alert.run
    if doing.given["ending"] != EndingKind.PUT_RIGHT or run is None:
        return ()
    if run.review is not None and run.review.reviewed.verdict is Outcome.PUT_RIGHT:
        return ()
    reviewer, reason = as_reviewer(doing), doing.text("what_changed")
    return (
        ResponseReviewed(stage=run.stage, by=reviewer, verdict=Outcome.PUT_RIGHT, reason=reason),
    )
