"""An auditor reads whatever there is to read, and changes nothing: every verb that writes refuses them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from practice_alerts import PACKAGE
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.adapters.store.records.words_beside_figures import TextPlace
from practice_alerts.casework.acts import escalate, hand_over, notes_and_corrections, raise_alert
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.calendar import closures
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import (
    audit_samples,
    declare_interest,
    office_view,
    partner_contacts,
    post_holders,
    record_keeping,
    redaction,
    second_person,
    staff,
)
from practice_alerts.casework.directory.cover import absence_cover, duty_rota, own_cover
from practice_alerts.casework.directory.in_bulk import people_import, scim_tokens
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.casework.directory.signing_in import single_sign_on
from practice_alerts.casework.disclosure import disclose
from practice_alerts.casework.documents import issued, render
from practice_alerts.casework.jobs import sync_log, undelivered
from practice_alerts.casework.reports import make_report, words_beside
from practice_alerts.casework.reports.words_beside import ActionTyped
from practice_alerts.casework.views import (
    overview,
    security_log,
    service,
    service_settings,
    work_tray,
    wrong_readers,
)
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.destroyed import KeptSaid
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours
from practice_alerts.domain.disclosure.disclosed import PersonMeant
from practice_alerts.domain.disclosure.requesters import AboutWhom
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotFound, NotPossible
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.reports.contents import ReportName
from practice_alerts.domain.standing.list_filters import Filters
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk

FRIDAY = day("Fri 2025-06-06")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a second auditor, a second administrator, and an auditor of another council."""
    with desk.office.database.writing() as tx:
        for name, council, post in (
            ("auditor_two", "lambeth", "auditor"),
            ("admin_two", "lambeth", "administrator"),
            ("away_auditor", "merton", "auditor"),
        ):
            person = DirectoryPerson(name, f"{name} Sample", f"{name}@practice.invalid")
            directory.add_person(tx, person, [(council, post, "")], LONG_AGO)
    return desk.with_readers()


# ------------------------------------------------------------------------------------------------ reads


def test_an_auditor_opens_every_alert_of_their_council_and_no_other(desk: Desk) -> None:
    for who in ("iro", "other_iro"):
        found = desk.raised("stage-1", who)
        assert desk.can_open("auditor", found)
        assert desk.see("auditor", found).offers == ()
        assert not desk.can_open("away_auditor", found)
    wanted = Wanted(Filters(whose="service"))
    lines = work_tray.tray(desk.office, desk.actor("auditor"), wanted).parts
    assert sum(part.count for part in lines) == 2


def test_an_auditor_reads_directory_changes_calendar_settings_figures_and_samples(
    desk: Desk,
) -> None:
    desk.raised("stage-1")
    sync_log.catch_up(desk.office)
    staff.change(desk.office, desk.actor("boss"), "worker", "Wanda Sample", "worker@x.invalid")
    office, by = desk.office, desk.actor("auditor")
    assert "worker" in {one.person.id for one in office_view.look(office, by, "lambeth").people}
    assert {one.what.before for one in second_person.look(office, by, "lambeth").entries} == {
        "Worker Sample",
        "worker@practice.invalid",
    }
    assert partner_contacts.overview(office, by, "lambeth")
    assert closures.closures(office, by, "lambeth").every == ()
    assert undelivered.not_arrived(office, by) == ()
    assert undelivered.how_many(office, by) == 0
    assert audit_samples.drawn(office, by) == ()
    assert service.service(office, by).limits.open == 1
    assert overview.overview(office, by).limits.open == 1
    said = dict(service_settings.service_settings(office, by))
    assert said["A session ends without use after"] == "1 hour"
    assert said["Whoever was asked or told reads on after closing for"] == "6 months"


@pytest.mark.parametrize("who", ["boss", "iro", "manager", "qa"])
def test_how_the_service_is_set_is_for_who_runs_or_audits_it(desk: Desk, who: str) -> None:
    assert service_settings.service_settings(desk.office, desk.actor("admin"))
    with pytest.raises(NotYours):
        service_settings.service_settings(desk.office, desk.actor(who))


def looked(desk: Desk, who: str, words: str = "") -> list[tuple[str, str, str]]:
    lines = security_log.read(desk.office, desk.actor(who), security_log.EntriesWanted(words))
    return [(one.who, one.did, one.reference) for one in lines if one.reference]


