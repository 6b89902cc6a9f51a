"""The date calculator: for everyone, without a case and without scripts; the library answers, nothing is kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.casework.calendar.date_answers import At, DateQuestion, Worked, work_out
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.errors import BadAnswers, NoSuch
from practice_alerts.domain.files.lookup import ladder_named
from practice_alerts.domain.guide.parts.clause_links import Clause, clauses, stage_page
from practice_alerts.domain.procedure.clock import Untimed, in_words
from practice_alerts.domain.wording import forecast_words, receipts
from practice_alerts.office import Office
from practice_alerts.web.shell.html_pages import PlainPages


@dataclass(frozen=True, slots=True)
class DatePages:
    office: Office
    pages: PlainPages

    def routes(self) -> list[BaseRoute]:
        return [Route("/dates", self.read)]

    def read(self, request: Request) -> Response:
        asked = _question(request.query_params)
        if "from" not in request.query_params:  # a link with a clock in it: nothing is asked yet
            today = self.office.today.isoformat()
            return self._page(request, replace(asked, start=today), None, {})
        try:
            worked = work_out(self.office, asked)
        except BadAnswers as error:
            return self._page(request, asked, None, error.faults)
        return self._page(request, _as_read(asked, worked), worked, {})

    def _page(
        self,
        request: Request,
        asked: DateQuestion,
        worked: Worked | None,
        faults: Mapping[str, str],
    ) -> Response:
        return self.pages.render(
            "dates.html",
            request,
            HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
            asked=asdict(asked),
            faults=faults,
            councils={name: one.procedure.council for name, one in self.office.councils.items()},
            stages=_stages(self.office.councils.get(asked.council), asked.ladder),
            answer=_answered(worked) if worked else None,
        )


def _question(query: Mapping[str, str]) -> DateQuestion:
    fields = {name: query.get(name, "") for name in DateQuestion.__dataclass_fields__}
    return DateQuestion(**{**fields, "start": query.get("from", "")})


def _as_read(asked: DateQuestion, worked: Worked) -> DateQuestion:
    """The fields as they were understood, so that the page can be asked again."""
    asked = replace(asked, clock=in_words(worked.clock))
    if isinstance(worked.start, datetime):
        here = worked.start.astimezone(LONDON)
        return replace(asked, start=here.date().isoformat(), time=f"{here:%H:%M}")
    return replace(asked, start=worked.start.isoformat())


def _stages(files: CouncilFiles | None, ladder: str) -> dict[str, str]:
    """The stages to choose from, once a council is chosen."""
    if files is None:
        return {}
    try:
        _, chosen = ladder_named(files.procedure, ladder)
    except NoSuch:
        return {}
    return {stage.id: stage.label for stage in chosen.stages}


def _answered(worked: Worked) -> dict[str, Any]:
    """Everything the page says, in words."""
    found = worked.due
    untimed = worked.clock if isinstance(worked.clock, Untimed) else None
    return {
        "date": receipts.ends(found) if found else "",
        "line": receipts.counted(found) if found else "",
        "remarks": (tuple(receipts.remarks(found)) if found else _untimed(worked.at, untimed)),
        "days": [(in_full(day.day), receipts.day_said(day)) for day in found.receipt.days]
        if found
        else [],
        "moved": receipts.clocks_moved(found.receipt) if found else "",
        "closures": len(worked.calendar.closures),
        "council": worked.files.procedure.council if worked.files else "",
        "clauses": _clauses(worked),
        "ladder": _ladder(worked, worked.at) if worked.at else None,
    }


def _untimed(at: At | None, clock: Untimed | None) -> tuple[str, ...]:
    if clock is None:
        return ()
    label = f"{at.stage.label}: {in_words(clock)}. " if at else ""
    return (label + receipts.NO_DATE[clock],)


def _clauses(worked: Worked) -> tuple[Clause, ...]:
    """The stage that was asked about, else every place where the council's procedure has this clock."""
    if worked.files is None:
        return ()
    procedure, council = worked.files.procedure, worked.files.id
    if worked.at is None:
        return tuple(clauses(council, procedure, worked.clock))
    stage = worked.at.stage
    title = worked.at.ladder.title or procedure.title
    words = f"{title}, {stage.label}: {in_words(worked.clock)}"
    return (Clause(words, stage_page(council, procedure, worked.at.ladder_id, stage)),)


def _ladder(worked: Worked, at: At) -> dict[str, Any]:
    return {
        "title": f"If nobody answers, sent {forecast_words.sent(worked.start)}",
        "headings": forecast_words.HEADINGS,
        "rows": [forecast_words.row(one, at.ladder) for one in at.ahead.stages],
        "steps": forecast_words.steps(at.ahead, at.ladder),
        "lines": [
            forecast_words.time_limit(at.ladder, at.ahead),
            *forecast_words.days_to_spare(at.ahead),
        ],
    }
