"""What a stranger got past: each way once, with two holders of each post."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts import close, hand_over
from practice_alerts.casework.acts.restrict import restrict
from practice_alerts.casework.directory import audit_samples, post_holders, staff
from practice_alerts.casework.directory.audit_samples import SampleWanted
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.casework.views import formal_alerts, security_log
from practice_alerts.domain.errors import BadAnswers, NotPossible
from tests.helpers.alerts.act_answers import ending
from tests.helpers.product.office import LONG_AGO

if TYPE_CHECKING:
    from practice_alerts.casework.core.loaded_alert import Known
    from tests.helpers.product.office import Desk


def number_of(desk: Desk, who: str) -> int:
    with desk.office.database.reading() as tx:
        return next(one.id for one in directory.holdings_of(tx, "lambeth") if one.person_id == who)


def shut(desk: Desk, found: Known) -> Known:
    desk.give("iro", "boss")
    names = {"second": "boss", "stand_in": "other_iro", "named": []}
    day = (desk.office.today + timedelta(days=60)).isoformat()
    said = {"reason": "A colleague's child.", "look_again": day, **names}
    return restrict(desk.office, found.id, said, desk.doing("iro", found))


def test_neither_the_formal_list_nor_the_security_log_names_a_restricted_alert(desk: Desk) -> None:
    desk.with_readers()
    other, found = desk.raised("stage-1"), desk.raised("stage-1")
    for one in (other, found):
        desk.see("manager", one)
    shut(desk, found)
    listed = repr(formal_alerts.formal_alerts(desk.office, desk.actor("informed")))
    looked = repr(
        security_log.read(desk.office, desk.actor("auditor"), security_log.EntriesWanted())
    )
    for said in (listed, looked):
        assert other.alert.reference in said
        assert found.alert.reference not in said


def test_whoever_is_challenged_takes_nobody_out_of_the_reviewing_service(desk: Desk) -> None:
    desk.give("administrator", "manager")
    desk.raised("stage-1")
    by, today = desk.actor("manager"), desk.office.today
    absence_cover.set_cover(
        desk.office, desk.actor("admin"), Cover("iro", "other_iro", None, today)
    )
    with desk.office.database.reading() as tx:
        (cover,) = directory.coverings(tx, today)
    with pytest.raises(NotPossible):
        post_holders.end_post_now(desk.office, by, number_of(desk, "iro"))
    with pytest.raises(NotPossible):
        post_holders.end_post(desk.office, by, number_of(desk, "other_iro"), today)
    with pytest.raises(NotPossible):
        absence_cover.end_cover(desk.office, by, cover.id, today)
    with pytest.raises(NotPossible):
        staff.leave(desk.office, by, "iro")
    post_holders.end_post_now(desk.office, desk.actor("admin"), number_of(desk, "other_iro"))


def test_whoever_stands_in_for_the_challenged_chooses_nobody_who_reviews(desk: Desk) -> None:
    desk.raised("stage-1")
    until = desk.office.today + timedelta(days=5)
    with desk.office.database.writing() as tx:  # as an earlier version let it stand
        directory.add_cover(tx, "manager", "boss", desk.office.today, until)
    with pytest.raises(NotPossible):
        absence_cover.set_cover(
            desk.office, desk.actor("boss"), Cover("iro", "other_iro", None, until)
        )
    with pytest.raises(NotPossible):
        post_holders.give_post(
            desk.office, desk.actor("boss"), "worker", PostGiven("lambeth", "iro")
        )


def test_a_list_of_people_gives_an_auditor_no_second_post_either(desk: Desk) -> None:
    desk.with_readers()
    with desk.office.database.writing() as tx:
        person = directory.person(tx, "auditor")
        assert person is not None
        with pytest.raises(BadAnswers):
            post_holders.write_given(
                desk.office, tx, desk.actor("admin"), person, PostGiven("lambeth", "iro")
            )


def test_a_sample_drawn_before_names_no_alert_that_was_restricted_since(desk: Desk) -> None:
    desk.with_readers()
    desk.give("iro_manager", "boss")
    alerts = [desk.raised("stage-1") for _ in range(2)]
    wanted = SampleWanted("Are dates kept?", 2, desk.office.today + timedelta(days=5))
    audit_samples.draw(desk.office, desk.actor("qa"), wanted)
    shut(desk, alerts[0])
    for who in ("qa", "boss", "auditor"):
        (listed,) = audit_samples.drawn(desk.office, desk.actor(who))
        assert listed.sample.drawn == (alerts[1].alert.reference,)
        assert listed.restricted == 1


def test_whoever_gives_alerts_to_others_is_told_nothing_of_those_they_may_not_know(
    desk: Desk,
) -> None:
    known, secret = desk.raised("stage-1"), desk.raised("stage-1")
    with desk.office.database.writing() as tx:
        two = directory.DirectoryPerson("boss_two", "Boss Two", "boss_two@practice.invalid")
        directory.add_person(tx, two, [("lambeth", "iro_manager", "")], LONG_AGO)
    shut(desk, secret)
    seen = hand_over.look(desk.office, desk.actor("boss_two"), "iro")
    assert [one.reference for one in seen.alerts] == [known.alert.reference]
    alone = replace(seen, alerts=())
    assert secret.alert.reference not in repr(alone)
    assert not any(isinstance(value, int) for value in vars_of(alone))
    close.close(desk.office, known.id, ending("withdrawn", "x"), desk.doing("iro", known))
    with pytest.raises(NotPossible, match="has no open alert here"):
        hand_over.look(desk.office, desk.actor("boss_two"), "iro")


def vars_of(seen: hand_over.Caseload) -> list[object]:
    return [getattr(seen, one.name) for one in fields(seen)]


@pytest.mark.parametrize(
    "whom", ["iro", "other_iro", "boss", "auditor", "qa", "reserve", "records"]
)
def test_an_administrator_to_whom_alerts_are_sent_touches_nobody_who_reviews_manages_or_audits(
    desk: Desk, whom: str
) -> None:
    """Neither their posts nor their name, sessions, cover, or a post that would keep them from reviewing."""
    desk.with_readers()
    desk.give("administrator", "manager")
    office, by, until = desk.office, desk.actor("manager"), desk.office.today
    held = number_of(desk, whom)
    for refused in (
        lambda: post_holders.end_post_now(office, by, held),
        lambda: post_holders.give_post(office, by, whom, PostGiven("lambeth", "service_manager")),
        lambda: staff.sign_out(office, by, whom),
        lambda: staff.change(office, by, whom, "Manager Sample", f"{whom}@practice.invalid"),
        lambda: staff.leave(office, by, whom),
        lambda: absence_cover.set_cover(office, by, Cover("elsewhere", whom, None, until)),
        lambda: absence_cover.set_cover(office, by, Cover(whom, "worker", None, until)),
    ):
        with pytest.raises((NotPossible, BadAnswers)):
            refused()
    staff.sign_out(office, by, "elsewhere")


@pytest.mark.parametrize("present", ["manager", "worker", "service"])
@pytest.mark.parametrize("by", ["admin", "support"])
def test_nobody_outside_the_service_stands_in_for_whoever_manages_it(
    desk: Desk, by: str, present: str
) -> None:
    desk.with_readers()
    with pytest.raises(BadAnswers, match="reviewing service"):
        absence_cover.set_cover(
            desk.office, desk.actor(by), Cover("boss", present, None, desk.office.today)
        )
