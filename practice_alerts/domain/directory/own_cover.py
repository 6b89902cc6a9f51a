"""Whom somebody may name to stand in for themself: the council's list, by posts."""

from collections.abc import Collection

from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.procedure.procedure import Procedure


def posts_to_name(procedure: Procedure, held: Collection[str]) -> frozenset[str]:
    """The posts whose holders may be named by whoever holds these: a peer's, or that of a later stage.

    Of the side that is challenged alone, so that nobody it challenges gets a say in what is decided.
    """
    found: set[str] = set()
    for ladder in procedure.ladders.values():
        challenged = Rules(procedure, ladder).challenged
        at_stages = [challenged & set(procedure.asked_at(stage).roles) for stage in ladder.stages]
        for place, posts in enumerate(at_stages):
            if posts & set(held):
                later = frozenset().union(*at_stages[place + 1 :])
                found |= (posts & set(held)) | later
    return frozenset(found)
