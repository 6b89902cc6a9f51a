import re
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.alert.events import Event, Outcome, ResponseReviewed
from practice_alerts.domain.forms.names_in_text import plain_words
from practice_alerts.domain.log.log_rows import log_rows
from practice_alerts.domain.log.log_tables import OF_AN_ALERT
from practice_alerts.domain.log.pseudonyms import NOT_GIVEN, age_band, pseudonym
from practice_alerts.domain.log.redaction import (
    WITHHELD,
    Identifying,
    LogRow,
    LogRows,
    identifying,
    withheld,
)
from tests.helpers.alerts.alert_for_log import (
    BESIDE,
    KEY,
    MANAGER,
    NEVER_SAID,
    RAISER,
    SERVICE,
    STORY,
    SUMMARY,
    happened,
    raised,
    rows,
    sent,
    story,
    told_beside,
)
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council


def alert_row(made: LogRows) -> LogRow:
    (row,) = made.tables["alerts"]
    return row


def everything_said(made: LogRows) -> str:
    return "\n".join(
        str(value) for table in made.tables.values() for row in table for value in row.values()
    )


# ------------------------------------------------------------------------------------- the Lambeth story


def test_a_closed_alert_stands_in_one_row_with_its_dates_and_ending() -> None:
    assert alert_row(rows(story())) == {
        "reference": "LAM-2025-0042",
        "council": "Lambeth",
        "kind": "practice_alert",
        "kind_title": "Practice alert",
        "partner": None,
        "counts_as": "concern",
        "raised_as": "Independent Reviewing Officer, for a looked-after child",
        "raised_as_id": "looked_after",
        "case_types": "looked after; on a child protection plan",
        "pseudonym": pseudonym("MX 0042-77", "lambeth", KEY),
        "age_band": "10 to 15",
        "view_given": "yes",
        "arose": "not answered",
        "raised_on": "2025-03-03",
        "from_paper": "no",
        "entered_on": "2025-03-03",
        "entry_stage": "Stage One",
        "entered_formal": "yes",
        "first_formal_on": "2025-03-03",
        "highest_stage": "Stage Two",
        "highest_place": 3,
        "stage": "Stage Two",
        "stage_place": 3,
        "standing": "closed",
        "response_clock": "4 working days",
        "response_due": None,
        "put_right_by": None,
        "hold_until": None,
        "cap_due": "2025-03-31",
        "cap_held": "2025-03-31",
        "cap_longer_from": None,
        "closed_on": "2025-03-20",
        "closed_within_cap": "yes",
        "working_days_to_close": 13,
        "ending": "Put right and verified",
        "stages_used": 2,
        "referrals": 1,
        "officers_before": 0,
        "summary": SUMMARY,
        "edition": "1",
    }


def test_each_stay_at_a_stage_has_its_row_with_the_clock_the_answer_and_what_came_of_it() -> None:
    first, second = rows(story()).tables["stages"]
    assert first == {
        "reference": "LAM-2025-0042",
        "stage_order": 1,
        "stage": "stage-1",
        "label": "Stage One",
        "place": 2,
        "formal": "yes",
        "posts_asked": "Team Manager",
        "sent_on": "2025-03-03",
        "clock": "4 working days",
        "kind_of_day": "deadline",
        "clock_due_on": "2025-03-07",
        "due_on": "2025-03-07",
        "answered_on": "2025-03-10",
        "response": "It will be done by a date",
        "answered_in_time": "no",
        "late_why": "not said",
        "working_days_to_answer": 5,
        "put_right_by": None,
        "put_right_kind": None,
        "put_right_own_day": None,
        "put_right_on": None,
        "put_right_in_time": "no day",
        "verdict": "Not satisfactory",
        "judged_on": "2025-03-10",
        "hold_until": None,
        "holds": 0,
        "met_on": "2025-03-10",
        "working_days_to_meet": 0,
        "third_day_after": "2025-03-12",
        "missed_met_on": "2025-03-10",
        "working_days_to_meet_missed": 1,
        "left_on": "2025-03-10",
        "went_to": "Stage Two",
        "room_left": 15,
    }
    assert (second["answered_in_time"], second["due_on"]) == ("yes", "2025-03-14")
    assert (second["hold_until"], second["holds"], second["left_on"]) == ("2025-03-19", 1, None)
    assert (second["verdict"], second["judged_on"]) == ("Put right and verified", "2025-03-20")


