"""A report as a Word document, from the council's own template or the common one, and what a template finds."""

from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from practice_alerts import ROOT
from practice_alerts.adapters.documents import Picture, WordTemplate, with_pictures
from practice_alerts.adapters.files.procedures import COMMON
from practice_alerts.adapters.store.office import security_rows
from practice_alerts.casework.core.actors import writing_as
from practice_alerts.casework.documents.render import Document
from practice_alerts.casework.reports.check_report_templates import FOLDER
from practice_alerts.casework.reports.make_report import MadeReport
from practice_alerts.casework.reports.words_beside import BesideFigures, beside
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import NotFound, NotPossible
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.reports.charts import CHARTS
from practice_alerts.domain.reports.contents import Report, ReportName, explained_in, words_in
from practice_alerts.domain.reports.figure_tables import MEASURE_CALLED, WHICH
from practice_alerts.domain.reports.frozen import Restatement
from practice_alerts.domain.reports.published import mostly_small
from practice_alerts.domain.reports.shown import ShownTable
from practice_alerts.domain.reports.small_numbers import SmallNumbers
from practice_alerts.domain.reports.template_tags import (
    EDITION,
    EXPLAINED,
    FIGURES,
    SENTENCES,
    WRITTEN,
)
from practice_alerts.domain.reports.written import ReportAction
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.office import Office

NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})
_INSIDE, _OUTSIDE = "OFFICIAL-SENSITIVE", "OFFICIAL"


def word_report(
    office: Office, by: Actor, made: MadeReport, drawn: Mapping[str, bytes] = NO_PICTURES
) -> Document:
    """To be taken away, which is put down; `drawn` are its charts as PNG, those that there are.

    Raises NotPossible for what is made to leave and is not issued.
    """
    if made.report.may_leave and made.issued is None:
        raise NotPossible("Issue the figures first: what leaves the building is frozen before.")
    name = made.report.name.value
    said = beside(office, by, made.report.name, made.period)
    found = told(office, made, said, drawn)
    body = _template(office, by.council, made.report).render(found)
    charts = {
        name: Picture(drawn[name], one.alternative)
        for name, one in made.charts.items()
        if name in drawn
    }
    body = with_pictures(body, charts)
    with writing_as(office, by) as tx:
        what = as_put_down(made.report.name, made.period)
        entry = SecurityEntry(SecurityKind.EXPORTED, by.id or None, by.council, what=what)
        security_rows.add(tx, entry, office.now())
    span = f"{made.period.since}-to-{made.period.until}"
    return Document(f"{by.council}-{name}-report-{span}.docx", body)


def as_put_down(name: ReportName, period: Period) -> str:
    """What the security log says of who read it or took it away."""
    return f"report: {name.value}, {period.since} to {period.until}"


def _template(office: Office, council: str, report: Report) -> WordTemplate:
    """The council's own, else that of all councils, else the one that comes with the product."""
    rooms = (office.settings.form_templates / council, office.settings.form_templates / COMMON)
    ours = ROOT / "form_templates" / COMMON
    for room in (*rooms, ours):
        path = room / FOLDER / f"{report.name.value}.docx"
        if path.is_file():
            return WordTemplate.read(path)
    raise NotFound("Word template for this report")


NOT_DRAWN = "The chart is missing here, because it was not drawn in time; download the report again to have it."


def told(
    office: Office, made: MadeReport, said: BesideFigures, drawn: Container[str]
) -> Mapping[str, Any]:
    """What a template is rendered with; `said` is what people wrote beside the figures, `drawn` names its charts."""
    written = said.printed(published=made.report.may_leave)
    figures: dict[str, Any] = dict.fromkeys(made.report.figures)
    for name, table in made.tables.items():
        figures[name] = [{WHICH: row.which, **row.cells} for row in table.rows]
    return {
        "title": made.report.name.words,
        "council": made.council,
        "period": made.period.in_words,
        "edition": made.edition,
        "marking": _OUTSIDE if made.report.may_leave else _INSIDE,
        "state": state(made),
        "rule": rule_in_words(_rule(office, made)),
        "few": few_in_words(office, made),
        "left_out": ", ".join(made.left_out),
        FIGURES: figures,
        SENTENCES: _sentences(made, drawn),
        EXPLAINED: dict.fromkeys(made.report.figures, "") | explained(made),
        "counted": [
            {"title": MEASURE_CALLED[name].title, "says": MEASURE_CALLED[name].counted}
            for name in made.tables
        ],
        WRITTEN: {place: written.get(place, "") for place in made.report.places},
        "actions": [_carried_on(one, made) for one in said.actions],
        "changes": [_change(one) for one in made.changes],
        "words": [{"short": one, "meaning": means} for one, means in words_of(made).items()],
    }


