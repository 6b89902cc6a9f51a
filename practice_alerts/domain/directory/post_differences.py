"""Which posts somebody would be given, and which would end, so that they hold those of a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    post_ended,
)
from practice_alerts.domain.directory.people_file import PersonLine
from practice_alerts.domain.directory.vacancies import HeldPost
from practice_alerts.domain.procedure.posts import OFFICE_POSTS

_DAY = timedelta(days=1)

PostDifference = tuple[DirectoryChanged, HeldPost | None]
"""What would change, and the post that it ends."""


@dataclass(frozen=True, slots=True)
class WantedPosts:
    """Somebody, the posts of theirs that are not over by the list, and every post they have, had or will have."""

    person: str
    name: str
    lines: tuple[PersonLine, ...]
    held: tuple[HeldPost, ...]

    def current(self, today: date) -> tuple[HeldPost, ...]:
        """Of the procedure's posts: those of running the office no list gives or ends."""
        return tuple(
            one
            for one in self.held
            if one.post not in OFFICE_POSTS and (one.until is None or one.until >= today)
        )

    def runs_office(self, today: date) -> bool:
        return any(
            one.post in OFFICE_POSTS and (one.until is None or one.until >= today)
            for one in self.held
        )

    def begun_before(self, today: date) -> tuple[PersonLine, ...]:
        """Lines with a first day to come, of posts that run already."""
        running = [one for one in self.current(today) if one.since <= today]
        return tuple(
            line
            for line in self.lines
            if line.since and line.since > today
            if any(_what(one) == line.what and one.on(line.since) for one in running)
        )


def posts_otherwise(wanted: WantedPosts, today: date) -> Iterator[PostDifference]:
    lines = {one.what: one for one in wanted.lines}
    last_day = _last_day_of_former(wanted.lines, today)
    for held in wanted.current(today):
        if _what(held) not in lines and (held.until is None or held.until > last_day):
            yield _ended(wanted, held, last_day), held
    for what, line in lines.items():
        same = [one for one in wanted.held if _what(one) == what]
        yield from _as_listed(wanted, line, same, today)


def _as_listed(
    wanted: WantedPosts, line: PersonLine, same: Sequence[HeldPost], today: date
) -> Iterator[PostDifference]:
    """Of one post of the list; `same` is that post as it was, is and will be held."""
    beyond = [one for one in same if line.until and one.since > line.until]
    for held in beyond:
        yield _ended(wanted, held, line.until or today), held
    within = [one for one in same if one not in beyond]
    live = [one for one in within if one.until is None or one.until >= today]
    if live:
        yield from _extended_or_cut(wanted, line, live)
        yield from _begun_sooner(wanted, line, within, live, today)
    else:
        since = max([line.since or today, *_free_from(within)])
        yield from _given(wanted, line, since, line.until)


def _last_day_of_former(lines: Sequence[PersonLine], today: date) -> date:
    """Yesterday; where what takes its place begins later, the day before that."""
    begins = min((one.since or today for one in lines), default=today)
    return max(begins, today) - _DAY


def _extended_or_cut(
    wanted: WantedPosts, line: PersonLine, live: Sequence[HeldPost]
) -> Iterator[PostDifference]:
    ends = [one.until for one in live if one.until]
    end = max(ends) if len(ends) == len(live) else None
    if end and (line.until is None or line.until > end):
        yield from _given(wanted, line, max(end + _DAY, line.since or end), line.until)
    elif line.until and (end is None or end > line.until):
        for held in live:
            if held.until is None or held.until > line.until:
                yield _ended(wanted, held, line.until), held


def _begun_sooner(
    wanted: WantedPosts,
    line: PersonLine,
    same: Sequence[HeldPost],
    live: Sequence[HeldPost],
    today: date,
) -> Iterator[PostDifference]:
    """A post to come that has begun by the list, or begins before it was to."""
    start = min(one.since for one in live)
    if line.since and today < start and line.since < start:
        before = [one for one in same if one.since < start]
        yield from _given(wanted, line, max([line.since, *_free_from(before)]), start - _DAY)


def _free_from(held: Sequence[HeldPost]) -> list[date]:
    return [one.until + _DAY for one in held if one.until]


def _given(
    wanted: WantedPosts, line: PersonLine, since: date, until: date | None
) -> Iterator[PostDifference]:
    if until is not None and until < since:
        return
    given = DirectoryChanged(
        change=DirectoryChange.POST_GIVEN,
        person=wanted.person,
        name=wanted.name,
        post=line.post,
        team=line.team,
        since=since,
        until=until,
    )
    yield given, None


def _ended(wanted: WantedPosts, held: HeldPost, last_day: date) -> DirectoryChanged:
    """Under the name that the list has."""
    return post_ended(replace(held, name=wanted.name), last_day)


def _what(held: HeldPost) -> tuple[str, str]:
    return held.post, held.team.casefold()
