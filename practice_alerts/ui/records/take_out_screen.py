"""Taking something out of an alert, on the screen: asked for, looked at by somebody else, and what was taken out."""

from collections.abc import Mapping, Sequence

import streamlit as st

from practice_alerts.casework.directory import redaction, second_person
from practice_alerts.casework.directory.redaction import RedactionLine, SaidOfIt
from practice_alerts.casework.records.copies import in_words
from practice_alerts.domain.alert.destroyed import taken_in_words
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import BadAnswers, Expected, NotFound
from practice_alerts.domain.seeing.taking_out import Removable
from practice_alerts.domain.text import joined, whole_number
from practice_alerts.ui.office.office_act import OfficeForm
from practice_alerts.ui.page import frame, html, session

TAKE_OUT, CARRY_OUT, LET_STAND = "take_out", "carry_out", "let_stand"
_WHAT_FOR = (
    "For what must not stand there: another child’s name, somebody else’s address. Somebody else carries it out; then"
    " nothing brings it back, and the record says that something was taken out. Where an alert was raised on the wrong"
    " child, its officer first corrects who the child is, on the alert’s page; then what stood there before can go"
    " here. Whoever disagrees with what is written is heard in another way: “Record that somebody disagrees”."
)
_HERE, _EVERYWHERE = "here", "everywhere"
_FIRST_WORDS = 60
_LONGEST = 40  # characters of a reference, and more than enough


def come_from() -> str:
    """The reference of the alert from whose page somebody came; empty for what is none."""
    typed = st.query_params.get("reference", "")
    return typed if len(typed) <= _LONGEST and typed.replace("-", "").isalnum() else ""


def take_out(form: OfficeForm) -> str:
    """Ask that one text of an alert goes."""
    form.begin("Take something out of an alert", "Ask for it", reference=come_from())
    html.quiet(_WHAT_FOR)
    here, actor = session.office(), session.actor()
    reference = form.text("reference", "Reference of the alert, such as LAM-2026-0001")
    every: Mapping[str, Removable] = {}
    if reference.strip():
        try:
            every = {one.key: one for one in redaction.choices(here, actor, reference)}
        except Expected as error:
            html.lead(str(error))
    chosen = form.pick("what", "What is to go", {key: _named(one) for key, one in every.items()})
    if chosen in every:
        html.said(every[chosen].text)
    another = chosen in every and every[chosen].says_which_child and _is_another(form)
    where = _where(form, reference, every[chosen]) if chosen in every else _HERE
    reason, nobody = form.why()
    here, actor = form.sent()
    if not where:
        raise BadAnswers({"where": "Out of which: choose one."})
    all_of_them = where == _EVERYWHERE
    of = redaction.ask(
        *(here, actor, reference, chosen, reason),
        said=SaidOfIt(another=another, everywhere=all_of_them, names_nobody=nobody),
    )
    return f"Asked for: {joined(of)}. It stands there until somebody else takes it out."


def _where(form: OfficeForm, reference: str, what: Removable) -> str:
    """Out of which alerts, where the same stands in others; empty while nothing is chosen."""
    also = redaction.elsewhere(session.office(), session.actor(), reference, (what,))
    if said := in_words(also.references, also.others):
        html.lead(f"It stands in the same words in {said}.")
    if not also.references:
        return _HERE
    where = {
        _EVERYWHERE: f"All of them: {reference.strip().upper()} and {joined(also.references)}",
        _HERE: f"{reference.strip().upper()} alone",
    }
    return form.pick("where", "Out of which", where)


def _is_another(form: OfficeForm) -> bool:
    """Left open it is this child's: nobody is let in by mistake."""
    html.quiet(
        "Whoever has an interest in the child is shut out by this. They stay shut out without it, unless it is another"
        " child’s: then the second person looks at that as well."
    )
    whose = {"this": "This child’s, or nobody can say", "another": "Another child’s"}
    return form.pick("whose", "Whose it is", whose) == "another"