def test_what_happened_is_listed_without_who_did_it_and_what_was_written() -> None:
    listed = rows(story()).tables["happenings"]
    assert [(row["kind"], row["detail"], row["stage"]) for row in listed] == [
        ("Raised", None, "Stage One"),
        ("Sent", None, "Stage One"),
        ("Answered", "It will be done by a date", "Stage One"),
        ("Response reviewed", "Not satisfactory", "Stage One"),
        ("Escalated", "to Stage Two", "Stage One"),
        ("Sent", None, "Stage Two"),
        ("Answered", "It will be done by a date", "Stage Two"),
        ("Put on hold", "until 2025-03-19", "Stage Two"),
        ("Referred", "Referral to CAFCASS", "Stage Two"),
        ("Note added", None, "Stage Two"),
        ("Response reviewed", "Put right and verified", "Stage Two"),
        ("Closed", "Put right and verified", "Stage Two"),
    ]
    assert listed[0]["happened_at"] == "2025-03-03 09:42"


PLAN = "The plan: missing, unfit, drifting or not carried out"
WORK = "How the work is done: preparing, telling, hearing the child"


@pytest.mark.parametrize(
    ("ticked", "themes"),
    [
        ({}, [("drift", None, PLAN)]),
        (
            {"drift_examples": ["no_plan"]},
            [("drift", None, PLAN), ("no_plan", "Unacceptable drift in care planning", None)],
        ),
        (
            {"drift_examples": ["change_not_told"]},
            [
                ("drift", None, None),
                ("change_not_told", "Unacceptable drift in care planning", WORK),
            ],
        ),
        (
            {"services_examples": ["placement"]},
            [("drift", None, PLAN)],
        ),  # its category is not ticked
        ({"drift_examples": ["of another edition"]}, [("drift", None, PLAN)]),
    ],
)
def test_an_example_is_listed_with_its_category_and_each_theme_is_said_once(
    ticked: dict[str, Any], themes: list[tuple[str, str | None, str | None]]
) -> None:
    alert = story(2, category=["drift"], **ticked)
    found = rows(alert).tables["categories"]
    assert [(one["category"], one["part_of"], one["shared_theme"]) for one in found] == themes
    files = council("lambeth")
    early = files.procedure.model_copy(update={"themes": {}})  # as editions before have it
    form = files.forms["practice_alert"].changed(
        lambda one: None if one.examples_of or one.id == "arose" else one
    )
    then = log_rows(alert, early, form, CALENDAR_2025, "x").tables
    assert [(one["category"], one["shared_theme"]) for one in then["categories"]] == [
        ("drift", None)
    ]
    assert then["alerts"][0]["arose"] == "not asked"


@pytest.mark.parametrize(
    ("said", "logged"),
    [("review", "At a review of the child's plan"), ("", "not answered"), ("odd", "not answered")],
)
def test_where_it_came_up_is_told_in_words_of_ours(said: str, logged: str) -> None:
    assert alert_row(rows(story(2, arose=said)))["arose"] == logged


def test_the_ticked_categories_are_listed_and_no_other_question_of_the_form() -> None:
    assert rows(story()).tables["categories"] == (
        {
            "reference": "LAM-2025-0042",
            "question": "category",
            "category": "statutory",
            "title": "Statutory responsibilities not met",
            "is_theme": "yes",
            "part_of": None,
            "shared_theme": "Duties that the law sets: a worker, visits, reviews, assessments",
        },
        {
            "reference": "LAM-2025-0042",
            "question": "category",
            "category": "drift",
            "title": "Unacceptable drift in care planning",
            "is_theme": "yes",
            "part_of": None,
            "shared_theme": "The plan: missing, unfit, drifting or not carried out",
        },
    )


def test_a_hold_moves_neither_the_response_date_nor_the_time_limit() -> None:
    before, on_hold = alert_row(rows(story(7))), alert_row(rows(story(8)))
    assert (on_hold["standing"], on_hold["hold_until"]) == ("on hold", "2025-03-19")
    assert on_hold["response_due"] == before["response_due"] == "2025-03-14"
    assert on_hold["cap_due"] == before["cap_due"] == "2025-03-31"


