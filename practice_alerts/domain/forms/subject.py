"""Whom an alert is about, as the file says it of the case type, or the form by what it asks."""

from collections.abc import Iterable
from typing import Final

from practice_alerts.domain.forms.form import RAISED_AS, Answers, Form
from practice_alerts.domain.procedure.case_types import CASE_TYPES, About, OwnCaseType
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import capital

FOR_THE_CHILD = " for the child"
"""What a question of ours leaves out where no child is meant."""

_ARTICLES = frozenset({"a", "an"})


ONE_LINE: Final = "summary_for_log"
"""The question whose answer stands in the log as it was typed: no other does."""


def one_line(answers: Answers) -> str:
    """What the alert is about, in the line for the log: no name stands in it. Empty where none was written."""
    return str(answers.get(ONE_LINE) or "")


def _own_case(procedure: Procedure, raised_as: str) -> OwnCaseType | None:
    """Of a case type of the council's own, what the file says of it."""
    return None if raised_as in CASE_TYPES else procedure.case_types.get(raised_as)


def about_whom(procedure: Procedure, raised_as: str) -> str:
    """As a heading: ``The child``, and of a case type of the council's own ``The care leaver``, ``Several children``."""
    own = _own_case(procedure, raised_as)
    if own is None:
        return "The child"
    article, _, rest = own.title.partition(" ")
    return f"The {rest}" if rest and article.lower() in _ARTICLES else capital(own.title)


def is_about_child(
    procedure: Procedure, raised_as: str, forms: Iterable[Form], answers: Answers
) -> bool:
    """Is it about a child, so that what is asked and said of a child may be asked and said of it?"""
    own = _own_case(procedure, raised_as)
    if own is None:
        return True
    if own.about is not None:
        return own.about is About.CHILD
    known = {**answers, RAISED_AS: raised_as}
    fields = (field for form in forms for field in form.fields(filled_by="raiser"))
    return any(field.identifies == "child" and field.asked(known) for field in fields)
