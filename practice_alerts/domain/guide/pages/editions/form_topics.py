"""What the forms of an edition ask, question by question, as the guide prints it: for comparing two editions."""

from collections.abc import Iterator

from practice_alerts.domain.acts.options import with_choices
from practice_alerts.domain.forms.form import Form, FormField, FormSection
from practice_alerts.domain.guide.pages.editions.topics import NAME, WORDING, Topic
from practice_alerts.domain.guide.pages.forms import needed_in_words, shown_in_words
from practice_alerts.domain.guide.parts.writing import GuideWriter
from practice_alerts.domain.text import capital, joined
from practice_alerts.domain.wording.definitions import cases_in_words


def form_topics(on: GuideWriter) -> Iterator[Topic]:
    """Of what is ours a council's text changes nothing; who sees the log of it neither."""
    for name, form in on.council.forms.items():
        shown = dict.fromkeys(map(shown_in_words, form.shows), "")
        said = {NAME: form.title, "On paper": form.paper or ""}
        asked = joined([f"“{one.label}”" for one in form.fields()])
        key = ("forms", name)
        yield Topic(key, _called(form), said, f"It asks {asked}")
        yield Topic((*key, "shows"), f"Printed unasked on {_called(form)}", shown, is_list=True)
        for section in form.sections:
            for field in section.fields:
                yield from _question(on, (*key, field.id), form, section, field)


def _question(
    on: GuideWriter, key: tuple[str, ...], form: Form, section: FormSection, field: FormField
) -> Iterator[Topic]:
    about = f"“{field.label}” on {_called(form)}"
    filled = with_choices(form, on.procedure, key[1])
    kind = field.type.facts.in_guide
    needed = "; ".join(needed_in_words(field, filled, on.procedure))
    needed = f"{needed[:1].lower()}{needed[1:]}"
    said = {
        WORDING: field.label,
        "Kind of answer": f"{kind}: {source}" if (source := _source(on, field)) else kind,
        "Has to be answered": needed,
        "For whom": cases_in_words(field.cases, on.procedure),
        "Explained by": "; ".join(one.rstrip(".") for one in (field.hint, field.help) if one),
        "Filled in by": section.filled_by.words
        + (", once for each stage" if section.repeats == "stage" else ""),
        "Under": section.title,
    }
    yield Topic(key, about, said, f"{capital(kind)}; {needed}")
    choices = dict.fromkeys((field.options or {}).values(), "")
    yield Topic((*key, "choices"), f"The choices of {about}", choices, is_list=True)
    for one in field.fields:
        yield from _question(on, (*key, one.id), form, section, one)


def _source(on: GuideWriter, field: FormField) -> str:
    if field.examples_of is None:
        return field.options_from.words if field.options_from else ""
    titles = {one.id: one.title for one in on.procedure.categories}
    return f"the examples of “{titles.get(field.examples_of, field.examples_of)}”"


def _called(form: Form) -> str:
    return f"the form “{form.title}”"
