"""Everything about one person: what is found, what each requester gets, what is kept back, who issues it."""

import json
from datetime import date
from typing import Any

import pytest

from practice_alerts.adapters.documents import read_on_screen
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts import notes_and_corrections as notes
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known, load_in_turn
from practice_alerts.casework.directory import declare_interest, record_keeping, second_person
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.disclosure import bundle_files, disclose, whose_alerts
from practice_alerts.casework.disclosure.disclose import DisclosureWanted, PreparedDisclosure
from practice_alerts.casework.documents.issued import issued
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.directory.office_permissions import (
    COMMAND_LINE_POST,
    NotYours,
    NotYourself,
)
from practice_alerts.domain.disclosure.bundle import places
from practice_alerts.domain.disclosure.disclosed import PersonMeant
from practice_alerts.domain.disclosure.requesters import REQUESTERS, AboutWhom, Mark, Requester
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible, SomeoneWasFaster
from tests.helpers.alerts.act_answers import ending
from tests.helpers.files.word_files import tags_left
from tests.helpers.product.office import Desk
from tests.helpers.stories.restricting import enter_seconds, restricted

KIT = PersonMeant(about=AboutWhom.CHILD, case_number="s 100001")
BY_NAME = PersonMeant(about=AboutWhom.CHILD, child="Muster, Kit", born=date(2014, 3, 9))
LOU = {"case_number": "S-100002", "child_name": "Lou Beispiel", "date_of_birth": "2012-01-01"}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    enter_seconds(desk)
    return desk.with_readers()


def wanted(
    desk: Desk, requester: Requester = Requester.COURT, meant: PersonMeant = KIT, **more: Any
) -> DisclosureWanted:
    return DisclosureWanted(
        requester.value,
        meant,
        more.pop("their_number", "SAR 12"),
        more.pop("as_of", desk.office.today),
        **more,
    )


def begun(desk: Desk, *asked: Any, by: str = "boss", **more: Any) -> PreparedDisclosure:
    number, _ = disclose.begin(desk.office, desk.actor(by), wanted(desk, *asked, **more))
    return disclose.see(desk.office, desk.actor(by), number)


def references(prepared: PreparedDisclosure) -> list[str]:
    return [one.reference for one in prepared.alerts]


def text(prepared: PreparedDisclosure) -> str:
    return "\n".join(
        f"{piece.label}: {piece.text}"
        for one in prepared.alerts
        for entry in one.entries
        for piece in entry.pieces
    )


def issue(desk: Desk, prepared: PreparedDisclosure, by: str = "records") -> PreparedDisclosure:
    one = prepared.disclosure
    return disclose.issue(desk.office, desk.actor(by), one.number, one.version)


def closed(desk: Desk, found: Known) -> Known:
    said = ending("withdrawn", "Nothing.", "Good.")
    return VERBS[Act.CLOSE](desk.office, found.id, said, desk.doing("iro", found))


# ------------------------------------------------------------------------------------ what is found


@pytest.mark.parametrize("meant", [KIT, BY_NAME])
def test_every_alert_about_the_child_is_found_open_and_closed_and_no_other(
    desk: Desk, meant: PersonMeant
) -> None:
    first, second = desk.raised("stage-1"), desk.raised("stage-1", case_number="S–100001")
    closed(desk, first)
    desk.raised("stage-1", **LOU)
    found = begun(desk, Requester.COURT, meant)
    assert references(found) == sorted([first.alert.reference, second.alert.reference])


def test_a_number_put_right_leads_to_the_child_that_it_is_and_names_the_other_nowhere(
    desk: Desk,
) -> None:
    found = desk.raised("stage-1", **LOU)
    number = found.alert.happened[0].number
    for field, now in (("case_number", "S-100001"), ("child_name", "Kit Muster")):
        said = {"question": f"{number}:{field}", "reason": "The wrong child."}
        found = notes.correct(desk.office, found.id, said, now, desk.doing("iro", found))
    told = text(begun(desk))
    assert "Kit Muster" in told
    assert "Lou" not in told
    assert "S-100002" not in told


