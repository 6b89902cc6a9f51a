"""How long records are kept, on the screen: what is due, what holds it up, what waits, and what is gone."""

from collections.abc import Callable, Mapping, Sequence

from practice_alerts.casework.directory import record_keeping
from practice_alerts.casework.directory.destruction_certificate import Destroyed
from practice_alerts.casework.directory.record_keeping import KeptWanted, RecordLine
from practice_alerts.domain.alert.destroyed import KeptSaid
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import DirectoryEntry
from practice_alerts.domain.directory.office_permissions import OfficeAct
from practice_alerts.domain.text import plural
from practice_alerts.ui.office.office_act import OfficeForm
from practice_alerts.ui.page import frame, html, session
from practice_alerts.ui.records import take_out_screen
from practice_alerts.ui.records.take_out_screen import (
    CARRY_OUT,
    LET_STAND,
    TAKE_OUT,
    come_from,
)

PROPOSE = "propose"

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
    reason, nobody = form.why()
    here, actor = form.sent()
    number = record_keeping.propose(*(here, actor, references.split(), reason), names_nobody=nobody)
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
        reason, nobody = form.text("reason", "What they say, in their words", lines=6), False
    else:
        reason, nobody = form.why()
    here, actor = form.sent()
    wanted = KeptWanted(tuple(lines.split()), said, reason, of, day, nobody)
    of_which = ", ".join(record_keeping.say(here, actor, wanted))
    if said.takes_two:
        return f"Asked for, of {of_which}. It holds once the IRO manager has confirmed it."
    return f"Recorded for {of_which}."


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
        TAKE_OUT: take_out_screen.take_out,
        CARRY_OUT: take_out_screen.carry_out,
        LET_STAND: take_out_screen.let_stand,
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
