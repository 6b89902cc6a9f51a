"""Cover: who stands in for whom, from a first day to a last. A clock does not stop because somebody is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import Covering, DirectoryPerson, PostHolding
from practice_alerts.casework.core.actors import challenged_posts, writing_as
from practice_alerts.casework.directory.directory_acts import (
    kept_in,
    must_be_unchallenged,
    record,
    reviewing_posts,
)
from practice_alerts.casework.directory.post_holders import (
    council_of,
    ends_before,
    has_passed,
    must_end,
)
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import DirectoryChange, DirectoryChanged
from practice_alerts.domain.directory.office_permissions import (
    EVERY_COUNCIL,
    DirectoryAct,
    NotYours,
    OfficeAct,
    must_be_another,
    must_have_proved,
    must_run,
    which_cover,
)
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.procedure.directions import raised_in
from practice_alerts.office import Office

LONGEST: Final = timedelta(days=366)
"""Whoever stands in reads and does what is another's: that is looked at again within a year."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Who is away and who stands in, by id. Somebody who has left may still be stood in for."""

    away: str
    stands_in: str
    since: date | None
    """Today where none is given."""
    until: date | None
    """The last day. A cover always has one, so that nobody goes on acting for another unnoticed."""


def set_cover(office: Office, by: Actor, cover: Cover, *, reason: str = "") -> Covering:
    """Let somebody else stand in. Raises BadAnswers, NotYours, NotPossible."""
    must_run(by, which_cover(by), by.council)
    must_have_proved(by, DirectoryAct.SET_COVER)
    must_be_another(by, cover.stands_in, which_cover(by))
    with writing_as(office, by) as tx:
        _must_be_theirs(office, tx, by, cover.away)
        found = checked(office, tx, by, cover)
        for one in (found.away_id, found.cover_id):
            must_decide(office, tx, by, one)
        done = write(office, tx, found)
        what = change_of(DirectoryChange.COVER_SET, done, done.until, reason)
        record(office, tx, by, kept_in(office, tx, by, done.away_id), what)
    return done


def checked(office: Office, tx: Tx, by: Actor, cover: Cover) -> Covering:
    """As it would stand, with no number yet. Raises BadAnswers, NotPossible."""
    first = cover.since or office.today
    away = directory.person(tx, cover.away)
    present = directory.person(tx, cover.stands_in)
    faults = _faults(tx, by, (away, present)) | _day_faults(office, first, cover.until)
    if faults or away is None or present is None or cover.until is None:
        raise BadAnswers(faults)
    _must_reach(office, tx, by, away)
    posts = _PostsOfBoth(
        # Whoever has left may still have been asked.
        directory.posts_of(tx, away.id, office.today) or directory.posts_ever(tx, away.id),
        directory.posts_of(tx, present.id, office.today),
    )
    _must_be_of_the_service(office, away, present, posts)
    _must_not_take_a_reviewer(office, away, present, posts)
    _must_not_answer_their_own(tx, away, present)
    known = directory.coverings(tx, office.today)
    _must_be_new(known, away.id, present.id, (first, cover.until))
    return Covering(0, away.id, away.name, present.id, present.name, first, cover.until)


def write(office: Office, tx: Tx, cover: Covering) -> Covering:
    """It has been looked at. With its number."""
    directory.add_cover(tx, cover.away_id, cover.cover_id, cover.since, cover.until)
    return max(directory.coverings(tx, office.today), key=lambda one: one.id)


def end_cover(
    office: Office, by: Actor, cover_id: int, last_day: date, *, reason: str = ""
) -> Covering:
    """Make this the last day of it; what has not begun by then is taken back. The cover as it stood."""
    must_run(by, which_cover(by), by.council)
    with writing_as(office, by) as tx:
        here = directory.coverings(tx, office.today, council_of(by))
        found = next((one for one in here if one.id == cover_id), None)
        if found is None:
            raise NotFound("cover with that number")
        must_have_proved(by, DirectoryAct.END_COVER)
        _must_be_theirs(office, tx, by, found.away_id)
        must_decide(office, tx, by, found.away_id)
        write_ended(office, tx, by, found, last_day, reason=reason)
    return found


def write_ended(
    office: Office, tx: Tx, by: Actor, found: Covering, last_day: date, *, reason: str = ""
) -> None:
    """Raises BadAnswers."""
    must_end(found, last_day, office.today, longer="set a further cover")
    directory.end_cover(tx, found.id, last_day)
    what = change_of(DirectoryChange.COVER_ENDED, found, last_day, reason)
    record(office, tx, by, kept_in(office, tx, by, found.away_id), what)


def change_of(
    change: DirectoryChange, cover: Covering, until: date, reason: str
) -> DirectoryChanged:
    return DirectoryChanged(
        change=change,
        person=cover.away_id,
        name=cover.away,
        stand_in=cover.cover_id,
        stand_in_name=cover.cover,
        since=cover.since,
        until=until,
        reason=reason,
    )


def covers(office: Office, by: Actor) -> tuple[Covering, ...]:
    """Who stands in for whom, today and later. Raises NotYours."""
    must_run(by, which_cover(by), by.council)
    with office.database.reading() as tx:
        return directory.coverings(tx, office.today, council_of(by))


