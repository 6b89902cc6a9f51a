"""Chasing an answer: by the officer or the support of the IRO service, told to whoever owes it, and recorded."""

from __future__ import annotations

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.proof import audit_chain
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.alert.events import ReminderSent
from practice_alerts.domain.errors import NotAllowed, NotFound, NotPossible
from tests.helpers.alerts import act_answers
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk

WHY = "Rang twice, and nobody was there."


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a second person in support, one of another council, and a cover for the manager."""
    with desk.office.database.writing() as tx:
        for name, council, post in (
            ("support_two", "lambeth", "iro_support"),
            ("away_support", "merton", "iro_support"),
        ):
            person = DirectoryPerson(name, f"{name} Sample", f"{name}@practice.invalid")
            directory.add_person(tx, person, [(council, post, "")], LONG_AGO)
        directory.add_cover(tx, "manager", "elsewhere", LONG_AGO, day("Mon 2025-06-30"))
    return desk.with_readers()


def remind(desk: Desk, who: str, found: Known) -> Known:
    return VERBS[Act.REMIND](desk.office, found.id, {"text": WHY}, desk.doing(who, found))


def reminded(desk: Desk) -> list[tuple[str, str]]:
    return sorted((who, text) for who, what, text in desk.mails() if what == "reminded")


@pytest.mark.parametrize("who", ["support", "support_two", "iro", "boss"])
def test_whoever_owes_the_answer_and_their_cover_are_written_to(desk: Desk, who: str) -> None:
    found = remind(desk, who, desk.raised("stage-1"))
    letters = reminded(desk)
    assert [to for to, _ in letters] == ["elsewhere", "manager"]
    for _, text in letters:
        assert found.alert.reference in text
        assert "/respond/" in text
        assert WHY not in text
        assert "Kit" not in text
    event = found.alert.happened[-1]
    assert isinstance(event.what, ReminderSent)
    assert (event.by, event.what.text) == (who, WHY)
    assert [one.id for one in event.what.people] == ["manager"]
    assert audit_chain.prove(desk.office).holds


def test_it_stands_in_the_history_of_everybody_who_reads_the_alert(desk: Desk) -> None:
    found = remind(desk, "support", desk.raised("stage-1"))
    for who in ("iro", "manager", "support_two", "auditor", "boss"):
        said = desk.see(who, found).history[-1]
        assert "Reminded the Team Manager" in repr(said)
        assert "Support Sample" in repr(said)


def test_nobody_s_mailbox_is_filled_with_reminders(desk: Desk) -> None:
    found, other = desk.raised("stage-1"), desk.raised("stage-1")
    for who in ("support", "iro", "boss"):
        found = remind(desk, who, found)
    for who in ("support_two", "iro"):
        with pytest.raises(NotPossible, match="3 reminders of this alert have gone out today"):
            remind(desk, who, found)
    remind(desk, "support", other)
    assert [to for to, _ in reminded(desk)] == ["elsewhere"] * 4 + ["manager"] * 4
    desk.at("Tue 2025-06-03")
    assert remind(desk, "support", found).alert.version == found.alert.version + 1


def test_once_answered_or_closed_nobody_is_left_to_remind(desk: Desk) -> None:
    found = desk.raised("stage-1")
    reply = act_answers.reply("Done.", "done")
    found = answer(desk.office, found.id, reply, desk.doing("manager", found))
    with pytest.raises(NotPossible, match="Nobody who can be written to owes an answer now"):
        remind(desk, "support", found)
    assert reminded(desk) == []


@pytest.mark.parametrize("who", ["manager", "elsewhere", "auditor"])
def test_nobody_else_reminds(desk: Desk, who: str) -> None:
    found = desk.raised("stage-1")
    with pytest.raises(NotAllowed):
        remind(desk, who, found)


@pytest.mark.parametrize("who", ["other_iro", "qa", "admin", "worker", "away_support"])
def test_whoever_may_not_open_it_is_told_that_there_is_none(desk: Desk, who: str) -> None:
    found = desk.raised("stage-1")
    with pytest.raises(NotFound):
        remind(desk, who, found)
    assert reminded(desk) == []


def test_support_reads_the_shared_record_alone_and_does_nothing_but_remind_and_file(
    desk: Desk,
) -> None:
    found = desk.raised("stage-1")
    by = found.reader(desk.actor("support"))
    assert [part for part in Part if by.reads(part, "support", ("support",))] == [Part.SHARED]
    theirs = [Act.REMIND, Act.FILE]
    assert [offer.act for offer in desk.see("support", found).offers] == theirs
    for act in set(VERBS) - set(theirs):
        with pytest.raises((NotAllowed, NotPossible)):
            VERBS[act](desk.office, found.id, {}, desk.doing("support", found))


def test_support_that_was_asked_reminds_nobody(desk: Desk) -> None:
    desk.give("iro_support", "manager")
    found = desk.raised("stage-1")
    with pytest.raises(NotAllowed):
        remind(desk, "manager", found)
