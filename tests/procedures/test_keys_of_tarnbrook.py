"""What a council that uses every key refuses, offers and says, where each of these keys used to be printed alone."""

import pytest

from tests.helpers.stories.tarnbrook import Outcome, bent, came_out, files_as_written, read

MAIN = ("ladders", "main")


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return came_out(read(*files_as_written()))


def _said(outcome: Outcome, facet: str) -> str:
    return "\n".join(outcome[facet])


def test_the_day_that_is_the_raisers_to_set_is_asked_of_them(outcome: Outcome) -> None:
    assert (
        "raise concern at talk | [('settle_by', 'To be put right by: the procedure leaves"
        in _said(outcome, "refused")
    )


def test_a_hold_goes_no_further_than_the_procedure_gives_it(outcome: Outcome) -> None:
    assert "iro_a: hold | [('until', 'Hold until: the procedure allows no hold beyond" in _said(
        outcome, "refused"
    )


def test_a_reason_is_required_where_the_stage_asks_for_one(outcome: Outcome) -> None:
    assert (
        "iro_a: to step-1 | [('rationale', 'Why it goes to this stage: fill this in.')]"
        in (outcome["refused"])
    )


def test_where_only_a_repetition_sends_it_on_no_answer_does_not(outcome: Outcome) -> None:
    """Silence at STEP 1: going on stays possible, and takes a reason."""
    assert "no answer; it was due" in _said(outcome, "status")
    quiet = came_out(bent(((*MAIN, "stages", 1, "goes_on_when"), ["repeated"], "")))
    late = [line for line in quiet["status"] if "STEP 1: no answer" in line]
    assert late
    assert not [line for line in late if "Escalate to" in line]
    assert [line for line in late if "it goes on when it happens again" in line]


def test_what_is_not_in_the_text_is_off_or_marked_as_ours(outcome: Outcome) -> None:
    mark = "Offered by this product: the text of Tarnbrook does not speak of another date"
    assert mark in _said(outcome, "rights")
    assert mark in _said(outcome, "e-mails")
    off = came_out(bent((("ours",), [], "")))
    assert "Agree another date" not in _said(off, "rights")
    assert "Agree a hold" in _said(off, "rights")  # the text knows it


def test_a_ladder_is_raised_on_by_its_own_posts(outcome: Outcome) -> None:
    assert "raise agency at health-1 | You cannot raise this alert." in _said(outcome, "refused")