def test_an_unanswered_alert_waits_whatever_the_day_because_overdue_is_never_stored() -> None:
    late_note = (*STORY[:2], ("Mon 2025-05-12 09:00", STORY[9][1]))
    row = alert_row(rows(fold(happened(*late_note))))
    assert (row["standing"], row["response_due"]) == ("waiting for an answer", "2025-03-07")
    assert row["closed_within_cap"] == "still open"


def test_a_stage_left_without_an_answer_is_told_from_one_that_still_waits() -> None:
    waiting = story(2)
    left = fold(happened(*STORY[:2], *STORY[4:6]))
    assert [r["answered_in_time"] for r in rows(waiting).tables["stages"]] == ["not yet"]
    assert [r["answered_in_time"] for r in rows(left).tables["stages"]] == ["no answer", "not yet"]
    assert rows(left).tables["stages"][0]["verdict"] == "Not reviewed"


def test_the_informal_stage_has_no_clock_but_the_day_the_raiser_set() -> None:
    informal = sent("informal", MANAGER).model_copy(update={"settle_by": day("Fri 2025-03-14")})
    alert = fold(happened(STORY[0], ("Mon 2025-03-03 09:42", informal)))
    (stage,) = rows(alert).tables["stages"]
    assert (stage["clock"], stage["due_on"]) == ("not stated", None)
    assert (stage["answered_in_time"], stage["formal"]) == ("no clock", "no")
    assert stage["put_right_by"] == "2025-03-14"
    assert alert_row(rows(alert))["closed_within_cap"] == "no time limit"


def test_a_good_practice_alert_has_a_row_and_no_stage() -> None:
    good = raised(alert_kind="good_practice", form="good_practice", good_about=["planning"])
    made = rows(fold(happened(("Mon 2025-03-03 09:42", good))))
    assert alert_row(made)["standing"] == "sent, no answer asked for"
    assert (made.tables["stages"], made.tables["posts_asked"]) == ((), ())
    assert [row["question"] for row in made.tables["categories"]] == ["good_about"]


def test_a_date_beyond_the_calendar_is_left_empty_and_the_alert_still_logged() -> None:
    late = fold(happened(("Wed 2026-12-30 09:00", raised()), ("Wed 2026-12-30 09:00", STORY[1][1])))
    made = rows(late)
    assert (alert_row(made)["response_due"], alert_row(made)["cap_due"]) == (None, None)
    assert made.tables["stages"][0]["clock"] == "4 working days"


def test_several_posts_asked_together_each_have_a_row() -> None:
    both = fold(happened(STORY[0], ("Mon 2025-03-03 09:42", sent("stage-1", MANAGER, SERVICE))))
    made = rows(both)
    assert made.tables["stages"][0]["posts_asked"] == "Team Manager; Service Manager"
    assert [row["post"] for row in made.tables["posts_asked"]] == [
        "Team Manager",
        "Service Manager",
    ]


def test_a_post_the_procedure_does_not_know_might_be_a_name_and_is_not_repeated() -> None:
    odd = MANAGER.model_copy(update={"post": "Ask for Chidi on Fridays"})
    alert = fold(happened(STORY[0], ("Mon 2025-03-03 09:42", sent("stage-1", odd))))
    assert rows(alert).tables["stages"][0]["posts_asked"] == "another post"


def test_the_rows_have_exactly_the_columns_of_the_tables_and_fill_those_that_must_be() -> None:
    made = rows(story())
    assert set(made.tables) == {table.name for table in OF_AN_ALERT}
    for table in OF_AN_ALERT:
        must = {column.name for column in table.columns if not column.may_be_empty}
        for row in made.tables[table.name]:
            assert set(row) == set(table.column_names)
            assert {name for name in must if row[name] is None} == set()


def test_every_kind_of_event_has_its_words() -> None:
    kinds = {event.model_fields["kind"].default for event in get_args(Event)}
    told = {event.kind for _, event in STORY} | {event.kind for event in BESIDE}
    assert kinds == told
    assert len(rows(told_beside()).tables["happenings"]) == len(STORY) + len(BESIDE)


# -------------------------------------------------------------------------- nothing that says who it is


