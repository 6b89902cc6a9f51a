"""Whoever is asked says that it is not theirs: somebody else is asked in their place, by the same date."""

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.casework.core import who_is_meant
from practice_alerts.casework.core.actors import holders
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Event, Person, Told
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.forms.names_in_text import plain_words
from practice_alerts.domain.procedure.posts import AUDITOR
from practice_alerts.office import Office


@verb(Act.REDIRECT)
def redirect(doing: Deciding) -> Event:
    """Ask somebody else in the place of whoever says that it is not theirs. What was asked first stays on record."""
    run, alert = doing.found.run, doing.found.alert
    said = {one.whose.id: one.whose for one in run.not_theirs}
    whose = said[doing.text("whose") or next(iter(said))]
    to = _who_is_asked(doing, whose)
    stay = {alert.officer.id, alert.raiser.id}
    return doing.event(
        whose=whose,
        to=to,
        asked=tuple(dict.fromkeys(_instead(one, whose, to) for one in run.sent.asked)),
        copied=tuple(one for one in run.sent.copied if one.id not in {whose.id, to.id}),
        gone=() if whose.id in stay else (whose,),
        heard=_of_steps(doing.found, whose, to),
    )


def suggested(office: Office, found: Known) -> dict[str, str]:
    """What stands on the form at first: whom they name, or the only one there is."""
    said = found.run.not_theirs[0]
    with office.database.reading() as tx:
        every = who_is_meant.others_in_post(office, tx, found, said.whose.post)
    able = {one.id: one.name for one, _ in every}
    named = [who for who, name in able.items() if name.lower() in said.who_else.lower()]
    meant = named or list(able)
    return {"whose": said.whose.id, **({"to": meant[0]} if len(meant) == 1 else {})}


def _who_is_asked(doing: Deciding, whose: Person) -> Person:
    """Whoever was chosen, of the same post; or whoever is called as it was typed."""
    chosen, name = doing.text("to"), doing.text("name")
    if bool(chosen) == bool(name):
        raise BadAnswers({"to": "Who is asked: choose somebody, or write a name; one of the two."})
    every = who_is_meant.others_in_post(doing.office, doing.tx, doing.found, whose.post)
    able = {one.id: one for one, _ in every}
    if not chosen:
        return _of_that_name(doing, name, whose, able)
    if chosen not in able:
        raise BadAnswers({"to": f"Who is asked: choose somebody in the post of {whose.post}."})
    return able[chosen]


def _of_that_name(doing: Deciding, name: str, whose: Person, able: dict[str, Person]) -> Person:
    """Of the same post first, then anybody of the council; whoever is in neither is written to by hand."""
    every = directory.everybody(doing.tx, doing.found.files.id)
    called = plain_words(name)
    same = [one.id for one in able.values() if plain_words(one.name) == called]
    same = same or [one.id for one in every if plain_words(one.name) == called]
    if len(same) > 1:
        several = f"two people here are called {name}. Choose who is meant, or name the post."
        raise BadAnswers({"name": f"Who is asked: {several}"})
    if same and same[0] not in able and same[0] in barred(doing):
        said = f"{name} cannot be asked about this child. Name somebody else."
        raise BadAnswers({"name": f"Who is asked: {said}"})
    return Person(id=same[0] if same else "", name=name, post=whose.post)


def barred(doing: Deciding) -> set[str]:
    """Whoever is asked already, has an interest in the child, or is of the side that reviews."""
    found = doing.found
    reviewing = sorted({*own_side_of(found.files.procedure), AUDITOR})
    of_side = holders(doing.office, doing.tx, found.files.id, reviewing)
    return {*who_is_meant.not_instead(found), *found.shut_out, *of_side}


def _of_steps(found: Known, whose: Person, to: Person) -> tuple[Told, ...]:
    """What they were to do or attend at the stage, and is not recorded yet."""
    return tuple(
        one.model_copy(update={"people": (to,)})
        for one in found.run.told
        if one.step and not found.run.done(one.step)
        if any(person.id == whose.id for person in one.people)
    )


def _instead(one: Person, whose: Person, to: Person) -> Person:
    return to.model_copy(update={"post": one.post}) if one.id == whose.id else one
