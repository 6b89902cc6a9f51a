"""How every act is recorded: events, current-state row, askings and notices, all or nothing."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from practice_alerts.adapters.store.alerts import current_state, drafts, event_store, let_in_rows
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import outbox
from practice_alerts.casework.core import found_by, notify, reserve, shutting_out, telling
from practice_alerts.casework.core.actors import writing_as
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.acts import why_not
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.events import Event, Sent, kind_of
from practice_alerts.domain.errors import (
    NotAllowed,
    NotFound,
    NotPossible,
    SomeoneWasFaster,
    Unsendable,
)
from practice_alerts.domain.forms.subject import one_line
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.domain.standing.let_in import who_is_let_in
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks
from practice_alerts.domain.standing.status import is_to_review, look_again
from practice_alerts.domain.standing.waiting_on import stays
from practice_alerts.office import Office

_LONGEST_KEY: Final = 200


@dataclass(frozen=True, slots=True)
class Doing:
    """What somebody is about to do: who, with which key, on what they saw."""

    actor: Actor
    act_key: str
    """Made when the screen was shown: pressing twice is one act."""
    seen_version: int


@dataclass(frozen=True, slots=True)
class Pressed:
    """What is to happen once: which event it amounts to, on which alert, and the draft that has then served."""

    event: type[Event]
    alert_id: str | None = None
    """None for an act that makes an alert."""
    draft: str | None = None


def new_act_key() -> str:
    return secrets.token_urlsafe(16)


def load_for(office: Office, tx: Tx, alert_id: str, act: Act, doing: Doing) -> Known:
    """The alert, once it is sure that this person may do this now, and saw how it stands."""
    found = load(office, tx, alert_id)
    if not found.may(doing.actor, Act.SEE):
        raise NotFound("practice alert")
    reason = why_not(act, found.alert, found.rules)
    if reason is not None:
        raise NotPossible(reason)
    if not found.may(doing.actor, act):
        raise NotAllowed(act.value)
    if found.alert.version != doing.seen_version:
        raise SomeoneWasFaster
    return found


def act(
    office: Office,
    alert_id: str,
    which: Act,
    doing: Doing,
    decide: Callable[[Tx, Known], tuple[Event, ...]],
) -> Known:
    """Every act on an alert: may they? decide, append events and what follows, in one transaction.

    Pressing twice acts once. Raises NotFound, NotAllowed, NotPossible, SomeoneWasFaster, Unsendable, and
    what `decide` raises; then nothing has happened.
    """

    def do(tx: Tx) -> Known:
        found = load_for(office, tx, alert_id, which, doing)
        events = telling.with_told(office, tx, found, decide(tx, found), doing.actor.id)
        return record(office, tx, alert_id, events, doing)

    pressed = Pressed(ACTS[which].event, alert_id, draft_about(which, alert_id))
    return once(office, pressed, doing, do)


def once(office: Office, pressed: Pressed, doing: Doing, do: Callable[[Tx], Known]) -> Known:
    """In one transaction; pressed a second time, the alert as it stands, for whoever may still see it.

    Raises Unsendable without a key, NotFound, and what `do` raises.
    """
    key, who = doing.act_key, doing.actor
    must_be_key(key)
    kind = kind_of(pressed.event)
    with _refusals(office, pressed, doing), writing_as(office, who) as tx:
        before = event_store.done_before(tx, key, who.id, kind, pressed.alert_id)
        found = do(tx) if before is None else load(office, tx, before)
        if before is not None and not found.may(who, Act.SEE):
            raise NotFound("practice alert")
        if pressed.draft is not None:
            drafts.discard_about(tx, who.id, pressed.draft)
        return found


@contextmanager
def _refusals(office: Office, pressed: Pressed, doing: Doing) -> Iterator[None]:
    """Put down once the transaction is over, which an entry of its own would wait for."""
    try:
        yield
    except (NotAllowed, NotFound):
        about = (doing.actor.council, pressed.alert_id or "", kind_of(pressed.event))
        entry = SecurityEntry(SecurityKind.REFUSED, doing.actor.id or None, *about)
        office.security_log.note(entry, once_in=timedelta(minutes=1))
        raise


def must_be_key(key: str) -> None:
    """Raises Unsendable for what no screen of ours has made."""
    if not key.strip() or len(key) > _LONGEST_KEY or not key.isprintable():
        raise Unsendable


def draft_about(which: Act, alert_id: str) -> str:
    """What a draft of an act is filed under; done with the act itself."""
    return f"{which.value}:{alert_id}"


def record(office: Office, tx: Tx, alert_id: str, events: tuple[Event, ...], doing: Doing) -> Known:
    """Append the events and everything that follows from them, in the caller's transaction."""
    # Never before what happened last: a server's clock may be set back, and what is reviewed stays reviewed.
    at = max(filter(None, (office.now(), event_store.last_at(tx, alert_id))))
    who, key, seen = doing.actor.id, doing.act_key, doing.seen_version
    ids = event_store.append(tx, event_store.NewAct(alert_id, who, at, key, events, seen))
    found = load(office, tx, alert_id)
    calendar = office.calendar(found.files.id, tx)
    clocks = running_clocks(found.alert, found.ladder, calendar)
    current_state.put(tx, current_row(found, clocks, calendar.version), is_new=seen == 0)
    found_by.keep_words(office, tx, found, ids)
    before = found.shut_out
    if shutting_out.keep(tx, found):
        found = load(office, tx, alert_id)
        shutting_out.follow(office, tx, found, found.shut_out - before, who)
    _let_in(tx, found)
    reached: set[str] = set()
    steps = [
        (notify.Telling(office, tx, found, clocks, event_id, reached), event)
        for event_id, event in zip(ids, events, strict=True)
    ]
    for tells, event in steps:
        tells.follow(event)
    for tells, event in steps:
        tells.copy(event)
    for tells, event in steps:
        tells.tell_outcome(event)
    if any(isinstance(event, Sent) for event in events):
        reserve.tell_reserve(office, tx, found, who)
    return found


