"""What a Word template of a report may ask for: the paths of everything that it is rendered with."""

from collections.abc import Iterable, Mapping

from practice_alerts.domain.reports.charts import CHARTS
from practice_alerts.domain.reports.contents import Report
from practice_alerts.domain.reports.figure_tables import FIGURE_TABLES, WHICH
from practice_alerts.domain.reports.published import public_heads
from practice_alerts.domain.reports.shown import heads_of

FACTS = ("title", "council", "period", "edition", "marking", "state", "rule", "few", "left_out")
"""Each a text."""
WRITTEN = "written"
"""What people wrote beside the figures, by the place of its section; empty where nothing stands."""
LISTS: Mapping[str, tuple[str, ...]] = {
    "counted": ("title", "says"),
    "changes": ("title", WHICH, "head", "issued", "now"),
    "words": ("short", "meaning"),
    "actions": ("what", "owner", "due", "outcome"),
}
CHART_PLACE = "chart: "
"""Begins the alternative text of a template's picture in whose place a chart stands; then follows its figure's name."""
FIGURES, SENTENCES = "figures", "charts"
"""The rows of each figure; what can be seen in its chart, or nothing where it has none."""
EXPLAINED, EDITION = "explained", "edition"
"""Of the procedure's title and of each figure, the abbreviations that stand there first."""


def offered(report: Report) -> frozenset[str]:
    """As a template's tags are told: `figures.themes[].alerts` for a cell of each row."""
    sentences = (f"{SENTENCES}.{name}" for name in report.figures if name in CHARTS)
    written = (f"{WRITTEN}.{place}" for place in report.places)
    explained = (f"{EXPLAINED}.{name}" for name in (EDITION, *report.figures))
    tops = (*FACTS, FIGURES, SENTENCES, WRITTEN, EXPLAINED)
    return frozenset((*tops, *sentences, *written, *explained, *_in_lists(report)))


def _in_lists(report: Report) -> Iterable[str]:
    figures = {f"{FIGURES}.{name}": (WHICH, *heads(report, name)) for name in report.figures}
    for path, cells in (*LISTS.items(), *figures.items()):
        yield path
        yield from (f"{path}[].{cell}" for cell in cells)


def heads(report: Report, name: str) -> dict[str, str]:
    """The columns of that figure in that report, by their keys."""
    return public_heads(name) if report.may_leave else heads_of(FIGURE_TABLES[name])
