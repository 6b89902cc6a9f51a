"""Piles of the work tray, and what narrows a list down."""

from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.standing.standings import STANDINGS, Pile, Standing


def test_every_standing_belongs_to_a_pile_and_every_pile_has_its_words() -> None:
    assert set(STANDINGS) == set(Standing)
    assert {standing.pile for standing in Standing} == set(Pile)
    assert all(pile.facts.words for pile in Pile)


def test_every_open_pile_but_that_without_a_ladder_has_words_for_the_morning_message() -> None:
    told = {pile for pile in Pile if pile.facts.in_digest or pile.facts.with_date}
    assert told == set(Pile) - {Pile.NO_LADDER, Pile.CLOSED}


def test_the_log_knows_every_standing_without_todays_date() -> None:
    told = {(one.facts.without_today or one).value for one in Standing}
    assert told == {one.value for one in Standing} - {
        *("no answer", "a step is late", "not put right in time", "hold ended"),
        "the reviewing officer is asked",
    }


def test_what_is_kept_of_a_view_is_only_what_somebody_chose() -> None:
    chosen = Filters(whose="service", pile=Pile.LATE, within=5)
    assert chosen.written == {"whose": "service", "pile": "late", "within": 5}
    assert Filters.read(chosen.written) == chosen


def test_an_address_says_the_same_in_words() -> None:
    assert Filters.read({"pile": "late", "within": "5", "no_slack": "true"}) == Filters(
        pile=Pile.LATE, within=5, no_slack=True
    )


def test_a_filter_of_another_version_is_not_guessed_at() -> None:
    assert Filters.read({"pile": "no such pile"}) is None
    assert Filters.read({"colour": "red"}) is None


def test_whose_alerts_they_are_narrows_nothing_down() -> None:
    assert not Filters(whose="service").narrow
    assert Filters(whose="service", past_cap=True).narrow
