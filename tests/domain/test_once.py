"""What is worked out once for a definition is worked out anew for another, however alike they are."""

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import load_all
from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.once import once
from practice_alerts.domain.procedure.posts import Side

LAMBETH = load_all(ROOT / "procedures", ROOT / "form_templates")["lambeth"].procedure


def test_the_same_is_asked_once_and_an_equal_one_again() -> None:
    asked: list[tuple[list[int], str]] = []

    @once
    def length(of: list[int], name: str) -> int:
        asked.append((of, name))
        return len(of)

    one, equal = [1, 2], [1, 2]
    assert [length(one, "a"), length(one, "a"), length(equal, "a"), length(one, "b")] == [2] * 4
    assert asked == [(one, "a"), (equal, "a"), (one, "b")]
    assert asked[1][0] is equal


def test_a_copy_of_a_procedure_with_other_sides_has_sides_of_its_own() -> None:
    other = {**LAMBETH.roles}
    other["team_manager"] = other["team_manager"].model_copy(update={"side": Side.CHALLENGING})
    assert "team_manager" not in LAMBETH.own_side
    assert "team_manager" in LAMBETH.model_copy(update={"roles": other}).own_side
    assert "team_manager" not in LAMBETH.own_side


def test_who_has_a_say_at_a_stage_follows_the_posts_that_nobody_holds() -> None:
    ladder = LAMBETH.main_ladder
    stage = ladder.stages[-1]
    whole, again = (Rules(LAMBETH, ladder).posts_at(stage) for _ in range(2))
    assert whole is again
    assert Rules(LAMBETH, ladder, frozenset({"iro_manager"})).posts_at(stage) is not whole