def _faults(
    tx: Tx, by: Actor, people: tuple[DirectoryPerson | None, DirectoryPerson | None]
) -> Faults:
    away, present = people
    here = {one.id for one in directory.everybody(tx, council_of(by))}
    gone = {one.id for one in directory.left_unfinished(tx, council_of(by))}
    faults: Faults = {}
    if away is None or away.id not in here | gone:
        faults["away"] = "Who is away: choose somebody of this council."
    if present is None or present.id not in here:
        faults["stands_in"] = "Who stands in: choose somebody of this council."
    elif away is not None and away.id == present.id:
        faults["stands_in"] = f"{away.name} cannot stand in for themselves. Name somebody else."
    return faults


def _day_faults(office: Office, first: date, until: date | None) -> Faults:
    if until is None:
        return {"until": "Last day: give one. A cover can be set anew when it ends."}
    if until < first:
        return {"until": ends_before(until, first)}
    if until < office.today:
        return {"until": has_passed(until)}
    if until - (begins := max(first, office.today)) > LONGEST:
        said = f"Last day: at most a year after the first, so {in_full(begins + LONGEST)}."
        return {"until": f"{said} A cover can be set anew when it ends."}
    return {}


def _must_reach(office: Office, tx: Tx, by: Actor, away: DirectoryPerson) -> None:
    """Standing in reaches everything that somebody does, and so every council they do it in."""
    elsewhere = directory.councils_of(tx, away.id, office.today) - {by.council}
    if by.council != EVERY_COUNCIL and elsewhere:
        raise NotPossible(
            f"{away.name} holds posts in other councils too, where this directory does not reach."
            " Leave it to whoever runs the commands."
        )


def _must_be_theirs(office: Office, tx: Tx, by: Actor, away: str) -> None:
    """Who supports the reviewing service enters its cover and nobody else's. Raises NotYours."""
    if which_cover(by) is OfficeAct.SET_COVER:
        return
    held = {one.post for one in directory.posts_to_come(tx, away, office.today)}
    if not held or held - own_side_of(office.council(by.council).procedure):
        raise NotYours(OfficeAct.SET_COVER)


@dataclass(frozen=True)
class _PostsOfBoth:
    away: tuple[PostHolding, ...]
    present: tuple[PostHolding, ...]


def _must_be_of_the_service(
    office: Office, away: DirectoryPerson, present: DirectoryPerson, posts: _PostsOfBoth
) -> None:
    """For whoever is of the reviewing service nobody of the chain that may be challenged stands in."""
    for holding in posts.away:
        if holding.council not in office.councils:
            continue
        procedure = raised_in(office.councils[holding.council].procedure, holding.post)
        here = {one.post for one in posts.present if one.council == holding.council}
        raises = holding.post in procedure.raising_posts
        if (raises or holding.post in own_side_of(procedure)) and not here & own_side_of(procedure):
            does = "raises alerts" if raises else "is of the reviewing service"
            wanted = (
                f"For {away.name}, who {does}, choose somebody who {'does' if raises else 'is'}."
            )
            sentence = f"{present.name} holds no post of the reviewing service. {wanted}"
            raise BadAnswers({"stands_in": sentence})


def _must_not_take_a_reviewer(
    office: Office, away: DirectoryPerson, present: DirectoryPerson, posts: _PostsOfBoth
) -> None:
    """Whoever stands in for one who is asked never reviews those alerts again, so nobody of the service does."""
    for council in {one.council for one in posts.away} & office.councils.keys():
        procedure = office.councils[council].procedure
        challenged, reviewing = challenged_posts(procedure), reviewing_posts(procedure)
        of_away, of_present = (
            {one.post for one in held if one.council == council}
            for held in (posts.away, posts.present)
        )
        is_asked = of_away & challenged and not of_away & reviewing
        if is_asked and of_present & reviewing and not of_present & challenged:
            raise BadAnswers(
                {
                    "stands_in": f"{present.name} reviews alerts, and whoever stands in for {away.name} never"
                    " reviews again what was sent to them. Choose somebody who answers alerts."
                }
            )


def _must_not_answer_their_own(tx: Tx, away: DirectoryPerson, present: DirectoryPerson) -> None:
    """Whoever raised an alert does not answer it in the place of whoever was asked."""
    if directory.waits_for(tx, away.id, officer_id=present.id, restricted=False):
        raise BadAnswers(
            {
                "stands_in": f"An alert of {present.name}’s waits for the answer of {away.name}, and"
                " nobody answers their own alert. Choose somebody else."
            }
        )


def must_decide(office: Office, tx: Tx, by: Actor, away_id: str) -> None:
    """May they say who stands in for this person? Raises NotPossible for whoever alerts are sent to.

    A post that is over counts as well: whoever held it may still have alerts, which a cover would open.
    """
    held = directory.posts_ever(tx, away_id)
    for council in {one.council for one in held}:
        here = {one.post for one in held if one.council == council}
        must_be_unchallenged(office, tx, by, council, here)


def _must_be_new(
    every: Iterable[Covering], away: str, stands_in: str, days: tuple[date, date]
) -> None:
    for one in every:
        is_same = (one.away_id, one.cover_id) == (away, stands_in)
        if is_same and one.since <= days[1] and days[0] <= one.until:
            when = f"from {in_full(one.since)} to {in_full(one.until)}"
            sentence = f"{one.cover} stands in for {one.away} already, {when}."
            raise BadAnswers({"stands_in": sentence})
