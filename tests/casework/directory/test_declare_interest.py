"""Somebody has an interest in a child, and is shut out of every alert about it, before and later."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from practice_alerts.adapters.store.alerts import event_store, shut_out_rows
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import (
    act_form,
    answer,
    case_moves,
    notes_and_corrections,
)
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.casework.core import reserve, who_is_meant
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import declare_interest, second_person
from practice_alerts.casework.directory.audit_samples import SampleWanted, draw
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.jobs import digest
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.casework.jobs.sync_log import catch_up
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.views import overview, work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.directory.directory_acts import DirectoryChange
from practice_alerts.domain.directory.office_permissions import NotYours, NotYourself, ProveAgain
from practice_alerts.domain.errors import BadAnswers, Expected, NotFound, NotPossible
from practice_alerts.domain.procedure.posts import Who
from practice_alerts.domain.standing.list_filters import Filters
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import LONG_AGO, Desk
from tests.helpers.stories.crowded import readers
from tests.helpers.stories.restricting import asking, enter_seconds

NUMBER = ChildMeant(case_number="s 100001", reason="My niece.")
NAME = ChildMeant(child="Muster, Kit", born=date(2014, 3, 9))
OUT = ("iro", "manager", "qa", "boss")
OWN_TEXT = """\
notices:
  interest_declared:
    subject: "Shut out: {reference}"
    body: |
      {officer} ({council}), {contact}: {otherwise}. {opens} {link}
"""
ANOTHER = {"case_number": "S-100002", "child_name": "Lou Beispiel", "date_of_birth": "2012-01-01"}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two in each post at Lambeth, in three teams, and each of the three kinds of cover."""
    enter_seconds(desk)
    return desk


def declare(desk: Desk, who: str, child: ChildMeant = NUMBER) -> None:
    declare_interest.declare(desk.office, desk.actor(who), child)


def again(desk: Desk, found: Known) -> Known:
    with desk.office.database.reading() as tx:
        return load(desk.office, tx, found.id)


def is_listed(desk: Desk, who: str, found: Known) -> bool:
    actor, office = desk.actor(who), desk.office
    trays = [
        work_tray.tray(office, actor, Wanted(Filters(whose=whose)))
        for whose in work_tray.offered(office, actor)
    ]
    hits = work_tray.search(office, actor, found.alert.reference)
    hits += work_tray.search(office, actor, "S-100001")
    lines = [one for tray in trays for part in tray.parts for one in part.lines]
    return found.alert.reference in {one.row.reference for one in (*lines, *hits)}


def told(desk: Desk, notice: str) -> list[str]:
    return sorted(to for to, what, _ in desk.mails() if what == notice)


def withdrawn(desk: Desk, who: str, by: str = "boss_2") -> None:
    """Asked for by themself, confirmed by the manager of the service."""
    (mine,) = declare_interest.own(desk.office, desk.actor(who))
    declare_interest.ask_to_withdraw(desk.office, desk.actor(who), mine.number, "She has moved.")
    record = second_person.look(desk.office, desk.actor(by), "lambeth")
    second_person.confirm(desk.office, desk.actor(by), "lambeth", record.waiting[0].number)


# -------------------------------------------------------------------------------- shut out at once


@pytest.mark.parametrize("child", [NUMBER, NAME])
@pytest.mark.parametrize("who", ["iro", "manager", "boss", "elsewhere", "iro_2", "other_iro"])
def test_at_once_they_open_and_list_nothing_about_the_child_and_the_others_as_before(
    desk: Desk, who: str, child: ChildMeant
) -> None:
    found, other = desk.raised("stage-1"), desk.raised("stage-1", **ANOTHER)
    before, there = readers(desk, found), readers(desk, other)
    assert who in before or who == "other_iro"
    declare(desk, who, child)
    assert readers(desk, found) == before - {who}
    assert readers(desk, other) == there
    assert not is_listed(desk, who, found)
    assert is_listed(desk, who, other) == (who in there)
    assert not {act for act in Act if again(desk, found).may(desk.actor(who), act)}
    assert prove(desk.office).holds


