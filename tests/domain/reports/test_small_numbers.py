"""Small numbers: whatever is added and taken away of what is published, each number stands for as many true ones."""

from collections.abc import Iterator
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


POSSIBLE: dict[str, tuple[tuple[str, ...], ...]] = {
    "themes": (*((f"t{n}",) for n in range(4)), ("none ticked",)),
    "highest_stage": tuple(("k", f"s{n}") for n in range(4)),
    "timeliness_by_stage": tuple(("k", f"s{n}", "a deadline") for n in range(3)),
    "endings": (*((f"e{n}",) for n in range(5)), (ENDED_AGAIN,)),
    "childs_voice": (("view given when raised",), ("view given at the end",)),
    "referrals": (("a",), ("b",)),
    "good_practice": (("all",),),
}
"""The rows that there may be in a made-up council; in some of them nothing is ever counted."""


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
    for seed in range(120):
        made = published(counted(seed, 5), POSSIBLE, FIVE, {})
        (raised,), _, *_ = printed(made, "ever_formal") or []
        themes = [row[0] for row in printed(made, "themes") or []]
        assert len(themes) in {0, len(POSSIBLE["themes"])}
        kept = [FIVE.span(one) for one in themes]
        possible: list[set[int]] = [set() for _ in (raised, *themes)]
        for whole in reachable(FIVE.span(raised)):
            for parts in product(*map(reachable, kept)):
                if not parts or sum(parts) >= whole >= max(parts):
                    for found, one in zip(possible, (whole, *parts), strict=True):
                        found.add(one)
        for found, shown in zip(possible, (raised, *themes), strict=True):
            assert found == set(reachable(FIVE.span(shown))), (seed, shown)


def test_closings_and_highest_stages_do_not_narrow_one_another_either() -> None:
    for seed in range(120):
        made = published(counted(seed, 4), POSSIBLE, FIVE, {})
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
    made = published(counted(1), POSSIBLE, FIVE, {})
    endings = next(one for one in made.tables if one.name == "endings")
    assert ALL_CLOSINGS not in {row.which.lower() for row in endings.rows}
    for table in made.tables:
        assert set(table.heads) == set(public_heads(table.name))
        assert "due" not in table.heads


def test_a_middle_is_printed_only_where_enough_are_behind_it() -> None:
    year = counted(1)
    for behind, said in ((17, "–"), (18, "7")):
        year["time_to_put_right"][0]["alerts"] = behind
        table = {one.name: one for one in published(year, POSSIBLE, FIVE, {}).tables}[
            "time_to_put_right"
        ]
        assert [row.cells["now"] for row in table.rows] == [said]


def test_beside_a_year_stands_the_one_before_as_it_was_published() -> None:
    first = {one.name: one for one in published(counted(2), POSSIBLE, FIVE, {}).tables}
    then = published(counted(3), POSSIBLE, FIVE, first)
    for table in then.tables:
        for row in table.rows:
            stood = first.get(table.name)
            key = "now" if FIGURE_TABLES[table.name].is_turned else None
            if stood and key:
                assert row.cells["year_earlier"] == (stood.number(row.which, key) or "–")
    alone = published(counted(3), POSSIBLE, FIVE, {})
    assert {row.cells["year_earlier"] for table in alone.tables for row in table.rows} == {"–"}


def published_rows(made: Publication) -> dict[str, list[str]]:
    return {one.name: [row.which for row in one.rows] for one in made.tables}


def test_each_row_that_there_may_be_is_printed_in_the_same_order_whatever_was_counted() -> None:
    """A row that only stands where something was counted says that its 0 is 1 or 2; so does a first among equals."""
    nothing: dict[str, list[dict[str, Any]]] = {
        name: [] for name in BOARD.figures if not FIGURE_TABLES[name].is_turned
    }
    whole = published({**counted(1), **nothing}, POSSIBLE, FIVE, {})
    assert {*published_rows(whole)} == {*BOARD.figures}
    for seed in range(40):
        year = counted(seed)
        for rows in year.values():
            Random(seed).shuffle(rows)  # noqa: S311 - an order that can be had again
        for name, found in published_rows(published(year, POSSIBLE, FIVE, {})).items():
            assert found == published_rows(whole)[name], (seed, name)


def test_a_table_with_a_row_that_no_edition_knows_is_left_out() -> None:
    year = counted(1)
    year["referrals"][0]["route"] = "another way out"
    made = published(year, POSSIBLE, FIVE, {})
    assert made.left_out == (MEASURE_CALLED["referrals"].title,)


