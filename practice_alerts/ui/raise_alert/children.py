"""Brothers and sisters on one form: adding a child, taking one out, and who is asked about whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import streamlit as st

from practice_alerts.casework.acts.raise_alert import Prepared
from practice_alerts.casework.core.who_gets_it import Recipients
from practice_alerts.casework.drafts import siblings
from practice_alerts.casework.together.raise_together import WHOM, means_the_same
from practice_alerts.domain.forms import each_child
from practice_alerts.domain.forms.draft_merge import answer_name
from practice_alerts.domain.forms.form import AGENCY, RAISED_AS, FormSection, mark_of, of_child
from practice_alerts.domain.forms.subject import is_about_child
from practice_alerts.domain.text import joined
from practice_alerts.ui.page import html, session
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.question import choose
from practice_alerts.ui.raise_alert.draft import OpenDraft

ADD: Final = "Add a brother or sister"
ONE_EACH: Final = (
    "One alert for each child is made and sent, all of them or none, each with a reference, dates and a document of"
    " its own."
)
_WHY: Final = (
    "For the same concern about a brother or sister. What is about the child is asked for each; the rest is written"
    " once and stands in the alert of each, so name no child in it."
)
_NEW: Final = "practice_alerts.new_child"
_CHOSEN_ONCE: Final = frozenset({AGENCY, RAISED_AS})
"""What decides the way it goes: an alert that goes another way is raised by itself."""


def is_new(section: FormSection | None = None) -> bool:
    """Is this the section of the child just added? Without a section: is there one?"""
    mark = st.session_state.get(_NEW, "")
    return bool(mark) and (section is None or _mark_of(section) == mark)


def _mark_of(section: FormSection) -> str:
    return next((mark_of(one.id) for one in section.fields), "")


def below(draft: OpenDraft, prepared: Prepared, section: FormSection) -> None:
    """What stands below the section of a child; below the last, how to add another."""
    marks = [one.mark for one in draft.children]
    mark = _mark_of(section)
    if mark:
        _differs(draft, prepared, mark, marks.index(mark) + 2)
        _take_out(draft, mark, marks.index(mark) + 2)
    if section is _last_of_children(prepared, marks[-1] if marks else ""):
        _add(draft, prepared, len(marks) + 2)


def _last_of_children(prepared: Prepared, mark: str) -> FormSection | None:
    """Where the last child is named; of one child's sections the first that does."""
    for section in prepared.form.sections:
        names_child = any(one.identifies == "child" for one in section.fields)
        if section.filled_by == "raiser" and names_child and _mark_of(section) == mark:
            return section
    return None


def _add(draft: OpenDraft, prepared: Prepared, number: int) -> None:
    st.session_state.pop(_NEW, None)
    first = prepared.each[0] if prepared.each else prepared
    about = first.raising.answers
    if first.paper is not None:
        return  # each stands on a paper of its own
    if not is_about_child(first.files.procedure, first.raised_as, (first.form,), about):
        return
    if number > each_child.MOST:
        html.quiet(f"{each_child.MOST} children at most stand on one form.")
        return
    html.quiet(_WHY)
    if st.button(ADD, key=f"{draft.id}:add-child", on_click=draft.is_meant):
        st.session_state[_NEW] = siblings.add_child(draft.body)
        draft.body["tried"] = draft.body["tried_to_send"] = False
        draft.go(2)


def _differs(draft: OpenDraft, prepared: Prepared, mark: str, number: int) -> None:
    """Which of the common questions are answered otherwise for this child: each begins with the common answer."""
    place, answers = each_child.differing(mark), draft.answers
    common = each_child.common_questions(prepared.each[0].form)
    options = {name: said for name, said in common.items() if name not in _CHOSEN_ONCE}
    chosen = choose(
        st.multiselect,
        f"{each_child.called(number)}: which of the other answers are different?",
        draft.key(answer_name(place)),
        options,
        hint="Each you choose is asked for this child as well, and begins with what stands for every child.",
        default=[one for one in answers.get(place) or () if one in options],
        on_change=draft.touch(answer_name(place)),
        placeholder="Choose a question",
    )
    before = list(answers.get(place) or ())
    if list(chosen) != before:
        siblings.begin_with_common(answers, mark, [one for one in chosen if one not in before])
        answers[place] = list(chosen)
        draft.save(begin=True)
        st.rerun()


def _take_out(draft: OpenDraft, mark: str, number: int) -> None:
    child = each_child.called(number)
    with st.expander(as_written(f"Take {child} out")):
        st.write(as_written(f"Everything typed for {child} alone goes, and cannot be had back."))
        if st.button(as_written(f"Take {child} out of this draft"), key=f"{draft.id}:out:{mark}"):
            siblings.take_out(draft.body, mark)
            draft.go(2)


def send_words(prepared: Prepared) -> str:
    if prepared.paper:
        return "Enter the alert"
    number = len(prepared.each)
    return f"Send the {number} alerts" if number else "Send the alert"


@dataclass
class AskedApart:
    """Children about whom the same people are asked, and who was chosen for them otherwise."""

    draft: OpenDraft
    title: str
    """Which children; empty where there is one."""
    mark: str
    place: int
    kept: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        body = self.draft.body
        self.kept = (
            body
            if not self.mark
            else {one: body[self._at(one)] for one in WHOM if self._at(one) in body}
        )

    def _at(self, name: str) -> str:
        return of_child(name, self.mark)

    def key(self, name: str) -> str:
        return self.draft.key(self._at(name))

    def faults_of(self, faults: Mapping[str, str]) -> dict[str, str]:
        """Those that are about these children, under the name of the question."""
        theirs = ((one, faults.get(self._at(one), "")) for one in WHOM)
        return {one: said for one, said in theirs if said}

    def reached(self) -> Recipients:
        """With what is chosen at this moment."""
        if self.mark:
            self.draft.body.update({self._at(one): said for one, said in self.kept.items()})
        now = self.draft.prepared(session.actor())
        return (now.each[self.place] if now.each else now).reached


def asked_apart(draft: OpenDraft, prepared: Prepared) -> Iterator[AskedApart]:
    """The first child and all for whom the same people are meant; then each of the others."""
    if not prepared.each:
        yield AskedApart(draft, "", "", 0)
        return
    first, marks = prepared.each[0], ("", *(one.mark for one in draft.children))
    same = [place for place, one in enumerate(prepared.each) if means_the_same(first, one)]
    others = [[place] for place in range(len(marks)) if place not in same]
    for places in (same, *others):
        title = joined([each_child.called(place + 1) for place in places])
        yield AskedApart(draft, title, marks[places[0]], places[0])
