"""Who disagrees is heard wherever the alert is read; while its accuracy is disputed those read it who act on it."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from docx import Document

from practice_alerts.casework.acts import answer, close, escalate
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import record_keeping
from practice_alerts.casework.directory.record_keeping import KeptWanted
from practice_alerts.casework.documents import render
from practice_alerts.casework.jobs.sync_log import catch_up
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.destroyed import KeptSaid
from practice_alerts.domain.documents.page_one import remarks
from practice_alerts.domain.errors import BadAnswers, NotFound
from practice_alerts.domain.wording.restriction_words import DISPUTED
from tests.casework.directory.test_record_keeping import confirm, line, say
from tests.helpers.alerts.act_answers import climb, ending, reply
from tests.helpers.product.office import Desk
from tests.helpers.stories.restricting import restricted

SAYS = "I was never asked. The worker came once."
FATHER = "The child’s father"


@pytest.fixture
def keeping(desk: Desk) -> Desk:
    return desk.with_readers()


def state(desk: Desk, found: Known, said: KeptSaid, text: str, who: str = "") -> None:
    wanted = KeptWanted((found.alert.reference,), said, text, who)
    record_keeping.say(desk.office, desk.actor("records"), wanted)


def paper(desk: Desk, found: Known) -> str:
    seen = desk.see("iro", found).known
    word = Document(io.BytesIO(render.issue(desk.office, seen, "iro").body))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(one.text for one in word.paragraphs), *cells))


def test_a_statement_stands_with_the_alert_on_page_and_paper(keeping: Desk) -> None:
    found = keeping.raised("stage-1")
    assert SAYS not in paper(keeping, found)
    state(keeping, found, KeptSaid.DISAGREED, SAYS, FATHER)
    for who in ("iro", "manager", "boss"):
        seen = keeping.see(who, found)
        assert any(SAYS in one and FATHER in one for one in seen.warnings)
        assert any(SAYS in one.said for one in seen.history)
    assert SAYS in paper(keeping, found)
    asking = keeping.see("manager", found).asking_id
    assert asking is not None
    asked = answer.opened(keeping.office, "manager", asking)
    assert SAYS in remarks(asked.known.alert)
    assert prove(keeping.office).holds


def test_a_statement_says_whose_it_is(keeping: Desk) -> None:
    found = keeping.raised("stage-1")
    for text, who in ((SAYS, ""), ("", FATHER), ("x" * 4_001, FATHER)):
        with pytest.raises(BadAnswers):
            state(keeping, found, KeptSaid.DISAGREED, text, who)
    state(keeping, found, KeptSaid.DISAGREED, "x" * 4_000, FATHER)


def test_what_is_filed_is_not_filed_any_more_once_somebody_disagrees(keeping: Desk) -> None:
    found = keeping.raised("stage-1")
    filed = {"on": "2025-06-02", "document": "D 1"}
    found = VERBS[Act.FILE](keeping.office, found.id, filed, keeping.doing("iro", found))
    assert keeping.see("iro", found).known.alert.is_filed
    state(keeping, found, KeptSaid.HELD, "A complaint.", "COMP-1")
    assert keeping.see("iro", found).known.alert.is_filed
    state(keeping, found, KeptSaid.DISAGREED, SAYS, FATHER)
    assert not keeping.see("iro", found).known.alert.is_filed


def test_while_disputed_it_opens_for_those_who_act_and_for_nobody_else(keeping: Desk) -> None:
    found = keeping.raised("stage-1")
    asking = keeping.see("manager", found).asking_id or ""
    on = climb("stage-2", "No answer came.")
    found = escalate.escalate(keeping.office, found.id, on, keeping.doing("iro", found))
    read = {who for who in PEOPLE if keeping.can_open(who, found)}
    copied = read - ACTING
    assert "manager" in copied
    before = keeping.dates(found)
    state(keeping, found, KeptSaid.DISPUTED, "The dates are said to be wrong.")
    assert {who for who in PEOPLE if keeping.can_open(who, found)} == read & ACTING
    assert keeping.dates(found) == before
    assert any(DISPUTED in one for one in keeping.see("iro", found).warnings)
    for who in copied:
        assert found_by(keeping, who, found) == ()
    with pytest.raises(NotFound):
        answer.opened(keeping.office, "manager", asking)
    now = keeping.see("service", found).known
    answer.answer(
        keeping.office, found.id, reply("It is done.", "done"), keeping.doing("service", now)
    )
    state(keeping, found, KeptSaid.SETTLED, "They were right.")
    assert {who for who in PEOPLE if keeping.can_open(who, found)} == read
    assert prove(keeping.office).holds


@pytest.mark.parametrize("said", [KeptSaid.DISAGREED, KeptSaid.DISPUTED, KeptSaid.SETTLED])
def test_who_has_each_alert_and_the_managers_are_told_and_nobody_to_whom_it_is_closed(
    keeping: Desk, said: KeptSaid
) -> None:
    """However many are said at once: nobody else's reading ends without a word."""
    keeping.give("iro_manager", "other_iro")
    assert keeping.can_open("other_iro", keeping.raised("stage-1"))
    every = [keeping.raised("stage-1") for _ in range(5)]
    every.append(restricted(keeping, keeping.raised("stage-1"), second="reserve"))
    references = tuple(one.alert.reference for one in every)
    if said is KeptSaid.SETTLED:
        keeping_said(keeping, references, KeptSaid.DISPUTED)
    before = Counter(keeping.mails())
    keeping_said(keeping, references, said)
    new = Counter(keeping.mails()) - before
    told = [(who, text) for who, kind, text in new if kind == "accuracy"]
    for one in every[:-1]:
        whose = {who for who, text in told if one.alert.reference in text}
        assert whose == {"iro", "boss", "other_iro"}
    assert {who for who, text in told if references[-1] in text} == {"iro"}
    assert not any("never asked" in text for _, text in told)


