"""Charts are drawn by a process of their own, several at once, and whatever goes wrong there nobody else notices."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts.adapters.charts.chart_maker import ChartMaker
from practice_alerts.domain.reports.charts import Bar, Chart

ONE = Chart("How concerns ended", ("Closings",), (Bar("Put <right> & seen", "Closings", 3),))
TWO = Chart("In time", ("In time", "Late"), (Bar("One", "In time", 5), Bar("One", "Late", 1_000)))
PATIENCE = 60.0
NAMESPACES = {"http://www.w3.org/1999/xlink", "http://www.w3.org/2000/svg"}


def test_a_chart_says_its_numbers_in_words_and_leads_nowhere() -> None:
    charts = ChartMaker()
    charts.ask({"one": ONE, "two": TWO})
    one, two = charts.drawn("one", PATIENCE), charts.drawn("two", PATIENCE)
    assert one is not None
    assert two is not None
    for said in ("In time: 5", "Late: 1,000", ">One<"):
        assert said in two.svg.decode()
    assert "Put &lt;right&gt; &amp; seen" in one.svg.decode()
    for drawn in (one, two):
        said = drawn.svg.decode()
        assert set(re.findall(r"http[^\"]*", said)) <= NAMESPACES
        assert "<script" not in said
    assert two.png.startswith(b"\x89PNG")


def test_what_nobody_asked_for_is_not_there() -> None:
    charts = ChartMaker()
    assert charts.asked("one") is None
    assert charts.drawn("one", 0) is None


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit(1)",
        "print('no JSON')",
        "print('[]')",
        "print('{\"svg\": 1}')",
        "print('null')",
        "import time; time.sleep(60)",
    ],
)
def test_a_process_that_fails_leaves_no_picture_and_is_tried_again(
    tmp_path: Path, program: str
) -> None:
    path = tmp_path / "program.py"
    path.write_text(program, encoding="utf-8")
    charts = ChartMaker(limit=0.5, program=path)
    charts.ask({"one": ONE})
    assert charts.drawn("one", PATIENCE) is None
    assert charts.asked("one") is None
    answer = '{"svg": "<svg/>", "png": ""}'
    path.write_text(f"print('{answer}')", encoding="utf-8")
    again = ChartMaker(program=path)
    again.ask({"one": ONE})
    found = again.drawn("one", PATIENCE)
    assert found is not None
    assert found.svg == b"<svg/>"


def test_no_key_and_no_password_of_ours_reaches_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRACTICE_ALERTS_KEY", "secret")
    path = tmp_path / "program.py"
    told = "import json, os; print(json.dumps({'svg': ' '.join(os.environ), 'png': ''}))"
    path.write_text(told, encoding="utf-8")
    charts = ChartMaker(program=path)
    charts.ask({"one": ONE})
    found = charts.drawn("one", PATIENCE)
    assert found is not None
    assert b"PRACTICE_ALERTS" not in found.svg


def test_readers_have_their_turns_and_of_one_who_asks_for_many_the_latest_are_drawn(
    tmp_path: Path,
) -> None:
    """The first is being drawn while the others are asked for; what is given up is told at once."""
    path, order = tmp_path / "program.py", tmp_path / "order"
    path.write_text(
        "import json, pathlib, sys, time\n"
        "asked = json.load(sys.stdin)\n"
        f"order, go = pathlib.Path({str(order)!r}), pathlib.Path({str(tmp_path / 'go')!r})\n"
        "order.open('a').write(asked[0]['title'] + '\\n')\n"
        "while not go.exists(): time.sleep(0.01)\n"
        "print(json.dumps({'svg': '<svg/>', 'png': ''}))\n",
        encoding="utf-8",
    )
    charts = ChartMaker(program=path)
    for number in range(8):
        charts.ask({f"one {number}": replace(ONE, title=f"one {number}")}, "one")
        while not order.exists():
            pass  # its process is there in a moment
    charts.ask({"two": replace(ONE, title="two")}, "two")
    assert charts.drawn("one 2", PATIENCE) is None
    (tmp_path / "go").touch()
    assert charts.drawn("one 7", PATIENCE)
    assert order.read_text().split("\n")[:-1] == ["one 0", "one 5", "two", "one 6", "one 7"]


def test_each_chart_is_there_as_soon_as_it_is_drawn_and_one_that_cannot_be_keeps_no_other(
    tmp_path: Path,
) -> None:
    path, go = tmp_path / "program.py", tmp_path / "go"
    path.write_text(
        "import json, pathlib, sys, time\n"
        "one = json.dumps({'svg': '<svg/>', 'png': ''})\n"
        "print(one, flush=True)\n"
        f"while not pathlib.Path({str(go)!r}).exists(): time.sleep(0.01)\n"
        "print('null', flush=True)\n"
        "print(one, flush=True)\n"
        "time.sleep(600)\n",
        encoding="utf-8",
    )
    charts = ChartMaker(limit=PATIENCE, program=path)
    charts.ask({name: replace(ONE, title=name) for name in ("a", "b", "c")})
    assert charts.drawn("a", PATIENCE)
    go.touch()
    assert charts.drawn("b", PATIENCE) is None
    assert charts.drawn("c", PATIENCE)
    assert charts.asked("b") is None, "it is to be tried again"


def test_a_chart_that_is_none_keeps_the_program_from_no_other() -> None:
    charts = ChartMaker()
    none = replace(ONE, parts=("In time",) * 9)
    charts.ask({"none": none, "two": TWO})
    assert charts.drawn("two", PATIENCE)


def test_a_scale_of_small_numbers_has_whole_numbers_alone_and_each_once() -> None:
    charts = ChartMaker()
    few = replace(TWO, bars=(Bar("One", "In time", 2), Bar("One", "Late", 0)))
    charts.ask({"few": few, "many": TWO})
    for name, ticks in (("few", ["0", "1", "2"]), ("many", ["0", "500", "1,000"])):
        drawn = charts.drawn(name, PATIENCE)
        assert drawn is not None
        said = re.findall(r">([\d,]+)</text>", drawn.svg.decode())
        assert said == [*dict.fromkeys(said)]
        assert {*ticks} <= {*said}


def test_a_long_name_of_a_row_stands_on_two_lines() -> None:
    charts, name = ChartMaker(), "Care, pathway or child protection plan not carried out"
    charts.ask({"one": replace(ONE, bars=(Bar(name, "Closings", 3),))})
    drawn = charts.drawn("one", PATIENCE)
    assert drawn is not None
    lines = re.findall(r">([A-Za-z, ]+)</(?:text|tspan)>", drawn.svg.decode())
    assert [one for one in lines if one in name] == [
        "Care, pathway or child protection plan",
        "not carried out",
    ]
