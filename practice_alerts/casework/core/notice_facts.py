"""What a notice about an alert can be filled with, whoever reads it, and how its link opens for one reader."""

from collections.abc import Iterable
from dataclasses import replace

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.actors import may_come_by_link
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.domain.text import joined
from practice_alerts.office import Office

_BY_ACCOUNT = (
    "The link leads to your council's own sign-in, and from there straight to it. It opens nothing "
    "by itself."
)
_BY_SECOND = (
    "The link opens nothing by itself. On the page it leads to, ask for a second e-mail: that one "
    "signs you in."
)


def facts_about(office: Office, tx: Tx, found: Known) -> NoticeFacts:
    """The link leads to the alert's page."""
    alert, files = found.alert, found.files
    officer = directory.person(tx, alert.officer.id)
    asked = (officer.mail if officer else "", office.notices(files.id).ring)
    return NoticeFacts(
        alert.reference,
        found.stage_label,
        link=f"{office.settings.base_url}/app/alert?reference={alert.reference}",
        council=files.procedure.council,
        officer=alert.officer.in_words,
        contact=", ".join(filter(None, asked)) or "the reviewing service",
        otherwise=_otherwise(found),
        alert=found.kind_title,
    )


def for_reader(office: Office, tx: Tx, facts: NoticeFacts, person_id: str) -> NoticeFacts:
    """With how the link opens for this person: with single sign-on, this one e-mail is enough."""
    person = directory.person(tx, person_id) if office.settings.sign_ons else None
    by_account = person is not None and not may_come_by_link(office, tx, person)
    return replace(facts, opens=_BY_ACCOUNT if by_account else _BY_SECOND)


def _otherwise(found: Known) -> str:
    stages = [one.label for one in found.ways_up] if found.alert.is_open else []
    if not stages:
        return "whoever raised it decides what follows"
    return f"it may go on to {joined(stages, 'or')}"


def sender_name(office: Office, councils: Iterable[str]) -> str:
    """Of the one council it is about; the service alone where it is about none, or about several."""
    known = [one for one in {*councils} if one in office.councils]
    if len(known) != 1:
        return office.notices().service
    return f"{office.council(known[0]).procedure.council}, {office.notices(known[0]).service}"
