"""What an act is about, quoted in its form: the answer, what was asked, and what was found before."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from practice_alerts.casework.views.alert_view import Seen
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert import events
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.procedure.ladder import label_of
from practice_alerts.domain.wording.history import told
from practice_alerts.ui.alert import full_record
from practice_alerts.ui.page import html

_QUOTING = frozenset(
    {
        *(Act.REVIEW_RESPONSE, Act.HOLD, Act.REVIEW_HOLD, Act.AGREE_DATE),
        *(Act.ESCALATE, Act.REFER, Act.CLOSE),
    }
)
"""The acts that rest on what was answered."""

_FOUND = events.ResponseReviewed | events.Held | events.HoldReviewed | events.DateAgreed


@contextmanager
def beside(seen: Seen, act: Act, *, is_checked: bool = False) -> Iterator[None]:
    """The questions come inside; what they are about stands left of them, and above them on a telephone.

    Nothing stands there once all is answered and looked over.
    """
    if is_checked or act not in _QUOTING or seen.known.alert.run is None:
        yield
        return
    quoted, asked = st.columns([2, 3], gap="large")
    with quoted, st.container(key="pa-quoted"):
        _quote(seen)
    with asked:
        yield


def _quote(seen: Seen) -> None:
    run = seen.known.run
    html.heading(f"The answer at {seen.known.stage_label}", level=4)
    full_record.answers(run, reversed(run.answers))
    full_record.steps(seen, run)
    html.heading("What was asked", level=4)
    full_record.asked(seen, run)
    if found := list(_found_before(seen)):
        html.bullets(found, "Found before")


def _found_before(seen: Seen) -> Iterator[str]:
    """What the reviewing side said of answers and holds, the latest first."""
    ladder = seen.known.ladder
    for event in reversed(seen.known.alert.happened):
        if isinstance(event.what, _FOUND):
            what, said = told(event.what, ladder)
            stage = label_of(ladder, event.what.stage)
            line = f"{stage}, {in_full(london_date(event.at))}: {what}"
            yield f"{line}. {said}" if said else line
