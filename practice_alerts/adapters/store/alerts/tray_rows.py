"""Rows for lists: a few columns of every alert asked for, and the whole of those that are shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, get_args

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union,
    union_all,
)

from practice_alerts.adapters.store.alerts import late_or_waiting_sql, word_rows
from practice_alerts.adapters.store.alerts.late_or_waiting_sql import (
    DayContext,
    StageKey,
    of_council,
    open_in,
)
from practice_alerts.adapters.store.alerts.let_in_rows import (
    TrayReader,
    asked_now,
    ever_asked,
    ids,
    in_stead,
    is_own,
    let_in_as,
    not_shut_out,
    seen_by,
    was_told,
    where_named,
)
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.domain.complete import complete
from practice_alerts.domain.seeing.search_words import SoughtWords, name_words
from practice_alerts.domain.standing.let_in import LetIn
from practice_alerts.domain.standing.list_filters import Filters, Order
from practice_alerts.domain.standing.standings import NEEDS_OFFICER, Pile

_A = t.alerts.c
_PILES = {one.value: one for one in Pile}


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
    escalate_by: date | None = None
    raised_at: datetime | None = None
    first_due: date = date.max
    """The day by which something is to be done with it; what waits for no day comes last."""


class AskedList(NamedTuple):
    """Which list, for whom and when. `until` is the day that `filters.within` stands for."""

    reader: TrayReader
    filters: Filters
    day: DayContext
    until: date


class ListPart(NamedTuple):
    """Of a list that is too long to be read: what of it is wanted."""

    piles: Collection[Pile]
    most: int
    places: Mapping[StageKey, int]
    """Where the order is that of the stages: which of them come first."""


def briefs(tx: Tx, asked: AskedList) -> list[Brief]:
    """Every alert of the list, in no order: open ones, and of what is not filed those closed."""
    query = select(
        *(_A.id, _A.reference, _A.edition, _A.kind, _A.stage, late_or_waiting_sql.pile(asked.day)),
        is_own(asked.reader),
        *(_A.response_due, _A.hold_until, _A.escalate_by, _A.raised_at),
        late_or_waiting_sql.first_due(asked.day),
    ).where(*_listed(asked))
    return [
        Brief(alert_id, reference, StageKey(*row[:3]), _PILES[row[3]], bool(row[4]), *row[5:])
        for alert_id, reference, *row in tx.execute(query)
    ]


def counted(tx: Tx, asked: AskedList) -> dict[tuple[Pile, StageKey], int]:
    """How many alerts of the list lie in each pile, by stage."""
    pile = late_or_waiting_sql.pile(asked.day).label("pile")
    columns = (pile, _A.edition, _A.kind, _A.stage)
    query = select(*columns, func.count()).where(*_listed(asked)).group_by(*columns)
    return {(_PILES[row[0]], StageKey(*row[1:4])): row[4] for row in tx.execute(query)}


def first_of(tx: Tx, asked: AskedList, part: ListPart) -> tuple[str, ...]:
    """The ids of those that stand first in one part of the list, in the order that was chosen."""
    piles = [one.value for one in part.piles]
    here = late_or_waiting_sql.pile(asked.day).in_(piles)
    orders: Mapping[Order, list[ColumnElement[Any]]] = complete(
        get_args(Order), {"due": [], "stage": [_place(part.places)], "open": [_A.raised_at]}
    )
    order = orders[asked.filters.order]
    query = select(_A.id).where(*_listed(asked), here)
    query = query.order_by(*order, late_or_waiting_sql.first_due(asked.day), _A.reference)
    return tuple(tx.execute(query.limit(part.most)).scalars())


def _place(places: Mapping[StageKey, int]) -> ColumnElement[int]:
    at = [(late_or_waiting_sql.at_any([one]), place) for one, place in places.items()]
    return case(*at, else_=literal(0)) if at else literal(0)


def closed_lately(tx: Tx, reader: TrayReader, most: int, today: date) -> tuple[str, ...]:
    """The ids of the reader's alerts that were closed last, without those to be looked at again."""
    rests = or_(_A.look_again.is_(None), _A.look_again > today)
    here = and_(of_council(reader.council), not_shut_out(reader.id), _A.is_open.is_(False), rests)
    whose = [_A.officer_id == one for one in sorted(reader.own)]
    # Of each officer those that an index has last: all of many years would have to be sorted.
    lately = (
        select(_A.id, _A.changed_at).where(one, here).order_by(_A.changed_at.desc()).limit(most)
        for one in (*whose, _A.id.in_(in_stead(reader)))
    )
    every = union(*(select(one.subquery()) for one in lately)).subquery().c
    query = select(every.id).order_by(every.changed_at.desc()).limit(most)
    return tuple(tx.execute(query).scalars())


def to_look_at_again(tx: Tx, reader: TrayReader, today: date) -> tuple[str, ...]:
    """The ids of the reader's closed alerts of which what is different for the child is to be looked at by today."""
    due = and_(_A.council == reader.council, _A.is_open.is_(False), _A.look_again <= today)
    query = select(_A.id).where(due, is_own(reader), not_shut_out(reader.id))
    return tuple(tx.execute(query.order_by(_A.look_again, _A.reference)).scalars())


