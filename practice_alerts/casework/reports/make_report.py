"""The reports: their periods, their figures as counted now or as they were issued, and issuing them."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from practice_alerts.adapters.log import log_figures
from practice_alerts.adapters.log.log_figures import Counted
from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.alerts import editions
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.actors import writing_as
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import DirectoryHappened, FiguresIssued
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run, must_run
from practice_alerts.domain.errors import NotPossible
from practice_alerts.domain.log.measures.measure import Measure
from practice_alerts.domain.log.measures.periods import Period, years_before
from practice_alerts.domain.reports import frozen
from practice_alerts.domain.reports.charts import Chart, chart_of
from practice_alerts.domain.reports.contents import REPORTS, Report, ReportName
from practice_alerts.domain.reports.figure_tables import MEASURE_CALLED
from practice_alerts.domain.reports.frozen import KIND, IssuedFigures, Restatement, issued_of
from practice_alerts.domain.reports.possible_rows import CouncilsRules, possible_rows
from practice_alerts.domain.reports.published import Publication, published
from practice_alerts.domain.reports.shown import ShownTable, shown
from practice_alerts.office import Office

_YEARS = 5
"""So many whole years are offered for publication."""
_MANY = 10_000
"""Alerts, of which a year's figures are counted in about a second."""
_Made = TypeVar("_Made")
_Happened = tuple[DirectoryHappened, ...]
"""Every issuing of the council so far."""


@dataclass(frozen=True)
class MadeReport:
    """A report as it is read: with the figures that were issued, where they were, else as counted now."""

    report: Report
    period: Period
    council: str
    edition: str
    tables: Mapping[str, ShownTable]
    left_out: tuple[str, ...]
    """Titles of tables that are not published this year."""
    issued: IssuedFigures | None
    issued_by: str
    changes: tuple[Restatement, ...]
    """What would be another number today."""
    may_issue: bool
    is_over: bool

    @property
    def charts(self) -> dict[str, Chart]:
        """By the name of the figure; of those that are drawn and have something to draw."""
        found = {name: chart_of(table) for name, table in self.tables.items()}
        return {name: one for name, one in found.items() if one is not None}


@dataclass(frozen=True, slots=True)
class _Figures:
    """What was counted now, for which report and period."""

    report: Report
    period: Period
    counted: Counted
    editions: tuple[CouncilsRules, ...]
    """Of a report that may leave, from which its rows follow."""
    stages: tuple[str, ...]
    """What the stages of the ladders in force are called, from the first on."""

    @property
    def exact(self) -> dict[str, ShownTable]:
        return {
            name: shown(name, self.counted.rows[name], self.stages) for name in self.report.figures
        }


@dataclass(frozen=True, slots=True)
class ReportListed:
    """One that was issued, with who did."""

    report: ReportName
    period: Period
    on: date
    by: str


def years(office: Office) -> tuple[Period, ...]:
    """The whole years for which there are figures to publish, the latest first."""
    return years_before(office.today, _YEARS)


def issued(office: Office, by: Actor) -> tuple[ReportListed, ...]:
    """Every one of the council, the latest first. Raises NotYours."""
    must_run(by, OfficeAct.READ_REPORTS, by.council)
    with office.database.reading() as tx:
        every = kept.happened(tx, by.council, KIND)
        names = directory.names(tx, {one.by for one in every})
    return tuple(
        ReportListed(
            ReportName(one.what.report),
            Period(one.what.since, one.what.until),
            one.at.date(),
            names.get(one.by, ""),
        )
        for one in reversed(every)
        if isinstance(one.what, FiguresIssued)
    )


def see(office: Office, by: Actor, name: ReportName, period: Period) -> MadeReport:
    """Raises NotYours; NotPossible for a period that the report is not made for, or while the log is made."""
    return _whole(seeing(office, by, name, period))


def seeing(
    office: Office, by: Actor, name: ReportName, period: Period
) -> Generator[Measure, None, MadeReport]:
    """The same by steps: yields each measure before it is counted. Raises at once what `see` raises."""
    must_run(by, OfficeAct.READ_REPORTS, by.council)
    return _seen(office, by, _figures(office, by.council, REPORTS[name], period))


def _seen(
    office: Office, by: Actor, counting: Generator[Measure, None, _Figures]
) -> Generator[Measure, None, MadeReport]:
    figures = yield from counting
    with office.database.reading() as tx:
        return _made(office, tx, by, figures)


def takes_long(office: Office, by: Actor) -> bool:
    """Is the council's log so large that somebody waits for what is counted in it?"""
    log = office.log.files().get(by.council)
    return log is not None and log_figures.alerts_in(log) > _MANY


def _whole(steps: Generator[Measure, None, _Made]) -> _Made:
    while True:
        try:
            next(steps)
        except StopIteration as over:
            made: _Made = over.value
            return made


