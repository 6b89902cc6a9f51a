"""All open alerts of an officer who falls ill are given to others at once."""

import pytest

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import answer, close, hand_over
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.hand_over import HandedOver
from practice_alerts.casework.core import record
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.jobs import digest
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Reassigned
from practice_alerts.domain.errors import BadAnswers, Expected, NotFound, NotPossible
from tests.helpers.alerts.act_answers import ending, promise, reply
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk

SOUTH, WEST = "Sample Team South", "Sample Team West"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Three officers, two managers of the service, team managers of three teams, and people of a second council."""
    more = (
        ("third_iro", "lambeth", "iro", ""),
        ("boss_two", "lambeth", "iro_manager", ""),
        ("west", "lambeth", "team_manager", WEST),
        ("merton_iro", "merton", "iro", ""),
        ("merton_boss", "merton", "iro_manager", ""),
    )
    with desk.office.database.writing() as tx:
        for name, council, post, team in more:
            one = DirectoryPerson(name, f"{name.title()} Sample", f"{name}@practice.invalid")
            directory.add_person(tx, one, [(council, post, team)], LONG_AGO)
    return desk


@pytest.fixture
def three(desk: Desk) -> list[Known]:
    """Three open alerts of the officer's, of three teams; one closed, and one of another officer's."""
    found = [desk.raised("stage-1", team=team) for team in (SOUTH, WEST)]
    found.append(desk.raised("stage-2"))
    closed = desk.raised("stage-1")
    close.close(desk.office, closed.id, ending("withdrawn", "x"), desk.doing("iro", closed))
    desk.raised("stage-1", "other_iro")
    return found


def give(desk: Desk, to: dict[str, str], by: str = "boss", key: str = "pressed") -> HandedOver:
    doing = desk.doing(by, act_key=key)
    return hand_over.hand_over(desk.office, "iro", to, "Taken ill.", doing)


def now(desk: Desk, found: Known) -> Known:
    with desk.office.database.reading() as tx:
        return load(desk.office, tx, found.id)


def officers(desk: Desk, every: list[Known]) -> list[str]:
    return [now(desk, one).alert.officer.id for one in every]


def mails(desk: Desk, *names: str) -> list[tuple[str, str]]:
    return sorted((to, notice) for to, notice, _ in desk.mails() if notice in names)


def test_the_open_alerts_are_listed_with_their_dates_the_earliest_first(
    desk: Desk, three: list[Known]
) -> None:
    seen = hand_over.look(desk.office, desk.actor("boss"), "iro")
    assert {one.id for one in seen.alerts} == {one.id for one in three}
    days = [one.due for one in seen.alerts]
    assert days == sorted(days, key=str)
    assert all(one.in_words.startswith("Friday 6 June 2025, LAM-") for one in seen.alerts[:2])
    assert set(seen.everybody) == {"other_iro", "third_iro"}


def test_the_date_of_one_on_hold_is_the_end_of_the_hold(desk: Desk, three: list[Known]) -> None:
    said = reply("It will be done.", "will_be_done", "2025-06-20", "Manager Sample")
    found = answer.answer(desk.office, three[1].id, said, desk.doing("west", three[1]))
    held = promise(day("Fri 2025-06-20"), "Manager Sample")
    VERBS[Act.HOLD](desk.office, found.id, held, desk.doing("iro", found))
    last = hand_over.look(desk.office, desk.actor("boss"), "iro").alerts[-1]
    assert (last.id, last.due) == (found.id, day("Fri 2025-06-20"))


def test_each_has_its_own_event_with_the_reason_and_each_person_one_message(
    desk: Desk, three: list[Known]
) -> None:
    to = {three[0].id: "other_iro", three[1].id: "other_iro", three[2].id: "third_iro"}
    done = give(desk, to)
    assert officers(desk, three) == ["other_iro", "other_iro", "third_iro"]
    for one in three:
        last = now(desk, one).alert.happened[-1]
        assert (last.by, last.what.reason) == ("boss", "Taken ill.")  # type: ignore[union-attr]
        assert isinstance(last.what, Reassigned)
    assert (set(done.given), done.left) == ({one.alert.reference for one in three}, {})
    told = mails(desk, "handed_on", "handed_on_together", "handed_over")
    assert told == [
        ("iro", "handed_over"),
        ("other_iro", "handed_on_together"),
        ("third_iro", "handed_on_together"),
    ]
    text = next(text for to, name, text in desk.mails() if (to, name) == told[1])
    assert three[0].alert.reference in text
    assert three[1].alert.reference in text
    assert three[2].alert.reference not in text
    assert prove(desk.office).holds


def test_the_dates_run_on_as_they_were(desk: Desk, three: list[Known]) -> None:
    before = [desk.see("boss", one).clocks for one in three]
    desk.at("Wed 2025-06-04")
    give(desk, {one.id: "third_iro" for one in three})
    assert [desk.see("boss", one).clocks for one in three] == before


def test_pressed_twice_nothing_happens_again(desk: Desk, three: list[Known]) -> None:
    to = {one.id: "other_iro" for one in three}
    first = give(desk, to)
    versions = [now(desk, one).alert.version for one in three]
    sent = len(desk.mails())
    assert give(desk, to).given == first.given
    assert give(desk, {one.id: "third_iro" for one in three}).given == first.given
    assert [now(desk, one).alert.version for one in three] == versions
    assert len(desk.mails()) == sent
    with pytest.raises(NotPossible, match="no open alert"):
        give(desk, to, key="another press")


def test_the_key_of_somebody_else_has_done_nothing(desk: Desk, three: list[Known]) -> None:
    give(desk, {three[0].id: "other_iro"})
    give(desk, {three[1].id: "third_iro"}, by="boss_two")
    assert officers(desk, three) == ["other_iro", "third_iro", "iro"]


def test_what_the_new_officer_may_not_take_stays_with_the_reason(
    desk: Desk, three: list[Known]
) -> None:
    with desk.office.database.writing() as tx:  # stood in for one of those asked, while it ran
        directory.add_cover(tx, "west", "third_iro", desk.office.today, desk.office.today)
    desk.at("Tue 2025-06-03")
    done = give(desk, {one.id: "third_iro" for one in three})
    assert officers(desk, three) == ["third_iro", "iro", "third_iro"]
    assert done.left == {three[1].alert.reference: "Third_Iro Sample is challenged by it."}
    assert set(done.given) == {three[0].alert.reference, three[2].alert.reference}


def test_a_manager_whom_an_alert_challenges_gives_it_to_nobody(
    desk: Desk, three: list[Known]
) -> None:
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "elsewhere", "boss", desk.office.today, desk.office.today)
    desk.at("Tue 2025-06-03")
    done = give(desk, {one.id: "other_iro" for one in three})
    assert officers(desk, three) == ["iro", "other_iro", "other_iro"]
    assert list(done.left) == [three[0].alert.reference]
    assert "it challenges you" in done.left[three[0].alert.reference]


def test_where_none_can_be_given_nothing_happens_and_each_is_said(
    desk: Desk, three: list[Known]
) -> None:
    with desk.office.database.writing() as tx:
        for away in ("west", "elsewhere", "service"):
            directory.add_cover(tx, away, "third_iro", desk.office.today, desk.office.today)
    sent = len(desk.mails())
    with pytest.raises(BadAnswers) as told:
        give(desk, {one.id: "third_iro" for one in three})
    assert all(one.alert.reference in told.value.faults[""] for one in three)
    assert (officers(desk, three), len(desk.mails())) == (["iro"] * 3, sent)


@pytest.mark.parametrize("fault", ["nobody chosen", "no reason", "too long", "no key"])
def test_a_form_that_is_not_filled_gives_nothing(
    desk: Desk, three: list[Known], fault: str
) -> None:
    to = {} if fault == "nobody chosen" else {one.id: "other_iro" for one in three}
    reason = {"no reason": " ", "too long": "x" * 1001}.get(fault, "Taken ill.")
    doing = desk.doing("boss", act_key=" " if fault == "no key" else "pressed")
    with pytest.raises(Expected):
        hand_over.hand_over(desk.office, "iro", to, reason, doing)
    assert officers(desk, three) == ["iro"] * 3


@pytest.mark.parametrize("who", ["iro", "other_iro", "manager", "qa", "admin", "director"])
def test_nobody_but_the_manager_of_the_service_gives_them(
    desk: Desk, three: list[Known], who: str
) -> None:
    with pytest.raises(NotFound):
        give(desk, {one.id: "other_iro" for one in three}, by=who)
    with pytest.raises(NotFound):
        hand_over.look(desk.office, desk.actor(who), "iro")
    assert officers(desk, three) == ["iro"] * 3


def test_another_council_has_no_say_and_its_officers_take_none(
    desk: Desk, three: list[Known]
) -> None:
    there = Desk(desk.office, desk.clock, "merton")
    with pytest.raises(Expected):
        hand_over.look(desk.office, there.actor("merton_boss"), "iro")
    with pytest.raises(Expected):
        give(desk, {one.id: "merton_iro" for one in three})
    assert officers(desk, three) == ["iro"] * 3


def test_whoever_stands_in_for_the_new_officer_hears_of_it_too(
    desk: Desk, three: list[Known]
) -> None:
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "third_iro", "other_iro", desk.office.today, desk.office.today)
    give(desk, {one.id: "third_iro" for one in three})
    assert mails(desk, "handed_on_together") == [
        ("other_iro", "handed_on_together"),
        ("third_iro", "handed_on_together"),
    ]


def test_whoever_has_left_is_written_to_no_more(desk: Desk, three: list[Known]) -> None:
    with desk.office.database.writing() as tx:
        directory.remove_person(tx, "iro", desk.office.now())
    desk.at("Tue 2025-06-03")
    give(desk, {one.id: "third_iro" for one in three})
    assert not mails(desk, "handed_over")


def test_when_one_of_them_cannot_be_written_none_is(
    desk: Desk, three: list[Known], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All or nothing: the second alert fails to be written, and the first is not given either."""
    written = record.record
    done: list[str] = []

    def fails(office: object, tx: object, alert_id: str, *more: object) -> Known:
        if done:
            raise RuntimeError("the disk is full")
        done.append(alert_id)
        return written(office, tx, alert_id, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(hand_over, "record", fails)
    with pytest.raises(RuntimeError):
        give(desk, {one.id: "third_iro" for one in three})
    assert officers(desk, three) == ["iro"] * 3
    with desk.office.database.reading() as tx:
        kinds = [row.kind for row in tx.execute(tables.events.select())]
    assert "reassigned" not in kinds


def gathered(desk: Desk, who: str) -> str:
    """The message of the day, as it leaves now."""
    with desk.office.database.reading() as tx:
        made = digest.message_as_it_goes(desk.office, tx, who, desk.office.now())
    return made.text.body if made.text else ""


def test_what_is_told_of_it_is_asked_again_when_it_leaves(desk: Desk, three: list[Known]) -> None:
    desk.at("Mon 2025-06-02 18:00")
    give(desk, {one.id: "other_iro" for one in three})
    first, second, third = (now(desk, one) for one in three)
    close.close(desk.office, first.id, ending("withdrawn", "x"), desk.doing("other_iro", first))
    back = {"to": "iro", "reason": "She is well again."}
    VERBS[Act.HAND_ON](desk.office, second.id, back, desk.doing("boss", second))
    desk.at("Tue 2025-06-03 07:30")
    yours = "These alerts have been given to you, all at once."
    others = "These alerts of yours have been given to other officers, all at once."
    new, old = gathered(desk, "other_iro"), gathered(desk, "iro")
    of_new, of_old = new[new.index(yours) :], old[old.index(others) :]
    for told in (of_new.partition("Everything")[0], of_old.partition("What is still")[0]):
        assert third.alert.reference in told
        assert first.alert.reference not in told
        assert second.alert.reference not in told


def test_nothing_is_told_of_it_where_nothing_of_it_is_so_any_more(
    desk: Desk, three: list[Known]
) -> None:
    desk.at("Mon 2025-06-02 18:00")
    give(desk, {one.id: "other_iro" for one in three})
    desk.at("Mon 2025-06-02 19:00")
    for one in [now(desk, each) for each in three]:
        back = {"to": "iro", "reason": "She is well again."}
        VERBS[Act.HAND_ON](desk.office, one.id, back, desk.doing("boss", one))
    desk.at("Tue 2025-06-03 07:30")
    assert "all at once" not in gathered(desk, "other_iro") + gathered(desk, "iro")
