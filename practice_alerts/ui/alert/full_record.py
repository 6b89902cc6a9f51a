"""What an alert's page keeps on record: what was raised, every stage, what stands beside them, the history."""

from collections.abc import Iterable
from textwrap import shorten

from markupsafe import Markup

from practice_alerts.casework.views.alert_view import Seen
from practice_alerts.domain.acts.act_answers import answers_of, printed_acts, printed_form
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import AnswerRecorded
from practice_alerts.domain.alert.stage_run import Given, StageRun
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.documents.alert_document import people_named
from practice_alerts.domain.forms.answer_in_words import answer_in_words
from practice_alerts.domain.forms.form import Answers, Form, FormField
from practice_alerts.domain.paper.on_paper import paper_lines
from practice_alerts.domain.procedure.beside_text import aside
from practice_alerts.domain.procedure.ladder import label_of
from practice_alerts.domain.procedure.procedure import Ours
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.standing.running_clocks import answer_clock_at
from practice_alerts.domain.text import capital
from practice_alerts.domain.wording import telling_words
from practice_alerts.domain.wording.answer_words import (
    each_answer,
    given_by,
    reviewer,
    said_in_full,
    verdict_in_words,
)
from practice_alerts.domain.wording.history import agreed_in_words, told
from practice_alerts.domain.wording.telling_words import people
from practice_alerts.ui.page import html, session


def what_was_raised(seen: Seen) -> None:
    """Each form that was filled, as it was sent; corrections in their place."""
    here, known = session.office(), seen.known
    alert = known.alert
    filled = {alert.raised.form: alert.raised.answers}
    for run in alert.runs:
        if run.sent.form:
            filled[run.sent.form] = {**filled.get(run.sent.form, {}), **run.sent.details}
    for name, answers in filled.items():
        form = here.form(known.files, name)
        if len(filled) > 1:
            html.heading(form.title, level=3)
        _form(form, answers, level=4 if len(filled) > 1 else 3)


def _form(form: Form, answers: Answers, level: int) -> None:
    for section in form.sections:
        if section.filled_by == "raiser" and section.repeats is None:
            html.heading(section.title, level=level)
            html.facts(_said(section.fields, answers))


def _said(fields: Iterable[FormField], answers: Answers) -> list[tuple[str, str]]:
    return [(one.label, answer_in_words(one, answers.get(one.id))) for one in fields]


def stages(seen: Seen) -> None:
    """Every stage the alert has been at, the latest first."""
    known = seen.known
    if not known.alert.runs:
        html.facts(telling_words.lines(known.alert.told))
    for run in reversed(known.alert.runs):
        html.heading(label_of(known.ladder, run.stage), level=3)
        _stage(seen, run)
    if known.alert.raised.paper is not None:
        html.heading("Before it stood here", level=3)
        entered = known.alert.happened[0].at
        html.facts(paper_lines(known.alert.raised.paper, entered, known.ladder))


def _stage(seen: Seen, run: StageRun) -> None:
    known = seen.known
    who = people_named(run.sent.asked)
    sent = ("Sent", in_full(london_date(run.sent_at)))
    html.facts([sent, ("Asked", who), *_who_else(run), *_asked(seen, run)])
    html.facts([(f"Answer of {who}", said) for who, said in _each_answer(seen, run)])
    for _, agreed in run.agreed:
        words = capital(agreed_in_words(agreed, known.ladder))
        said = _aside(seen, Ours.AGREE_DATE) if agreed.until else ""
        html.facts([("By agreement", f"{words}{said}")])
        html.said(agreed.reason)
    steps(seen, run)
    answers(run, run.answers)
    for at, said_beside in run.talk:
        what, words = told(said_beside, known.ladder)
        html.facts([(what, in_full(london_date(at)))])
        html.said(words)
    for holding in run.holds:
        held = f"{in_full(holding.until)}; {holding.held.task_owner} to see to it"
        html.facts([("Hold agreed until", f"{held}{_aside(seen, Ours.HOLD)}")])
    _reviewed(seen, run)


def _aside(seen: Seen, what: Ours) -> str:
    return aside(seen.known.files.procedure, seen.known.ladder, what)


def asked(seen: Seen, run: StageRun) -> None:
    """Of whom, and what, at one stage."""
    html.facts([("Of whom", people_named(run.sent.asked)), *_asked(seen, run)])


def _asked(seen: Seen, run: StageRun) -> list[tuple[str, str]]:
    here, known = session.office(), seen.known
    form = here.form(known.files, run.sent.form or known.alert.raised.form)
    each = form.fields(filled_by="raiser", repeats="stage")
    facts = _said(each, run.sent.answers)
    if "rationale" not in {one.id for one in each}:
        why = str(run.sent.answers.get("rationale", ""))
        facts.append(("Why it went to this stage", why))
    return facts


def steps(seen: Seen, run: StageRun) -> None:
    """What took place at one stage, and who took part."""
    for _, step in run.steps:
        what, words = told(step, seen.known.ladder)
        present = "\n".join(filter(None, (step.chair and f"Chair: {step.chair}", step.present)))
        html.facts([(what, step.outcome or "Recorded"), ("Who took part", present)])
        html.said(words)


