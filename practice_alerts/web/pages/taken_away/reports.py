"""The reports on plain pages: which period, what stands in it, issued once, and taken away as Word."""

import asyncio
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from practice_alerts.adapters.charts.chart_maker import ChartMaker
from practice_alerts.adapters.links_and_sessions import SignedIn
from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.documents.render import WORD, Document
from practice_alerts.casework.reports import (
    behind_number,
    make_report,
    report_paper,
    words_beside,
)
from practice_alerts.casework.reports.behind_number import NumberAsked
from practice_alerts.casework.reports.make_report import MadeReport
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.office_permissions import NotYours, OfficeAct, posts_that
from practice_alerts.domain.errors import BadAnswers, Expected, NotFound
from practice_alerts.domain.log.measures.measure import FROM, TO, Measure
from practice_alerts.domain.log.measures.periods import Period, half_year_until, one_click
from practice_alerts.domain.reports.contents import REPORTS, Report, ReportName
from practice_alerts.domain.reports.written import ActionOutcome
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.office import Office
from practice_alerts.web.pages.taken_away.report_addresses import (
    address_of,
    behind_at,
    period_asked,
    query_of,
    report_named,
    teams_at,
)
from practice_alerts.web.shell.gate import Refusal, signed_in
from practice_alerts.web.shell.html_pages import PlainPages, read_fields, to_keep
from practice_alerts.web.shell.own_threads import made_apart

CHILD_OF = "child_of"
"""Asks for all that was raised about one child, by the number of one of its alerts."""
_WAIT = 45.0
"""Seconds that one waits for charts at most, before what stands between ends it; without them numbers stand in tables."""