def test_where_the_name_alone_agrees_it_is_said_and_taken_in_by_its_reference(desk: Desk) -> None:
    found = desk.raised("stage-1", case_number="S-100009", date_of_birth="")
    with pytest.raises(NotPossible, match=found.alert.reference):
        begun(desk, Requester.COURT, BY_NAME)
    prepared = begun(desk, Requester.COURT, BY_NAME, also=(found.alert.reference,))
    assert references(prepared) == [found.alert.reference]


@pytest.mark.parametrize("what", ["restricted", "another child's", "no alert"])
@pytest.mark.parametrize("meant", [KIT, BY_NAME])
def test_a_reference_that_names_somebody_else_is_answered_like_one_that_never_was(
    desk: Desk, what: str, meant: PersonMeant
) -> None:
    desk.raised("stage-1")
    other = desk.raised("stage-1", case_number="S-100009", child_name="Lou Muster")
    if what == "restricted":
        restricted(desk, other, "boss")
    reference = "LAM-2025-9999" if what == "no alert" else other.alert.reference
    with pytest.raises(BadAnswers) as told:
        begun(desk, Requester.COURT, meant, by="records", also=(reference,))
    assert told.value.faults["also"].replace(reference, "") == (
        ": nothing that you may hand out there names this person. Give the child’s name as it stands there, or leave"
        " it out."
    )


@pytest.mark.parametrize("post", ["team_manager", "service_manager"])
@pytest.mark.parametrize("who", ["boss", "records"])
def test_whom_an_alert_challenges_neither_reads_nor_issues_it_so(
    desk: Desk, who: str, post: str
) -> None:
    """A post of its ladder, asked already or to be asked later, in whatever office they are besides."""
    desk.raised("stage-1")
    other = {"boss": "records", "records": "boss"}[who]
    prepared = begun(desk, by=other)
    number, version = prepared.disclosure.number, prepared.disclosure.version
    desk.give(post, who)
    with pytest.raises(NotPossible, match="challenges you"):
        begun(desk, by=who)
    for refused in (
        lambda actor: disclose.see(desk.office, actor, number),
        lambda actor: disclose.mark(desk.office, actor, number, {}, version),
        lambda actor: disclose.issue(desk.office, actor, number, version),
        lambda actor: disclose.drop(desk.office, actor, number, "Not needed."),
    ):
        with pytest.raises(NotPossible, match="challenges you"):
            refused(desk.actor(who))


@pytest.mark.parametrize("requester", Requester)
def test_that_more_is_restricted_is_told_to_whoever_has_to_know_and_to_nobody_else(
    desk: Desk, requester: Requester
) -> None:
    desk.raised("stage-1")
    restricted(desk, desk.raised("stage-1"), "boss")
    if AboutWhom.CHILD not in REQUESTERS[requester].about:
        return
    prepared = begun(desk, requester, by="records")
    assert prepared.disclosure.begun.hidden == 1
    made = issue(desk, prepared, "boss_2")
    actor = desk.actor("records")
    told = requester in {Requester.COURT, Requester.OMBUDSMAN, Requester.INSPECTION}
    word = read_on_screen(bundle_files.word_bundle(desk.office, actor, made).body)
    assert ("1 restricted to people" in word) is told
    said = json.loads(bundle_files.json_bundle(desk.office, actor, made).body)
    assert said["hidden"] == int(told)


def test_as_of_a_day_it_holds_what_stood_there_then(desk: Desk) -> None:
    found = desk.raised("stage-1")
    desk.at("Tue 2025-06-10")
    notes.note(desk.office, found.id, {"text": "A late word."}, desk.doing("iro", found))
    desk.raised("stage-1")
    before = begun(desk, as_of=date(2025, 6, 9))
    assert references(before) == [found.alert.reference]
    assert "A late word." not in text(before)
    assert "A late word." in text(begun(desk))
    with pytest.raises(BadAnswers):
        begun(desk, as_of=date(2025, 6, 11))


def test_what_is_restricted_to_others_is_counted_and_not_in_it(desk: Desk) -> None:
    shown, hidden = desk.raised("stage-1"), desk.raised("stage-1")
    restricted(desk, hidden, "boss")
    prepared = begun(desk, by="records")
    assert references(prepared) == [shown.alert.reference]
    assert prepared.disclosure.begun.hidden == 1
    by_named = begun(desk, by="boss")
    assert hidden.alert.reference in references(by_named)
    with pytest.raises(NotPossible, match="restricted to others"):
        issue(desk, by_named, "records")