def test_an_auditor_sees_who_opened_and_who_took_away_what(desk: Desk) -> None:
    first, second = desk.raised("stage-1"), desk.raised("stage-1", "other_iro")
    desk.see("manager", first)
    desk.at("Tue 2025-06-03")
    seen = desk.see("boss", second)
    render.issue(desk.office, seen.known, "boss")
    one, two = first.alert.reference, second.alert.reference
    assert looked(desk, "auditor") == [
        ("Boss Sample", "was handed a document", two),
        ("Boss Sample", "opened an alert", two),
        ("Manager Sample", "opened an alert", one),
    ]
    assert looked(desk, "auditor", "manager") == [("Manager Sample", "opened an alert", one)]
    assert len(looked(desk, "auditor", two.lower())) == 2
    assert looked(desk, "auditor", "%") == []
    assert len(issued.issued(desk.office, second.id)) == 1


def test_that_an_auditor_looked_is_seen_by_the_other(desk: Desk) -> None:
    found = desk.raised("stage-1")
    desk.see("auditor", found)
    assert looked(desk, "auditor") == [("Auditor Sample", "opened an alert", found.alert.reference)]
    lines = security_log.read(desk.office, desk.actor("auditor_two"), security_log.EntriesWanted())
    assert (lines[1].who, lines[1].did) == ("Auditor Sample", "read the security log")


def test_another_council_s_looks_are_not_theirs(desk: Desk) -> None:
    desk.see("boss", desk.raised("stage-1"))
    desk.council = "merton"
    assert looked(desk, "away_auditor") == []


@pytest.mark.parametrize("who", ["boss", "admin", "iro", "manager", "qa", "worker"])
def test_nobody_else_reads_the_security_log(desk: Desk, who: str) -> None:
    for reading in (security_log.read, security_log.csv):
        with pytest.raises(NotYours):
            tuple(reading(desk.office, desk.actor(who), security_log.EntriesWanted()))


# ----------------------------------------------------------------------------------------- changes nothing


def kept(desk: Desk) -> list[Any]:
    """Everything that anybody decides or is told."""
    every = (
        *(tables.events, tables.alerts, tables.askings, tables.holdings, tables.covers),
        *(tables.people, tables.closures, tables.partner_contacts, tables.outbox),
    )
    with desk.office.database.reading() as tx:
        return [tx.execute(one.select()).all() for one in every]


@pytest.mark.parametrize("act", VERBS)
def test_every_act_on_an_alert_refuses_an_auditor(desk: Desk, act: Act) -> None:
    found = desk.raised("stage-1")
    before = kept(desk)
    with pytest.raises(Exception) as refused:  # noqa: PT011 - of which kinds is said below
        VERBS[act](desk.office, found.id, {}, desk.doing("auditor", found))
    assert type(refused.value).__name__ in {"NotAllowed", "NotPossible"}
    assert kept(desk) == before


def test_raising_escalating_and_correcting_refuse_an_auditor(desk: Desk) -> None:
    found = desk.raised("stage-1")
    doing, before = desk.doing("auditor", found), kept(desk)
    with pytest.raises(NotAllowed):
        raise_alert.raise_alert(desk.office, desk.raising("stage-1"), doing)
    climb = escalate.Climb("stage-2", {"rationale": "No."})
    with pytest.raises(NotAllowed):
        escalate.escalate(desk.office, found.id, climb, doing)
    change = {"question": "1:concerns", "reason": "No."}
    with pytest.raises(NotAllowed):
        notes_and_corrections.correct(desk.office, found.id, change, "New.", doing)
    with pytest.raises(NotAllowed):
        wrong_readers.let_go(desk.office, found.id, doing)
    assert kept(desk) == before


Does = Callable[[Desk, Known], object]


def _day(desk: Desk, _found: Known) -> object:
    by, closing = desk.actor("auditor"), closures.Closing(FRIDAY, None, "Snow.")
    return closures.close(desk.office, by, "lambeth", closing)


def _post(desk: Desk, _found: Known) -> object:
    by, post = desk.actor("auditor"), PostGiven("lambeth", "iro")
    return post_holders.give_post(desk.office, by, "worker", post)


def _cover(desk: Desk, _found: Known) -> object:
    cover = absence_cover.Cover("iro", "other_iro", None, FRIDAY)
    return absence_cover.set_cover(desk.office, desk.actor("auditor"), cover)


