"""A first Word template of a report, to be edited in Word: each table where it is to stand, with its columns.

docs/reports.md lists what a report is rendered with.
"""

from practice_alerts.adapters.documents.starter.blank_page import WIDTH, WordPage
from practice_alerts.domain.reports.charts import CHARTS
from practice_alerts.domain.reports.contents import Report, ReportSection
from practice_alerts.domain.reports.figure_tables import FIGURE_TABLES, MEASURE_CALLED, WHICH
from practice_alerts.domain.reports.template_tags import (
    CHART_PLACE,
    EDITION,
    EXPLAINED,
    SENTENCES,
    WRITTEN,
    heads,
)

_FACTS = (
    ("Council", "{{ council }}"),
    ("Period", "{{ period }}"),
    ("Procedure in force", "{{ edition }}"),
    ("Figures", "{{ state }}"),
)
_ACTIONS = {
    "To be done": "what",
    "By whom": "owner",
    "By when": "due",
    "What came of it": "outcome",
}
_WORDS = "Words and abbreviations"
_WHERE_WORDS_ARE = (
    "An abbreviation is explained where it stands first; what all its words and abbreviations mean stands at its end,"
    f" under “{_WORDS}”."
)
_LEAST = 4.2  # cm of what a row is called


def report_starter(report: Report) -> bytes:
    """Return a .docx with every table of the report, and with what is to be written beside them."""
    page = WordPage(report.name.words)
    page.word.core_properties.title = "{{ title }}, {{ council }}, {{ period }}"
    page.margins("{{ council }}", "{{ marking }}", "{{ title }}, {{ period }}")
    page.write(report.name.words, "Title")
    page.write("{{ council }}, {{ period }}", "Subtitle")
    page.write(f"{report.for_whom} {_WHERE_WORDS_ARE}", "Note")
    if report.may_leave:
        with page.given("few"):
            page.write("{{ few }}")
    facts = page.fact_table("What this is")
    for label, said in _FACTS:
        facts.fact(label, said)
    _explained(page, EDITION)
    for number, section in enumerate(report.sections, start=1):
        _section(page, report, number, section)
    _annexes(page, report)
    return page.saved()


def _section(page: WordPage, report: Report, number: int, section: ReportSection) -> None:
    page.heading(f"{number}. {section.title}", 1)
    if section.says:
        page.write(section.says, with_next=bool(section.figures or section.to_write))
    if section.has_actions:
        with page.given("actions"):
            page.listing("Actions", "actions", _ACTIONS, (6.6, 3.6, 2.6, 4.2))
        with page.given("not actions"):
            page.write("None.")
    if section.place:
        with page.given(f"{WRITTEN}.{section.place}"):
            page.write(f"{{{{ {WRITTEN}.{section.place} }}}}")
        if not section.has_actions:
            with page.given(f"not {WRITTEN}.{section.place}"):
                page.write(f"[To be written. {section.to_write}]", "Note")
    for name in section.figures:
        _figure(page, report, name, alone=len(section.figures) == 1)


def _explained(page: WordPage, place: str) -> None:
    with page.given(f"{EXPLAINED}.{place}"):
        page.write(f"{{{{ {EXPLAINED}.{place} }}}}", "Note")


def _figure(page: WordPage, report: Report, name: str, *, alone: bool) -> None:
    """A table that can be left out for a year, or have nothing in it."""
    table, title = FIGURE_TABLES[name], MEASURE_CALLED[name].title
    columns = {table.of: WHICH} | {words: key for key, words in heads(report, name).items()}
    others = len(columns) - 1
    with page.given(f"figures.{name} is not none", "" if alone else title, 2):
        with page.given(f"figures.{name}"):
            first = max(_LEAST, WIDTH - 2.4 * others)
            widths = (first, *((WIDTH - first) / others,) * others)
            page.listing(title, f"figures.{name}", columns, widths, together=True)
            _explained(page, name)
            if name in CHARTS:
                with page.given(f"{SENTENCES}.{name}"):
                    page.picture(f"{CHART_PLACE}{name}")
                    page.write(f"{{{{ {SENTENCES}.{name} }}}}", "Note")
        with page.given(f"not figures.{name}"):
            page.write("None in this period.")


def _annexes(page: WordPage, report: Report) -> None:
    page.heading("What each figure counts", 1)
    if report.may_leave:
        page.write("{{ rule }}", with_next=True)
        with page.given("left_out"):
            page.write("Not published this year: {{ left_out }}.", with_next=True)
    page.listing(
        "What each figure counts",
        "counted",
        {"Figure": "title", "What is counted": "says"},
        (4.6, 12.4),
    )
    if not report.may_leave:
        with page.given("changes", "What has changed since these figures were issued"):
            columns = {
                "Figure": "title",
                "Row": WHICH,
                "Column": "head",
                "Issued": "issued",
                "Now": "now",
            }
            page.listing("What has changed since", "changes", columns, (4.2, 4.6, 4.2, 2.0, 2.0))
    page.heading(_WORDS, 1)
    page.listing(_WORDS, "words", {"Word": "short", "Meaning": "meaning"}, (4.6, 12.4))
