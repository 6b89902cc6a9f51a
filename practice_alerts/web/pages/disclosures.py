"""Everything about one person, on plain pages: what was asked for, what is kept back, and the files once issued."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from practice_alerts.adapters.links_and_sessions import SignedIn
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.disclosure import bundle_files, disclose
from practice_alerts.casework.disclosure.disclose import DisclosureWanted, PreparedDisclosure
from practice_alerts.casework.documents.render import WORD, Document
from practice_alerts.casework.records.reasons import asks_who_is_named
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.dates import as_answer, in_full, read_day
from practice_alerts.domain.directory.office_permissions import OfficeAct, posts_that
from practice_alerts.domain.disclosure.disclosed import Disclosure, PersonMeant
from practice_alerts.domain.disclosure.requesters import (
    IN_WORDS,
    REQUESTERS,
    AboutWhom,
    Mark,
    Requester,
)
from practice_alerts.domain.errors import BadAnswers, Expected, NotFound
from practice_alerts.domain.text import whole_number
from practice_alerts.office import Office
from practice_alerts.web.shell.gate import Refusal, signed_in
from practice_alerts.web.shell.html_pages import PlainPages, read_fields, to_keep

_JSON = "application/json"
_LONGEST, _MOST_FIELDS = 2_000_000, 20_000  # a mark for each of the pieces of many alerts
_MARK = "mark:"
_Typed = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DisclosurePages:
    """Each council's own, for whoever may hand out there."""

    office: Office
    pages: PlainPages

    def routes(self) -> list[BaseRoute]:
        one = "/disclosures/{council}/{number:int}"
        word = partial(self._file, bundle_files.word_bundle, WORD)
        plain = partial(self._file, bundle_files.json_bundle, _JSON)
        return [
            Route("/disclosures", self._first),
            Route("/disclosures/{council}", partial(self._answer, self._list)),
            Route("/disclosures/{council}", self._begin, methods=["POST"]),
            Route(f"{one}.docx", partial(self._answer, word)),
            Route(f"{one}.json", partial(self._answer, plain)),
            Route(one, partial(self._answer, self._one)),
            Route(one, self._press, methods=["POST"]),
        ]

    def _first(self, request: Request) -> Response:
        """To the council where this person may hand out; the gate has seen to it that there is one."""
        who = signed_in(request)
        mine = sorted(_councils(who)) if who else []
        return RedirectResponse(f"/disclosures/{mine[0] if mine else ''}", HTTPStatus.SEE_OTHER)

    def _answer(self, make: Callable[[Request, Actor], Response], request: Request) -> Response:
        who = signed_in(request)
        council = request.path_params["council"]
        if who is None or council not in _councils(who):
            return self._nothing(request, "There is nothing here for you to hand out.")
        with self.office.database.reading() as tx:
            actor = actor_in(self.office, tx, who.person_id, council)
        try:
            return make(request, actor)
        except NotFound as error:
            return self._nothing(request, str(error))
        except Expected as error:
            return self.pages.refusal(request, Refusal(HTTPStatus.BAD_REQUEST, str(error)))

    def _nothing(self, request: Request, sentence: str) -> Response:
        return self.pages.refusal(request, Refusal(HTTPStatus.NOT_FOUND, sentence))

    def _list(self, request: Request, actor: Actor, **more: Any) -> Response:
        rows = [(one, who, _stands(one)) for one, who in disclose.listed(self.office, actor)]
        values = {
            "rows": rows,
            "council": actor.council,
            "called": self.office.council(actor.council).procedure.council,
            "requesters": [(one.value, one.words) for one in Requester],
            "parts": [(part.value, words) for part, words in IN_WORDS.items()],
            "today": self.office.today.isoformat(),
            "typed": {},
            "faults": {},
            "trouble": "",
            **more,
        }
        status = HTTPStatus.BAD_REQUEST if values["faults"] or values["trouble"] else HTTPStatus.OK
        return self.pages.render("disclosures.html", request, status, **values)

    async def _begin(self, request: Request) -> Response:
        typed = await read_fields(request)
        return await run_in_threadpool(self._answer, partial(self._begun, typed), request)

    def _begun(self, typed: _Typed, request: Request, actor: Actor) -> Response:
        said, faults, trouble = dict(typed), {}, ""
        said["parts"] = " ".join(value for name, value in typed if name == "parts")
        try:
            number, _ = disclose.begin(self.office, actor, self._wanted(said, actor))
        except BadAnswers as error:
            faults = error.faults
        except Expected as error:
            trouble = str(error)
        else:
            return _to(actor, number)
        return self._list(request, actor, typed=said, faults=faults, trouble=trouble)

    def _wanted(self, said: Mapping[str, str], actor: Actor) -> DisclosureWanted:
        return DisclosureWanted(
            requester=said.get("requester", ""),
            meant=self._meant(said, actor),
            their_number=said.get("their_number", ""),
            as_of=read_day(as_answer(said.get("as_of", ""))),
            parts=tuple(Part(one) for one in said["parts"].split() if one in set(Part)),
            also=tuple(said.get("also", "").upper().replace(",", " ").split()),
        )

    def _meant(self, said: Mapping[str, str], actor: Actor) -> PersonMeant:
        if said.get("about") != AboutWhom.STAFF:
            return PersonMeant(
                about=AboutWhom.CHILD,
                case_number=said.get("case_number", "").strip(),
                child=said.get("child", "").strip(),
                born=read_day(as_answer(said.get("born", ""))),
            )
        mail = said.get("person", "").strip().casefold()
        with self.office.database.reading() as tx:
            every = directory.everybody(tx, actor.council)
        found = next((one for one in every if one.mail.casefold() == mail), None)
        name, its_id = (found.name, found.id) if found else ("", "")
        return PersonMeant(about=AboutWhom.STAFF, person=its_id, name=name)

    def _one(self, request: Request, actor: Actor, trouble: str = "", reason: str = "") -> Response:
        found = disclose.see(self.office, actor, request.path_params["number"])
        status = HTTPStatus.BAD_REQUEST if trouble else HTTPStatus.OK
        said = {"trouble": trouble, "reason": reason, "asks_who": asks_who_is_named(trouble)}
        return self.pages.render("disclosure.html", request, status, **_shown(found, actor), **said)

    async def _press(self, request: Request) -> Response:
        typed = await read_fields(request, longest=_LONGEST, most=_MOST_FIELDS)
        return await run_in_threadpool(self._answer, partial(self._pressed, dict(typed)), request)

    def _pressed(self, typed: Mapping[str, str], request: Request, actor: Actor) -> Response:
        number = request.path_params["number"]
        seen = whole_number(typed.get("seen", "")) or 0
        try:
            match typed.get("do"):
                case "issue":
                    disclose.issue(self.office, actor, number, seen)
                case "drop":
                    reason, nobody = typed.get("reason", ""), "names_nobody" in typed
                    disclose.drop(self.office, actor, number, reason, names_nobody=nobody)
                case _:
                    marks = {
                        name.removeprefix(_MARK): why
                        for name, why in typed.items()
                        if name.startswith(_MARK) and why
                    }
                    disclose.mark(self.office, actor, number, marks, seen)
        except NotFound:
            raise
        except Expected as error:
            return self._one(request, actor, str(error), typed.get("reason", ""))
        return _to(actor, number)

    def _file(
        self,
        make: Callable[[Office, Actor, PreparedDisclosure], Document],
        media_type: str,
        request: Request,
        actor: Actor,
    ) -> Response:
        found = disclose.see(self.office, actor, request.path_params["number"])
        document = make(self.office, actor, found)
        return to_keep(document.body, document.name, media_type)


def _councils(who: SignedIn) -> tuple[str, ...]:
    return tuple(who.councils_as(*posts_that(OfficeAct.DISCLOSE)))


def _to(actor: Actor, number: int) -> Response:
    return RedirectResponse(f"/disclosures/{actor.council}/{number}", HTTPStatus.SEE_OTHER)


def _stands(one: Disclosure) -> str:
    if one.issued_at:
        return f"issued on {in_full(one.issued_at)}"
    return "not made after all" if one.dropped else "being prepared"


def _shown(found: PreparedDisclosure, actor: Actor) -> dict[str, Any]:
    one = found.disclosure
    return {
        "council": actor.council,
        "one": one,
        "stands": _stands(one),
        "alerts": found.alerts,
        "day": in_full(one.begun.as_of),
        "parts": [IN_WORDS[part] for part in Part if part in one.begun.parts],
        "marks": [(mark.value, mark.words) for mark in Mark],
        "told_of_more": REQUESTERS[one.begun.requester].told_of_more,
        "prefix": _MARK,
        "is_own": actor.id in one.prepared_by,
        "lacks": found.lacks,
        "prepared_by": sorted(found.names.get(who, "") for who in one.prepared_by),
    }
