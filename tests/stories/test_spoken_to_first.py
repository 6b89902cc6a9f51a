"""Whom a stage wants spoken to first: with which form it is asked, who hears of it, and who never reads it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.casework.acts import escalate
from practice_alerts.casework.acts.raise_alert import prepare, raise_alert
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.drafts.siblings import draft_for_sibling
from practice_alerts.domain.acts.act_forms import SPOKEN, on_coming
from practice_alerts.domain.alert.events import Occasion
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.procedure.ladder import Stage
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.files.real_councils import council
from tests.helpers.product.office import Desk
from tests.helpers.stories.sampleford import sampleford
from tests.helpers.stories.story import raised

CONSULTED = {"id": "consulted", "label": "And before?", "type": "text"}
LEAD = {"lead": {"title": "Lead", "in_iro_service": True}, "head": {"title": "Head"}}
SPOKE = {"consulted": "Lead Sample on Monday", "consultation": "discussed"}
ANSWERED = {"answer": {"from": "team_manager", "within": "5 working days"}}


def stage(before: str | None) -> dict[str, Any]:
    said = {"with": "lead", "tell": "head", "record": ["discussed", "not discussed"]}
    return ANSWERED | {"consult": said | ({"before": before} if before else {})}


def asks(form: Form) -> bool:
    return {*SPOKEN} <= {one.id for one in form.fields()}


def told(desk: Desk, found: Any, to: str) -> bool:
    run = next(one for one in found.alert.runs if one.stage == to)
    people = [p.post for one in run.told if one.occasion is Occasion.CONSULTED for p in one.people]
    return people == ["Head"]


@pytest.mark.parametrize(
    ("before", "coming"),
    [
        (None, True),
        ("entering", True),
        ("going to the agency", True),
        ("leaving", False),
        ("Going on", False),
        ("escalating it further", False),
    ],
)
def test_it_is_asked_on_the_form_by_which_an_alert_comes_or_leaves_and_on_no_other(
    tmp_path: Path, before: str | None, *, coming: bool
) -> None:
    desk = sampleford(tmp_path, ANSWERED, stage(before), ANSWERED, roles=LEAD)
    office, at = desk.office, [f"stage-{number}" for number in (1, 2, 3)]
    actor = desk.doing("iro").actor
    with office.database.reading() as tx:
        begins = {
            one: asks(prepare(office, tx, actor, wanted(desk, "concern", one)).form) for one in at
        }
    assert begins == {at[0]: False, at[1]: coming, at[2]: False}
    story = raised(desk, "iro", wanted(desk, "concern", at[0]))
    for to, is_asked in ((at[1], coming), (at[2], not coming)):
        stage_to = next(one for one in story.found.ways_up if one.id == to)
        assert asks(escalate.form_at(office, story.found, stage_to)) is is_asked, to
        story.escalated(to, "Nothing moves.", **(SPOKE if is_asked else {}))
        assert told(desk, story.found, to) is is_asked
        said = [one.said for one in story.seen().history if "Spoken to first" in one.said]
        assert len(said) == (1 if to == at[1] and is_asked else int(to == at[2]))


def test_where_an_alert_begins_it_is_kept_with_the_raising_for_the_officers_side_alone(
    tmp_path: Path,
) -> None:
    desk = sampleford(tmp_path, stage("entering"), ANSWERED, roles=LEAD)
    wants = wanted(desk, "concern", "stage-1")
    story = raised(desk, "iro", replace(wants, answers={**wants.answers, **SPOKE}))
    event = story.found.alert.raised
    assert (event.consulted, event.consultation) == ("Lead Sample on Monday", "discussed")
    assert not {*SPOKEN} & event.answers.keys()
    assert "discussed: Lead Sample on Monday" in story.seen().history[0].said
    asked = next(iter(story.asked))
    assert "Lead Sample" not in "".join(one.said for one in story.seen(asked).history)
    draft = draft_for_sibling(desk.office, desk.doing("iro").actor, story.found)
    kept = kept_drafts.my_draft(desk.office, "iro", draft)
    assert kept is not None
    assert SPOKE.items() <= kept.body["answers"].items()
    plain = raise_alert(desk.office, wants, desk.doing("iro"))
    assert plain.alert.raised.consulted == "", "a record, and never a lock"


def test_a_form_that_asks_it_of_its_own_is_asked_nothing_twice() -> None:
    own = Form.model_validate(
        {"title": "Own", "sections": [{"title": "First", "fields": [CONSULTED]}]}
    )
    wants = Stage.model_validate(
        {"id": "one", "label": "One", **ANSWERED, "consult": {"with": "iro"}}
    )
    assert on_coming(own, wants, council("lambeth").procedure) is own
