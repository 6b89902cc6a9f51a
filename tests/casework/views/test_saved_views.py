"""Views of the work tray, kept under a name: filters and nothing of any case, for one person alone."""

import pytest

from practice_alerts.adapters.store.office import saved_views
from practice_alerts.adapters.store.office.saved_views import SavedView
from practice_alerts.casework.views import saved_views as views
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.standing.standings import Pile
from tests.helpers.product.office import Desk

LATE = Filters(pile=Pile.LATE)


def names(desk: Desk, who: str) -> list[str]:
    return [one.name for one in views.mine(desk.office, who)]


def test_a_view_is_found_again_by_its_owner_and_by_nobody_else(desk: Desk) -> None:
    views.keep(desk.office, "iro", "  Monday   morning ", LATE)
    assert [(one.name, one.filters) for one in views.mine(desk.office, "iro")] == [
        ("Monday morning", LATE)
    ]
    assert names(desk, "other_iro") == []


def test_the_same_name_again_keeps_the_newer_filters(desk: Desk) -> None:
    views.keep(desk.office, "iro", "Late", LATE)
    views.keep(desk.office, "iro", "Late", Filters(past_cap=True))
    assert [one.filters for one in views.mine(desk.office, "iro")] == [Filters(past_cap=True)]


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\x07bell"])
def test_a_view_without_a_fit_name_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(BadAnswers, match="Name the view"):
        views.keep(desk.office, "iro", name, LATE)


def test_nobody_keeps_more_views_than_they_find_again(desk: Desk) -> None:
    for number in range(views.MOST):
        views.keep(desk.office, "iro", f"View {number}", LATE)
    with pytest.raises(BadAnswers, match="Remove one first"):
        views.keep(desk.office, "iro", "One more", LATE)
    views.keep(desk.office, "iro", "View 3", Filters(past_cap=True))
    assert len(names(desk, "iro")) == views.MOST


def test_a_view_is_removed_by_its_owner_alone(desk: Desk) -> None:
    kept = views.keep(desk.office, "iro", "Late", LATE)
    views.remove(desk.office, "other_iro", kept.id)
    assert names(desk, "iro") == ["Late"]
    views.remove(desk.office, "iro", kept.id)
    assert names(desk, "iro") == []


def test_a_view_that_this_version_cannot_read_is_left_out(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        saved_views.put(tx, SavedView("old", "iro", "Old", {"colour": "red"}))
    assert names(desk, "iro") == []
