"""Letters that did not arrive, one after the other, each with what to do about it."""

from collections.abc import Iterator

import streamlit as st

from practice_alerts.adapters.store.office.outbox import GivenUp
from practice_alerts.casework.jobs import undelivered
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.errors import Expected
from practice_alerts.ui.office import office_act
from practice_alerts.ui.page import html, session

_MOST_SHOWN = 50


def lines(found: tuple[GivenUp, ...]) -> None:
    """The newest first; beyond fifty, how many more there are."""
    if len(found) > 1 and st.button(f"Send all {len(found)} again", key="letters:all"):
        number = undelivered.send_all_again(session.office(), session.actor())
        office_act.say_done(f"{number} letters wait to be sent again.")
        st.rerun()
    for letter in found[:_MOST_SHOWN]:
        _line(letter)
    if len(found) > _MOST_SHOWN:
        html.quiet(f"And {len(found) - _MOST_SHOWN} older ones.")


def _line(letter: GivenUp) -> None:
    at = letter.given_up_at.astimezone(LONDON)
    tries = "once" if letter.tries == 1 else f"{letter.tries} times"
    with st.container(border=True, gap="xxsmall"):
        html.heading(letter.subject, level=2)
        html.facts(
            [
                ("To", f"{letter.name}, {letter.mail}"),
                ("Trouble", letter.trouble),
                ("Tried", f"{tries}, last at {at:%H:%M} on {in_full(at.date())}"),
            ]
        )
        with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
            if st.button("Send again", key=f"letters:{letter.id}"):
                _send(letter)
            html.ways(_ways(letter), width="content")


def _ways(letter: GivenUp) -> Iterator[str]:
    address = f"/app/directory?act=change_person&of={letter.person_id}"
    yield html.link(f"Correct the address of {letter.name}", address)
    if letter.reference and "iro_manager" in session.actor().posts:  # an administrator sees no case
        yield html.link(letter.reference, f"/app/alert?reference={letter.reference}")


def _send(letter: GivenUp) -> None:
    try:
        undelivered.send_again(session.office(), session.actor(), letter.id)
        office_act.say_done(f"The letter to {letter.name} waits to be sent again.")
    except Expected as error:
        office_act.say_done(str(error))
    st.rerun()
