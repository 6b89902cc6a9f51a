"""An alert that only named people may open: who is shut out, who stays, and how it ends."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from practice_alerts.adapters.store.alerts import let_in_rows
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.casework.acts import answer, case_moves, restrict
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory.cover import barred_by
from practice_alerts.casework.documents.export import DateRange, documents, how_many
from practice_alerts.casework.jobs import digest, undelivered
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.casework.jobs.sync_log import catch_up
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.views import overview, service, work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotFound, NotPossible
from practice_alerts.domain.standing.let_in import LetIn
from practice_alerts.domain.standing.list_filters import Filters
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import Desk
from tests.helpers.stories.crowded import readers
from tests.helpers.stories.played import Played
from tests.helpers.stories.restricting import WHY, asking, enter_seconds, lifted, restricted

SECOND, STAND_IN, NAMED = "boss_2", "iro_3", "worker_2"
LET_IN = {"iro", SECOND, STAND_IN, NAMED, "manager"}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two in each post at Lambeth, in three teams, and each of the three kinds of cover."""
    enter_seconds(desk)
    return desk


def everybody(desk: Desk) -> list[str]:
    with desk.office.database.reading() as tx:
        return [one.id for one in directory.everybody(tx, "lambeth")]


def shut(desk: Desk, found: Known) -> Known:
    return restricted(desk, found, NAMED, second=SECOND, stand_in=STAND_IN)


def listed_for(desk: Desk, who: str, found: Known) -> bool:
    """In any list, under any heading or search, as a line or as a number."""
    actor, office = desk.actor(who), desk.office
    trays = [
        work_tray.tray(office, actor, Wanted(Filters(whose=whose)))
        for whose in work_tray.offered(office, actor)
    ]
    words = (found.alert.reference, "Sample", found.alert.officer.name)
    hits = [one for said in words for one in work_tray.search(office, actor, said)]
    lines = [one for tray in trays for part in tray.parts for one in part.lines]
    here = {one.row.reference for one in (*lines, *hits)}
    counted = sum(part.count for tray in trays for part in tray.parts)
    assert counted == len(lines)
    return found.alert.reference in here


def test_at_once_nobody_opens_or_lists_it_but_those_named_and_those_asked(desk: Desk) -> None:
    found = desk.raised("stage-1")
    before = readers(desk, found)
    assert {"boss", "iro_2", "elsewhere"} <= before
    found = shut(desk, found)
    assert readers(desk, found) == LET_IN
    assert {who for who in everybody(desk) if listed_for(desk, who, found)} == LET_IN
    assert prove(desk.office).holds


def test_no_act_is_left_to_those_shut_out_and_the_stand_in_does_what_the_officer_does(
    desk: Desk,
) -> None:
    found = shut(desk, desk.raised("stage-1"))

    def acts(who: str) -> set[Act]:
        return {act for act in Act if found.may(desk.actor(who), act)}

    for who in set(everybody(desk)) - LET_IN:
        assert acts(who) == set()
    assert acts(STAND_IN) == acts("iro")
    assert acts(NAMED) == {Act.SEE}
    assert acts("manager") == {
        *(Act.SEE, Act.ANSWER, Act.NOT_THEIRS, Act.NAME_DRAFTER, Act.ASK_QUESTION)
    }
    assert acts(SECOND) >= {Act.CONFIRM_RESTRICTION, Act.LIFT_RESTRICTION, Act.HAND_ON}
    assert Act.CONFIRM_RESTRICTION not in acts("iro")


def test_why_it_is_restricted_is_read_on_the_own_side_alone(desk: Desk) -> None:
    found = shut(desk, desk.raised("stage-1"))
    reads = {who for who in LET_IN if WHY in repr(desk.see(who, found))}
    assert reads == {"iro", STAND_IN, SECOND}
    for who in LET_IN:
        assert any("Restricted" in said for said in desk.see(who, found).warnings)


