"""Run as a program: draws charts that it reads from its input, and ends. Altair and vl-convert are imported here alone.

It asks nobody: no address may be loaded, and all that it draws comes with the question.
"""

import base64
import json
import resource
import sys
from textwrap import wrap
from typing import Any

import altair as alt
import vl_convert

_SHADES = ("#0b5a66", "#e3a13b", "#8a949e")
"""Dark, middle and light, so that they differ in grey too; each bar says in words what it is."""
_TICKS = 10
_LABEL = 40
"""Letters on a line of what a row is called: a wider picture would be printed in smaller letters."""
_BAR, _WIDTH, _FONT = 20, 420, 12
_SHARPER = 2.0
_SECONDS = 60
"""Of a processor, whatever the clock says."""


def main() -> None:
    """A line for each chart as soon as it is drawn; `null` for one that cannot be."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    for one in json.load(sys.stdin):
        try:
            said = json.dumps(_drawn(one))
        except Exception:  # noqa: BLE001 - whatever is wrong with one, the others are drawn
            said = "null"
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()


def _drawn(chart: dict[str, Any]) -> dict[str, str]:
    spec = _chart(chart).to_dict()
    png = vl_convert.vegalite_to_png(spec, scale=_SHARPER, allowed_base_urls=[])
    return {
        "svg": vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]),
        "png": base64.b64encode(png).decode("ascii"),
    }


def _ticks(most: int) -> list[int]:
    """Whole numbers from 0 to that one at least, ten steps at most."""
    steps = (step * 10**tens for tens in range(12) for step in (1, 2, 5))
    step = next(one for one in steps if one * _TICKS >= most)
    return list(range(0, most + step, step))


def _names() -> Any:
    lines, two = "split(datum.label, '\\n')", "indexof(datum.label, '\\n') >= 0"
    base = {"condition": {"test": two, "value": "bottom"}, "value": "middle"}
    return alt.Axis(labelLimit=320, labelExpr=lines, labelBaseline=base, ticks=False, domain=False)


def _scale(most: int) -> Any:
    """Its ticks are named: a small number else has some at halves, which are printed as whole numbers."""
    return alt.Axis(values=_ticks(most), format=",d", grid=True)


def _chart(chart: dict[str, Any]) -> Any:
    parts, bars = chart["parts"], chart["bars"]
    bars = [{**one, "row": "\n".join(wrap(one["row"], _LABEL))} for one in bars]
    rows = list(dict.fromkeys(one["row"] for one in bars))
    several = len(parts) > 1
    said = [
        {**one, "said": f"{one['part']}: {one['number']:,}" if several else f"{one['number']:,}"}
        for one in bars
    ]
    base = alt.Chart(alt.InlineData(values=said)).encode(
        y=alt.Y("row:N", sort=rows, title=None, axis=_names()),
        x=alt.X("number:Q", title=None, axis=_scale(max(one["number"] for one in bars))),
    )
    if several:
        base = base.encode(yOffset=alt.YOffset("part:N", sort=parts))
    scale = alt.Scale(domain=parts, range=_SHADES[: len(parts)])
    drawn = base.mark_bar().encode(color=alt.Color("part:N", scale=scale, legend=None))
    words = base.mark_text(align="left", dx=4, fontSize=_FONT).encode(text="said:N")
    height = (_BAR * len(parts) + 8) * len(rows)
    return (
        alt.layer(drawn, words)
        .properties(
            width=_WIDTH, height=height, padding={"right": 110, "left": 5, "top": 5, "bottom": 5}
        )
        .configure_axis(labelFontSize=_FONT, labelColor="#1d2a30", gridColor="#d7dde2")
        .configure_view(stroke=None)
        .configure(font="sans-serif", background="#ffffff")
    )


if __name__ == "__main__":
    main()
