"""Every act that takes no more than what its form asks: which verb does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from practice_alerts.casework import (
    answering,
    closing,
    guarding,
    judging,
    keeping_straight,
    referring,
    stepping,
)
from practice_alerts.casework.known import Known
from practice_alerts.casework.recording import Doing
from practice_alerts.domain.permissions import Act
from practice_alerts.office import Office

Verb = Callable[[Office, str, Mapping[str, Any], Doing], Known]

VERBS: Mapping[Act, Verb] = {
    Act.ANSWER: answering.answer,
    Act.JUDGE: judging.judge,
    Act.HOLD: judging.hold,
    Act.REVIEW: judging.review_hold,
    Act.AGREE_DATE: judging.agree_date,
    Act.STEP: stepping.record_step,
    Act.REFER: referring.refer,
    Act.FOLLOW_UP: referring.follow_up,
    Act.STANDSTILL: guarding.begin_standstill,
    Act.LIFT_STANDSTILL: guarding.end_standstill,
    Act.OVERRIDE: guarding.override,
    Act.SIGN_OFF: keeping_straight.sign_off,
    Act.NOTE: keeping_straight.note,
    Act.HAND_ON: keeping_straight.hand_on,
    Act.CLOSE: closing.close,
    Act.REOPEN: closing.reopen,
}
"""Escalating and correcting take more: whom to ask, and the new answer."""
