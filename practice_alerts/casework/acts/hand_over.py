"""All open alerts of one officer given to others at once, as when somebody falls ill."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from practice_alerts.adapters.store.alerts import current_state, event_store, reminder_candidates
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.casework.acts import act_form
from practice_alerts.casework.core.actors import actor_in, raising_post, writing_as
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.core.notice_facts import alert_page
from practice_alerts.casework.core.record import Doing, must_be_key, record
from practice_alerts.domain.acts.permissions import Act, Actor, is_challenged
from practice_alerts.domain.alert.events import Person, Reassigned, kind_of
from practice_alerts.domain.dates import DayOrMoment, in_full, london_date
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from practice_alerts.domain.forms.validation import Faults, control_characters
from practice_alerts.domain.notices.texts import NoticeFacts, NoticeItem, Text
from practice_alerts.domain.procedure.directions import MANAGER
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.domain.standing.status import where
from practice_alerts.office import Office

LEFT = ""
"""In place of an officer: this alert stays where it is."""
_TO_NEW, _TO_OLD = "handed_on_together", "handed_over"
TOLD = frozenset({_TO_NEW, _TO_OLD})
"""The e-mails that list alerts, and are written of none alone."""
_LONGEST = 1_000  # characters of a reason, which stands in each alert


@dataclass(frozen=True, slots=True)
class AlertToGive:
    """One open alert of the officer, with the next of its dates."""

    id: str
    reference: str
    stage: str
    stands: str
    """Where it stands, in a word or two."""
    due: DayOrMoment | None
    takers: Mapping[str, str]
    """Who may take it over, by id, each with post."""
    refused: Mapping[str, str]
    """Who raises alerts here and may not take this one, by id, each with the reason."""
    why_not: str = ""
    """Why whoever looks may not give it to anybody; empty where they may."""

    @property
    def in_words(self) -> str:
        """Its date first."""
        due = in_full(self.due) if self.due else "No date"
        return ", ".join(filter(None, (due, self.reference, self.stage, self.stands)))


_GivenOver = tuple[AlertToGive, Known]
"""As it was looked at, and as it is now that it is another officer's."""


@dataclass(frozen=True, slots=True)
class Caseload:
    """Every open alert of one officer that whoever looks may see, the earliest date first."""

    officer_id: str
    officer: str
    alerts: tuple[AlertToGive, ...]
    everybody: Mapping[str, str]
    """Who may take any of them."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of each, by reference: with whom it is now, or why it stayed."""

    given: Mapping[str, str]
    left: Mapping[str, str]


def look(office: Office, by: Actor, officer_id: str) -> Caseload:
    """Raises NotFound for whoever is no manager of the service, NotPossible for who has no open alert."""
    with office.database.reading() as tx:
        return _caseload(office, tx, by, officer_id)


def hand_over(
    office: Office, officer_id: str, to: Mapping[str, str], reason: str, doing: Doing
) -> HandedOver:
    """Give each alert to whoever `to` says by its id; one named to `LEFT`, or not at all, stays.

    In one transaction, and each with an event of its own. What whoever is named may not take stays, with
    the reason. Pressed twice, nothing happens. Raises BadAnswers, NotFound, NotPossible.
    """
    must_be_key(doing.act_key)
    with writing_as(office, doing.actor) as tx:
        same = (doing.act_key, doing.actor.id, kind_of(Reassigned))
        if before := event_store.done_under(tx, *same):
            return _done_before(office, tx, before)
        seen = _caseload(office, tx, doing.actor, officer_id)
        _must_be_filled(to, reason)
        planned = [(one, to.get(one.id, LEFT)) for one in seen.alerts]
        left = {one.reference: _why_left(one, who) for one, who in planned if not _takes(one, who)}
        given = [(one, who) for one, who in planned if _takes(one, who)]
        if not given:
            raise BadAnswers({"": " ".join(f"{name}: {why}" for name, why in left.items())})
        done = _give(office, tx, given, reason.strip(), doing)
        _tell(office, tx, doing.actor, officer_id, done)
    return HandedOver(_officers(known for _, known in done), left)