@pytest.mark.parametrize("child", [NUMBER, NAME])
def test_it_holds_for_alerts_raised_later_too(desk: Desk, child: ChildMeant) -> None:
    declare(desk, "boss", child)
    found = desk.raised("stage-1")
    assert "boss" not in readers(desk, found)
    assert "boss_2" in readers(desk, found)
    assert prove(desk.office).holds


def test_a_case_number_put_right_shuts_out_and_lets_in(desk: Desk) -> None:
    found = desk.raised("stage-1", **ANOTHER)
    declare(desk, "boss")
    assert "boss" in readers(desk, found)

    def corrected(found: Known, number: str) -> Known:
        given = {"question": "1:case_number", "reason": "Mistyped."}
        doing = desk.doing("iro", found)
        return notes_and_corrections.correct(desk.office, found.id, given, number, doing)

    found = corrected(found, "S-100001")
    assert "boss" not in readers(desk, found)
    found = corrected(found, "S-100002")
    assert "boss" in readers(desk, found)
    assert prove(desk.office).holds


def test_whoever_declared_raises_nothing_about_the_child(desk: Desk) -> None:
    declare(desk, "iro")
    with pytest.raises(BadAnswers, match="somebody else raises it"):
        desk.raised("stage-1")
    assert desk.raised("stage-1", **ANOTHER).alert.officer.id == "iro"
    assert desk.raised("stage-1", who="other_iro").alert.officer.id == "other_iro"


