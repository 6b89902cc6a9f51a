"""Closing, which only the officer's side does."""

from __future__ import annotations

from practice_alerts.casework.acts.review_response import as_judge
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import EndingKind, Event, Judged, Verdict


@verb(Act.CLOSE)
def close(doing: Deciding) -> tuple[Event, ...]:
    """End the alert. "Put right" is a verdict too, and is recorded as one."""
    return (*_verified(doing), doing.event())


def _verified(doing: Deciding) -> tuple[Event, ...]:
    run = doing.found.alert.run
    if doing.given["ending"] != EndingKind.PUT_RIGHT or run is None:
        return ()
    if run.verdict is not None and run.verdict.judged.verdict is Verdict.PUT_RIGHT:
        return ()
    judge, reason = as_judge(doing), doing.text("what_changed")
    return (Judged(stage=run.stage, by=judge, verdict=Verdict.PUT_RIGHT, reason=reason),)
