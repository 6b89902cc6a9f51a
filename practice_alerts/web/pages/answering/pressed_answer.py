"""What is pressed on the answer page: its key, what it showed, and the same answer for others."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from practice_alerts.casework.acts.answer import AskedView
from practice_alerts.casework.together import same_answer
from practice_alerts.casework.together.same_answer import SameAnswer
from practice_alerts.office import Office

SAME: Final = "same"
"""The button that gives the answer to others, and each box of those."""
# Of the number of an alert's events.
_DIGITS: Final = 10


def act_key(typed: Mapping[str, str], reply: Mapping[str, Any]) -> str:
    """The page's own mark with what was answered: the same page sent with another answer is no second press."""
    mark = typed.get("act_key", "")
    said = json.dumps(reply, sort_keys=True)
    return f"{mark}.{hashlib.sha256(said.encode()).hexdigest()[:16]}" if mark.strip() else ""


def seen(typed: Mapping[str, str], of: str = "") -> int:
    """The version of the alert that the page showed; one that no alert has where it does not say."""
    said = typed.get(f"seen:{of}" if of else "seen", "")
    return int(said) if said.isdecimal() and len(said) < _DIGITS else -1


def same_for(office: Office, asked: AskedView) -> SameAnswer:
    """For which others the answer given here can be given as well."""
    with office.database.reading() as tx:
        return same_answer.look(office, tx, asked)


def give_the_same(
    office: Office, asked: AskedView, fields: list[tuple[str, str]]
) -> dict[str, str]:
    """To those that were ticked; why it was not given, by reference."""
    typed = dict(fields)
    chosen = {one: seen(typed, one) for name, one in fields if name == SAME}
    return same_answer.give(office, asked, chosen, act_key(typed, {}))
