"""Who reads an alert from before although nobody meant them: shown to the manager, let go by one press."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts.adapters.files.procedures import FORMAT, load_edition
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.proof import audit_chain
from practice_alerts.casework.views.wrong_readers import let_go, wrongly_let_in
from practice_alerts.domain.directory.office_permissions import NotYours
from practice_alerts.domain.errors import NotAllowed, NotFound
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.product.office import LONG_AGO, TEAM, Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Merton, where a team has three social workers, under an edition of the first format."""
    opened = open_desk(tmp_path / "data", council="merton")
    with opened.office.database.writing() as tx:
        for who in ("sw_a", "sw_b", "sw_z"):
            person = DirectoryPerson(who, f"{who} Sample", f"{who}@practice.invalid")
            directory.add_person(tx, person, [("merton", "social_worker", TEAM)], LONG_AGO)
    then = opened.office.council("merton").texts
    old = load_edition({name: text for name, text in then.items() if name != FORMAT})
    councils = {**opened.office.councils, "merton": old}
    yield replace(opened, office=replace(opened.office, councils=councils))
    opened.office.database.close()


def as_it_was_sent(desk: Desk) -> Known:
    """The form names the third; the first by name was asked, as nobody looked at the form."""
    wrong = wanted(desk, "practice_alert", "stage-1", social_worker="sw_z Sample")
    wrong = replace(wrong, asked=("sw_a",), instead_reason="As it was.")
    found = raise_alert(desk.office, wrong, desk.doing("iro"))
    assert "sw_a" in {one.id for one in found.run.sent.asked}
    return found


def forget_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before, nobody was asked for one."""
    monkeypatch.setattr("practice_alerts.casework.core.who_gets_it.Recipients.replaced", {})


def test_the_manager_lets_go_whoever_was_asked_in_place_of_the_one_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_the_reason(monkeypatch)
    found = as_it_was_sent(desk)
    assert desk.see("sw_a", found).known.id == found.id
    (listed,) = wrongly_let_in(desk.office, desk.actor("boss"))
    assert (listed.reference, [one.id for one in listed.people]) == (
        found.alert.reference,
        ["sw_a"],
    )
    found = let_go(desk.office, found.id, desk.doing("boss", found))
    with pytest.raises(NotFound):
        desk.see("sw_a", found)
    assert desk.see("iro", found).history[-1].what == "No longer read by sw_a Sample"
    assert wrongly_let_in(desk.office, desk.actor("boss")) == ()
    assert audit_chain.prove(desk.office).holds


def test_pressing_again_does_nothing_and_nobody_else_may(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_the_reason(monkeypatch)
    found = as_it_was_sent(desk)
    with pytest.raises(NotYours):
        wrongly_let_in(desk.office, desk.actor("iro"))
    with pytest.raises((NotAllowed, NotFound)):
        let_go(desk.office, found.id, desk.doing("sw_a", found))
    found = let_go(desk.office, found.id, desk.doing("boss", found))
    again = let_go(desk.office, found.id, desk.doing("boss", found))
    assert again.alert.version == found.alert.version


def test_whoever_was_chosen_with_a_reason_stays(desk: Desk) -> None:
    as_it_was_sent(desk)
    assert wrongly_let_in(desk.office, desk.actor("boss")) == ()