def test_whoever_has_an_interest_in_the_child_finds_nothing(desk: Desk) -> None:
    desk.raised("stage-1")
    prepared = begun(desk)
    declare_interest.declare(desk.office, desk.actor("boss_2"), ChildMeant(case_number="S-100001"))
    with pytest.raises(NotPossible, match="Nothing"):
        begun(desk, by="boss_2")
    with pytest.raises(NotFound):
        disclose.see(desk.office, desk.actor("boss_2"), prepared.disclosure.number)
    assert disclose.listed(desk.office, desk.actor("boss_2")) == ()


def test_of_a_member_of_staff_it_holds_what_they_did_and_where_they_are_named(desk: Desk) -> None:
    found = desk.raised("stage-1")
    answer = {"text": "We have begun.", "response": "done"}
    found = VERBS[Act.ANSWER](desk.office, found.id, answer, desk.doing("manager", found))
    notes.note(desk.office, found.id, {"text": "The child rang."}, desk.doing("iro", found))
    meant = PersonMeant(about=AboutWhom.STAFF, person="manager", name="Manager Sample")
    prepared = begun(desk, Requester.STAFF, meant)
    told = text(prepared)
    assert "We have begun." in told
    assert "The child rang." not in told
    by_label = {
        piece.label: piece.mark
        for one in prepared.alerts
        for e in one.entries
        for piece in e.pieces
    }
    assert by_label.get("Child's name", Mark.THIRD_PARTY) is Mark.THIRD_PARTY
    with pytest.raises(NotYourself):
        begun(
            desk,
            Requester.COURT,
            PersonMeant(about=AboutWhom.STAFF, person="boss", name="Boss Sample"),
        )


# ---------------------------------------------------------------------- what each requester is given


def with_every_part(desk: Desk) -> Known:
    found = desk.raised("stage-1")
    for part, said in (("shared", "For all."), ("own", "For us."), ("legal", "From the lawyer.")):
        given = {
            "text": said,
            "part": part,
            "readers": ["boss", "boss_2"] if part == "legal" else [],
        }
        found = VERBS[Act.NOTE](desk.office, found.id, given, desk.doing("iro", found))
    return found


@pytest.mark.parametrize("requester", list(Requester))
@pytest.mark.parametrize("about", list(AboutWhom))
def test_each_requester_begins_with_the_parts_of_its_row(
    desk: Desk, requester: Requester, about: AboutWhom
) -> None:
    with_every_part(desk)
    row = REQUESTERS[requester]
    meant = (
        KIT
        if about is AboutWhom.CHILD
        else PersonMeant(about=about, person="iro", name="Iro Sample")
    )
    if about not in row.about:
        with pytest.raises(BadAnswers):
            begun(desk, requester, meant)
        return
    told = text(begun(desk, requester, meant))
    for part, said in zip(Part, ("For all.", "For us.", "From the lawyer."), strict=True):
        assert (said in told) is (part in row.parts), part


def test_no_requester_begins_with_legal_advice() -> None:
    assert all(Part.LEGAL not in row.parts for row in REQUESTERS.values())


def test_legal_advice_is_taken_in_only_by_whoever_may_read_it(desk: Desk) -> None:
    with_every_part(desk)
    prepared = begun(desk, parts=tuple(Part))
    assert "From the lawyer." in text(prepared)
    with pytest.raises(NotPossible, match="legal advice that you may not read"):
        begun(desk, by="records", parts=tuple(Part))
    with pytest.raises(NotPossible, match="legal advice that you may not read"):
        issue(desk, prepared, "records")
    issue(desk, prepared, "boss_2")


# ------------------------------------------------------------------------------- what is kept back


def whole(desk: Desk, prepared: PreparedDisclosure, by: str = "records") -> tuple[str, str]:
    word = bundle_files.word_bundle(desk.office, desk.actor(by), prepared).body
    data = bundle_files.json_bundle(desk.office, desk.actor(by), prepared).body.decode()
    return str(read_on_screen(word)), data


