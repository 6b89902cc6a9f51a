"""Answering: by whoever is asked at the present stage, or their cover."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from practice_alerts.adapters.store.alerts import current_state, drafts
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.casework.core import actors
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.core.record import draft_about
from practice_alerts.domain.acts.act_forms import WHOSE, answered_for
from practice_alerts.domain.acts.acts import why_not
from practice_alerts.domain.acts.permissions import Act, Actor, is_shut_out, reading_is_over
from practice_alerts.domain.acts.step_form import for_doer
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import Event, Person
from practice_alerts.domain.errors import NotFound
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.domain.standing.case_moves import as_it_was_for
from practice_alerts.domain.standing.how_long_kept import is_disputed
from practice_alerts.domain.standing.steps_by import ToRecord
from practice_alerts.office import Office

_ONE_VISIT: Final = timedelta(minutes=10)
"""What is typed there is kept every few seconds, which is no new visit."""

BESIDE: Final = (Act.NOT_THEIRS, Act.NAME_DRAFTER, Act.ASK_QUESTION)
"""What whoever is asked can say besides an answer."""


@dataclass(frozen=True)
class AskedView:
    """What somebody who is asked gets to see of an alert."""

    asking: current_state.Asking
    known: Known
    actor: Actor
    form: Form
    """What they are to fill in."""
    is_present: bool
    """False once the alert has moved on or closed: what was typed is kept, but not sent here."""
    answers: bool = True
    """Is an answer asked of them? Some have no more than a step to record."""
    steps: tuple[tuple[ToRecord, Form], ...] = ()
    """The steps that are theirs and not recorded yet, each with its form."""
    beside: tuple[tuple[Act, Form], ...] = ()
    """What they can say besides an answer, each with its form."""
    drafts_for: Person | None = None
    """For whom they draft the answer, and send nothing."""


def opened(office: Office, person_id: str, asking_id: str) -> AskedView:
    """The same, put down in the security log; a refusal as well. Raises NotFound."""
    try:
        with office.database.reading() as tx:
            found = asked(office, tx, person_id, asking_id)
    except NotFound:
        refused = SecurityEntry(SecurityKind.REFUSED, person_id, what="an answer page")
        office.security_log.note(refused, once_in=_ONE_VISIT)
        raise
    about = (found.known.files.id, found.known.id)
    entry = SecurityEntry(SecurityKind.ANSWER_PAGE, person_id, *about)
    office.security_log.note(entry, once_in=_ONE_VISIT)
    return found


def asked(office: Office, tx: Tx, person_id: str, asking_id: str) -> AskedView:
    """The alert behind an answer page's address, for a person who is signed in. Raises NotFound."""
    asking = current_state.asking(tx, asking_id)
    if asking is None:
        raise NotFound("practice alert")
    known = load(office, tx, asking.alert_id)
    actor = actors.actor_in(office, tx, person_id, known.files.id)
    steps = _steps(office, tx, known, actor)
    # Whoever was let go reads it as it was then; never where the alert of today is closed to them.
    alert = known.alert
    is_over = reading_is_over(actor, alert) or is_shut_out(actor, alert) or is_disputed(alert)
    if is_over and not known.may(actor, Act.SEE):
        raise NotFound("practice alert")
    if asking.person_id == person_id and (was := as_it_was_for(alert, person_id)) is not alert:
        known = replace(known, alert=was)
    is_theirs = asking.person_id in {person_id, *actor.covers_for}
    if not is_theirs or not known.may(actor, Act.SEE):
        raise NotFound("practice alert")
    form = act_form(office, tx, known, Act.ANSWER, actor)
    drafts_for = _drafts_for(known.alert, person_id)
    is_present = asking.is_present and known.alert.is_open
    read = known.as_read(known.reader(actor))
    answers = known.may(actor, Act.ANSWER)
    acts = [one for one in BESIDE if not why_not(one, known.alert, known.rules)]
    forms = ((one, act_form(office, tx, known, one, actor)) for one in acts)
    beside = tuple(forms) if is_present and answers else ()
    return AskedView(asking, read, actor, form, is_present, answers, steps, beside, drafts_for)


def _drafts_for(alert: Alert, person_id: str) -> Person | None:
    drafters = alert.run.drafters if alert.run and alert.is_open else ()
    return next((one.whose for one in drafters if one.to.id == person_id), None)


def _steps(office: Office, tx: Tx, known: Known, actor: Actor) -> tuple[tuple[ToRecord, Form], ...]:
    """What they do themselves, or whoever they stand in for, and may record now."""
    if not known.may(actor, Act.STEP):
        return ()
    every = known.rules.for_them(actor, known.alert)
    form, procedure = act_form(office, tx, known, Act.STEP, actor), known.files.procedure
    theirs = (one for one in every if one.is_open and one.is_for(actor.id, actor.covers_for))
    return tuple((one, for_doer(form, one, procedure)) for one in theirs)


@verb(Act.ANSWER)
def answer(doing: Deciding) -> Event:
    """Record what was answered, with the day promised where one is."""
    made: dict[str, Any] = as_asked(doing)
    if "promise_by" in doing.given:
        made["promise_by"] = doing.day_to_come("promise_by", "By when")
    drop_drafts(doing)
    return doing.event(**made)


def drop_drafts(doing: Deciding) -> None:
    """What others drafted has served: it is answered."""
    for one in doing.found.run.drafters:
        drafts.discard_about(doing.tx, one.to.id, draft_name(doing.found.id))


def draft_name(alert_id: str) -> str:
    """What a draft of an answer to this alert is filed under."""
    return draft_about(Act.ANSWER, alert_id)


def as_asked(doing: Deciding) -> dict[str, Person | None]:
    """The person who answers, in the post that was asked; a cover says for whom."""
    actor, alert = doing.actor, doing.found.alert
    whose = answered_for(actor, alert, doing.text(WHOSE))
    if whose is None:
        return {"by": Person(id=actor.id, name=actor.name), "whose": None}
    if whose.id == actor.id:
        return {"by": Person(id=actor.id, name=actor.name, post=whose.post), "whose": None}
    # Outside the directory it is their own answer; the event's row names who wrote it down.
    by = Person(id=actor.id, name=actor.name, post=f"for the {whose.post}") if whose.id else whose
    return {"by": by, "whose": whose}
