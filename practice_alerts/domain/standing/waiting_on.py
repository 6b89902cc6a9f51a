"""On whom an alert waits, since when, and until when by itself, for lists and documents alike.

Posts come first: silence is the post's.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.dates import first_moment_after, london_date
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.standing.running_clocks import Clocks
from practice_alerts.domain.standing.standings import PASSES_INTO, UNANSWERED, Pile
from practice_alerts.domain.standing.status import Where, where


@dataclass(frozen=True, slots=True)
class WaitingOn:
    """`whom` is empty for the officer whose alert it is."""

    whom: str
    since: date
    people: tuple[Person, ...] = ()
    """Whoever holds those posts, where an answer is owed."""


def waiting_on(alert: Alert, stands: Where) -> WaitingOn | None:
    """None where nobody is waited for. An answer that is late is still owed by those who were asked."""
    run, pile = alert.run, stands.standing.pile
    if run is None or pile.facts.turn == "nobody":
        return None
    if pile is Pile.ON_HOLD and run.hold is not None:
        return WaitingOn(run.hold.held.task_owner, london_date(run.hold.at))
    if pile is Pile.HOLD_ENDED and run.hold is not None:
        return WaitingOn("", run.hold.until + timedelta(days=1))
    if pile is Pile.ASKED_BACK:
        asked = (at for at, one in run.talk if one in run.not_theirs)
        return WaitingOn(
            "", london_date(min((*asked, *(at for at, _ in run.open_questions.values()))))
        )
    if pile in UNANSWERED:
        people = run.yet_to_answer or run.sent.asked
        whom = run.awaited_posts or "those who were asked"
        return WaitingOn(whom, london_date(run.sent_at), people)
    decided = run.unreviewed or run.review
    return WaitingOn("", london_date(decided.at if decided else alert.happened[-1].at))


@dataclass(frozen=True, slots=True)
class Stays:
    """In which pile it lies, and the first moment at which it does so no longer, unless somebody acts before.

    From then on it lies in the pile that this one passes into. None: it stays until somebody acts.
    """

    pile: Pile
    until: datetime | None = None


def stays(alert: Alert, ladder: Ladder | None, clocks: Clocks) -> Stays:
    """How it stands with nothing missed yet, and until when: together they say it of every moment from now on."""
    begun = alert.happened[0].at
    pile = where(alert, ladder, clocks, begun).standing.pile
    if pile not in PASSES_INTO:
        return Stays(pile)
    hold = alert.run.hold if alert.run else None
    if pile is Pile.ON_HOLD and hold is not None:
        return Stays(pile, first_moment_after(hold.until))
    return Stays(pile, clocks.late_from)
