"""Cover that somebody names for themself: at once for whoever answers alerts; for the reviewing service, asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from practice_alerts.adapters.store.alerts import directory_events
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, duties, outbox
from practice_alerts.adapters.store.office.directory import Covering
from practice_alerts.casework.core.actors import title_of, who_may_run, writing_as
from practice_alerts.casework.directory import directory_acts
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryEntry,
    DirectoryRefused,
    entries,
)
from practice_alerts.domain.directory.office_permissions import OfficeAct
from practice_alerts.domain.directory.own_cover import posts_to_name
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.domain.procedure.directions import MANAGER
from practice_alerts.office import Office

NOBODY_TO_NAME = (
    "Your posts are not among those to which alerts are sent, so there is nobody to name here. An"
    " administrator or the IRO manager enters who stands in for you."
)


@dataclass(frozen=True, slots=True)
class OwnCover:
    """Who stands in for somebody, for whom they do, and whom they may name."""

    covers: tuple[Covering, ...]
    stands_in_for: tuple[Covering, ...]
    asked_for: tuple[DirectoryEntry, ...]
    """What they asked for, and nobody has confirmed yet."""
    to_name: dict[str, str]
    """Whom they may name, by id, each with post and team."""
    must_ask: bool
    """Of the reviewing service: it holds once the manager of the service has confirmed it."""


def look(office: Office, by: Actor) -> OwnCover:
    """For this person, whoever they are."""
    with office.database.reading() as tx:
        every = directory.coverings(tx, office.today)
        kept = entries(directory_events.happened(tx, by.council))
        to_name = _to_name(office, tx, by)
    return OwnCover(
        covers=tuple(one for one in every if one.away_id == by.id),
        stands_in_for=tuple(one for one in every if one.cover_id == by.id),
        asked_for=tuple(filter(lambda one: _is_asked_by(one, by), kept)),
        to_name=to_name,
        must_ask=_must_ask(office, by),
    )


def name(
    office: Office,
    by: Actor,
    stands_in: str,
    days: tuple[date | None, date | None],
    *,
    reason: str = "",
) -> Covering:
    """Somebody stands in from the first of these days to the last: at once, or once it is confirmed.

    Told to them and to the manager of the reviewing service. Raises BadAnswers, NotPossible.
    """
    with writing_as(office, by) as tx:
        able = _to_name(office, tx, by)
        if not able:
            raise NotPossible(NOBODY_TO_NAME)
        if stands_in not in able:
            raise BadAnswers({"stands_in": "Who stands in: choose one of those in the list."})
        found = absence_cover.checked(office, tx, by, Cover(by.id, stands_in, *days))
        must_ask = _must_ask(office, by)
        done = found if must_ask else absence_cover.write(office, tx, found)
        what = absence_cover.change_of(DirectoryChange.COVER_SET, done, done.until, reason)
        what = what.model_copy(update={"waits": must_ask})
        directory_acts.record(office, tx, by, (by.council,), what)
        if not must_ask:
            _tell_service(office, tx, by)
    return done


def end(office: Office, by: Actor, cover_id: int, last_day: date) -> Covering:
    """Make this the last day of somebody's standing in for them. Raises NotFound, BadAnswers."""
    with writing_as(office, by) as tx:
        every = directory.coverings(tx, office.today)
        found = next((one for one in every if (one.id, one.away_id) == (cover_id, by.id)), None)
        if found is None:
            raise NotFound("cover of yours with that number")
        absence_cover.write_ended(office, tx, by, found, last_day)
        _tell_service(office, tx, by)
    return found


def take_back(office: Office, by: Actor, number: int) -> DirectoryEntry:
    """What they asked for is not made. Raises NotFound."""
    with writing_as(office, by) as tx:
        kept = entries(directory_events.happened(tx, by.council))
        found = next((one for one in kept if one.number == number and _is_asked_by(one, by)), None)
        if found is None:
            raise NotFound("change that you asked for")
        directory_acts.add(office, tx, by, by.council, DirectoryRefused(number=number))
    return found


def _is_asked_by(one: DirectoryEntry, by: Actor) -> bool:
    is_cover = one.what.change is DirectoryChange.COVER_SET and one.what.person == by.id
    return one.waits and is_cover and one.by == by.id


def _must_ask(office: Office, by: Actor) -> bool:
    return bool(own_side_of(office.council(by.council).procedure) & by.posts)


def _to_name(office: Office, tx: Tx, by: Actor) -> dict[str, str]:
    """For the reviewing service its own people; for others their peers and seniors, and none of the service."""
    procedure = office.council(by.council).procedure
    own = own_side_of(procedure)
    of_service = _holders(office, tx, by.council, sorted(own))
    able = of_service
    if not _must_ask(office, by):
        posts = sorted(posts_to_name(procedure, by.posts))
        named = _holders(office, tx, by.council, posts)
        able = {who: said for who, said in named.items() if who not in of_service}
    return {who: said for who, said in able.items() if who != by.id}


def _holders(office: Office, tx: Tx, council: str, posts: Iterable[str]) -> dict[str, str]:
    procedure = office.council(council).procedure
    found: dict[str, str] = {}
    for post in posts:
        for one, team in directory.holders_by_team(tx, council, post, office.today):
            title = title_of(procedure, post)
            where = f"{title} ({team})" if team else title
            found[one.id] = (
                f"{found[one.id]}; {where}" if one.id in found else f"{one.name}, {where}"
            )
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


def _tell_service(office: Office, tx: Tx, by: Actor) -> None:
    """The manager of the reviewing service, and whoever is on duty; where nobody is, who keeps the directory."""
    managers = {
        one.id for one, _ in directory.holders_by_team(tx, by.council, MANAGER, office.today)
    }
    managers |= {
        one.person_id for one in duties.rota(tx, by.council, office.today) if one.on(office.today)
    }
    readers = managers or who_may_run(office, tx, by.council, OfficeAct.CONFIRM)
    facts = NoticeFacts(link=f"{office.settings.base_url}/app/directory?part=cover")
    text = office.notices().write("cover_named", facts)
    for reader in sorted(readers - {by.id}):
        new = outbox.NewNotice(reader, "cover_named", text.subject, text.body)
        outbox.write(tx, new, office.now())
