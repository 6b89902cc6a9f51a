"""Whoever is asked has somebody draft the answer: it stands beside their own, and they alone send it."""

from collections.abc import Mapping
from typing import Any

from practice_alerts.adapters.store.alerts import drafts
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.act_form import colleagues
from practice_alerts.casework.acts.answer import as_asked, draft_name
from practice_alerts.casework.acts.answering.redirect import barred
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.casework.core.actors import holders
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.acts.said_already import said_for
from practice_alerts.domain.alert.events import Event, Person
from practice_alerts.domain.errors import BadAnswers, NotPossible
from practice_alerts.domain.forms.names_in_text import plain_words


@verb(Act.NAME_DRAFTER)
def name_drafter(doing: Deciding) -> Event:
    """Say who drafts it, in the place of whoever did before. No clock stops, and nothing more is theirs to do."""
    said = as_asked(doing)
    whose, to = said["whose"] or said["by"], _who_drafts(doing)
    if why_not := said_for(Act.NAME_DRAFTER, doing.found.alert, whose):
        raise NotPossible(why_not)
    return doing.event(**{**said, "whose": whose}, to=to)


def _who_drafts(doing: Deciding) -> Person:
    """By name or e-mail address: somebody with a post of the procedure here, not asked, and not of the side that reviews.

    Posts of the office (quality assurance, administration) read no case: to be named would be a way round that.
    """
    typed = doing.text("name")
    named = directory.everybody(doing.tx, doing.found.files.id)
    same = {one.id for one in named if typed.strip().casefold() == one.mail.casefold()}
    same = same or {one.id for one in named if plain_words(one.name) == plain_words(typed)}
    council = doing.found.files
    of_roles = holders(doing.office, doing.tx, council.id, sorted(council.procedure.roles))
    able = colleagues(doing.office, doing.tx, doing.found)
    meant = [
        able[one] for one in sorted(same.intersection(of_roles) - barred(doing)) if one in able
    ]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise BadAnswers(
            {"name": "Who drafts it: several here are called so. Give the e-mail address."}
        )
    said = "can draft it" if same else "is in the council's directory"
    raise BadAnswers({"name": f"Who drafts it: nobody of that name {said}. Name somebody else."})


def drafted_for(tx: Tx, found: Known, actor: Actor) -> dict[Person, Mapping[str, Any]]:
    """What stands in the drafts made for this person, or for whom they stand in, by whoever drafts."""
    theirs = {actor.id, *actor.covers_for}
    every = found.alert.run.drafters if found.alert.run else ()
    kept = {
        one.to: drafts.of_person(tx, one.to.id, draft_name(found.id))
        for one in every
        if one.whose.id in theirs and one.to.id != actor.id
    }
    return {who: one[0].body for who, one in kept.items() if one}
