"""Whatever somebody holds and whatever a list says: taken over once, it leaves nothing to do, and rewrites no past."""

from datetime import date, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from practice_alerts.domain.directory.directory_acts import DirectoryChange
from practice_alerts.domain.directory.people_file import PersonLine
from practice_alerts.domain.directory.post_differences import WantedPosts, posts_otherwise
from practice_alerts.domain.directory.vacancies import HeldPost

TODAY = date(2025, 6, 2)
DAYS = st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days))
POSTS = st.sampled_from(["iro", "team_manager", "administrator"])
TEAMS = st.sampled_from(["", "North", "South", "West"])
LISTED = st.sampled_from(["iro", "team_manager"])


@st.composite
def held(draw: st.DrawFn) -> tuple[HeldPost, ...]:
    """Any posts of one person, no two of the same post and team at once."""
    found: list[HeldPost] = []
    for number in range(draw(st.integers(0, 6))):
        since = draw(DAYS)
        length = draw(st.none() | st.integers(0, 30))
        until = None if length is None else since + timedelta(days=length)
        one = HeldPost(number, "nia", "Nia", draw(POSTS), draw(TEAMS), since, until)
        if not any(meet(one, other) for other in found):
            found.append(one)
    return tuple(found)


def meet(one: HeldPost, other: HeldPost) -> bool:
    ends = (one.until or date.max, other.until or date.max)
    same = (one.post, one.team) == (other.post, other.team)
    return same and one.since <= ends[1] and other.since <= ends[0]


@st.composite
def listed(draw: st.DrawFn) -> tuple[PersonLine, ...]:
    lines: dict[tuple[str, str], PersonLine] = {}
    for number in range(draw(st.integers(0, 4))):
        since, until = (
            draw(st.none() | DAYS),
            draw(st.none() | DAYS.filter(lambda day: day >= TODAY)),
        )
        if since and until and until < since:
            since, until = until, since
        if until is None or until >= TODAY:
            line = PersonLine(number, "Nia", "nia@x", draw(LISTED), draw(TEAMS), since, until)
            lines[line.what] = line
    return tuple(lines.values())


def taken_over(before: tuple[HeldPost, ...], lines: tuple[PersonLine, ...]) -> tuple[HeldPost, ...]:
    """As the directory would hold it then."""
    after = {one.id: one for one in before}
    numbers = count(100)
    for what, ended in posts_otherwise(WantedPosts("nia", "Nia", lines, before), TODAY):
        if what.change is DirectoryChange.POST_GIVEN:
            assert what.since
            number = next(numbers)
            new = HeldPost(number, "nia", "Nia", what.post, what.team, what.since, what.until)
            assert not [one for one in after.values() if meet(one, new)]
            after[number] = new
        else:
            assert ended
            assert what.until
            cut = after.pop(ended.id)
            if cut.since <= what.until:
                days = (cut.since, what.until)
                after[cut.id] = HeldPost(cut.id, "nia", "Nia", cut.post, cut.team, *days)
    return tuple(after.values())


def on(posts: tuple[HeldPost, ...], when: date) -> set[tuple[str, str]]:
    return {(one.post, one.team) for one in posts if one.on(when)}


@given(held(), listed())
def test_a_list_taken_over_leaves_nothing_to_do(
    before: tuple[HeldPost, ...], lines: tuple[PersonLine, ...]
) -> None:
    after = taken_over(before, lines)
    assert [*posts_otherwise(WantedPosts("nia", "Nia", lines, after), TODAY)] == []


@given(held(), listed())
def test_what_was_held_before_today_stays_as_it_was(
    before: tuple[HeldPost, ...], lines: tuple[PersonLine, ...]
) -> None:
    after = taken_over(before, lines)
    for days in range(1, 40):
        when = TODAY - timedelta(days=days)
        assert on(before, when) <= on(after, when)


@given(held(), listed())
def test_posts_of_running_the_office_are_no_matter_of_a_list(
    before: tuple[HeldPost, ...], lines: tuple[PersonLine, ...]
) -> None:
    after = taken_over(before, lines)
    theirs = {one for one in before if one.post == "administrator"}
    assert theirs == {one for one in after if one.post == "administrator"}


@given(held(), listed())
def test_in_the_end_whoever_is_listed_holds_what_is_listed_and_nothing_else(
    before: tuple[HeldPost, ...], lines: tuple[PersonLine, ...]
) -> None:
    after = taken_over(before, lines)
    for when in (TODAY + timedelta(days=days) for days in (41, 90)):
        wanted = {(one.post, one.team) for one in lines if one.until is None or one.until >= when}
        assert {one for one in on(after, when) if one[0] != "administrator"} == wanted
