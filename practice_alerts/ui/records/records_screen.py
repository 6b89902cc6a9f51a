"""How long records are kept, on the screen: what is due, what holds it up, what waits, and what is gone."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from practice_alerts.casework.directory import record_keeping, redaction, second_person
from practice_alerts.casework.directory.destruction_certificate import Destroyed
from practice_alerts.casework.directory.record_keeping import KeptWanted, RecordLine
from practice_alerts.casework.directory.redaction import RedactionLine
from practice_alerts.domain.alert.destroyed import KeptSaid, taken_in_words
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import DirectoryEntry
from practice_alerts.domain.directory.office_permissions import OfficeAct
from practice_alerts.domain.errors import Expected, NotFound
from practice_alerts.domain.seeing.taking_out import Removable
from practice_alerts.domain.text import plural, whole_number
from practice_alerts.ui.office.office_act import OfficeForm
from practice_alerts.ui.page import frame, html, session

PROPOSE = "propose"
TAKE_OUT, CARRY_OUT, LET_STAND = "take_out", "carry_out", "let_stand"
_FIRST_WORDS = 60
_LONGEST = 40  # characters of a reference, and more than enough
_NO_NAMES = "In a sentence without names."

_BUTTONS = complete(
    KeptSaid,
    {
        KeptSaid.HELD: "Set a legal hold",
        KeptSaid.RELEASED: "Lift a legal hold",
        KeptSaid.BORN: "Record a date of birth",
        KeptSaid.DIED: "Record that a child died",
        KeptSaid.ADOPTED: "Lock a record apart",
        KeptSaid.RETURNED: "Put a record back that was locked apart",
        KeptSaid.DISAGREED: "Record that somebody disagrees",
        KeptSaid.DISPUTED: "Restrict it while its accuracy is disputed",
        KeptSaid.SETTLED: "Record that a dispute is settled",
    },
)
_DAYS = {
    KeptSaid.BORN: "Date of birth",
    KeptSaid.DIED: "Date of death",
    KeptSaid.ADOPTED: "Date of the adoption",
}
_SAID_OF = {
    KeptSaid.DISAGREED: (
        "By somebody the alert is about, or for them. It stands with the alert from then on: on its page, on every paper"
        " that is made of it, and in what is handed out."
    ),
    KeptSaid.DISPUTED: (
        "Clocks, reminders and escalation go on, for they are the child’s. Who only had a copy, was asked before or"
        " reads for an audit opens it no longer; its line is not in the log, and it is not destroyed. Every page and"
        " paper says that it is disputed."
    ),
    KeptSaid.SETTLED: "What was wrong is corrected on the alert’s page, or taken out here.",
}
_OF_HOLDS = {KeptSaid.HELD, KeptSaid.RELEASED}


def ways_of_keeping() -> None:
    """What whoever looks after records says of how long they are kept."""
    _ways((PROPOSE, "Propose what is due"), *_said(of_what_is_written=False))


def ways_of_writing(*, keeps: bool) -> None:
    """What whoever may take something out does about what is written, and what is said of it."""
    said = _said(of_what_is_written=True) if keeps else []
    _ways((TAKE_OUT, "Take something out of an alert"), *said)


def _said(*, of_what_is_written: bool) -> list[tuple[str, str]]:
    return [(one.value, _BUTTONS[one]) for one in KeptSaid if one.is_shared is of_what_is_written]


def ways_from(reference: str, *, keeps: bool, redacts: bool) -> None:
    """From the alert's own page: hearing whoever disagrees with it, and taking something out of it."""
    every = [(KeptSaid.DISAGREED.value, _BUTTONS[KeptSaid.DISAGREED])] if keeps and redacts else []
    every += [(TAKE_OUT, "Take something out of it")] if redacts else []
    page = frame.address_of(frame.RECORDS)
    html.ways([html.link(words, f"{page}?act={act}&reference={reference}") for act, words in every])


def come_from() -> str:
    """The reference of the alert from whose page somebody came; empty for what is none."""
    typed = st.query_params.get("reference", "")
    return typed if len(typed) <= _LONGEST and typed.replace("-", "").isalnum() else ""


def _ways(*every: tuple[str, str]) -> None:
    page = frame.address_of(frame.RECORDS)
    html.ways([html.link(words, f"{page}?act={act}", "pa-button") for act, words in every])


