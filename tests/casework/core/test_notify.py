"""Who is written to, and what no notice ever says."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.core.notice_facts import facts_about
from practice_alerts.casework.core.record import record
from practice_alerts.casework.sample.sample_office import sample_answers
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.events import Event
from practice_alerts.domain.alert.restricted import Restricted
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.alert_for_log import EACH
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.product.office import TEAM, Desk
from tests.helpers.stories.sampleford import sampleford

TYPED = "ZYXWV"
TELLS = {
    *(events.Sent, events.Answered, events.DateAgreed, events.Reassigned),
    *(events.CaseMoved, events.Redirected, Restricted),
    *(events.Held, events.Escalated, events.Corrected),
    *(events.Redated, events.Closed, events.Reopened),
    *(
        events.DrafterNamed,
        events.AnswerRecorded,
        events.NotTheirs,
        events.QuestionAsked,
        events.QuestionAnswered,
    ),
}
"""All others tell nobody: whoever is concerned did them, or reads of them on the alert's page."""


def test_each_act_tells_those_whom_it_concerns(desk: Desk) -> None:
    found = desk.raised("stage-1")
    assert [(who, what) for who, what, _ in desk.mails()] == [("manager", "asked")]
    found = answer(
        desk.office, found.id, act_answers.reply("No.", "other"), desk.doing("manager", found)
    )
    climb = act_answers.climb("stage-2", "It settles nothing.")
    found = escalate(desk.office, found.id, climb, desk.doing("iro", found))
    close(
        desk.office,
        found.id,
        act_answers.ending("withdrawn", "Raised twice."),
        desk.doing("iro", found),
    )
    told = {(who, what) for who, what, _ in desk.mails()}
    assert told == {
        ("manager", "asked"),
        ("iro", "answered"),
        ("manager", "gone_on"),
        ("service", "asked"),
        ("service", "closed"),
    }


def test_whoever_stands_in_is_told_as_well_and_may_answer(desk: Desk) -> None:
    today = desk.office.today
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "manager", "elsewhere", today, today + timedelta(days=7))
    found = desk.raised("stage-1")
    told = {(who, what) for who, what, _ in desk.mails()}
    assert told == {("manager", "asked"), ("elsewhere", "asked")}
    answered = answer(
        desk.office,
        found.id,
        act_answers.reply("For them.", "done"),
        desk.doing("elsewhere", found),
    )
    assert answered.run.answers[0].answer.by.post == "for the Team Manager"


def test_no_notice_says_anything_of_the_child_or_of_what_was_typed(desk: Desk) -> None:
    """Every answer on the form, every reply and reason carries a word that no mail may hold."""
    typed = {
        name: f"{TYPED}{number}" if isinstance(value, str) and name not in _CHOICES else value
        for number, (name, value) in enumerate(sample_answers().items())
    }
    typed |= {"summary_for_log": "QQQ nothing moves", **desk.people(), "team": TEAM}
    found = desk.raised("stage-1", **typed)
    reply = act_answers.reply(f"{TYPED} reply", "will_be_done", "2025-06-30", f"{TYPED} owner")
    found = answer(desk.office, found.id, reply, desk.doing("manager", found))
    climb = act_answers.climb("stage-2", f"{TYPED} reason", actions=f"{TYPED} actions")
    found = escalate(desk.office, found.id, climb, desk.doing("iro", found))
    ending = act_answers.ending("withdrawn", f"{TYPED} end", f"{TYPED} view")
    close(desk.office, found.id, ending, desk.doing("iro", found))
    texts = [text for _, _, text in desk.mails()]
    assert len(texts) == 5
    for text in texts:
        assert TYPED not in text
        assert "QQQ" not in text
        assert found.alert.reference in text


_CHOICES = {"raised_as", "discussed", "date_of_birth"}


