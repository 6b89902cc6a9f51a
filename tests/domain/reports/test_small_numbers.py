"""Small numbers: whatever is added and taken away of what is published, each number stands for as many true ones."""

from itertools import product
from random import Random
from typing import Any

import pytest

from practice_alerts.domain.log.measures.of_acts import ALL_CLOSINGS, ENDED_AGAIN
from practice_alerts.domain.reports.contents import BOARD
from practice_alerts.domain.reports.figure_tables import FIGURE_TABLES, MEASURE_CALLED
from practice_alerts.domain.reports.published import (
    PUBLIC,
    Publication,
    public_heads,
    published,
)
from practice_alerts.domain.reports.small_numbers import (
    AddsUp,
    Between,
    PublishedParts,
    SmallNumbers,
    Whole,
)

FIVE = SmallNumbers()
NOW = "this period, 2025-04-01 to 2026-03-31"


@pytest.mark.parametrize("to", [5, 6, 10])
def test_a_printed_number_stands_for_just_those_that_are_rounded_to_it(to: int) -> None:
    rule = SmallNumbers(to)
    for count in range(60):
        span = rule.span(rule.rounded(count))
        meant = [one for one in range(80) if rule.rounded(one) == rule.rounded(count)]
        assert (span.low, span.high) == (meant[0], meant[-1])
        assert len(meant) >= to // 2


def test_a_share_is_of_rounded_numbers_and_only_where_there_are_enough() -> None:
    assert FIVE.share(11, 22) == 50
    assert FIVE.share(11, 17) is None
    assert SmallNumbers(5, 10).share(11, 12) == 100


