"""Whoever is asked says that it is not theirs, and the officer redirects it: the date stands, the former read no further."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.casework.acts import act_form
from practice_alerts.casework.acts.answer import AskedView, asked
from practice_alerts.casework.acts.answering import redirect
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import declare_interest
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.domain.alert.events import Sent
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotFound, NotPossible
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.product.office import Desk
from tests.helpers.stories.restricting import enter_seconds, restricted
from tests.helpers.stories.sampleford import TEAMS, hire, sampleford

CHILD = ChildMeant(case_number="s 100001", reason="My niece.")
HOLDERS = {"manager_2", "elsewhere", "elsewhere_2", "west"}
"""Who else is a team manager, in the three teams."""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two in each post, three teams; `elsewhere` covers `manager`, `iro_2` the officer."""
    enter_seconds(desk)
    return desk


def do(desk: Desk, act: Act, found: Known, who: str, **typed: str) -> Known:
    return VERBS[act](desk.office, found.id, typed, desk.doing(who, found))


def said(desk: Desk, who: str = "manager", who_else: str = "") -> Known:
    found = desk.raised("stage-1")
    return do(desk, Act.NOT_THEIRS, found, who, text="Ravenwhy", who_else=who_else)


def offered(desk: Desk, found: Known) -> dict[str, str]:
    with desk.office.database.reading() as tx:
        form = act_form.act_form(desk.office, tx, found, Act.REDIRECT, desk.actor("iro"))
    return {one.id: dict(one.options or {}) for one in form.fields()}.get("to", {})


def are_asked(found: Known) -> list[tuple[str, str]]:
    return [(one.id, one.post) for one in found.run.sent.asked]


def mails(desk: Desk) -> Counter[tuple[str, str]]:
    return Counter((who, kind) for who, kind, _ in desk.mails())


def page_of(desk: Desk, found: Known, who: str) -> AskedView:
    with desk.office.database.reading() as tx:
        every = current_state.askings_of(tx, found.id)
        address = next(one for one in every if one.person_id == who)
        return asked(desk.office, tx, who, address.id)


def test_by_one_press_somebody_else_is_asked_and_the_date_stands(desk: Desk) -> None:
    found = said(desk, who_else="West Sample of Team West")
    dates, before = desk.dates(found), mails(desk)
    assert redirect.suggested(desk.office, found) == {"whose": "manager", "to": "west"}
    found = do(desk, Act.REDIRECT, found, "iro", **redirect.suggested(desk.office, found))
    assert are_asked(found) == [("west", "Team Manager")]
    assert desk.dates(found) == dates
    assert mails(desk) - before == Counter([("west", "asked")])
    assert "not theirs" not in desk.see("iro", found).where.sentence
    line = desk.see("iro", found).history[-1]
    to, was = "West Sample, Team Manager", "Manager Sample, Team Manager"
    assert line.what == f"Redirected: {to} is asked in place of {was}"
    sent = next(one.what for one in found.alert.happened if isinstance(one.what, Sent))
    assert [one.id for one in sent.asked] == ["manager"], "the first asking stays on record"
    done = act_answers.reply("It is done.", "done")
    found = do(desk, Act.ANSWER, found, "west", **done)
    assert found.run.answers[-1].answer.by.id == "west"
    assert prove(desk.office).holds


def test_offered_is_everybody_else_in_the_post_with_their_team(desk: Desk) -> None:
    found = said(desk)
    able = offered(desk, found)
    assert set(able) == HOLDERS
    assert able["west"] == "West Sample, Team Manager, Team West"
    assert able["elsewhere"] == "Elsewhere Sample, Team Manager, Sample Team South"
    assert redirect.suggested(desk.office, found) == {"whose": "manager"}, "none of four is meant"


