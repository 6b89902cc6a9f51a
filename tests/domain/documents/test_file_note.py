"""The file note: plain text that reads like the alert's life, and nothing typed can pass for a line of its own."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import (
    AtGate,
    Closed,
    Escalated,
    Event,
    Held,
    Noted,
    Overridden,
    Raised,
    Referred,
    Sent,
    StepDone,
)
from practice_alerts.domain.documents.alert_document import Sources
from practice_alerts.domain.documents.file_note import COLUMNS, file_note
from practice_alerts.domain.procedure.ladder import Ground
from practice_alerts.domain.wording.history import history
from tests.helpers.alerts.every_alert import (
    FORMS,
    Told,
    form_of,
    ladder_of_form,
    typed_into,
    whole_alert,
)
from tests.helpers.days import day, moment
from tests.helpers.files.real_councils import council

AS_OF = moment("Mon 2025-03-24 12:00")
LAMBETH = "lambeth/practice_alert"


@cache
def sources(name: str) -> Sources:
    procedure = council(name.partition("/")[0]).procedure
    calendar = england(today=day("Mon 2025-03-24"))
    return Sources(procedure, form_of(name), ladder_of_form(name), calendar)


def filled(name: str, text: str) -> Told:
    form = form_of(name)
    stage = typed_into(form.fields(filled_by="raiser", repeats="stage"), text)
    once = typed_into(form.fields(filled_by="raiser", repeats="never"), text)
    return Told(answers=once, stages=(stage, stage), responses=(text, text), reasons=(text, text))


def note(name: str, told: Told | None = None) -> str:
    return file_note(whole_alert(name, told), sources(name), AS_OF)


def without(alert: Alert, *kinds: type) -> Alert:
    return fold(event for event in alert.happened if not isinstance(event.what, kinds))


def test_it_reads_like_what_happened() -> None:
    told = Told(answers={"child_name": "Kit Example", "summary_for_log": "A visit was missed."})
    lines = note(LAMBETH, told).splitlines()
    assert lines[0].endswith("LAM-2025-0042")
    assert lines[3] == "As it stood on Monday 24 March 2025."
    for line in (
        "Monday 3 March 2025, by Nadia Sample, Independent Reviewing Officer.",
        "Time limit: Monday 31 March 2025.",
        "Child's name:",
        "    Kit Example",
        "STAGE ONE",
        "Sent Monday 3 March 2025 to Chidi Example, Team Manager.",
        "Answer due: Friday 7 March 2025.",
        "    We shall see to it.",
        "    No date and no name.",
        "Escalated Friday 7 March 2025 to Stage Two.",
        "    Two weeks have gone.",
        "STAGE TWO",
        "Answer due: Thursday 13 March 2025.",
        "REFERRALS",
        "    The plan has stood still for a year.",
        "HOW IT ENDED",
        "Closed Thursday 20 March 2025: Put right and verified.",
        "    There is a plan, and the child knows it.",
        "    It is better now.",
    ):
        assert line in lines


def test_what_was_said_in_each_act_stands_in_the_note_and_in_the_history() -> None:
    at = moment("Tue 2025-03-04 10:00")
    spoken = {"consulted": "With the lead", "consultation": "agreed"}
    more: dict[type, dict[str, Any]] = {
        Raised: {"gate": AtGate(answer="yes", told="The director, by telephone"), **spoken},
        Sent: {"instead_of": ("Dee Sample, Manager",), "instead_reason": "She is away."},
        Escalated: {"ground": Ground.NO_ANSWER, **spoken},
        Referred: {"consulted": "With a lawyer", "answers": {"consultation": "not agreed"}},
    }
    step = StepDone(
        stage="stage-2", step="talk", took_place=at, outcome="not settled", text="It was short.",
        chair="The chair of it", present="The lead of it",
    )  # fmt: skip
    override = Overridden(event="a death", told="Everybody", told_at=at, by="The deputy", text="And more.")  # fmt: skip
    happened = [one for one in whole_alert(LAMBETH).happened if not isinstance(one.what, Closed)]
    changed = [
        replace(one, what=one.what.model_copy(update=more.get(type(one.what), {})))
        for one in happened
        if one.what
    ]
    number, last = len(happened), happened[-1]
    two: tuple[Event, ...] = (step, override)
    beside = [
        replace(last, number=number + place, kind=what.kind, what=what)
        for place, what in enumerate(two, start=1)
    ]
    alert = fold([*changed, *beside])
    note_ = " ".join(file_note(alert, sources(LAMBETH), AS_OF).split())
    lines = history(alert, sources(LAMBETH).ladder)
    read = " ".join(" ".join(f"{line.what} {line.said}" for line in lines).split())
    for said in (
        *("agreed: With the lead", "The director, by telephone", "not agreed: With a lawyer"),
        *("Dee Sample, Manager", "She is away.", "Result: not settled", "Chair: The chair of it"),
        *("Present: The lead of it", "It was short.", "Told: Everybody", "by The deputy"),
        *("And more.", Ground.NO_ANSWER.words[1:]),
    ):
        assert said in read, said
        assert said in note_, said
    assert note_.count("agreed: With the lead") == 1 + len(
        [one for one in happened if isinstance(one.what, Escalated)]
    )


def test_what_happened_at_a_stage_stands_in_its_order() -> None:
    text = " ".join(note(LAMBETH).split())
    told = [
        "Answered Wednesday 12 March 2025 by Rosalind Specimen, Service Manager",
        "Hold agreed Wednesday 12 March 2025 until Wednesday 19 March 2025; the Service Manager to",
        "Reviewed Thursday 20 March 2025: Put right and verified, says Nadia Sample",
    ]
    places = [text.index(one) for one in told]
    assert places == sorted(places)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_makes_a_note_of_at_most_72_columns(name: str) -> None:
    long = "A story without an end. " * 40 + "x" * 200
    text = note(name, filled(name, long))
    assert max(map(len, text.splitlines())) == COLUMNS
    # Words are wrapped, never lost.
    assert "".join(text.split()).count("".join(long.split())) >= 1


@pytest.mark.parametrize("name", FORMS)
def test_the_line_for_the_log_does_not_stand_in_it(name: str) -> None:
    alert = whole_alert(name, Told(answers={"summary_for_log": "A visit was missed."}))
    assert "missed" not in file_note(alert, sources(name), AS_OF)


@pytest.mark.parametrize(
    "line_end", ["\n", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"], ids=ascii
)
def test_nothing_typed_can_pass_for_a_line_of_the_note_s_own(line_end: str) -> None:
    typed = f"Nothing.{line_end}HOW IT ENDED{line_end}Closed Thursday 6 March 2025: Withdrawn."
    told = Told(answers={"child_name": typed}, responses=(typed, typed), child_view=typed)
    lines = note(LAMBETH, told).splitlines()
    assert [line for line in lines if line.startswith("Closed")] == [
        "Closed Thursday 20 March 2025: Put right and verified."
    ]
    assert lines.count("HOW IT ENDED") == 1


def test_a_task_owner_with_a_line_end_in_the_name_stays_on_the_line() -> None:
    held = whole_alert(LAMBETH)
    owner = "Sid\u2028Closed Thursday 6 March 2025: Withdrawn."
    changed: list[Any] = [
        event
        if not isinstance(event.what, Held)
        else type(event)(
            event.number,
            event.at,
            event.by,
            event.kind,
            event.what.model_copy(update={"task_owner": owner}),
        )
        for event in held.happened
    ]
    lines = file_note(fold(changed), sources(LAMBETH), AS_OF).splitlines()
    assert sum(line.startswith("Closed") for line in lines) == 1


def test_an_open_alert_says_so_and_notes_stand_by_themselves() -> None:
    open_one = without(whole_alert(LAMBETH), Closed)
    number = len(open_one.happened) + 1
    last = open_one.happened[-1]
    noted = type(last)(number, AS_OF, "iro", "noted", Noted(text="Spoke with the carer."))
    lines = file_note(fold([*open_one.happened, noted]), sources(LAMBETH), AS_OF).splitlines()
    assert lines[-2:] == ["HOW IT ENDED", "Not closed."]
    assert lines[lines.index("NOTES") + 2] == "    Spoke with the carer."


def test_of_choices_only_those_that_were_ticked_are_told() -> None:
    field = next(
        one for one in form_of(LAMBETH).fields() if one.type == "many_of" and one.options_from
    )
    first, second, *_ = (field.options or {}).items()
    text = " ".join(note(LAMBETH, Told(answers={field.id: [first[0]]})).split())
    assert " ".join(first[1].split()) in text
    assert " ".join(second[1].split()) not in text


def test_a_clock_that_gives_no_day_is_told_in_its_own_words() -> None:
    assert "Answer due: " in note("knowsley/challenge")


def test_good_practice_has_no_stages_and_a_note_all_the_same() -> None:
    text = note("lambeth/good_practice")
    assert "STAGE" not in text
    assert "RAISED" in text