def test_each_council_where_they_hold_a_post_shuts_them_out(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        held = directory.PostHolding("manager", "merton", "team_manager", "Team A")
        directory.give_post(tx, held, LONG_AGO)
    declare(desk, "manager")
    there = Desk(desk.office, desk.clock, "merton")
    for council in (desk, there):
        (mine,) = declare_interest.own(council.office, council.actor("manager"))
        assert mine.child == NUMBER
    assert not declare_interest.own(there.office, there.actor("iro"))


# ------------------------------------------------------------------- nobody learns what there is


def test_the_answer_is_the_same_whether_or_not_there_is_an_alert(desk: Desk) -> None:
    declare(desk, "elsewhere_2")
    desk.raised("stage-1", **ANOTHER)
    before = len(desk.mails())
    declare(desk, "elsewhere_2", ChildMeant(case_number="S-100002"))
    # Nobody of those it needs is shut out: nobody is written to either.
    assert len(desk.mails()) == before
    mine = declare_interest.own(desk.office, desk.actor("elsewhere_2"))
    assert [one.child.case_number for one in mine if one.child] == ["s 100001", "S-100002"]


def test_whoever_keeps_the_directory_reads_who_and_when_and_never_which_child(desk: Desk) -> None:
    found = desk.raised("stage-1")
    declare(desk, "worker", NUMBER)
    declare(desk, "worker", NAME)
    for who in ("admin", "boss"):
        actor = desk.actor(who)
        record = second_person.look(desk.office, actor, "lambeth")
        lines = declare_interest.of_council(desk.office, actor)
        assert [one.what.change for one in record.entries] == [
            DirectoryChange.INTEREST_DECLARED
        ] * 2
        assert [(one.name, one.by, one.child) for one in lines] == [("Worker Sample", "", None)] * 2
        shown = [second_person.said(desk.office, "lambeth", one.what) for one in record.entries]
        shown += [repr(record), repr(lines), *(text for _, _, text in desk.mails())]
        words = ("100001", "Muster", "2014", "niece", found.alert.reference)
        for word in words[:-1]:
            assert not any(word in said for said in shown if "raised" not in said)
    with pytest.raises(NotYours):
        declare_interest.of_council(desk.office, desk.actor("manager"))


def test_the_child_stands_in_the_payload_alone(desk: Desk) -> None:
    declare(desk, "worker", ChildMeant("Q-777", "Zora Planted", date(2013, 2, 1), "Kestrelwhy"))
    for table in tables.metadata.sorted_tables:
        with desk.office.database.reading() as tx:
            rows = repr(tx.execute(table.select()).all())
        if table.name != "payloads":
            assert not any(word in rows for word in ("Q-777", "Zora", "Kestrelwhy")), table.name
    with desk.office.database.reading() as tx:
        assert not list(event_store.verify(tx))


# -------------------------------------------------------------------------- nothing reaches them


def test_no_list_date_or_figure_brings_it_to_them(desk: Desk) -> None:
    found = desk.raised("stage-1")
    address = calendar_feed.make(desk.office, "iro")
    token = address.rpartition("/")[2].removesuffix(".ics")

    def dates() -> str:
        return (calendar_feed.read(desk.office, token) or b"").decode()

    assert found.alert.reference in dates()
    for who in OUT:
        declare(desk, who)
    assert found.alert.reference not in dates()
    desk.at("Mon 2025-06-16")
    late = {
        who: repr(overview.overview(desk.office, desk.actor(who)).longest)
        for who in ("boss", "boss_2", "qa", "qa_2")
    }
    assert {who for who, said in late.items() if found.alert.reference in said} == {
        *("boss_2", "qa_2")
    }


def test_what_waits_for_them_is_taken_back_and_nothing_more_is_written(desk: Desk) -> None:
    found = desk.raised("stage-1")

    def waits_for() -> set[str]:
        with desk.office.database.reading() as tx:
            waiting = outbox.waiting(tx, desk.office.now(), most=99)
        return {one.mail.partition("@")[0] for one in waiting if reference in one.subject}

    reference = found.alert.reference
    assert {"manager", "elsewhere"} <= waits_for()
    for who in OUT:
        declare(desk, who)
    assert not waits_for() & {*OUT}
    since = len(desk.mails())
    for day in ("Mon 2025-06-09", "Tue 2025-06-10", "Mon 2025-06-16"):
        desk.at(f"{day} 08:00")
        remind(desk.office)
        digest.write_digests(desk.office)
    new = desk.mails()[since:]
    # The copy of "told" waited for the message of the day.
    assert {to for to, _, text in new if reference in text} == {"iro_2", "elsewhere", "told"}


def test_an_audit_sample_is_drawn_from_what_is_left(desk: Desk) -> None:
    found = desk.raised("stage-1")
    declare(desk, "qa")
    declare(desk, "iro")
    wanted = SampleWanted("Audit.", 1, desk.office.today)
    with pytest.raises(NotPossible):
        draw(desk.office, desk.actor("qa"), wanted)
    drawn = draw(desk.office, desk.actor("qa_2"), wanted)
    assert drawn.drawn == (found.alert.reference,)
    assert "iro" not in told(desk, "audit_of_alert")


def test_the_log_keeps_its_row(desk: Desk) -> None:
    found = desk.raised("stage-1")
    declare(desk, "qa")
    catch_up(desk.office)
    path = desk.office.log.files()["lambeth"]
    with closing(sqlite3.connect(path)) as log:
        rows = log.execute("select count(*) from alerts").fetchone()
    assert rows == (1,)
    assert not desk.can_open("qa", found)


def test_the_answer_page_they_were_sent_is_shut_and_their_cover_answers(desk: Desk) -> None:
    found = desk.raised("stage-1")
    with desk.office.database.reading() as tx:
        here = tx.execute(tables.askings.select()).one()
    declare(desk, "manager")
    with desk.office.database.reading() as tx, pytest.raises(NotFound):
        answer.asked(desk.office, tx, "manager", here.id)
    with desk.office.database.reading() as tx:
        assert answer.asked(desk.office, tx, "elsewhere", here.id).is_present
    given, doing = act_answers.reply("Done.", "done"), desk.doing("manager", found)
    with pytest.raises(NotFound):
        answer.answer(desk.office, found.id, given, doing)


# --------------------------------------------------------------------------- whoever it needs goes


def test_the_manager_hears_that_nobody_has_it_and_gives_it_on(desk: Desk) -> None:
    found = desk.raised("stage-1")
    declare(desk, "iro")
    assert told(desk, "interest_declared") == ["boss", "boss_2", "iro_2"]
    for to, what, text in desk.mails():
        if what == "interest_declared":
            assert found.alert.reference in text, to
            assert "Sample" not in text, to
    seen = desk.see("boss", found)
    assert any("Nobody has this alert now: Iro Sample" in said for said in seen.warnings)
    assert not any("interest" in said for said in desk.see("manager", found).warnings)
    given = {"to": "other_iro", "reason": "An interest."}
    found = VERBS[Act.HAND_ON](desk.office, found.id, given, desk.doing("boss", again(desk, found)))
    assert found.alert.officer.id == "other_iro"
    assert not any("Nobody has" in said for said in desk.see("boss", found).warnings)
    assert not desk.can_open("iro", found)


def test_a_council_s_own_text_of_it_is_filled_as_that_of_any_other_notice(
    desk: Desk, tmp_path: Path
) -> None:
    rooms = copytree(desk.office.settings.form_templates, tmp_path / "rooms")
    (rooms / "lambeth" / "notices.yml").write_text(OWN_TEXT, "utf-8")
    settings = replace(desk.office.settings, form_templates=rooms)
    desk = replace(desk, office=replace(desk.office, settings=settings))
    found = desk.raised("stage-1")
    declare(desk, "manager")
    said = [text for _, what, text in desk.mails() if what == "interest_declared"]
    assert said
    for text in said:
        assert f"{found.alert.officer.in_words} (Lambeth), iro@" in text
        assert "it may go on to Stage Two" in text
        assert "ask for a second e-mail: that one signs you in." in text


def test_whoever_reviews_under_a_post_is_told_of_as_well_and_a_stranger_is_not(desk: Desk) -> None:
    desk.raised("stage-1")
    declare(desk, "service_2")
    assert told(desk, "interest_declared") == []
    declare(desk, "manager")
    assert {"iro", "boss"} <= set(told(desk, "interest_declared"))


def test_somebody_else_is_asked_in_their_place_and_the_dates_run_on(desk: Desk) -> None:
    found = desk.raised("stage-1")
    due = desk.dates(found)
    declare(desk, "manager")
    assert any("Manager Sample" in said for said in desk.see("iro", found).warnings)
    found = again(desk, found)
    with desk.office.database.reading() as tx:
        form = act_form.act_form(desk.office, tx, found, Act.MOVE_CASE, desk.actor("iro"))
    asked = form.field("in_place_1")
    assert "manager" not in asked.choices
    assert {"elsewhere", "west", "manager_2"} <= {*asked.choices}
    said = {name: found.alert.answers.get(name, "") for name in ("social_worker", "team_manager")}
    given: dict[str, Any] = {
        **said,
        "team": found.alert.answers["team"],
        "since": desk.office.today.isoformat(),
        "reason": "An interest.",
    }
    with pytest.raises(BadAnswers):
        case_moves.move_case(desk.office, found.id, given, desk.doing("iro", found))
    given["in_place_1"] = "manager_2"
    found = case_moves.move_case(desk.office, found.id, given, desk.doing("iro", found))
    assert [one.id for one in found.run.sent.asked] == ["manager_2"]
    assert desk.dates(found) == due
    assert "manager_2" in told(desk, "asked")
    assert not any("interest" in said for said in desk.see("iro", found).warnings)
    reply = act_answers.reply("It is done.", "done")
    found = answer.answer(desk.office, found.id, reply, desk.doing("manager_2", found))
    assert found.run.answers
    assert prove(desk.office).holds


def test_where_nobody_else_is_left_it_is_taken_to_the_post_by_hand(desk: Desk) -> None:
    found = desk.raised("stage-1")
    for who in ("manager", "manager_2", "elsewhere", "elsewhere_2", "west"):
        declare(desk, who)
    found = again(desk, found)
    with desk.office.database.reading() as tx:
        form = act_form.act_form(desk.office, tx, found, Act.MOVE_CASE, desk.actor("iro"))
    assert [*form.field("in_place_1").choices.values()] == ["Nobody here"]


def test_nobody_who_declared_can_be_chosen_for_anything(desk: Desk) -> None:
    out = ("manager", "other_iro", "boss", "service", "qa")
    for who in out:
        declare(desk, who)
    found = desk.raised("stage-1")
    assert "manager" not in {one.id for one in found.run.sent.asked}
    with desk.office.database.reading() as tx:
        office, scene = desk.office, who_is_meant.scene_of(desk.office, tx, found)
        stages = found.ladder.stages if found.ladder else ()
        asks = [found.files.procedure.asked_at(stage) for stage in stages]
        asks += [who_is_meant.asked_of(scene, Who(how="any_of", posts=()))]
        able = {c.person.id for one in asks for c in who_is_meant.candidates(scene, one)}
        able |= {p.id for one in asks for p in who_is_meant.meant(scene, one).people}
        able |= {*act_form.officers(office, tx, found), *act_form.colleagues(office, tx, found)}
        able |= {*act_form.own_side(office, tx, found), *act_form.readers(office, tx, found)}
    assert able >= {"iro_3", "boss_2", "service_2", "qa_2"}
    assert not able & {*out}
    given, doing = asking(desk, "boss", "iro_3"), desk.doing("iro", found)
    with pytest.raises(BadAnswers):
        VERBS[Act.RESTRICT](desk.office, found.id, given, doing)


def test_named_people_of_a_restricted_alert_are_shut_out_as_well_and_the_second_hears(
    desk: Desk,
) -> None:
    found = desk.raised("stage-1")
    given = asking(desk, "boss_2", "iro_3", "worker_2")
    found = VERBS[Act.RESTRICT](desk.office, found.id, given, desk.doing("iro", found))
    for who in ("worker_2", "iro"):
        declare(desk, who)
        assert not desk.can_open(who, found)
        assert not is_listed(desk, who, found)
    assert told(desk, "interest_declared") == ["boss_2", "iro_3"]
    assert prove(desk.office).holds


def test_whoever_is_in_reserve_acts_where_every_manager_has_an_interest(desk: Desk) -> None:
    desk.with_readers()
    found = desk.raised("stage-1")
    for who in ("boss", "boss_2"):
        declare(desk, who)
    assert desk.can_open("reserve", found)
    with desk.office.database.reading() as tx:
        acting = reserve.in_reserve(desk.office, tx, again(desk, found))
    assert acting is not None
    assert [one.id for one in acting.acting] == ["reserve"]
    assert "interest in the child" in acting.in_words
    declare(desk, "iro")
    assert "reserve" in told(desk, "interest_declared")
    given = {"to": "other_iro", "reason": "An interest."}
    doing = desk.doing("reserve", again(desk, found))
    assert VERBS[Act.HAND_ON](desk.office, found.id, given, doing).alert.officer.id == "other_iro"


# ------------------------------------------------------------------------------- for somebody else


@pytest.mark.parametrize("by", ["boss", "admin"])
def test_the_manager_or_an_administrator_enters_it_for_somebody_who_is_told(
    desk: Desk, by: str
) -> None:
    found = desk.raised("stage-1")
    done = declare_interest.declare_for(desk.office, desk.actor(by), "worker", NUMBER)
    assert done == ("Worker Sample", False)
    assert not desk.can_open("worker", found)
    (text,) = [said for to, what, said in desk.mails() if (to, what) == ("worker", _CHANGED)]
    assert "that you have an interest in a child" in text
    (line,) = declare_interest.own(desk.office, desk.actor("worker"))
    assert (line.child, line.by) == (NUMBER, f"{by.title()} Sample")


_CHANGED = "directory_changed"


def test_nobody_else_enters_it_for_another_and_nobody_unknown_has_one(desk: Desk) -> None:
    for by in ("iro", "manager", "qa", "service"):
        with pytest.raises(NotYours):
            declare_interest.declare_for(desk.office, desk.actor(by), "worker", NUMBER)
    with pytest.raises(NotYourself):
        declare_interest.declare_for(desk.office, desk.actor("boss"), "boss", NUMBER)
    with pytest.raises(NotFound):
        declare_interest.declare_for(desk.office, desk.actor("boss"), "nobody", NUMBER)
    with pytest.raises(BadAnswers):
        declare(desk, "worker", ChildMeant(child="Kit Muster"))


@pytest.mark.parametrize(("by", "second"), [("admin", "boss_2"), ("boss_2", "admin")])
@pytest.mark.parametrize("who", ["iro", "boss", "qa", "auditor"])
def test_nobody_alone_shuts_out_whoever_reviews_manages_or_audits(
    desk: Desk, by: str, second: str, who: str
) -> None:
    with desk.office.database.writing() as tx:
        one = DirectoryPerson("auditor", "Auditor Sample", "auditor@practice.invalid")
        directory.add_person(tx, one, [("lambeth", "auditor", "")], LONG_AGO)
    found = desk.raised("stage-1")
    before = readers(desk, found)
    asks, name = desk.actor(by), desk.actor(who).name
    assert declare_interest.declare_for(desk.office, asks, who, NUMBER) == (name, True)
    assert readers(desk, found) == before
    assert declare_interest.own(desk.office, desk.actor(who)) == ()
    assert told(desk, "directory_asked") == [who]
    (waiting,) = second_person.look(desk.office, asks, "lambeth").waiting
    for alone in {by, who}:
        with pytest.raises(Expected):
            second_person.confirm(desk.office, desk.actor(alone), "lambeth", waiting.number)
    assert readers(desk, found) == before
    second_person.confirm(desk.office, desk.actor(second), "lambeth", waiting.number)
    assert readers(desk, found) == before - {who}
    (line,) = declare_interest.own(desk.office, desk.actor(who))
    assert line.child == NUMBER
    assert prove(desk.office).holds
    later = desk.raised("stage-1", "other_iro")
    assert not desk.can_open(who, later)


def test_whoever_is_said_to_have_one_neither_confirms_nor_refuses_that(desk: Desk) -> None:
    declare_interest.declare_for(desk.office, desk.actor("admin"), "boss", NUMBER)
    (entry,) = second_person.look(desk.office, desk.actor("boss"), "lambeth").waiting
    for verb in (second_person.confirm, second_person.refuse):
        with pytest.raises(NotPossible, match="about you"):
            verb(desk.office, desk.actor("boss"), "lambeth", entry.number)


def test_what_is_refused_shuts_nobody_out(desk: Desk) -> None:
    found = desk.raised("stage-1")
    declare_interest.declare_for(desk.office, desk.actor("admin"), "iro", NUMBER)
    (waiting,) = second_person.look(desk.office, desk.actor("boss"), "lambeth").waiting
    second_person.refuse(desk.office, desk.actor("boss"), "lambeth", waiting.number)
    assert desk.can_open("iro", found)
    assert not declare_interest.of_council(desk.office, desk.actor("admin"))
    declare(desk, "iro")
    assert not desk.can_open("iro", found), "by oneself it holds at once"


def test_one_who_is_challenged_shuts_out_nobody_who_reviews(desk: Desk) -> None:
    desk.give("administrator", "manager")
    desk.raised("stage-1")
    with pytest.raises(NotPossible, match="somebody else says"):
        declare_interest.declare_for(desk.office, desk.actor("manager"), "iro", NUMBER)


# ---------------------------------------------------------------------------------- two withdraw it


def test_it_shuts_out_until_the_manager_has_confirmed_that_it_is_withdrawn(desk: Desk) -> None:
    found = desk.raised("stage-1")
    declare(desk, "elsewhere")
    (mine,) = declare_interest.own(desk.office, desk.actor("elsewhere"))
    declare_interest.ask_to_withdraw(
        desk.office, desk.actor("elsewhere"), mine.number, "Moved away."
    )
    assert told(desk, "directory_waits") == ["boss", "boss_2"]
    assert not desk.can_open("elsewhere", found)
    assert declare_interest.own(desk.office, desk.actor("elsewhere"))[0].waits
    with pytest.raises(NotPossible):
        declare_interest.ask_to_withdraw(
            desk.office, desk.actor("elsewhere"), mine.number, "Again."
        )
    (waiting,) = second_person.look(desk.office, desk.actor("boss"), "lambeth").waiting
    for by, refused in (("admin", NotYours), ("elsewhere", NotYours), ("iro", NotYours)):
        with pytest.raises(refused):
            second_person.confirm(desk.office, desk.actor(by), "lambeth", waiting.number)
    second_person.confirm(desk.office, desk.actor("boss"), "lambeth", waiting.number)
    assert desk.can_open("elsewhere", found)
    assert not declare_interest.own(desk.office, desk.actor("elsewhere"))
    assert prove(desk.office).holds


def test_no_manager_confirms_what_is_about_themself_or_what_they_asked_for(desk: Desk) -> None:
    declare(desk, "boss")
    (mine,) = declare_interest.own(desk.office, desk.actor("boss"))
    declare_interest.ask_to_withdraw(desk.office, desk.actor("boss"), mine.number, "It is over.")
    (waiting,) = second_person.look(desk.office, desk.actor("boss"), "lambeth").waiting
    with pytest.raises(NotPossible):
        second_person.confirm(desk.office, desk.actor("boss"), "lambeth", waiting.number)
    second_person.refuse(desk.office, desk.actor("boss"), "lambeth", waiting.number)
    declare_interest.ask_to_withdraw(desk.office, desk.actor("boss_2"), mine.number, "Wrong.")
    (waiting,) = second_person.look(desk.office, desk.actor("boss"), "lambeth").waiting
    for by in ("boss", "boss_2"):
        with pytest.raises(NotPossible):
            second_person.confirm(desk.office, desk.actor(by), "lambeth", waiting.number)
    with pytest.raises(NotYours):
        second_person.refuse(desk.office, desk.actor("admin"), "lambeth", waiting.number)


def test_another_interest_of_theirs_in_the_child_goes_on_shutting_them_out(desk: Desk) -> None:
    found = desk.raised("stage-1")
    declare(desk, "elsewhere", NUMBER)
    declare(desk, "west", NUMBER)
    withdrawn(desk, "elsewhere")
    assert desk.can_open("elsewhere", found)
    declare(desk, "elsewhere", NAME)
    declare(desk, "elsewhere", NUMBER)
    first, _ = declare_interest.own(desk.office, desk.actor("elsewhere"))
    declare_interest.ask_to_withdraw(
        desk.office, desk.actor("admin"), first.number, "It was mistyped."
    )
    record = second_person.look(desk.office, desk.actor("boss"), "lambeth")
    second_person.confirm(desk.office, desk.actor("boss"), "lambeth", record.waiting[0].number)
    assert not desk.can_open("elsewhere", found)
    with desk.office.database.reading() as tx:
        assert shut_out_rows.of_alert(tx, found.id) == {"elsewhere", "west"}


def test_nobody_withdraws_anothers_but_who_may_enter_one(desk: Desk) -> None:
    declare(desk, "worker")
    (mine,) = declare_interest.own(desk.office, desk.actor("worker"))
    for who in ("worker_2", "iro", "qa"):
        with pytest.raises(NotFound):
            declare_interest.ask_to_withdraw(desk.office, desk.actor(who), mine.number, "Why not.")
    with pytest.raises(BadAnswers):
        declare_interest.ask_to_withdraw(desk.office, desk.actor("worker"), mine.number, " ")


def test_it_is_entered_for_another_by_who_has_lately_proved_who_they_are(desk: Desk) -> None:
    long_ago = replace(desk.actor("boss"), must_prove_again=True)
    with pytest.raises(ProveAgain):
        declare_interest.declare_for(desk.office, long_ago, "worker", NUMBER)


def test_one_person_declares_so_many_a_day_and_the_next_day_again(desk: Desk) -> None:
    for number in range(declare_interest.MOST_A_DAY):
        declare(desk, "worker", ChildMeant(case_number=f"X-{number}"))
    with pytest.raises(NotPossible, match="the most for one person"):
        declare(desk, "worker", NUMBER)
    declare(desk, "other_iro", NUMBER)
    desk.clock[0] += timedelta(days=1)
    declare(desk, "worker", NUMBER)


@pytest.mark.parametrize("who", ["worker", "qa"])
def test_what_is_raised_while_it_is_looked_for_shuts_out_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """Every alert is read before the writing, so that nobody waits; what happened meanwhile is read again in it."""
    meanwhile: list[Known] = []
    before, moved = desk.raised("stage-1"), desk.raised("stage-1", **ANOTHER)
    if who == "qa":  # it waits for a second person, and is looked for when that one confirms it
        declare_interest.declare_for(desk.office, desk.actor("admin"), who, NUMBER)
    all_of = declare_interest._look_at_all

    def slowly(tx: Any, council: str, what: Any) -> Any:
        found = all_of(tx, council, what)
        meanwhile.append(desk.raised("stage-1"))
        return found

    monkeypatch.setattr(declare_interest, "_look_at_all", slowly)
    if who == "qa":
        (waiting,) = second_person.look(desk.office, desk.actor("boss"), "lambeth").waiting
        second_person.confirm(desk.office, desk.actor("boss"), "lambeth", waiting.number)
    else:
        declare(desk, who)
    for one, out in ((before, {who}), (meanwhile[0], {who}), (moved, set())):
        assert again(desk, one).shut_out == out