def propose(form: OfficeForm) -> str:
    """Ask that records are destroyed."""
    here, actor = session.office(), session.actor()
    found = record_keeping.of_council(here, actor, actor.council)
    due = [one.reference for one in found if one.kept.is_due(here.today)]
    every = "\n".join(due)
    form.begin("Propose that records are destroyed", "Propose it", references=every)
    # What was typed and left some time ago may be older than what is due now.
    form.kept["references"] = str(form.kept["references"] or "").strip() or every
    left = [one for one in due if one not in form.kept["references"].split()]
    html.quiet(
        "Every record that is due stands here; take out those that are to stay. The IRO manager confirms it, and"
        " then nothing brings them back."
    )
    if left:
        html.quiet(f"Due, and not among them: {', '.join(left)}.")
    references = form.text("references", "References, one a line", lines=6)
    reason = form.text("reason", "Why", hint=_NO_NAMES)
    here, actor = form.sent()
    number = record_keeping.propose(here, actor, references.split(), reason)
    return f"Proposed: {number} {plural(number, 'record')}. They are there until somebody else confirms it."


def _say(said: KeptSaid, form: OfficeForm) -> str:
    form.begin(_BUTTONS[said], _BUTTONS[said], references=come_from())
    if said is KeptSaid.ADOPTED:
        html.quiet(
            "Of a closed alert. Once the IRO manager has confirmed it, whoever holds your post opens it, and nobody"
            " else; it is in no list, search or log."
        )
    if said in _SAID_OF:
        html.quiet(_SAID_OF[said])
    optional = " (optional)" if said is KeptSaid.RELEASED else ""
    hint = "None: wherever a hold was set for this complaint." if optional else ""
    lines = form.text("references", f"References, one a line{optional}", lines=3, hint=hint)
    of = ""
    if said in _OF_HOLDS:
        of = form.text("reference", "Reference of the complaint or claim (optional)")
    if said is KeptSaid.DISAGREED:
        of = form.text("reference", "Who disagrees", hint="Such as “the child’s father”.")
    day = form.day("on", _DAYS[said]) if said in _DAYS else None
    if said is KeptSaid.DISAGREED:
        reason = form.text("reason", "What they say, in their words", lines=6)
    else:
        reason = form.text("reason", "Why", hint=_NO_NAMES)
    here, actor = form.sent()
    wanted = KeptWanted(tuple(lines.split()), said, reason, of, day)
    of_which = ", ".join(record_keeping.say(here, actor, wanted))
    if said.takes_two:
        return f"Asked for, of {of_which}. It holds once the IRO manager has confirmed it."
    return f"Recorded for {of_which}."


def _take_out(form: OfficeForm) -> str:
    """Ask that one text of an alert goes."""
    form.begin("Take something out of an alert", "Ask for it", reference=come_from())
    html.quiet(
        "For what must not stand there: another child’s name, somebody else’s address. Somebody else carries it out;"
        " then nothing brings it back, and the record says that something was taken out. Where an alert was raised on"
        " the wrong child, its officer first corrects who the child is, on the alert’s page; then what stood there"
        " before can go here. Whoever disagrees with what is written is heard in another way: “Record that somebody"
        " disagrees”."
    )
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
    reason = form.text("reason", "Why", hint=_NO_NAMES)
    here, actor = form.sent()
    of = redaction.ask(here, actor, reference, chosen, reason, another=another)
    return f"Asked for: {of}. It stands there until somebody else takes it out."


def _is_another(form: OfficeForm) -> bool:
    """Left open it is this child's: nobody is let in by mistake."""
    html.quiet(
        "Whoever has an interest in the child is shut out by this. They stay shut out without it, unless it is another"
        " child’s: then the second person looks at that as well."
    )
    whose = {"this": "This child’s, or nobody can say", "another": "Another child’s"}
    return form.pick("whose", "Of which child it is", whose) == "another"


def _named(one: Removable) -> str:
    """By its question and day, with its first words."""
    words = " ".join(one.text.split())
    return (
        f"{one.label}, {in_full(one.at)}: {words[:_FIRST_WORDS]}{'…' * (len(words) > _FIRST_WORDS)}"
    )


def _carry_out(form: OfficeForm) -> str:
    form.begin("Take it out", "Take it out")
    here, actor = session.office(), session.actor()
    entry, texts = redaction.to_go(here, actor, _of())
    html.lead(f"{second_person.said(here, actor.council, entry.what)}.")
    html.paragraph(f"Why: {entry.what.reason}")
    for one in texts:
        html.said(one.text)
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