def _must_be_filled(to: Mapping[str, str], reason: str) -> None:
    faults: Faults = {}
    if not any(to.values()):
        faults["to"] = "Who takes them over: choose an officer."
    if not reason.strip() or control_characters(reason) or len(reason) > _LONGEST:
        faults["reason"] = f"Why: write it in under {_LONGEST:,} characters, for each alert."
    if faults:
        raise BadAnswers(faults)


def _takes(one: AlertToGive, who: str) -> bool:
    return who in one.takers and not one.why_not


def _why_left(one: AlertToGive, who: str) -> str:
    if not who:
        return "it was left as it is."
    return one.why_not or one.refused.get(who, "whoever you chose raises no such alerts.")


def _give(
    office: Office, tx: Tx, given: Sequence[tuple[AlertToGive, str]], reason: str, doing: Doing
) -> tuple[_GivenOver, ...]:
    alerts, done = load_each(office, tx, (one.id for one, _ in given)), list[_GivenOver]()
    for one, who in given:
        found = alerts[one.id]
        new = actor_in(office, tx, who, found.files.id)
        post = raising_post(found.files.procedure, new, found.alert.raised.raised_as)
        to = Person(id=new.id, name=new.name, post=post)
        event = Reassigned(to=to, reason=reason, with_others=True)
        this = Doing(doing.actor, doing.act_key, found.alert.version)
        done.append((one, record(office, tx, one.id, (event,), this)))
    return tuple(done)


def _done_before(office: Office, tx: Tx, alert_ids: Iterable[str]) -> HandedOver:
    return HandedOver(_officers(load_each(office, tx, alert_ids).values()), {})


def _officers(alerts: Iterable[Known]) -> dict[str, str]:
    return {one.alert.reference: one.alert.officer.in_words for one in alerts}


def _caseload(office: Office, tx: Tx, by: Actor, officer_id: str) -> Caseload:
    officer = directory.person(tx, officer_id)
    if MANAGER not in by.posts or officer is None:
        raise NotFound("officer whose alerts you give to others")
    rows = current_state.raised_by(tx, [officer_id])
    alerts = load_each(office, tx, (one.id for one in rows if one.council == by.council))
    seen = [one for one in alerts.values() if one.may(by, Act.SEE)]
    if not seen:  # nor is it told whether there is any that they may not see
        raise NotPossible(f"{officer.name} has no open alert here.")
    as_actor = cache(lambda person: actor_in(office, tx, person, by.council))
    lines = [_line(office, tx, by, one, as_actor) for one in seen]
    everybody = {who: said for one in lines for who, said in one.takers.items()}
    in_order = sorted(lines, key=lambda one: (*_first(one.due), one.reference))
    by_name = dict(sorted(everybody.items(), key=lambda item: item[1].casefold()))
    return Caseload(officer_id, officer.name, tuple(in_order), by_name)


def _first(due: DayOrMoment | None) -> tuple[bool, str]:
    """What has no date comes last."""
    return due is None, london_date(due).isoformat() if due else ""


def _line(
    office: Office, tx: Tx, by: Actor, found: Known, as_actor: Callable[[str], Actor]
) -> AlertToGive:
    reference, stands, due = _item(office, tx, found)
    takers = act_form.officers(office, tx, found, as_actor)
    return AlertToGive(
        id=found.id,
        reference=reference,
        stage=found.stage_label,
        stands=stands,
        due=due,
        takers=takers,
        refused=dict(_refused(office, tx, found, takers, as_actor)),
        why_not=_why_not(found, by),
    )


def _why_not(found: Known, by: Actor) -> str:
    if found.alert.restriction is not None:
        return "it is restricted to named people, and whoever has it reads it: give it by itself, on its page."
    return "" if found.may(by, Act.HAND_ON) else "it challenges you, so that you may not give it."


