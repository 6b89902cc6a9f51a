"""Somebody's dates for their calendar program, which cannot sign in: the address itself is the key.

So it is answered alike whether it never was, was taken back, or its owner has left; it is written down
nowhere; and nobody can ask so often that guessing would be worth trying.
"""

import hashlib
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from practice_alerts.adapters.calendar.ics import MEDIA_TYPE
from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.office import Office
from practice_alerts.web.shell.gate import Refusal
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.rate_limit import Limiter
from practice_alerts.web.shell.visitor import place_of_visitor

# One address: a calendar program asks every few minutes at most.
_READERS: Final = partial(Limiter, 60, 3600.0)

# Guesses from one place on the internet. A whole council may sit there, so nobody's own address is refused
# for them.
_GUESSES: Final = partial(Limiter, 600, 600.0)

_NOT_HERE: Final = (
    "There is no calendar at this address. It may have been replaced or taken back: make a new one"
    " under My settings."
)


@dataclass(frozen=True, slots=True)
class CalendarPages:
    office: Office
    pages: PlainPages
    readers: Limiter = field(default_factory=_READERS)
    guesses: Limiter = field(default_factory=_GUESSES)

    def routes(self) -> list[BaseRoute]:
        return [Route("/calendar/{token}.ics", self.read)]

    def read(self, request: Request) -> Response:
        token = request.path_params["token"]
        # The limiter keeps a digest: no address stays in memory.
        reader = hashlib.sha256(token.encode()).hexdigest()
        if not self.readers.allows(reader):
            return self._too_often(request)
        found = calendar_feed.read(self.office, token)
        if found is None:
            if not self.guesses.allows(place_of_visitor(request)):
                return self._too_often(request)
            return self.pages.refusal(request, Refusal(HTTPStatus.NOT_FOUND, _NOT_HERE))
        headers = {
            "cache-control": "private, no-store",
            "content-disposition": 'inline; filename="practice-alerts.ics"',
        }
        return Response(found, media_type=MEDIA_TYPE, headers=headers)

    def _too_often(self, request: Request) -> Response:
        sentence = "This calendar is asked for too often. Ask again in an hour."
        answer = self.pages.refusal(request, Refusal(HTTPStatus.TOO_MANY_REQUESTS, sentence))
        answer.headers["retry-after"] = "3600"
        return answer
