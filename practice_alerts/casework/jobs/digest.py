"""The message of the day: what is somebody's to do, and all news that did not go at once. Nothing of any case."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import Final

from practice_alerts.adapters.store.alerts import reminder_candidates, tray_rows
from practice_alerts.adapters.store.alerts.let_in_rows import TrayReader
from practice_alerts.adapters.store.alerts.tray_rows import AskedList, Brief
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.adapters.store.office.outbox import Gathered, NewNotice
from practice_alerts.casework.acts import hand_over
from practice_alerts.casework.core.actors import actor_in, actors
from practice_alerts.casework.core.list_status import day_of, moments_of
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.core.notice_facts import alert_page
from practice_alerts.casework.directory.preferences import without_digest
from practice_alerts.casework.jobs.when_to_send import (
    MORNING,
    councils_for,
    is_morning,
    works_today,
)
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.dates import LONDON, DayOrMoment, london_date
from practice_alerts.domain.notices.texts import NoticeFacts, NoticeItem, Notices, Text
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.standing.standings import NEEDS_OFFICER, Pile
from practice_alerts.office import Office

MOST_LISTED: Final = 30
"""The rest stands in the work tray."""
_ANSWERED_BY: Final = frozenset({Pile.LATE, Pile.WAITING})
"""Of which the day is that of the answer, or of whatever else is waited for first."""

Some = tuple[Gathered, ...]

MESSAGE: Final = "digest"
"""The name under which it lies in the outbox."""


@dataclass(frozen=True, slots=True)
class MessageOfTheDay:
    """What goes out, if anything does, the notices within it, and those that need not go any more."""

    text: Text | None
    within: tuple[str, ...] = ()
    needless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One open alert of the reader's, and the day that it is about."""

    brief: Brief
    day: DayOrMoment | None

    @property
    def needs_officer(self) -> bool:
        return self.brief.pile in NEEDS_OFFICER


def write_digests(office: Office) -> int:
    """Write to everybody who has something, once each day that their council works; how many."""
    if not is_morning(office):
        return 0
    with office.database.reading() as tx:
        day = _Day(office, tx)
        messages = {who: day.message(who, office.now()) for who in _readers(day)}
    return sum(_write(office, who, one) for who, one in messages.items())


def message_as_it_goes(office: Office, tx: Tx, who: str, written_at: datetime) -> MessageOfTheDay:
    """What a message written then says at this moment: nothing where its day is over.

    Of a day that is over the news waits for the next message.
    """
    if london_date(written_at) != office.today:
        return MessageOfTheDay(None)
    return _Day(office, tx).message(who, written_at)


@dataclass(frozen=True)
class _Day:
    """Today, for one look at the store."""

    office: Office
    tx: Tx

    @cached_property
    def works(self) -> Callable[[str], bool]:
        """Does a council work today?"""
        return cache(
            lambda council: self.office.calendar(council, self.tx).is_working(self.office.today)
        )

    @cached_property
    def officers(self) -> frozenset[str]:
        return frozenset(reminder_candidates.officers(self.tx))

    @cached_property
    def unwanted(self) -> frozenset[str]:
        return without_digest(self.tx)

    def message(self, who: str, written_at: datetime) -> MessageOfTheDay:
        """The list of what is theirs, if they want it, and below it the news that was there by then."""
        own = {who, *directory.covers_for(self.tx, who, self.office.today)} & self.officers
        facts = None
        if own and who not in self.unwanted:
            facts = _facts(self, who, own)
        texts = self.office.notices()
        listed = texts.write("digest", facts) if facts else None
        may, needless = _gathered(self.office, self.tx, who, written_at)
        news = tuple(Text(one.subject, one.body) for one in may)
        text = _in_one(texts, listed, news)
        return MessageOfTheDay(text, _ids(may), _ids(needless))


def _in_one(texts: Notices, listed: Text | None, news: tuple[Text, ...]) -> Text | None:
    """One piece of news alone goes as it was written."""
    if not news:
        return listed
    if listed is None and len(news) == 1:
        return news[0]
    all_news = texts.write("news", NoticeFacts(news=news))
    return listed.followed_by(all_news) if listed else all_news


def _readers(day: _Day) -> tuple[str, ...]:
    """Who may have something and was written no message today."""
    office, tx = day.office, day.tx
    found = {one.person_id for one in outbox.gathered(tx)}
    found |= reminder_candidates.readers(tx, day.officers, office.today).keys() - day.unwanted
    done = outbox.written(tx, (_once(office, reader) for reader in found))
    return tuple(sorted(one for one in found if _once(office, one) not in done))


def _facts(day: _Day, who: str, own: Iterable[str]) -> NoticeFacts | None:
    """What the digest is filled with; None where there is nothing to say."""
    office, tx = day.office, day.tx
    items: list[Item] = []
    in_post = {one.council for one in directory.posts_of(tx, who, office.today)}
    for council in in_post & office.councils.keys():
        if not day.works(council):
            continue
        reader = TrayReader(council, who, frozenset(own))
        asked = AskedList(reader, Filters(), day_of(office, tx), office.today)
        items += [
            Item(one, _day(one))
            for one in tray_rows.briefs(tx, asked)
            if one.is_own and one.pile is not Pile.NO_LADDER
        ]
    if {*own} != {who}:
        items = _that_they_can_open(office, tx, who, items)
    if not items:
        return None
    items.sort(key=lambda one: (not one.needs_officer, one.brief.first_due, one.brief.reference))
    return _counted(office, [*_to_the_hour(office, tx, items[:MOST_LISTED]), *items[MOST_LISTED:]])


