"""Every form that raises an alert, at every council: filled in, sent, downloaded and opened in Word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Page

from practice_alerts.domain.choices import form_used, with_choices
from practice_alerts.domain.form import AGENCY, Form, FormField
from practice_alerts.domain.ladder import Ladder
from practice_alerts.domain.openings import needs_reason
from practice_alerts.domain.paper import said
from practice_alerts.domain.procedure import Procedure
from tests.helpers.app_moves import AppPage
from tests.helpers.cast import Cast
from tests.helpers.councils import IDS, council
from tests.helpers.form_moves import FormMoves
from tests.helpers.moves import settle
from tests.helpers.served import Served
from tests.helpers.watched_pages import Watch

Window = Callable[..., Page]


@dataclass(frozen=True)
class Way:
    """One form as it is raised: by whom, as what kind, and at which stage where there is any."""

    council: str
    form: str
    kind: str
    officer: str
    stage: str | None = None

    @property
    def procedure(self) -> Procedure:
        return council(self.council).procedure

    @property
    def partner(self) -> str | None:
        at_partners = self.procedure.kinds[self.kind].ladder == "partners"
        return "virtual-school" if at_partners else None

    @property
    def ladder(self) -> Ladder | None:
        return self.procedure.ladder_of(self.kind, self.partner)

    @property
    def filled(self) -> Form:
        files = council(self.council)
        return with_choices(files.forms[self.form], files.procedure, self.form)

    def given(self) -> dict[str, Any]:
        """What is chosen, and not just anything: the case is one that this officer raises."""
        posts = self.procedure.raised_by.items()
        case = next(case for case, post in posts if self.officer.endswith(post.replace("_", "-")))
        about = "excellent" if self.ladder is None else "concern"
        return {"raised_as": case, "case_status": [case], "about": about}


WAYS = (
    Way("lambeth", "practice_alert", "practice_alert", "sample-iro", "stage-1"),
    Way("lambeth", "good_practice", "good_practice", "sample-iro"),
    Way("lambeth", "partner_escalation", "partner", "sample-iro", "stage-1"),
    Way("merton", "practice_alert", "practice_alert", "merton-iro", "stage-2"),
    Way("northamptonshire", "escalation", "escalation", "northamptonshire-iro", "level-1"),
    Way("northamptonshire", "good_practice", "good_practice", "northamptonshire-cp-chair"),
    Way("knowsley", "challenge", "challenge", "knowsley-iro", "stage-1"),
    Way("unnamed-2015", "issue_notification", "concern", "unnamed-2015-iro", "issue-notification"),
    Way("unnamed-2015", "qa_notification", "concern", "unnamed-2015-iro", "stage-1"),
    Way("unnamed-2015", "qa_notification", "good_practice", "unnamed-2015-iro"),
)


@pytest.fixture
def watch(watch: Watch) -> Watch:
    # Streamlit first looks for its own endpoints below the page it was opened on, then above it.
    watch.expect(r"status of 404.* at \S+/app/\w+/_stcore/")
    return watch


@pytest.fixture(scope="module")
def cast(served: Served) -> Cast:
    return Cast(served)


def test_every_form_that_raises_is_tried() -> None:
    assert {(way.council, way.kind, way.form) for way in WAYS} == set(_all_that_raise())


def _all_that_raise() -> Iterator[tuple[str, str, str]]:
    for name in IDS:
        procedure = council(name).procedure
        for kind_id, kind in procedure.kinds.items():
            ladder = procedure.ladder_of(kind_id, next(iter(procedure.partners), None))
            for stage in ladder.stages if ladder else (None,):
                yield name, kind_id, form_used(kind_id, kind, ladder, stage)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.council}-{way.kind}-{way.form}")
def test_what_is_typed_stands_in_the_word_document(way: Way, cast: Cast, new_page: Window) -> None:
    officer = cast.at_work(way.officer, new_page)
    _where_it_starts(way, officer)
    fields = way.filled.fields(filled_by="raiser")
    chosen_before = {AGENCY: way.partner} if way.partner else {}
    typed = FormMoves(officer, chosen_before).fill(fields, **way.given())
    _send(officer)
    words = _downloaded(officer.page)
    kept = [one for one in fields if one.id in typed and one.goes_to is None]
    assert [one.id for one in kept if not _stands(one, typed[one.id], words)] == []


def _where_it_starts(way: Way, officer: AppPage) -> None:
    officer.page.goto("/app/raise")
    officer.heading("Raise a practice alert")
    officer.choose(way.procedure.kinds[way.kind].title)
    if way.partner is not None:
        officer.pick("Which agency?", way.procedure.partners[way.partner].title or way.partner)
    if way.ladder is not None and way.stage is not None:
        if way.procedure.gate is not None:
            officer.choose("Yes")
            officer.write("Who was told, how and when", "The deputy head, by telephone, at nine.")
        label = way.ladder.stage(way.stage).label
        officer.choose(label)
        if needs_reason(way.ladder, way.stage):
            officer.write(f"Why it starts at {label}", "It was talked about before.")
    officer.press("Go on to the form")
    officer.heading("The child and the case")


def _send(officer: AppPage) -> None:
    officer.press("Go on: who and when")
    officer.heading("Who and when")
    officer.press("Check your answers")
    officer.heading("Send it")
    officer.press("Send the alert")
    officer.heading(re.compile("is sent"))


def _stands(one: FormField, typed: Any, words: str) -> bool:
    """As typed; or, of several boxes to tick, each that is ticked with its mark."""
    boxes = [f"☒\t{(one.options or {})[name]}" for name in typed] if one.type == "many_of" else []
    return said(one, typed) in words or (bool(boxes) and all(box in words for box in boxes))


def _downloaded(page: Page) -> str:
    """The words of the document that lies behind the alert's own link, as Word would read them."""
    page.get_by_role("link", name=re.compile("^Open ")).click()
    settle(page)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Download it for Word").click()
    word = Document(str(loading.value.path()))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])
