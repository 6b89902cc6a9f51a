"""Every act that takes no more than what its form asks: which verb does it."""

from collections.abc import Mapping

from practice_alerts.casework.acts import (
    answer,
    case_moves,
    close,
    notes_and_corrections,
    restrict,
    review_response,
    took_place,
)
from practice_alerts.casework.acts.answering import drafting, recorded_answer, redirect, talk
from practice_alerts.casework.acts.raising import linking
from practice_alerts.casework.acts.verb import Verb
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.complete import complete

_HERE = (
    *(answer, recorded_answer, redirect, talk, drafting, case_moves, close, review_response),
    *(notes_and_corrections, restrict, took_place, linking),
)
_AS_ANSWERED = (
    Act.REVIEW_HOLD,  # the hold goes on as it was
    Act.REOPEN,  # where it stood, with the old clocks
    Act.STANDSTILL,
    Act.LIFT_STANDSTILL,
)
"""Nothing is decided here: what the form says is what is recorded."""

VERBS: Mapping[Act, Verb] = complete(
    ACTS,
    {one.act: one for module in _HERE for one in vars(module).values() if isinstance(one, Verb)}
    | {act: Verb(act) for act in _AS_ANSWERED},
    without=(Act.ESCALATE, Act.CORRECT),
)
"""Escalating and correcting take more: whom to ask, and the new answer."""