def _each_answer(seen: Seen, run: StageRun) -> Iterable[tuple[str, str]]:
    """Of several who are each asked, how it stands with each one's answer."""
    here, known = session.office(), seen.known
    if known.ladder is None:
        return ()
    calendar = here.calendar(known.files.id)
    clock = answer_clock_at(known.alert, run, known.ladder, calendar)
    return each_answer(run, clock, here.now())


def _reviewed(seen: Seen, run: StageRun) -> None:
    """What was found of holds and answers, and where it went from here."""
    for at, review in run.hold_reviews:
        found = "under way" if review.on_track else "not under way"
        html.facts([(f"Hold looked at on {in_full(london_date(at))}: {found}", review.text)])
    for response_review in run.every_review:
        outcome = capital(verdict_in_words(response_review.reviewed))
        by = response_review.reviewed.by
        html.facts(
            [(f"Outcome: {outcome}", response_review.reviewed.reason), ("By", reviewer(run, by))]
        )
    if run.escalated is not None and run.left_at is not None:
        went = told(run.escalated, seen.known.ladder)[0]
        html.facts([(f"Left on {in_full(london_date(run.left_at))}", went)])


def _who_else(run: StageRun) -> list[tuple[str, str]]:
    """Who got a copy and who is to attend; and of both whom the product does not reach."""
    every = (*run.copied, *run.invited, *run.doing)
    return [
        ("Copied", people(one for one in run.copied if one.id)),
        ("To see to a step", people(one for one in run.doing if one.id)),
        ("To attend", people(one for one in run.invited if one.id)),
        *telling_words.by_hand(people(one for one in every if not one.id)),
    ]


def answers(run: StageRun, given_here: Iterable[Given], most: int = 0) -> None:
    """What was answered at one stage, in the order given; or that nothing was. `most`: so many letters of each; 0: all."""
    if not run.answers and not run.steps:
        html.quiet("No answer has come at this stage.")
    for given in given_here:
        answer = given.answer
        promise = f", by {in_full(answer.promise_by)}" if answer.promise_by else ""
        owner = f"\n{answer.task_owner} does it." if answer.task_owner else ""
        on = in_full(london_date(given.at))
        is_own = not isinstance(answer, AnswerRecorded)
        who = f"{answer.by.name}, {answer.by.post}, on {on}" if is_own else given_by(answer)
        words = Markup("<strong>{}{}</strong>. {}:")
        html.paragraph(words.format(answer.response.words, promise, who), "pa-answered")
        told = f"{said_in_full(answer)}{owner}"
        is_long = 0 < most < len(told)
        html.said(shorten(told, most + len(_GOES_ON), placeholder=_GOES_ON) if is_long else told)


_GOES_ON = " … (the rest stands under “Stages and answers”, and beside the review)"


def open_questions(seen: Seen) -> dict[str, str]:
    """What is asked and not answered yet; gives the first of them, as the form of answering names it."""
    run = seen.known.alert.run
    left = run.open_questions if run else {}
    html.facts((f"Question {n}, {one.by.in_words}", one.text) for n, (_, one) in left.items())
    return {"question": str(min(left))} if left else {}


_NOT_AGAIN = frozenset({"route", "readers"})
"""What the heading of a referral says, and what is for its readers alone."""


def referrals(seen: Seen) -> None:
    """Every way out that was taken, what was said of it, and what became of it."""
    form = session.office().form(seen.known.files, ACTS[Act.REFER].form)
    told_here = [one for one in form.fields() if one.id not in _NOT_AGAIN]
    for referral in seen.known.alert.referrals:
        referred = referral.referred
        html.heading(ROUTES[referred.route].title, level=3)
        facts = [("Referred on", in_full(london_date(referral.at)))]
        facts += _said(told_here, answers_of(referred))
        for _, one in referral.followed:
            what = f"{one.happened.words}, {in_full(one.on)}"
            facts.append((what, one.text or "Recorded"))
        html.facts(facts)
        if not referral.followed:
            html.quiet("Nothing has been recorded of what became of it.")


def documents(seen: Seen) -> None:
    """The whole of it to take away, then the document of each act that has one; by our own route."""
    known, links = seen.known, []
    whole = f"/documents/{known.alert.reference}"
    word = [html.link("Download it for Word", f"{whole}.docx")]
    has_template = known.files.template(known.alert.form) is not None
    html.ways(
        [
            *(word if has_template else []),
            html.link("Everything for the case system", f"{whole}.zip"),
        ]
    )
    for event in printed_acts(known.alert):
        name = printed_form(event.kind)
        if known.files.template(name) is None:
            continue
        what = told(event.what, known.ladder)[0] if event.what else name
        address = f"/documents/{known.alert.reference}/{name}-{event.number}"
        day = in_full(london_date(event.at))
        in_word = html.link("Word", f"{address}.docx")
        links.append(Markup("{} ({})").format(html.link(f"{what}, {day}", address), in_word))
    html.bullets(links)


def history(seen: Seen) -> None:
    """Everything that happened, the earliest first."""
    typed = Markup('<span class="pa-said" dir="auto">{}</span>')
    item = Markup('<li><span class="pa-when">{}</span><span>{}: {}{}</span></li>')
    items = (
        item.format(line.when, line.who, line.what, typed.format(line.said) if line.said else "")
        for line in seen.history
    )
    html.html(Markup('<ol class="pa-history">{}</ol>').format(Markup().join(items)))