def test_the_question_names_the_day_and_an_address_that_opens_nothing(desk: Desk) -> None:
    desk.at("Wed 2025-04-16").raised("stage-1")
    (_, _, text) = desk.mails()[0]
    assert "Thursday 24 April 2025" in text
    assert "/respond/" in text
    assert "/sign-in/" not in text


@pytest.mark.parametrize(
    "kind", [one for one in EACH if one is not events.Raised], ids=events.kind_of
)
def test_who_hears_of_nothing_hears_of_nothing_on_purpose(desk: Desk, kind: type[Event]) -> None:
    event = EACH[kind]
    found = desk.raised("stage-1")
    before = len(desk.mails())
    # The log's story has people of its own; the alert's own are asked, and it is theirs.
    own = {"stage": "stage-1", "asked": found.run.sent.asked, "to": found.alert.officer}
    whose = {"whose": found.run.sent.asked[0]}
    own |= whose
    boss = events.Person(id="boss", name="Boss Sample")
    own |= {"second": boss, "stand_in": boss, "named": ()}
    event = event.model_copy(update={k: v for k, v in own.items() if k in kind.model_fields})
    if isinstance(event, events.Escalated):
        event = event.model_copy(update={"to": "stage-2"})
    if isinstance(event, events.AskedAnew):
        other = events.Person(id="service", name="Service Sample")
        event = event.model_copy(update={"asked": (other,)})
    if isinstance(event, events.QuestionAnswered):
        asking = EACH[events.QuestionAsked].model_copy(update={"stage": "stage-1", **whose})
        keep(desk, found, asking)
        before = len(desk.mails())
    keep(desk, found, event)
    assert (len(desk.mails()) > before) == (kind in TELLS)


def keep(desk: Desk, found: Known, event: Event) -> None:
    with desk.office.database.writing() as tx:
        here = load(desk.office, tx, found.id)
        record(desk.office, tx, found.id, (event,), desk.doing("iro", here))


def test_who_stands_in_for_two_who_are_asked_is_written_to_once(tmp_path: Path) -> None:
    both = {"all_of": ["team_manager", "service_manager"]}
    desk = sampleford(tmp_path, {"answer": {"from": both, "within": "5 working days"}})
    today = desk.office.today
    with desk.office.database.writing() as tx:
        for away, cover in (
            ("team_manager", "team_manager_2"),
            ("service_manager", "team_manager_2"),
            ("service_manager", "team_manager"),
        ):
            directory.add_cover(tx, away, cover, today, today)
    raising = replace(wanted(desk, "concern", "stage-1"), asked=("team_manager", "service_manager"))
    raise_alert(desk.office, raising, desk.doing("iro"))
    told = Counter(who for who, notice, _ in desk.mails() if notice == "asked")
    assert told == {"team_manager": 1, "service_manager": 1, "team_manager_2": 1}
    desk.office.database.close()


def test_who_decides_is_whoever_has_the_alert_now(desk: Desk) -> None:
    found = desk.raised("stage-6")

    def said() -> tuple[str, str]:
        with desk.office.database.reading() as tx:
            facts = facts_about(desk.office, tx, load(desk.office, tx, found.id))
        return facts.otherwise, desk.office.notices().write("judge_together", facts).body

    otherwise, together = said()
    assert otherwise == f"{found.alert.raiser.name} decides what follows"
    assert f"{found.alert.raiser.in_words}, whose alert it is, may go on" in " ".join(
        together.split()
    )
    given = {"to": "other_iro", "reason": "Leave."}
    found = VERBS[Act.HAND_ON](desk.office, found.id, given, desk.doing("boss", found))
    assert found.alert.officer != found.alert.raiser
    otherwise, together = said()
    assert otherwise == f"{found.alert.officer.name} decides what follows"
    assert f"{found.alert.officer.in_words}, whose alert it is, may go on" in " ".join(
        together.split()
    )


def test_no_e_mail_says_that_whoever_raised_it_decides(desk: Desk) -> None:
    texts = (ROOT / "form_templates" / "common" / "notices.yml").read_text("utf-8")
    assert "hoever raised it" not in texts
