"""What happened to an alert, line by line, as it is read on the screen and in the document."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.choices import Part, with_ticks
from practice_alerts.domain.alert.restricted import (
    Restricted,
    RestrictionConfirmed,
    RestrictionLifted,
)
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.paper.on_paper import paper_lines
from practice_alerts.domain.procedure.ladder import Ground, Ladder, label_of
from practice_alerts.domain.procedure.procedure import Ours
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.text import capital, joined, small
from practice_alerts.domain.wording import telling_words
from practice_alerts.domain.wording.answer_words import (
    came,
    in_lines,
    said_in_full,
    spoken_line,
    step_said,
    talk_told,
    verdict_in_words,
)
from practice_alerts.domain.wording.definitions import clock_in_words
from practice_alerts.domain.wording.restriction_words import restriction_told


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when in words, who, what happened, and what they said about it (may be empty)."""

    at: datetime
    when: str
    who: str
    what: str
    said: str = ""


KEPT_TO: Mapping[Part, str] = complete(
    Part, {Part.SHARED: "", Part.OWN: ", for our own side only", Part.LEGAL: ", as legal advice"}
)
"""What is said of an entry that not everybody reads who may open the alert."""


def history(
    alert: Alert,
    ladder: Ladder | None,
    names: Mapping[str, str] | None = None,
    ours: Callable[[Ours], str] = lambda _: "",
) -> tuple[Line, ...]:
    """Every event as a line, the earliest first.

    `names` are the directory's, by id, for those who acted without being named in an event; `ours` says of what
    the council's text does not know that it does not.
    """
    names = {**(names or {}), **{one.id: one.name for one in alert.people_named.values()}}
    lines: list[Line] = []
    for event in alert.happened:
        if event.what is None:
            continue
        when = in_full(event.at)
        what, said = told(event.what, ladder)
        if isinstance(event.what, events.Raised) and event.what.paper is not None:
            paper = paper_lines(event.what.paper, event.at, ladder)
            what, said = paper[0][1], _each_line((*paper[1:], ("", said)))
        said = "\n".join(filter(None, (said, *map(ours, events.beside_text(event.what)))))
        lines.append(Line(event.at, when, names.get(event.by, "Somebody"), what, said))
    return tuple(lines)


def _each_line(lines: Iterable[tuple[str, str]]) -> str:
    return "\n".join(": ".join(filter(None, one)) for one in lines if one[1])


def told(event: events.Event, ladder: Ladder | None) -> tuple[str, str]:
    """What happened and who else was told, and what was said about it (may be empty)."""
    what, said = _told(event, ladder)
    heard = events.heard_of(event)
    named = [_heard(one, event, ladder) for one in heard]
    sent = (*event.asked, *event.copied) if isinstance(event, events.Sent) else ()
    by_hand = by_hand_in_words((*sent, *(one for told in heard for one in told.people)))
    return ". ".join(filter(None, (what, *named))), "\n".join(filter(None, (said, by_hand)))


def _told(event: events.Event, ladder: Ladder | None) -> tuple[str, str]:  # noqa: C901, PLR0911, PLR0912 - a line each
    match event:
        case events.Raised():
            return "Raised the alert", _raised(event)
        case events.Sent():
            return _sent(event, ladder), _sent_beside(event)
        case events.Noted():
            return f"Noted{KEPT_TO[event.part]}", event.text
        case events.Referred():
            return ROUTES[event.route].title, in_lines(event.reason, spoken_line(event))
        case events.FollowedUp():
            return f"The referral, {in_full(event.on)}: {event.happened.words}", event.text
        case events.StandstillBegun():
            return "Asked that nothing changes meanwhile", f"{event.action}\nTold: {event.told}"
        case events.StandstillEnded():
            how = "it happened all the same" if event.happened_anyway else "it may go ahead"
            return f"No longer asks that nothing changes meanwhile: {how}", event.reason
        case events.Corrected():
            return _corrected(event), event.reason
        case events.Closed(ending=how, changes=ticked, what_changed=said):
            return f"Closed the alert: {small(how.words)}", with_ticks(ticked, said)
        case events.Reopened():
            return "Reopened the alert", event.reason
        case Restricted() | RestrictionConfirmed() | RestrictionLifted():
            return restriction_told(event)
        case _ if isinstance(event, events.SideEvent):
            return _told_beside(event)
        case _:
            return _told_at_stage(event, ladder)


