"""How long an alert is kept, what is not known that decides it, and who says that it is not right. Nothing is guessed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.destroyed import REMOVED, Kept, KeptSaid, Redacted
from practice_alerts.domain.dates import in_full, london_date, read_day
from practice_alerts.domain.procedure.case_types import LOOKED_AFTER
from practice_alerts.domain.procedure.keeping import (
    AFTER_DEATH,
    GROWN_UP,
    LOOKED_AFTER_KEPT,
    KeepRule,
    anniversary,
    read_keep,
)
from practice_alerts.domain.procedure.procedure import Procedure

_OLDEST = 26
"""Those who leave care are supported until they are 25."""


@dataclass(frozen=True, slots=True)
class TimeKept:
    """From `due` on it may be destroyed, by that rule; None for good, or where `lacks` says what is not known."""

    due: date | None
    rule: str
    lacks: str = ""
    held: tuple[Kept, ...] = ()
    """Legal holds, while which nothing is destroyed."""
    is_apart: bool = False
    """The child was adopted, and records of that are kept by other rules."""
    is_disputed: bool = False
    """Whoever disputes it may need it to prove that."""

    def is_due(self, today: date) -> bool:
        free = not (self.held or self.is_apart or self.is_disputed or self.lacks)
        return free and self.due is not None and self.due <= today


def time_kept(alert: Alert, procedure: Procedure) -> TimeKept | None:
    """By the law and the council's present rules; None while it is open."""
    if alert.closed_at is None:
        return None
    said = kept_said(alert)
    held = holds(alert)
    if alert.restriction is not None and alert.restriction.is_locked:
        return TimeKept(None, "locked apart", held=held, is_apart=True)
    closed = london_date(alert.closed_at)
    found = _longest(alert, procedure, said, closed)
    filed = read_keep(procedure.keep.filed or "")
    if filed and alert.is_filed:
        born = _day_of(said, KeptSaid.BORN) or _born(alert)
        ends = filed.ends(born, closed)
        if ends and (found.due is None or ends < found.due):
            rule = f"{filed.in_words}, because all of it is filed on the child's record"
            found = TimeKept(ends, rule)
    return replace(found, held=held, is_disputed=is_disputed(alert))


def why_no_such_day(alert: Alert, what: Kept) -> str:
    """Why the child cannot have been born, have died or been adopted on it, for all that is known here; else empty."""
    form, raised = _born(alert), london_date(alert.raised_at)
    born = _day_of(kept_said(alert), KeptSaid.BORN) or form
    match what:
        case Kept(said=KeptSaid.BORN, on=date() as day):
            if form and day != form:
                return f"its form says {in_full(form)}. If that is wrong, its officer corrects it on the alert's page."
            if anniversary(day, _OLDEST) <= raised:
                return f"nobody of {_OLDEST} or more is the subject of an alert."
        case Kept(said=KeptSaid.DIED | KeptSaid.ADOPTED, on=date() as day):
            if born and day < born:
                return f"it comes before the day of birth, {in_full(born)}."
            if what.said is KeptSaid.DIED and day < raised:
                return f"the alert was raised later, on {in_full(raised)}."
        case _:
            pass
    return ""


def kept_said(alert: Alert) -> Mapping[KeptSaid, Kept]:
    """What was said last of each."""
    return {what.said: what for _, what in alert.beside if isinstance(what, Kept)}


def statements(alert: Alert) -> tuple[tuple[datetime, Kept], ...]:
    """Each with when it was recorded, the earliest first."""
    every = ((at, what) for at, what in alert.beside if isinstance(what, Kept))
    return tuple((at, what) for at, what in every if what.said is KeptSaid.DISAGREED)


def is_disputed(alert: Alert) -> bool:
    """Is it restricted, because it is not settled whether it is right?"""
    about = {KeptSaid.DISPUTED, KeptSaid.SETTLED}
    said = [what.said for _, what in alert.beside if isinstance(what, Kept) and what.said in about]
    return said[-1:] == [KeptSaid.DISPUTED]