def test_the_second_person_confirms_it_and_nobody_confirms_their_own(desk: Desk) -> None:
    found = desk.raised("stage-1")
    with pytest.raises(BadAnswers):
        restricted(desk, found, second="iro", stand_in=STAND_IN)
    with pytest.raises(BadAnswers):
        restricted(desk, found, second="boss", stand_in=STAND_IN, by="boss")
    with pytest.raises(BadAnswers):  # whoever is asked does not act for the officer who asks them
        restricted(desk, found, second=SECOND, stand_in="manager")
    found = shut(desk, found)
    with pytest.raises(NotAllowed):
        VERBS[Act.CONFIRM_RESTRICTION](
            desk.office, found.id, {"text": "So it is."}, desk.doing("iro", found)
        )
    found = VERBS[Act.CONFIRM_RESTRICTION](
        desk.office, found.id, {"text": "So it is."}, desk.doing(SECOND, found)
    )
    assert found.alert.restriction
    assert found.alert.restriction.confirmed_at == desk.office.now()
    assert readers(desk, found) == LET_IN


def test_it_takes_two_people_to_lift_it(desk: Desk) -> None:
    found = desk.raised("stage-1")
    before = readers(desk, found)
    found = shut(desk, found)
    said = {"reason": "The colleague has left."}
    found = restrict.lift_restriction(desk.office, found.id, said, desk.doing("iro", found))
    assert readers(desk, found) == LET_IN
    with pytest.raises(NotPossible):
        restrict.lift_restriction(desk.office, found.id, said, desk.doing("iro", found))
    with pytest.raises(NotFound):
        restrict.lift_restriction(desk.office, found.id, said, desk.doing("boss", found))
    found = restrict.lift_restriction(desk.office, found.id, said, desk.doing(SECOND, found))
    assert readers(desk, found) == before
    with desk.office.database.reading() as tx:
        assert let_in_rows.of_alert(tx, found.id) == {}
    assert prove(desk.office).holds


def test_a_word_of_lifting_is_spent_when_it_is_restricted_anew(desk: Desk) -> None:
    found = shut(desk, desk.raised("stage-1"))
    said = {"reason": "Over."}
    found = restrict.lift_restriction(desk.office, found.id, said, desk.doing("iro", found))
    found = shut(desk, found)
    found = restrict.lift_restriction(desk.office, found.id, said, desk.doing(SECOND, found))
    assert found.alert.restriction is not None


def test_its_manager_may_restrict_it_and_then_reads_it_as_who_did(desk: Desk) -> None:
    found = restricted(desk, desk.raised("stage-1"), second="boss_2", stand_in=STAND_IN, by="boss")
    assert readers(desk, found) == {"iro", "boss", "boss_2", STAND_IN, "manager"}


def test_whoever_is_asked_next_is_named_by_being_asked_and_nobody_is_copied_by_post(
    desk: Desk,
) -> None:
    tale = Played(desk, desk.raised("stage-1"))
    tale.goes_on("iro", "stage-2", "service")
    copied = {one.id for one in tale.alert.alert.people_copied}
    tale.found = restricted(desk, tale.alert, NAMED, second=SECOND, stand_in=STAND_IN)
    number = tale.alert.alert.version
    asked_now = {"iro", SECOND, STAND_IN, NAMED, "service"}
    assert (
        readers(desk, tale.alert) == asked_now
    )  # the first manager was asked before, and is not now
    sent = len(desk.mails())
    tale.goes_on("iro", "stage-3", "assistant")
    assert readers(desk, tale.alert) == asked_now | {"assistant"}
    run = tale.alert.run
    told = {one.id for one in (*run.sent.copied, *run.copied, *run.invited, *run.doing)}
    assert told <= asked_now | {"assistant"}
    assert all(one.id for one in run.sent.copied)
    assert {to for to, *_ in desk.mails()[sent:]} <= asked_now | {"assistant"}
    assert tale.alert.alert.version > number
    assert copied - readers(desk, tale.alert) == copied - asked_now


