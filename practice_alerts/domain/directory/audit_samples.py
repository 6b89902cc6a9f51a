"""Audit samples: alerts drawn at random for a QA lead to read, for some days and with a reason.

Whoever has the event draws the same again from the same references, so that nobody has to trust the drawing.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256

from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import AuditSampleDrawn, DirectoryHappened
from practice_alerts.domain.forms.validation import Faults, control_characters

KIND = str(AuditSampleDrawn.model_fields["kind"].default)
MOST = 5
"""How many alerts one sample has at most."""
LONGEST = 28
"""For how many days it is read at most, the first counted in."""
LOOKS_BACK = timedelta(days=365)
"""It is drawn from what was raised since."""
_LONGEST_REASON = 500


def draw(references: Iterable[str], how_many: int, seed: str) -> tuple[str, ...]:
    """So many of them, by reference; which ones the seed decides, and nobody who knows the references."""
    lots = sorted(set(references), key=lambda one: (sha256(f"{seed}:{one}".encode()).digest(), one))
    return tuple(sorted(lots[:how_many]))


def samples(happened: Iterable[DirectoryHappened]) -> tuple[AuditSampleDrawn, ...]:
    """Every sample, the earliest first."""
    return tuple(one.what for one in happened if isinstance(one.what, AuditSampleDrawn))


def running(drawn: Iterable[AuditSampleDrawn], person: str, day: date) -> AuditSampleDrawn | None:
    """The one that this person reads on that day."""
    mine = (one for one in drawn if one.person == person and one.since <= day <= one.until)
    return next(mine, None)


def faults_of(reason: str, how_many: int, until: date | None, today: date) -> Faults:
    """What is wrong with a sample as it is asked for, by field."""
    faults: Faults = {}
    if not reason.strip():
        faults["reason"] = "Why: say what is audited, in a sentence without names."
    elif control_characters(reason) or len(reason) > _LONGEST_REASON:
        faults["reason"] = f"Why: write plain text, in under {_LONGEST_REASON} characters."
    if not 1 <= how_many <= MOST:
        faults["how_many"] = f"How many: choose from 1 to {MOST}."
    last = today + timedelta(days=LONGEST - 1)
    if until is None or not today <= until <= last:
        faults["until"] = f"Last day: choose one from today to {in_full(last)}."
    return faults