def written_to(tx: Tx, reader: TrayReader) -> tuple[str, ...]:
    """The ids of open alerts of which an e-mail told this person, the youngest first; not those that are their own.

    Whoever got a copy stands in no column: who may still read it, its events say.
    """
    here = and_(open_in(reader.council), not_shut_out(reader.id), not_(is_own(reader)))
    query = select(_A.id).where(here, was_told(reader))
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
    ways = [
        [_Held(tx, one, names, readable) for one in beginnings] for beginnings in asked.sought.ways
    ]
    few = all(any(held.by_few for held in way) for way in ways)
    # Where few alerts hold one of the words, the store is to begin with these, and with no index of the council's.
    council = of_council(reader.council) if few else _A.council == reader.council
    here = and_(council, not_shut_out(reader.id))
    findable = and_(here, seen_by(reader, named))
    if asked.copies and reader.in_post and not reader.whole:
        findable = or_(findable, and_(here, was_told(reader)))
    holds = (and_(*(held.condition for held in way)) for way in ways)
    query = select(_A.id).where(findable, or_(false(), *holds))
    if not asked.closed:
        query = query.where(_A.is_open.is_(True))
    query = query.order_by(_A.is_open.desc(), _A.reference.desc())
    return tuple(tx.execute(query.limit(asked.most).offset(asked.skip)).scalars())


_FEW = 20_000
"""Rows of words and of people: so many are sooner read than the alerts one after the other."""


class _Held:
    """One of the words that were typed: which alerts hold it, in what was typed or in a name of the directory."""

    def __init__(
        self,
        tx: Tx,
        beginnings: frozenset[str],
        names: dict[str, frozenset[str]],
        readable: ColumnElement[bool],
    ) -> None:
        one_way = SoughtWords(((beginnings,),))
        people = [who for who, words in names.items() if one_way.fits(words)]
        theirs = (_A.raiser_id.in_(people), _A.officer_id.in_(people))
        every = [word_rows.holding(beginnings, readable)]
        if people:
            every += [ids().where(theirs[0]), ids().where(theirs[1]), ever_asked(people)]
        some = union_all(*every).subquery().select().limit(_FEW + 1)
        counted = select(func.count()).select_from(some.subquery())
        self.by_few = tx.execute(counted).scalar_one() <= _FEW
        if self.by_few:
            self.condition: ColumnElement[bool] = _A.id.in_(union_all(*every))
            return
        self.condition = word_rows.stands_in(_A.id, beginnings, readable)
        if people:
            a = t.askings.c
            asked = exists().where(a.alert_id == _A.id, a.person_id.in_(people))
            self.condition = or_(*theirs, self.condition, asked)


def _words_of_names(tx: Tx) -> dict[str, frozenset[str]]:
    """As the directory has them now: somebody may have another name than when they were asked."""
    query = select(t.people.c.id, t.people.c.name)
    return {row.id: name_words(row.name) for row in tx.execute(query)}


def _perhaps_apart(reader: TrayReader, named: Collection[StageKey]) -> Select[str]:
    """The alerts of which this person may read more than everybody does."""
    theirs = (
        ids().where(_A.officer_id.in_(reader.own)),
        ids().where(_A.raiser_id == reader.id),
        *where_named(reader, named),
        let_in_as(reader.id, LetIn.NAMED, LetIn.STANDS_IN),
    )
    return ids().where(_A.id.in_(union(*theirs)))


def officers(tx: Tx, reader: TrayReader) -> tuple[tuple[str, str], ...]:
    """Everybody with an open alert of the council, id and name, by name."""
    holds = select(_A.officer_id).where(open_in(reader.council), not_shut_out(reader.id))
    query = select(t.people.c.id, t.people.c.name).where(t.people.c.id.in_(holds))
    return tuple((row.id, row.name) for row in tx.execute(query.order_by(t.people.c.name)))


def teams_with_alerts(tx: Tx, reader: TrayReader) -> tuple[str, ...]:
    query = select(_A.team).where(open_in(reader.council), _A.team != "")
    query = query.where(not_shut_out(reader.id))
    return tuple(tx.execute(query.distinct().order_by(_A.team)).scalars())


def _listed(asked: AskedList) -> tuple[ColumnElement[bool], ...]:
    reader, filters, day, until = asked
    return (_whose(reader, filters, day), *_narrowed(filters, day, until))


def _state(filters: Filters) -> ColumnElement[bool]:
    return _A.is_filed.is_(False) if filters.not_filed else _A.is_open.is_(True)


def _whose(reader: TrayReader, filters: Filters, day: DayContext) -> ColumnElement[bool]:
    if not reader.in_post:
        return false()
    whole = filters.whose == "service" and reader.whole
    council = _A.council == reader.council if whole else of_council(reader.council)
    here = and_(council, not_shut_out(reader.id))
    if reader.unread:
        here = and_(here, _A.id.not_in(reader.unread))
    if filters.whose == "mine" and filters.not_filed:  # whoever is asked files nothing
        return and_(here, is_own(reader))
    if filters.whose == "mine":
        theirs = union(ids().where(is_own(reader), _state(filters)), asked_now(reader.own))
        return and_(here, _A.id.in_(theirs))
    if whole:
        return here
    ours = or_(_A.team.in_(reader.teams), late_or_waiting_sql.at_any(day.named))
    return and_(here, seen_by(reader, day.named, _state(filters)), ours)


def _narrowed(filters: Filters, day: DayContext, until: date) -> Sequence[ColumnElement[bool]]:
    found = [_state(filters)]
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
