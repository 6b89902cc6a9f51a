"""Two councils begin with alerts that run on paper: from the paper to the closing, with three teams and an empty post."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.documents.export import whole_file
from practice_alerts.casework.proof import audit_chain
from practice_alerts.domain.documents.page_one import from_paper
from practice_alerts.domain.log.log_rows import log_rows
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day
from tests.helpers.product.office import Desk
from tests.helpers.stories.story import Story
from tests.stories.conftest import OpenDesk

LADDERS = {
    "lambeth": ("practice_alert", "stage-1", "stage-2", "stage-3"),
    "northamptonshire": ("escalation", "level-1", "level-2", "level-3"),
}


def paper(first: str) -> dict[str, Any]:
    return {
        "paper_reference": "Esc 12 of 2025",
        "paper_raised_on": "2025-05-30",
        f"paper_entered_{first}": "2025-06-02",
        f"paper_due_{first}": "2025-06-06",
        "paper_sent_on": "2025-06-09",
        "paper_way": "email",
        "paper_due": "2025-06-18",
        "paper_answers": [{"on": "2025-06-05", "who": "Jo, manager", "text": "No worker yet."}],
    }


def taken_over(desk: Desk, council: str, who: str = "iro") -> Story:
    kind, first, now, _ = LADDERS[council]
    raising = wanted(desk, kind, now)
    raising = replace(
        raising,
        answers={**raising.answers, **paper(first)},
        entry_reason="",
        gate="",
        settle_by=None,
        on_paper=True,
    )
    found = raise_alert(desk.office, raising, desk.doing(who))
    return Story(desk, who, found)


def leaves(desk: Desk, who: str) -> None:
    with desk.office.database.writing() as tx:
        directory.remove_person(tx, who, desk.office.now())


@pytest.mark.parametrize("council", LADDERS)
def test_from_the_paper_to_the_closing(at_council: OpenDesk, council: str) -> None:
    desk = at_council(council).at("Mon 2025-06-16")
    _, first, now, following = LADDERS[council]
    story = taken_over(desk, council)
    asked = _is_asked_once_and_without_a_day_that_counts_otherwise(story)
    _stands_with_the_days_of_the_paper(story, now)
    story.on("Wed 2025-06-18").answered(asked, "There is a worker.", "done")
    story.not_satisfactory("There is none.")
    story.on("Thu 2025-06-19").escalated(following, "No worker is named.")
    assert story.found.run.given_due is None
    _everything_is_on_record(story, first)
    next_asked = next(one.id for one in story.found.run.sent.asked if one.id)
    story.on("Fri 2025-06-20").answered(next_asked, "She has a worker.", "done")
    story.put_right("Seen in the record.").closed("put_right", "She has a worker.")
    _figures_tell_of_what_happened_here(story, now, following)
    assert audit_chain.prove(desk.office).holds


def _is_asked_once_and_without_a_day_that_counts_otherwise(story: Story) -> str:
    """Of three in each post it is the one who is meant; nobody of another team hears of it."""
    asked = story.found.run.sent.asked
    assert len(asked) == 1
    mails = [one for one in story.desk.mails() if one[0] == asked[0].id]
    assert [notice for _, notice, _ in mails] == ["now_here"]
    assert "18 June" not in mails[0][2]
    assert not [to for to, _, _ in story.desk.mails() if to.startswith(("another_", "anybody_"))]
    return asked[0].id


def _stands_with_the_days_of_the_paper(story: Story, now: str) -> None:
    seen = story.seen()
    assert seen.known.run.stage == now
    assert seen.clocks.answer_due == day("Wed 2025-06-18")
    # Twenty working days from the first formal stage, which it came to on 2 June.
    assert story.time_limit == day("Mon 2025-06-30")
    assert "due Wednesday 18 June 2025, as given on paper" in story.sentence


def _everything_is_on_record(story: Story, first: str) -> None:
    alert, ladder = story.found.alert, story.found.ladder
    assert ladder is not None
    said = from_paper(alert)
    assert said.startswith("Taken over from paper by ")
    assert said.endswith(", on Monday 16 June 2025.")
    (line, *_) = story.seen().history
    for word in ("Esc 12 of 2025", ladder.stage(first).label, "No worker yet.", "as given then"):
        assert word in line.said
    assert whole_file(story.desk.office, story.found, story.officer).body


def _figures_tell_of_what_happened_here(story: Story, now: str, following: str) -> None:
    found, office = story.found, story.desk.office
    form = office.form(found.files, found.alert.form)
    calendar = office.calendar(found.files.id)
    told = log_rows(found.alert, found.files.procedure, form, calendar, "p").tables
    (alert,) = told["alerts"]
    assert (alert["from_paper"], alert["raised_on"], alert["closed_within_cap"]) == (
        *("yes", "2025-05-30", "yes"),
    )
    assert [(one["stage"], one["answered_in_time"]) for one in told["stages"]] == [
        *((now, "yes"), (following, "yes"))
    ]


def test_where_nobody_holds_the_post_somebody_is_named_and_told_by_hand(
    at_council: OpenDesk,
) -> None:
    desk = at_council("northamptonshire").at("Mon 2025-06-16")
    meant = taken_over(desk, "northamptonshire").found.run.sent.asked
    for who in {one.id for one in meant} | {f"another_{meant[0].id}", f"anybody_{meant[0].id}"}:
        leaves(desk, who)
    kind, first, now, _ = LADDERS["northamptonshire"]
    raising = wanted(desk, kind, now, case_number="CS-7")
    raising = replace(
        raising,
        answers={**raising.answers, **paper(first), "paper_reference": "Esc 13"},
        on_paper=True,
        entry_reason="",
        asked=("by-hand:Kit Fiction",),
        instead_reason="Nobody holds the post.",
    )
    found = raise_alert(desk.office, raising, desk.doing("iro"))
    assert [(one.id, one.name) for one in found.run.sent.asked] == [("", "Kit Fiction")]
    assert found.run.given_due == day("Wed 2025-06-18")
