"""What a council's text does not know and the product offers: marked wherever it is met, and never where it knows it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.casework.documents.render import sources
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.documents.alert_document import paper
from practice_alerts.domain.documents.file_note import file_note
from practice_alerts.domain.procedure.beside_text import said_of_ours
from practice_alerts.domain.procedure.procedure import Ours
from tests.domain.guide.test_guide_pages import pages_of, plain, small
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day
from tests.helpers.stories.sampleford import sampleford
from tests.helpers.stories.story import Story, raised

KNOWS: Mapping[Ours, Mapping[str, Any]] = {
    Ours.HOLD: {"hold": {"until": "by agreement"}},
    Ours.ENTRY_REASON: {"entry": {"reason": "when not the first"}},
    Ours.AGREE_DATE: {},
}
"""The key of the ladder by which its text knows it; of another date, an answer by agreement."""


def played(folder: Path, knows: Ours | None) -> Story:
    """Begun above the first stage, another date agreed, answered, held."""
    answer = {"from": "team_manager", "within": "5 working days"}
    agreed = answer | ({"within": "by agreement"} if knows is Ours.AGREE_DATE else {})
    key = KNOWS[knows] if knows else {}
    desk = sampleford(folder, {"answer": agreed}, {"answer": answer}, **key)
    story = raised(desk.at("Mon 2026-06-01"), "iro", wanted(desk, "concern", "stage-2"))
    told = {"agreed_with": "the Team Manager", "reason": "They are on leave."}
    story.do(Act.AGREE_DATE, {"until": "2026-06-10", **told})
    story.answered(next(iter(story.asked)), "It will be done.")
    return story.held(day("Mon 2026-06-15"), "Team Manager")


def met(story: Story) -> Iterator[tuple[str, Ours, str]]:
    """Every place where one of them is met: its name, what is met, and all that is said there."""
    lines = {one.what.split()[0]: one.said for one in story.seen().history}
    desk, found = story.desk, story.found
    mails = {kind: " ".join(text.split()) for _, kind, text in desk.mails()}
    used = sources(desk.office, found)
    printed = paper(found.alert, used, desk.office.today)
    note = " ".join(file_note(found.alert, used, desk.office.now()).split())
    guide = plain(pages_of(small(found.files.procedure))["stages"])
    yield "page", Ours.ENTRY_REASON, lines["Raised"]
    for line in story.seen().history:
        if line.what.startswith("Agreed"):
            yield "page", Ours.HOLD if "hold" in line.what else Ours.AGREE_DATE, line.said
    yield "e-mail", Ours.HOLD, mails["hold_agreed"]
    yield "e-mail", Ours.AGREE_DATE, mails["date_agreed"]
    yield "document", Ours.ENTRY_REASON, printed["entry_reason"]
    yield "document", Ours.AGREE_DATE, printed["stages"][0]["due_agreed"]
    yield "document", Ours.HOLD, printed["stages"][0]["hold_until"]
    for what in KNOWS:
        yield "note", what, note
        yield "guide", what, guide
    offers = {offer.act: offer.mark for offer in story.seen().offers}
    yield "button", Ours.HOLD, offers[Act.HOLD]


@pytest.mark.parametrize("knows", [None, *KNOWS])
def test_each_is_marked_at_every_place_unless_the_text_knows_it(
    tmp_path: Path, knows: Ours | None
) -> None:
    story = played(tmp_path, knows)
    for place, what, text in met(story):
        said = f"the text of Sampleford does not speak of {what.words}"
        assert (said in text) is (what is not knows), (place, what)
        assert text.lower().count("offered by this product") <= len(KNOWS) + 1


def test_off_by_the_file_is_marked_nowhere_and_cannot_be_done(tmp_path: Path) -> None:
    story = played(tmp_path, None)
    procedure = story.found.files.procedure.model_copy(update={"ours": ()})
    assert [said_of_ours(procedure, story.found.ladder, one) for one in Ours] == [""] * len(Ours)
