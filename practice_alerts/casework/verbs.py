"""Every act that takes no more than what its form asks: which verb does it."""

from __future__ import annotations

from collections.abc import Mapping

from practice_alerts.casework import (
    answering,
    closing,
    guarding,
    judging,
    keeping_straight,
    referring,
    stepping,
)
from practice_alerts.casework.verb import Verb
from practice_alerts.domain.act_rows import ACTS
from practice_alerts.domain.complete import complete
from practice_alerts.domain.permissions import Act

_HERE = (answering, closing, guarding, judging, keeping_straight, referring, stepping)

VERBS: Mapping[Act, Verb] = complete(
    ACTS,
    {one.act: one for module in _HERE for one in vars(module).values() if isinstance(one, Verb)},
    without=(Act.ESCALATE, Act.CORRECT),
)
"""Escalating and correcting take more: whom to ask, and the new answer."""
