"""The answer page: for a manager, perhaps once a year, perhaps on a telephone. Works without scripts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any, Final, Literal

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from practice_alerts.adapters.sign_in_links import SignedIn
from practice_alerts.casework.acts import answer
from practice_alerts.casework.acts.answer import AskedView
from practice_alerts.casework.core.record import Doing, new_act_key
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.domain.alert import events
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.documents.alert_document import said
from practice_alerts.domain.errors import BadAnswers, Expected, NotFound
from practice_alerts.domain.forms.form import LONG_TEXT_LIMIT, Form
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.domain.standing.status import by_when
from practice_alerts.domain.wording.conditions import only_if
from practice_alerts.domain.wording.definitions import counted_in_words
from practice_alerts.domain.wording.telling_words import alert_word
from practice_alerts.office import Office
from practice_alerts.web.shell.gate import Refusal, signed_in
from practice_alerts.web.shell.html_pages import PlainPages, read_fields
from practice_alerts.web.shell.rate_limit import Limiter

# The longest answer, written as a form sends it: up to twelve bytes for one character.
_LONGEST: Final = LONG_TEXT_LIMIT * 12 + 10_000
# Links from one answer page: nobody fills a manager's mailbox.
_MAILBOXES: Final = partial(Limiter, 3, 900.0)


@dataclass(frozen=True, slots=True)
class AnswerPages:
    """`mail_link` sends a fresh one-time link to whoever is asked on that page."""

    office: Office
    pages: PlainPages
    mail_link: Callable[[str], None]
    mailboxes: Limiter = field(default_factory=_MAILBOXES)

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/respond/{asking}", self.read),
            Route("/respond/{asking}", self.act, methods=["POST"]),
            Route("/respond/{asking}/thanks", self.thanks),
        ]

    def read(self, request: Request) -> Response:
        who = signed_in(request)
        if who is None:
            return self._sign_in(request, mailed=False)
        return self._page(request, who, None, {})

    async def act(self, request: Request) -> Response:
        who = signed_in(request)
        if who is None:
            return self._mail(request)
        typed = await read_fields(request, longest=_LONGEST)
        return await run_in_threadpool(self._acted, request, who, typed)

    def thanks(self, request: Request) -> Response:
        if signed_in(request) is None:
            return self._sign_in(request, mailed=False)
        return self.pages.render("respond_thanks.html", request)

    def _sign_in(self, request: Request, *, mailed: bool) -> Response:
        """In the word of all councils here, where they have one: a page that exists tells no more than another."""
        councils = self.office.councils.values()
        words = {alert_word(one.procedure) for one in councils}
        word = words.pop() if len(words) == 1 else "alert"
        return self.pages.render("respond_sign_in.html", request, mailed=mailed, word=word)

    def _mail(self, request: Request) -> Response:
        """The same words for a page that exists, one that never did, and one too many tries."""
        page = self._sign_in(request, mailed=True)
        asking = request.path_params["asking"]
        if self.mailboxes.allows(asking):
            page.background = BackgroundTask(self.mail_link, asking)
        return page

    def _acted(self, request: Request, who: SignedIn, fields: list[tuple[str, str]]) -> Response:
        """Kept first, whatever is pressed; then sent, if that is what was asked."""
        typed = dict(fields)
        try:
            asked = self._asked(request, who)
        except NotFound as error:
            return self._not_found(request, error)
        reply = _answers(asked.form, fields)
        about = answer.draft_name(asked.known.id)
        kept_drafts.keep(self.office, who.person_id, about, reply)
        here = f"/respond/{asked.asking.id}"
        if typed.get("press") == "typing":
            return Response(status_code=HTTPStatus.NO_CONTENT)
        if typed.get("press") != "send":
            return RedirectResponse(f"{here}?kept=yes", HTTPStatus.SEE_OTHER)
        seen = typed.get("seen", "")
        doing = Doing(asked.actor, typed.get("act_key", ""), int(seen) if seen.isdecimal() else -1)
        try:
            answer.answer(self.office, asked.known.id, reply, doing)
        except BadAnswers as error:
            return self._page(request, who, reply, error.faults)
        except Expected as error:
            return self._page(request, who, reply, {}, str(error))
        return RedirectResponse(f"{here}/thanks", HTTPStatus.SEE_OTHER)

    def _asked(self, request: Request, who: SignedIn) -> AskedView:
        with self.office.database.reading() as tx:
            return answer.asked(self.office, tx, who.person_id, request.path_params["asking"])

    def _page(
        self,
        request: Request,
        who: SignedIn,
        reply: Mapping[str, Any] | None,
        faults: Mapping[str, str],
        trouble: str = "",
    ) -> Response:
        try:
            asked = self._asked(request, who)
        except NotFound as error:
            return self._not_found(request, error)
        about = answer.draft_name(asked.known.id)
        kept = kept_drafts.kept(self.office, who.person_id, about)
        return self.pages.render(
            "respond.html",
            request,
            HTTPStatus.UNPROCESSABLE_ENTITY if faults or trouble else HTTPStatus.OK,
            reply=reply if reply is not None else kept,
            faults=faults,
            trouble=trouble,
            kept=bool(kept) and "kept" in request.query_params,
            responses={one: one.words for one in events.Response},
            act_key=new_act_key(),
            **_question(self.office, asked),
        )

    def _not_found(self, request: Request, error: NotFound) -> Response:
        return self.pages.refusal(request, Refusal(HTTPStatus.NOT_FOUND, str(error)))


def _question(office: Office, asked: AskedView) -> dict[str, Any]:
    """Who asks, what is asked, the clause and the date, for whoever is asked."""
    known, alert = asked.known, asked.known.alert
    run = alert.run_at(asked.asking.stage)
    stage = known.ladder.stage(asked.asking.stage) if known.ladder else None
    clocks = running_clocks(alert, known.ladder, office.calendar(known.files.id))
    is_due = clocks.answer_due if not clocks.waits_for_answer_aim else None
    form = office.form(known.files, alert.form)
    asked_for = run.sent.answers if run else {}
    return {
        "asking": asked.asking.id,
        "is_present": asked.is_present,
        "closed": not alert.is_open,
        "seen": alert.version,
        "reference": alert.reference,
        "kind": known.kind_title,
        "council": known.files.procedure.council,
        "procedure": known.files.procedure.title,
        **_of_stage(stage, known.ladder),
        "raiser": alert.raiser,
        "due": in_full(is_due) if is_due and asked.is_present else "",
        "by_when": by_when(clocks, known.ladder),
        "late": clocks.answer_is_late(office.now()),
        "form": asked.form,
        "only_if": {one.id: only_if(asked.form, one) for one in asked.form.fields()},
        "facts": _facts(form, "never", alert.answers),
        "asked_for": _facts(form, "stage", asked_for),
        "answers": run.answers if run else (),
        "in_full": in_full,
    }


def _of_stage(stage: Stage | None, ladder: Ladder | None) -> dict[str, str]:
    answer = stage.answer if stage else None
    return {
        "stage": stage.label if stage else "",
        "within": in_words(answer.within) if answer else "",
        "counted": counted_in_words(answer, ladder) if answer and ladder else "",
    }


def _answers(form: Form, fields: list[tuple[str, str]]) -> dict[str, Any]:
    """What stands in the form's own fields; a question with boxes gathers all that are ticked."""
    given: dict[str, Any] = {}
    for one in form.fields():
        values = [value for name, value in fields if name == one.id]
        given[one.id] = values if one.type.facts.is_several else (values[-1] if values else "")
    return given


def _facts(
    form: Form, repeats: Literal["stage", "never"], answers: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Every answered question with its answer, in the order of the form."""
    fields = form.fields(filled_by="raiser", repeats=repeats)
    found = [(f.label, said(f, answers.get(f.id))) for f in fields if f.goes_to is None]
    return [(label, words) for label, words in found if words]