@pytest.mark.parametrize("typed", [{"to": "west"}, {"name": "West Sample"}])
def test_whoever_declared_an_interest_is_neither_offered_nor_taken(
    desk: Desk, typed: dict[str, str]
) -> None:
    found = said(desk)
    declare_interest.declare(desk.office, desk.actor("west"), CHILD)
    with desk.office.database.reading() as tx:
        found = load(desk.office, tx, found.id)
    assert set(offered(desk, found)) == HOLDERS - {"west"}
    with pytest.raises(BadAnswers):
        do(desk, Act.REDIRECT, found, "iro", **typed)
    assert are_asked(found) == [("manager", "Team Manager")]


@pytest.mark.parametrize("who", ["Manager Sample", "Iro Sample", "Other_Iro Sample", "Boss Sample"])
def test_nobody_who_is_asked_already_or_of_the_reviewing_side_is_typed(
    desk: Desk, who: str
) -> None:
    with pytest.raises(BadAnswers, match="cannot be asked about this child"):
        do(desk, Act.REDIRECT, said(desk), "iro", name=who)


@pytest.mark.parametrize("typed", [{}, {"to": "west", "name": "Robin Outside"}, {"to": "service"}])
def test_one_is_chosen_or_typed_and_only_of_the_post(desk: Desk, typed: dict[str, str]) -> None:
    with pytest.raises(BadAnswers):
        do(desk, Act.REDIRECT, said(desk), "iro", **typed)


def test_a_typed_person_is_written_to_by_hand(desk: Desk) -> None:
    found, before = said(desk), mails(desk)
    dates = desk.dates(found)
    found = do(desk, Act.REDIRECT, found, "iro", name="Robin Outside")
    assert [(one.id, one.name) for one in found.run.sent.asked] == [("", "Robin Outside")]
    assert mails(desk) == before
    assert [one.name for _, one in to_do_by_hand(found.alert)] == ["Robin Outside"]
    assert desk.dates(found) == dates
    number = found.run.number
    whom = f"{number}:Robin Outside, Team Manager"
    found = do(
        desk, Act.BY_HAND, found, "iro", whom=whom, on="2025-06-02", text="On paper by post."
    )
    assert to_do_by_hand(found.alert) == ()


def test_a_typed_name_of_somebody_in_the_directory_is_theirs(desk: Desk) -> None:
    found = do(desk, Act.REDIRECT, said(desk), "iro", name="West Sample")
    assert are_asked(found) == [("west", "Team Manager")]


def test_the_former_read_what_they_wrote_and_nothing_since(desk: Desk) -> None:
    found = said(desk)
    found = do(desk, Act.REDIRECT, found, "iro", to="west", reason="Ravenlater")
    found = do(desk, Act.ASK_QUESTION, found, "west", text="Ravenasks")
    found = do(desk, Act.NOTE, found, "iro", text="Ravennote")
    found = do(desk, Act.ANSWER, found, "west", **act_answers.reply("Ravenanswer", "done"))
    for who in ("manager", "elsewhere"):  # and whoever stands in for them
        with pytest.raises(NotFound):
            desk.see(who, found)
        assert work_tray.search(desk.office, desk.actor(who), found.alert.reference) == ()
        assert work_tray.search(desk.office, desk.actor(who), "Ravenlater") == ()
        for act in (Act.ANSWER, Act.NOT_THEIRS, Act.ASK_QUESTION):
            assert not found.may(desk.actor(who), act)
    view = page_of(desk, found, "manager")
    assert not view.is_present
    read = repr(view.known.alert)
    assert "Ravenwhy" in read
    later = ("Ravenlater", "Ravenasks", "Ravennote", "Ravenanswer", "West")
    assert [word for word in later if word in read] == []
    assert "Ravenlater" in repr(desk.see("west", found))


def test_the_cover_of_either_says_and_does_it_and_that_of_the_new_one_answers(desk: Desk) -> None:
    found = said(desk, "elsewhere")
    before = mails(desk)
    found = do(desk, Act.REDIRECT, found, "iro_2", to="elsewhere")
    found = do(desk, Act.NOT_THEIRS, found, "elsewhere", text="Nor ours.")
    found = do(desk, Act.REDIRECT, found, "iro", to="manager")
    assert are_asked(found) == [("manager", "Team Manager")]
    written = {who for who, kind in mails(desk) - before if kind == "asked"}
    assert written == {"elsewhere", "manager"}
    assert found.may(desk.actor("manager"), Act.SEE), "to whom it comes back is let in again"
    found = do(desk, Act.ANSWER, found, "elsewhere", **act_answers.reply("For them.", "done"))
    assert found.run.answers


