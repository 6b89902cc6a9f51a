"""The form's page in the app: the server's time for one answer given, on longer and longer forms.

The page runs as it does for a person: frame, look-up of the session, draft kept, form checked and
drawn. Beside it a bare page with as many of Streamlit's own fields, which keeps and checks nothing.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from streamlit.testing.v1 import AppTest  # noqa: TID251 - the page is run as Streamlit runs it

from bench.turns import Row, milliseconds, timed, times
from practice_alerts.adapters.signin import Entered
from practice_alerts.casework import keeping
from practice_alerts.domain.form import Form
from practice_alerts.office import ROOT, Office
from practice_alerts.ui import frame, session
from tests.helpers.desk import open_desk

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
        pages.append(BarePage(LENGTHS[-1]))
        taken = [[page.answer() for page in pages] for _ in range(ROUNDS)]
    real, *made_up, bare = (median(column) for column in zip(*taken, strict=True))
    short = made_up[0]
    fields = len(longest.fields(filled_by="raiser"))
    rows = [_row(f"the longest real form ({fields} fields)", real, short)]
    rows += [
        _row(f"{number} fields", took, short)
        for number, took in zip(LENGTHS[1:], made_up[1:], strict=True)
    ]
    return [
        *rows,
        Row(
            f"One answer on a form of {LENGTHS[-1]} fields: to as many bare fields of Streamlit",
            times(made_up[-1] / bare),
            f"{milliseconds(made_up[-1])} to {milliseconds(bare)}",
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
        """Seconds of the script's run once its first switch is turned."""
        _turn(self._app)
        return float(self._app.session_state["took"])


def _bare(number: int) -> None:
    from time import perf_counter

    import streamlit as st  # noqa: TID251 - as above

    began = perf_counter()
    for place in range(number // 4):
        st.radio(f"Yes or no {place}", ["Yes", "No"], key=f"yes_no_{place}")
        st.text_area(f"Text {place}", key=f"text_{place}")
        st.date_input(f"Date {place}", None, key=f"date_{place}")
        st.selectbox(f"One of {place}", ["one", "two", "three"], key=f"one_of_{place}")
    st.session_state["took"] = perf_counter() - began


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
        self._took: list[float] = []
        draft = _draft(office)
        self._as_here(self._app.run)
        self._app.switch_page("pages/raise_alert.py").query_params["draft"] = draft
        self._as_here(self._app.run)
        assert not self._app.exception
        assert self._app.radio, "the form is not shown"

    def answer(self) -> float:
        """Seconds of the whole script's run once its first switch is turned."""
        self._as_here(lambda: _turn(self._app))
        return self._took[-1]

    def _as_here(self, do: Callable[[], object]) -> None:
        """With this page's office and person; the clock runs from the script's first line to its last."""
        draw, looked_up = frame.run, session.signed_in
        session.use(self._office)
        session.signed_in = lambda: self._office.sign_in.look_up(self._cookie)
        frame.run = lambda: self._took.append(timed(draw))
        try:
            do()
        finally:
            frame.run, session.signed_in = draw, looked_up


def _turn(app: AppTest) -> AppTest:
    switch = app.radio[0]
    others = [option for option in switch.options if option != switch.value]
    return switch.set_value(others[0]).run()


def _signed_in(office: Office) -> str:
    entered = office.sign_in.use(office.sign_in.issue_link(PERSON))
    assert isinstance(entered, Entered)
    return entered.session_token


def _draft(office: Office) -> str:
    its_id = keeping.new_draft_id()
    begun = {"step": 2, "council": COUNCIL, "kind": FILLED, "entry_stage": "stage-1", "answers": {}}
    keeping.keep_draft(office, PERSON, its_id, begun)
    return its_id


def _made_up(number: int) -> Form:
    fields = [
        {"id": f"field_{place}", "label": f"Question {place}", **kind}
        for place, kind in enumerate(islice(cycle(KINDS), number), start=1)
    ]
    sections = [{"title": f"Made up, {number}", "fields": fields}]
    return Form.model_validate({"title": "Made up", "sections": sections})
