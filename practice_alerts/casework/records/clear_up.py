"""What is taken out by itself once it is old: one table, each with its age."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from practice_alerts.adapters.environment import KeptFor
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.records import spent
from practice_alerts.casework.records import drafts_gone
from practice_alerts.domain.complete import complete
from practice_alerts.office import Office


class Spent(StrEnum):
    SESSIONS = "sessions"
    LINKS = "links"
    EMAILS = "emails"
    DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class SpentRow:
    """`days`: so long it is kept; `says`: what of it, in words."""

    days: Callable[[KeptFor], int]
    take_out: Callable[[Tx, datetime], int]
    says: str


SPENT: Final[Mapping[Spent, SpentRow]] = complete(
    Spent,
    {
        Spent.SESSIONS: SpentRow(
            lambda kept: kept.sessions, spent.sessions, "Sessions that are over are kept for"
        ),
        Spent.LINKS: SpentRow(
            lambda kept: kept.links, spent.links, "Sign-in links that work no more are kept for"
        ),
        Spent.EMAILS: SpentRow(
            lambda kept: kept.emails, spent.texts_of_emails, "What an e-mail said is kept for"
        ),
        Spent.DRAFTS: SpentRow(
            lambda kept: kept.drafts, spent.drafts, "A draft is kept after it was last typed on for"
        ),
    },
)


def clear_up(office: Office) -> Mapping[Spent, int]:
    """How many there were of each; to be called again and again. Drafts that are closed to their writer go as well."""
    drafts_gone.let_go(office)
    now, kept = office.now(), office.settings.kept_for
    with office.database.writing() as tx:
        return {
            what: row.take_out(tx, now - timedelta(days=row.days(kept)))
            for what, row in SPENT.items()
        }
