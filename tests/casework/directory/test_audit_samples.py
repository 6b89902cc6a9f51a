"""An audit sample: drawn by chance, for some days, with a reason, kept in the chain and told to the service."""

from __future__ import annotations

import pytest

from practice_alerts.adapters.store.alerts import directory_events
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import audit_samples, post_holders, second_person
from practice_alerts.casework.directory.audit_samples import SampleListed, SampleWanted
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.proof import audit_chain
from practice_alerts.casework.views import work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.acts.permissions import Act, Relation, relations
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.directory import audit_samples as rules
from practice_alerts.domain.directory.directory_acts import AuditSampleDrawn
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from practice_alerts.domain.standing.list_filters import Filters
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk

WHY = "Are answers in time followed up?"
UNTIL = day("Mon 2025-06-09")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a second QA lead, a second IRO manager, and two people of another council."""
    with desk.office.database.writing() as tx:
        for name, council, post in (
            ("qa_two", "lambeth", "qa_lead"),
            ("boss_two", "lambeth", "iro_manager"),
            ("away_qa", "merton", "qa_lead"),
            ("away_boss", "merton", "iro_manager"),
        ):
            person = DirectoryPerson(name, f"{name} Sample", f"{name}@practice.invalid")
            directory.add_person(tx, person, [(council, post, "")], LONG_AGO)
    return desk


def draw(desk: Desk, who: str = "qa", how_many: int = 1) -> AuditSampleDrawn:
    return audit_samples.draw(desk.office, desk.actor(who), SampleWanted(WHY, how_many, UNTIL))


def can_open(desk: Desk, who: str, alerts: list[Known]) -> set[str]:
    return {one.alert.reference for one in alerts if desk.can_open(who, one)}


def some_alerts(desk: Desk) -> list[Known]:
    return [desk.raised("stage-1", who) for who in ("iro", "other_iro", "iro", "other_iro")]


def test_a_qa_lead_opens_no_alert_and_lists_none(desk: Desk) -> None:
    alerts = some_alerts(desk)
    assert can_open(desk, "qa", alerts) == set()
    assert work_tray.offered(desk.office, desk.actor("qa")) == ("mine",)
    wanted = Wanted(Filters(whose="service"))
    assert work_tray.tray(desk.office, desk.actor("qa"), wanted).parts == ()
    assert work_tray.search(desk.office, desk.actor("qa"), "LAM-") == ()


def test_who_draws_reads_what_was_drawn_and_nothing_else(desk: Desk) -> None:
    alerts = some_alerts(desk)
    sample = draw(desk, how_many=2)
    assert len(sample.drawn) == 2
    assert can_open(desk, "qa", alerts) == set(sample.drawn)
    assert can_open(desk, "qa_two", alerts) == set()
    (one, *_) = [known for known in alerts if known.alert.reference in sample.drawn]
    seen = desk.see("qa", one)
    assert seen.relations == {Relation.AUDIT_SAMPLE}
    assert seen.offers == ()
    by = one.reader(desk.actor("qa"))
    assert [part for part in Part if by.reads(part)] == [Part.SHARED]


def test_it_ends_after_its_last_day_and_with_the_post(desk: Desk) -> None:
    alerts = some_alerts(desk)
    sample = draw(desk)
    desk.at("Mon 2025-06-09 23:30")
    assert can_open(desk, "qa", alerts) == set(sample.drawn)
    desk.at("Tue 2025-06-10")
    assert can_open(desk, "qa", alerts) == set()
    again = draw_until(desk, "Mon 2025-06-16")
    assert can_open(desk, "qa", alerts) == set(again.drawn)
    with desk.office.database.reading() as tx:
        held = next(one for one in directory.holdings_of(tx, "lambeth") if one.person_id == "qa")
    desk.give("social_worker", "qa")
    post_holders.end_post_now(desk.office, COMMAND_LINE, held.id)
    assert can_open(desk, "qa", alerts) == set()


def draw_until(desk: Desk, last: str) -> AuditSampleDrawn:
    return audit_samples.draw(desk.office, desk.actor("qa"), SampleWanted(WHY, 1, day(last)))


def test_nobody_draws_again_until_the_wanted_one_comes(desk: Desk) -> None:
    some_alerts(desk)
    draw(desk)
    with pytest.raises(NotPossible, match="You read a sample until Monday 9 June 2025"):
        draw(desk)
    assert draw(desk, "qa_two").person == "qa_two"


def test_chance_decides_and_whoever_has_the_event_draws_the_same(desk: Desk) -> None:
    references = [one.alert.reference for one in some_alerts(desk)]
    sample = draw(desk, how_many=2)
    assert sample.among == len(references)
    assert rules.draw(references, 2, sample.seed) == sample.drawn
    assert rules.draw(reversed(references), 2, sample.seed) == sample.drawn
    assert draw(desk, "qa_two", 2).seed != sample.seed
    drawn = {rules.draw(references, 1, str(seed)) for seed in range(100)}
    assert drawn == {(one,) for one in references}


def test_it_is_drawn_of_this_council_s_alerts_of_the_last_year(desk: Desk) -> None:
    old = desk.at("Mon 2024-05-06").raised("stage-1").alert.reference
    new = desk.at("Mon 2025-06-02").raised("stage-1").alert.reference
    sample = draw(desk, how_many=5)
    assert sample.drawn == (new,)
    assert old not in sample.drawn


def test_it_is_kept_in_the_chain_and_the_service_sees_it(desk: Desk) -> None:
    some_alerts(desk)
    sample = draw(desk)
    assert audit_chain.prove(desk.office).holds
    with desk.office.database.reading() as tx:
        (kept,) = directory_events.happened(tx, "lambeth")
    assert (kept.by, kept.what) == ("qa", sample)
    assert (sample.reason, sample.name, sample.until) == (WHY, "Qa Sample", UNTIL)
    for who in ("boss", "boss_two", "qa_two"):
        assert audit_samples.drawn(desk.office, desk.actor(who)) == (SampleListed(sample, 0),)
    assert second_person.look(desk.office, desk.actor("boss"), "lambeth").entries == ()
    sync_log.catch_up(desk.office)


def test_the_managers_and_whoever_has_the_alert_are_told_and_nothing_of_the_case(
    desk: Desk,
) -> None:
    alerts = some_alerts(desk)
    (reference,) = draw(desk).drawn
    officer = next(one.alert.officer.id for one in alerts if one.alert.reference == reference)
    told = {(who, what) for who, what, _ in desk.mails() if what.startswith("audit")}
    assert told == {
        (officer, "audit_of_alert"),
        ("boss", "audit_drawn"),
        ("boss_two", "audit_drawn"),
    }
    said = "\n".join(text for _, what, text in desk.mails() if what.startswith("audit"))
    assert reference in said
    assert "Monday 9 June 2025" in said
    for word in (WHY, "Kit", "Muster", "S-100001"):
        assert word not in said


@pytest.mark.parametrize("who", ["iro", "manager", "boss", "admin", "worker", "away_boss"])
def test_nobody_else_draws(desk: Desk, who: str) -> None:
    some_alerts(desk)
    with pytest.raises(NotYours):
        draw(desk, who)


@pytest.mark.parametrize("who", ["iro", "manager", "admin", "director", "away_qa", "away_boss"])
def test_nobody_else_sees_what_was_drawn(desk: Desk, who: str) -> None:
    some_alerts(desk)
    draw(desk)
    desk.council = "merton" if who.startswith("away") else "lambeth"
    actor = desk.actor(who)
    if who.startswith("away"):
        assert audit_samples.drawn(desk.office, actor) == ()
    else:
        with pytest.raises(NotYours):
            audit_samples.drawn(desk.office, actor)


def test_a_command_draws_nothing(desk: Desk) -> None:
    some_alerts(desk)
    with pytest.raises(NotYours):
        audit_samples.draw(desk.office, COMMAND_LINE, SampleWanted(WHY, 1, UNTIL))


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (SampleWanted(" ", 1, UNTIL), "reason"),
        (SampleWanted("x\x00", 1, UNTIL), "reason"),
        (SampleWanted("x" * 501, 1, UNTIL), "reason"),
        (SampleWanted(WHY, 0, UNTIL), "how_many"),
        (SampleWanted(WHY, 6, UNTIL), "how_many"),
        (SampleWanted(WHY, 1, None), "until"),
        (SampleWanted(WHY, 1, day("Sun 2025-06-01")), "until"),
        (SampleWanted(WHY, 1, day("Mon 2025-06-30")), "until"),
    ],
)
def test_what_is_asked_for_is_looked_at(desk: Desk, wanted: SampleWanted, field: str) -> None:
    some_alerts(desk)
    with pytest.raises(BadAnswers) as refused:
        audit_samples.draw(desk.office, desk.actor("qa"), wanted)
    assert set(refused.value.faults) == {field}


def test_where_there_is_nothing_to_draw_it_says_so(desk: Desk) -> None:
    with pytest.raises(NotPossible, match="No alert was raised here"):
        draw(desk)


def test_a_qa_lead_whom_the_procedure_names_reads_by_that_post(desk: Desk) -> None:
    """Lambeth's QA service gets copies; whoever holds that post reads what was copied to them, as anybody."""
    desk.give("qa_service", "qa_two")
    found = desk.raised("stage-1")
    assert relations(desk.actor("qa_two"), found.alert) == {Relation.COPIED}
    assert not desk.can_open("qa", found)
    for act in set(Act) - {Act.SEE}:
        assert not found.may(desk.actor("qa_two"), act)
    with pytest.raises(NotFound):
        desk.see("qa", found)
