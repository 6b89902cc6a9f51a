"""Who may raise what: each kind, agency and case type by the posts that somebody holds."""

from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.acts.way_in import cases_to_raise
from practice_alerts.domain.errors import NotAllowed
from practice_alerts.domain.forms.form import RAISED_AS, Answers
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import AlertKind, Procedure


def kinds_for(procedure: Procedure, actor: Actor) -> dict[str, AlertKind]:
    """The kinds of alert this person may raise, for some case type."""
    return {
        name: kind
        for name, kind in procedure.kinds.items()
        if any(
            cases_to_raise(actor, procedure, kind, one)
            for one in procedure.ladders_of(name) or (None,)
        )
    }


def partners_for(procedure: Procedure, actor: Actor, kind: str) -> dict[str, Ladder]:
    """The partner agencies to which this person may take an alert of this kind."""
    return {
        name: one
        for name, one in procedure.partners.items()
        if cases_to_raise(actor, procedure, procedure.kinds[kind], one)
    }


def must_raise(
    procedure: Procedure, actor: Actor, kind: AlertKind, ladder: Ladder | None, given: object = None
) -> tuple[str, ...]:
    """The case types for which they may raise this. Raises NotAllowed for none, and for another that is given."""
    own = cases_to_raise(actor, procedure, kind, ladder)
    if not own:
        raise NotAllowed("raise", "Your post does not raise alerts on this ladder.")
    if given in procedure.case_titles and given not in own:
        said = f"Your post does not raise such alerts for {procedure.case_titles[str(given)]}."
        raise NotAllowed("raise", said)
    return own


def meant(own: tuple[str, ...], answers: Answers) -> str:
    """Of those, the one that the form says; else the first."""
    given = answers.get(RAISED_AS)
    return str(given) if given in own else own[0]
