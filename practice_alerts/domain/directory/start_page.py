"""On which page somebody begins, by the posts they hold."""

from collections.abc import Mapping
from enum import StrEnum

from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.complete import complete
from practice_alerts.domain.procedure.posts import OFFICE_POSTS


class StartPage(StrEnum):
    """A page on which a day can begin."""

    TRAY = "the work tray"
    SERVICE = "the whole service"
    OVERVIEW = "the overview"
    DIRECTORY = "the directory"
    FORMAL = "the formal alerts"


_OF_OFFICE_POST: Mapping[str, StartPage] = complete(
    OFFICE_POSTS,
    {
        "iro_manager": StartPage.SERVICE,
        "reserve_manager": StartPage.TRAY,
        "qa_lead": StartPage.OVERVIEW,
        "administrator": StartPage.DIRECTORY,
        "auditor": StartPage.SERVICE,
        "iro_support": StartPage.TRAY,
        "informed_director": StartPage.FORMAL,
    },
)


def start_pages(actor: Actor) -> tuple[StartPage, ...]:
    """The pages of this person's posts, the one on which they begin first.

    Whoever raises or answers alerts, or stands in for somebody who does, begins with what waits for them. The
    work tray is everybody's.
    """
    works_cases = bool((actor.posts | actor.covered_posts) - OFFICE_POSTS.keys())
    of_office = [page for post, page in _OF_OFFICE_POST.items() if post in actor.posts]
    first = [StartPage.TRAY] if works_cases else []
    return tuple(dict.fromkeys((*first, *of_office, StartPage.TRAY)))