def test_what_is_marked_is_in_neither_file_and_nobody_can_tell_how_long_it_was(desk: Desk) -> None:
    found = desk.raised("stage-1", child_view="My uncle Fred said so.", concerns="A secret plan.")
    notes.note(desk.office, found.id, {"text": "Fred again."}, desk.doing("iro", found))
    prepared = begun(desk)
    entries = [entry for one in prepared.alerts for entry in one.entries]
    view = next(p.place for e in entries for p in e.pieces if "Fred" in p.text)
    note = next(e.place for e in entries if any(p.text == "Fred again." for p in e.pieces))
    number, marks = prepared.disclosure.number, {view: "third_party", note: "serious_harm"}
    disclose.mark(desk.office, desk.actor("boss"), number, marks, prepared.disclosure.version)
    done = issue(desk, disclose.see(desk.office, desk.actor("boss"), number))
    html, data = whole(desk, done)
    for written in (html, data):
        assert "Fred" not in written
        assert "A secret plan." in written
    assert "[kept back: about somebody else]" in html
    assert "[kept back: it could do serious harm]" in html
    kept = [
        p
        for one in json.loads(data)["alerts"]
        for e in one["entries"]
        for p in e["pieces"]
        if p["kept_back"]
    ]
    assert [p["text"] for p in kept] == ["", ""]
    assert done.disclosure.issued is not None
    assert (
        done.disclosure.issued.kept_back == 3
    )  # the note's one line, and its text, and what the child says


def test_everything_can_be_kept_back_and_only_what_is_there(desk: Desk) -> None:
    desk.raised("stage-1")
    prepared = begun(desk)
    every, one = places(prepared.alerts), prepared.disclosure
    given = dict.fromkeys(every, "privilege") | {
        "9-9-made-up": "privilege",
        "1-1": "no such reason",
    }
    disclose.mark(desk.office, desk.actor("boss"), one.number, given, one.version)
    now = disclose.see(desk.office, desk.actor("boss"), one.number)
    assert set(now.disclosure.marks or ()) == every - {"1-1"}
    with pytest.raises(SomeoneWasFaster):
        disclose.mark(desk.office, desk.actor("boss"), one.number, {}, one.version)


@pytest.mark.parametrize("requester", [one for one in Requester if one is not Requester.STAFF])
def test_what_the_child_said_in_confidence_begins_kept_back_but_for_the_child(
    desk: Desk, requester: Requester
) -> None:
    confided: dict[str, Any] = {"child_view": "Only for you.", "child_view_not_passed_on": "yes"}
    found = desk.raised("stage-1", **confided)
    said = {"question": f"{found.alert.happened[0].number}:child_view", "reason": "A slip."}
    notes.correct(desk.office, found.id, said, "Only for you, she said.", desk.doing("iro", found))
    every = [p for a in begun(desk, requester).alerts for e in a.entries for p in e.pieces]
    theirs = [one for one in every if "Only for you" in one.text]
    assert bool(theirs) is (Part.OWN in REQUESTERS[requester].parts)
    expected = None if requester is Requester.CHILD else Mark.CONFIDENCE
    assert all(one.mark is expected for one in theirs)


# ------------------------------------------------------------------------------------ who issues it


@pytest.mark.parametrize(
    "who", ["iro", "manager", "qa", "admin", "auditor", "support", "informed", "chief"]
)
def test_nobody_else_begins_sees_lists_or_issues_one(desk: Desk, who: str) -> None:
    desk.raised("stage-1")
    prepared = begun(desk)
    actor, number = desk.actor(who), prepared.disclosure.number
    for act in (
        lambda: disclose.begin(desk.office, actor, wanted(desk)),
        lambda: disclose.listed(desk.office, actor),
        lambda: disclose.see(desk.office, actor, number),
        lambda: disclose.mark(desk.office, actor, number, {}, prepared.disclosure.version),
        lambda: disclose.drop(desk.office, actor, number, "So."),
        lambda: disclose.issue(desk.office, actor, number, prepared.disclosure.version),
    ):
        with pytest.raises(NotYours):
            act()


BOSS = PersonMeant(about=AboutWhom.STAFF, person="boss", name="Boss Sample")


def about_boss(desk: Desk) -> PreparedDisclosure:
    found = desk.raised("stage-1")
    notes.note(desk.office, found.id, {"text": "It is late."}, desk.doing("boss", found))
    return begun(desk, Requester.OMBUDSMAN, BOSS, by="records")


