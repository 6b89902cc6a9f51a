"""What is written beside figures: by whom, about nobody, kept by period, carried on, corrected and taken out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.documents import read_on_screen
from practice_alerts.adapters.store.alerts import directory_events
from practice_alerts.adapters.store.records import destruction
from practice_alerts.adapters.store.records.words_beside_figures import TextPlace
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.reports import make_report, words_beside
from practice_alerts.casework.reports.report_paper import word_report
from practice_alerts.casework.reports.words_beside import ActionTyped
from practice_alerts.domain.directory.directory_acts import BesideDone, WordsBesideDone
from practice_alerts.domain.directory.office_permissions import NotYours
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.reports.contents import REPORTS, ReportName
from practice_alerts.domain.reports.written import ActionOutcome, ReportAction, mark_of
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.stories.sampleford import hire

MAY = Period(day("Thu 2025-05-01"), day("Sat 2025-05-31"))
JUNE = Period(day("Sun 2025-06-01"), day("Mon 2025-06-30"))
JULY = Period(day("Tue 2025-07-01"), day("Thu 2025-07-31"))
YEAR = Period(day("Mon 2024-04-01"), day("Mon 2025-03-31"))
SERVICE, OUT = ReportName.SERVICE, ReportName.BOARD
SAID = "Two posts were vacant, so answers came late at Stage One."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = open_desk(tmp_path).with_readers()
    desk.raised("stage-1")
    return desk.at("Mon 2025-08-04")


def at(period: Period = JUNE, name: ReportName = SERVICE, place: str = "summary") -> TextPlace:
    return TextPlace("lambeth", name.value, period.since, period.until, place)


def write(
    desk: Desk,
    said: str,
    where: TextPlace | None = None,
    who: str = "qa",
    *,
    names_nobody: bool = False,
) -> None:
    """By somebody who has read what stands there."""
    where, by = where or at(), desk.actor(who)
    name, period = ReportName(where.report), Period(where.since, where.until)
    stands = words_beside.beside(desk.office, desk.actor("qa"), name, period).texts
    read = stands[where.place].mark if where.place in stands else ""
    words_beside.write(desk.office, by, where, said, read, names_nobody=names_nobody)


def put(desk: Desk, period: Period = JUNE, who: str = "boss", **given: Any) -> None:
    """By somebody who has read what stands there."""
    typed = ActionTyped("", "Fill the two posts.", "post:team_manager", "")
    stand = {str(one.id): one.mark for one in seen(desk, period).actions}
    said = replace(typed, **{"read": stand.get(given.get("number", ""), ""), **given})
    words_beside.put_action(desk.office, desk.actor(who), period, said)


def seen(desk: Desk, period: Period = JUNE, who: str = "qa") -> words_beside.BesideFigures:
    return words_beside.beside(desk.office, desk.actor(who), SERVICE, period)


def paper(desk: Desk, name: ReportName, period: Period) -> str:
    sync_log.catch_up(desk.office)
    made = make_report.see(desk.office, desk.actor("qa"), name, period)
    return str(read_on_screen(word_report(desk.office, desk.actor("qa"), made).body))


def test_a_text_stands_beside_its_figures_on_screen_and_paper_and_in_no_other_period(
    desk: Desk,
) -> None:
    write(desk, f"  {SAID}  \n\nThe third is filled. ")
    text = seen(desk).texts["summary"]
    assert (text.body, text.by) == (f"{SAID}\n\nThe third is filled.", "Qa Sample")
    assert SAID in paper(desk, SERVICE, JUNE)
    assert SAID not in paper(desk, SERVICE, JULY)
    assert seen(desk, JULY).texts == {}


def test_what_is_written_anew_takes_the_place_of_what_stood_there(desk: Desk) -> None:
    write(desk, SAID)
    write(desk, "All posts are filled.", who="boss")
    assert [(one.body, one.by) for one in seen(desk).texts.values()] == [
        ("All posts are filled.", "Boss Sample")
    ]


def test_what_is_taken_out_leaves_no_byte_in_the_store_and_says_who_did(desk: Desk) -> None:
    write(desk, "Zebedeequill was moved.", names_nobody=True)
    write(desk, "", who="boss")
    text = seen(desk).texts["summary"]
    assert (text.body, text.by) == ("", "Boss Sample")
    with desk.office.database.reading() as tx:
        assert destruction.is_to_forget(tx)
    assert desk.office.database.forget()
    every = [one for one in desk.office.settings.data.rglob("*") if one.is_file()]
    assert not [one for one in every if b"Zebedeequill" in one.read_bytes()]
    assert "[To be written." in paper(desk, SERVICE, JUNE)


def test_a_name_that_is_taken_out_of_a_sentence_leaves_no_byte_either(desk: Desk) -> None:
    write(desk, "Zebedeequill was moved. All posts are filled.", names_nobody=True)
    assert desk.office.database.forget()
    with desk.office.database.writing() as tx:
        destruction.has_forgotten(tx)
    write(desk, "A child was moved. All posts are filled.", who="boss")
    with desk.office.database.reading() as tx:
        assert destruction.is_to_forget(tx)
    assert desk.office.database.forget()
    every = [one for one in desk.office.settings.data.rglob("*") if one.is_file()]
    assert not [one for one in every if b"Zebedeequill" in one.read_bytes()]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("Write to kit@example.org.", "the e-mail address"),
        ("Ring 020 7946 0018.", "the long number"),
        ("It went well for Kit.", "'Kit'"),
        ("Kit has no plan.", "'Kit'"),
        ("We heard that R.M. has no plan.", "'R.M.'"),
        ("x" * 6_001, "shorten it to 6,000"),
        ("It is\x07 so.", "cannot be printed"),
    ],
)
def test_what_may_name_somebody_is_asked_about_whoever_the_alerts_are_about(
    desk: Desk, said: str, fault: str
) -> None:
    with pytest.raises(BadAnswers) as error:
        write(desk, said)
    assert fault in error.value.faults["summary"]
    assert seen(desk).texts == {}


@pytest.mark.parametrize(
    "said",
    [
        SAID,
        "In May and June the IRO service and CAFCASS met on Monday. Practice alerts rose.",
        "Ofsted came; 34 of 40 reviews (85%) were held in time in 2024/25.",
    ],
)
def test_what_a_service_says_of_itself_is_asked_about_nowhere(desk: Desk, said: str) -> None:
    write(desk, said)
    assert seen(desk).texts["summary"].body == said


def test_whoever_says_that_nobody_is_named_has_it_kept_but_no_address(desk: Desk) -> None:
    write(desk, "Croydon lent a chair.", names_nobody=True)
    assert seen(desk).texts["summary"].body == "Croydon lent a chair."
    with pytest.raises(BadAnswers, match="e-mail address"):
        write(desk, "Write to kit@example.org.", names_nobody=True)


def test_the_answer_says_nothing_of_which_children_there_are(desk: Desk) -> None:
    """Whoever writes here may not open the alerts: a name of a child of one is asked about as any other is."""
    found = desk.raised("stage-1", child_name="Quillon Sample")
    faults = []
    for name in (str(found.alert.answers["child_name"]).split()[0], "Zebedee"):
        with pytest.raises(BadAnswers) as error:
            write(desk, f"It went well for {name}.")
        faults.append(error.value.faults["summary"].replace(name, "NAME"))
    assert faults[0] == faults[1]


def test_only_who_may_writes_and_whoever_reads_reports_reads_it(desk: Desk) -> None:
    write(desk, SAID)
    auditor = seen(desk, who="auditor")
    assert (auditor.texts["summary"].body, auditor.may_write, auditor.owners) == (SAID, False, ())
    for who in ("auditor", "iro", "manager", "admin"):
        with pytest.raises(NotYours):
            write(desk, SAID, who=who)
        with pytest.raises(NotYours):
            put(desk, who=who)
    with pytest.raises(NotYours):
        seen(desk, who="iro")
    with pytest.raises(NotFound):
        write(desk, SAID, at(place="elsewhere"))


def test_published_is_what_somebody_else_has_read_as_it_stands(desk: Desk) -> None:
    where, office = at(YEAR, OUT), desk.office
    sync_log.catch_up(office)
    make_report.issue(office, desk.actor("qa"), OUT, YEAR)
    write(desk, SAID, where)
    assert SAID not in paper(desk, OUT, YEAR)
    with pytest.raises(NotPossible, match="You wrote it"):
        words_beside.check(office, desk.actor("qa"), where, mark_of(SAID))
    words_beside.check(office, desk.actor("boss"), where, mark_of(SAID))
    assert SAID in paper(desk, OUT, YEAR)
    write(desk, "Another text.", where)
    assert "Another text." not in paper(desk, OUT, YEAR), "it was read as it stood before"
    with pytest.raises(NotPossible, match="written anew since you read it"):
        words_beside.check(office, desk.actor("boss"), where, mark_of(SAID))
    assert "Another text." not in paper(desk, OUT, YEAR)
    write(desk, "", where)
    with pytest.raises(NotFound):
        words_beside.check(office, desk.actor("boss"), where, mark_of(""))


def test_an_action_is_carried_on_until_it_has_ended_and_stands_as_it_was_then(desk: Desk) -> None:
    put(desk, MAY, due="1/7/2025")
    (action,) = seen(desk, JUNE).actions
    assert (action.owner, action.due) == ("Team Manager", day("Tue 2025-07-01"))
    assert action.outcome_in(JUNE) is ActionOutcome.OPEN
    done = {"number": str(action.id), "outcome": "done", "came_of_it": "Both are filled."}
    put(desk, JULY, **done)
    for period, outcome in ((MAY, "open"), (JUNE, "open"), (JULY, "done")):
        (stands,) = seen(desk, period).actions
        assert stands.outcome_in(period).value == outcome
    assert seen(desk, Period(day("Fri 2025-08-01"), day("Sun 2025-08-31"))).actions == ()
    assert seen(desk, Period(day("Tue 2025-04-01"), day("Wed 2025-04-30"))).actions == ()
    text = paper(desk, SERVICE, JULY)
    assert "Done. Both are filled." in text
    assert "Still to be done" in paper(desk, SERVICE, JUNE)
    assert "Both are filled." not in paper(desk, SERVICE, JUNE)


AUGUST = Period(day("Fri 2025-08-01"), day("Sun 2025-08-31"))


def only_action(desk: Desk, period: Period = JUNE) -> ReportAction:
    (action,) = seen(desk, period).actions
    return action


def test_an_action_that_has_ended_is_changed_in_the_report_in_which_it_did_alone(
    desk: Desk,
) -> None:
    put(desk, MAY)
    number = str(only_action(desk).id)
    put(desk, JUNE, number=number, outcome="done", came_of_it="Both are filled.")
    ended = only_action(desk)
    assert [ended.is_changed_in(one) for one in (MAY, JUNE, JULY)] == [False, True, False]
    for period in (MAY, JULY, AUGUST):
        with pytest.raises(BadAnswers) as error:
            put(desk, period, number=number, read=ended.mark, what="Fill none.")
        assert "a report up to Monday 30 June 2025" in error.value.faults["what"]
    assert only_action(desk) == ended
    put(desk, JUNE, who="qa", number=number, outcome="open")
    put(desk, JULY, number=number, what="Fill three posts.")
    assert only_action(desk, AUGUST).what == "Fill three posts."


def test_of_two_who_change_an_action_the_second_is_shown_what_the_first_wrote(desk: Desk) -> None:
    put(desk)
    read = only_action(desk)
    number = str(read.id)
    put(desk, number=number, what="Fill three posts.")
    with pytest.raises(BadAnswers, match="somebody has written there since"):
        put(desk, who="qa", number=number, read=read.mark, outcome="done")
    assert (only_action(desk).what, only_action(desk).outcome) == ("Fill three posts.", "open")


def test_of_two_who_write_the_second_is_shown_what_the_first_wrote(desk: Desk) -> None:
    office, where = desk.office, at()
    for who, said, other in (("qa", SAID, "boss"), ("boss", "All is well.", "qa")):
        stood = seen(desk).texts.get("summary")
        read = stood.mark if stood else ""
        words_beside.write(office, desk.actor(who), where, said, read)
        for late in ("Another text.", ""):
            with pytest.raises(BadAnswers) as error:
                words_beside.write(office, desk.actor(other), where, late, read)
            assert "somebody has written there since" in error.value.faults["summary"]
        assert seen(desk).texts["summary"].body == said


def test_writing_and_taking_out_leave_who_and_when_and_never_the_words(desk: Desk) -> None:
    write(desk, "Zebedeequill was moved.", names_nobody=True)
    desk.at("Tue 2025-08-05")
    write(desk, "", who="boss")
    write(desk, "", who="boss")
    write(desk, SAID, at(JULY))
    write(desk, SAID, at(YEAR, OUT))
    words_beside.check(desk.office, desk.actor("boss"), at(YEAR, OUT), mark_of(SAID))
    lines = seen(desk, who="auditor").traces.of_texts["summary"]
    assert [(one.by, one.did.value, str(one.at.date())) for one in lines] == [
        ("Qa Sample", "written", "2025-08-04"),
        ("Boss Sample", "taken_out", "2025-08-05"),
    ], "saving the same again is nothing done"
    (issued,) = {one.did for one in published(desk).traces.of_texts["summary"]} - {"written"}
    assert issued is BesideDone.PUBLISHED
    with desk.office.database.reading() as tx:
        every = directory_events.happened(tx, "lambeth")
    assert "Zebedee" not in str(every)
    assert len([one for one in every if isinstance(one.what, WordsBesideDone)]) == 5


def published(desk: Desk) -> words_beside.BesideFigures:
    return words_beside.beside(desk.office, desk.actor("qa"), OUT, YEAR)


def test_what_an_action_said_before_leaves_no_byte_in_the_store(desk: Desk) -> None:
    put(desk, what="Visit Zebedeequill.", names_nobody=True)
    number = str(only_action(desk).id)
    put(desk, number=number, what="Visit Zebedeequill. Soon.", names_nobody=True)
    with desk.office.database.reading() as tx:
        assert not destruction.is_to_forget(tx), "nothing that stood there is gone"
    put(desk, number=number, what="Visit each child.")
    with desk.office.database.reading() as tx:
        assert destruction.is_to_forget(tx)
    assert desk.office.database.forget()
    every = [one for one in desk.office.settings.data.rglob("*") if one.is_file()]
    assert not [one for one in every if b"Zebedeequill" in one.read_bytes()]


def test_an_action_carries_who_did_what_to_it_and_put_down_twice_is_one(desk: Desk) -> None:
    put(desk, MAY)
    put(desk, MAY, who="qa")
    number = only_action(desk).id
    put(desk, JUNE, who="qa", number=str(number), outcome="done")
    for period in (MAY, JUNE):
        lines = seen(desk, period).traces.of_actions[number]
        assert [(one.by, one.did.value) for one in lines] == [
            ("Boss Sample", "put_down"),
            ("Qa Sample", "changed"),
        ]
    put(desk, JULY)
    assert [one.id for one in seen(desk, JULY).actions] != [number]


def test_an_action_is_somebodys_and_people_are_offered_to_who_sees_the_directory(
    desk: Desk,
) -> None:
    manager = desk.actor("manager")
    assert [title for title, _ in seen(desk).owners] == ["Posts"]
    assert [title for title, _ in seen(desk, who="boss").owners] == ["Posts", "People"]
    put(desk, owner=f"person:{manager.id}")
    (action,) = seen(desk).actions
    assert action.owner == manager.name
    put(desk, who="qa", number=str(action.id), owner=f"person:{manager.id}", what="Fill one post.")
    assert [one.what for one in seen(desk).actions] == ["Fill one post."]
    with pytest.raises(BadAnswers) as error:
        put(desk, who="qa", owner=f"person:{manager.id}", what="", due="31/6/2025")
    assert set(error.value.faults) == {"what", "owner", "due"}
    with pytest.raises(BadAnswers, match="'Kit'"):
        put(desk, what="Find a home for Kit.")
    with pytest.raises(NotFound):
        put(desk, number="99")


def test_each_place_to_write_is_called_once_and_only_the_exact_report_carries_actions() -> None:
    for report in REPORTS.values():
        places = [one.place for one in report.sections if one.place]
        assert len(places) == len(set(places))
        assert all(bool(one.place) == bool(one.to_write) for one in report.sections)
        assert report.has_actions != report.may_leave


def test_nobody_writes_or_checks_in_another_councils_report(desk: Desk) -> None:
    write(desk, SAID)
    there = replace(desk, council="merton")
    hire(there, "far", "qa_lead")
    far = there.actor("far")
    assert far.posts == {"qa_lead"}
    with pytest.raises(NotYours):
        words_beside.write(desk.office, far, at(), "Ours now.", mark_of(SAID))
    with pytest.raises(NotYours):
        words_beside.check(desk.office, far, at(), mark_of(SAID))
    assert (seen(desk).texts["summary"].body, seen(desk).texts["summary"].checked_by) == (SAID, "")


def test_another_councils_words_actions_and_traces_are_its_own(desk: Desk) -> None:
    write(desk, SAID)
    put(desk)
    number = str(only_action(desk).id)
    there = replace(desk, council="merton")
    hire(there, "far", "qa_lead")
    far = there.actor("far")
    theirs = words_beside.beside(desk.office, far, SERVICE, JUNE)
    assert (theirs.texts, theirs.actions, theirs.traces.of_texts, theirs.traces.of_actions) == (
        *({}, ()),
        *({}, {}),
    )
    typed = ActionTyped(number, "Ours now.", "post:qa_lead", "", read=only_action(desk).mark)
    with pytest.raises(NotFound):
        words_beside.put_action(desk.office, far, JUNE, typed)
    words_beside.write(desk.office, far, replace(at(), council="merton"), "Ours is quiet.", "")
    lines = words_beside.beside(desk.office, far, SERVICE, JUNE).traces.of_texts["summary"]
    assert [one.did for one in lines] == [BesideDone.WRITTEN]
    assert [one.by for one in seen(desk).traces.of_texts["summary"]] == ["Qa Sample"]
