"""Restricting an alert to named people, confirming that, and lifting it."""

from practice_alerts.casework.acts.act_form import colleagues, own_side
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.acts.said_already import said_already
from practice_alerts.domain.alert.events import Event
from practice_alerts.domain.errors import BadAnswers, NotPossible


@verb(Act.RESTRICT)
def restrict(doing: Deciding) -> Event:
    """Shut out everybody who is not named, at once. Raises BadAnswers where one person would do for two."""
    able = own_side(doing.office, doing.tx, doing.found)
    if "second" not in doing.given or "stand_in" not in doing.given:  # there was nobody to choose
        nobody = "nobody else here is of the reviewing service. Ask an administrator for a second person."
        raise BadAnswers({"second": f"The second person: {nobody}"})
    every = colleagues(doing.office, doing.tx, doing.found)
    second, stand_in = doing.text("second"), doing.text("stand_in")
    named = (one for one in doing.several("named") if one not in {second, stand_in})
    return doing.event(
        second=able[second],
        stand_in=able[stand_in],
        named=tuple(every[one] for one in named),
        look_again=doing.day_to_come("look_again", "The day to look again"),
    )


@verb(Act.CONFIRM_RESTRICTION)
def confirm_restriction(doing: Deciding) -> Event:
    """The second person's word: nothing changes but that it stands on two."""
    return doing.event()


@verb(Act.LIFT_RESTRICTION)
def lift_restriction(doing: Deciding) -> Event:
    """The first says that it is no longer needed; with the second it ends. Raises NotPossible for one person twice."""
    alert = doing.found.alert
    if said := said_already(doing.actor, Act.LIFT_RESTRICTION, alert):
        raise NotPossible(said)
    return doing.event(stands=bool(alert.restriction and alert.restriction.lifted_by))
