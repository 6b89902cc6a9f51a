"""What stands before the address that an e-mail comes from: the council and its service."""

from collections.abc import Iterable

from practice_alerts.office import Office


def sender_name(office: Office, councils: Iterable[str]) -> str:
    """Of the one council it is about; the service alone where it is about none, or about several."""
    known = [one for one in {*councils} if one in office.councils]
    if len(known) != 1:
        return office.notices().service
    return f"{office.council(known[0]).procedure.council}, {office.notices(known[0]).service}"
