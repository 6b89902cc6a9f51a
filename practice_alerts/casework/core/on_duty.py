"""Whom to ring today for the reviewing service of a council."""

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, duties
from practice_alerts.domain.dates import in_full
from practice_alerts.office import Office


def on_duty(office: Office, tx: Tx, council: str) -> str:
    """Whom to ring today, in a sentence; empty where nobody is on duty, or holds no post there any more."""
    here = (one for one in duties.rota(tx, council, office.today) if one.on(office.today))
    for one in here:
        if any(
            post.council == council for post in directory.posts_of(tx, one.person_id, office.today)
        ):
            return f"On duty for the reviewing service until {in_full(one.until)}: {one.name}, {one.mail}."
    return ""
