"""Any answer in words, whatever type of question it answers."""

from typing import Any

from practice_alerts.domain.forms.form import Answers, FormField, is_answered, not_passed_on


def answer_in_words(field: FormField, value: Any) -> str:
    """Empty where none was given; a repeated block has a line for each question that was answered."""
    if not is_answered(value):
        return ""
    if not field.fields:
        return field.in_words(value)
    return "\n\n".join(filter(None, (_block(field, one) for one in value)))


def _block(field: FormField, answers: dict[str, Any]) -> str:
    every = ((one.label, answer_in_words(one, answers.get(one.id))) for one in field.fields)
    return "\n".join(f"{label}: {words}" for label, words in every if words)


def in_confidence(words: str, asked: str, answers: Answers) -> str:
    """The answer to that question, marked for whoever holds the paper where it is not to be passed on."""
    is_kept = words and answers.get(not_passed_on(asked)) == "yes"
    return f"{words}\n(Not to be passed on.)" if is_kept else words
