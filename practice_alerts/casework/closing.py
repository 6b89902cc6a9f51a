"""Closing and opening again. Only the officer's side does either."""

from __future__ import annotations

from practice_alerts.casework.judging import as_judge
from practice_alerts.casework.verb import Deciding, verb
from practice_alerts.domain.events import Closed, Event, Judged, Reopened
from practice_alerts.domain.permissions import Act


@verb(Act.CLOSE)
def close(doing: Deciding) -> tuple[Event, ...]:
    """End the alert. "Put right" is a verdict too, and is recorded as one."""
    closed = Closed(
        ending=doing.given["ending"],
        what_changed=doing.text("what_changed"),
        child_view=doing.text("child_view"),
        answers=doing.others,
    )
    return (*_verified(doing, closed), closed)


@verb(Act.REOPEN)
def reopen(doing: Deciding) -> Event:
    """Closed too early: open where it stood, with the old clocks."""
    return Reopened(reason=doing.text("reason"))


def _verified(doing: Deciding, closed: Closed) -> tuple[Event, ...]:
    run = doing.found.alert.run
    if closed.ending != "put_right" or run is None:
        return ()
    if run.verdict is not None and run.verdict.judged.verdict == "put_right":
        return ()
    judge, reason = as_judge(doing), closed.what_changed
    return (Judged(stage=run.stage, by=judge, verdict="put_right", reason=reason),)