def _contact(desk: Desk, _found: Known) -> object:
    told = partner_contacts.ContactDetails("A Sample", "a@x.invalid", "", FRIDAY)
    place = ("made-up", "made-up")
    return partner_contacts.add(desk.office, desk.actor("auditor"), "lambeth", place, told)


def _sample(desk: Desk, _found: Known) -> object:
    wanted = audit_samples.SampleWanted("Why not?", 1, FRIDAY)
    return audit_samples.draw(desk.office, desk.actor("auditor"), wanted)


def _people(desk: Desk, _found: Known) -> object:
    saved = people_import.SavedTable("people.csv", b"name,mail,post\n")
    wanted = people_import.PeopleList("lambeth", saved)
    return people_import.take_over(desk.office, desk.actor("auditor"), wanted)


def _worker(desk: Desk) -> DirectoryPerson:
    with desk.office.database.reading() as tx:
        return staff.find(tx, "worker")


WANTED = disclose.DisclosureWanted(
    "court", PersonMeant(about=AboutWhom.CHILD, case_number="S-100001"), "C 7", FRIDAY
)
BESIDE = TextPlace("lambeth", ReportName.SERVICE.value, FRIDAY, FRIDAY, "summary")
OFFICE: dict[str, Does] = {
    "audit_samples.draw": _sample,
    "declare_interest.declare_for": lambda d, _: declare_interest.declare_for(
        d.office, d.actor("auditor"), "iro", declare_interest.ChildMeant("S-100001")
    ),
    "declare_interest.ask_to_withdraw": lambda d, _: declare_interest.ask_to_withdraw(
        d.office, d.actor("auditor"), 1, "Why not?"
    ),
    "make_report.issue": lambda d, _: make_report.issue(
        d.office, d.actor("auditor"), ReportName.SERVICE, Period(FRIDAY, FRIDAY)
    ),
    "words_beside.write": lambda d, _: words_beside.write(
        d.office, d.actor("auditor"), BESIDE, "It went well.", ""
    ),
    "words_beside.check": lambda d, _: words_beside.check(
        d.office, d.actor("auditor"), BESIDE, "made-up"
    ),
    "words_beside.put_action": lambda d, _: words_beside.put_action(
        d.office,
        d.actor("auditor"),
        Period(FRIDAY, FRIDAY),
        ActionTyped("", "Look again.", "boss", ""),
    ),
    "disclose.begin": lambda d, _: disclose.begin(d.office, d.actor("auditor"), WANTED),
    "disclose.mark": lambda d, _: disclose.mark(d.office, d.actor("auditor"), 1, {}, 1),
    "disclose.drop": lambda d, _: disclose.drop(d.office, d.actor("auditor"), 1, "Why not?"),
    "disclose.issue": lambda d, _: disclose.issue(d.office, d.actor("auditor"), 1, 1),
    "record_keeping.say": lambda d, found: record_keeping.say(
        d.office,
        d.actor("auditor"),
        record_keeping.KeptWanted((found.alert.reference,), KeptSaid.HELD, "Why not?", "C 7"),
    ),
    "record_keeping.propose": lambda d, found: record_keeping.propose(
        d.office, d.actor("auditor"), (found.alert.reference,), "Why not?"
    ),
    "redaction.ask": lambda d, found: redaction.ask(
        d.office, d.actor("auditor"), found.alert.reference, "1:answers.concerns", "Why not?"
    ),
    "closures.close": _day,
    "closures.confirm": lambda d, _: closures.confirm(
        d.office, d.actor("auditor"), "lambeth", FRIDAY
    ),
    "closures.reopen": lambda d, _: closures.reopen(
        d.office, d.actor("auditor"), "lambeth", FRIDAY
    ),
    "absence_cover.set_cover": _cover,
    "absence_cover.end_cover": lambda d, _: absence_cover.end_cover(
        d.office, d.actor("auditor"), 1, FRIDAY
    ),
    "partner_contacts.add": _contact,
    "post_holders.give_post": _post,
    "post_holders.end_post": lambda d, _: post_holders.end_post(
        d.office, d.actor("auditor"), 1, FRIDAY
    ),
    "post_holders.end_post_now": lambda d, _: post_holders.end_post_now(
        d.office, d.actor("auditor"), 1
    ),
    "second_person.confirm": lambda d, _: second_person.confirm(
        d.office, d.actor("auditor"), "lambeth", 1
    ),
    "second_person.refuse": lambda d, _: second_person.refuse(
        d.office, d.actor("auditor"), "lambeth", 1
    ),
    "staff.add": lambda d, _: staff.add(
        d.office, d.actor("auditor"), "N Sample", "n@x.invalid", PostGiven("lambeth", "iro")
    ),
    "staff.change": lambda d, _: staff.change(
        d.office, d.actor("auditor"), "worker", "N Sample", "n@x.invalid"
    ),
    "staff.leave": lambda d, _: staff.leave(d.office, d.actor("auditor"), "worker"),
    "undelivered.send_again": lambda d, _: undelivered.send_again(
        d.office, d.actor("auditor"), "made-up"
    ),
    "undelivered.send_all_again": lambda d, _: undelivered.send_all_again(
        d.office, d.actor("auditor")
    ),
    "people_import.take_over": _people,
    "duty_rota.set_duty": lambda d, _: duty_rota.set_duty(
        d.office, d.actor("auditor"), duty_rota.OnDuty("lambeth", "iro")
    ),
    "duty_rota.end_duty": lambda d, _: duty_rota.end_duty(
        d.office, d.actor("auditor"), ("lambeth", 1), FRIDAY
    ),
    "hand_over.hand_over": lambda d, found: hand_over.hand_over(
        d.office, "iro", {found.id: "other_iro"}, "Ill.", d.doing("auditor", found)
    ),
    "own_cover.name": lambda d, _: own_cover.name(
        d.office, d.actor("auditor"), "manager", (None, FRIDAY)
    ),
    "own_cover.end": lambda d, _: own_cover.end(d.office, d.actor("auditor"), 1, FRIDAY),
    "own_cover.take_back": lambda d, _: own_cover.take_back(d.office, d.actor("auditor"), 1),
    "scim_tokens.make": lambda d, _: scim_tokens.make(
        d.office, d.actor("auditor"), "lambeth", FRIDAY, None
    ),
    "scim_tokens.revoke": lambda d, _: scim_tokens.revoke(
        d.office, d.actor("auditor"), "lambeth", "made-up"
    ),
    "single_sign_on.link": lambda d, _: single_sign_on.link(
        d.office, d.actor("auditor"), "lambeth", "worker", "made-up"
    ),
    "single_sign_on.unlink": lambda d, _: single_sign_on.unlink(
        d.office, d.actor("auditor"), "lambeth", "worker"
    ),
    "single_sign_on.link_in_spite": lambda d, _: single_sign_on.link_in_spite(
        d.office, d.actor("auditor"), _worker(d), even_so=True
    ),
    "staff.sign_out": lambda d, _: staff.sign_out(d.office, d.actor("auditor"), "worker"),
    "people_import.new_domain": lambda d, _: people_import.new_domain(
        d.office, d.actor("auditor"), "lambeth", ("x.invalid", "y.invalid")
    ),
}