def _corrected(event: events.Corrected) -> str:
    """The question by its title, with what stood there and what stands there now.

    What identifies the child is told without what stood there: it may be another child's.
    """
    what = f"Corrected an answer{f' ({event.label})' if event.label else ''}"
    if event.was_in_words or event.now_in_words:
        was, now = event.was_in_words, event.now_in_words
    else:  # kept without words: what was typed reads as it is, the name of a choice has no blank in it
        was, now = (one if isinstance(one, str) else "" for one in (event.was, event.now))
        if " " not in was.strip() + now.strip():
            return what
    before = f"{_quoted(was)} before, " if event.names_child is False else ""
    return f"{what}: {before}{_quoted(now)} now"


def _quoted(words: str) -> str:
    return f"“{words}”" if words else "no answer"


def _told_at_stage(event: events.StageEvent, ladder: Ladder | None) -> tuple[str, str]:  # noqa: C901, PLR0911 - the same
    match event:
        case events.AnswerGiven():
            return _answered(event, ladder), said_in_full(event)
        case _ if isinstance(event, events.Talk):
            return talk_told(event)
        case events.ResponseReviewed():
            return f"Reviewed the response: {verdict_in_words(event)}", event.reason
        case events.Held():
            until, owner = in_full(event.until), event.task_owner
            return f"Agreed a hold until {until}; {owner} to see to it", event.reason
        case events.HoldReviewed():
            how = "" if event.on_track else "not "
            return f"Reviewed the hold: it is {how}under way", event.text
        case events.DateAgreed():
            return capital(agreed_in_words(event, ladder)), event.reason
        case events.StepDone():
            return _step(event, ladder), step_said(event)
        case events.Escalated():
            went = f"Escalated to {label_of(ladder, event.to)}"
            return ". ".join(
                filter(None, (went, out_of_turn(ladder, event.stage, event.to)))
            ), _why(event)
        case _:
            assert_never(event)


def agreed_in_words(event: events.DateAgreed, ladder: Ladder | None) -> str:
    """Another day for the answer, the longer total, or both; and with whom it was agreed."""
    day = [f"{in_full(event.until)} for the answer"] if event.until else []
    longer = ladder.exceptional if ladder else None
    total = f" ({clock_in_words(longer)} in all)" if longer else ""
    exceptional = [f"that the alert is exceptional{total}"] if event.exceptional else []
    return f"agreed {' and '.join((*day, *exceptional))}, with {event.agreed_with}"


def out_of_turn(ladder: Ladder | None, left: str, to: str) -> str:
    """That a stage is passed over to which the procedure leads; empty where it goes as the procedure has it."""
    if ladder is None or not (ladder.has(left) and ladder.has(to)) or ladder.is_led_to(left, to):
        return ""
    leads = joined([one.label for one in ladder.next_stages(left)], "or") or "no further stage"
    between = ladder.stages[ladder.place(left) + 1 : ladder.place(to)]
    over = "is" if len(between) == 1 else "are"
    passed = f"; {joined([one.label for one in between])} {over} passed over" if between else ""
    return f"Out of turn: from {label_of(ladder, left)} the procedure leads to {leads}{passed}"


def _told_beside(event: events.SideEvent) -> tuple[str, str]:  # noqa: C901, PLR0911, PLR0912 - the same
    match event:
        case events.SignedOff():
            who, day = event.who, in_full(event.on)
            return f"Recorded the view of {who}, {day}: {small(event.agreement)}", event.text
        case events.ChangeRecorded():
            return "Recorded what is different now", with_ticks(event.changes, event.text)
        case events.Overridden():
            told_by = f"Told: {event.told}, {_moment(event.told_at)}, by {event.by}"
            return f"Told at once, past every stage: {event.event}", in_lines(told_by, event.text)
        case events.ReminderSent():
            return f"Reminded {_all_of(event.people)}", event.text
        case events.Reassigned():
            return f"Gave the alert to {event.to.name}", event.reason
        case events.CaseMoved():
            return _moved_or_gone(event), _case_moved(event)
        case events.Linked():
            return event.in_words, ""
        case events.DoneByHand():
            return _by_hand(event), event.text
        case events.Filed():
            return _filed(event), f"Document {event.document}\n{event.text}".strip()
        case events.Redated():
            return _redated(event), _moved(event)
        case events.Kept() | events.Redirected():
            return event.in_words, event.reason
        case events.Redacted():
            return f"Had {event.in_words} taken out: {event.by_two}", event.reason
        case _:
            assert_never(event)


def _moved_or_gone(event: events.CaseMoved) -> str:
    if event.replaced:
        return f"The case moved, from {in_full(event.since)}"
    return f"No longer read by {' and '.join(one.name for one in event.gone)}"


def _filed(event: events.Filed) -> str:
    return f"Filed on the record, {in_full(event.on)}: everything up to {_moment(event.until)}"


