"""Rows for lists: a few columns of every alert asked for, and the whole of those that are shown."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, false, not_, or_, select, true, union

from practice_alerts.adapters.store.alerts import late_or_waiting_sql, word_rows
from practice_alerts.adapters.store.alerts.late_or_waiting_sql import DayContext, StageKey, open_in
from practice_alerts.adapters.store.alerts.let_in_rows import let_in_as, not_shut_out
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.timestamps import stamp
from practice_alerts.domain.seeing.search_words import SoughtWords, name_words
from practice_alerts.domain.standing.let_in import LetIn
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.standing.standings import NEEDS_OFFICER, Pile

_A = t.alerts.c
_OTHER = t.alerts.alias()  # made once: at each question it cost more than the question
_PILES = {one.value: one for one in Pile}


@dataclass(frozen=True)
class TrayReader:
    """Who looks at lists, as far as it decides what may stand in them."""

    council: str
    id: str
    own: frozenset[str]
    """Themselves and whom they stand in for."""
    whole: bool = False
    """Sees every alert of the council."""
    teams: frozenset[str] = frozenset()
    closed_since: datetime | None = None
    """Of what was closed earlier, having been asked shows nothing."""
    in_post: bool = True
    """Holds a post in this council today; nobody else is shown anything of it."""


class Brief(NamedTuple):
    """As much of an alert as puts it in its place in a list."""

    id: str
    reference: str
    at: StageKey
    pile: Pile
    is_own: bool
    """The reader's, or of somebody they stand in for; otherwise they are asked, or see the service."""
    response_due: date | None = None
    hold_until: date | None = None
    cap_due: date | None = None
    raised_at: datetime | None = None


def briefs(
    tx: Tx, reader: TrayReader, filters: Filters, day: DayContext, until: date
) -> list[Brief]:
    """Every alert of the list, in no order: open ones, and of what is not filed those closed. `until` is the day that `filters.within` stands for."""
    pile = late_or_waiting_sql.pile(day)
    query = select(
        *(_A.id, _A.reference, _A.edition, _A.kind, _A.stage, pile),
        _is_own(reader),
        *(_A.response_due, _A.hold_until, _A.cap_due, _A.raised_at),
    ).where(_whose(reader, filters, day), *_narrowed(filters, day, until))
    return [
        Brief(
            alert_id, reference, StageKey(*at), _PILES[pile], bool(is_own), due, hold, limit, raised
        )
        for alert_id, reference, *at, pile, is_own, due, hold, limit, raised in tx.execute(query)
    ]


def closed_lately(tx: Tx, reader: TrayReader, most: int, today: date) -> tuple[str, ...]:
    """The ids of the reader's alerts that were closed last, without those to be looked at again."""
    rests = or_(_A.look_again.is_(None), _A.look_again > today)
    query = select(_A.id).where(
        _is_own(reader), _A.is_open.is_(False), _A.council == reader.council, rests
    )
    query = query.where(not_shut_out(reader.id))
    return tuple(tx.execute(query.order_by(_A.changed_at.desc()).limit(most)).scalars())


def to_look_at_again(tx: Tx, reader: TrayReader, today: date) -> tuple[str, ...]:
    """The ids of the reader's closed alerts of which what is different for the child is to be looked at by today."""
    due = and_(_A.council == reader.council, _A.is_open.is_(False), _A.look_again <= today)
    query = select(_A.id).where(due, _is_own(reader), not_shut_out(reader.id))
    return tuple(tx.execute(query.order_by(_A.look_again, _A.reference)).scalars())


