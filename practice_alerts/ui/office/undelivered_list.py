"""E-mails that did not arrive, one after the other, each with what to do about it."""

from collections.abc import Iterator

import streamlit as st

from practice_alerts.adapters.store.office.outbox import GivenUp
from practice_alerts.casework.jobs import undelivered
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.domain.errors import ToldPlainly
from practice_alerts.ui.office import office_act
from practice_alerts.ui.page import frame, html, session
from practice_alerts.ui.page.as_written import as_written

_MOST_SHOWN = 50


def lines(found: tuple[GivenUp, ...]) -> None:
    """The newest first; beyond fifty, how many more there are."""
    sends = _sends()
    if (
        sends
        and len(found) > 1
        and st.button(as_written(f"Send all {len(found)} again"), key="letters:all")
    ):
        number = undelivered.send_all_again(session.office(), session.actor())
        office_act.say_done(f"{number} e-mails wait to be sent again.")
        st.rerun()
    for email in found[:_MOST_SHOWN]:
        _line(email, sends=sends)
    if len(found) > _MOST_SHOWN:
        html.quiet(f"And {len(found) - _MOST_SHOWN} older ones.")


def _sends() -> bool:
    actor = session.actor()
    return may_run(actor, OfficeAct.SEND_AGAIN, actor.council)


def _line(email: GivenUp, *, sends: bool) -> None:
    at = email.given_up_at.astimezone(LONDON)
    tries = "once" if email.tries == 1 else f"{email.tries} times"
    with st.container(border=True, gap="xxsmall"):
        html.heading(email.subject, level=2)
        html.facts(
            [
                ("To", f"{email.name}, {email.mail}"),
                ("Trouble", email.trouble),
                ("Tried", f"{tries}, last at {at:%H:%M} on {in_full(at.date())}"),
            ]
        )
        with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
            if sends and st.button("Send again", key=f"letters:{email.id}"):
                _send(email)
            html.ways(_ways(email), width="content")


def _ways(email: GivenUp) -> Iterator[str]:
    actor = session.actor()
    address = f"/app/directory?act=change_person&of={email.person_id}"
    if may_run(actor, OfficeAct.KEEP_DIRECTORY, actor.council):
        yield html.link(f"Correct the address of {email.name}", address)
    if email.reference and may_run(actor, OfficeAct.LIST_ALERTS, actor.council):
        yield frame.to_alert(email.reference)


def _send(email: GivenUp) -> None:
    try:
        undelivered.send_again(session.office(), session.actor(), email.id)
        office_act.say_done(f"The e-mail to {email.name} waits to be sent again.")
    except ToldPlainly as error:
        office_act.say_done(str(error))
    st.rerun()