def issue(office: Office, by: Actor, name: ReportName, period: Period) -> MadeReport:
    """Freeze its figures, once. Raises as `see` does, and NotPossible where the period is not over or they are issued."""
    must_run(by, OfficeAct.ISSUE_FIGURES, by.council)
    steps = _figures(office, by.council, REPORTS[name], period)
    if period.until >= office.today:
        raise NotPossible(
            f"The period ends on {in_full(period.until)}: its figures are issued once it is over."
        )
    figures = _whole(steps)
    with writing_as(office, by) as tx:
        happened = kept.happened(tx, by.council, KIND)
        if issued_of(happened, name, period) is not None:
            raise NotPossible("These figures are issued already, and each is issued once.")
        event = _event(office, happened, by, figures)
        kept.append(tx, by.council, event, by.id, office.now())
        return _made(office, tx, by, figures)


def _figures(
    office: Office, council: str, report: Report, period: Period
) -> Generator[Measure, None, _Figures]:
    """Counted by steps, and refused at once."""
    if period.until < period.since:
        raise NotPossible("The last day lies before the first. Give the earlier day first.")
    if period.since > office.today:
        raise NotPossible("That period has not begun yet.")
    if report.may_leave and period not in years(office):
        raise NotPossible(
            "For publication there are whole years from April to March that are over, and nothing shorter: from"
            " several periods that overlap small numbers could be worked out."
        )
    log = office.log.files().get(council)
    if log is None:
        raise NotPossible("The alert log of this council is being made. Look again in a minute.")
    measures = [MEASURE_CALLED[one] for one in report.figures]
    counting = log_figures.counting(log, measures, period.since, period.until)
    return _with_rules(office, council, report, period, counting)


def _with_rules(
    office: Office, council: str, report: Report, period: Period, counting: log_figures.Counting
) -> Generator[Measure, None, _Figures]:
    counted = yield from counting
    rules = tuple(_editions(office, council)) if report.may_leave else ()
    ladders = office.council(council).procedure.ladders.values()
    stages = tuple(one.label for ladder in ladders for one in ladder.stages)
    return _Figures(report, period, counted, rules, stages)


def _published(office: Office, happened: _Happened, figures: _Figures) -> Publication:
    """Beside each number stands what was published for the year before, and nothing that is counted anew."""
    before = issued_of(happened, figures.report.name, figures.period.before)
    then = frozen.thawed(before.what, published=True) if before else {}
    possible = possible_rows(figures.editions)
    return published(figures.counted.rows, possible, office.settings.small_numbers, then)


def _editions(office: Office, council: str) -> Iterator[CouncilsRules]:
    """Each under which an alert may have been raised, the present one first."""
    with office.database.reading() as tx:
        kept_editions = editions.of_council(tx, council)
    present = office.council(council)
    others = (office.edition(one) for one in kept_editions if one != present.digest)
    for files in (present, *others):
        yield CouncilsRules(files.procedure, files.forms)


def _event(office: Office, happened: _Happened, by: Actor, figures: _Figures) -> FiguresIssued:
    files, at = office.council(by.council), figures.counted.at
    event = FiguresIssued(
        report=figures.report.name.value,
        since=figures.period.since,
        until=figures.period.until,
        edition=files.digest,
        edition_version=files.procedure.edition.version,
        calendar=at.made_with.partition(";")[0],
        event=at.event,
        head=at.hash,
        tables=frozen.frozen(figures.exact.values(), published=False),
    )
    if not figures.report.may_leave:
        return event
    made, rule = _published(office, happened, figures), office.settings.small_numbers
    printed = frozen.frozen(made.tables, published=True)
    return event.model_copy(
        update={
            "round_to": rule.round_to,
            "share_base": rule.share_base,
            "tables": (*event.tables, *printed),
            "left_out": made.left_out,
        }
    )


def _made(office: Office, tx: Tx, by: Actor, figures: _Figures) -> MadeReport:
    report, files = figures.report, office.council(by.council)
    happened = kept.happened(tx, by.council, KIND)
    done = issued_of(happened, report.name, figures.period)
    changes: tuple[Restatement, ...] = ()
    if done is not None:
        tables = frozen.thawed(done.what, published=report.may_leave)
        left_out = done.what.left_out
        changes = frozen.restated(frozen.thawed(done.what, published=False), figures.exact)
    elif report.may_leave:
        made = _published(office, happened, figures)
        tables, left_out = {one.name: one for one in made.tables}, made.left_out
    else:
        tables, left_out = figures.exact, ()
    names = directory.names(tx, {done.happened.by}) if done else {}
    return MadeReport(
        report=report,
        period=figures.period,
        council=files.procedure.council,
        edition=f"{files.procedure.title}, edition {files.procedure.edition.version}",
        tables=tables,
        left_out=left_out,
        issued=done,
        issued_by=names.get(done.happened.by, "") if done else "",
        changes=changes,
        may_issue=may_run(by, OfficeAct.ISSUE_FIGURES, by.council),
        is_over=figures.period.until < office.today,
    )
