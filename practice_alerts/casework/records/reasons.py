"""Why somebody does something about a record: one sentence, which names nobody."""

from typing import Final

from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.forms.may_name import MOST_NAMED, may_name, words_as_written
from practice_alerts.domain.forms.names_in_text import address_or_number
from practice_alerts.domain.forms.validation import Faults, control_characters
from practice_alerts.domain.text import can_be_seen, joined
from practice_alerts.office import Office

LONGEST: Final = 500  # characters
_BODIES: Final = frozenset(
    {
        "Act",
        "Article",
        "Commissioner",
        "Coroner",
        "Court",
        "GDPR",
        "ICO",
        "Information",
        "Ombudsman",
        "UK",
    }
)
"""Whom or what such a reason names that is nobody."""
_MAY_NAME: Final = "may tell who somebody is"


def faults_of_reason(office: Office, reason: str, *, names_nobody: bool) -> Faults:
    """What is wrong with it; also that it may name somebody, where nobody has said that it does not.

    It is read by people to whom the record is closed, and is kept beside it.
    """
    if faults := fault_of_reason(reason):
        return faults
    found = () if names_nobody else _may_name(office, reason)
    if not found:
        return {}
    some = joined(list(found[:MOST_NAMED]))
    return {
        "reason": f"Why: {some} {_MAY_NAME}. A reference is enough: take it out, or tick that nobody is named."
    }


def must_name_nobody(office: Office, reason: str, *, names_nobody: bool) -> None:
    """Raises BadAnswers, under `reason`."""
    if faults := faults_of_reason(office, reason, names_nobody=names_nobody):
        raise BadAnswers(faults)


def asks_who_is_named(fault: str) -> bool:
    """Is it what a tick answers?"""
    return _MAY_NAME in fault


def fault_of_reason(reason: str) -> Faults:
    """Of its form alone."""
    if can_be_seen(reason) and len(reason) <= LONGEST and not control_characters(reason):
        return {}
    return {"reason": f"Why: say it in a sentence without names, in under {LONGEST} characters."}


def _may_name(office: Office, reason: str) -> tuple[str, ...]:
    quoted = (f"'{one}'" for one in may_name(reason, words_of_files(office) | _BODIES))
    return (*quoted, *filter(None, (address_or_number(reason),)))


def words_of_files(office: Office) -> frozenset[str]:
    """Of the councils' own files, which are everybody's to read."""
    every = office.councils.values()
    texts = [
        body.decode()
        for files in every
        for name, body in files.texts.items()
        if name.endswith(".yml")
    ]
    return words_as_written([*texts, *(files.procedure.council for files in every)])