def holds(alert: Alert) -> tuple[Kept, ...]:
    """Those in force. Where the reference was taken out by which one was lifted, nobody can say which: all stand."""
    found: list[Kept] = []
    gone = {
        one.number
        for event in alert.happened
        if isinstance(event.what, Redacted)
        for one in event.what.taken
    }
    for event in alert.happened:
        what = event.what
        if isinstance(what, Kept) and what.said is KeptSaid.HELD:
            again = what.reference != REMOVED
            found = [one for one in found if not (again and one.reference == what.reference)]
            found.append(what)
        elif isinstance(what, Kept) and what.said is KeptSaid.RELEASED:
            says_which = event.number not in gone or what.reference != REMOVED
            found = [one for one in found if not (says_which and one.reference == what.reference)]
    return tuple(found)


def held_for(alert: Alert) -> frozenset[str]:
    """The references of the complaints, claims and inquiries for which a hold is in force."""
    return frozenset(one.reference for one in holds(alert))


def _longest(
    alert: Alert, procedure: Procedure, said: Mapping[KeptSaid, Kept], closed: date
) -> TimeKept:
    """Of the rules for each that the child was; what one of them lacks, the whole lacks."""
    born = _day_of(said, KeptSaid.BORN) or _born(alert)
    died = _day_of(said, KeptSaid.DIED)
    each = [_by_rule(one, procedure, born, died, closed) for one in subjects(alert, procedure)]
    if for_good := [one for one in each if not one.lacks and one.due is None]:
        return for_good[0]
    if lacking := [one for one in each if one.lacks]:
        return TimeKept(None, lacking[0].rule, "; ".join(dict.fromkeys(x.lacks for x in lacking)))
    return max(each, key=lambda one: one.due or date.max)


def subjects(alert: Alert, procedure: Procedure) -> tuple[str, ...]:
    """As what it was raised, and what else the form says the child was."""
    ticked = alert.answers.get("case_status")
    also = ticked if isinstance(ticked, list | tuple) else (ticked,)
    known = procedure.case_titles
    return tuple(dict.fromkeys((alert.raised.raised_as, *(one for one in also if one in known))))


def _by_rule(
    subject: str, procedure: Procedure, born: date | None, died: date | None, closed: date
) -> TimeKept:
    if subject == LOOKED_AFTER:
        return _looked_after(born, died)
    title = procedure.case_titles.get(subject, subject)
    words = _words_of(subject, procedure)
    rule = read_keep(words)
    if rule is None:
        what = f"“{words}” is no rule" if words else "no rule"
        return TimeKept(None, words, f"{what} for {title} in the council's file")
    return _with_day(rule, rule.ends(born, closed), f"{rule.in_words} ({title})")


def _with_day(rule: KeepRule, ends: date | None, words: str) -> TimeKept:
    lacks = "the date of birth is not known" if rule.birthday and ends is None else ""
    return TimeKept(ends, words, lacks)


def _looked_after(born: date | None, died: date | None) -> TimeKept:
    """Regulation 50 of SI 2010/959."""
    rule = LOOKED_AFTER_KEPT
    if born and died and died < anniversary(born, GROWN_UP):
        words = f"{AFTER_DEATH} years from the death, before the age of 18"
        return TimeKept(anniversary(died, AFTER_DEATH), words)
    return _with_day(rule, rule.ends(born, date.min), f"{rule.in_words} (looked after)")


def _words_of(subject: str, procedure: Procedure) -> str:
    own = procedure.case_types.get(subject)
    return str(getattr(procedure.keep, subject, None) or (own.keep if own else "") or "")


def _day_of(said: Mapping[KeptSaid, Kept], which: KeptSaid) -> date | None:
    return said[which].on if which in said else None


def _born(alert: Alert) -> date | None:
    return read_day(str(alert.answers.get("date_of_birth", "")))


def rules_in_words(procedure: Procedure) -> Iterator[tuple[str, str]]:
    """For each whom alerts may be about, how long its records are kept, as it is worked out."""
    yield (
        "a looked-after child",
        f"{LOOKED_AFTER_KEPT.in_words}, or {AFTER_DEATH} years from a death before 18",
    )
    for name, title in procedure.case_titles.items():
        words = _words_of(name, procedure)
        if name == LOOKED_AFTER or not (words or name in procedure.raised_by):
            continue
        rule = read_keep(words)
        yield (
            title,
            rule.in_words
            if rule
            else "not said: the council decides, and until then they stay for good",
        )
    if filed := read_keep(procedure.keep.filed or ""):
        yield "what is filed whole on the child's record", f"{filed.in_words}, here"
