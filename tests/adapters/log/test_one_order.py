"""A sorted table is read in one order from its first page to its last; what a reader typed themselves is left alone."""

import pytest

from practice_alerts.adapters.log.council_log import _in_one_order

TURNED = "select reference, number, kind from happenings order by happened_at desc limit 101"


def test_the_first_page_goes_by_the_key_where_rows_sort_alike() -> None:
    assert _in_one_order(TURNED) == (
        "select reference, number, kind from happenings order by happened_at desc, reference, number limit 101"
    )
    narrowed = (
        "select reference, number, [until] from holds where [until] > :p0 order by [until] limit 11"
    )
    assert _in_one_order(narrowed).endswith("order by [until], reference, number limit 11")


@pytest.mark.parametrize(
    "sql",
    [
        "select stage from alerts order by stage limit 5",
        "select distinct stage, reference from alerts order by stage limit 5",
        "select stage, reference from alerts where 1 group by stage order by stage limit 5",
        "select stage from alerts where 1 union select kind from alerts order by stage limit 5",
        "select count(*) from alerts order by stage limit 5",
        "select a.stage from alerts as a order by stage limit 5",
        "select stage from nothing order by stage limit 5",
        "select stage from alerts order by stage",
    ],
)
def test_anything_else_stays_as_it_is(sql: str) -> None:
    assert _in_one_order(sql) == sql
