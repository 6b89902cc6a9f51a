"""What stands in the log for who the child is: a keyed pseudonym and an age band."""

import base64
import hashlib
import hmac
from datetime import date

from practice_alerts.domain.text import plain_number

NOT_GIVEN = "not given"

_LENGTH = 12  # letters of 5 bits: among a million children two are alike once in two million times
_AGE_BANDS = ((5, "0 to 4"), (10, "5 to 9"), (16, "10 to 15"), (18, "16 to 17"))


def pseudonym(case_number: str, council: str, key: str) -> str:
    """Stands for a case number: the same within a council, another in the next, and no way back without the key.

    Spaces, strokes and capitals make no other child. Without a number: NOT_GIVEN.
    """
    number = plain_number(case_number)
    if not number:
        return NOT_GIVEN
    made = hmac.digest(key.encode(), f"{council}\n{number}".encode(), hashlib.sha256)
    return "C-" + base64.b32encode(made).decode("ascii")[:_LENGTH]


def age_band(born: date | None, on: date) -> str:
    """The child's age on a day, roughly. Somebody born on 29 February is a year older on 1 March."""
    if born is None or born > on:
        return NOT_GIVEN
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next((band for below, band in _AGE_BANDS if years < below), "18 and over")