def _that_they_can_open(office: Office, tx: Tx, who: str, items: list[Item]) -> list[Item]:
    """Of alerts of those for whom somebody stands in: without any that is not for a cover to read."""
    known = load_each(office, tx, (one.brief.id for one in items))
    by = {one.council: one for one in actors(office, tx, who)}
    at = {name: (one, by.get(one.files.id)) for name, one in known.items()}
    able = {name for name, (one, actor) in at.items() if actor and one.may(actor, Act.SEE)}
    return [one for one in items if one.brief.id in able]


def _to_the_hour(office: Office, tx: Tx, items: list[Item]) -> Iterator[Item]:
    """With the time of day where a clock runs in hours, which the rows of lists do not keep."""
    timed = [one.brief for one in items if one.brief.pile in _ANSWERED_BY and one.day]
    moments = moments_of(office, tx, {one.id: one.at for one in timed})
    for one in items:
        yield replace(one, day=moments.get(one.brief.id, one.day))


def _day(one: Brief) -> date | None:
    """The day that the pile's words are about."""
    match one.pile:
        case Pile.ESCALATE:
            return one.escalate_by
        case Pile.LATE | Pile.WAITING:
            return one.response_due
        case Pile.HOLD_ENDED | Pile.ON_HOLD:
            return one.hold_until
        case _:
            return None


def _counted(office: Office, items: list[Item]) -> NoticeFacts:
    today = office.today
    sunday = today + timedelta(days=6 - today.weekday())
    piles = [one.brief.pile for one in items]
    ending = [one for one in items if one.brief.pile is Pile.ON_HOLD and one.day]
    return NoticeFacts(
        due=today,
        needs_you=sum(one.needs_officer for one in items),
        to_judge=piles.count(Pile.REVIEW),
        waiting=piles.count(Pile.WAITING),
        holds=sum(one.day is not None and london_date(one.day) <= sunday for one in ending),
        listed=tuple(_listed(office, one) for one in items[:MOST_LISTED]),
        more=len(items[MOST_LISTED:]),
        link=f"{office.settings.base_url}/app/tray",
    )


def _listed(office: Office, one: Item) -> NoticeItem:
    reference, pile = one.brief.reference, one.brief.pile.facts
    what = pile.with_date if one.day else pile.in_digest
    return NoticeItem(reference, what, one.day, alert_page(office, reference))


def _write(office: Office, reader: str, message: MessageOfTheDay) -> bool:
    """As it stands now; it is made anew when it is sent."""
    if message.text is None and not message.needless:
        return False
    with office.database.writing() as tx:
        outbox.drop(tx, message.needless)
        if message.text is None:
            return False
        new = NewNotice(reader, MESSAGE, message.text.subject, message.text.body)
        return outbox.write_once(tx, new, _once(office, reader), office.now())


def _once(office: Office, reader: str) -> str:
    return f"digest:{reader}:{office.today}"


def _gathered(office: Office, tx: Tx, who: str, written_at: datetime) -> tuple[Some, Some]:
    """Those that go today, and those that need not: their reader cannot open the alert, or has acted on it since.

    What was done after seven is for the next morning, and so is what was written after the message: a second
    try says what the first did.
    """
    seven = datetime.combine(office.today, MORNING, LONDON)
    waiting = (
        one
        for one in outbox.gathered(tx, who)
        if one.written_at <= written_at and (one.once or one.written_at < seven)
    )

    @cache
    def works(council: str | None) -> bool:
        return works_today(office, tx, councils_for(office, tx, council, who))

    here = tuple(one for one in waiting if works(one.council))
    known = load_each(office, tx, {one.alert_id for one in here if one.alert_id})
    councils = {one.files.id for one in known.values()}
    actors = {council: actor_in(office, tx, who, council) for council in councils}
    able = {name for name, one in known.items() if one.may(actors[one.files.id], Act.SEE)}
    every = [
        _as_it_holds(office, tx, one)
        for one in here
        if one.alert_id is None
        or (one.alert_id in able and not _has_acted(known[one.alert_id], who, one.written_at))
    ]
    news = tuple(one for one in every if one)
    return news, tuple(one for one in here if one.id not in _ids(news))


def _as_it_holds(office: Office, tx: Tx, one: Gathered) -> Gathered | None:
    """What lists alerts says those of which it is still so."""
    if one.notice not in hand_over.TOLD:
        return one
    text = hand_over.as_it_holds(office, tx, one.person_id, one.notice, one.body)
    return replace(one, subject=text.subject, body=text.body) if text else None


def _has_acted(found: Known, who: str, since: datetime) -> bool:
    """Whoever has done something to the alert has seen how it stands."""
    return any(one.by == who and one.at > since for one in found.alert.happened)


def _ids(these: Iterable[Gathered]) -> tuple[str, ...]:
    return tuple(one.id for one in these)
