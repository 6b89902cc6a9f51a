"""Audit samples: drawn at random by a QA lead, kept in the chain, told to the IRO service."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import outbox
from practice_alerts.casework.core.actors import who_may_run, writing_as
from practice_alerts.casework.core.loaded_alert import load_each
from practice_alerts.casework.core.notice_facts import facts_about, for_reader
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.directory import audit_samples as rules
from practice_alerts.domain.directory.directory_acts import AuditSampleDrawn
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.errors import BadAnswers, NotPossible
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class SampleWanted:
    """What somebody asks for. Which alerts it will be, nobody says."""

    reason: str
    how_many: int
    until: date | None
    """The last day on which they are read."""


def draw(office: Office, by: Actor, wanted: SampleWanted) -> AuditSampleDrawn:
    """Draw a sample from the alerts of the last year, to be read from now on until a day.

    Raises NotYours, BadAnswers; NotPossible while another of theirs runs, or where there is nothing to draw from.
    """
    must_run(by, OfficeAct.DRAW_SAMPLE, by.council)
    today = office.today
    faults = rules.faults_of(wanted.reason, wanted.how_many, wanted.until, today)
    if faults or wanted.until is None:
        raise BadAnswers(faults)
    with writing_as(office, by) as tx:
        _must_be_over(tx, by, today)
        since = datetime.combine(today - rules.LOOKS_BACK, time(), tzinfo=LONDON)
        raised = current_state.raised_since(tx, by.council, since)
        found = {name: one for name, one in raised.items() if name not in by.shut_out_of}
        if not found:
            raise NotPossible(
                "No alert was raised here in the last year, so there is none to draw."
            )
        sample = _sample(by, wanted, found, (today, wanted.until))
        kept.append(tx, by.council, sample, by.id, office.now())
        _tell(office, tx, by, sample, found)
    return sample


def _sample(
    by: Actor, wanted: SampleWanted, references: Collection[str], days: tuple[date, date]
) -> AuditSampleDrawn:
    seed = secrets.token_hex(16)
    return AuditSampleDrawn(
        person=by.id,
        name=by.name,
        reason=wanted.reason.strip(),
        since=days[0],
        until=days[1],
        seed=seed,
        among=len(references),
        drawn=rules.draw(references, wanted.how_many, seed),
    )


@dataclass(frozen=True, slots=True)
class SampleListed:
    """A sample without those of its alerts that its reader may not open now, of which it tells how many."""

    sample: AuditSampleDrawn
    restricted: int


def drawn(office: Office, by: Actor) -> tuple[SampleListed, ...]:
    """Every sample of the council, the latest first. Raises NotYours."""
    must_run(by, OfficeAct.SEE_SAMPLES, by.council)
    with office.database.reading() as tx:
        shut = {*current_state.restricted_references(tx, by.council), *by.shut_out_of}
        every = rules.samples(kept.happened(tx, by.council))
    return tuple(_listed(one, shut) for one in reversed(every))


def _listed(sample: AuditSampleDrawn, shut: Collection[str]) -> SampleListed:
    shown = tuple(one for one in sample.drawn if one not in shut)
    hidden = len(sample.drawn) - len(shown)
    return SampleListed(sample.model_copy(update={"drawn": shown}), hidden)


def _must_be_over(tx: Tx, by: Actor, today: date) -> None:
    """One after another: who could draw again at once would draw until the wanted one comes."""
    now = rules.running(rules.samples(kept.happened(tx, by.council)), by.id, today)
    if now is not None:
        raise NotPossible(
            f"You read a sample until {in_full(now.until)}. Another can be drawn after that day."
        )


def _tell(
    office: Office,
    tx: Tx,
    by: Actor,
    sample: AuditSampleDrawn,
    found: Mapping[str, current_state.CurrentRow],
) -> None:
    """Whoever has each of the alerts; and who looks after the service, once for all."""
    address = office.settings.base_url
    letters: list[tuple[str, str, NoticeFacts, str | None]] = []
    drawn = [found[name] for name in sample.drawn]
    alerts = load_each(office, tx, [one.id for one in drawn])
    for one in drawn:
        if one.officer_id in alerts[one.id].shut_out:
            continue
        about = facts_about(office, tx, alerts[one.id])
        facts = for_reader(office, tx, replace(about, due=sample.until), one.officer_id)
        letters.append((one.officer_id, "audit_of_alert", facts, one.id))
    page = NoticeFacts(link=f"{address}/app/audit")
    hearing = who_may_run(office, tx, by.council, OfficeAct.HEAR_OF_SAMPLES)
    letters += [(one, "audit_drawn", page, None) for one in sorted(hearing)]
    for person, name, facts, alert_id in letters:
        text = office.notices(by.council).write(name, facts)
        outbox.write(
            tx, outbox.NewNotice(person, name, text.subject, text.body, alert_id), office.now()
        )
