"""Each act is a row, and each event is told everywhere; what is told of it nowhere is told nowhere on purpose."""

from dataclasses import fields
from typing import Literal, get_args

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.domain.acts import permissions
from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.acts.act_rows import ACT_OF_KIND, ACTS, Act
from practice_alerts.domain.acts.act_shape import ActRow, Phase
from practice_alerts.domain.acts.permissions import RULES, Actor, PermissionRule, Relation, may
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.alert.events import Happened, Person, people_in
from practice_alerts.domain.alert.restricted import (
    Restricted,
    RestrictionConfirmed,
    RestrictionLifted,
)
from practice_alerts.domain.definition import Definition
from practice_alerts.domain.documents.alert_document import Sources
from practice_alerts.domain.documents.file_note import file_note
from practice_alerts.domain.log import event_rows
from practice_alerts.domain.wording.history import told
from tests.helpers.alerts.alert_for_log import EACH, told_beside
from tests.helpers.alerts.every_alert import form_of, ladder_of_form
from tests.helpers.days import day, moment
from tests.helpers.files.real_councils import council

COMMON = ROOT / "form_templates" / "common"
HAPPENED = told_beside().happened
MADE_BY_NO_ACT = {events.Raised, events.Sent, events.Redated, events.Redacted, events.Kept}
WITHOUT_DETAIL = {
    events.DoneByHand,
    *(events.Raised, events.Sent, events.Noted, events.SignedOff, events.Reopened),
    events.ChangeRecorded,
    *(events.StandstillBegun, events.Overridden, events.Corrected, events.Reassigned),
    *(events.NotTheirs, events.DrafterNamed, events.QuestionAsked, events.QuestionAnswered),
    *(events.CaseMoved, events.Redirected, events.Redated, events.ReminderSent, events.Filed),
    events.Linked,
    *(events.Redacted, events.Kept),
    *(Restricted, RestrictionConfirmed, RestrictionLifted),
}
"""Nothing of them comes from a closed list, so the log says that they happened and no more."""


class Mislaid(Definition):
    """An event that there is not."""

    kind: Literal["mislaid"] = "mislaid"
    stage: str = "stage-1"


MISLAID: events.Event = Mislaid()  # type: ignore[assignment] # that is the point


def test_every_act_but_raising_and_seeing_has_a_row_and_somebody_who_may() -> None:
    assert set(ACTS) == set(Act) - {Act.RAISE, Act.SEE, Act.FROM_PAPER}
    assert {rule.act for rule in RULES} == set(Act)


@pytest.mark.parametrize("row", ACTS.values(), ids=lambda row: row.form)
def test_a_row_leaves_nothing_out(row: ActRow) -> None:
    said = [value for one in fields(row) if isinstance(value := getattr(row, one.name), str)]
    assert all(one.strip() for one in said)
    assert row.who
    assert row.needs
    assert (COMMON / f"{row.form}.yml").is_file()
    assert (COMMON / f"{row.form}.docx").is_file() == row.printed


def test_no_two_acts_share_a_title_a_form_or_an_event() -> None:
    rows = ACTS.values()
    for each in ({one.title for one in rows}, set(ACT_FORMS), set(ACT_OF_KIND)):
        assert len(each) == len(ACTS)


def test_every_event_is_made_by_one_act_or_stands_in_the_short_list() -> None:
    assert {row.event for row in ACTS.values()} == set(events.EVENTS) - MADE_BY_NO_ACT
    assert set(EACH) == set(events.EVENTS)


def test_an_act_is_done_at_a_stage_where_its_event_belongs_to_one() -> None:
    at_stage = {act for act, row in ACTS.items() if row.at_stage}
    assert {one for one in EACH if "stage" in one.model_fields} == {
        *get_args(events.StageEvent),
        events.Sent,
    }
    assert at_stage == {
        *(
            Act.ANSWER,
            Act.RECORD_ANSWER,
            *(Act.NOT_THEIRS, Act.NAME_DRAFTER, Act.ASK_QUESTION, Act.ANSWER_QUESTION),
            Act.REVIEW_RESPONSE,
            Act.HOLD,
            Act.REVIEW_HOLD,
            Act.AGREE_DATE,
            Act.STEP,
            Act.ESCALATE,
        )
    }


def test_only_these_can_be_done_to_a_closed_alert() -> None:
    when: dict[Phase, set[Act]] = {condition: set() for condition in Phase}
    for act, row in ACTS.items():
        when[row.when].add(act)
    assert when[Phase.WHEN_CLOSED] == {Act.REOPEN, Act.RECORD_CHANGE}
    assert when[Phase.ALWAYS] == {
        *(Act.NOTE, Act.FOLLOW_UP, Act.BY_HAND, Act.CORRECT, Act.SIGN_OFF, Act.HAND_ON),
        *(Act.LIFT_STANDSTILL, Act.RESTRICT, Act.CONFIRM_RESTRICTION, Act.LIFT_RESTRICTION),
        *(Act.FILE, Act.LINK),
    }


def test_a_made_up_event_is_not_passed_over() -> None:
    one_more = Happened(3, moment("Mon 2025-03-10 10:00"), "p-1", "mislaid", MISLAID)
    with pytest.raises(AssertionError):
        fold((*HAPPENED[:2], one_more))
    with pytest.raises(AssertionError):
        told(MISLAID, None)


def test_nor_is_one_that_is_on_record_beside_the_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "SideEvent", events.SideEvent | Mislaid)
    with pytest.raises(AssertionError):
        told(MISLAID, None)


def test_a_made_up_condition_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    alert = told_beside()
    officer = Actor(alert.officer.id, "Anybody", alert.raised.council, frozenset({"iro"}))
    assert may(officer, Act.NOTE, alert)
    made_up: Phase = "at full moon"  # type: ignore[assignment] # that is the point
    row = PermissionRule(Relation.RAISER, Act.NOTE, made_up)
    monkeypatch.setattr(permissions, "ROWS_OF", {Act.NOTE: (row,)})
    with pytest.raises(KeyError):
        may(officer, Act.NOTE, alert)


@pytest.mark.parametrize("event", EACH.values(), ids=lambda event: event.kind)
def test_every_event_is_a_line_of_the_history(event: events.Event) -> None:
    assert told(event, None)[0]


def test_the_log_says_more_than_that_it_happened_but_of_these() -> None:
    files = council("lambeth")
    ladder = files.procedure.ladder_of("practice_alert", None)
    silent = {
        kind
        for kind, event in EACH.items()
        if event_rows._detail(event, files.procedure, ladder) is None
    }
    assert silent - {events.StepDone} == WITHOUT_DETAIL, "a step of no ladder has no words either"


@pytest.mark.parametrize("number", range(2, len(HAPPENED) + 1))
def test_every_event_leaves_its_trace_in_the_file_note(number: int) -> None:
    name, as_of = "lambeth/practice_alert", moment("Mon 2025-03-24 12:00")
    calendar = england(today=day("Mon 2025-03-24"))
    sources = Sources(council("lambeth").procedure, form_of(name), ladder_of_form(name), calendar)
    before, after = (file_note(fold(HAPPENED[:n]), sources, as_of) for n in (number - 1, number))
    assert after != before


def test_everybody_whom_an_event_names_is_found_in_it() -> None:
    one, two = Person(id="1", name="Uno Sample"), Person(id="2", name="Dua Sample")
    assert people_in(events.Sent(stage="s", asked=(one,), copied=(two,), answers={})) == (two, one)
    assert people_in(events.Reassigned(to=two, reason="Leave.")) == (two,)
    assert people_in(events.Noted(text="Uno Sample rang.")) == ()