def keeping_said(desk: Desk, references: tuple[str, ...], said: KeptSaid) -> None:
    wanted = KeptWanted(references, said, SAYS, FATHER)
    record_keeping.say(desk.office, desk.actor("records"), wanted)


def found_by(desk: Desk, who: str, found: Known) -> tuple[object, ...]:
    return work_tray.search(desk.office, desk.actor(who), found.alert.reference)


PEOPLE = ("iro", "manager", "service", "assistant", "director", "boss", "worker", "support")
ACTING = {"iro", "service", "boss", "support"}


def test_while_disputed_its_line_is_not_in_the_log_and_it_is_not_due(keeping: Desk) -> None:
    found = keeping.raised("stage-1", summary_for_log="Waits for a Quetzalcoatlus.")
    found = close.close(
        keeping.office, found.id, ending("put_right", "Better."), keeping.doing("iro", found)
    )
    catch_up(keeping.office)
    log = keeping.office.log.files()["lambeth"]
    assert b"Quetzalcoatlus" in log.read_bytes()
    state(keeping, found, KeptSaid.DISPUTED, "It is said to be wrong.")
    catch_up(keeping.office)
    assert b"Quetzalcoatlus" not in log.read_bytes()
    keeping.at("Mon 2089-03-14")
    assert line(keeping, found).held_up == "its accuracy is disputed"
    assert not line(keeping, found).kept.is_due(keeping.office.today)
    state(keeping, found, KeptSaid.SETTLED, "It was right.")
    assert line(keeping, found).kept.is_due(keeping.office.today)
    with pytest.raises(NotFound):
        state(keeping, found, KeptSaid.SETTLED, "It was right.")


def test_an_adopted_childs_record_outlives_whoever_locked_it(keeping: Desk) -> None:
    found = keeping.raised("stage-1")
    found = close.close(
        keeping.office, found.id, ending("put_right", "Better."), keeping.doing("iro", found)
    )
    say(keeping, found, KeptSaid.ADOPTED, on=keeping.office.today)
    confirm(keeping)
    assert not keeping.can_open("worker", found)
    keeping.give("information_officer", "worker")
    assert keeping.can_open("worker", found)
    assert keeping.can_open("records", found)
    assert not any(keeping.can_open(who, found) for who in ("iro", "boss", "manager", "auditor"))
    assert prove(keeping.office).holds
