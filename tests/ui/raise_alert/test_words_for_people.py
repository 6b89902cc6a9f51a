"""Who is offered, named and said to be written to: by the council's titles, and nobody who was not reached."""

from pathlib import Path

import pytest

from practice_alerts.casework.acts.raise_alert import Raising, prepare
from practice_alerts.casework.core.actors import title_of
from practice_alerts.casework.views.alert_view import KnownPerson, chosen_of, offered_for
from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.forms.form import NOBODY
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.wording.telling_words import BY_YOU, how_asked, raise_words
from tests.helpers.files.real_councils import council, procedure_of
from tests.helpers.product.office import TEAM
from tests.helpers.stories.odd_councils import open_odd

ROLES = {
    "iro": {"title": "Reviewing Officer", "in_iro_service": True},
    "iro_manager": {"title": "Head of Reviewing", "in_iro_service": True},
    "manager": {"title": "Team Manager"},
}


def test_a_post_of_the_office_bears_the_title_that_the_council_gives_it() -> None:
    assert title_of(procedure_of(roles=ROLES), "iro_manager") == "Head of Reviewing"
    assert title_of(procedure_of(), "iro_manager") == "IRO manager"
    assert title_of(procedure_of(), "administrator") == "Administrator"


def test_whoever_stands_in_is_told_with_one_full_stop(tmp_path: Path) -> None:
    desk = open_odd("standby", tmp_path, "Mon 2026-06-01 09:00")
    wish = Raising("standby", "concern", {"team": TEAM, "raised_as": "looked_after"}, "one")
    with desk.office.database.reading() as tx:
        made = prepare(desk.office, tx, desk.actor("iro_a"), wish)
    whys = [line.why for line in made.reached.lines]
    assert "Team Manager stands in for Practice Lead" in whys
    assert not [why for why in whys if why.endswith(".")]


def test_only_those_in_the_directory_are_said_to_be_asked_in_writing() -> None:
    known = Person(id="tm", name="Toni Sample", post="Team Manager")
    typed = Person(id="", name="Una Typed", post="Social Worker")
    assert list(how_asked((known, typed))) == [
        "Toni Sample, Team Manager: asked in writing to answer.",
        f"Una Typed, Social Worker: {BY_YOU}.",
    ]


PEOPLE = (
    KnownPerson(
        "far",
        "Ada Sample",
        frozenset({"social_worker"}),
        "SW, South",
        frozenset({("social_worker", "South")}),
    ),
    KnownPerson("iro", "Bea Sample", frozenset({"iro"}), "IRO", frozenset({("iro", "")})),
    KnownPerson(
        "near",
        "Cat Sample",
        frozenset({"social_worker"}),
        "SW, North",
        frozenset({("social_worker", "North")}),
    ),
    KnownPerson(
        "whole",
        "Dan Sample",
        frozenset({"social_worker"}),
        "SW",
        frozenset({("social_worker", "")}),
    ),
    KnownPerson("admin", "Eve Sample", frozenset({"administrator"}), "Administrator"),
)


def test_offered_are_the_holders_of_the_post_those_of_the_team_first() -> None:
    offered = [one.id for one in offered_for(PEOPLE, "social_worker", "North")]
    assert offered == ["near", "whole", "far"]
    assert [one.id for one in offered_for(PEOPLE, "social_worker", "South")] == [
        *("far", "whole", "near"),
    ]


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Cat Sample (SW, North)", "near"),
        ("Bea Sample", "iro"),
        ("Una Typed", None),
        (NOBODY, None),
        ("", None),
    ],
)
def test_anybody_else_is_typed_and_found_in_the_directory_by_the_name(
    said: str, known: str | None
) -> None:
    found = chosen_of(PEOPLE, said)
    assert (found.id if found else None) == known


def test_of_two_of_one_name_none_is_guessed() -> None:
    again = KnownPerson("iro_2", "Bea Sample", frozenset({"iro"}), "IRO, North")
    assert chosen_of((*PEOPLE, again), "Bea Sample") is None
    assert chosen_of((*PEOPLE, again), "Bea Sample (IRO, North)") == again


# -- the heading while raising ---------------------------------------------------------------------


def test_the_heading_is_that_of_the_kind_that_is_chosen() -> None:
    lambeth = council("lambeth").procedure
    assert raise_words(lambeth) == "Raise a practice alert"
    assert raise_words(lambeth, "practice_alert") == "Raise a practice alert"
    assert raise_words(lambeth, "good_practice") == "Raise: Good practice alert"


def two_kinds() -> Procedure:
    kinds = {
        "concern": {"title": "Concern", "ladder": "main"},
        "service": {"title": "Concern about a service", "ladder": "main"},
    }
    return procedure_of(kinds=kinds, title="Resolving concerns")


def test_with_several_kinds_none_stands_for_all() -> None:
    assert raise_words(two_kinds()) == "Raise an alert"
    assert raise_words(two_kinds(), "service") == "Raise: Concern about a service"
