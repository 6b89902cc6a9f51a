"""What somebody sets for themselves: the morning message, and their calendar's address."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.casework.directory import preferences, second_person
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.office import Office
from practice_alerts.ui.office import directory_screen, office_act
from practice_alerts.ui.page import html

_ADDRESS = (
    "settings_calendar_address"  # shown once, in this tab alone, and never in the page's address
)


def said() -> None:
    """What has just been done, and the calendar's address where one was made."""
    office_act.done_lately()
    if address := st.session_state.pop(_ADDRESS, ""):
        html.html(
            Markup(
                '<p class="pa-label">The address of your calendar</p>'
                '<code class="pa-address">{}</code>'
                '<p class="pa-hint">In your calendar program look for “subscribe”, “from the web” or'
                " “from a link”, and paste it there. It is shown this once.</p>"
            ).format(address)
        )


def digest(office: Office, person_id: str) -> None:
    """Whether a message of what is to be done comes each working morning."""
    html.heading("The morning message")
    st.write(
        "On each working day, from seven o’clock, one e-mail with what waits for you: references,"
        " dates and links. No names, and nothing of any case. It comes only while an alert of yours,"
        " or of somebody you stand in for, is open."
    )
    wants = preferences.wants_digest(office, person_id)
    html.paragraph(html.state("You get it", "good") if wants else html.state("Turned off", "plain"))
    if st.button("Turn the morning message off" if wants else "Turn the morning message on"):
        preferences.set_digest(office, person_id, wanted=not wants)
        _done(f"The morning message is turned {'off' if wants else 'on'}.")


def calendar(office: Office, person_id: str) -> None:
    """The address at which a calendar program finds this person's dates."""
    html.heading("Your dates in your own calendar")
    st.write(
        "Outlook and other calendar programs can show your dates: answers you wait for or owe,"
        " holds, time limits, and the last day to go on. Each is a whole day with the alert’s"
        " reference and nothing more."
    )
    st.write(
        "The address is a key: whoever has it sees these dates without signing in. Give it to your"
        " calendar program and to nobody else, and take it back when you no longer need it. It ends with"
        " a new one, with another e-mail address of yours, when you are signed out everywhere, and"
        " when you leave."
    )
    since = calendar_feed.made_at(office, person_id)
    if since is None:
        if st.button("Make an address"):
            _make(office, person_id)
        return
    html.paragraph(Markup("{} Made {}.").format(html.state("It works", "good"), _when(since)))
    if st.button("Make a new address, and end the old one"):
        _make(office, person_id)
    if st.button("Take the address back"):
        calendar_feed.revoke(office, person_id)
        _done("The address is taken back. It shows nothing from now on.")


def own_entries(office: Office, council: str, person_id: str) -> None:
    """What others have changed in the directory about this person."""
    html.heading("What the directory says of you")
    record = second_person.of_person(office, council, person_id)
    none = "Nobody has changed anything about you since changes are kept."
    directory_screen.changes(record, office, council, none)


def sessions() -> None:
    """The way to where this person is signed in, which is a plain page: it ends this page too."""
    html.heading("Where you are signed in")
    st.write(
        "Every browser in which you are signed in, to be signed out there one by one or everywhere."
    )
    html.paragraph(html.link("See where you are signed in", "/sessions"))


def _make(office: Office, person_id: str) -> None:
    st.session_state[_ADDRESS] = calendar_feed.make(office, person_id)
    _done("Your calendar’s address is made. Copy it now.")


def _when(moment: datetime) -> str:
    here = moment.astimezone(LONDON)
    return f"on {in_full(here.date())} at {here:%H:%M}"


def _done(words: str) -> None:
    """Say so in the next run, which draws everything as it stands then."""
    office_act.say_done(words)
    st.rerun()
