"""How much each council's procedure holds, written out, so that nothing can be lost unseen."""

from collections import Counter
from dataclasses import dataclass

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import CouncilFiles, load_council
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.procedure import Procedure


@dataclass(frozen=True)
class Holds:
    """What a procedure holds. Every number is counted in the council's document, not in its file."""

    stages: int
    formal_stages: int
    readings: str
    """First and last id; all between them are there, once each and in order."""
    categories: tuple[int, ...] = ()
    """The examples under each category."""
    criteria: tuple[int, ...] = ()
    """The criteria of each stage that has any."""
    steps: int = 0
    partner_ladders: int = 0
    partner_stages: int = 0
    duties: int = 0
    significant_changes: tuple[int, ...] = ()
    """The changes under each list."""
    referrals: int = 0
    overrides: int = 0
    kinds: int = 1
    reviews_required: int = 0
    forms: int = 1


HOLDS = {
    "lambeth": Holds(
        stages=7,
        formal_stages=6,
        readings="L1-L31",
        categories=(6, 5, 3, 3),
        partner_ladders=16,
        partner_stages=48,
        referrals=5,
        overrides=5,
        kinds=3,
        forms=3,
    ),
    "unnamed-2015": Holds(
        stages=5,
        formal_stages=4,
        readings="D1-D19",
        criteria=(4, 4),
        steps=9,
        referrals=2,
        kinds=2,
        forms=2,
    ),
    "merton": Holds(
        stages=7,
        formal_stages=6,
        readings="M1-M28",
        categories=(3, 5, 3, 1),
        duties=17,
        significant_changes=(11, 1),
        referrals=4,
    ),
    "northamptonshire": Holds(
        stages=5,
        formal_stages=4,
        readings="N1-N19",
        categories=(13, 10, 3, 4),
        steps=3,
        duties=13,
        significant_changes=(16,),
        referrals=2,
        kinds=2,
        reviews_required=6,
        forms=2,
    ),
    "knowsley": Holds(stages=4, formal_stages=3, readings="K1-K18", steps=2, referrals=3),
}


def files_of(council: str) -> CouncilFiles:
    return load_council(ROOT / "procedures" / council, ROOT / "form_templates")


def count(procedure: Procedure, forms: int) -> Holds:
    ladder = procedure.main_ladder
    partners = procedure.partners.values()
    return Holds(
        stages=len(ladder.stages),
        formal_stages=len(ladder.formal_stages()),
        readings=f"{procedure.readings[0].id}-{procedure.readings[-1].id}",
        categories=tuple(len(category.examples) for category in procedure.categories),
        criteria=tuple(len(stage.criteria) for stage in ladder.stages if stage.criteria),
        steps=sum(len(stage.steps) for stage in ladder.stages),
        partner_ladders=len(partners),
        partner_stages=sum(len(partner.stages) for partner in partners),
        duties=len(procedure.duties),
        significant_changes=tuple(len(part.items) for part in procedure.significant_changes),
        referrals=len(procedure.referrals),
        overrides=len(procedure.overrides.events) if procedure.overrides else 0,
        kinds=len(procedure.kinds),
        reviews_required=len(procedure.reviews_required),
        forms=forms,
    )


@pytest.mark.parametrize("council", HOLDS)
def test_a_procedure_holds_what_its_document_holds(council: str) -> None:
    files = files_of(council)
    assert count(files.procedure, len(files.forms)) == HOLDS[council]


@pytest.mark.parametrize("council", HOLDS)
def test_every_reading_is_there_once_and_in_order(council: str) -> None:
    procedure = files_of(council).procedure
    first, _, last = HOLDS[council].readings.partition("-")
    numbers = range(int(first[1:]), int(last[1:]) + 1)
    assert [reading.id for reading in procedure.readings] == [f"{first[0]}{n}" for n in numbers]


def test_each_of_lambeths_partner_ladders_has_three_stages_and_no_clock() -> None:
    partners = files_of("lambeth").procedure.partners
    lengths = Counter(len(ladder.stages) for ladder in partners.values())
    clocks = {
        in_words(stage.answer.within) if stage.answer else "no answer"
        for ladder in partners.values()
        for stage in ladder.stages
    }
    assert (lengths, clocks) == ({3: 16}, {"not stated"})


def test_the_unnamed_council_must_notify_four_things_formally_and_excellent_practice() -> None:
    procedure = files_of("unnamed-2015").procedure
    criteria = [one for stage in procedure.main_ladder.stages for one in stage.criteria]
    assert [one.id for one in criteria if one.mandatory] == ["plan", "drift", "tasks", "statutory"]
    assert procedure.kinds["good_practice"].mandatory


def test_merton_prints_its_duties_with_clocks_forwards_backwards_and_without_a_unit() -> None:
    duties = files_of("merton").procedure.duties
    assert [in_words(duty.within) for duty in duties[:12]] == [
        "5 working days before",
        "5 working days before",
        "2 days before (unit not stated)",
        "5 days before (unit not stated)",
        "22 working days",
        "5 working days",
        "15 working days",
        "48 hours",
        "5 working days",
        "not stated",
        "not stated",
        "9 working days",
    ]
    assert [duty.id for duty in duties if not duty.used] == ["written-answer"]


def test_no_stage_of_knowsley_has_a_deadline() -> None:
    stages = files_of("knowsley").procedure.main_ladder.stages
    assert [in_words(stage.clock) for stage in stages] == ["aim 5 working days"] * 4
