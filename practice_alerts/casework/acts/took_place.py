"""What is recorded once it has taken place: steps, what became of a referral, events told past every stage."""

from dataclasses import replace

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.act_form import step_to_record
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.domain.alert.events import Event, Person
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.errors import BadAnswers, NotAllowed
from practice_alerts.domain.standing.days_of_acts import why_not_unneeded, why_not_without_result
from practice_alerts.domain.standing.steps_by import ToRecord


@verb(Act.STEP)
def record_step(doing: Deciding) -> Event:
    """It took place, then and there; or the procedure's question whether it is needed was answered no.

    A step of a stage that was left by then is recorded as late, and opens no branch there any more.
    """
    found, actor, needed = doing.found, doing.actor, doing.given["took_place"] == "yes"
    chosen = step_to_record(found, actor, doing.text("step"))
    if chosen is None:  # nothing but what is offered passes the form
        raise NotAllowed(Act.STEP.value)
    if not needed:
        _must_be_a_choice(chosen)
        if not found.is_of_officers_side(actor):
            officer = found.alert.officer.name
            said = f"{officer} records that it is not needed. Tell them why."
            raise BadAnswers({"took_place": f"Did it take place? As long as it has not, {said}"})
    elif refused := why_not_without_result(chosen.step, chosen.stage, doing.text("outcome")):
        raise BadAnswers({"outcome": refused})  # a form of the council's own may not ask
    return doing.event(
        stage=chosen.stage.id,
        step=chosen.step.id,
        needed=needed,
        took_place=doing.moment_past() if needed else None,
        late=chosen.late,
    )


def _must_be_a_choice(chosen: ToRecord) -> None:
    """What the procedure wants without asking cannot be found unnecessary; it can be escalated past."""
    if refused := why_not_unneeded(chosen.step, chosen.stage):
        raise BadAnswers({"took_place": refused})


@verb(Act.REFER)
def refer(doing: Deciding) -> Event:
    """Take it outside the authority, whatever the stage. What came of speaking first is as that route has it."""
    route = doing.found.files.procedure.referrals[doing.given["route"]]
    words, said = route.consult.record if route.consult else (), doing.text("consultation")
    if said and not words:  # begun for another way out: here the question is not put
        left = {name: value for name, value in doing.given.items() if name != "consultation"}
        return replace(doing, given=left).event(readers=doing.several("readers"))
    if said and said not in words:
        offered = " or ".join(words)
        raise BadAnswers({"consultation": f"What came of it: for this way out it is {offered}."})
    return doing.event(readers=doing.several("readers"))


@verb(Act.FOLLOW_UP)
def follow_up(doing: Deciding) -> Event:
    """What became of a referral: sent, received, decided, or taken back."""
    on, number = doing.day_past("on"), int(doing.given["referral"])
    referred = next(one for one in doing.found.alert.referrals if one.number == number)
    if on < london_date(referred.at):
        made = in_full(london_date(referred.at))
        raise BadAnswers({"on": f"When: it was referred on {made}; choose that day or later."})
    return doing.event()


@verb(Act.OVERRIDE)
def override(doing: Deciding) -> Event:
    """Record an event so grave that those at the top were told at once: who, when, by whom."""
    return doing.event(told_at=doing.moment_past())


@verb(Act.BY_HAND)
def sent_by_hand(doing: Deciding) -> Event:
    """Somebody outside the directory was written to; or they are in it by now, and get it there."""
    why, person = next(
        (why, person)
        for why, person in to_do_by_hand(doing.found.alert)
        if doing.given["whom"] == f"{why.number}:{person.name}, {person.post}"
    )
    joined = _in_directory(doing, person) if doing.given.get("entered") == "yes" else None
    made = {"sent": why.number, "name": person.name, "post": person.post, "joined": joined}
    return doing.event(on=doing.day_past("on"), **made)


def _in_directory(doing: Deciding, person: Person) -> Person:
    """The one person of this name who holds a post here. Raises BadAnswers."""
    found = [
        one
        for one in directory.everybody(doing.tx, doing.found.files.id)
        if one.name == person.name
        and any(
            held.council == doing.found.files.id
            for held in directory.posts_of(doing.tx, one.id, doing.office.today)
        )
    ]
    if len(found) != 1:
        raise BadAnswers(
            {
                "entered": f"Are they in the directory by now? {len(found) or 'Nobody'} of the name of"
                f" {person.name} there holds a post. Ask an administrator to enter them."
            }
        )
    return Person(id=found[0].id, name=person.name, post=person.post)