_Answer = Callable[[Request, Actor], Response]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads what: of which report they asked."""

    request: Request
    actor: Actor
    report: Report


@dataclass(frozen=True, slots=True)
class NotKept:
    """What was typed beside its figures and could not be kept, and what is wrong with it."""

    typed: Mapping[str, str]
    faults: Mapping[str, str]


_ALL_KEPT = NotKept(MappingProxyType({}), MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ReportPages:
    """Each council's own, for whoever reads its figures."""

    office: Office
    pages: PlainPages
    charts: ChartMaker = field(default_factory=ChartMaker)

    def routes(self) -> list[BaseRoute]:
        one = "/reports/{council}/{report}"
        return [
            Route("/reports", self._first),
            Route("/reports/{council}", partial(self.answer, self._choose)),
            Route("/reports/{council}/charts/{key}.svg", self._chart),
            Route(f"{one}.docx", made_apart(partial(self.answer, self._word))),
            Route(f"{one}/behind", partial(self.answer, self._behind)),
            Route(one, partial(self.answer, self._read)),
            Route(one, self._issue, methods=["POST"]),
        ]

    async def _chart(self, request: Request) -> Response:
        """One that a report just read is drawn with; what it counts was put down with that report."""
        council = request.path_params["council"]
        mine = council in _councils(signed_in(request))
        asked = self.charts.asked(request.url.path) if mine else None
        drawn = None
        if asked is not None:
            with suppress(TimeoutError):
                drawn = await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(asked)), _WAIT)
        if drawn is None:
            return self._nothing(request, "There is no such chart. Its numbers stand in the table.")
        return Response(drawn.svg, media_type="image/svg+xml")

    def _first(self, request: Request) -> Response:
        """To the council whose figures this person reads; the gate has seen to it that there is one."""
        mine = sorted(_councils(signed_in(request)))
        return RedirectResponse(f"/reports/{mine[0] if mine else ''}", HTTPStatus.SEE_OTHER)

    def answer(self, make: _Answer, request: Request) -> Response:
        who, council = signed_in(request), request.path_params["council"]
        if who is None or council not in _councils(who):
            return self._nothing(request, "There is no report here for you to read.")
        with self.office.database.reading() as tx:
            actor = actor_in(self.office, tx, who.person_id, council)
        try:
            return make(request, actor)
        except BadAnswers as error:
            return self._choose(request, actor, error.faults)
        except (NotFound, NotYours) as error:
            return self._nothing(request, str(error))
        except Expected as error:
            return self._choose(request, actor, {"": str(error)})

    def _nothing(self, request: Request, sentence: str) -> Response:
        return self.pages.refusal(request, Refusal(HTTPStatus.NOT_FOUND, sentence))

    def _choose(
        self, request: Request, actor: Actor, faults: dict[str, str] | None = None
    ) -> Response:
        values = {
            "here": "reports",
            "council": actor.council,
            "called": self.office.council(actor.council).procedure.council,
            "others": sorted(_councils(signed_in(request)) - {actor.council}),
            "service": REPORTS[ReportName.SERVICE],
            "board": REPORTS[ReportName.BOARD],
            "spans": [
                (words, address_of(actor, ReportName.SERVICE, period))
                for words, period in one_click(self.office.today).items()
            ],
            "years": [
                (one.in_words, address_of(actor, ReportName.BOARD, one))
                for one in make_report.years(self.office)
            ],
            "issued": [
                (one, address_of(actor, one.report, one.period), in_full(one.on))
                for one in make_report.issued(self.office, actor)
            ],
            "teams": teams_at(actor, self.office.today),
            "half_year": query_of(half_year_until(self.office.today)),
            "child_of": CHILD_OF,
            "typed": {name: request.query_params.get(name, "") for name in (FROM, TO)},
            "faults": faults or {},
        }
        status = HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK
        return self.pages.render("reports.html", request, status, **values)

    def _behind(self, request: Request, actor: Actor) -> Response:
        """The alerts behind one number of a report whose numbers are exact."""
        if REPORTS[report_named(request)].may_leave:
            raise NotFound("list of alerts behind a number that is rounded")
        period, given = period_asked(request), request.query_params
        asked = NumberAsked(*(given.get(name, "") for name in ("figure", "row", "number")))
        found = behind_number.behind(self.office, actor, asked, period)
        entry = SecurityEntry(
            SecurityKind.LOG_READ,
            actor.id,
            actor.council,
            what=f"behind: {asked.figure}, {period.since} to {period.until}",
        )
        self.office.security_log.note(entry)
        at, council = address_of(actor, report_named(request), period), actor.council
        said: dict[str, Any] = {
            "here": "reports",
            "found": found,
            "period": period.in_words,
            "at": at,
        }
        return self.pages.render("behind_number.html", request, **said, council=council)

    def _read(self, request: Request, actor: Actor) -> Response:
        name, period = report_named(request), period_asked(request)
        if make_report.takes_long(self.office, actor):
            steps = make_report.seeing(self.office, actor, name, period)
            answer = self._by_steps(_Reader(request, actor, REPORTS[name]), period, steps)
        else:
            answer = self.page(request, actor, self.made(request, actor))
        what = report_paper.as_put_down(name, period)
        entry = SecurityEntry(SecurityKind.LOG_READ, actor.id, actor.council, what=what)
        self.office.security_log.note(entry)
        return answer

    def _by_steps(
        self, reader: _Reader, period: Period, steps: Generator[Measure, None, MadeReport]
    ) -> Response:
        called = self.office.council(reader.actor.council).procedure.council
        said = {"report": reader.report, "called": called, "period": period.in_words}
        begun = self.pages.text("report_counting.html", reader.request, here="reports", **said)
        return self.pages.as_it_is_made(begun, self._counted(reader, steps))

    def _counted(
        self, reader: _Reader, steps: Generator[Measure, None, MadeReport]
    ) -> Generator[str, None, str]:
        """A line before each figure is counted; then the whole page."""
        every, number = len(reader.report.figures), 0
        while True:
            try:
                title, number = next(steps).title, number + 1
            except StopIteration as over:
                return self._page_text(reader.request, reader.actor, over.value)
            yield Markup("<li>{} ({} of {})</li>\n").format(title, number, every)

    def page(
        self,
        request: Request,
        actor: Actor,
        made: MadeReport,
        not_kept: NotKept = _ALL_KEPT,
    ) -> Response:
        """With what was typed beside its figures and could not be kept, if anything."""
        status = HTTPStatus.BAD_REQUEST if not_kept.faults else HTTPStatus.OK
        return HTMLResponse(self._page_text(request, actor, made, not_kept), status)

    def _page_text(
        self,
        request: Request,
        actor: Actor,
        made: MadeReport,
        not_kept: NotKept = _ALL_KEPT,
    ) -> str:
        said = words_beside.beside(self.office, actor, made.report.name, made.period)
        beside: dict[str, Any] = {
            "beside": said,
            "typed": not_kept.typed,
            "faults": not_kept.faults,
            "me": actor.id,
            "outcomes": tuple(ActionOutcome),
            "today": self.office.today,
        }
        shown = self._shown(actor, made)
        return self.pages.text("report.html", request, **shown, **beside)

    def made(self, request: Request, actor: Actor) -> MadeReport:
        return make_report.see(self.office, actor, report_named(request), period_asked(request))

    def _shown(self, actor: Actor, made: MadeReport) -> dict[str, Any]:
        at = address_of(actor, made.report.name, made.period)
        charts = self._begun(actor, made)
        return {
            "here": "reports",
            "council": actor.council,
            "charts": {name: (charts[name], one) for name, one in made.charts.items()},
            "made": made,
            "word": at.replace("?", ".docx?", 1),
            "at": at,
            "state": report_paper.state(made),
            "rule": report_paper.rule_told(self.office, made),
            "few": report_paper.few_in_words(self.office, made),
            "behind_at": partial(behind_at, at),
            "words": report_paper.words_of(made),
            "explained": report_paper.explained(made),
            "changed": {(one.title, one.which, one.column): one.now for one in made.changes},
            "period": made.period.in_words,
            "before": made.period.before.in_words,
            "earlier": made.period.year_earlier.in_words,
        }

    def _begun(self, actor: Actor, made: MadeReport) -> dict[str, str]:
        """Where each of its charts is fetched, by the name of the figure; they are being drawn from now on."""
        charts = {
            f"/reports/{actor.council}/charts/{one.key(actor.council)}.svg": (name, one)
            for name, one in made.charts.items()
        }
        self.charts.ask({at: one for at, (_, one) in charts.items()}, actor.id)
        return {name: at for at, (name, _) in charts.items()}

    def _word(self, request: Request, actor: Actor) -> Response:
        return self._document(actor, self.made(request, actor))

    def _document(self, actor: Actor, made: MadeReport) -> Response:
        begun = self._begun(actor, made)
        until = time.monotonic() + _WAIT
        found = {
            name: self.charts.drawn(at, max(0.0, until - time.monotonic()))
            for name, at in begun.items()
        }
        drawn = {name: one.png for name, one in found.items() if one}
        document: Document = report_paper.word_report(self.office, actor, made, drawn)
        return to_keep(document.body, document.name, WORD)

    async def _issue(self, request: Request) -> Response:
        await read_fields(request)
        return await run_in_threadpool(self.answer, self._issued, request)

    def _issued(self, request: Request, actor: Actor) -> Response:
        """Its Word document at once; asked for again, it is there to be fetched."""
        name, period = report_named(request), period_asked(request)
        make_report.issue(self.office, actor, name, period)
        return RedirectResponse(address_of(actor, name, period), HTTPStatus.SEE_OTHER)


def _councils(who: SignedIn | None) -> frozenset[str]:
    return frozenset(who.councils_as(*posts_that(OfficeAct.READ_REPORTS))) if who else frozenset()
