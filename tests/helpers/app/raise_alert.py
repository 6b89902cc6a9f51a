"""An alert raised in the app, from the first question to the screen that says it is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from practice_alerts.casework.sample.sample_people import TEAM, sample_people
from practice_alerts.domain.acts.form_by_rule import RATIONALE
from practice_alerts.domain.acts.options import with_choices
from practice_alerts.domain.forms.form import AGENCY, Form, FormField
from practice_alerts.domain.procedure.entry import needs_reason
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Procedure
from tests.helpers.app.fill_form import FormMoves
from tests.helpers.app.screen_actions import AppPage
from tests.helpers.app.sign_in import settle
from tests.helpers.files.real_councils import IDS, council

TOLD_AT_ONCE = "The deputy head, by telephone, at nine."
BECAUSE = "It was talked about before, without result."


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
        held = self.officer
        case = next(
            case for case, own in posts for post in own if held.endswith(post.replace("_", "-"))
        )
        about = "excellent" if self.ladder is None else "concern"
        return {"raised_as": case, "case_status": [case], "about": about, **self.people()}

    def people(self) -> dict[str, str]:
        """The child's team, and for each post the form names the first of it there."""
        everybody = sample_people({one: council(one) for one in IDS})
        here = [one for one in everybody if (one.council, one.team) == (self.council, TEAM)]
        first = {one.post: one.name for one in reversed(here)}
        fields = self.filled.fields(filled_by="raiser")
        named = {one.id: first[one.role] for one in fields if one.role in first}
        return {**named, **{one.id: TEAM for one in fields if one.type == "team"}}


def raised(officer: AppPage, way: Way, **given: Any) -> dict[str, Any]:
    """Raise and send it, and give what was typed; the window then shows that it is sent."""
    _where_it_starts(way, officer)
    before = {AGENCY: way.partner} if way.partner else {}
    fields = [one for one in way.filled.fields(filled_by="raiser") if not said_before(way, one)]
    typed = FormMoves(officer, before).fill(fields, **way.given(), **given)
    _send(officer)
    return typed


def said_before(way: Way, one: FormField) -> bool:
    """Does the reason for starting at this stage say it already?"""
    if way.ladder is None or way.stage is None or one.id != RATIONALE:
        return False
    return needs_reason(way.procedure, way.ladder, way.stage)


def reference_on(officer: AppPage) -> str:
    """The reference that the screen's main heading begins with."""
    found = re.match(r"\w+-\d{4}-\d{4}", officer.page.get_by_role("heading", level=1).inner_text())
    assert found is not None
    return found.group()


def _where_it_starts(way: Way, officer: AppPage) -> None:
    officer.page.goto("/app/raise")
    officer.heading(re.compile("^Raise"))
    officer.choose(way.procedure.kinds[way.kind].title)
    if way.partner is not None:
        officer.pick("Which agency?", way.procedure.partners[way.partner].title or way.partner)
    if way.ladder is not None and way.stage is not None:
        if way.procedure.gate is not None:
            officer.choose("Yes")
            officer.write("Who was told, how and when", TOLD_AT_ONCE)
        label = way.ladder.stage(way.stage).label
        officer.choose(label)
        if needs_reason(way.procedure, way.ladder, way.stage):
            officer.write(f"Why it starts at {label}", BECAUSE)
    officer.press("Go on to the form")
    officer.heading("The child and the case")


def choose_who(officer: AppPage) -> None:
    """Where one of several is to answer, the first of those offered."""
    settle(officer.page)
    several = officer.page.get_by_test_id("stMultiSelect").filter(has_text="Who must answer")
    one = officer.page.get_by_test_id("stSelectbox").filter(has_text="Who must answer")
    if several.count() and not several.locator("[data-tag]").count():
        several.get_by_role("combobox").click()
        officer.page.get_by_role("option").filter(has_not_text="Select all").first.click()
        officer.page.keyboard.press("Escape")
        settle(officer.page)
    elif one.count() and not one.get_by_role("combobox").input_value():
        one.get_by_role("combobox").click()
        officer.page.get_by_role("option").first.click()
        settle(officer.page)


def _send(officer: AppPage) -> None:
    officer.press("Go on: who and when")
    officer.heading("Who and when")
    choose_who(officer)
    officer.press("Check your answers")
    officer.heading("Send it")
    officer.press("Send the alert")
    officer.heading(re.compile("is sent"))