def counted(seed: int, highest: int = 9) -> dict[str, list[dict[str, Any]]]:
    """What a year could have been: true counts that fit one another as those of a log do."""
    rng = Random(seed)  # noqa: S311 - years that can be had again
    raised = rng.randrange(highest * 3)
    themes = [0, 0, 0, 0]
    for _ in range(raised):  # each is about one thing at least
        for theme in rng.sample(range(4), rng.choice([1, 1, 1, 2])):
            themes[theme] += 1
    endings = [rng.randrange(highest) for _ in range(4)]
    closed, highest_stages = sum(endings), [0, 0, 0]
    for _ in range(rng.choice([closed, closed // 2])):  # some were closed twice
        highest_stages[rng.randrange(3)] += 1
    stays = [[rng.randrange(highest) for _ in range(3)] for _ in range(2)]

    def rows(*found: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"period": NOW, **one} for one in found]

    return {
        "ever_formal": rows(
            {
                "raised": raised,
                "formal_by_the_end": rng.randrange(raised + 1),
                "per_cent_formal": 1.0,
            }
        ),
        "themes": rows(*({"category": f"t{n}", "alerts": a, "per_cent_of_concerns": 1.0} for n, a in enumerate(themes))),
        "highest_stage": rows(
            *({"kind": "k", "highest_stage": f"s{n}", "alerts": a} for n, a in enumerate(highest_stages))
        ),
        "timeliness_by_stage": rows(
            *(
                {
                    "kind": "k",
                    "stage": f"s{n}",
                    "the_day_is": "a deadline",
                    "due": sum(three),
                    "in_time": three[0],
                    "late": three[1],
                    "no_answer": three[2],
                    "per_cent_in_time": 1.0,
                    "ended_before_it_was_due": 0,
                }
                for n, three in enumerate(stays)
            )
        ),
        "within_the_time_limit": rows(
            {
                "limits_that_ended": 8,
                "closed_by_then": rng.randrange(8),
                "open_past_it": 3,
                "per_cent_within": 1.0,
            }
        ),
        "endings": rows(
            {"how_it_ended": ALL_CLOSINGS, "closings": closed},
            *({"how_it_ended": f"e{n}", "closings": a} for n, a in enumerate(endings)),
            {"how_it_ended": ENDED_AGAIN, "closings": rng.randrange(3)},
        ),
        "time_to_put_right": rows(
            {"alerts": endings[0], "median": 7, "ninth_decile": 20, "not_known": 0}
        ),
        "promises": rows(
            {
                "promises": 9,
                **{
                    one: rng.randrange(highest)
                    for one in PUBLIC["promises"].cells
                },
            }
        ),
        "childs_voice": rows(
            {"question": "view given when raised", "asked": raised, "yes": rng.randrange(raised + 1), "no": 0, "not_answered": 0},
            {"question": "view given at the end", "asked": closed, "yes": rng.randrange(closed + 1), "no": 0, "not_answered": 0},
        ),
        "referrals": rows({"route": "a", "referrals": 2, "sent": 0, "acknowledged": 0, "decided": 0, "withdrawn": 0, "nothing_heard": 2}),
        "good_practice": rows({"subject": "all", "alerts": rng.randrange(highest)}, {"subject": "x", "alerts": 1}),
    }  # fmt: skip


def printed(made: Publication, name: str) -> list[list[int]] | None:
    """The rounded numbers of a table, a row each."""
    table = next((one for one in made.tables if one.name == name), None)
    if table is None:
        return None
    cells = PUBLIC[name].cells if not FIGURE_TABLES[name].is_turned else ("now",)
    return [
        [int(row.cells[cell]) for cell in cells if row.cells[cell].isdecimal()]
        for row in table.rows
    ]


def reachable(span: Between) -> range:
    return range(int(span.low), int(span.high) + 1)


def test_no_exact_count_is_recovered_from_what_is_published_by_sums_and_differences() -> None:
    """Every count that agrees with what was printed, and with how counts hang together, one by one."""
    left_out = 0
    for seed in range(120):
        made = published(counted(seed, 5), FIVE, {})
        left_out += len(made.left_out)
        (raised,), _, *_ = printed(made, "ever_formal") or []
        themes = [row[0] for row in printed(made, "themes") or []]
        kept = [FIVE.span(one) for one in themes]
        possible: list[set[int]] = [set() for _ in (raised, *themes)]
        for whole in reachable(FIVE.span(raised)):
            for parts in product(*map(reachable, kept)):
                if not parts or sum(parts) >= whole >= max(parts):
                    for found, one in zip(possible, (whole, *parts), strict=True):
                        found.add(one)
        for found, shown in zip(possible, (raised, *themes), strict=True):
            assert found == set(reachable(FIVE.span(shown))), (seed, shown)
    assert left_out, "nothing ever had to be left out, so the test tries nothing"


def test_closings_and_highest_stages_do_not_narrow_one_another_either() -> None:
    for seed in range(120):
        made = published(counted(seed, 4), FIVE, {})
        endings = [row[0] for row in (printed(made, "endings") or [])[:-1]]
        stages = [row[0] for row in printed(made, "highest_stage") or []]
        possible: list[set[int]] = [set() for _ in (*endings, *stages)]
        for ends in product(*(reachable(FIVE.span(one)) for one in endings)):
            for high in product(*(reachable(FIVE.span(one)) for one in stages)):
                if sum(high) <= sum(ends):
                    for found, one in zip(possible, (*ends, *high), strict=True):
                        found.add(one)
        for found, shown in zip(possible, (*endings, *stages), strict=True):
            assert found == set(reachable(FIVE.span(shown))), (seed, shown)


def test_parts_that_would_pin_their_whole_are_not_published() -> None:
    """Four times two is eight, and eight is printed as ten: each of the four could only be two."""
    whole = Whole(FIVE.span(FIVE.rounded(8)))
    twos = PublishedParts(AddsUp.TO_IT, tuple(FIVE.span(FIVE.rounded(2)) for _ in range(4)))
    assert not whole.keeps_with(twos)
    assert not whole.keeps_with(PublishedParts(AddsUp.TO_IT_OR_MORE, twos.spans))
    assert whole.keeps_with(PublishedParts(AddsUp.TO_IT_OR_LESS, twos.spans))
    assert Whole().keeps_with(twos)


def test_what_may_not_leave_and_sums_of_parts_are_never_published() -> None:
    assert set(PUBLIC) == set(BOARD.figures)
    assert all(MEASURE_CALLED[name].may_leave for name in PUBLIC)
    assert len(BOARD.figures) == len(set(BOARD.figures))
    made = published(counted(1), FIVE, {})
    endings = next(one for one in made.tables if one.name == "endings")
    assert ALL_CLOSINGS not in {row.which.lower() for row in endings.rows}
    for table in made.tables:
        assert set(table.heads) == set(public_heads(table.name))
        assert "due" not in table.heads


def test_a_middle_is_printed_only_where_enough_are_behind_it() -> None:
    year = counted(1)
    for behind, said in ((17, "–"), (18, "7")):
        year["time_to_put_right"][0]["alerts"] = behind
        table = {one.name: one for one in published(year, FIVE, {}).tables}["time_to_put_right"]
        assert [row.cells["now"] for row in table.rows] == [said]


def test_beside_a_year_stands_the_one_before_as_it_was_published() -> None:
    first = {one.name: one for one in published(counted(2), FIVE, {}).tables}
    then = published(counted(3), FIVE, first)
    for table in then.tables:
        for row in table.rows:
            stood = first.get(table.name)
            key = "now" if FIGURE_TABLES[table.name].is_turned else None
            if stood and key:
                assert row.cells["year_earlier"] == (stood.number(row.which, key) or "–")
    alone = published(counted(3), FIVE, {})
    assert {row.cells["year_earlier"] for table in alone.tables for row in table.rows} == {"–"}
