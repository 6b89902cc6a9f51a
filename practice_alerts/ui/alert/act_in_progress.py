"""One act on an alert while its form is being filled in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from practice_alerts.casework.acts import act_form
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.record import Doing, draft_about
from practice_alerts.casework.views.alert_view import Seen
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.documents.alert_document import said
from practice_alerts.domain.forms.form import Answers, Form, FormField, FormSection, id_key
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.office import Office
from practice_alerts.ui.page import html, session
from practice_alerts.ui.page.form_fields import Filling

Press = Callable[[Office, Doing], object]

CHECKED = "checked"
"""The mark of this window that the form is being looked over once more."""


@dataclass
class ActInProgress:
    """One act being filled in. `kept` is its draft: changed in place, saved at the end of the run."""

    seen: Seen
    act: Act
    kept: dict[str, Any]
    faults: Faults
    around: Mapping[str, Any] = field(default_factory=dict)
    """Answers given elsewhere that conditions look at."""
    contacts: Sequence[str] = ()
    """Whom to write to in a partner agency."""
    as_asked: Callable[[FormField], FormField | None] = lambda field: field
    """A question as it is put after what was answered so far; None where it is not."""

    below: Callable[[str], None] = lambda _: None
    """Tells what follows from the answer to a question, right below it."""

    check: Callable[[Office], None] | None = None
    """Of an act that is looked over once more before it is done: whether it could be, or BadAnswers."""

    @property
    def is_checked(self) -> bool:
        """Is it being looked over, with every question answered?"""
        return bool(st.session_state.get(f"{self.about}:{CHECKED}"))

    @property
    def about(self) -> str:
        return draft_about(self.act, self.seen.known.id)

    def key(self, name: str) -> str:
        return f"{self.about}:{name}"

    def start(self, **values: Any) -> None:
        """What stands in the fields before anybody typed."""
        for name, value in values.items():
            self.kept.setdefault(name, value)

    def fill(self, form: Form) -> dict[str, Any]:
        """Show the fields, section by section, and give what stands in those that are asked."""
        sections = [section for section in form.sections if section.fields]
        for section in sections:
            self._fill(section, titled=len(sections) > 1)
        return self.answers_to(form)

    def answered(self, form: Form) -> list[tuple[str, str]]:
        """Every question that is put, with what was answered so far, in words."""
        fields = (self.as_asked(one) for one in form.fields())
        put = (one for one in fields if one and one.asked({**self.around, **self.kept}))
        return [(one.label, said(one, self.kept.get(one.id))) for one in put]

    def answers_to(self, form: Form) -> dict[str, Any]:
        """What stands in its fields, and nothing else that is kept."""
        ids = {name for one in form.fields() for name in (one.id, id_key(one.id))}
        return {name: value for name, value in self.kept.items() if name in ids}

    def form(self) -> Form:
        """The act's own form, with the choices that are theirs here."""
        here = session.office()
        with here.database.reading() as tx:
            return act_form.act_form(here, tx, self.seen.known, self.act, self.seen.actor)

    def plainly(self) -> Press:
        """The form as it is, and the act's verb."""
        return self.press(self.fill(self.form()))

    def press(self, answers: Answers) -> Press:
        """The act's verb, with these answers."""
        verb, alert_id = VERBS[self.act], self.seen.known.id
        return lambda here, doing: verb(here, alert_id, answers, doing)

    def _fill(self, section: FormSection, *, titled: bool) -> None:
        """Each question seen with the answers above it; neither title nor help where none is put."""
        council, contacts = self.seen.known.files.id, self.contacts
        filling = Filling(self.about, council, self.kept, self.faults, contacts=contacts)
        begun = False
        for each in section.fields:
            one = self.as_asked(each)
            if one is None:
                continue
            if one.prefill == "today":
                self.start(**{one.id: session.office().today.isoformat()})
            if not one.asked({**self.around, **self.kept}):
                continue
            if not begun:
                self._begin(section, titled=titled)
            begun = True
            filling.put(one, self.kept)
            self.below(one.id)

    def _begin(self, section: FormSection, *, titled: bool) -> None:
        if titled:
            html.heading(section.title, level=4)
        if section.help:
            html.quiet(section.help)
