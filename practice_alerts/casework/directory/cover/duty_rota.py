"""The duty IRO: whom to ring about any alert of the council on a day. It gives no right of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import duties
from practice_alerts.adapters.store.office.duties import DutyTurn
from practice_alerts.casework.core.actors import holders, writing_as
from practice_alerts.casework.directory.directory_acts import (
    must_be_unchallenged,
    record,
    reviewing_posts,
)
from practice_alerts.casework.directory.post_holders import ends_before, has_passed
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import DirectoryChange, DirectoryChanged
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.errors import BadAnswers, NotFound
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.office import Office

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """From a first day to a last: without a first from today, without a last for a week."""

    council: str
    person: str
    since: date | None = None
    until: date | None = None


def rota(office: Office, council: str) -> tuple[DutyTurn, ...]:
    """Who is on duty there, today and later, for whoever works there."""
    with office.database.reading() as tx:
        return duties.rota(tx, council, office.today)


def able(office: Office, by: Actor, council: str) -> Mapping[str, str]:
    """Who can be put on duty: whoever raises alerts for the reviewing service, by id, with post. Raises NotYours."""
    must_run(by, OfficeAct.SET_COVER, council)
    with office.database.reading() as tx:
        return _able(office, tx, council)


def set_duty(office: Office, by: Actor, wanted: OnDuty, *, reason: str = "") -> DutyTurn:
    """One at a time. Raises BadAnswers, NotYours."""
    must_run(by, OfficeAct.SET_COVER, wanted.council)
    procedure = office.council(wanted.council).procedure
    since = wanted.since or office.today
    until = wanted.until or since + _WEEK - timedelta(days=1)
    with writing_as(office, by) as tx:
        must_be_unchallenged(office, tx, by, wanted.council, reviewing_posts(procedure))
        every = duties.rota(tx, wanted.council, office.today)
        faults = _day_faults(office, since, until, every)
        if wanted.person not in _able(office, tx, wanted.council):
            said = "Who is on duty: choose somebody of the reviewing service who raises alerts."
            faults["person"] = said
        if faults:
            raise BadAnswers(faults)
        duties.add(tx, wanted.council, wanted.person, since, until)
        done = max(duties.rota(tx, wanted.council, office.today), key=lambda one: one.id)
        what = _change(DirectoryChange.DUTY_SET, done, until, reason)
        record(office, tx, by, (wanted.council,), what)
    return done


def end_duty(
    office: Office,
    by: Actor,
    which: tuple[str, int],
    last_day: date,
    *,
    reason: str = "",
) -> DutyTurn:
    """Make this the last day of one, by council and number; what has not begun by then is taken back.

    Raises NotFound, BadAnswers, NotYours.
    """
    council, duty_id = which
    must_run(by, OfficeAct.SET_COVER, council)
    with writing_as(office, by) as tx:
        posts = reviewing_posts(office.council(council).procedure)
        must_be_unchallenged(office, tx, by, council, posts)
        every = duties.rota(tx, council, office.today)
        found = next((one for one in every if one.id == duty_id), None)
        if found is None:
            raise NotFound("duty with that number")
        if last_day > found.until or last_day < found.since <= office.today:
            days = f"from {in_full(found.since)} to {in_full(found.until)}"
            raise BadAnswers({"until": f"Last day: it runs {days}. Choose one of these days."})
        duties.end(tx, duty_id, last_day)
        what = _change(DirectoryChange.DUTY_ENDED, found, last_day, reason)
        record(office, tx, by, (council,), what)
    return found


def _change(change: DirectoryChange, duty: DutyTurn, until: date, reason: str) -> DirectoryChanged:
    return DirectoryChanged(
        change=change,
        person=duty.person_id,
        name=duty.name,
        since=duty.since,
        until=until,
        reason=reason,
    )


def _able(office: Office, tx: Tx, council: str) -> dict[str, str]:
    procedure = office.council(council).procedure
    posts = [one for one in procedure.raising_posts if one in own_side_of(procedure)]
    return {who: one.in_words for who, one in holders(office, tx, council, posts).items()}


def _day_faults(office: Office, since: date, until: date, every: tuple[DutyTurn, ...]) -> Faults:
    if until < since:
        return {"until": ends_before(until, since)}
    if until < office.today:
        return {"until": has_passed(until)}
    for one in every:
        if one.since <= until and since <= one.until:
            days = f"from {in_full(one.since)} to {in_full(one.until)}"
            said = f"First day: {one.name} is on duty {days}. Choose other days, or end that first."
            return {"since": said}
    return {}
