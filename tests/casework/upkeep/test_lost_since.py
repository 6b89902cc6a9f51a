"""What an older store knows nothing of: a restore says what is open again, and what was taken out stays out."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from practice_alerts.adapters.store.records import words_beside_figures
from practice_alerts.adapters.store.records.told_besides import BESIDE, RESTRICTED, ToldBesides
from practice_alerts.adapters.store.records.words_beside_figures import TextPlace
from practice_alerts.adapters.witness_file import Witness, WitnessLine
from practice_alerts.casework.directory import declare_interest, record_keeping
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.directory.record_keeping import KeptWanted
from practice_alerts.casework.proof import lost_since
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.proof.lost_since import LostSince
from practice_alerts.casework.reports import words_beside
from practice_alerts.casework.reports.words_beside import ActionTyped
from practice_alerts.casework.upkeep.restore import restore
from practice_alerts.domain.alert.destroyed import KeptSaid
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.reports.contents import ReportName
from practice_alerts.domain.reports.written import mark_of
from tests.casework.records.test_destroying import rows_with
from tests.casework.upkeep.test_backup_and_restore import Drill, begun
from tests.helpers.product.office import Desk
from tests.helpers.product.postgresql import ENGINES
from tests.helpers.stories.restricting import restricted

QUARTER = Period(date(2025, 4, 1), date(2025, 6, 30))
HERE, ELSEWHERE = (
    TextPlace("lambeth", ReportName.SERVICE.value, QUARTER.since, QUARTER.until, place)
    for place in ("summary", "service")
)
ANEW = "Have it restricted anew before anybody signs in."
PLANTED = "quetzalcoatl"
NONE = LostSince((), ())


@pytest.fixture(params=ENGINES)
def drill(request: pytest.FixtureRequest, tmp_path: Path) -> Drill:
    made = begun(tmp_path, request.param)
    made.desk.with_readers()
    return made


def write(desk: Desk, at: TextPlace, body: str, former: str = "") -> None:
    words_beside.write(desk.office, desk.actor("boss"), at, body, mark_of(former))


def stands(desk: Desk) -> dict[str, str]:
    with desk.office.database.reading() as tx:
        rows = words_beside_figures.texts(
            tx, HERE.council, HERE.report, QUARTER.since, QUARTER.until
        )
    return {one.place: one.body for one in rows if one.body}


def act(desk: Desk, number: str = "", what: str = "Plan the visits.", read: str = "") -> None:
    typed = ActionTyped(number, what, "post:iro_manager", "", read=read)
    words_beside.put_action(desk.office, desk.actor("boss"), QUARTER, typed)


def keep(desk: Desk, reference: str, said: KeptSaid) -> None:
    wanted = KeptWanted((reference,), said, "It is asked for.", "COMP-7")
    record_keeping.say(desk.office, desk.actor("records"), wanted)


def is_left_as_it_should_be(again: Desk) -> None:
    office = again.office
    assert stands(again) == {ELSEWHERE.place: "It went well."}
    assert rows_with(again, PLANTED) == set()
    assert prove(office).holds
    with office.database.reading() as tx:
        assert lost_since.lost(tx, office.settings.witness) == NONE, (
            "a person has gone on from here"
        )
    office.database.close()


def test_it_says_what_is_open_again_and_takes_words_out_again(drill: Drill) -> None:
    desk, boss = drill.desk, drill.desk.actor("boss")
    first, second, third = (desk.raised() for _ in range(3))
    write(desk, HERE, f"Of {PLANTED} nothing is to stand here.")
    write(desk, ELSEWHERE, "It went well.")
    act(desk)
    keep(desk, third.alert.reference, KeptSaid.HELD)
    drill.witnessed()
    made, saved = drill.back_up(), drill.back_up_keys()
    write(desk, HERE, "", f"Of {PLANTED} nothing is to stand here.")
    restricted(desk, first, second="other_iro", stand_in="boss")
    declare_interest.declare(desk.office, desk.actor("worker"), ChildMeant(case_number="X-1"))
    keep(desk, second.alert.reference, KeptSaid.HELD)
    (action,) = words_beside.beside(desk.office, boss, ReportName.SERVICE, QUARTER).actions
    act(desk, str(action.id), "Plan every visit.", action.mark)
    drill.witnessed()
    desk.office.database.close()
    new = drill.empty_place()
    found = restore(new, drill.wanted(made, saved))
    assert {one for one in found if one.startswith(("OPEN", "NOT KNOWN", "AS BEFORE"))} == {
        f"OPEN AGAIN: {first.alert.reference} was restricted by Iro Sample. {ANEW}",
        "OPEN AGAIN: Worker Sample declared an interest in a child in lambeth. Ask them to declare it anew.",
        f"NOT KNOWN: of {second.alert.reference}, that Records Sample set a legal hold. Have it said anew.",
        f"AS BEFORE: actions beside figures that were changed since, number {action.id}. Look at what they say.",
    }
    assert (
        "1 text beside figures taken out or written anew since the backup: taken out again."
        in found
    )
    is_left_as_it_should_be(Desk(new, desk.clock, "lambeth"))


def test_what_is_written_after_a_restore_is_not_taken_out_by_the_next(drill: Drill) -> None:
    desk = drill.desk
    write(desk, HERE, "As it was.")
    drill.witnessed()
    made, saved = drill.back_up(), drill.back_up_keys()
    write(desk, HERE, "", "As it was.")
    drill.witnessed()
    desk.office.database.close()
    first = drill.empty_place()
    restore(first, drill.wanted(made, saved))
    again = Desk(first, desk.clock, "lambeth")
    drill.desk = again
    write(again, HERE, "Written anew.")
    drill.witnessed()
    later = drill.back_up()
    first.database.close()
    second = drill.empty_place("newer")
    restore(second, drill.wanted(later, saved))
    assert stands(Desk(second, desk.clock, "lambeth")) == {"summary": "Written anew."}
    second.database.close()


def test_going_on_with_an_older_copy_knows_it_before_the_witness_is_told(tmp_path: Path) -> None:
    drill = begun(tmp_path)
    desk = drill.desk.with_readers()
    write(desk, HERE, "As it was.")
    drill.witnessed()
    with desk.office.database.reading() as tx:
        (told,) = (one for line in desk.office.settings.witness.lines() for one in line.besides)
        assert lost_since.lost(tx, desk.office.settings.witness) == NONE
    assert (told["said"]["place"], "As it was." in str(told)) == ("summary", False)
    desk.office.database.close()


def test_a_line_of_any_length_is_read_back(tmp_path: Path) -> None:
    told = Witness(tmp_path)
    long = tuple({"about": f"alert-{number}" * 20} for number in range(2_000))
    for number, besides in ((1, ()), (2, long)):
        told.write(WitnessLine("s", number, "h", 1, "m", {}, "2025-06-02", besides=besides))
    last = told.last()
    assert last is not None
    assert (last.event, len(last.besides)) == (2, 2_000)


def test_what_a_line_says_that_nothing_proves_is_said_and_not_done(tmp_path: Path) -> None:
    """By whoever can write to the witness, and has neither store nor key; of any shape."""
    drill = begun(tmp_path)
    desk = drill.desk.with_readers()
    write(desk, HERE, "It went well.")
    found = desk.raised()
    drill.witnessed()
    kept = drill.office.settings.witness
    last = kept.last()
    assert last is not None
    place = {name: str(getattr(HERE, name)) for name in ("report", "since", "until", "place")}
    says = ToldBesides("e" * 64, BESIDE, "of:lambeth", "boss", {"did": "taken out", **place})
    shut = ToldBesides("f" * 64, RESTRICTED, found.id, "nobody")
    forged = (says.written(), shut.written(), {"event": 3}, {"nobody": "knows"})
    with kept.file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(asdict(last) | {"besides": forged}) + "\n")
    with desk.office.database.reading() as tx:
        gone = lost_since.lost(tx, kept)
        told = [*lost_since.in_sentences(tx, gone)]
    assert gone.proved == ()
    assert [one.partition(":")[0] for one in told] == [
        "NOT PROVED, by a line of the witness that may be anybody's", "NOT DONE",
    ]  # fmt: skip
    assert found.alert.reference in told[0]
    assert lost_since.take_words_out_again(desk.office, gone) == 0
    assert stands(desk) == {"summary": "It went well."}
    desk.office.database.close()