def _named(one: Removable) -> str:
    """By its question and day, with its first words."""
    words = " ".join(one.text.split())
    return (
        f"{one.label}, {in_full(one.at)}: {words[:_FIRST_WORDS]}{'…' * (len(words) > _FIRST_WORDS)}"
    )


def carry_out(form: OfficeForm) -> str:
    form.begin("Take it out", "Take it out")
    here, actor = session.office(), session.actor()
    entry, texts = redaction.to_go(here, actor, _of())
    html.lead(f"{second_person.said(here, actor.council, entry.what)}.")
    html.paragraph(f"Why: {entry.what.reason}")
    for one in texts:
        html.said(one.text)
    also = redaction.elsewhere(here, actor, entry.what.name, texts)
    if said := in_words(also.references, also.others):
        html.lead(
            f"It stands in the same words in {said}. Out of each of them it is taken by itself."
        )
    if any(one.another for one in entry.what.taken):
        html.lead(
            "Whoever asks says that this is another child’s. Make sure of it: who has an interest in that child, and"
            " in this one by nothing else, can open the alert from then on."
        )
    html.quiet(
        "You take it out, as the second person. It goes from the record, its documents, the search, drafts and the"
        " log, and nothing brings it back."
    )
    here, actor = form.sent()
    second_person.confirm(here, actor, actor.council, entry.number)
    return f"Taken out of {entry.what.name}. “Who had it” says whom it had reached."


def let_stand(form: OfficeForm) -> str:
    form.begin("Let it stand", "Let it stand")
    number = _of()
    reason, nobody = form.why("Why (optional)")
    here, actor = form.sent()
    second_person.refuse(here, actor, actor.council, number, reason=reason, names_nobody=nobody)
    return "It stands as it is."


def _of() -> int:
    """The number of the request, from the page's address."""
    if (of := whole_number(st.query_params.get("of", ""))) is None:
        raise NotFound("request that waits to be carried out")
    return of


def to_take_out(found: Sequence[RedactionLine], *, carries_out: bool) -> None:
    """What somebody has asked for, and a second person is to look at."""
    waits = [one for one in found if one.entry.waits]
    if waits:
        html.heading("To be taken out by a second person")
        heads = ("Record", "What", "Asked for by", "Why", "What to do")
        rows = (_waiting_row(one, carries_out=carries_out) for one in waits)
        html.table("What somebody has asked for", heads, rows)


def redactions(found: Sequence[RedactionLine], council: str) -> None:
    """What was taken out of alerts."""
    gone = [one for one in found if not one.entry.waits]
    html.heading("Taken out of alerts")
    rows = (
        (
            in_full(one.entry.ended.at) if one.entry.ended else "",
            one.entry.what.name,
            _what_of(one),
            f"asked for by {one.asked_by}, taken out by {one.ended_by}",
            html.link("Who had it", f"/records/{council}/{one.entry.number}.docx"),
        )
        for one in gone
    )
    heads = ("When", "Record", "What", "By whom", "To keep")
    html.table("What was taken out, the latest first", heads, rows, none="Nothing so far.")


def _what_of(one: RedactionLine) -> str:
    """With what is left of it on other alerts."""
    said = taken_in_words(one.entry.what.taken)
    also = in_words(one.also.references, one.also.others)
    return f"{said}; the same stood in {also}, and was not asked for there" if also else said


def _waiting_row(one: RedactionLine, *, carries_out: bool) -> html.Row:
    page, what = frame.address_of(frame.RECORDS), one.entry.what
    said, number = _what_of(one), one.entry.number
    stand = html.link(
        "Take back" if one.is_own else "Let it stand", f"{page}?act={LET_STAND}&of={number}"
    )
    go = html.link("Look at it and take it out", f"{page}?act={CARRY_OUT}&of={number}")
    links = [html.aside("by somebody else"), stand] if one.is_own else [go, stand]
    asked = f"{one.asked_by}, {in_full(one.entry.at)}"
    return what.name, said, asked, what.reason, html.lines(*links) if carries_out else ""