def test_somebody_let_go_when_the_case_moves_is_shut_out_and_reads_no_earlier_state(
    desk: Desk,
) -> None:
    found = desk.raised("stage-1")
    with desk.office.database.reading() as tx:
        page = next(
            row.id for row in tx.execute(tables.askings.select()) if row.person_id == "manager"
        )
    found = shut(desk, found)
    moved = {"team_manager": "West Sample", "team": "Team West"}
    said = {**moved, "since": desk.office.today.isoformat(), "reason": "Moved."}
    found = case_moves.move_case(desk.office, found.id, said, desk.doing("iro", found))
    assert readers(desk, found) == LET_IN - {"manager"} | {"west"}
    with desk.office.database.reading() as tx, pytest.raises(NotFound):
        answer.asked(desk.office, tx, "manager", page)


def test_the_answer_page_is_shut_to_covers_and_open_to_whoever_is_asked(desk: Desk) -> None:
    found = shut(desk, desk.raised("stage-1"))
    with desk.office.database.reading() as tx:
        (page,) = (row.id for row in tx.execute(tables.askings.select()))
        assert answer.asked(desk.office, tx, "manager", page).is_present
        with pytest.raises(NotFound):
            answer.asked(desk.office, tx, "elsewhere", page)
    reply = act_answers.reply("It is done.", "other")
    found = answer.answer(desk.office, found.id, reply, desk.doing("manager", found))
    assert found.run.answers


def test_the_views_of_the_service_tell_a_number_and_nothing_else(desk: Desk) -> None:
    open_one, found = desk.raised("stage-1"), desk.raised("stage-1")
    shut(desk, found)
    assert overview.overview(desk.office, desk.actor("qa")).restricted == 1
    for who, opens in (("boss", 1), (SECOND, 2)):  # the one is not let in, the other by name
        seen, told = (
            service.service(desk.office, desk.actor(who)),
            overview.overview(desk.office, desk.actor(who)),
        )
        assert (seen.restricted, told.restricted) == (2 - opens, 2 - opens)
        assert (seen.limits.open, told.limits.open) == (opens, opens)
        assert sum(load.open for load in seen.loads) == opens
        assert [one.count for one in told.stages] == [opens]
    desk.at("Mon 2025-09-01")
    told = overview.overview(desk.office, desk.actor("boss"))
    assert [one.reference for one in told.longest] == [open_one.alert.reference]
    assert sum(one.count for one in service.service(desk.office, desk.actor("boss")).silent) == 1


def test_the_log_keeps_a_count_for_the_month_and_has_the_rows_again_once_it_is_lifted(
    desk: Desk,
) -> None:
    other, found = desk.raised("stage-1"), desk.raised("stage-1")
    catch_up(desk.office)
    assert references(desk) == [other.alert.reference, found.alert.reference]
    found = shut(desk, found)
    catch_up(desk.office)
    assert references(desk) == [other.alert.reference]
    assert logged(desk, "select month, alerts from restricted") == [("2025-06", 1)]
    path = desk.office.log.files()["lambeth"]
    assert found.alert.reference.encode() not in path.read_bytes()
    lifted(desk, found)
    catch_up(desk.office)
    assert references(desk) == [other.alert.reference, found.alert.reference]
    assert logged(desk, "select * from restricted") == []


def references(desk: Desk) -> list[str]:
    return [str(row[0]) for row in logged(desk, "select reference from alerts order by reference")]


def logged(desk: Desk, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(desk.office.log.files()["lambeth"])) as log:
        return log.execute(sql).fetchall()