def test_no_word_of_the_story_that_says_who_it_is_stands_in_the_rows() -> None:
    for alert in (story(), told_beside()):
        said = everything_said(rows(alert))
        assert [word for word in NEVER_SAID if word.casefold() in said.casefold()] == []


_NAME = st.text(st.characters(categories=["L"]), min_size=2, max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    first=_NAME, last=_NAME, worker=_NAME, number=st.from_regex(r"[A-Z]{2}[0-9]{6}", fullmatch=True)
)
def test_no_name_and_no_case_number_ever_stands_in_the_rows(
    first: str, last: str, worker: str, number: str
) -> None:
    plain = everything_said(rows(story())).casefold()
    assume(all(word.casefold() not in plain for word in (first, last, worker)))
    alert = story(child_name=f"{first} {last}", social_worker=worker, case_number=number)
    made, _ = withheld(rows(alert))
    pseudonyms = str(alert_row(made)["pseudonym"]).casefold()
    said = everything_said(made).casefold().replace(pseudonyms, "")
    for secret in (first, last, worker, number):
        assert secret.casefold() not in said


@settings(max_examples=40, deadline=None)
@given(
    name=st.from_regex(r"[A-Z][a-z]{3,9}", fullmatch=True),
    where=st.sampled_from(["before", "after"]),
)
def test_a_summary_with_the_childs_name_in_it_is_withheld_wherever_the_name_stands(
    name: str, where: str
) -> None:
    assume(name.casefold() not in f"{SUMMARY} placement review family school health".casefold())
    line = f"{name}: {SUMMARY}" if where == "before" else f"{SUMMARY} for {name}."
    made, places = withheld(rows(story(child_name=f"{name} Fictitious", summary_for_log=line)))
    assume(places)  # an ordinary word such as Care or Home names nobody by itself
    assert places == ["alerts.summary"]
    assert alert_row(made)["summary"] == WITHHELD


def test_a_sound_summary_is_not_withheld() -> None:
    made = rows(story())
    assert withheld(made) == (made, [])


def test_the_guard_finds_the_name_of_whoever_was_asked_the_team_the_number_and_any_address() -> (
    None
):
    lines = (
        "Rosalind has not answered",
        "Amina waits",
        "Case 0042-77 drifts",
        "All of Brixton Permanence Team Nine is off",
        "Write to somebody@council.example",
        "Ring 020 7946 0018",
        "Born 2012-07-01 and no plan",
    )
    for line in lines:
        made = rows(story(summary_for_log=line))
        assert withheld(made)[1] == ["alerts.summary"], line


def test_ordinary_words_of_a_team_or_a_post_name_nobody() -> None:
    made = rows(story(team="Looked After Children", summary_for_log="Child looked after, no plan"))
    assert withheld(made)[1] == []


def test_a_post_typed_where_a_name_belongs_takes_no_post_out_of_the_log() -> None:
    made = rows(story(social_worker="Team Manager"))
    assert withheld(made)[1] == []
    assert made.tables["stages"][0]["posts_asked"] == "Team Manager"


def test_what_slips_into_another_column_is_withheld_there_too() -> None:
    made = rows(story())
    (post,) = made.tables["posts_asked"][:1]
    slipped = {**made.tables, "posts_asked": ({**post, "post": "Amina Fictitious, aged 12"},)}
    safe, places = withheld(LogRows(made.reference, slipped, made.identifying))
    assert places == ["posts_asked.post"]
    assert safe.tables["posts_asked"][0]["post"] == WITHHELD


def test_a_child_born_on_the_day_blanks_no_day_of_the_log() -> None:
    made = rows(story(date_of_birth="2025-03-03"))
    assert alert_row(made)["raised_on"] == "2025-03-03"
    assert withheld(made) == (made, [])


@pytest.mark.parametrize("line", ["Zoe's plan waits", "ZOE\u2019S plan waits", "Born 3 March 2025"])
def test_a_name_or_birthday_in_another_spelling_is_withheld_too(line: str) -> None:
    made = rows(
        story(child_name="Zo\u00eb Fictitious", date_of_birth="2025-03-03", summary_for_log=line)
    )
    assert withheld(made)[1] == ["alerts.summary"]