def test_whom_it_is_about_finds_no_trace_of_it_marks_nothing_and_does_not_drop_it(
    desk: Desk,
) -> None:
    one = about_boss(desk).disclosure
    boss, number = desk.actor("boss"), one.number
    for act in (
        lambda: disclose.see(desk.office, boss, number),
        lambda: disclose.mark(desk.office, boss, number, {}, one.version),
        lambda: disclose.drop(desk.office, boss, number, "Not needed."),
        lambda: disclose.issue(desk.office, boss, number, one.version),
    ):
        with pytest.raises(NotFound) as told:
            act()
        assert str(told.value) == str(NotFound("disclosure of that number"))
    assert disclose.listed(desk.office, boss) == ()
    ((there, _),) = disclose.listed(desk.office, desk.actor("boss_2"))
    assert (there.is_open, sorted(there.prepared_by)) == (True, ["records"])
    issue(desk, disclose.see(desk.office, desk.actor("boss_2"), number), "boss_2")
    with pytest.raises(NotFound):
        disclose.see(desk.office, boss, number)


def test_where_nobody_is_left_to_issue_it_they_are_told_whom_to_ask(desk: Desk) -> None:
    assert about_boss(desk).lacks == ""  # boss_2 is there
    with desk.office.database.writing() as tx:
        for held in directory.holdings_of(tx, desk.council):
            if held.person_id == "boss_2":
                directory.end_post(tx, held.id, date(2025, 6, 1))
    prepared = begun(desk, Requester.OMBUDSMAN, BOSS, by="records")
    assert "Ask an administrator to name another information governance officer" in prepared.lacks
    with pytest.raises(NotPossible, match="Ask an administrator"):
        issue(desk, prepared, "records")
    desk.give("information_officer", "qa")
    again = disclose.see(desk.office, desk.actor("qa"), prepared.disclosure.number)
    assert again.lacks == ""
    issue(desk, again, "qa")


def test_whoever_begins_one_about_themself_is_told_who_does(desk: Desk) -> None:
    desk.raised("stage-1")
    with pytest.raises(NotYourself, match="the information governance officer, or another IRO"):
        begun(desk, Requester.OMBUDSMAN, BOSS)


def test_whoever_prepared_it_does_not_issue_it_and_it_is_issued_once(desk: Desk) -> None:
    desk.raised("stage-1")
    prepared = begun(desk)
    number, seen = prepared.disclosure.number, prepared.disclosure.version
    disclose.mark(desk.office, desk.actor("boss_2"), number, {}, seen)
    now = disclose.see(desk.office, desk.actor("records"), number)
    for who in ("boss", "boss_2"):
        with pytest.raises(NotPossible, match="You prepared it"):
            issue(desk, now, who)
    with pytest.raises(SomeoneWasFaster):
        disclose.issue(desk.office, desk.actor("records"), number, seen)
    with pytest.raises(NotPossible, match="not issued yet"):
        bundle_files.word_bundle(desk.office, desk.actor("records"), now)
    done = issue(desk, now)
    with pytest.raises(NotPossible, match="It is issued"):
        issue(desk, done, "records")
    with pytest.raises(NotFound):
        disclose.see(desk.office, desk.actor("records"), 999)


def test_the_issue_is_recorded_with_each_alert_and_the_chain_is_whole(desk: Desk) -> None:
    found = desk.raised("stage-1")
    done = issue(desk, begun(desk))
    html, data = whole(desk, done)
    (line,) = issued(desk.office, found.id)
    assert (line.form, line.to) == (disclose.FORM, "Records Sample")
    assert json.loads(data)["word_document"].startswith(line.digest)
    with desk.office.database.reading() as tx:
        put_down = {
            (row.kind, row.person_id)
            for row in tx.execute(tables.security_log.select())
            if row.what == disclose.FORM
        }
    assert put_down == {("alert_opened", "boss"), ("document", "records")}
    proof, told = prove(desk.office), json.loads(data)["certificate"]
    assert proof.holds
    assert told["found"] == []
    assert told["events"] == proof.events - 1
    assert told["head"] in html
    again = bundle_files.word_bundle(desk.office, desk.actor("records"), done)
    assert again.body == bundle_files.word_bundle(desk.office, desk.actor("boss"), done).body