def test_mail_that_waits_and_mail_to_come_goes_to_nobody_who_is_shut_out(desk: Desk) -> None:
    found = desk.raised("stage-1")
    assert {to for to, *_ in desk.mails()} - LET_IN
    found = shut(desk, found)
    assert {to for to, *_ in desk.mails()} <= LET_IN
    named = {(to, what) for to, what, _ in desk.mails() if what.startswith("restriction")}
    assert named == {
        (SECOND, "restriction_to_confirm"),
        (STAND_IN, "restriction_named"),
        (NAMED, "restriction_named"),
    }
    for when in ("Thu 2025-06-05", "Fri 2025-06-06", "Mon 2025-06-09", "Tue 2025-06-10"):
        desk.at(when)
        remind(desk.office)
        digest.write_digests(desk.office)
    told = [to for to, _, text in desk.mails() if found.alert.reference in text]
    assert set(told) <= LET_IN
    assert "manager" in told
    assert not any(WHY in text for *_, text in desk.mails())


def test_calendars_hold_it_for_those_let_in_alone(desk: Desk) -> None:
    found = shut(desk, desk.raised("stage-1"))

    def feed(who: str) -> bytes:
        token = calendar_feed.make(desk.office, who).rpartition("/")[2].removesuffix(".ics")
        return calendar_feed.read(desk.office, token) or b""

    has = {who for who in everybody(desk) if found.alert.reference.encode() in feed(who)}
    assert has == {"iro", "manager"}


def test_no_document_of_it_is_handed_out_in_bulk_and_no_list_of_cover_names_it(desk: Desk) -> None:
    found = shut(desk, desk.raised("stage-1"))
    today = desk.office.today
    span = DateRange("lambeth", today, today)
    assert how_many(desk.office, span) == 0
    assert list(documents(desk.office, span)) == []
    said = barred_by.by_cover(desk.office, desk.actor("boss"), "manager", "iro_2")
    assert found.alert.reference not in said


def test_an_email_that_did_not_arrive_does_not_say_of_which_alert_it_is(desk: Desk) -> None:
    found = shut(desk, desk.raised("stage-1"))
    with desk.office.database.writing() as tx:
        tx.execute(tables.outbox.update().values(given_up_at=desk.office.now()))
    stuck = undelivered.not_arrived(desk.office, desk.actor("admin"))
    assert stuck
    assert found.alert.reference not in repr(stuck)
    assert {(one.reference, one.subject) for one in stuck} == {("", outbox.OF_RESTRICTED)}


def test_choices_of_lists_do_not_tell_a_team_or_officer_that_has_only_this_one(desk: Desk) -> None:
    shut(desk, desk.raised("stage-1"))
    for who in ("boss", "qa"):
        chosen = work_tray.choices(desk.office, desk.actor(who))
        assert (chosen.teams, chosen.officers) == ({}, {})
    assert work_tray.choices(desk.office, desk.actor(SECOND)).officers == {"iro": "Iro Sample"}


def test_a_closed_one_stays_shut_and_one_that_is_closed_can_be_restricted(desk: Desk) -> None:
    found = shut(desk, desk.raised("stage-1"))
    ending = act_answers.ending("withdrawn", "Nothing.")
    found = VERBS[Act.CLOSE](desk.office, found.id, ending, desk.doing(STAND_IN, found))
    assert readers(desk, found) == LET_IN
    other = desk.raised("stage-1")
    other = VERBS[Act.CLOSE](desk.office, other.id, ending, desk.doing("iro", other))
    other = shut(desk, other)
    assert readers(desk, other) == LET_IN - {"manager"}
    other = VERBS[Act.REOPEN](
        desk.office, other.id, {"reason": "Too early."}, desk.doing("iro", other)
    )
    assert readers(desk, other) == LET_IN, "whoever is to answer again opens it, and nobody else"