BY_ITS_OWN_RULE: dict[str, type[Exception]] = {
    # By a command alone, whoever asks.
    **dict.fromkeys(("people_import.take_over", "people_import.new_domain"), NotPossible),
    **dict.fromkeys(("scim_tokens.make", "scim_tokens.revoke"), NotPossible),
    "single_sign_on.link_in_spite": NotPossible,
    # Of what is one's own an auditor has nothing.
    "own_cover.name": NotPossible,
    **dict.fromkeys(("own_cover.end", "own_cover.take_back", "hand_over.hand_over"), NotFound),
    "declare_interest.ask_to_withdraw": NotFound,
}
OWN = {
    "declare_interest.declare",
    *("kept_drafts.keep", "kept_drafts.keep_draft"),
    *("kept_drafts.discard_draft", "kept_drafts.discard_kept"),
    *("saved_views.keep", "saved_views.remember", "saved_views.remove", "preferences.set_digest"),
    *("calendar_feed.make", "calendar_feed.revoke"),
}
"""What is anybody's own: it says nothing of a case or of the office, and is read by nobody else."""
BY_THEMSELVES = {
    *(
        "digest._write",
        "weekly_list._write",
        "send_reminders._remind_of",
        "lifelike_years.tell_years",
        "lifelike_years._tell_again",
        "sample_office.make_sample_office",
        "token_ends._write",
    ),
    *("cover_notices._write", "found_by.read_all_anew"),
    *("look_again._written_once", "single_sign_on._use"),
    *("single_sign_on.finish", "single_sign_on.end"),
    *("send_mail._failed", "send_mail._fault_of_ours", "send_mail._handed_over"),
    *("send_mail._take", "send_mail._take_from_ended", "destroying.forget", "checks._write"),
    *("backup.back_up", "restore._hold_notices", "restore._take_back_what_lets_in"),
    *("recalculate.redate", "witness.note", "came_back.take_out_again", "typed_words.destroy_old"),
    *("lost_since.take_words_out_again", "old_entries._remove_some"),
    *("clear_up.clear_up", "drafts_gone.let_go"),
}
"""What the service does without anybody."""
OF_LOOKING = {"render.handed", "disclose.handed_to", "report_paper.word_report"}
"""That somebody looked is kept, an auditor too."""
ON_ALERTS = {"record.once"}
"""Through which every act on an alert goes; those are tried one by one above."""
BY_NUMBER = {"partner_contacts.change", "partner_contacts.end"}
"""They ask first which council's contact it is: tried with one that is there."""


