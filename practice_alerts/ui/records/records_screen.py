"""How long records are kept, on the screen: what is due, what holds it up, what waits, and what is gone."""

from collections.abc import Callable, Mapping, Sequence

from practice_alerts.casework.directory import record_keeping
from practice_alerts.casework.directory.destruction_certificate import Destroyed
from practice_alerts.casework.directory.record_keeping import KeptWanted, RecordLine
from practice_alerts.domain.alert.destroyed import KeptSaid
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import DirectoryEntry
from practice_alerts.domain.text import plural
from practice_alerts.ui.office.office_act import OfficeForm
from practice_alerts.ui.page import frame, html, session

PROPOSE = "propose"
_NO_NAMES = "In a sentence without names."

_BUTTONS = complete(
    KeptSaid,
    {
        KeptSaid.HELD: "Set a legal hold",
        KeptSaid.RELEASED: "Lift a legal hold",
        KeptSaid.BORN: "Record a date of birth",
        KeptSaid.DIED: "Record that a child died",
        KeptSaid.ADOPTED: "Lock a record apart",
    },
)
_DAYS = {
    KeptSaid.BORN: "Date of birth",
    KeptSaid.DIED: "Date of death",
    KeptSaid.ADOPTED: "Date of the adoption",
}
_OF_HOLDS = {KeptSaid.HELD, KeptSaid.RELEASED}


def ways() -> None:
    """What whoever looks after records can do."""
    page = frame.address_of(frame.RECORDS)
    every = [(PROPOSE, "Propose what is due"), *((one.value, _BUTTONS[one]) for one in KeptSaid)]
    html.ways([html.link(words, f"{page}?act={act}", "pa-button") for act, words in every])


def propose(form: OfficeForm) -> str:
    """Ask that records are destroyed."""
    here, actor = session.office(), session.actor()
    found = record_keeping.of_council(here, actor, actor.council)
    due = [one for one in found if one.kept.is_due(here.today)]
    every = "\n".join(one.reference for one in due)
    form.begin("Propose that records are destroyed", "Propose it", references=every)
    html.quiet(
        "Every record that is due stands here; take out those that are to stay. The IRO manager confirms it, and"
        " then nothing brings them back."
    )
    references = form.text("references", "References, one a line", lines=6)
    reason = form.text("reason", "Why", hint=_NO_NAMES)
    here, actor = form.sent()
    number = record_keeping.propose(here, actor, references.split(), reason)
    return f"Proposed: {number} {plural(number, 'record')}. They are there until somebody else confirms it."


def _say(said: KeptSaid, form: OfficeForm) -> str:
    form.begin(_BUTTONS[said], _BUTTONS[said])
    if said is KeptSaid.ADOPTED:
        html.quiet("From then on you alone open it, and it is in no list, search or log.")
    optional = " (optional)" if said is KeptSaid.RELEASED else ""
    hint = "None: wherever a hold was set for this complaint." if optional else ""
    lines = form.text("references", f"References, one a line{optional}", lines=3, hint=hint)
    of = ""
    if said in _OF_HOLDS:
        of = form.text("reference", "Reference of the complaint or claim (optional)")
    day = form.day("on", _DAYS[said]) if said in _DAYS else None
    reason = form.text("reason", "Why", hint=_NO_NAMES)
    here, actor = form.sent()
    wanted = KeptWanted(tuple(lines.split()), said, reason, of, day)
    return f"Recorded for {', '.join(record_keeping.say(here, actor, wanted))}."


def acts() -> Mapping[str, Callable[[OfficeForm], str]]:
    """Each by its name in the page's address."""

    def saying(said: KeptSaid) -> Callable[[OfficeForm], str]:
        return lambda form: _say(said, form)

    return {
        PROPOSE: propose,
        **{said.value: saying(said) for said in KeptSaid},
    }


def records(found: Sequence[RecordLine]) -> None:
    """Those that are due, those that never fall due by themselves, and the others."""
    today = session.office().today
    due = [one for one in found if one.kept.is_due(today)]
    stuck = [one for one in found if one.held_up]
    later = [one for one in found if not (one.kept.is_due(today) or one.held_up)]
    for title, lines, none in (
        ("Due now", due, "No record is due."),
        ("Held, or without a day", stuck, "Nothing holds a record up."),
        ("Kept for now", later, "No other record is closed."),
    ):
        html.heading(f"{title} ({len(lines):,})")
        rows = (
            (one.reference, in_full(one.closed), one.due_in_words, one.kept.rule, one.held_up)
            for one in lines
        )
        heads = ("Record", "Closed on", "Kept until", "By which rule", "What holds it up")
        html.table(title, heads, rows, none=none)


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
