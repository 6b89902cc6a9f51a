"""When a question is put, in words: for pages that cannot hide it, and for the guide."""

from practice_alerts.domain.forms.field_types import YES_NO
from practice_alerts.domain.forms.form import Condition, Form, FormField


def only_if(form: Form, field: FormField) -> str:
    """The conditions of a question as a sentence; empty where it is always put."""
    said = [_said(form, condition) for condition in field.when]
    return f"Only if {' and '.join(said)}" if said else ""


def in_short(form: Form, field: FormField) -> str:
    """The same in few words, for a page on which the question stands under the choice it follows from."""
    if len(field.when) != 1:
        return only_if(form, field)
    condition = field.when[0]
    asked, given = _asked(form, condition), _given(condition)
    if asked is None or condition.test not in {"is", "any_of"}:
        return only_if(form, field)
    left = [one for one in asked.options or YES_NO if one not in given]
    said, word = (left, "Unless") if len(left) < len(given) else (list(given), "If")
    return f"{word} “{' or '.join(_words(asked, one) for one in said)}”" if said else ""


def _said(form: Form, condition: Condition) -> str:
    asked = _asked(form, condition)
    label = asked.label.rstrip("?:") if asked else condition.field
    if condition.test == "answered":
        return f"“{label}” is answered" if condition.value else f"“{label}” is not answered"
    words = " or ".join(f"“{_words(asked, one)}”" for one in _given(condition))
    verb = "is not" if condition.test == "is_not" else "is"
    return f"“{label}” {verb} {words}"


def _asked(form: Form, condition: Condition) -> FormField | None:
    """The question on which it rests."""
    return next((one for one in form.fields() if one.id == condition.field), None)


def _given(condition: Condition) -> tuple[str, ...]:
    return condition.value if isinstance(condition.value, tuple) else (str(condition.value),)


def _words(asked: FormField | None, value: str) -> str:
    options = asked.options if asked and asked.options else YES_NO
    return options.get(value, value)
