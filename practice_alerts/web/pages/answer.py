"""The answer page: for a manager, perhaps once a year, perhaps on a telephone. Works without scripts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from practice_alerts.adapters.links_and_sessions import SignedIn
from practice_alerts.casework.acts import answer
from practice_alerts.casework.acts.answer import AskedView
from practice_alerts.casework.acts.took_place import record_step
from practice_alerts.casework.core.on_duty import on_duty
from practice_alerts.casework.core.record import new_act_key
from practice_alerts.casework.directory.signing_in import single_sign_on
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.documents.page_one import remarks
from practice_alerts.domain.errors import Expected, NotFound, StorageTrouble, ToldPlainly
from practice_alerts.domain.forms.form import LONG_TEXT_LIMIT
from practice_alerts.domain.forms.subject import one_line
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.domain.standing.status import by_when
from practice_alerts.domain.wording.telling_words import alert_word, is_told
from practice_alerts.office import Office
from practice_alerts.web.pages.answering import beside_forms, pressed_answer, refused, step_forms
from practice_alerts.web.pages.answering.own_answers import (
    all_answers,
    answer_leaves_on,
    drafts_of_others,
    facts_of,
    of_stage,
)
from practice_alerts.web.pages.answering.refused import WhyRefused
from practice_alerts.web.pages.answering.step_forms import StepForm
from practice_alerts.web.shell.error_reports import report_trouble
from practice_alerts.web.shell.gate import Refusal, signed_in
from practice_alerts.web.shell.html_pages import PlainPages, read_fields
from practice_alerts.web.shell.rate_limit import Limiter

_Fields = list[tuple[str, str]]
# The longest answer, written as a form sends it: up to twelve bytes for one character.
_LONGEST: Final = LONG_TEXT_LIMIT * 12 + 10_000
# Links from one answer page: nobody fills a manager's mailbox.
_MAILBOXES: Final = partial(Limiter, 3, 900.0)


@dataclass(frozen=True, slots=True)
class AnswerPages:
    """`mail_link` sends a fresh one-time link to whoever is asked on that page."""

    office: Office
    pages: PlainPages
    mail_link: Callable[[str], object]
    mailboxes: Limiter = field(default_factory=_MAILBOXES)

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/respond/{asking}", self.read),
            Route("/respond/{asking}", self.act, methods=["POST"]),
            Route("/respond/{asking}/thanks", self.thanks),
            Route("/respond/{asking}/copy", self.copy),
        ]

    def read(self, request: Request) -> Response:
        who = signed_in(request)
        if who is None:
            return self._sign_in(request, mailed="mailed" in request.query_params)
        return self._page(request, who)

    async def act(self, request: Request) -> Response:
        who = signed_in(request)
        typed = await read_fields(request, longest=_LONGEST)
        if who is not None:
            try:
                return await run_in_threadpool(self._acted, request, who, typed)
            except StorageTrouble as trouble:
                return await run_in_threadpool(self._not_now, request, who, typed, trouble)
        match dict(typed).get("press"):
            case "typing":
                return Response(status_code=HTTPStatus.UNAUTHORIZED)
            case "send" | "keep":
                return self._signed_out(request, typed)
            case _:
                return await self._mail(request)

    def thanks(self, request: Request) -> Response:
        return self._of_answered(request, "respond_thanks.html")

    def copy(self, request: Request) -> Response:
        """What was asked and answered, to be printed."""
        return self._of_answered(request, "respond_copy.html")

    def _of_answered(
        self, request: Request, template: str, left: Mapping[str, str] | None = None
    ) -> Response:
        """To whoever has answered there; anybody else asked is led to the page. `left`: else what is kept of it."""
        who = signed_in(request)
        if who is None:
            return self._sign_in(request, mailed=False)
        try:
            asked = self._asked(request, who)
        except NotFound as error:
            return self._not_found(request, error)
        question = _question(self.office, asked)
        if question["answered_on"]:
            told = is_told(answer_leaves_on(self.office, asked))
            why, status = self._refused(request, who, asked)
            same = {**self._others(asked), "left": left or why.faults}
            return self.pages.render(template, request, status, is_told=told, **question, **same)
        return RedirectResponse(f"/respond/{asked.asking.id}", HTTPStatus.SEE_OTHER)

    def _same(self, request: Request, who: SignedIn, asked: AskedView, fields: _Fields) -> Response:
        """What they answered, for those of the others that they ticked; what could not be done is told."""
        left = pressed_answer.give_the_same(self.office, asked, fields)
        if not left:
            refused.forget(self.office, who.person_id, asked)
            return RedirectResponse(f"/respond/{asked.asking.id}/thanks", HTTPStatus.SEE_OTHER)
        try:
            why = WhyRefused(faults=left)
            return refused.show(self.office, who.person_id, asked, why, then="/thanks")
        except StorageTrouble:  # what was given stays given
            return self._of_answered(request, "respond_thanks.html", left)

    def _others(self, asked: AskedView) -> dict[str, Any]:
        """Others raised together, to which what was answered can be answered as well."""
        same = pressed_answer.same_for(self.office, asked)
        press = {"same_press": pressed_answer.SAME, "act_key": new_act_key()}
        return {"same": same, **press}

    def _signed_out(self, request: Request, typed: _Fields) -> Response:
        """Their session ended while they wrote: nobody can say whose it is, so it is handed back to them."""
        page = self._sign_in(request, mailed=False, typed=pressed_answer.texts(typed))
        page.status_code = HTTPStatus.UNAUTHORIZED
        return page

    def _sign_in(self, request: Request, *, mailed: bool, typed: Sequence[str] = ()) -> Response:
        """In the word of all councils here, where they have one: a page that exists tells no more than another."""
        councils = self.office.councils.values()
        words = {alert_word(one.procedure) for one in councils}
        word = words.pop() if len(words) == 1 else "alert"
        given: dict[str, Any] = {"mailed": mailed, "word": word, "typed": typed}
        given |= {"ways": single_sign_on.ways(self.office), "next": request.url.path}
        return self.pages.render("respond_sign_in.html", request, **given)

    async def _mail(self, request: Request) -> Response:
        """The same for a page that exists, one that never did, and one too many tries. Raises StorageTrouble."""
        page = RedirectResponse(f"{request.url.path}?mailed=yes", HTTPStatus.SEE_OTHER)
        if self.mailboxes.allows(asking := request.path_params["asking"]):
            await run_in_threadpool(self.office.sign_in.must_give_links)
            page.background = BackgroundTask(self.mail_link, asking)
        return page

    def _acted(self, request: Request, who: SignedIn, fields: _Fields) -> Response:
        typed = dict(fields)
        try:
            asked = self._asked(request, who)
        except NotFound as error:
            return self._not_found(request, error)
        if typed.get("press") == pressed_answer.SAME:
            return self._same(request, who, asked, fields)
        if step_forms.pressed(typed):
            return self._recorded(who, asked, typed)
        return self._answered(who, asked, fields)

    def _not_now(
        self, request: Request, who: SignedIn, fields: _Fields, trouble: StorageTrouble
    ) -> Response:
        """Nothing could be kept: the page as it was sent, with what was typed in its place."""
        report_trouble(trouble)
        why = WhyRefused(typed=dict(fields), trouble=str(trouble))
        if why.typed.get("press") == "typing":
            return self.pages.trouble(request, trouble)
        try:
            with self.office.database.reading() as tx:  # put down nowhere: nothing can be
                asked = answer.asked(self.office, tx, who.person_id, request.path_params["asking"])
            page = self._page_of(request, asked, why, pressed_answer.answers_in(asked.form, fields))
        except ToldPlainly:  # nor can it be read
            return self.pages.trouble(request, trouble)
        page.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        page.headers["retry-after"] = str(trouble.again_after)
        return page

    def _answered(self, who: SignedIn, asked: AskedView, fields: _Fields) -> Response:
        """Kept first, whatever is pressed; then sent, if that is what was asked."""
        typed = dict(fields)
        reply = pressed_answer.answers_in(asked.form, fields)
        about = answer.draft_name(asked.known.id)
        kept_drafts.keep(self.office, who.person_id, about, reply)
        here = f"/respond/{asked.asking.id}"
        if typed.get("press") == "typing":
            return Response(status_code=HTTPStatus.NO_CONTENT)
        if typed.get("press") != "send":
            return RedirectResponse(f"{here}?kept=yes", HTTPStatus.SEE_OTHER)
        try:
            answer.answer(
                self.office, asked.known.id, reply, pressed_answer.doing(asked, typed, reply)
            )
        except Expected as error:
            return refused.show(self.office, who.person_id, asked, WhyRefused.because(error))
        refused.forget(self.office, who.person_id, asked)
        return RedirectResponse(f"{here}/thanks", HTTPStatus.SEE_OTHER)

    def _recorded(self, who: SignedIn, asked: AskedView, typed: Mapping[str, str]) -> Response:
        """A step that is theirs to do, or what they say besides; what they typed of an answer stays kept."""
        key = step_forms.pressed(typed)
        given = step_forms.answers_to(key, typed)
        act, doing = beside_forms.act_of(key), pressed_answer.doing(asked, typed, given)
        try:
            if act is not None:
                beside_forms.say(self.office, asked, act, given, doing)
            else:
                record_step(self.office, asked.known.id, given, doing)
        except Expected as error:
            why = WhyRefused.because(error, key, typed)
            return refused.show(self.office, who.person_id, asked, why)
        refused.forget(self.office, who.person_id, asked)
        done = f"said={act.value}" if act else "recorded=yes"
        return RedirectResponse(f"/respond/{asked.asking.id}?{done}", HTTPStatus.SEE_OTHER)

    def _asked(self, request: Request, who: SignedIn) -> AskedView:
        return answer.opened(self.office, who.person_id, request.path_params["asking"])

    def _page(self, request: Request, who: SignedIn) -> Response:
        try:
            asked = self._asked(request, who)
        except NotFound as error:
            return self._not_found(request, error)
        why, status = self._refused(request, who, asked)
        page = self._page_of(request, asked, why, self._kept(who, asked))
        page.status_code = status
        return page

    def _page_of(
        self, request: Request, asked: AskedView, why: WhyRefused, kept: Mapping[str, Any]
    ) -> Response:
        question = _question(self.office, asked)
        forms: tuple[StepForm, ...] = (*question["steps"], *question["besides"])
        of_form = step_forms.faults_of(why.key, why.faults, forms) if why.key else why.faults
        drafted = drafts_of_others(self.office, asked)
        first = drafted[0].answers if len(drafted) == 1 and not any(kept.values()) else {}
        return self.pages.render(
            "respond.html",
            request,
            reply={
                **step_forms.at_first(forms, self.office.today.isoformat()),
                **(first or kept),
                **why.typed,
            },
            drafted=() if first else drafted,
            is_drafted=drafted[0].who.in_words if first else "",
            faults=of_form,
            trouble=why.trouble,
            refused_form=why.key,
            **_said(self.office, asked, request, is_kept=bool(kept)),
            act_key=new_act_key(),
            **question,
        )

    def _refused(
        self, request: Request, who: SignedIn, asked: AskedView
    ) -> tuple[WhyRefused, HTTPStatus]:
        """What was refused, where the page is asked to say it, and its status."""
        is_refused = refused.MARK in request.query_params
        why = refused.kept(self.office, who.person_id, asked) if is_refused else WhyRefused()
        return why, HTTPStatus.UNPROCESSABLE_ENTITY if why else HTTPStatus.OK

    def _kept(self, who: SignedIn, asked: AskedView) -> dict[str, Any]:
        """What they typed of an answer and did not send."""
        about = answer.draft_name(asked.known.id)
        return dict(kept_drafts.kept(self.office, who.person_id, about))

    def _not_found(self, request: Request, error: NotFound) -> Response:
        return self.pages.refusal(request, Refusal(HTTPStatus.NOT_FOUND, str(error)))


def _question(office: Office, asked: AskedView) -> dict[str, Any]:
    """Who asks, what is asked, the clause and the date, for whoever is asked."""
    known, alert = asked.known, asked.known.alert
    run = alert.run_at(asked.asking.stage)
    stage = known.ladder.stage(asked.asking.stage) if known.ladder else None
    clocks = running_clocks(alert, known.ladder, office.calendar(known.files.id))
    is_due = clocks.answer_until if not clocks.waits_for_answer_aim else None
    answered, form = all_answers(asked), office.form(known.files, alert.form)
    besides = () if answered["answered_on"] else beside_forms.beside_forms(asked)
    forms = (step_forms.step_forms(asked, clocks), besides)
    return {
        "asking": asked.asking.id,
        **step_forms.theirs(asked, run, forms),
        "closed": not alert.is_open,
        "seen": alert.version,
        "reference": alert.reference,
        "kind": known.kind_title,
        "council": known.files.procedure.council,
        "procedure": known.files.procedure.title,
        **of_stage(asked, stage, clocks),
        **_who(office, asked),
        "due": in_full(is_due) if is_due and (asked.is_present or asked.drafts_for) else "",
        "remarks": remarks(alert),
        "by_when": by_when(clocks, known.ladder),
        "late": clocks.answer_is_late(office.now()),
        "form": asked.form,
        "facts": facts_of(form, "never", alert.answers),
        "asked_for": facts_of(form, "stage", run.sent.answers if run else {}),
        **answered,
    }


def _who(office: Office, asked: AskedView) -> dict[str, Any]:
    """What it is about in one line, who asks, and whom to ring while there is something to ring about."""
    with office.database.reading() as tx:
        duty = on_duty(office, tx, asked.known.files.id) if asked.is_present else ""
    alert = asked.known.alert
    return {"one_line": one_line(alert.answers), "officer": alert.officer, "on_duty": duty}


def _said(office: Office, asked: AskedView, request: Request, *, is_kept: bool) -> dict[str, Any]:
    """What was done just before the page was shown."""
    done = request.query_params
    said = beside_forms.done(office, asked, done.get("said", ""))
    return {"kept": is_kept and "kept" in done, "recorded": "recorded" in done, "done": said}