def _refused(
    office: Office,
    tx: Tx,
    found: Known,
    takers: Mapping[str, str],
    as_actor: Callable[[str], Actor],
) -> Iterator[tuple[str, str]]:
    for who in act_form.raisers(office, tx, found):
        if who not in takers and who != found.alert.officer.id:
            actor = as_actor(who)
            challenged = is_challenged(actor, found.alert, found.named)
            why = "is challenged by it" if challenged else "may not take it"
            yield who, f"{actor.name} {why}."


def _tell(
    office: Office, tx: Tx, by: Actor, officer_id: str, given: tuple[_GivenOver, ...]
) -> None:
    """One message to each: to whoever has them now, and to whoever had them, if they hold a post still."""
    for who in dict.fromkeys(known.alert.officer.id for _, known in given):
        theirs = tuple(one for one in given if one[1].alert.officer.id == who)
        _write(office, tx, who, _TO_NEW, by=by, alerts=theirs)
    if directory.posts_of(tx, officer_id, office.today):
        _write(office, tx, officer_id, _TO_OLD, by=by, alerts=given)


def _write(
    office: Office,
    tx: Tx,
    person: str,
    name: str,
    *,
    by: Actor,
    alerts: tuple[_GivenOver, ...],
) -> None:
    for reader, stands_in in reminder_candidates.readers(tx, [person], office.today).items():
        actor = actor_in(office, tx, reader, by.council)
        # Whose they were knows of each, but for an interest in the child; who stands in for somebody, only of
        # what they may open.
        told = [each for each in alerts if each[0].reference not in actor.shut_out_of]
        seen = [one for one, known in told if not stands_in or known.may(actor, Act.SEE)]
        if reader != by.id and seen:
            items = [(one.reference, one.stands, one.due) for one in seen]
            text = _text(office, by.council, name, items, cover=stands_in)
            new = outbox.NewNotice(reader, name, text.subject, text.body)
            outbox.write(tx, new, office.now())


def _text(
    office: Office,
    council: str,
    name: str,
    items: Iterable[tuple[str, str, DayOrMoment | None]],
    *,
    cover: bool,
) -> Text:
    base = f"{office.settings.base_url}/app/"
    pages = ((*one, alert_page(office, one[0])) for one in items)
    facts = NoticeFacts(link=base, listed=tuple(NoticeItem(*one) for one in pages))
    return office.notices(council).write(name, facts, cover=cover)


def as_it_holds(office: Office, tx: Tx, who: str, name: str, body: str) -> Text | None:
    """Such an e-mail as it is at this moment: without what was closed, or went to another, since; None for nothing.

    Which alerts it lists it says itself, by their pages.
    """
    rows = (current_state.nearest(tx, one) for one in _REFERENCE.findall(body))
    known = load_each(
        office, tx, [row.id for row in rows if row and alert_page(office, row.reference) in body]
    )
    left = [one for one in known.values() if _holds(office, tx, who, name, one)]
    if not left:
        return None
    cover = name == _TO_NEW and all(one.alert.officer.id != who for one in left)
    items = [_item(office, tx, one) for one in sorted(left, key=lambda one: one.alert.reference)]
    return _text(office, left[0].files.id, name, items, cover=cover)


def _holds(office: Office, tx: Tx, who: str, name: str, found: Known) -> bool:
    """Is it open, this person's or not as the e-mail says, and theirs to know of?"""
    alert, actor = found.alert, actor_in(office, tx, who, found.files.id)
    if not alert.is_open or (alert.officer.id in {who, *actor.covers_for}) != (name == _TO_NEW):
        return False
    given = (what.to.id for _, what in alert.beside if isinstance(what, Reassigned))
    had_it = name == _TO_OLD and who in {alert.raiser.id, *given}
    return found.may(actor, Act.SEE) or (had_it and alert.reference not in actor.shut_out_of)


def _item(office: Office, tx: Tx, found: Known) -> tuple[str, str, DayOrMoment | None]:
    clocks = running_clocks(found.alert, found.ladder, office.calendar(found.files.id, tx))
    stands = where(found.alert, found.ladder, clocks, office.now())
    due = clocks.hold or (clocks.first.by if clocks.first else None)
    return found.alert.reference, stands.standing.value, due


_REFERENCE = re.compile(r"\?reference=([^\s&<>]+)")
