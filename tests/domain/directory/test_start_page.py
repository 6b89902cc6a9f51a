"""On which page each post begins, and somebody with several."""

import pytest

from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import (
    OfficeAct,
    StartPage,
    may_run,
    start_pages,
)
from practice_alerts.domain.procedure.posts import OFFICE_POSTS


def holding(*posts: str, covered: frozenset[str] = frozenset()) -> Actor:
    return Actor("p1", "P. Sample", "lambeth", frozenset(posts), covered_posts=covered)


@pytest.mark.parametrize(
    ("posts", "pages"),
    [
        (("iro",), (StartPage.TRAY,)),
        (("team_manager",), (StartPage.TRAY,)),
        (("director",), (StartPage.TRAY,)),
        (("iro_manager",), (StartPage.SERVICE, StartPage.TRAY)),
        (("qa_lead",), (StartPage.OVERVIEW, StartPage.TRAY)),
        (("administrator",), (StartPage.DIRECTORY, StartPage.TRAY)),
        (("auditor",), (StartPage.SERVICE, StartPage.TRAY)),
        (("informed_director",), (StartPage.FORMAL, StartPage.TRAY)),
        (("iro_support",), (StartPage.TRAY,)),
        (("reserve_manager",), (StartPage.TRAY,)),
        (("information_officer",), (StartPage.RECORDS, StartPage.TRAY)),
        (("iro_manager", "iro"), (StartPage.TRAY, StartPage.SERVICE)),
        (("team_manager", "administrator"), (StartPage.TRAY, StartPage.DIRECTORY)),
        (("director", "informed_director"), (StartPage.TRAY, StartPage.FORMAL)),
        (
            ("qa_lead", "administrator", "iro_manager"),
            (StartPage.SERVICE, StartPage.OVERVIEW, StartPage.DIRECTORY, StartPage.TRAY),
        ),
    ],
)
def test_work_on_cases_comes_first_then_the_posts_of_the_office_in_their_order(
    posts: tuple[str, ...], pages: tuple[StartPage, ...]
) -> None:
    assert start_pages(holding(*posts)) == pages


def test_whoever_stands_in_for_an_officer_begins_with_what_waits_for_them() -> None:
    standing_in = holding("iro_manager", covered=frozenset({"iro"}))
    assert start_pages(standing_in) == (StartPage.TRAY, StartPage.SERVICE)
    assert start_pages(holding(covered=frozenset({"team_manager"}))) == (StartPage.TRAY,)
    for_the_office = holding("qa_lead", covered=frozenset({"administrator"}))
    assert start_pages(for_the_office)[0] is StartPage.OVERVIEW


TAKES = {
    StartPage.SERVICE: OfficeAct.SEE_SERVICE,
    StartPage.OVERVIEW: OfficeAct.SEE_OVERVIEW,
    StartPage.DIRECTORY: OfficeAct.SEE_DIRECTORY,
    StartPage.FORMAL: OfficeAct.SEE_FORMAL,
    StartPage.RECORDS: OfficeAct.SEE_RECORDS,
}


@pytest.mark.parametrize("post", OFFICE_POSTS)
def test_nobody_begins_on_a_page_that_is_shut_to_them(post: str) -> None:
    somebody = holding(post)
    first = start_pages(somebody)[0]
    assert first is StartPage.TRAY or may_run(somebody, TAKES[first], "lambeth")