def _let_in(tx: Tx, found: Known) -> None:
    who_opens = who_is_let_in(found.alert)
    let_in_rows.put(tx, found.id, who_opens)
    if who_opens:
        outbox.take_back(tx, found.id, who_opens)


def current_row(found: Known, clocks: Clocks, calendar: str) -> current_state.CurrentRow:
    """The row that lists read, as it follows from the events; `calendar` is the version of the dates."""
    alert, run = found.alert, found.alert.run
    return current_state.CurrentRow(
        id=found.id,
        reference=alert.reference,
        council=alert.raised.council,
        kind=alert.raised.alert_kind,
        edition=alert.raised.edition,
        version=alert.version,
        is_open=alert.is_open,
        raiser_id=alert.raiser.id,
        officer_id=alert.officer.id,
        stage=run.stage if run else None,
        response_due=clocks.answer_by,
        due_is_aim=clocks.waits_for_aim,
        hold_until=clocks.hold,
        cap_due=clocks.time_limit.by_day if clocks.time_limit else None,
        slack=clocks.days_to_spare,
        to_judge=run is not None and found.stage is not None and is_to_review(run, found.stage),
        judged=run.review.reviewed.verdict.value if run and run.review else None,
        **_said_of_it(alert.answers),
        raised_at=alert.raised_at,
        changed_at=alert.happened[-1].at,
        calendar=calendar,
        is_restricted=alert.restriction is not None,
        is_filed=alert.is_filed,
        look_again=look_again(alert),
        **_stands(found, clocks),
    )


def _stands(found: Known, clocks: Clocks) -> dict[str, Any]:
    """The columns that say where it stands, and until when it does so by itself."""
    stands = stays(found.alert, found.ladder, clocks)
    onward = clocks.escalate_by if found.alert.is_open else None
    return {"pile": stands.pile.value, "turns_at": stands.until, "escalate_by": onward}


def _said_of_it(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that come from the form."""
    return {
        "child": initials(str(answers.get("child_name", ""))),
        "case_number": str(answers.get("case_number", "")),
        "about": one_line(answers),
        "team": str(answers.get("team", "")),
        "categories": _between_blanks(answers.get("category")),
    }


def _between_blanks(chosen: object) -> str:
    ids = chosen if isinstance(chosen, list | tuple) else [chosen] if chosen else []
    return f" {' '.join(map(str, ids))} " if ids else ""


def initials(name: str) -> str:
    """A. B. for a child called Anna Berg: an officer with sixty children must tell them apart."""
    return " ".join(f"{part[0].upper()}." for part in name.split() if part[0].isalnum())
