"""What an alert is about, where a council's file names more than the children that all councils know."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.jobs import sync_log
from practice_alerts.domain.acts.act_rows import Act
from practice_alerts.domain.acts.acts import why_not
from practice_alerts.domain.errors import BadDefinition
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.files.small_council import FORM, PROCEDURE, furnished
from tests.helpers.product.office import Desk, open_desk

RAISED_AS = "{id: raised_as, label: I raise this as, type: one_of, options_from: raised_by}"
WITH_CASE_TYPE = FORM.replace("fields:\n", f"fields:\n      - {RAISED_AS}\n", 1)
OWN: dict[str, Any] = {
    "raised_by": {"looked_after": "iro", "care_leaver": "iro", "no_child": "iro"},
    "case_types": {
        "care_leaver": {"title": "a care leaver", "keep": "until their 25th birthday"},
        "no_child": {"title": "no child in particular"},
    },
}


def council(tmp_path: Path, **changed: Any) -> Path:
    """Sampleford with its own case types, in `tmp_path`."""
    written = {**read_yaml(PROCEDURE.encode()).value, **OWN, **changed}
    return furnished(tmp_path, json.dumps(written, default=str), WITH_CASE_TYPE)


def sent(desk: Desk, case: str) -> Known:
    return raise_alert(
        desk.office, wanted(desk, "concern", "stage-1", raised_as=case), desk.doing("iro")
    )


def test_an_alert_is_raised_about_it_and_has_its_own_ways_out(tmp_path: Path) -> None:
    council(tmp_path)
    desk = open_desk(tmp_path / "data", council="sampleford", rooms=tmp_path)
    leaver, looked_after = sent(desk, "care_leaver"), sent(desk, "looked_after")
    assert leaver.alert.raised.raised_as == "care_leaver"
    assert (leaver.routes, looked_after.routes) == ((), ("cafcass",))
    assert why_not(Act.REFER, leaver.alert, leaver.rules) is not None
    sync_log.catch_up(desk.office)
    log = Database(desk.office.settings.data / "log" / "sampleford.db")
    rows = list(log.query("select raised_as from alerts order by reference"))
    log.close()
    assert [row["raised_as"] for row in rows] == [
        "Independent Reviewing Officer, for a care leaver",
        "Independent Reviewing Officer, for a looked-after child",
    ]


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"raised_by": {"care_lever": "iro"}}, "raised_by.care_lever"),
        (
            {"referrals": {"cafcass": {"raised_as": ["care_lever"]}}},
            "referrals.cafcass.raised_as[0]",
        ),
        ({"duties": [{"id": "d", "what": "D", "cases": ["care_lever"]}]}, "duties[0].cases[0]"),
    ],
)
def test_one_that_nobody_defined_is_refused_where_it_stands(
    tmp_path: Path, changed: dict[str, Any], line: str
) -> None:
    with pytest.raises(BadDefinition) as refused:
        council(tmp_path, **changed)
    (fault,) = refused.value.faults
    assert (fault.path, fault.found) == (line, "'care_lever'")
    assert "care_leaver" in str(fault)