def written_to(tx: Tx, reader: TrayReader) -> tuple[str, ...]:
    """The ids of open alerts of which an e-mail told this person, the youngest first; not those that are their own.

    Whoever got a copy stands in no column: who may still read it, its events say.
    """
    here = and_(open_in(reader.council), not_shut_out(reader.id), not_(_is_own(reader)))
    query = select(_A.id).where(here, _was_told(reader))
    return tuple(tx.execute(query.order_by(_A.raised_at.desc(), _A.reference)).scalars())


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, in open alerts or closed ones too, and which of those found are wanted."""

    sought: SoughtWords
    closed: bool
    most: int
    skip: int = 0
    copies: bool = False
    """Also those of which an e-mail told this person: no column says which of them they may still read."""


def search(
    tx: Tx, reader: TrayReader, asked: Search, named: Collection[StageKey]
) -> tuple[str, ...]:
    """Ids of alerts, open ones first, that hold each word, in what was typed or in a name of the directory.

    Words that only some of its readers may read are looked for wherever this one may be among them: whoever
    has an alert at hand asks once more. `named` are the stages at which a post of theirs reviews or escalates.
    """
    names = _words_of_names(tx)
    readable = or_(word_rows.is_shared(), word_rows.of_alert(_perhaps_apart(reader, named)))
    if reader.whole:
        readable = true()
    ways = (
        and_(*(_holds(one, names, readable) for one in beginnings))
        for beginnings in asked.sought.ways
    )
    findable = _visible(reader, named)
    if asked.copies and reader.in_post:
        told = and_(_A.council == reader.council, not_shut_out(reader.id), _was_told(reader))
        findable = or_(findable, told)
    query = select(_A.id).where(findable, or_(false(), *ways))
    if not asked.closed:
        query = query.where(_A.is_open.is_(True))
    query = query.order_by(_A.is_open.desc(), _A.reference.desc())
    return tuple(tx.execute(query.limit(asked.most).offset(asked.skip)).scalars())


def _was_told(reader: TrayReader) -> ColumnElement[bool]:
    """Did an e-mail tell this person of it?"""
    return _A.id.in_(select(t.outbox.c.alert_id).where(t.outbox.c.person_id == reader.id))


def _holds(
    beginnings: frozenset[str], names: dict[str, frozenset[str]], readable: ColumnElement[bool]
) -> ColumnElement[bool]:
    one_way = SoughtWords(((beginnings,),))
    people = [who for who, words in names.items() if one_way.fits(words)]
    written = _A.id.in_(word_rows.holding(beginnings, readable))
    if not people:
        return written
    theirs = (_A.raiser_id.in_(people), _A.officer_id.in_(people), _A.id.in_(_ever_asked(people)))
    return or_(written, *theirs)


def _words_of_names(tx: Tx) -> dict[str, frozenset[str]]:
    """As the directory has them now: somebody may have another name than when they were asked."""
    query = select(t.people.c.id, t.people.c.name)
    return {row.id: name_words(row.name) for row in tx.execute(query)}


def _perhaps_apart(reader: TrayReader, named: Collection[StageKey]) -> Select[str]:
    """The alerts of which this person may read more than everybody does."""
    theirs = (
        _ids().where(_A.officer_id.in_(reader.own)),
        _ids().where(_A.raiser_id == reader.id),
        _ids().where(_A.council == reader.council, late_or_waiting_sql.at_any(named)),
        let_in_as(reader.id, LetIn.NAMED, LetIn.STANDS_IN),
    )
    return _ids().where(_A.id.in_(union(*theirs)))


def officers(tx: Tx, reader: TrayReader) -> tuple[tuple[str, str], ...]:
    """Everybody with an open alert of the council, id and name, by name."""
    holds = select(_A.officer_id).where(open_in(reader.council), not_shut_out(reader.id))
    query = select(t.people.c.id, t.people.c.name).where(t.people.c.id.in_(holds))
    return tuple((row.id, row.name) for row in tx.execute(query.order_by(t.people.c.name)))


def teams_with_alerts(tx: Tx, reader: TrayReader) -> tuple[str, ...]:
    query = select(_A.team).where(open_in(reader.council), _A.team != "")
    query = query.where(not_shut_out(reader.id))
    return tuple(tx.execute(query.distinct().order_by(_A.team)).scalars())


def _whose(reader: TrayReader, filters: Filters, day: DayContext) -> ColumnElement[bool]:
    if not reader.in_post:
        return false()
    here = and_(_A.council == reader.council, not_shut_out(reader.id))
    if filters.whose == "mine" and filters.not_filed:  # whoever is asked files nothing
        return and_(here, _is_own(reader))
    if filters.whose == "mine":
        theirs = union(_ids().where(_is_own(reader)), _asked_now(reader.own))
        return and_(here, _A.id.in_(theirs))
    if filters.whose == "service" and reader.whole:
        return here
    ours = or_(_A.team.in_(reader.teams), late_or_waiting_sql.at_any(day.named))
    return and_(_visible(reader, day.named), ours)


def _visible(reader: TrayReader, named: Collection[StageKey]) -> ColumnElement[bool]:
    """What `permissions` lets this person see, as far as columns know it.

    Lists ask it again of each: a cover without a post of the IRO service is found here, and sees nothing.
    """
    here = and_(_A.council == reader.council, not_shut_out(reader.id))
    if not reader.in_post:
        return false()
    if reader.whole:
        return here
    theirs = (
        _ids().where(_A.officer_id.in_(reader.own)),
        _ids().where(_A.raiser_id == reader.id),
        _asked_now(reader.own),
        _ever_asked((reader.id,)).where(_not_long_closed(reader.closed_since)),
        _ids().where(_A.council == reader.council, late_or_waiting_sql.at_any(named)),
        let_in_as(reader.id, LetIn.NAMED, LetIn.STANDS_IN),
    )
    return and_(here, _A.id.in_(union(*theirs)))


def _is_own(reader: TrayReader) -> ColumnElement[bool]:
    """Theirs, or whose officer they stand in for: while it is restricted, as the one who is named for that."""
    stands_in = _A.id.in_(let_in_as(reader.id, LetIn.STANDS_IN))
    return or_(_A.officer_id.in_(reader.own), stands_in)


def _not_long_closed(since: datetime | None) -> ColumnElement[bool]:
    """Open, or closed at that moment or later."""
    if since is None:
        return true()
    asked, e, other = t.askings.c.alert_id, t.events.c, _OTHER.c
    lately = exists().where(e.alert_id == asked, e.kind == "closed", e.at >= stamp(since))
    still_open = exists().where(other.id == asked, other.is_open.is_(True))
    return or_(still_open, lately)


def _ids() -> Select[str]:
    return select(_A.id)


def _asked_now(people: Collection[str]) -> Select[str]:
    return _ever_asked(people).where(t.askings.c.is_present.is_(True))


def _ever_asked(people: Collection[str]) -> Select[str]:
    return select(t.askings.c.alert_id).where(t.askings.c.person_id.in_(people))


def _narrowed(filters: Filters, day: DayContext, until: date) -> Sequence[ColumnElement[bool]]:
    listed: ColumnElement[bool] = (
        _A.is_filed.is_(False) if filters.not_filed else _A.is_open.is_(True)
    )
    found = [listed]
    if filters.stage:
        kind, _, stage = filters.stage.partition("/")
        found += [_A.kind == kind, _A.stage == stage]
    if filters.pile is not None:
        found.append(late_or_waiting_sql.pile(day) == filters.pile.value)
    if filters.needs:
        found.append(late_or_waiting_sql.pile(day).in_([one.value for one in NEEDS_OFFICER]))
    if filters.category:
        found.append(_A.categories.contains(f" {filters.category} ", autoescape=True))
    if filters.within is not None:
        found.append(late_or_waiting_sql.falls_by(until))
    if filters.past_cap:
        found.append(late_or_waiting_sql.past_time_limit(day))
    if filters.no_slack:
        found.append(late_or_waiting_sql.none_to_spare(day))
    same = ((_A.kind, filters.kind), (_A.team, filters.team), (_A.officer_id, filters.officer))
    return [*found, *(column == wanted for column, wanted in same if wanted)]