def test_restricted_anew_it_goes_by_the_new_names(desk: Desk) -> None:
    found = shut(desk, desk.raised("stage-1"))
    found = restricted(desk, found, "qa_2", second=SECOND, stand_in="other_iro")
    assert readers(desk, found) == LET_IN - {NAMED, STAND_IN} | {"qa_2", "other_iro"}
    with desk.office.database.reading() as tx:
        rows = let_in_rows.of_alert(tx, found.id)
    assert rows["other_iro"] is LetIn.STANDS_IN
    assert STAND_IN not in rows


def test_a_name_is_worth_nothing_without_a_post(desk: Desk) -> None:
    found = shut(desk, desk.raised("stage-1"))
    with desk.office.database.writing() as tx:
        tx.execute(
            tables.holdings.delete().where(tables.holdings.c.person_id.in_([NAMED, STAND_IN]))
        )
    assert readers(desk, found) == LET_IN - {NAMED, STAND_IN}


def test_the_form_refuses_a_day_that_has_passed_and_a_name_that_is_none(desk: Desk) -> None:
    found = desk.raised("stage-1")
    for wrong in (
        {"look_again": (desk.office.today - timedelta(days=1)).isoformat()},
        {"second": "nobody"},
        {"named": ["merton-iro"]},
        {"reason": " "},
    ):
        said = {**asking(desk, SECOND, STAND_IN), **wrong}
        with pytest.raises(BadAnswers):
            restrict.restrict(desk.office, found.id, said, desk.doing("iro", found))
    with desk.office.database.reading() as tx:
        assert load(desk.office, tx, found.id).alert.restriction is None


def test_its_officer_and_stand_in_are_reminded_on_the_day_to_look_again_and_each_week(
    desk: Desk,
) -> None:
    found = restricted(
        desk, desk.at("Mon 2025-06-02").raised("stage-1"), second=SECOND, stand_in=STAND_IN
    )

    def told(when: str, notice: str) -> list[str]:
        sent = len(desk.mails())
        remind(desk.at(when).office)
        remind(desk.office)
        return sorted(to for to, name, _ in desk.mails()[sent:] if name == notice)

    assert told("Tue 2025-06-03", "restriction_unconfirmed") == []
    assert told("Wed 2025-06-04", "restriction_unconfirmed") == [SECOND, "iro"]
    assert told("Wed 2025-06-11", "restriction_unconfirmed") == [SECOND, "iro"]
    found = load_now(desk, found)
    VERBS[Act.CONFIRM_RESTRICTION](
        desk.office, found.id, {"text": "It is right."}, desk.doing(SECOND, found)
    )
    assert told("Wed 2025-06-18", "restriction_unconfirmed") == []
    assert told("Tue 2025-07-01", "restriction_look_again") == []
    assert told("Wed 2025-07-02", "restriction_look_again") == ["iro", STAND_IN]
    assert told("Thu 2025-07-03", "restriction_look_again") == []
    assert told("Wed 2025-07-09", "restriction_look_again") == ["iro", STAND_IN]
    assert any("That day has come" in said for said in desk.see("iro", found).warnings)
    shut(desk, load_now(desk, found))  # anew, with another day
    assert told("Wed 2025-07-16", "restriction_look_again") == []


def load_now(desk: Desk, found: Known) -> Known:
    with desk.office.database.reading() as tx:
        return load(desk.office, tx, found.id)


def test_restricted_while_closed_it_opens_for_whoever_is_to_answer_once_it_is_reopened(
    desk: Desk,
) -> None:
    found = desk.raised("stage-1")
    withdrawn = act_answers.ending("withdrawn", "Nothing.")
    found = VERBS[Act.CLOSE](desk.office, found.id, withdrawn, desk.doing("iro", found))
    found = shut(desk, found)
    assert not listed_for(desk, "manager", found)
    again = {"reason": "It went on."}
    found = VERBS[Act.REOPEN](desk.office, found.id, again, desk.doing("iro", found))
    assert desk.see("manager", found).known.alert.reference == found.alert.reference
    assert listed_for(desk, "manager", found)
