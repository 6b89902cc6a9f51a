"""Filed on the record: by whom, up to where, and what is not filed yet, for two holders of each post and three teams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import sources
from practice_alerts.casework.proof import audit_chain
from practice_alerts.casework.views import service, work_tray
from practice_alerts.casework.views.tray_parts import ORDER, Wanted
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Filed
from practice_alerts.domain.documents.file_note import file_note
from practice_alerts.domain.errors import BadAnswers, Expected, NotAllowed, NotFound
from practice_alerts.domain.standing.list_filters import Filters
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, TEAM, Desk, open_desk
from tests.helpers.stories.crowded import printed

TEAMS = (TEAM, "Sample Team South", "Sample Team East")
STAFF = (
    ("manager_two", "lambeth", "team_manager", TEAM),
    ("far_manager", "lambeth", "team_manager", TEAMS[2]),
    ("boss_two", "lambeth", "iro_manager", ""),
    ("support_two", "lambeth", "iro_support", ""),
    ("away_support", "merton", "iro_support", ""),
    ("away_iro", "merton", "iro", ""),
)
NUMBER = "MOS-4711"
NOT_FILED = Filters(whose="service", not_filed=True)


def staffed(desk: Desk) -> Desk:
    with desk.office.database.writing() as tx:
        for name, council, post, team in STAFF:
            person = DirectoryPerson(name, f"{name} Sample", f"{name}@practice.invalid")
            directory.add_person(tx, person, [(council, post, team)], LONG_AGO)
        directory.add_cover(tx, "iro", "other_iro", LONG_AGO, day("Mon 2026-06-01"))
    return desk.with_readers()


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return staffed(desk)


def filed(desk: Desk, who: str, found: Known, on: str = "", text: str = "") -> Known:
    answers = {"on": on or desk.office.today.isoformat(), "document": NUMBER, "text": text}
    return VERBS[Act.FILE](desk.office, found.id, answers, desk.doing(who, found))


def answered(desk: Desk, found: Known) -> Known:
    return answer(
        desk.office, found.id, act_answers.reply("Done.", "done"), desk.doing("manager", found)
    )


def closed(desk: Desk, found: Known) -> Known:
    said = act_answers.ending("put_right", "There is a plan.")
    return close(desk.office, found.id, said, desk.doing("iro", found))


def listed(desk: Desk, who: str, filters: Filters = NOT_FILED) -> set[str]:
    found = work_tray.tray(desk.office, desk.actor(who), Wanted(filters))
    assert all(part.count == len(part.lines) for part in found.parts)
    return {line.row.reference for part in found.parts for line in part.lines}


@pytest.mark.parametrize("who", ["iro", "other_iro", "support", "support_two"])
@pytest.mark.parametrize("is_closed", [False, True])
def test_the_officers_side_and_support_file_open_and_closed_alerts(
    desk: Desk, who: str, is_closed: bool
) -> None:
    found = answered(desk, desk.raised("stage-1"))
    found = closed(desk, found) if is_closed else found
    version = found.alert.version
    found = filed(desk, who, found, text="With the answer.")
    event = found.alert.happened[-1]
    assert isinstance(event.what, Filed)
    assert (event.by, event.what.document, event.what.up_to) == (who, NUMBER, version)
    assert event.what.until == found.alert.happened[version - 1].at
    assert found.alert.is_filed
    assert audit_chain.prove(desk.office).holds


@pytest.mark.parametrize("who", ["manager", "boss", "boss_two", "auditor"])
def test_nobody_else_who_reads_it_says_that_it_is_filed(desk: Desk, who: str) -> None:
    found = desk.raised("stage-1")
    with pytest.raises(NotAllowed):
        filed(desk, who, found)


@pytest.mark.parametrize("who", ["manager_two", "far_manager", "qa", "away_support", "away_iro"])
def test_whoever_may_not_open_it_learns_of_none(desk: Desk, who: str) -> None:
    found = desk.raised("stage-1")
    with pytest.raises(NotFound):
        filed(desk, who, found)


def test_what_came_after_the_day_of_filing_is_not_filed(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    found = answered(desk.at("Tue 2025-06-03"), found)
    found = filed(desk.at("Wed 2025-06-04"), "support", found, on="2025-06-02")
    assert found.alert.filed is not None
    assert found.alert.filed.up_to == 2  # raised, sent
    assert not found.alert.is_filed
    assert listed(desk, "boss") == {found.alert.reference}
    found = filed(desk, "support_two", found, on="2025-06-03")
    assert found.alert.is_filed
    assert listed(desk, "boss") == set()
    earlier = filed(desk, "iro", found, on="2025-06-02")
    assert earlier.alert.is_filed


@pytest.mark.parametrize(
    ("on", "says"), [("2025-06-04", "a day that has come"), ("2025-06-01", "raised on")]
)
def test_a_day_to_come_or_before_it_was_raised_is_refused(desk: Desk, on: str, says: str) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    with pytest.raises(BadAnswers) as refused:
        filed(desk.at("Tue 2025-06-03"), "support", found, on=on)
    assert says in refused.value.faults["on"]


def test_history_tells_number_and_words_and_the_document_the_fact_alone(desk: Desk) -> None:
    found = filed(desk, "support", desk.raised("stage-1"), text="With the plan.")
    fact = "Filed on the record, Monday 2 June 2025: everything up to Monday 2 June 2025 at 09:00"
    for who in ("iro", "manager", "boss", "support_two"):
        line = desk.see(who, found).history[-1]
        assert line.what == fact
        assert line.said == f"Document {NUMBER}\nWith the plan."
    on_paper = printed(desk, found)
    assert on_paper["history"][-1]["what"] == fact
    assert NUMBER not in repr(on_paper)
    assert "With the plan" not in repr(on_paper)
    note = file_note(found.alert, sources(desk.office, found), desk.office.now())
    assert "Filed on the record, Monday 2 June 2025" in note
    assert NUMBER not in note


def test_the_list_holds_closed_alerts_and_the_service_page_counts_them(desk: Desk) -> None:
    first, second, third = (desk.raised("stage-1", team=team) for team in TEAMS)
    first = closed(desk, answered(desk, first))
    second = filed(desk, "iro", second)
    with_first = {first.alert.reference, third.alert.reference}
    for who in ("boss", "boss_two", "support", "support_two"):
        assert listed(desk, who) == with_first
    mine = Filters(not_filed=True)
    assert listed(desk, "iro", mine) == with_first
    assert listed(desk, "manager", mine) == set()
    assert service.service(desk.office, desk.actor("boss")).not_filed == 2
    filed(desk, "support", first)
    assert listed(desk, "boss_two") == {third.alert.reference}
    assert listed(desk, "boss", Filters(whose="service")) >= {second.alert.reference}


def raised(desk: Desk, team: str) -> Known:
    """A practice alert of any council, at the first stage of its ladder."""
    ladder = desk.office.council(desk.council).procedure.ladder_of("practice_alert", None)
    assert ladder is not None
    wish = wanted(desk, "practice_alert", ladder.stages[0].id, team=team)
    return raise_alert(
        desk.office, replace(wish, instead_reason="They know it."), desk.doing("iro")
    )


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("answer", "note", "file", "file-earlier", "close", "reopen")),
        st.integers(0, 2),
    ),
    max_size=12,
)


@pytest.fixture(scope="module", params=["lambeth", "merton"])
def council(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    opened = open_desk(tmp_path_factory.mktemp("filed") / "data", council=request.param)
    yield opened.with_readers()
    opened.office.database.close()


def _step(desk: Desk, what: str, found: Known) -> Known:
    """One step, where it is possible now."""
    asked = found.alert.run.sent.asked[0].id if found.alert.run else ""
    yesterday = day("Mon 2025-06-02").isoformat()
    acts = {
        "answer": (Act.ANSWER, act_answers.reply("Done.", "done"), asked),
        "note": (Act.NOTE, {"text": "The father rang."}, "iro"),
        "file": (Act.FILE, {"on": desk.office.today.isoformat(), "document": NUMBER}, "support"),
        "file-earlier": (Act.FILE, {"on": yesterday, "document": NUMBER}, "iro"),
        "close": (Act.CLOSE, act_answers.ending("put_right", "There is a plan."), "iro"),
        "reopen": (Act.REOPEN, {"reason": "Too early."}, "iro"),
    }
    act, answers, who = acts[what]
    try:
        return VERBS[act](desk.office, found.id, answers, desk.doing(who, found))
    except Expected:
        return found


def _not_filed_by_events(desk: Desk, found: Known) -> bool:
    """As somebody would who reads the events one by one with a pencil."""
    open_numbers = set[int]()
    with desk.office.database.reading() as tx:
        for event in event_store.happened(tx, found.id):
            if isinstance(event.what, Filed):
                open_numbers = {one for one in open_numbers if one > event.what.up_to}
            else:
                open_numbers.add(event.number)
    return bool(open_numbers)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_the_list_is_what_the_events_say(council: Desk, steps: list[tuple[str, int]]) -> None:
    council.at("Mon 2025-06-02")
    alerts = [raised(council, team) for team in TEAMS]
    council.at("Tue 2025-06-03")
    for what, which in steps:
        alerts[which] = _step(council, what, alerts[which])
    theirs = {one.alert.reference for one in alerts}
    wish = Wanted(NOT_FILED, dict.fromkeys(ORDER, 100_000))
    tray = work_tray.tray(council.office, council.actor("boss"), wish)
    found = {line.row.reference for part in tray.parts for line in part.lines} & theirs
    assert found == {one.alert.reference for one in alerts if _not_filed_by_events(council, one)}
