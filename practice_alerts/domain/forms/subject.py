"""Whom an alert is about, as the file says it of the case type, or the form by what it asks."""

from collections.abc import Iterable

from practice_alerts.domain.forms.form import RAISED_AS, Answers, Form
from practice_alerts.domain.procedure.case_types import CASE_TYPES, About
from practice_alerts.domain.procedure.procedure import Procedure


def is_about_child(
    procedure: Procedure, raised_as: str, forms: Iterable[Form], answers: Answers
) -> bool:
    """Is it about a child, so that what is asked and said of a child may be asked and said of it?"""
    own = procedure.case_types.get(raised_as)
    if own is None or raised_as in CASE_TYPES:
        return True
    if own.about is not None:
        return own.about is About.CHILD
    known = {**answers, RAISED_AS: raised_as}
    fields = (field for form in forms for field in form.fields(filled_by="raiser"))
    return any(field.identifies == "child" and field.asked(known) for field in fields)