def _sentences(made: MadeReport, drawn: Container[str]) -> Mapping[str, str]:
    """Of each chart, with its absence where it should be; empty where a figure has none."""
    said = {
        name: one.sentence if name in drawn else f"{NOT_DRAWN} {one.sentence}"
        for name, one in made.charts.items()
    }
    return {name: said.get(name, "") for name in made.report.figures if name in CHARTS}


def _carried_on(one: ReportAction, made: MadeReport) -> Mapping[str, str]:
    outcome = one.outcome_in(made.period)
    came = one.came_of_it if outcome is one.outcome else ""
    return {
        "what": one.what,
        "owner": one.owner,
        "due": in_full(one.due) if one.due else "",
        "outcome": f"{outcome.words}{f'. {came}' if came else ''}",
    }


def _change(one: Restatement) -> Mapping[str, str]:
    known = {"title": one.title, "head": one.head, "issued": one.issued, "now": one.now}
    return {WHICH: one.which, **known}


def explained(made: MadeReport) -> dict[str, str]:
    """Of the procedure's title and of each figure, the abbreviations that a reader meets there first."""
    tables = {name: " ".join(_texts_of(one)) for name, one in made.tables.items()}
    return explained_in({EDITION: made.edition, **tables})


def _texts_of(table: ShownTable) -> Iterable[str]:
    return (table.title, *table.heads.values(), *(row.which for row in table.rows))


def words_of(made: MadeReport) -> dict[str, str]:
    """Those to be explained of all that stands in it."""
    sections = [text for one in made.report.sections for text in (one.title, one.says)]
    counted = [MEASURE_CALLED[name].counted for name in made.tables]
    tables = [text for one in made.tables.values() for text in _texts_of(one)]
    marking = _OUTSIDE if made.report.may_leave else _INSIDE
    return words_in(" ".join((marking, made.edition, *sections, *counted, *tables)))


def _rule(office: Office, made: MadeReport) -> SmallNumbers:
    done = made.issued
    if done is not None and done.what.round_to:
        return SmallNumbers(done.what.round_to, done.what.share_base)
    return office.settings.small_numbers


def rule_told(office: Office, made: MadeReport) -> str:
    """How the numbers of a report for publication are rounded, by the rule under which they were; else nothing."""
    return rule_in_words(_rule(office, made)) if made.report.may_leave else ""


def rule_in_words(rule: SmallNumbers) -> str:
    none, some = rule.span(0), rule.span(rule.round_to)
    return (
        f"So that no child can be found in them, numbers are rounded to the nearest {rule.round_to}: 0 stands for"
        f" none to {none.high:g}, {rule.round_to} for {some.low:g} to {some.high:g}. Shares are worked out from the"
        f" rounded numbers, and only where there are {rule.share_base} or more; what is counted in one table is not"
        " added up again in another. Every row that there may be is printed, whatever was counted. Where two numbers"
        f" would give one another away, one is printed {rule.round_to} lower, and nothing says which: so any number may"
        f" stand for one that is up to {rule.round_to + none.high:g} higher than printed. Where – stands, nothing was published, or there were too few to say it. The"
        " thresholds are this service’s own."
    )


def few_in_words(office: Office, made: MadeReport) -> str:
    """What a reader has to know of a report in which hardly a number is large enough to say something; else nothing."""
    rule = _rule(office, made)
    if not made.report.may_leave or not mostly_small(made.tables.values(), rule):
        return ""
    return (
        f"This service is small, so most numbers below are 0 or {rule.round_to}. Read 0 as none or next to none,"
        f" {rule.round_to} as a few, and neither as a rise or a fall beside another year: that needs larger numbers."
    )


def state(made: MadeReport) -> str:
    """Whether these figures are issued, and what they rest on."""
    done = made.issued
    if done is None:
        return "Not issued: they are as counted now, and may still change."
    return (
        f"Issued on {in_full(done.happened.at)} under edition {done.what.edition_version} of the procedure. Later"
        f" corrections change none of them. To check them by: the record stood at its entry {done.what.event}."
    )