def test_who_it_is_never_shows_when_rows_are_printed() -> None:
    assert "Amina" not in repr(rows(story()))
    assert "Amina Fictitious" in rows(story()).identifying.names


def test_every_person_team_and_number_field_of_every_councils_form_is_guarded() -> None:
    for council_id in IDS:
        files = council(council_id)
        for form in files.forms.values():
            fields = form.fields(filled_by="raiser", repeats="never")
            guarded = [f for f in fields if f.is_person or f.type == "team"]
            answers: dict[str, Any] = {
                f.id: "2014-05-06" if f.type == "date" else f"Xyzzy{n} Plugh{n}"
                for n, f in enumerate(guarded)
            }
            alert = fold(happened(("Mon 2025-03-03 09:42", raised(**answers))))
            known = identifying(alert, form, files.procedure)
            named = {plain_words(name) for name in known.names} | known.whole
            assert {plain_words(answers[f.id]) for f in guarded} <= named
            assert any(f.goes_to == "log" for f in fields), form.title


def test_nothing_is_leaked_where_nothing_is_known() -> None:
    made = replace(rows(story()), identifying=Identifying())
    assert withheld(made) == (made, [])


# ---------------------------------------------------------------------------- pseudonyms and age bands


def test_the_same_child_has_the_same_pseudonym_however_the_number_is_written() -> None:
    assert (
        len({pseudonym(n, "lambeth", KEY) for n in ("MX 0042-77", "mx004277", " MX/0042 77 ")}) == 1
    )


def test_another_child_council_or_key_has_another_pseudonym() -> None:
    made = {
        pseudonym("4277", "lambeth", KEY),
        pseudonym("4278", "lambeth", KEY),
        pseudonym("4277", "merton", KEY),
        pseudonym("4277", "lambeth", KEY + "x"),
    }
    assert len(made) == 4
    assert all(re.fullmatch(r"C-[A-Z2-7]{12}", one) for one in made)


def test_no_number_has_no_pseudonym() -> None:
    assert pseudonym("  ", "lambeth", KEY) == NOT_GIVEN


@settings(max_examples=100, deadline=None)
@given(st.sets(st.integers(0, 10**7).map(str), min_size=2, max_size=50))
def test_different_numbers_keep_different_pseudonyms(numbers: set[str]) -> None:
    assert len({pseudonym(number, "lambeth", KEY) for number in numbers}) == len(numbers)


def test_ages_fall_into_bands_on_the_birthday() -> None:
    on = day("Mon 2025-03-03")
    assert age_band(day("Wed 2020-03-04"), on) == "0 to 4"
    assert age_band(day("Tue 2020-03-03"), on) == "5 to 9"
    assert age_band(day("Tue 2015-03-03"), on) == "10 to 15"
    assert age_band(day("Tue 2009-03-03"), on) == "16 to 17"
    assert age_band(day("Sat 2007-03-03"), on) == "18 and over"
    assert age_band(None, on) == NOT_GIVEN
    assert age_band(day("Tue 2025-03-04"), on) == NOT_GIVEN


def test_a_birth_date_that_is_none_gives_no_band() -> None:
    assert alert_row(rows(story(date_of_birth="about twelve")))["age_band"] == NOT_GIVEN


def test_the_latest_outcome_stands_a_hold_being_one() -> None:
    on_hold = rows(story(8)).tables["stages"][1]
    assert (on_hold["verdict"], on_hold["judged_on"]) == ("Accepted until a date", "2025-03-12")
    again = ResponseReviewed(
        stage="stage-2", by=RAISER, verdict=Outcome.NOT_SATISFACTORY, reason="Not done."
    )
    alert = fold(happened(*STORY[:8], ("Thu 2025-03-20 09:00", again)))
    reviewed = rows(alert).tables["stages"][1]
    assert (reviewed["verdict"], reviewed["judged_on"]) == ("Not satisfactory", "2025-03-20")
    assert alert_row(rows(alert))["hold_until"] is None


def test_the_forms_choices_need_not_be_filled_in_beforehand() -> None:
    files = council("lambeth")
    bare = files.forms["practice_alert"]
    made = log_rows(story(), files.procedure, bare, CALENDAR_2025, "C-X")
    assert len(made.tables["categories"]) == 2
