"""What is pressed on the answer page: its key, what it showed, what was typed, and the same answer for others."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from practice_alerts.casework.acts.answer import AskedView
from practice_alerts.casework.core.record import Doing
from practice_alerts.casework.together import same_answer
from practice_alerts.casework.together.same_answer import SameAnswer
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.text import whole_number
from practice_alerts.office import Office

SAME: Final = "same"
"""The button that gives the answer to others, and each box of those."""
_OF_THE_PAGE: Final = frozenset({"press", "seen", "act_key"})


def act_key(typed: Mapping[str, str], reply: Mapping[str, Any]) -> str:
    """The page's own mark with what was answered: the same page sent with another answer is no second press."""
    mark = typed.get("act_key", "")
    said = json.dumps(reply, sort_keys=True)
    return f"{mark}.{hashlib.sha256(said.encode()).hexdigest()[:16]}" if mark.strip() else ""


def seen(typed: Mapping[str, str], of: str = "") -> int:
    """The version of the alert that the page showed; one that no alert has where it does not say."""
    said = typed.get(f"seen:{of}" if of else "seen", "")
    version = whole_number(said)
    return -1 if version is None else version


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


def doing(asked: AskedView, typed: Mapping[str, str], reply: Mapping[str, Any]) -> Doing:
    """Who acts, with the key of the page and on what it showed."""
    return Doing(asked.actor, act_key(typed, reply), seen(typed))


def texts(typed: list[tuple[str, str]]) -> tuple[str, ...]:
    """What was written, apart from what the page itself put into its form."""
    return tuple(said for name, said in typed if said.strip() and name not in _OF_THE_PAGE)


def answers_in(form: Form, fields: list[tuple[str, str]]) -> dict[str, Any]:
    """What stands in the form's own fields; a question with boxes gathers all that are ticked."""
    given: dict[str, Any] = {}
    for one in form.fields():
        values = [value for name, value in fields if name == one.id]
        given[one.id] = values if one.type.facts.is_several else (values[-1] if values else "")
    return given