def _by_hand(event: events.DoneByHand) -> str:
    how = "Goes on in the directory" if event.joined else f"Sent by hand, {in_full(event.on)}"
    return f"{how}: {event.name}, {event.post}"


def _moment(at: datetime) -> str:
    here = at.astimezone(LONDON)
    return f"{in_full(here.date())} at {here:%H:%M}"


def _why(event: events.Escalated) -> str:
    ground = next((f"{capital(one.words)}." for one in Ground if one == event.ground), "")
    return in_lines(ground, event.rationale, spoken_line(event))


def _raised(event: events.Raised) -> str:
    at_once = event.gate.told if event.gate else ""
    return in_lines(event.entry_reason, at_once and f"Told at once: {at_once}", spoken_line(event))


def _sent(event: events.Sent, ladder: Ladder | None) -> str:
    asked = " and ".join(dict.fromkeys(map(_the, event.asked)))
    sent = f"Sent{f' to {asked}' if asked else ''} at {label_of(ladder, event.stage)}"
    copied = _all_of(event.copied)
    return f"{sent}, with a copy to {copied}" if copied else sent


def _heard(told: events.Told, event: events.Event, ladder: Ladder | None) -> str:
    people = _all_of(told.people)
    stage = str(getattr(event, "stage", ""))
    to = ": " if told.occasion is events.Occasion.STEP else " to "
    step = f"{to}{_step_at(stage, told.step, ladder)}" if told.step else ""
    return f"{told.occasion.words}{step}: {people}" if people else ""


def by_hand_in_words(people: Iterable[events.Person]) -> str:
    """Whom the product cannot reach; empty where it reaches everybody."""
    names = telling_words.people(one for one in people if not one.id)
    return f"To be told by hand: {names}" if names else ""


def _all_of(people: Iterable[events.Person]) -> str:
    """Those of the directory, by post."""
    return " and ".join(dict.fromkeys(_the(one) for one in people if one.id))


def _sent_beside(event: events.Sent) -> str:
    """Why it went to others than those meant."""
    others = "; ".join(event.instead_of)
    return f"Instead of {others}: {event.instead_reason}" if others else ""


def _answered(event: events.AnswerGiven, ladder: Ladder | None) -> str:
    promise = f" by {in_full(event.promise_by)}" if event.promise_by else ""
    where = f"at {label_of(ladder, event.stage)}: {event.response.words}{promise}"
    if isinstance(event, events.AnswerRecorded):
        return f"Recorded the answer of {event.by.in_words}, {came(event)}, {where}"
    if not event.by.id:
        return f"Recorded the answer of {_the(event.by)} {where}"
    return f"Answered {where}"


def _step(event: events.StepDone, ladder: Ladder | None) -> str:
    what = _step_at(event.stage, event.step, ladder)
    if event.late:
        what += f". Recorded late, once {label_of(ladder, event.stage)} was left"
    if event.took_place is None:
        return f"Not needed: {what}"
    return f"Took place on {_moment(event.took_place)}: {what}"


def _case_moved(event: events.CaseMoved) -> str:
    each = (
        f"{one.label}: {one.now or 'nobody'} in place of {one.was or 'nobody'}"
        for one in event.replaced
    )
    return "\n".join((*each, event.reason))


def _step_at(stage: str, step_id: str, ladder: Ladder | None) -> str:
    steps = ladder.stage(stage).steps if ladder is not None and ladder.has(stage) else ()
    return next((step.what for step in steps if step.id == step_id), step_id)


def _redated(event: events.Redated) -> str:
    if event.moved:
        why = "A rule for dates was put right" if event.rules else "The calendar changed"
        return f"{why}: dates worked out again"
    if event.beside:
        return "A day was put down as closed too late to move a date: both dates stand"
    return "The closure of a day, put down late, was taken back: one date stands"


def _moved(event: events.Redated) -> str:
    def said(day: date | None) -> str:
        return in_full(day) if day else "no date"

    closed = ", ".join(f"{in_full(one.day)} ({one.reason})" for one in event.closed)
    moved = (f"{_clock(one)}: {said(one.was)}, now {said(one.now)}" for one in event.moved)
    beside = (
        f"{_clock(one)}: {said(one.was)} stays, and figures go by it; with {closed} closed it would be"
        f" {said(one.now)}"
        for one in event.beside
    )
    return "\n".join((*moved, *beside))


def _clock(moved: events.Moved) -> str:
    return moved.what or ("Time limit" if moved.clock == "cap" else "Answer due")


def _the(person: events.Person) -> str:
    """The post with its article; some titles have one. Without a post, the name."""
    return f"the {person.post.removeprefix('The ')}" if person.post else person.name