def _let_stand(form: OfficeForm) -> str:
    form.begin("Let it stand", "Let it stand")
    number = _of()
    reason = form.text("reason", "Why (optional)", hint=_NO_NAMES)
    here, actor = form.sent()
    second_person.refuse(here, actor, actor.council, number, reason=reason)
    return "It stands as it is."


def _of() -> int:
    """The number of the request, from the page's address."""
    if (of := whole_number(st.query_params.get("of", ""))) is None:
        raise NotFound("request that waits to be carried out")
    return of


def takes(act: str) -> tuple[OfficeAct, ...]:
    """What lets somebody do it."""
    of_writing = {
        TAKE_OUT: OfficeAct.REDACT,
        **dict.fromkeys((CARRY_OUT, LET_STAND), OfficeAct.CONFIRM_REDACTION),
    }
    return (of_writing.get(act, OfficeAct.KEEP_RECORDS),)


def acts() -> Mapping[str, Callable[[OfficeForm], str]]:
    """Each by its name in the page's address."""

    def saying(said: KeptSaid) -> Callable[[OfficeForm], str]:
        return lambda form: _say(said, form)

    return {
        PROPOSE: propose,
        TAKE_OUT: _take_out,
        CARRY_OUT: _carry_out,
        LET_STAND: _let_stand,
        **{said.value: saying(said) for said in KeptSaid},
    }


def records(found: Sequence[RecordLine]) -> None:
    """Those that are due, those that never fall due by themselves, and the others."""
    today = session.office().today
    due = [one for one in found if one.kept.is_due(today)]
    stuck = [one for one in found if one.held_up]
    later = [one for one in found if not (one.kept.is_due(today) or one.held_up)]
    for title, caption, lines, none in (
        ("Due now", "What can be destroyed, once two people say so", due, "No record is due."),
        (
            *("Held, or without a day", "What does not fall due by itself"),
            *(stuck, "Nothing holds a record up."),
        ),
        ("Kept for now", "What falls due first, at the top", later, "No other record is closed."),
    ):
        html.heading(f"{title} ({len(lines):,})")
        rows = (
            (one.reference, in_full(one.closed), one.due_in_words, one.kept.rule, one.held_up)
            for one in lines
        )
        heads = ("Record", "Closed on", "Kept until", "By which rule", "What holds it up")
        html.table(caption, heads, rows, none=none)


def waiting(found: Sequence[DirectoryEntry], *, confirms: bool) -> None:
    """What somebody has proposed."""
    if not found:
        return
    html.heading("Waiting for a second person")
    rows = (
        (in_full(one.at), ", ".join(each.reference for each in one.what.records), one.what.reason)
        for one in found
    )
    html.table("Proposed to be destroyed", ("When", "Records", "Why"), rows)
    if confirms:
        way = f"{frame.address_of(frame.DIRECTORY)}?part=record"
        html.ways([html.link("Confirm or refuse it", way, "pa-button")])


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
            taken_in_words(one.entry.what.taken),
            f"asked for by {one.asked_by}, taken out by {one.ended_by}",
            html.link("Who had it", f"/records/{council}/{one.entry.number}.docx"),
        )
        for one in gone
    )
    heads = ("When", "Record", "What", "By whom", "To keep")
    html.table("What was taken out, the latest first", heads, rows, none="Nothing so far.")


def _waiting_row(one: RedactionLine, *, carries_out: bool) -> html.Row:
    page, what = frame.address_of(frame.RECORDS), one.entry.what
    said, number = taken_in_words(what.taken), one.entry.number
    stand = html.link(
        "Take back" if one.is_own else "Let it stand", f"{page}?act={LET_STAND}&of={number}"
    )
    go = html.link("Look at it and take it out", f"{page}?act={CARRY_OUT}&of={number}")
    links = [html.aside("by somebody else"), stand] if one.is_own else [go, stand]
    asked = f"{one.asked_by}, {in_full(one.entry.at)}"
    return what.name, said, asked, what.reason, html.lines(*links) if carries_out else ""


def destroyed(found: Sequence[Destroyed], council: str) -> None:
    """Each time, with its certificate."""
    html.heading("Destroyed")
    rows = (
        (
            in_full(one.at),
            ", ".join(each.reference for each in one.what.records),
            one.what.by_two,
            html.link("Certificate", f"/records/{council}/{one.number}.docx"),
        )
        for one in found
    )
    heads = ("When", "Records", "By whom", "To keep")
    html.table("What was destroyed, the latest first", heads, rows, none="Nothing so far.")
