"""What a child is to know while somebody else raises their alert: of an advocate, and of complaining themselves."""

from practice_alerts.domain.procedure.beside_text import is_offered
from practice_alerts.domain.procedure.entry import routes_for
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Ours, Procedure
from practice_alerts.domain.procedure.routes import ROUTES

_RIGHTS = ("advocacy", "complaints")
_OURS = "Does the child know that they can have an independent advocate, and that they can complain themselves?"
TITLE = "The child's own ways"


def rights_in_words(procedure: Procedure, ladder: Ladder | None, raised_as: str) -> tuple[str, ...]:
    """As the council's file says it, else in a sentence of ours; nothing where none is offered.

    For an alert about a child only.
    """
    if not is_offered(procedure, ladder, Ours.CHILD_RIGHTS):
        return ()
    open_to = routes_for(procedure, raised_as)
    said = (
        f"{ROUTES[name].title}: {wording}"
        for name in _RIGHTS
        if name in open_to and (wording := procedure.referrals[name].wording)
    )
    return tuple(said) or (_OURS,)
