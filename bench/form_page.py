"""The form's page in the app: the server's time for one answer given, on longer and longer forms.

The server does what it does for a person: callbacks, look-up of the session, the answer kept, its
piece of the page drawn. Beside it the whole page, as for a button at its end, and a bare page with as
many of Streamlit's own fields, which keeps and checks nothing.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from streamlit.testing.v1 import AppTest  # noqa: TID251 - the page is run as Streamlit runs it

from bench.turns import Row, milliseconds, times
from practice_alerts import ROOT
from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.domain.forms.form import Form
from practice_alerts.office import Office
from practice_alerts.ui.page import session
from tests.helpers.app import fragment_runs
from tests.helpers.product.office import open_desk

T = TypeVar("T")
PERSON, COUNCIL = "iro", "lambeth"
LONGEST = "partner_escalation"
"""Of all forms of the five councils the one with most fields."""

FILLED = "practice_alert"
"""The kind of alert, and the name of its form, in whose place every other form is put."""

LENGTHS = (20, 50, 100)
ROUNDS = 25
PATIENCE = 60  # seconds

KINDS: tuple[dict[str, Any], ...] = (
    {"type": "yes_no"},
    {"type": "text"},
    {"type": "long_text"},
    {"type": "date"},
    {"type": "one_of", "options": {"yes": "Yes", "partly": "In part", "no": "No"}},
    {"type": "person", "role": "team_manager"},
)

# Streamlit warns at every run that there is no browser.
_WARNS = "streamlit.runtime.scriptrunner_utils.script_run_context"


def measure() -> list[Row]:
    """One answer given on each page, in turns; the shortest of the made-up forms is the measure."""
    logging.getLogger(_WARNS).addFilter(lambda _: False)
    with TemporaryDirectory() as folder:
        office = open_desk(Path(folder)).office
        longest = office.council(COUNCIL).forms[LONGEST]
        forms = [longest, *(_made_up(number) for number in LENGTHS)]
        pages: list[FormPage | BarePage] = [FormPage(office, form) for form in forms]
        last = FormPage(office, forms[-1])
        pages.append(BarePage(LENGTHS[-1]))
        taken = [[*(page.answer() for page in pages), last.whole()] for _ in range(ROUNDS)]
    real, *made_up, bare, whole = (median(column) for column in zip(*taken, strict=True))
    fields = len(longest.fields(filled_by="raiser"))
    short, long = made_up[0], made_up[-1]
    return [
        _row(f"the longest real form ({fields} fields)", real, short),
        *(
            _row(f"{number} fields", took, short)
            for number, took in zip(LENGTHS[1:], made_up[1:], strict=True)
        ),
        Row(
            f"The whole page of {LENGTHS[-1]} fields drawn anew: to one answer on it",
            times(whole / long),
            f"{milliseconds(whole)} to {milliseconds(long)}",
        ),
        Row(
            f"One answer on a form of {LENGTHS[-1]} fields: to a page of as many bare fields of Streamlit",
            times(long / bare),
            f"{milliseconds(long)} to {milliseconds(bare)}",
        ),
    ]


def _row(form: str, took: float, short: float) -> Row:
    note = f"{milliseconds(took)} to {milliseconds(short)}, draft and commit included"
    return Row(f"One answer on {form}: to {LENGTHS[0]} made-up fields", times(took / short), note)


class BarePage:
    """As many fields as asked for, and nothing else."""

    def __init__(self, number: int) -> None:
        self._app = AppTest.from_function(_bare, default_timeout=PATIENCE, args=(number,))
        self._app.run()

    def answer(self) -> float:
        """Seconds of the server for one answer."""
        return fragment_runs.answer(self._app, _turned(self._app)).seconds


def _bare(number: int) -> None:
    import streamlit as st  # noqa: TID251 - as above

    for place in range(number // 4):
        st.radio(f"Yes or no {place}", ["Yes", "No"], key=f"yes_no_{place}")
        st.text_area(f"Text {place}", key=f"text_{place}")
        st.date_input(f"Date {place}", None, key=f"date_{place}")
        st.selectbox(f"One of {place}", ["one", "two", "three"], key=f"one_of_{place}")


class FormPage:
    """Step 2 of raising an alert, open for somebody who is signed in."""

    def __init__(self, office: Office, form: Form) -> None:
        files = office.council(COUNCIL)
        bent = replace(
            files, forms={**files.forms, FILLED: form}, digest=f"{files.digest}{id(form)}"
        )
        self._office = replace(office, councils={COUNCIL: bent})
        self._cookie = _signed_in(office)
        self._app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
        draft = _draft(office)
        self._as_here(self._app.run)
        self._app.switch_page("pages/raise_alert.py").query_params["draft"] = draft
        self._as_here(self._app.run)
        assert not self._app.exception
        assert self._app.radio, "the form is not shown"

    def answer(self) -> float:
        """Seconds of the server for one answer."""
        run = self._as_here(lambda: fragment_runs.answer(self._app, _turned(self._app)))
        assert (run.whole, run.pieces) == (0, 1), "more than the answer's own piece has run"
        return run.seconds

    def whole(self) -> float:
        """Seconds for the whole page."""
        return self._as_here(lambda: fragment_runs.whole(self._app)).seconds

    def _as_here(self, do: Callable[[], T]) -> T:
        """With this page's office and person."""
        looked_up = session.signed_in
        session.use(self._office)
        session.signed_in = lambda: self._office.sign_in.look_up(self._cookie)
        try:
            return do()
        finally:
            session.signed_in = looked_up


def _turned(app: AppTest) -> Any:
    """The first box to tick, or else the first switch, changed: neither opens another question."""
    if app.checkbox:
        return app.checkbox[0].set_value(not app.checkbox[0].value)
    switch = app.radio[0]
    others = [option for option in switch.options if option != switch.value]
    return switch.set_value(others[0])


def _signed_in(office: Office) -> str:
    entered = office.sign_in.use(office.sign_in.issue_link(PERSON))
    assert isinstance(entered, Entered)
    return entered.session_token


def _draft(office: Office) -> str:
    its_id = kept_drafts.new_draft_id()
    begun = {"step": 2, "council": COUNCIL, "kind": FILLED, "entry_stage": "stage-1", "answers": {}}
    kept_drafts.keep_draft(office, PERSON, its_id, begun)
    return its_id


def _made_up(number: int) -> Form:
    fields = [
        {"id": f"field_{place}", "label": f"Question {place}", **kind}
        for place, kind in enumerate(islice(cycle(KINDS), number), start=1)
    ]
    sections = [{"title": f"Made up, {number}", "fields": fields}]
    return Form.model_validate({"title": "Made up", "sections": sections})