def test_of_a_restricted_alert_the_new_one_is_let_in_and_the_former_let_go(desk: Desk) -> None:
    found = restricted(desk, said(desk), "worker_2", second="boss_2", stand_in="iro_3")
    assert not found.may(desk.actor("iro_2"), Act.REDIRECT)
    assert not desk.can_open("west", found)
    before = mails(desk)
    found = do(desk, Act.REDIRECT, found, "iro_3", to="west")
    assert desk.can_open("west", found)
    assert not desk.can_open("manager", found)
    assert {who for who, _ in mails(desk) - before} == {"west"}
    for who in ("elsewhere", "manager_2", "boss", "iro_2"):
        assert not desk.can_open(who, found)


@pytest.mark.parametrize("who", ["manager", "elsewhere", "west", "service", "boss", "other_iro"])
def test_only_the_officers_side_redirects(desk: Desk, who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        do(desk, Act.REDIRECT, said(desk), who, to="west")


def test_without_somebody_who_says_so_there_is_nothing_to_redirect(desk: Desk) -> None:
    with pytest.raises(NotPossible, match="Nobody who is asked says"):
        do(desk, Act.REDIRECT, desk.raised("stage-1"), "iro", to="west")
    found = said(desk)
    found = do(desk, Act.ANSWER, found, "manager", **act_answers.reply("Mine after all.", "done"))
    with pytest.raises(NotPossible, match="Nobody who is asked says"):
        do(desk, Act.REDIRECT, found, "iro", to="west")


def test_pressed_twice_it_is_redirected_once(desk: Desk) -> None:
    found = said(desk)
    doing = desk.doing("iro", found, "this page")
    verb = VERBS[Act.REDIRECT]
    once, twice = (verb(desk.office, found.id, {"to": "west"}, doing) for _ in "12")
    assert once.alert.version == twice.alert.version == found.alert.version + 1
    assert mails(desk)["west", "asked"] == 1


def test_of_two_who_say_so_it_is_said_whose_place_is_taken(tmp_path: Path) -> None:
    both = {"all_of": ["team_manager", "service_manager"]}
    desk = sampleford(tmp_path, {"answer": {"from": both, "within": "5 working days"}})
    raising = replace(wanted(desk, "concern", "stage-1"), asked=("team_manager", "service_manager"))
    found = raise_alert(desk.office, raising, desk.doing("iro"))
    for team in TEAMS:
        for post in ("team_manager", "service_manager"):
            hire(desk, f"{post}_{team.split()[-1]}", post, team)
    for who in ("team_manager", "service_manager"):
        found = do(desk, Act.NOT_THEIRS, found, who, text="Not here.")
    with pytest.raises(BadAnswers):
        do(desk, Act.REDIRECT, found, "iro", to="service_manager_2")
    with pytest.raises(BadAnswers, match="choose somebody in the post of Team Manager"):
        do(desk, Act.REDIRECT, found, "iro", whose="team_manager", to="service_manager_2")
    dates = desk.dates(found)
    found = do(
        desk, Act.REDIRECT, found, "iro", whose="service_manager", to="service_manager_South"
    )
    assert [who for who, _ in are_asked(found)] == ["team_manager", "service_manager_South"]
    assert [one.whose.id for one in found.run.not_theirs] == ["team_manager"]
    assert desk.dates(found) == dates
    assert desk.can_open("team_manager", found)
    assert not desk.can_open("service_manager", found)
    for who in ("team_manager", "service_manager_South"):
        found = do(desk, Act.ANSWER, found, who, **act_answers.reply("Done.", "done"))
    assert found.run.yet_to_answer == ()
    desk.office.database.close()
