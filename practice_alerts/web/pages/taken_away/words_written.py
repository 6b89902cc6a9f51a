"""What is written beside the figures of a report: kept as it is sent, or shown again with what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from practice_alerts.adapters.store.records.words_beside_figures import TextPlace
from practice_alerts.casework.reports import words_beside
from practice_alerts.casework.reports.words_beside import ActionTyped
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.errors import BadAnswers, NotPossible
from practice_alerts.web.pages.taken_away.report_addresses import (
    address_of,
    period_asked,
    report_named,
)
from practice_alerts.web.pages.taken_away.reports import NotKept, ReportPages
from practice_alerts.web.shell.html_pages import read_fields

_LONGEST_FORM = 40_000  # bytes
_OF_ACTION = ("number", "what", "owner", "due", "outcome", "came_of_it", "read")

_Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReportWordPages:
    """On the page of the report itself, for whoever writes in it."""

    reports: ReportPages

    def routes(self) -> list[BaseRoute]:
        one = "/reports/{council}/{report}"
        return [
            Route(f"{one}/words", partial(self._sent, self._text), methods=["POST"]),
            Route(f"{one}/action", partial(self._sent, self._action), methods=["POST"]),
        ]

    async def _sent(
        self, keep: Callable[[_Fields, Request, Actor], Response], request: Request
    ) -> Response:
        fields = dict(await read_fields(request, longest=_LONGEST_FORM))
        return await run_in_threadpool(self.reports.answer, partial(keep, fields), request)

    def _text(self, fields: _Fields, request: Request, actor: Actor) -> Response:
        """Kept, taken out, or let be published by a second person."""
        name, period, place = report_named(request), period_asked(request), fields.get("place", "")
        at = TextPlace(actor.council, name.value, period.since, period.until, place)
        office, body = self.reports.office, fields.get("body", "")
        try:
            if "publish" in fields:
                words_beside.check(office, actor, at, fields["publish"])
            else:
                nobody, read = "names_nobody" in fields, fields.get("read", "")
                words_beside.write(office, actor, at, body, read, names_nobody=nobody)
        except NotPossible as error:
            return self._again(request, actor, {}, {f"beside-{place}": str(error)})
        except BadAnswers as error:
            return self._again(request, actor, {place: body}, error.faults)
        return self._back(request, actor, place)

    def _action(self, fields: _Fields, request: Request, actor: Actor) -> Response:
        number = fields.get("number", "")
        given = {one: fields[one] for one in _OF_ACTION if one in fields}
        typed = ActionTyped(
            **{"number": "", "what": "", "owner": "", "due": "", **given},
            names_nobody="names_nobody" in fields,
        )
        try:
            words_beside.put_action(self.reports.office, actor, period_asked(request), typed)
        except BadAnswers as error:
            said, faults = (
                {
                    f"{key}-{self._form_of(number, request, actor)}": text
                    for key, text in each.items()
                }
                for each in (given, error.faults)
            )
            return self._again(request, actor, said, faults)
        return self._back(request, actor, "actions")

    def _form_of(self, number: str, request: Request, actor: Actor) -> str:
        """Its own; of an action that stands no more in this report that of a new one, so that nothing typed is lost."""
        name, period = report_named(request), period_asked(request)
        stand = words_beside.beside(self.reports.office, actor, name, period).actions
        return number if number in {str(one.id) for one in stand} else ""

    def _again(
        self, request: Request, actor: Actor, typed: _Fields, faults: Mapping[str, str]
    ) -> Response:
        made = self.reports.made(request, actor)
        return self.reports.page(request, actor, made, NotKept(typed, faults))

    def _back(self, request: Request, actor: Actor, place: str) -> Response:
        at = address_of(actor, report_named(request), period_asked(request))
        return RedirectResponse(f"{at}#beside-{place}", HTTPStatus.SEE_OTHER)