def small_years(most: int) -> Iterator[dict[str, int]]:
    """Every year with so many concerns at most, about two things or none, and what was done with as many of them."""
    for raised in range(most + 1):
        for a, b in product(range(raised + 1), repeat=2):
            for none in range(max(0, raised - a - b), raised - max(a, b) + 1):
                yield {"raised": raised, "a": a, "b": b, "none ticked": none}


def years_with_closings(most: int) -> Iterator[dict[str, int]]:
    """Every year with so many closings at most: how they ended, how high they had come, and whether a view was given."""
    for e0, e1, s0, s1, view in product(range(most + 1), repeat=5):
        if max(s0 + s1, view) <= e0 + e1 <= most:
            yield {"e0": e0, "e1": e1, "s0": s0, "s1": s1, "view": view}


def as_counted(year: dict[str, int]) -> dict[str, list[dict[str, Any]]]:
    """As a log tells it: without rows of nothing, the largest first."""

    def rows(of: str, number: str, names: dict[str, str], **more: Any) -> list[dict[str, Any]]:
        found = [
            {"period": NOW, of: name, number: year[key], **more}
            for key, name in names.items()
            if year.get(key)
        ]
        return sorted(found, key=lambda row: -int(row[number]))

    formal = {"raised": year.get("raised", 0), "formal_by_the_end": 0, "per_cent_formal": 0.0}
    themes = {one: one for one in ("a", "b", "none ticked")}
    stages = rows("highest_stage", "alerts", {"s0": "s0", "s1": "s1"}, kind="k")
    asked = {"asked": 1, "no": 0, "not_answered": 0}
    return {
        **counted(1),
        "ever_formal": [{"period": NOW, **formal}],
        "themes": rows("category", "alerts", themes, per_cent_of_concerns=1.0),
        "endings": rows("how_it_ended", "closings", {"e0": "e0", "e1": "e1"}),
        "highest_stage": stages,
        "childs_voice": rows("question", "yes", {"view": "view given at the end"}, **asked),
    }


SAID = {
    "raised": ("ever_formal", "Raised", "now"),
    **{one: ("themes", one.capitalize(), "alerts") for one in ("a", "b", "none ticked")},
    **{one: ("endings", one.capitalize(), "closings") for one in ("e0", "e1")},
    **{one: ("highest_stage", one.capitalize(), "alerts") for one in ("s0", "s1")},
    "view": ("childs_voice", "View given at the end", "yes"),
}
"""Where the number stands."""


@pytest.mark.parametrize(
    ("years", "of", "possible"),
    [
        (small_years(9), ("raised",), {"themes": (("a",), ("b",), ("none ticked",))}),
        (
            years_with_closings(8),
            ("e0", "e1"),
            {
                "endings": (("e0",), ("e1",), (ENDED_AGAIN,)),
                "highest_stage": (("k", "s0"), ("k", "s1")),
            },
        ),
    ],
    ids=["concerns", "closings"],
)
def test_whoever_knows_every_year_there_may_have_been_finds_no_number_behind_a_printed_one(
    years: Iterator[dict[str, int]],
    of: tuple[str, ...],
    possible: dict[str, tuple[tuple[str, ...], ...]],
) -> None:
    """Of all years that are published the very same: each printed number may be any that it stands for.

    So neither what stands there, nor its order, nor what is left out or printed lower tells more than the number.
    """
    rule, lowered = SmallNumbers(3), 0
    alike: dict[str, tuple[dict[str, int], list[dict[str, int]]]] = {}
    for year in years:
        made = published(as_counted(year), {**POSSIBLE, **possible}, rule, {})
        tables = {one.name: one for one in made.tables}
        found = {}
        for name in year:
            figure, row, column = SAID[name]
            found[name] = int(tables[figure].number(row, column) or "")
        lowered += any(found[name] < rule.rounded(year[name]) for name in year)
        assert all(rule.rounded(year[name]) - found[name] in {0, 3, 6} for name in year)
        alike.setdefault(repr(made), (found, []))[1].append(year)
    most = max(sum(year[one] for one in of) for _, them in alike.values() for year in them)
    inside = [one for one in alike.values() if sum(rule.span(one[0][n]).high for n in of) <= most]
    assert len(inside) > 5
    for found, them in inside:
        for name, number in found.items():
            meant = {*reachable(rule.span(number))}
            assert meant <= {one[name] for one in them}, (name, found)
    assert lowered, "nothing ever had to be printed lower, so the test tries nothing"