def writes(function: ast.FunctionDef) -> bool:
    text = ast.unparse(function)
    return (".writing(" in text or "writing_as(" in text) and function.name != "writing_as"


def writers() -> set[str]:
    """Every function of casework that takes the writer's place in the store."""
    found = set()
    for path in (PACKAGE / "casework").glob("**/*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and writes(function):
                found.add(f"{path.stem}.{function.name}")
    return found


def test_every_function_that_writes_is_tried_here_or_said_to_be_harmless() -> None:
    said = {*OFFICE} | OWN | BY_THEMSELVES | OF_LOOKING | ON_ALERTS | BY_NUMBER
    assert writers() == said


@pytest.mark.parametrize("name", OFFICE)
def test_every_verb_on_the_office_refuses_an_auditor(desk: Desk, name: str) -> None:
    found = desk.raised("stage-1")
    before = kept(desk)
    with pytest.raises(BY_ITS_OWN_RULE.get(name, NotYours)):
        OFFICE[name](desk, found)
    assert kept(desk) == before


def test_a_contact_that_is_there_is_not_theirs_to_change(desk: Desk) -> None:
    admin = desk.actor("admin")
    place = partner_contacts.overview(desk.office, admin, "lambeth")[0]
    told = partner_contacts.ContactDetails("A Sample", "a@x.invalid", "", FRIDAY)
    contact = partner_contacts.add(desk.office, admin, "lambeth", (place.partner, place.post), told)
    by, before = desk.actor("auditor"), kept(desk)
    with pytest.raises(NotYours):
        partner_contacts.change(desk.office, by, contact.id, told)
    with pytest.raises(NotYours):
        partner_contacts.end(desk.office, by, contact.id)
    assert kept(desk) == before


# ------------------------------------------------------------------------------------------- the post


def test_the_post_takes_two_people(desk: Desk) -> None:
    staff.add(
        desk.office, desk.actor("admin"), "N Sample", "n@x.invalid", PostGiven("lambeth", "auditor")
    )
    (waiting,) = second_person.look(desk.office, desk.actor("boss"), "lambeth").waiting
    assert waiting.what.post == "auditor"
    second_person.confirm(desk.office, desk.actor("admin_two"), "lambeth", waiting.number)
    with desk.office.database.reading() as tx:
        held = directory.holdings_of(tx, "lambeth")
    assert waiting.what.person in {one.person_id for one in held if one.post == "auditor"}


def test_only_an_administrator_gives_it(desk: Desk) -> None:
    with pytest.raises(NotYours):
        post_holders.give_post(
            desk.office, desk.actor("boss"), "worker", PostGiven("lambeth", "auditor")
        )


def test_whoever_is_auditor_holds_no_other_post_here(desk: Desk) -> None:
    for who, post in (("worker", "auditor"), ("auditor", "iro"), ("auditor", "qa_lead")):
        with pytest.raises(BadAnswers) as refused:
            post_holders.give_post(desk.office, COMMAND_LINE, who, PostGiven("lambeth", post))
        assert "holds no other post here" in refused.value.faults["post"]
    elsewhere = PostGiven("merton", "team_manager")
    post_holders.give_post(desk.office, COMMAND_LINE, "auditor", elsewhere)
    assert not desk.actor("auditor").posts - {"auditor"}


def test_nobody_is_reminded_that_there_is_no_auditor(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        held = tables.holdings.c.post == "auditor"
        tx.execute(tables.holdings.delete().where(held))
    seen = office_view.look(desk.office, desk.actor("admin"), "lambeth")
    assert "auditor" not in {one.post for one in seen.empty}
    assert "auditor" in seen.titles