def test_one_that_is_not_made_after_all_says_why_and_takes_nothing_more(desk: Desk) -> None:
    desk.raised("stage-1")
    number = begun(desk).disclosure.number
    with pytest.raises(BadAnswers):
        disclose.drop(desk.office, desk.actor("boss"), number, " ")
    disclose.drop(desk.office, desk.actor("boss"), number, "The court took it back.")
    ((one, who),) = disclose.listed(desk.office, desk.actor("records"))
    assert (one.is_open, who) == (False, "Boss Sample")
    with pytest.raises(NotPossible):
        issue(desk, disclose.see(desk.office, desk.actor("records"), number))


def test_what_is_asked_for_wrongly_is_said_by_field(desk: Desk) -> None:
    desk.raised("stage-1")
    nobody = PersonMeant(about=AboutWhom.CHILD, child="Kit Muster")
    with pytest.raises(BadAnswers) as told:
        begun(desk, Requester.STAFF, nobody, their_number=" ", as_of=None)
    assert set(told.value.faults) == {"requester", "case_number", "their_number", "as_of"}


def test_whoever_keeps_the_directory_reads_nothing_of_it(desk: Desk) -> None:
    """It stands in the chain beside what is done in the directory, and is no change of it."""
    from practice_alerts.casework.directory import second_person

    desk.raised("stage-1")
    begun(desk)
    record = second_person.look(desk.office, desk.actor("admin"), "lambeth")
    assert "100001" not in repr(record)


def test_a_command_fetches_what_was_issued_and_nothing_restricted(desk: Desk) -> None:
    found = desk.raised("stage-1")
    done = issue(desk, begun(desk))
    files = bundle_files.for_command(desk.office, "lambeth", done.disclosure.number)
    assert [one.name for one in files] == ["disclosure-1.docx", "disclosure-1.json"]
    assert tags_left(files[0].body) == []
    assert issued(desk.office, found.id)[-1].to == COMMAND_LINE_POST
    restricted(desk, found, "boss", "boss_2")
    with pytest.raises(NotPossible, match="restricted"):
        bundle_files.for_command(desk.office, "lambeth", done.disclosure.number)
    with pytest.raises(NotFound):
        bundle_files.for_command(desk.office, "merton", done.disclosure.number)


# ------------------------------------------------------------------------------- what is destroyed


def test_what_was_destroyed_since_is_handed_out_no_more_and_the_rest_begins_anew(
    desk: Desk,
) -> None:
    gone, other = closed(desk, desk.raised("stage-1")), desk.raised("stage-1")
    prepared, done = begun(desk), issue(desk, begun(desk))
    desk.at("Mon 2089-03-14")
    officer, boss, why = desk.actor("records"), desk.actor("boss"), "Its time has come."
    record_keeping.propose(desk.office, officer, [gone.alert.reference], why)
    (waits,) = second_person.look(desk.office, boss, "lambeth").waiting
    second_person.confirm(desk.office, boss, "lambeth", waits.number)
    for one in (prepared, done):
        with pytest.raises(NotPossible, match="destroyed"):
            disclose.see(desk.office, boss, one.disclosure.number)
    assert len(disclose.listed(desk.office, boss)) == 2
    assert references(begun(desk)) == [other.alert.reference]


def test_what_is_raised_while_it_is_looked_for_is_found_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are read before the writing, so that nobody waits; in it what was found, and what changed meanwhile."""
    before, _ = desk.raised("stage-1"), desk.raised("stage-1", **LOU)
    look, load = whose_alerts.look, load_in_turn
    meanwhile, read = list[Known](), list[str]()

    def slowly(*given: Any) -> Any:
        found = look(*given)
        meanwhile.append(desk.raised("stage-1"))
        read.clear()
        return found

    def counted(*given: Any) -> Any:
        for known in load(*given):
            read.append(known.id)
            yield known

    monkeypatch.setattr(whose_alerts, "look", slowly)
    monkeypatch.setattr(whose_alerts, "load_in_turn", counted)
    number, _ = disclose.begin(desk.office, desk.actor("boss"), wanted(desk))
    assert sorted(read) == sorted([before.id, meanwhile[0].id])
    prepared = disclose.see(desk.office, desk.actor("boss"), number)
    assert references(prepared) == [before.alert.reference, meanwhile[0].alert.reference]
