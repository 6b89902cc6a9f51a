"""Two windows on one draft: nothing that somebody wrote is lost, and each learns of the other."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from practice_alerts.domain.forms.draft_merge import ASIDE, changes, field_named, merged
from practice_alerts.domain.forms.form import is_answered

BEGUN = {"step": 2, "kind": "practice_alert", "answers": {"concerns": "No visit.", "team": "North"}}


def draft(step: int = 2, kind: str = "practice_alert", **answers: Any) -> dict[str, Any]:
    return {"step": step, "kind": kind, "answers": {**BEGUN["answers"], **answers}}  # type: ignore[dict-item]


def test_what_each_window_changed_stands_side_by_side() -> None:
    both = merged(BEGUN, draft(concerns="No visit since May."), draft(team="South"))
    assert both.body["answers"] == {"concerns": "No visit since May.", "team": "South"}
    assert both.elsewhere == ("answers.team",)
    assert both.over == {}


def test_where_both_wrote_the_same_field_the_last_stands_and_the_other_is_set_aside() -> None:
    both = merged(BEGUN, draft(concerns="Written here."), draft(concerns="Written there."))
    assert both.body["answers"]["concerns"] == "Written here."
    assert both.body[ASIDE] == both.over == {"answers.concerns": "Written there."}
    assert both.elsewhere == ("answers.concerns",)


def test_each_window_stays_at_its_own_step() -> None:
    both = merged(BEGUN, draft(step=2), draft(step=3, team="South"))
    assert both.body["step"] == 2
    assert changes(BEGUN, draft(step=4)) == ()


def test_a_choice_before_the_form_is_told_of_too() -> None:
    both = merged(BEGUN, draft(), draft(kind="good_practice"))
    assert both.body["kind"] == "good_practice"
    assert both.elsewhere == ("kind",)


def test_a_field_first_shown_empty_writes_over_nothing() -> None:
    both = merged(BEGUN, draft(hope=""), draft(hope="A visit each week."))
    assert both.body["answers"]["hope"] == "A visit each week."
    assert both.over == {}


def test_emptying_a_field_is_a_change_like_any_other() -> None:
    both = merged(BEGUN, draft(concerns=""), draft())
    assert both.body["answers"]["concerns"] == ""
    assert merged(BEGUN, draft(), draft(concerns="")).elsewhere == ("answers.concerns",)


def test_both_writing_the_very_same_is_no_news() -> None:
    both = merged(BEGUN, draft(team="South"), draft(team="South"))
    assert (both.elsewhere, both.over) == ((), {})


def test_what_was_set_aside_stays_until_it_is_put_away() -> None:
    kept = {**draft(), ASIDE: {"answers.concerns": "Written there."}}
    assert merged(kept, kept, kept).body[ASIDE] == kept[ASIDE]
    assert merged(kept, {**draft(), ASIDE: {}}, kept).body[ASIDE] == {}
    assert merged(kept, kept, {**draft(), ASIDE: {}}).body[ASIDE] == {}


texts = st.text(max_size=3)
answers = st.dictionaries(st.sampled_from("abcd"), texts | st.lists(texts, max_size=2))


@given(answers, answers, answers)
def test_everything_written_in_either_window_is_still_there(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    both = merged({"answers": base}, {"answers": mine}, {"answers": theirs})
    for name in changes({"answers": base}, {"answers": mine}):
        field = field_named(name) or ""
        assert both.body["answers"].get(field) == mine.get(field)
    for name in changes({"answers": base}, {"answers": theirs}):
        field = field_named(name) or ""
        said = theirs.get(field)
        stands = (both.body["answers"].get(field), both.body[ASIDE].get(name))
        assert said in stands or not is_answered(said)
