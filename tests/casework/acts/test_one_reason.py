"""One reason is asked once, and a referral keeps what was asked of the court."""

from dataclasses import replace

from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import prepare, raise_alert
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.wording.rights_words import rights_in_words
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.files.real_councils import council
from tests.helpers.product.office import Desk

WHY = "It was talked about twice, without result."


def test_why_it_starts_at_a_stage_is_why_it_goes_there(desk: Desk) -> None:
    asked = wanted(desk, "practice_alert", "stage-1")
    answers = {name: said for name, said in asked.answers.items() if name != "rationale"}
    asked = replace(asked, answers=answers, entry_reason=WHY)
    with desk.office.database.reading() as tx:
        prepared = prepare(desk.office, tx, desk.actor("iro"), asked)
    assert prepared.said_already == {"rationale"}
    found = raise_alert(desk.office, asked, desk.doing("iro"))
    assert found.alert.raised.entry_reason == WHY
    assert found.run.sent.answers["rationale"] == WHY


def test_what_is_said_of_the_stage_on_the_form_stands_beside_the_reason(desk: Desk) -> None:
    asked = wanted(desk, "practice_alert", "stage-1", rationale="The child has waited long.")
    found = raise_alert(desk.office, replace(asked, entry_reason=WHY), desk.doing("iro"))
    assert found.run.sent.answers["rationale"] == "The child has waited long."


def test_a_referral_keeps_what_was_asked_of_the_court(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    typed = {"route": "cafcass", "reason": "Nothing helped.", "proceedings": "yes"}
    typed |= {"guardian_told": "yes", "cafcass_legal": "no"}
    found = VERBS[Act.REFER](desk.office, found.id, typed, desk.doing("iro", found))
    kept = found.alert.referrals[-1].referred.answers
    assert {name: kept[name] for name in ("proceedings", "guardian_told", "cafcass_legal")} == {
        "proceedings": "yes",
        "guardian_told": "yes",
        "cafcass_legal": "no",
    }


def test_the_rights_are_told_in_the_words_of_the_councils_file_or_in_ours() -> None:
    lambeth, northants = council("lambeth").procedure, council("northamptonshire").procedure
    own = rights_in_words(lambeth, lambeth.main_ladder, "looked_after")
    assert [one.partition(":")[0] for one in own] == [
        "Independent advocacy",
        "Complaints procedure",
    ]
    (ours,) = rights_in_words(northants, northants.main_ladder, "looked_after")
    assert "independent advocate" in ours
    silent = northants.model_copy(update={"ours": ()})
    assert rights_in_words(silent, silent.main_ladder, "looked_after") == ()
