"""Texts that an act asks for: something must be said, and it must be printable."""

from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.form import LONG_TEXT_LIMIT
from practice_alerts.domain.form_check import control_characters


def must_say(field: str, label: str, typed: str) -> str:
    """The text, newlines one way. Raises BadAnswers naming the field."""
    said = typed.replace("\r\n", "\n").strip()
    if not said:
        raise BadAnswers({field: f"{label}: say it in a sentence."})
    return may_say(field, label, said)


def may_say(field: str, label: str, typed: str) -> str:
    """The text, which may be empty."""
    said = typed.replace("\r\n", "\n").strip()
    if control_characters(said):
        raise BadAnswers({field: f"{label}: take out characters that cannot be printed."})
    if len(said) > LONG_TEXT_LIMIT:
        raise BadAnswers({field: f"{label}: keep it under {LONG_TEXT_LIMIT:,} characters."})
    return said
