"""The search: however it is typed, within what its reader may read, and nothing of what was put right or destroyed."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.records import destruction
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.notes_and_corrections import correct
from practice_alerts.casework.core import found_by
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.records import destroying
from practice_alerts.casework.views import alert_view, work_tray
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import written
from practice_alerts.domain.errors import NotFound
from tests.helpers.alerts import act_answers
from tests.helpers.product.kept_stores import KEPT, opened
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.stories.played import Played


def searched(desk: Desk, who: str, typed: str, *, closed: bool = False) -> list[str]:
    found = work_tray.search(desk.office, desk.actor(who), typed, closed=closed)
    return [one.row.reference for one in found]


HOWEVER_TYPED = {
    "Zoë O’Rourke-Núñez": ("zoe", "ZOË", "Zoe O'Rourke", "orourke", "O Rourke", "nunez", "o’rour"),
    "Jürgen Groß": ("jurgen", "Juergen", "jürgen gross", "GROẞ"),
    "Łucja Ðorđević": ("lucja", "Đorđ", "djordjevic"[:1], "dordevic"),
    "Mac Donald": ("MacDonald", "mac donald", "Donald", "macdon"),
    "Ada M’Donald": ("McDonald", "MacDonald", "mcdon", "donald, ada"),
    "Siân O'Gwynfor-Jones": ("gwynfor", "O’Gwynfor", "gwynforjones", "sian jones"),
    "Olúwaṣeun Adébáyọ̀": ("oluwaseun", "ADEBAYO", "Adébáyọ"),
}


@pytest.mark.parametrize("name", HOWEVER_TYPED)
def test_a_child_is_found_by_name_however_it_is_typed(desk: Desk, name: str) -> None:
    desk.raised("stage-1")
    found = desk.raised("stage-1", child_name=name).alert.reference
    for typed in (name, name.upper(), *HOWEVER_TYPED[name]):
        assert found in searched(desk, "boss", typed), typed
    assert searched(desk, "boss", f"{name} Unheard") == []


@pytest.mark.parametrize("number", ["S-100002", "S100002", "s 100 002", "S/100.002"])
def test_a_case_number_and_a_reference_are_found_however_they_are_typed(
    desk: Desk, number: str
) -> None:
    other = desk.raised("stage-1").alert.reference
    found = desk.raised("stage-1", case_number=number).alert.reference
    for typed in ("S-100002", "S100002", "S 100002", "s-100002", "s 100 002", "S–100002", "100002"):
        if typed == "100002" and number in {"s 100 002", "S/100.002"}:
            continue  # its letter is missed where the number is in pieces
        assert searched(desk, "iro", typed) == [found], typed
    for typed in (
        found,
        found.lower(),
        f" {found}.",
        found.replace("-", " "),
        found.replace("-", ""),
        f"{found[:-4]}{int(found[-4:])}",
        f"{found[:3]}/{found[4:8]} {int(found[-4:])}",
    ):
        assert searched(desk, "iro", typed) == [found], typed
    assert searched(desk, "iro", other) == [other]


def test_an_address_with_a_reference_typed_by_hand_leads_to_the_alert(desk: Desk) -> None:
    found = desk.raised("stage-1").alert.reference
    for typed in (found.lower(), f"{found}.", f" {found} ", f"{found},"):
        assert alert_view.see(desk.office, "iro", typed).known.alert.reference == found
    for typed in (found[:-1], f"{found}1", "", "..."):
        with pytest.raises(NotFound):
            alert_view.see(desk.office, "iro", typed)


def test_workers_and_what_was_written_are_found_by_whole_words_and_beginnings(desk: Desk) -> None:
    found = desk.raised(
        "stage-1", concerns="The child’s glasses broke; the café knew by e-mail."
    ).alert.reference
    for typed in (
        "work",
        "manager sample",
        "glass",
        "GLASSES",
        "cafe",
        "child's glasses",
        "kit glasses",
        "email",
        "e-mail",
        "e mail",
    ):
        assert searched(desk, "boss", typed) == [found], typed
    for typed in (
        "lasses",
        "glassy",
        "kit unheard",
        "%",
        "_",
        "  ",
        "'",
        "\N{GREEK SMALL LETTER ALPHA}",
    ):
        assert searched(desk, "boss", typed) == [], typed


def test_what_is_chosen_from_a_list_is_no_word_that_was_written(desk: Desk) -> None:
    desk.raised("stage-1")
    assert searched(desk, "boss", "looked_after") == []
    assert searched(desk, "boss", "drift") == []


def test_somebody_of_another_name_now_is_found_by_both(desk: Desk) -> None:
    found = desk.raised("stage-1").alert.reference
    with desk.office.database.writing() as tx:
        people = tables.people
        tx.execute(people.update().where(people.c.id == "iro").values(name="Ines Verheiratet"))
    assert searched(desk, "boss", "verheir") == searched(desk, "boss", "iro sample") == [found]


def test_closed_alerts_are_found_when_they_are_asked_for(desk: Desk) -> None:
    tale = Played(desk, desk.raised("stage-1", concerns="Giraffes."))
    still_open = desk.raised("stage-1", concerns="Giraffes again.").alert.reference
    tale.does("iro", Act.CLOSE, **act_answers.ending("withdrawn", "Nothing."))
    assert searched(desk, "iro", "giraffes") == [still_open]
    assert searched(desk, "iro", "giraffes", closed=True) == [
        still_open,
        tale.alert.alert.reference,
    ]


def test_an_answer_that_was_put_right_is_found_as_it_is_now(desk: Desk) -> None:
    tale = Played(desk, desk.raised("stage-1", child_name="Zebedee Muster"))
    reference = tale.alert.alert.reference
    for name in ("Quentin", "Xerxes"):
        wrong = {"question": "1:child_name", "reason": "Misheard."}
        doing = desk.doing("iro", tale.alert)
        tale.found = correct(desk.office, tale.alert.id, wrong, f"{name} Muster", doing)
    assert searched(desk, "iro", "xerxes muster") == [reference]
    assert searched(desk, "iro", "misheard") == [reference]
    assert searched(desk, "iro", "zebedee") == searched(desk, "iro", "quentin") == []


def test_a_page_is_filled_with_alerts_that_its_reader_may_read(desk: Desk) -> None:
    """Those that hold the word in a part kept from them take no place of others."""
    for number in range(8):
        tale = Played(
            desk, desk.raised("stage-1", concerns="Of giraffes." if number < 3 else "None.")
        )
        tale.does("iro", Act.NOTE, text="Giraffes.", part="legal")
    actor = desk.actor("boss")
    assert len(work_tray.search(desk.office, actor, "giraffes", most=2)) == 2
    assert len(work_tray.search(desk.office, actor, "giraffes", most=4)) == 3
    assert len(searched(desk, "iro", "giraffes")) == 8


# ------------------------------------------------------------------------------- gone with the payload


def test_words_go_with_the_payload_and_leave_no_bytes_behind(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, engine="sqlite")
    assert found_by.read_all_anew(desk.office) == 0, "there is nothing yet"
    raised = [desk.raised("stage-1", concerns=_text(number)) for number in range(40)]
    gone = [found.id for found in raised[::2]]
    with desk.office.database.writing() as tx:
        events = tables.events.c
        theirs = select(events.id).where(events.alert_id.in_(gone))
        tx.execute(tables.payloads.delete().where(tables.payloads.c.event_id.in_(theirs)))
        destruction.must_be_forgotten(tx)
    assert (
        len(searched(desk, "iro", "quagga")) == 20
    )  # what is sought is kept a while: none of their words
    with desk.office.database.reading() as tx:
        left = set(tx.execute(select(tables.search_words.c.alert_id)).scalars())
    assert left == {found.id for found in raised[1::2]}
    assert destroying.forget(desk.office)
    assert found_by.read_all_anew(desk.office) == 0, (
        "what was destroyed makes nobody read the rest again"
    )
    assert len(searched(desk, "iro", "quagga")) == 20
    desk.office.database.close()
    with closing(sqlite3.connect(tmp_path / "practice-alerts.db")) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = b"".join(one.read_bytes() for one in tmp_path.glob("practice-alerts.db*")).lower()
    there = {number: _letters(number).encode() in kept for number in range(40)}
    assert there == {number: number % 2 == 1 for number in range(40)}


def _letters(number: int) -> str:
    """Long enough that no key made by chance spells it: four letters were met in one of twelve runs."""
    return f"quokka{chr(97 + number // 26)}{chr(97 + number % 26)}quokka"


def _text(number: int) -> str:
    """Words that stand all over the alphabet, so that they lie on many pages of the file."""
    mark = _letters(number)
    return f"Quagga{mark}. " + " ".join(
        f"{chr(97 + place % 26)}{chr(97 + place // 26)}{mark}" for place in range(120)
    )


# --------------------------------------------------------------------------- a store from before


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)
def test_the_first_start_reads_what_an_earlier_state_left(kept: Path, tmp_path: Path) -> None:
    desk = opened(kept, tmp_path / "kept", "Mon 2025-09-01 10:00")
    assert _rows(desk) == set()
    number = found_by.read_all_anew(desk.office)
    with desk.office.database.reading() as tx:
        every = current_state.ids(tx)
        alerts = [load(desk.office, tx, one) for one in every]
    assert number == len(every) > 50
    assert found_by.read_all_anew(desk.office) == 0, "once is enough"
    ids = _event_ids(desk)
    assert _rows(desk) == {
        (one.id, ids[one.id, word.number], word.word.encode(), word.part.value)
        for one in alerts
        for word in found_by.words_of(desk.office, one)
    }
    desk.office.database.close()


def _rows(desk: Desk) -> set[tuple[str, int, bytes, str]]:
    c = tables.search_words.c
    with desk.office.database.reading() as tx:
        found = tx.execute(select(c.alert_id, c.event_id, c.word, c.part))
        return {(row.alert_id, row.event_id, row.word, row.part) for row in found}


def _event_ids(desk: Desk) -> dict[tuple[str, int], int]:
    c = tables.events.c
    with desk.office.database.reading() as tx:
        rows = tx.execute(select(c.alert_id, c.number, c.id))
        return {(row.alert_id, row.number): row.id for row in rows}


# ------------------------------------------------------------------------- the same as a slow scan

WORDS = ("zor", "Zora", "ZORAB", "zorabel", "Zélie", "Z’Andre", "zor-zor", "yx", "yxa", "Yx's")
READERS = ("iro", "other_iro", "boss", "manager", "service", "qa", "admin")
PARTS = ("shared", "own", "legal")

some_words = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
alerts = st.lists(
    st.tuples(some_words, st.lists(st.tuples(st.sampled_from(PARTS), some_words), max_size=3)),
    min_size=1,
    max_size=3,
)
typed_words = st.lists(
    st.tuples(st.sampled_from(WORDS), st.integers(2, 7)).map(lambda one: one[0][: one[1]]),
    min_size=1,
    max_size=2,
).map(" ".join)


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(typed_words, min_size=4, max_size=8), alerts)
def test_the_search_finds_what_a_slow_look_through_everything_finds(
    desk: Desk, typed: list[str], stories: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    raised = [_told(desk, *story) for story in stories]
    for who in READERS:
        actor = desk.actor(who)
        for words in typed:
            hits = set(searched(desk, who, words))
            slow = {
                found.alert.reference
                for found in raised
                if found.may(actor, Act.SEE) and _holds(_read_by(found, who, desk), words)
            }
            ours = {found.alert.reference for found in raised}
            assert hits & ours == slow, (who, words)


def _told(desk: Desk, concerns: str, notes: list[tuple[str, str]]) -> Known:
    found = desk.raised("stage-1", concerns=f"{concerns}.")
    for part, text in notes:
        typed = {"text": f"{text}.", "part": part}
        found = VERBS[Act.NOTE](desk.office, found.id, typed, desk.doing("iro", found))
    return found


def _read_by(found: Known, who: str, desk: Desk) -> str:
    read = found.as_read(found.reader(desk.actor(who)))
    whole = [written(one.what) for one in read.alert.happened if one.what]
    return json.dumps(whole, ensure_ascii=False)


def _holds(text: str, typed: str) -> bool:
    there = _folded(text)
    return all(any(word.startswith(one) for word in there) for one in _folded(typed))


def _folded(text: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", text.replace("’s", "").replace("'s", "")).casefold()
    plain = "".join(one for one in apart if one not in "’'" and not unicodedata.combining(one))
    return "".join(one if one.isalnum() else " " for one in plain).split()
