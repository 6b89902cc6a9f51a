"""The documents of an alert that have been handed out, as one table."""

from collections.abc import Mapping
from datetime import datetime

from practice_alerts.casework.documents.issued import HandedOut, issued
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.ui.page import html, session

_HEADS = ("Handed out", "Which", "To", "Shows the alert", "Content")


def issued_documents(alert_id: str, titles: Mapping[str, str]) -> None:
    """Who has which document in hand, so that two prints can be told apart. For the alert's own page.

    `titles`: what each form is called, by its name.
    """
    handed = issued(session.office(), alert_id)
    if not handed:
        html.quiet("Nobody has taken a document away yet.")
        return
    html.table("Documents handed out", _HEADS, (_row(one, titles) for one in handed))
    html.quiet(
        "Two documents with the same content bear the same number. The same content handed to the"
        " same person again is listed once."
    )


def _row(one: HandedOut, titles: Mapping[str, str]) -> tuple[str, ...]:
    shows = f"as it stood at {_said(one.as_of)}" if one.shows_earlier else "as it stood then"
    return (_said(one.at), titles.get(one.form, one.form), one.to, shows, one.digest)


def _said(moment: datetime) -> str:
    here = moment.astimezone(LONDON)
    return f"{here:%H:%M} on {in_full(here.date())}"
